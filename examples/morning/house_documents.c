/* What the trade system tells of in the week to come: shipments of open sales, invoices for open offers, large payments. */
#include "dates.h"
#include "house_events.h"

typedef struct paper {
  const char* kind;
  int number, client;
  long day;
  int minute;
  long long kopecks;
} paper;

static void write_paper(const trading_house* house, FILE* file, const paper* p, int revision, int posted, long told, int minute) {
  char version[12];
  snprintf(version, sizeof version, "%d", revision);
  house_row(file, p->kind, house_number("Д-", p->number), version, posted ? "да" : "нет", house_time(told, minute), house_date(p->day),
            house_number("К-", p->client), house_number("Т-", house_manager_on(house, &house->clients[p->client], house->today)),
            house_money(p->kopecks), NULL);
}

/* Some are told twice, posted anew a day later with another date, or taken back. */
static void write_fate(trading_house* house, FILE* file, paper* p) {
  const int dice = house_below(&house->random, 100);
  write_paper(house, file, p, 1, 1, p->day, p->minute);
  if (dice < 12) {
    write_paper(house, file, p, 1, 1, p->day, p->minute + 5);
  } else if (dice < 30) {
    ++p->day;
    write_paper(house, file, p, 2, 1, p->day, 600);
  } else if (dice < 45) {
    write_paper(house, file, p, 1, 0, p->day + 1, 615);
  }
}

int house_write_documents(trading_house* house, const house_event* events) {
  static const char* const kinds[] = {"Счёт", "Отгрузка", "Поступление"};
  FILE* file = house_open(house, "documents.csv");
  int i, number = 0;
  if (!file) return 0;
  house_row(file, "Вид", "Номер", "Версия", "Проведён", "Когда", "Дата", "Клиент", "Сотрудник", "Сумма", NULL);
  for (i = 0; i < HOUSE_EVENTS; ++i) {
    const house_event* event = &events[i];
    const int is_open = event->state == PLANNED || event->state == OVERDUE || event->state == RESCHEDULED;
    paper p;
    if (!is_open || event->kind < 3 || event->day > house->today + 20) continue;
    p.kind = kinds[event->kind - 3];
    if (event->kind == 4 && house_percent(&house->random, 30)) p.kind = kinds[2];
    p.number = number++;
    p.client = event->client;
    p.day = house->today + house_below(&house->random, 3);
    p.minute = house_between(&house->random, 19, 34) * 30 + 7;
    p.kopecks = house_between(&house->random, 40, 300) * 100000LL;
    write_fate(house, file, &p);
  }
  return house_close(house, file, "documents.csv");
}
