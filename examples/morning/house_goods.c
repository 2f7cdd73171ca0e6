/* Spheres, products, kinds of events, and who follows what. */
#include <string.h>

#include "house_parts.h"

typedef struct sphere {
  const char *code, *name, *parent;
} sphere;
static const sphere tops[] = {{"РОЗН", "Розничная торговля", ""},
                              {"ПИТ", "Общественное питание", ""},
                              {"УСЛ", "Услуги", ""},
                              {"ПРОИЗВ", "Производство и стройка", ""}};
static const sphere spheres[HOUSE_SPHERES] = {{"РОЗН-ПРОД", "Продуктовые магазины", "РОЗН"},
                                              {"РОЗН-ХОЗ", "Хозяйственные магазины", "РОЗН"},
                                              {"РОЗН-СЕТЬ", "Торговые сети", "РОЗН"},
                                              {"РОЗН-АПТ", "Аптеки", "РОЗН"},
                                              {"РОЗН-ИНТ", "Интернет-магазины", "РОЗН"},
                                              {"ПИТ-КАФЕ", "Кафе и рестораны", "ПИТ"},
                                              {"ПИТ-КОФЕ", "Кофейни", "ПИТ"},
                                              {"ПИТ-СТОЛ", "Столовые", "ПИТ"},
                                              {"ПИТ-ПЕК", "Пекарни и кондитерские", "ПИТ"},
                                              {"УСЛ-ГОСТ", "Гостиницы и базы отдыха", "УСЛ"},
                                              {"УСЛ-МЕД", "Клиники и санатории", "УСЛ"},
                                              {"УСЛ-ОБР", "Школы и детские сады", "УСЛ"},
                                              {"УСЛ-ОФИС", "Офисы и клининг", "УСЛ"},
                                              {"ПРОИЗВ-ПИЩ", "Пищевое производство", "ПРОИЗВ"},
                                              {"ПРОИЗВ-СТР", "Строительные компании", "ПРОИЗВ"},
                                              {"ПРОИЗВ-ЗАВ", "Заводы и мастерские", "ПРОИЗВ"}};
const char* const house_sphere_code[HOUSE_SPHERES] = {
    "РОЗН-ПРОД", "РОЗН-ХОЗ", "РОЗН-СЕТЬ", "РОЗН-АПТ", "РОЗН-ИНТ", "ПИТ-КАФЕ",   "ПИТ-КОФЕ",   "ПИТ-СТОЛ",
    "ПИТ-ПЕК",   "УСЛ-ГОСТ", "УСЛ-МЕД",   "УСЛ-ОБР",  "УСЛ-ОФИС", "ПРОИЗВ-ПИЩ", "ПРОИЗВ-СТР", "ПРОИЗВ-ЗАВ"};

/* Five products of a line stand together. */
static const char* const line_code[] = {"ЧАЙ", "БАК", "КОНД", "ХИМ", "УПАК", "ОБОР"};
static const char* const line_name[] = {"Чай и кофе",    "Бакалея",  "Кондитерские изделия",
                                        "Бытовая химия", "Упаковка", "Торговое оборудование"};
const char* const house_product_code[HOUSE_PRODUCTS] = {
    "ЧАЙ-1",  "ЧАЙ-2",  "ЧАЙ-3",  "ЧАЙ-4",  "ЧАЙ-5",  "БАК-1",  "БАК-2",  "БАК-3",  "БАК-4",  "БАК-5",
    "КОНД-1", "КОНД-2", "КОНД-3", "КОНД-4", "КОНД-5", "ХИМ-1",  "ХИМ-2",  "ХИМ-3",  "ХИМ-4",  "ХИМ-5",
    "УПАК-1", "УПАК-2", "УПАК-3", "УПАК-4", "УПАК-5", "ОБОР-1", "ОБОР-2", "ОБОР-3", "ОБОР-4", "ОБОР-5"};
static const char* const product_name[HOUSE_PRODUCTS] = {"Чай чёрный байховый, 100 пак., короб 24 шт.",
                                                         "Чай зелёный листовой, 200 г, короб 20 шт.",
                                                         "Кофе в зёрнах «Обжарка Обь», 1 кг",
                                                         "Кофе растворимый, 95 г, короб 12 шт.",
                                                         "Какао-порошок, 1 кг",
                                                         "Мука пшеничная высший сорт, 50 кг",
                                                         "Крупа гречневая ядрица, 25 кг",
                                                         "Рис круглозёрный, 25 кг",
                                                         "Сахар-песок, 50 кг",
                                                         "Масло подсолнечное рафинированное, 5 л",
                                                         "Печенье овсяное, короб 5 кг",
                                                         "Пряники заварные, короб 6 кг",
                                                         "Конфеты шоколадные «Кедровые», 3 кг",
                                                         "Вафли в ассортименте, короб 4 кг",
                                                         "Сгущённое молоко, 3,8 кг",
                                                         "Средство для посуды, 5 л",
                                                         "Стиральный порошок автомат, 10 кг",
                                                         "Средство дезинфицирующее, 5 л",
                                                         "Мыло жидкое, 5 л",
                                                         "Отбеливатель кислородный, 5 кг",
                                                         "Стакан бумажный 250 мл, 1000 шт.",
                                                         "Контейнер с крышкой 500 мл, 300 шт.",
                                                         "Пакет-майка, 2000 шт.",
                                                         "Плёнка пищевая, 300 м",
                                                         "Коробка под торт, 50 шт.",
                                                         "Весы торговые до 15 кг",
                                                         "Витрина холодильная 1,5 м",
                                                         "Стеллаж пристенный, секция",
                                                         "Кофемашина рожковая на две группы",
                                                         "Онлайн-касса с фискальным накопителем"};
const int house_product_price[HOUSE_PRODUCTS] = {2890, 3150, 1180, 2640, 690, 2150, 1980,  2240, 3350,   640,
                                                 980,  1120, 1890, 870,  760, 540,  1350,  1690, 480,    1210,
                                                 2390, 1740, 1260, 420,  890, 8900, 64500, 7400, 189000, 24900};

/* P2: where a line is sold: a whole branch of the tree or one sphere. */
typedef struct area {
  const char *line, *sphere;
} area;
static const area areas[] = {{"ЧАЙ", "РОЗН"},      {"ЧАЙ", "ПИТ"},        {"ЧАЙ", "УСЛ"},   {"БАК", "РОЗН"},
                             {"БАК", "ПИТ"},       {"БАК", "ПРОИЗВ-ПИЩ"}, {"КОНД", "РОЗН"}, {"КОНД", "ПИТ-КАФЕ"},
                             {"КОНД", "ПИТ-КОФЕ"}, {"ХИМ", "РОЗН-ХОЗ"},   {"ХИМ", "УСЛ"},   {"ХИМ", "ПИТ"},
                             {"ХИМ", "ПРОИЗВ"},    {"УПАК", "РОЗН"},      {"УПАК", "ПИТ"},  {"УПАК", "ПРОИЗВ-ПИЩ"},
                             {"ОБОР", "РОЗН"},     {"ОБОР", "ПИТ"}};

static int is_of_line(const char* product, const char* line) {
  const size_t length = strlen(line);
  return strncmp(product, line, length) == 0 && product[length] == '-';
}

/* P3: managers of a department follow its branches, and each leaves out one line. */
static int follows(const trading_house* house, int user, const area* cell) {
  static const char* const branches[] = {"", "РОЗН", "ПИТ", "УСЛ"};
  const int department = house->staff[user].department;
  if (strcmp(cell->line, line_code[user % 6]) == 0) return 0;
  if (strncmp(cell->sphere, branches[department], strlen(branches[department])) == 0) return 1;
  return department == 3 && strncmp(cell->sphere, "ПРОИЗВ", strlen("ПРОИЗВ")) == 0;
}

static int write_matrices(trading_house* house) {
  FILE* file = house_open(house, "matrix.csv");
  size_t a;
  int p, user;
  if (!file) return 0;
  house_row(file, "Товар", "Сфера", NULL);
  for (a = 0; a < sizeof areas / sizeof *areas; ++a)
    for (p = 0; p < HOUSE_PRODUCTS; ++p)
      if (is_of_line(house_product_code[p], areas[a].line))
        house_row(file, house_product_code[p], areas[a].sphere, NULL);
  if (!house_close(house, file, "matrix.csv")) return 0;
  file = house_open(house, "user_matrix.csv");
  if (!file) return 0;
  house_row(file, "Сотрудник", "Товар", "Сфера", NULL);
  for (user = 4; user < 24; ++user)
    for (a = 0; a < sizeof areas / sizeof *areas; ++a)
      for (p = 0; p < HOUSE_PRODUCTS; ++p)
        if (is_of_line(house_product_code[p], areas[a].line) && follows(house, user, &areas[a]))
          house_row(file, house_number("Т-", user), house_product_code[p], areas[a].sphere, NULL);
  return house_close(house, file, "user_matrix.csv");
}

static int write_products(trading_house* house) {
  FILE* file = house_open(house, "product_lines.csv");
  int i;
  if (!file) return 0;
  house_row(file, "Код", "Группа", NULL);
  for (i = 0; i < 6; ++i) house_row(file, line_code[i], line_name[i], NULL);
  if (!house_close(house, file, "product_lines.csv")) return 0;
  file = house_open(house, "products.csv");
  if (!file) return 0;
  house_row(file, "Артикул", "Наименование", "Группа", "Цена", NULL);
  for (i = 0; i < HOUSE_PRODUCTS; ++i)
    house_row(file, house_product_code[i], product_name[i], line_code[i / 5],
              house_money(100LL * house_product_price[i]), NULL);
  return house_close(house, file, "products.csv");
}

int house_write_goods(trading_house* house) {
  FILE* file = house_open(house, "spheres.csv");
  int i;
  if (!file) return 0;
  house_row(file, "Код", "Сфера", "Входит в", NULL);
  for (i = 0; i < 4; ++i) house_row(file, tops[i].code, tops[i].name, tops[i].parent, NULL);
  for (i = 0; i < HOUSE_SPHERES; ++i) house_row(file, spheres[i].code, spheres[i].name, spheres[i].parent, NULL);
  return house_close(house, file, "spheres.csv") && write_products(house) && write_matrices(house);
}
