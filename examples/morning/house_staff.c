#include "dates.h"
#include "house_parts.h"

static const char* const departments[] = {"Коммерческая дирекция", "Отдел розничных сетей", "Отдел кафе и ресторанов",
                                          "Отдел предприятий и тендеров"};

/* Three levels above a manager: 0 the director, 1-3 heads of departments, 4-8 senior managers, 9-23 managers. */
static int supervisor_of(int user) {
  static const int senior[] = {1, 1, 2, 3, 3};
  if (user == 0) return -1;
  if (user <= 3 || user == 24) return 0;
  if (user <= 8) return senior[user - 4];
  /* Senior manager 6 was dismissed: his people answer to the head of the department. */
  return (user - 9) % 5 == 2 ? 2 : 4 + (user - 9) % 5;
}

static int department_of(int user) {
  static const int of_senior[] = {1, 1, 2, 3, 3};
  if (user == 0 || user == 24) return 0;
  if (user <= 3) return user;
  return of_senior[user <= 8 ? user - 4 : (user - 9) % 5];
}

static const char* position_of(int user) {
  if (user == 0) return "Коммерческий директор";
  if (user <= 3) return "Начальник отдела";
  if (user <= 8) return "Старший менеджер";
  return user == 24 ? "Офис-менеджер" : "Менеджер по продажам";
}

static long dismissed_on(int user) {
  switch (user) {
    case 6: return date_days(2025, 6, 30);
    case 12: return date_days(2025, 10, 31); /* his clients went to a colleague */
    case 17: return date_days(2026, 2, 13);  /* theirs are without a manager */
    case 21: return date_days(2026, 2, 27);
  }
  return 0;
}

static int write_departments(trading_house* house) {
  FILE* file = house_open(house, "departments.csv");
  int i;
  if (!file) return 0;
  house_row(file, "Код", "Название", "Входит в", NULL);
  for (i = 0; i < 4; ++i)
    house_row(file, house_number("ОТД-", i), departments[i], i ? house_number("ОТД-", 0) : "", NULL);
  return house_close(house, file, "departments.csv");
}

int house_write_staff(trading_house* house) {
  FILE* file;
  int i;
  if (!write_departments(house)) return 0;
  file = house_open(house, "staff.csv");
  if (!file) return 0;
  house_row(file, "Табельный номер", "Фамилия", "Имя", "Отчество", "Логин", "Руководитель", "Должность", "Отдел",
            "Принят", "Уволен", "Телефон", "Почта", NULL);
  for (i = 0; i < HOUSE_STAFF; ++i) {
    house_user* user = &house->staff[i];
    char phone[40], login[80], initial[20], mail[120];
    house_some_person(&house->random, i == 24 || house_percent(&house->random, 45), &user->person);
    user->supervisor = supervisor_of(i);
    user->department = department_of(i);
    user->position = position_of(i);
    user->hired = date_days(2016, 1, 11) + house_below(&house->random, 8 * 365);
    user->dismissed = dismissed_on(i);
    house_mobile(&house->random, phone, sizeof phone);
    house_latin(user->person.last, login, sizeof login - 4);
    /* Two with one name: the number tells their logins apart. */
    snprintf(initial, sizeof initial, "%d", i + 10);
    snprintf(mail, sizeof mail, "%s%s@razmah-td.ru", login, initial);
    house_row(file, house_number("Т-", i), user->person.last, user->person.first, user->person.middle,
              house_number(login, i), user->supervisor < 0 ? "" : house_number("Т-", user->supervisor), user->position,
              house_number("ОТД-", user->department), house_date(user->hired),
              user->dismissed ? house_date(user->dismissed) : "", phone, mail, NULL);
  }
  return house_close(house, file, "staff.csv");
}

int house_manager_on(const trading_house* house, const house_client* client, long day) {
  const house_user* manager = &house->staff[client->manager];
  if (!manager->dismissed || day < manager->dismissed) return client->manager;
  return client->successor >= 0 ? client->successor : manager->supervisor;
}
