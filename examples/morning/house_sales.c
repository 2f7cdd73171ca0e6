#include "dates.h"
#include "house_events.h"

/* Lines of one event; their sum in kopecks. */
static long long write_lines(trading_house* house, FILE* file, int number) {
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
    house_row(file, house_number("Е-", number), house_product_code[product], pieces, house_money(price), NULL);
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
  FILE* lines = house_open(house, "lines.csv");
  FILE* payments = lines ? house_open(house, "payments.csv") : NULL;
  int i, closed, number = 0;
  if (!payments) {
    if (lines) fclose(lines);
    return 0;
  }
  house_row(lines, "Событие", "Товар", "Количество", "Цена", NULL);
  house_row(payments, "Код", "Клиент", "Дата", "Сумма", "Документ", "Менеджер", NULL);
  for (i = 0; i < HOUSE_EVENTS; ++i) {
    long long sum;
    if (events[i].kind < 3) continue;
    sum = write_lines(house, lines, i);
    if (events[i].kind == 4 && events[i].state == HELD && events[i].outcome == 0)
      write_payments(house, payments, &number, &events[i], sum);
  }
  house_wrong_payments(payments);
  closed = house_close(house, lines, "lines.csv");
  return house_close(house, payments, "payments.csv") && closed;
}
