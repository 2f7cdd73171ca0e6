#include "dates.h"
#include "house_events.h"

typedef struct sales_files {
  FILE *lines, *payments, *shipments;
} sales_files;

/* A sale that has taken place with success: its lines are shipped on that day. */
static int is_sold(const house_event* event) { return event->kind == 4 && event->state == HELD && event->outcome == 0; }

static void write_shipment(FILE* file, const house_event* event, int number, int line, const char* product, const char* pieces, long long kopecks) {
  char id[40], document[40];
  snprintf(id, sizeof id, "О-%04d-%d", number, line + 1);
  snprintf(document, sizeof document, "ТН %d", 1000 + number);
  house_row(file, id, house_number("К-", event->client), house_date(event->day), product, pieces, house_money(kopecks), document,
            house_number("Т-", event->executor), NULL);
}

/* Lines of one event, and what is shipped of them; their sum in kopecks. */
static long long write_lines(trading_house* house, const sales_files* files, const house_event* event, int number) {
  house_random* random = &house->random;
  const int count = house_between(random, 1, 4);
  const int first = house_below(random, HOUSE_PRODUCTS);
  long long sum = 0;
  char pieces[24];
  int i;
  for (i = 0; i < count; ++i) {
    const int product = (first + 7 * i) % HOUSE_PRODUCTS; /* 7 and 30 have no common part: no product twice */
    const int dear = house_product_price[product] > 5000;
    const int quantity = dear ? house_between(random, 1, 2) : house_between(random, 2, 40);
    const int discount = house_between(random, 0, 12);
    const long long price = (long long)house_product_price[product] * (100 - discount); /* kopecks */
    snprintf(pieces, sizeof pieces, "%d", quantity);
    house_row(files->lines, house_number("Е-", number), house_product_code[product], pieces, house_money(price), NULL);
    if (is_sold(event)) write_shipment(files->shipments, event, number, i, house_product_code[product], pieces, price * quantity);
    sum += price * quantity;
  }
  return sum;
}

/* Banks do not work at weekends. */
static long banking_day(long day) {
  const int weekday = date_weekday(day);
  return weekday < 5 ? day : day + 7 - weekday;
}

static void write_payment(FILE* file, int* number, const house_event* event, long day, long long kopecks) {
  char document[40];
  snprintf(document, sizeof document, "ПП %d", 1000 + *number);
  house_row(file, house_number("П-", *number), house_number("К-", event->client), house_date(day), house_money(kopecks),
            document, house_number("Т-", event->executor), NULL);
  ++*number;
}

/* In one sum or two, 2-30 days after the sale; what would come after today has not come yet. */
static void write_payments(trading_house* house, FILE* file, int* number, const house_event* event, long long sum) {
  house_random* random = &house->random;
  const long day = banking_day(event->day + house_between(random, 2, 30));
  const long second = banking_day(day + house_between(random, 5, 30));
  const int share = house_percent(random, 22) ? house_between(random, 30, 70) : 100;
  const long long part = sum * share / 100;
  if (house_percent(random, 8) || day >= house->today) return;
  write_payment(file, number, event, day, part);
  if (share < 100 && second < house->today) write_payment(file, number, event, second, sum - part);
}

int house_write_sales(trading_house* house, const house_event* events) {
  sales_files files;
  int i, closed, number = 0;
  files.lines = house_open(house, "lines.csv");
  files.payments = house_open(house, "payments.csv");
  files.shipments = house_open(house, "shipments.csv");
  if (!files.lines || !files.payments || !files.shipments) {
    if (files.lines) fclose(files.lines);
    if (files.payments) fclose(files.payments);
    if (files.shipments) fclose(files.shipments);
    return 0;
  }
  house_row(files.lines, "Событие", "Товар", "Количество", "Цена", NULL);
  house_row(files.shipments, "Код", "Клиент", "Дата", "Товар", "Количество", "Сумма", "Документ", "Менеджер", NULL);
  house_row(files.payments, "Код", "Клиент", "Дата", "Сумма", "Документ", "Менеджер", NULL);
  for (i = 0; i < HOUSE_EVENTS; ++i) {
    long long sum;
    if (events[i].kind < 3) continue;
    sum = write_lines(house, &files, &events[i], i);
    if (is_sold(&events[i])) write_payments(house, files.payments, &number, &events[i], sum);
  }
  house_wrong_payments(files.payments);
  closed = house_close(house, files.lines, "lines.csv");
  closed = house_close(house, files.shipments, "shipments.csv") && closed;
  return house_close(house, files.payments, "payments.csv") && closed;
}
