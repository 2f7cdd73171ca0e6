/* 5,000 events of two years, and who was told what in them. */
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "house_events.h"

static const char* const kind_names[] = {"Звонок", "Встреча", "Презентация", "Коммерческое предложение", "Продажа"};
static const int kind_minutes[] = {15, 60, 90, 30, 30};
static const char* const purposes[5][5] = {
    {"Узнать остатки и принять заказ", "Напомнить об оплате", "Согласовать время доставки",
     "Познакомиться, выяснить потребность", "Предложить товар месяца"},
    {"Обсудить условия на квартал", "Сверка взаиморасчётов", "Выкладка и ассортимент", "Знакомство с новым закупщиком",
     "Разбор возврата"},
    {"Дегустация кофе новой обжарки", "Показ оборудования", "Линейка бытовой химии", "Упаковка с логотипом клиента",
     "Новинки кондитерской группы"},
    {"Прайс на сезон", "Предложение на годовой договор", "Расчёт комплекта оборудования", "Цены под тендер",
     "Скидка за объём"},
    {"Заказ по звонку", "Регулярная поставка", "Разовая поставка", "Отгрузка по договору", "Довоз по заявке"}};
static const char* const results[3][4] = {
    {"Договорились, заявка принята", "Клиент доволен, берут ещё", "Согласовали цену и сроки", "Подписали"},
    {"Просят перезвонить через неделю", "Ждут решения директора", "Сравнивают с другим поставщиком",
     "Взяли время подумать"},
    {"Работают с другим поставщиком", "Дорого", "Нет места под товар", "Ассортимент не подошёл"}};
static const char* const outcomes[] = {"success", "neutral", "refusal"};
static const char* const reasons[] = {"Клиент попросил позже", "Контакт в отпуске", "Нет товара на складе",
                                      "Закрыты на ремонт", "Изменились планы закупки"};
static const char* const priorities[] = {"низкий", "обычный", "высокий", "очень высокий"};

static int some_kind(house_random* random) {
  const int dice = house_below(random, 100);
  return dice < 40 ? 0 : dice < 58 ? 1 : dice < 65 ? 2 : dice < 80 ? 3 : 4;
}

static long working_day(house_random* random, long from, long to) {
  for (;;) {
    const long day = from + house_below(random, (int)(to - from + 1));
    if (date_weekday(day) < 5) return day;
  }
}

/* The first 12 are today's, the next 60 overdue, the next 260 ahead, all others behind. */
static void choose_day_and_state(trading_house* house, house_event* event, int number, long since) {
  house_random* random = &house->random;
  const int dice = house_below(random, 100);
  const long first = since > date_days(2024, 7, 1) ? since : date_days(2024, 7, 1);
  event->until = 0;
  if (number < 12) {
    event->day = house->today;
    event->state = dice < 80 ? PLANNED : RESCHEDULED;
  } else if (number < 72) {
    event->day = working_day(random, house->today - 45, house->today - 1);
    event->state = dice < 45 ? PLANNED : dice < 65 ? OVERDUE : RESCHEDULED;
  } else if (number < 332) {
    event->day = working_day(random, house->today + 1, date_days(2026, 6, 30));
    event->state = dice < 86 ? PLANNED : dice < 95 ? RESCHEDULED : POSTPONED;
  } else {
    event->day = working_day(random, first, house->today - 1);
    event->state = dice < 87 ? HELD : dice < 97 ? CANCELLED : POSTPONED;
  }
  if (event->state == POSTPONED && house_percent(random, 60)) {
    const long after = event->day > house->today ? event->day : house->today - 10;
    event->until = after + house_between(random, 3, 60);
  }
}

static void make_event(trading_house* house, house_event* event, int number) {
  house_random* random = &house->random;
  const house_client* client;
  do {
    event->client = house_below(random, HOUSE_CLIENTS - HOUSE_DRAFTS);
    client = &house->clients[event->client];
  } while (client->manager < 0);
  event->kind = some_kind(random);
  choose_day_and_state(house, event, number, client->since);
  event->minute = 30 * house_between(random, 19, 34);
  event->duration = kind_minutes[event->kind] * (house_percent(random, 20) ? 2 : 1);
  event->executor = house_manager_on(house, client, event->day > house->today ? house->today : event->day);
  event->setter = house_percent(random, 15) ? house->staff[event->executor].supervisor : event->executor;
  if (event->setter < 0 || house->staff[event->setter].dismissed) event->setter = event->executor;
  event->contact = client->contacts && house_percent(random, 75)
                       ? client->first_contact + house_below(random, client->contacts)
                       : -1;
  event->outcome = event->kind == 4 ? (house_percent(random, 93) ? 0 : 2) : house_below(random, 100) % 7 % 3;
  event->text = house_below(random, 20);
  event->priority = house_percent(random, 80) ? 1 : house_percent(random, 60) ? 2 : house_percent(random, 70) ? 0 : 3;
  event->order = number;
}

static int by_time(const void* a, const void* b) {
  const house_event *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->minute != y->minute) return x->minute < y->minute ? -1 : 1;
  return x->order - y->order;
}

static void write_event(FILE* file, const house_event* event, int number) {
  static const char* const states[] = {"планируется", "просрочено", "перенесено", "отложено", "состоялось", "отменено"};
  const int is_held = event->state == HELD;
  const int needs_reason = event->state == POSTPONED || event->state == CANCELLED;
  int year, month, day;
  char deal[40] = "";
  date_civil(event->day, &year, &month, &day);
  if (event->kind >= 3) snprintf(deal, sizeof deal, "С-%d-%04d", year, event->client);
  house_row(file, house_number("Е-", number), kind_names[event->kind], house_number("К-", event->client),
            event->contact < 0 ? "" : house_number("Л-", event->contact), house_number("Т-", event->executor),
            house_number("Т-", event->setter), priorities[event->priority], states[event->state],
            house_time(event->day, event->minute), house_time(event->day, event->minute + event->duration),
            event->until ? house_date(event->until) : "", purposes[event->kind][event->text % 5],
            is_held ? results[event->outcome][event->text % 4] : "", is_held ? outcomes[event->outcome] : "",
            needs_reason ? reasons[event->text % 5] : "", deal, NULL);
}

int house_write_events(trading_house* house) {
  house_event* events = calloc(HOUSE_EVENTS, sizeof *events);
  FILE* file = events ? house_open(house, "events.csv") : NULL;
  int i, written = 0;
  if (file) {
    for (i = 0; i < HOUSE_EVENTS; ++i) make_event(house, &events[i], i);
    qsort(events, HOUSE_EVENTS, sizeof *events, by_time);
    house_row(file, "Номер", "Вид", "Клиент", "Контакт", "Исполнитель", "Постановщик", "Приоритет", "Состояние",
              "Начало", "Окончание", "Отложено до", "Цель", "Результат", "Исход", "Причина", "Сделка", NULL);
    for (i = 0; i < HOUSE_EVENTS; ++i) write_event(file, &events[i], i);
    house_wrong_events(file);
    written = house_close(house, file, "events.csv") && house_write_sales(house, events) && house_write_documents(house, events);
  } else if (!events) {
    snprintf(house->error, house->error_size, "out of memory");
  }
  free(events);
  return written;
}
