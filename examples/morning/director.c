#include "director.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "rows.h"

enum { LOAD_DAYS = 28 };

typedef struct page {
  crm_db* db;
  json_text* ask;
  json_text left_out;                   /* sentences about what the base says nothing of */
  char today[40], load_to[40];
  char year_from[40], year_to[40];      /* the twelve months that end with this one */
  char quarter_from[40], quarter_to[40];
  int sections;
} page;

static void day_text(char out[40], int year, int month, int day) { snprintf(out, 40, "%04d-%02d-%02d", year, month, day); }

static void set_dates(page* p) {
  int64_t today = 0;
  int year, month, day, first;
  crm_today(p->db, &today);
  date_civil((long)today, &year, &month, &day);
  day_text(p->today, year, month, day);
  day_text(p->year_from, month == 12 ? year : year - 1, month == 12 ? 1 : month + 1, 1);
  day_text(p->year_to, month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
  first = (month - 1) / 3 * 3 + 1;
  day_text(p->quarter_from, year, first, 1);
  day_text(p->quarter_to, first == 10 ? year + 1 : year, first == 10 ? 1 : first + 3, 1);
  date_civil((long)today + LOAD_DAYS, &year, &month, &day);
  day_text(p->load_to, year, month, day);
}

/* Whether an entity has a row that satisfies a condition, given as printf would take it. */
static int any(const page* p, const char* entity, const char* format, ...) {
  char where[600], ask[800];
  va_list values;
  va_start(values, format);
  vsnprintf(where, sizeof where, format, values);
  va_end(values);
  snprintf(ask, sizeof ask, "{\"entity\": \"%s\", \"columns\": [\"id\"], \"limit\": 1, \"where\": %s}", entity, where);
  return row_id(p->db, ask) != 0;
}

/* A section of the page, but for its braces. */
static void show(page* p, const char* format, ...) {
  char section[2000];
  va_list values;
  va_start(values, format);
  vsnprintf(section, sizeof section, format, values);
  va_end(values);
  json_raw(p->ask, p->sections++ ? ", {" : "{");
  json_raw(p->ask, section);
  json_raw(p->ask, "}");
}

static void leave_out(page* p, const char* why) {
  if (p->left_out.length) json_raw(&p->left_out, " ");
  json_raw(&p->left_out, why);
}

static void receipts(page* p) {
  if (!any(p, "receipt", "{\"all\": [{\"field\": \"kind\", \"value\": \"receipt\"}, {\"field\": \"date\", \"op\": \"ge\", \"value\": \"%s\"}, "
                         "{\"field\": \"date\", \"op\": \"lt\", \"value\": \"%s\"}]}", p->year_from, p->year_to)) {
    leave_out(p, "Поступления: за год ни одного платежа.");
    return;
  }
  show(p, "\"heading\": \"Поступление денежных средств от клиентов\", \"note\": \"За двенадцать месяцев, по менеджерам: ответственный, иначе "
          "основной менеджер на дату платежа.\", \"receipts\": {\"from\": \"%s\", \"to\": \"%s\", \"kind\": \"receipt\", \"by\": [\"manager\"], "
          "\"period\": \"month\"}", p->year_from, p->year_to);
  show(p, "\"heading\": \"Поступления по менеджерам\", \"receipts\": {\"from\": \"%s\", \"to\": \"%s\", \"kind\": \"receipt\", "
          "\"by\": [\"manager\"]}", p->year_from, p->year_to);
  show(p, "\"heading\": \"Клиенты, от которых поступило больше всего\", \"chart\": \"bar\", \"table\": true, \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", "
          "\"rows\": [\"company\"], \"figures\": [\"receipts\"], \"top\": 12}", p->year_from, p->year_to);
}

static void plan_fact(page* p) {
  if (!any(p, "plan_cell", "{\"all\": [{\"field\": \"from_date\", \"op\": \"ge\", \"value\": \"%s\"}, {\"field\": \"to_date\", \"op\": \"le\", \"value\": \"%s\"}]}",
           p->quarter_from, p->quarter_to)) {
    leave_out(p, "План-факт: на этот квартал нет планов.");
    return;
  }
  show(p, "\"heading\": \"План-факт квартала\", \"note\": \"Прогноз: факт, продолженный тем же темпом до конца квартала, по рабочим дням.\", "
          "\"plan_fact\": {\"from\": \"%s\", \"to\": \"%s\", \"by\": [\"user\"], \"measures\": [\"receipts\"]}", p->quarter_from, p->quarter_to);
  show(p, "\"heading\": \"План-факт квартала\", \"plan_fact\": {\"from\": \"%s\", \"to\": \"%s\", \"by\": [\"user\"], \"measures\": [\"events\"]}",
       p->quarter_from, p->quarter_to);
}

/* How many stages of the funnel any client has reached. */
static int stages_reached(const page* p, const char* question) {
  const char *answer = NULL, *at, *end;
  int reached = 0;
  if (crm_funnel_json(p->db, question, &answer) != CRM_OK) return 0;
  end = strstr(answer, "\"rows\":"); /* the total stands before the managers */
  for (at = strstr(answer, "\"base\":"); at && at < end; at = strstr(at + 1, "\"base\":")) reached += strtol(at + 7, NULL, 10) > 0;
  return reached;
}

static void funnel(page* p) {
  char question[200];
  snprintf(question, sizeof question, "{\"funnel\": \"sales\", \"definition\": \"entry_cohort\", \"from\": \"%s\", \"to\": \"%s\", "
           "\"by\": \"manager\"}", p->year_from, p->year_to);
  if (!any(p, "funnel", "{\"field\": \"code\", \"value\": \"sales\"}") || stages_reached(p, question) < 2) {
    leave_out(p, "Воронка продаж: виды событий этих данных не складываются в этапы.");
    return;
  }
  show(p, "\"heading\": \"Воронка продаж\", \"note\": \"Клиенты, вошедшие в воронку за двенадцать месяцев, и докуда они дошли к сегодняшнему дню.\", "
          "\"funnel\": %s", question);
}

static void whitespace(page* p) {
  if (!any(p, "organisation_cell", "{\"field\": \"product_id\", \"op\": \"not_null\"}")) {
    leave_out(p, "Охват клиентов продуктами: нет матрицы организации.");
    return;
  }
  show(p, "\"heading\": \"Охват клиентов продуктами\", \"note\": \"Что из матрицы организации для сфер бизнеса клиентов уже продаётся, предложено или нет, "
          "на сегодня.\", \"whitespace\": {\"day\": \"%s\"}", p->today);
}

static void demand(page* p) {
  if (!any(p, "receipt", "{\"all\": [{\"field\": \"kind\", \"value\": \"shipment\"}, {\"field\": \"product_id\", \"op\": \"not_null\"}, "
                         "{\"field\": \"date\", \"op\": \"ge\", \"value\": \"%s\"}, {\"field\": \"date\", \"op\": \"lt\", \"value\": \"%s\"}]}",
           p->year_from, p->year_to)) {
    leave_out(p, "Самые востребованные продукты: за год ни одной отгрузки с продуктом.");
    return;
  }
  show(p, "\"heading\": \"Самые востребованные продукты\", \"note\": \"По отгрузкам за двенадцать месяцев, возвраты вычтены; клиенты – те, с кем о продукте "
          "состоялось событие.\", \"demand\": {\"from\": \"%s\", \"to\": \"%s\", \"limit\": 10}", p->year_from, p->year_to);
}

static void load(page* p) {
  char question[120];
  const char* answer = NULL;
  int64_t from = 0;
  crm_today(p->db, &from);
  snprintf(question, sizeof question, "\"from\": \"%s\", \"to\": \"%s\"", p->today, p->load_to);
  if (crm_load_by_day_json(p->db, 0, from, from + LOAD_DAYS, &answer) != CRM_OK || strcmp(answer, "[]") == 0) {
    leave_out(p, "Загрузка менеджеров: на четыре недели вперёд нет открытых событий.");
    return;
  }
  show(p, "\"heading\": \"Загрузка менеджеров\", \"note\": \"Открытые события по дням на четыре недели вперёд.\", \"load\": {%s}", question);
}

static void work(page* p) {
  show(p, "\"heading\": \"Состоявшиеся события менеджеров\", \"chart\": \"heat_map\", \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", \"rows\": [\"manager\"], "
          "\"columns\": [\"month\"], \"figures\": [\"events\"]}", p->year_from, p->year_to);
  if (any(p, "event_line", "{\"field\": \"product_id\", \"op\": \"not_null\"}"))
    show(p, "\"heading\": \"События по продуктам\", \"note\": \"Состоявшиеся события за двенадцать месяцев; событие с несколькими продуктами считается по каждому.\", "
            "\"chart\": \"bar\", \"table\": true, \"pivot\": {\"from\": \"%s\", \"to\": \"%s\", \"rows\": [\"product\"], \"figures\": [\"events\", \"companies\"], "
            "\"top\": 10, \"where\": {\"field\": \"product_id\", \"op\": \"not_null\"}}", p->year_from, p->year_to);
}

void director_ask(crm_db* db, int64_t busiest, json_text* ask) {
  page p;
  memset(&p, 0, sizeof p);
  p.db = db;
  p.ask = ask;
  set_dates(&p);
  json_raw(ask, "{\"title\": \"Утро директора\", \"subtitle\": \"продажи и работа менеджеров\"");
  json_name(ask, "from");
  json_string(ask, p.year_from);
  json_name(ask, "to");
  json_string(ask, p.year_to);
  json_name(ask, "as_of");
  json_string(ask, p.today);
  json_name(ask, "sections");
  json_raw(ask, "[");
  receipts(&p);
  plan_fact(&p);
  funnel(&p);
  whitespace(&p);
  demand(&p);
  load(&p);
  work(&p);
  show(&p, "\"heading\": \"Календарь\", \"calendar\": {\"view\": \"month\", \"day\": \"%s\", \"user_id\": %" PRId64 "}", p.today, busiest);
  if (p.left_out.length) show(&p, "\"heading\": \"Не показано\", \"note\": \"%s\"", p.left_out.text);
  json_raw(ask, "]}");
  json_free(&p.left_out);
}
