#include "director.h"

#include <inttypes.h>
#include <stdio.h>

#include "dates.h"

/* First days of the twelve months that end with that of `today`, and of the next one. */
static void year_of(int64_t today, char* from, char* to, size_t size) {
  int year, month, day;
  date_civil((long)today, &year, &month, &day);
  snprintf(from, size, "%04d-%02d-01", month == 12 ? year : year - 1, month == 12 ? 1 : month + 1);
  snprintf(to, size, "%04d-%02d-01", month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1);
}

int director_ask(crm_db* db, int64_t busiest, char* ask, size_t ask_size) {
  char from[40], to[40], date[40];
  const char* text = NULL;
  int64_t today = 0;
  int length;
  crm_today(db, &today);
  if (crm_date_text(db, today, &text) != CRM_OK) return 0;
  snprintf(date, sizeof date, "%s", text);
  year_of(today, from, to, sizeof from);
  length = snprintf(
      ask, ask_size,
      "{\"title\": \"Утро директора\", \"subtitle\": \"продажи и работа менеджеров\", \"from\": \"%s\", \"to\": \"%s\", \"as_of\": \"%s\", \"sections\": ["
      "{\"heading\": \"Поступление денежных средств от клиентов\", \"note\": \"По менеджерам: ответственный, иначе основной менеджер на дату платежа.\","
      " \"chart\": \"stacked_bar\", \"table\": true, \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", \"rows\": [\"manager\"], \"columns\": [\"month\"],"
      " \"figures\": [\"receipts\"], \"top\": 6}},"
      "{\"heading\": \"Клиенты, от которых поступило больше всего\", \"pivot\": {\"from\": \"%s\", \"to\": \"%s\","
      " \"rows\": [\"company\"], \"figures\": [\"receipts\"], \"top\": 12}},"
      "{\"heading\": \"Состоявшиеся события менеджеров\", \"chart\": \"heat_map\", \"pivot\": {\"from\": \"%s\", \"to\": \"%s\","
      " \"rows\": [\"manager\"], \"columns\": [\"month\"], \"figures\": [\"events\"], \"top\": 15}},"
      "{\"heading\": \"События по видам\", \"chart\": \"line\", \"table\": true, \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", \"rows\": [\"type\"],"
      " \"columns\": [\"month\"], \"figures\": [\"events\"]}},"
      "{\"heading\": \"Самые востребованные продукты\", \"note\": \"По состоявшимся событиям; событие с несколькими продуктами считается по каждому.\","
      " \"chart\": \"bar\", \"table\": true, \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", \"rows\": [\"product\"],"
      " \"figures\": [\"events\", \"companies\"], \"top\": 10, \"where\": {\"field\": \"product_id\", \"op\": \"not_null\"}}},"
      "{\"heading\": \"Календарь\", \"calendar\": {\"view\": \"month\", \"day\": \"%s\", \"user_id\": %" PRId64 "}}]}",
      from, to, date, from, to, from, to, from, to, from, to, from, to, date, busiest);
  return length > 0 && (size_t)length < ask_size;
}
