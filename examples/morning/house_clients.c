#include <string.h>

#include "dates.h"
#include "house_parts.h"

static int is_taken(const trading_house* house, int count, const char* name) {
  int i;
  for (i = 0; i < count; ++i)
    if (strcmp(house->clients[i].name, name) == 0) return 1;
  return 0;
}

/* Managers 9-23 by the department that works with the sphere. */
static int manager_for(trading_house* house, int sphere) {
  const int department = sphere < 5 ? 1 : sphere < 9 ? 2 : 3;
  for (;;) {
    const int user = house_between(&house->random, 9, 23);
    if (house->staff[user].department == department) return user;
  }
}

static void make_client(trading_house* house, int number) {
  house_client* client = &house->clients[number];
  house_random* random = &house->random;
  const int dice = house_below(random, 100);
  const int is_draft = number >= HOUSE_CLIENTS - HOUSE_DRAFTS;
  client->form = dice < 55 ? HOUSE_OOO : dice < 60 ? HOUSE_AO : dice < 78 ? HOUSE_IP : HOUSE_SHOP;
  client->city = house_some_city(random);
  client->sphere = house_below(random, HOUSE_SPHERES);
  client->fullness = is_draft || house_percent(random, 14) ? 0 : house_percent(random, 30) ? 1 : 2;
  do {
    house_some_person(random, house_percent(random, 50), &client->owner);
    house_client_name(random, client->sphere, client->form, &client->owner, client->name, sizeof client->name,
                      client->word, sizeof client->word);
  } while (is_taken(house, number, client->name));
  client->manager = is_draft || house_percent(random, 3) ? -1 : manager_for(house, client->sphere);
  client->successor = client->manager == 12 ? 22 : -1;
  /* Most were there before the first event of the house, the others came since. */
  client->since = date_days(2024, 6, 3) + (house_percent(random, 65) ? 0 : house_below(random, 480));
}

static void write_client(trading_house* house, FILE* file, int number) {
  static const char* const sources[] = {"Выставка", "Рекомендация", "Сайт", "Холодный звонок", "Справочник", ""};
  static const char* const notes[] = {"Отсрочка 14 дней.\nВозврат тары.",
                                      "Приёмка до 11:00; пропуск заказывать заранее.",
                                      "Просят \"честный знак\" на всё.", "Оплата по факту."};
  static const char* const grades[] = {"A", "B", "B", "C", "C", "C"};
  house_random* random = &house->random;
  const house_client* client = &house->clients[number];
  const int full = client->fullness;
  const char* source = full ? sources[house_below(random, 6)] : "";
  const char* street = full == 2 ? house_some_street(random) : "";
  const char* sphere = full || house_percent(random, 30) ? house_sphere_code[client->sphere] : "";
  const char* second =
      full == 2 && house_percent(random, 12) ? house_sphere_code[(client->sphere + 1) % HOUSE_SPHERES] : "";
  const char* grade = full == 2 ? grades[house_below(random, 6)] : "";
  const char* contract = full == 2 ? house_date(client->since - house_below(random, 900)) : "";
  const char* limit =
      full == 2 && house_percent(random, 60) ? house_money(5000000LL * house_between(random, 1, 30)) : "";
  const char* note = full && house_percent(random, 8) ? notes[house_below(random, 4)] : "";
  char phone[40] = "", mail[120] = "", site[120] = "", domain[80], head[24], house_no[24], office[24] = "",
       people[24] = "";
  house_latin(client->word, domain, sizeof domain);
  house_phone(random, client->city, phone, sizeof phone);
  if (full == 0 && !house_percent(random, 40)) phone[0] = '\0';
  if (full == 2 || (full == 1 && house_percent(random, 40))) snprintf(mail, sizeof mail, "zakaz@%s.ru", domain);
  if (full == 2 && client->form != HOUSE_IP && house_percent(random, 45))
    snprintf(site, sizeof site, "https://%s.ru", domain);
  snprintf(head, sizeof head, "%s%03d", client->city->postcode, house_below(random, 130));
  snprintf(house_no, sizeof house_no, "%d", house_between(random, 1, 180));
  if (house_percent(random, 15)) strcat(house_no, "/1");
  if (house_percent(random, 40)) snprintf(office, sizeof office, "оф. %d", house_between(random, 1, 512));
  if (full && house_percent(random, 70)) snprintf(people, sizeof people, "%d", house_between(random, 2, 260));
  house_row(file, house_number("К-", number), client->name,
            number >= HOUSE_CLIENTS - HOUSE_DRAFTS ? "черновик" : "действующий", source, phone, mail, site,
            full ? head : "", full ? client->city->region : "", full ? client->city->name : "", street,
            full == 2 ? house_no : "", full == 2 ? office : "", sphere, second, people, grade, contract, limit, note,
            NULL);
}

int house_write_clients(trading_house* house) {
  FILE* file = house_open(house, "clients.csv");
  int i;
  if (!file) return 0;
  house_row(file, "Код", "Клиент", "Состояние", "Источник", "Телефон", "Почта", "Сайт", "Индекс", "Регион", "Город",
            "Улица", "Дом", "Офис", "Сфера", "Вторая сфера", "Сотрудников", "Категория", "Договор от", "Лимит",
            "Примечание", NULL);
  for (i = 0; i < HOUSE_CLIENTS; ++i) {
    make_client(house, i);
    write_client(house, file, i);
  }
  house_wrong_clients(file);
  return house_close(house, file, "clients.csv");
}

int house_write_assignments(trading_house* house) {
  FILE* file = house_open(house, "assignments.csv");
  int i;
  if (!file) return 0;
  house_row(file, "Номер", "Клиент", "Сотрудник", "Роль", "С", "По", "Основание", NULL);
  for (i = 0; i < HOUSE_CLIENTS; ++i) {
    const house_client* client = &house->clients[i];
    const long dismissed = client->manager < 0 ? 0 : house->staff[client->manager].dismissed;
    /* Manager 17's lines were left open: nobody ended them when he went. */
    const int is_ended = dismissed && client->manager != 17;
    char number[24];
    if (client->manager < 0) continue;
    snprintf(number, sizeof number, "З-%04d", i);
    house_row(file, number, house_number("К-", i), house_number("Т-", client->manager), "основной",
              house_date(client->since), is_ended ? house_date(dismissed) : "", "", NULL);
    if (client->successor < 0) continue;
    snprintf(number, sizeof number, "З-%04d/2", i);
    house_row(file, number, house_number("К-", i), house_number("Т-", client->successor), "основной",
              house_date(dismissed), "", "передача при увольнении", NULL);
  }
  return house_close(house, file, "assignments.csv");
}
