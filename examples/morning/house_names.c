/* Names of clients, towns, streets, phones. */
#include "house_parts.h"

#include <string.h>

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))
#define SOME(random, list) (list)[house_below(random, COUNT(list))]

const house_city* house_some_city(house_random* random) {
  static const house_city cities[] = {{"Новосибирск", "Новосибирская область", "383", "630", 54},
                                      {"Бердск", "Новосибирская область", "38341", "633", 54},
                                      {"Искитим", "Новосибирская область", "38343", "633", 54},
                                      {"Барнаул", "Алтайский край", "3852", "656", 22},
                                      {"Бийск", "Алтайский край", "3854", "659", 22},
                                      {"Томск", "Томская область", "3822", "634", 70},
                                      {"Кемерово", "Кемеровская область", "3842", "650", 42},
                                      {"Новокузнецк", "Кемеровская область", "3843", "654", 42},
                                      {"Омск", "Омская область", "3812", "644", 55},
                                      {"Красноярск", "Красноярский край", "391", "660", 24}};
  return house_percent(random, 50) ? &cities[0] : &SOME(random, cities);
}

void house_phone(house_random* random, const house_city* city, char* phone, size_t size) {
  const int head = house_between(random, 2, 8); /* ten digits with the code of the town */
  const int tail = house_below(random, 10000);
  char middle[8] = "";
  if (strlen(city->phone) == 3) snprintf(middle, sizeof middle, "%02d", house_below(random, 100));
  if (strlen(city->phone) == 4) snprintf(middle, sizeof middle, "%d", house_below(random, 10));
  snprintf(phone, size, "+7 (%s) %d%s-%02d-%02d", city->phone, head, middle, tail / 100, tail % 100);
}

void house_mobile(house_random* random, char* phone, size_t size) {
  static const int codes[] = {913, 923, 953, 961, 983, 999};
  const int code = SOME(random, codes);
  const int head = house_between(random, 100, 999), tail = house_below(random, 10000);
  snprintf(phone, size, house_percent(random, 70) ? "+7 %d %d-%02d-%02d" : "8-%d-%d-%02d-%02d", code, head, tail / 100,
           tail % 100);
}

const char* house_some_street(house_random* random) {
  static const char* const streets[] = {
      "ул. Ленина",         "Красный проспект",   "ул. Кирова",          "ул. Гоголя",   "ул. Титова",
      "ул. Станционная",    "ул. Большевистская", "ул. Советская",       "ул. Фрунзе",   "пр. Мира",
      "ул. Дуси Ковальчук", "ул. Промышленная",   "пр. Строителей",      "ул. Зелёная",  "ул. Октябрьская",
      "пер. Складской",     "ул. Петухова",       "ул. 2-я Станционная", "ул. Никитина", "Северный проезд"};
  return SOME(random, streets);
}

/* Two or three roots run together: "СибТоргСнаб". */
static void firm_word(house_random* random, char* word, size_t size) {
  static const char* const heads[] = {"Сиб",  "Алтай", "Обь",   "Томь", "Енисей", "Кузбасс", "Восток",
                                      "Урал", "Иртыш", "Запад", "Нова", "Рос",    "Транс",   "Евро",
                                      "Амур", "Азия",  "Вега",  "Аква", "Гранд",  "Верх"};
  static const char* const middles[] = {"Торг", "Продукт", "Пром", "Агро", "Строй", "Мед", "Хоз",
                                        "Опт",  "Пак",     "Пищ",  "Тех",  "Фарм",  "Лес", "Метал"};
  static const char* const tails[] = {"Снаб",   "Сервис", "Маркет",   "Групп",  "Трейд", "Ресурс",
                                      "Альянс", "Центр",  "Комплект", "Инвест", "Плюс",  "Дом"};
  const char* head = SOME(random, heads);
  const char* middle = SOME(random, middles);
  const char* tail = SOME(random, tails);
  if (house_percent(random, 75)) {
    snprintf(word, size, "%s%s%s", head, middle, tail);
  } else {
    snprintf(word, size, "%s-%s", head, middle);
  }
}

/* What such a place calls itself, by the top of the tree of spheres: shops, food, service, works. */
static const char* place(house_random* random, int sphere) {
  static const char* const shops[] = {"Магазин", "Сеть магазинов", "Минимаркет", "Торговый центр", "Супермаркет"};
  static const char* const food[] = {"Кафе", "Столовая", "Ресторан", "Кофейня", "Пекарня", "Бистро"};
  static const char* const service[] = {"Гостиница", "Санаторий", "Частная школа", "Клиника", "База отдыха"};
  static const char* const works[] = {"Завод", "Комбинат", "Типография", "Мастерская"};
  if (sphere < 5) return SOME(random, shops);
  if (sphere < 9) return SOME(random, food);
  return sphere < 13 ? SOME(random, service) : SOME(random, works);
}

void house_client_name(house_random* random, int sphere, house_form form, const house_person* owner, char* name,
                       size_t size, char* word, size_t word_size) {
  static const char* const words[] = {
      "Родник",          "Берёзка",   "Уют",          "Ромашка",     "Сибирячка", "Огонёк",        "Кедр",
      "Лакомка",         "Мечта",     "Хозяюшка",     "Радуга",      "Заря",      "Ветерок",       "Рябинушка",
      "Подсолнух",       "Каравай",   "Старый город", "Обские зори", "Меркурий",  "Чайка",         "Северный",
      "Околица",         "Спутник",   "Визит",        "Гурман",      "Ермак",     "Золотой колос", "Маяк",
      "Тайга",           "Юбилейный", "Кристалл",     "Успех",       "Причал",    "Аврора",        "Белая сова",
      "Бабушкин рецепт", "Домашний",  "Изба",         "Корона",      "Ласточка"};
  switch (form) {
    case HOUSE_OOO:
      firm_word(random, word, word_size);
      snprintf(name, size, "ООО \"%s\"", word);
      return;
    case HOUSE_AO:
      firm_word(random, word, word_size);
      snprintf(name, size, "АО \"%s\"", word);
      return;
    case HOUSE_IP:
      snprintf(word, word_size, "%s", owner->last);
      snprintf(name, size, "ИП %s %.2s. %.2s.", owner->last, owner->first, owner->middle);
      return;
    case HOUSE_SHOP:
      snprintf(word, word_size, "%s", SOME(random, words));
      snprintf(name, size, "%s «%s»", place(random, sphere), word);
      return;
  }
}
