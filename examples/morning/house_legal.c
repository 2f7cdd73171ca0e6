/* Legal entities with their accounts, and the people of the clients. */
#include <string.h>

#include "dates.h"
#include "house_parts.h"

static void write_legal(trading_house* house, FILE* legal, FILE* accounts, int number, char inn[13]) {
  static const char* const forms[] = {"общество", "общество", "предприниматель", "общество"};
  house_random* random = &house->random;
  const house_client* client = &house->clients[number];
  const int is_person = client->form == HOUSE_IP;
  char kpp[10] = "", ogrn[16], name[260], address[200], director[200], account[21];
  const char* street;
  int postcode, house_no;
  house_kpp(inn, kpp);
  if (is_person) kpp[0] = '\0';
  house_ogrn(random, client->city->code, is_person, ogrn);
  snprintf(director, sizeof director, "%s %s %s", client->owner.last, client->owner.first, client->owner.middle);
  if (is_person) {
    snprintf(name, sizeof name, "Индивидуальный предприниматель %s", director);
  } else {
    snprintf(name, sizeof name, "%s «%s»",
             client->form == HOUSE_AO ? "Акционерное общество" : "Общество с ограниченной ответственностью",
             client->word);
  }
  postcode = house_below(random, 130);
  street = house_some_street(random);
  house_no = house_between(random, 1, 150);
  snprintf(address, sizeof address, "%s%03d, г. %s, %s, д. %d", client->city->postcode, postcode, client->city->name,
           street, house_no);
  house_row(legal, house_number("Ю-", number), house_number("К-", number), forms[client->form], name, inn, kpp, ogrn,
            address, director, NULL);
  if (client->fullness == 2 && house_percent(random, 75)) {
    const house_bank* bank = house_some_bank(random);
    house_account(random, bank->bik, is_person, account);
    house_row(accounts, house_number("С-", number), house_number("Ю-", number), bank->bik, account, bank->correspondent,
              bank->name, NULL);
  }
}

int house_write_legal(trading_house* house) {
  static char inns[HOUSE_CLIENTS][13]; /* one ИНН is one firm */
  FILE* legal = house_open(house, "legal.csv");
  FILE* accounts = legal ? house_open(house, "accounts.csv") : NULL;
  int i, j, closed;
  if (!accounts) {
    if (legal) fclose(legal);
    return 0;
  }
  house_row(legal, "Код", "Клиент", "Вид", "Наименование", "ИНН", "КПП", "ОГРН", "Адрес", "Руководитель", NULL);
  house_row(accounts, "Код", "Юрлицо", "БИК", "Счёт", "Корсчёт", "Банк", NULL);
  for (i = 0; i < HOUSE_CLIENTS; ++i) {
    inns[i][0] = '\0';
    if (house->clients[i].fullness == 0 || !house_percent(&house->random, house->clients[i].fullness == 2 ? 97 : 50))
      continue;
    do {
      house_inn(&house->random, house->clients[i].city->code, house->clients[i].form == HOUSE_IP, inns[i]);
      for (j = 0; j < i && strcmp(inns[i], inns[j]) != 0; ++j) {
      }
    } while (j < i);
    write_legal(house, legal, accounts, i, inns[i]);
  }
  house_wrong_legal(legal);
  house_wrong_accounts(accounts);
  closed = house_close(house, legal, "legal.csv");
  return house_close(house, accounts, "accounts.csv") && closed;
}

static void write_contact(trading_house* house, FILE* file, const house_client* client, int company, int number) {
  static const char* const positions[] = {"Директор",  "Управляющий",       "Товаровед",
                                          "Закупщик",  "Главный бухгалтер", "Заведующий складом",
                                          "Шеф-повар", "Администратор",     "Категорийный менеджер"};
  house_random* random = &house->random;
  house_person person = client->owner;
  char phone[40] = "", mail[180] = "", name[80], domain[80];
  const char *position = "Директор", *birthday = "";
  if (number > client->first_contact || house_percent(random, 40)) {
    house_some_person(random, house_percent(random, 60), &person);
    position = positions[1 + house_below(random, 8)];
  }
  if (house_percent(random, 88)) {
    if (house_percent(random, 75)) {
      house_mobile(random, phone, sizeof phone);
    } else {
      house_phone(random, client->city, phone, sizeof phone);
    }
  }
  if (house_percent(random, 60)) {
    house_latin(person.last, name, sizeof name);
    house_latin(client->word, domain, sizeof domain);
    snprintf(mail, sizeof mail, "%s@%s.ru", name, domain);
  }
  if (!house_percent(random, 85)) person.middle[0] = '\0';
  if (house_percent(random, 35)) birthday = house_date(date_days(1960, 1, 1) + house_below(random, 15000));
  house_row(file, house_number("Л-", number), house_number("К-", company), person.last, person.first, person.middle,
            position, birthday, phone, mail, NULL);
}

int house_write_contacts(trading_house* house) {
  FILE* file = house_open(house, "contacts.csv");
  int i, j;
  if (!file) return 0;
  house_row(file, "Код", "Клиент", "Фамилия", "Имя", "Отчество", "Должность", "День рождения", "Телефон", "Почта",
            NULL);
  for (i = 0; i < HOUSE_CLIENTS; ++i) {
    house_client* client = &house->clients[i];
    client->first_contact = house->contacts;
    client->contacts = client->fullness == 2   ? house_between(&house->random, 1, 4)
                       : client->fullness == 1 ? house_between(&house->random, 0, 2)
                                               : house_percent(&house->random, 20);
    for (j = 0; j < client->contacts; ++j) write_contact(house, file, client, i, house->contacts++);
  }
  house_wrong_contacts(file);
  return house_close(house, file, "contacts.csv");
}
