/* What the host supplies (X1), by a table of callbacks written in C. */
#include "check.h"

#include <stdlib.h>

enum part { CLOCK, DELIVER, GEOCODE, FILE_EXISTS, AUTHORISE, PRODUCTS, DOCUMENTS, RECEIPTS, PARTS };

/* What each part answers, with which status, and what it was asked. */
struct port {
  crm_db *db;
  const char *answer[PARTS];
  int32_t status[PARTS];
  int asked[PARTS];
  char question[PARTS][2000];
  int32_t (*inside)(struct port *port); /* called by every callback before it answers */
  int32_t told;                         /* what it gave */
  int destroyed;
};

static int32_t asked(struct port *port, enum part part, const char *question) {
  ++port->asked[part];
  snprintf(port->question[part], sizeof port->question[part], "%s", question);
  if (port->inside) port->told = port->inside(port);
  if (port->answer[part]) CHECK(crm_host_answer(port->db, port->answer[part]) == CRM_OK);
  return port->status[part];
}

static int32_t CRM_CALL clock_of(void *user, const char *question) { return asked(user, CLOCK, question); }
static int32_t CRM_CALL deliver(void *user, const char *question) { return asked(user, DELIVER, question); }
static int32_t CRM_CALL geocode(void *user, const char *question) { return asked(user, GEOCODE, question); }
static int32_t CRM_CALL file_exists(void *user, const char *question) { return asked(user, FILE_EXISTS, question); }
static int32_t CRM_CALL authorise(void *user, const char *question) { return asked(user, AUTHORISE, question); }
static int32_t CRM_CALL products(void *user, const char *question) { return asked(user, PRODUCTS, question); }
static int32_t CRM_CALL documents(void *user, const char *question) { return asked(user, DOCUMENTS, question); }
static int32_t CRM_CALL receipts(void *user, const char *question) { return asked(user, RECEIPTS, question); }
static void CRM_CALL destroy(void *user) { ++((struct port *)user)->destroyed; }

static crm_host table_of(struct port *port) {
  crm_host host;
  memset(&host, 0, sizeof host);
  host.struct_size = (int32_t)sizeof host;
  host.user = port;
  host.clock = clock_of;
  host.deliver = deliver;
  host.geocode = geocode;
  host.file_exists = file_exists;
  host.authorise = authorise;
  host.products = products;
  host.documents = documents;
  host.receipts = receipts;
  host.destroy = destroy;
  return host;
}

/* A base with a company, its address and an administrator, and this port. */
static crm_db *open_with(struct port *port) {
  crm_host host;
  const char *answer;
  memset(port, 0, sizeof *port);
  port->answer[CLOCK] = "\"2026-03-02T09:00:00+07:00\"";
  CHECK_OK(port->db, crm_open("memory:", NULL, &port->db));
  host = table_of(port);
  CHECK_OK(port->db, crm_host_set(port->db, &host));
  CHECK_OK(port->db,
           crm_save_json(port->db,
                         "[{\"entity\": \"company\", \"name\": \"Вектор\"},"
                         " {\"entity\": \"address\", \"company_id\": 1, \"settlement\": \"Бердск\", \"street\": \"Ленина\", \"house\": \"5\"},"
                         " {\"entity\": \"user\", \"last_name\": \"Директоров\", \"administrator\": true}]",
                         &answer));
  return port->db;
}

static int64_t now_of(crm_db *db) {
  int64_t now = 0;
  CHECK_OK(db, crm_now(db, &now));
  return now;
}

#define NINE_IN_NOVOSIBIRSK 1772416800000000 /* 2026-03-02T02:00:00Z: date -u -d 2026-03-02T02:00 +%s */

static void the_clock_and_the_geocoder_answer(void) {
  struct port port;
  crm_db *db = open_with(&port);
  crm_record *rec = NULL;
  int32_t found = 0;
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK);
  CHECK(strcmp(port.question[CLOCK], "null") == 0);
  port.answer[CLOCK] = "1772416800000001";
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK + 1);

  port.answer[GEOCODE] = "{\"latitude\": 54.75, \"longitude\": 83, \"precision\": \"street\"}";
  CHECK_OK(db, crm_address_geocode(db, 1, &found));
  CHECK(found == 1);
  CHECK(strcmp(port.question[GEOCODE], "\"Бердск, Ленина, 5\"") == 0);
  CHECK_OK(db, crm_record_load(db, CRM_ADDRESS, 1, &rec));
  CHECK(crm_record_real(rec, CRM_ADDRESS_LATITUDE) == 54.75);
  CHECK(crm_record_int(rec, CRM_ADDRESS_PRECISION) == CRM_ADDRESS_PRECISION_STREET);
  crm_record_close(rec);
  port.answer[GEOCODE] = "null";
  CHECK_OK(db, crm_address_geocode(db, 1, &found));
  CHECK(found == 0);
  crm_close(db);
  CHECK(port.destroyed == 1);
}

static void the_check_of_files_and_the_authoriser_answer(void) {
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  port.answer[FILE_EXISTS] = "false";
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"document\", \"owner_kind\": \"company\", \"owner_id\": 1, \"title\": \"договор\", \"uri\": \"file:///1\"}]",
                             &answer));
  CHECK(strstr(answer, "C3.file_missing") != NULL);
  CHECK(strcmp(port.question[FILE_EXISTS], "\"file:///1\"") == 0);

  CHECK_OK(db, crm_act_as(db, 1));
  port.answer[AUTHORISE] = "\"период закрыт\"";
  CHECK_REFUSED(db, CRM_DENIED, "X1.authoriser", crm_save_json(db, "[{\"entity\": \"company\", \"id\": 1, \"name\": \"Ромб\"}]", &answer));
  CHECK(strstr(crm_error_message(db), "период закрыт") != NULL);
  CHECK(strcmp(port.question[AUTHORISE], "{\"user_id\":1,\"entity\":\"company\",\"id\":1,\"done\":\"update\"}") == 0);
  port.answer[AUTHORISE] = "false";
  CHECK_REFUSED(db, CRM_DENIED, "X1.authoriser", crm_save_json(db, "[{\"entity\": \"company\", \"id\": 1, \"name\": \"Ромб\"}]", &answer));
  port.answer[AUTHORISE] = "true";
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"id\": 1, \"name\": \"Ромб\"}]", &answer));
  port.answer[AUTHORISE] = "null"; /* no objection */
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"id\": 1, \"name\": \"Куб\"}]", &answer));
  CHECK_OK(db, crm_act_as(db, 0));
  crm_close(db);
}

static int32_t says_yes_and_then_no_text(struct port *port) {
  CHECK(crm_host_answer(port->db, "true") == CRM_OK);
  return crm_host_answer(port->db, "\xEF\xF0");
}

static void an_authoriser_that_does_not_say_yes_refuses(void) {
  const char *rename = "[{\"entity\": \"company\", \"id\": 1, \"name\": \"Ромб\"}]";
  const char *unclear[] = {NULL, "", " ", "0", "1", "5.5", "{}", "{\"allowed\": true}", "[]", "[true]", "tru", "true true", "True", "nil", "\"yes", "period is closed"};
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  size_t i;
  CHECK_OK(db, crm_act_as(db, 1));
  port.answer[AUTHORISE] = "true";
  CHECK_OK(db, crm_save_json(db, "[{\"entity\": \"company\", \"id\": 1, \"comment\": \"а\"}]", &answer));
  for (i = 0; i < sizeof unclear / sizeof unclear[0]; ++i) { /* the yes before it is not taken for its answer */
    port.answer[AUTHORISE] = unclear[i];
    CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_save_json(db, rename, &answer));
    CHECK(strcmp(crm_violation_value(db, 0), "authorise") == 0);
  }
  port.answer[AUTHORISE] = "\"\""; /* a refusal without words */
  CHECK_REFUSED(db, CRM_DENIED, "X1.authoriser", crm_save_json(db, rename, &answer));
  port.answer[AUTHORISE] = NULL;
  port.inside = says_yes_and_then_no_text;
  CHECK(crm_save_json(db, rename, &answer) == CRM_HOST);
  CHECK(port.told == CRM_INVALID_ARGUMENT);
  port.inside = NULL;
  port.answer[CLOCK] = "\"2026-03-02T09:00:00+07:00\"";
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\", \"columns\": [\"name\"]}", &answer));
  CHECK(strstr(answer, "[[\"Вектор\"]]") != NULL);
  CHECK_OK(db, crm_act_as(db, 0));
  crm_close(db);
}

static void a_part_that_gives_no_answer_has_failed(void) {
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  int32_t found = 0;
  int64_t now = 0;
  int32_t feed;
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_address_geocode(db, 1, &found));
  CHECK(strcmp(crm_error_message(db), "'geocode' of the host failed: it gave no answer") == 0);
  for (feed = CRM_HOST_FEED_KIND_PRODUCTS; feed <= CRM_HOST_FEED_KIND_RECEIPTS; ++feed)
    CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_feed_read_json(db, feed, 1, &answer));
  CHECK_REFUSED(db, CRM_HOST, "X1.host",
                crm_save_json(db, "[{\"entity\": \"document\", \"owner_kind\": \"company\", \"owner_id\": 1, \"title\": \"x\", \"uri\": \"x\"}]", &answer));
  CHECK(count(db, "document") == 0);
  CHECK(count(db, "host_feed") == 0);
  port.answer[CLOCK] = NULL;
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_now(db, &now));
  crm_close(db);
}

static void a_feed_saves_no_user(void) {
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  port.answer[PRODUCTS] = "{\"records\": [{\"entity\": \"product\", \"name\": \"Кабель\"}, {\"entity\": \"user\", \"last_name\": \"Чужой\","
                          " \"administrator\": true}], \"next\": \"1\"}";
  CHECK_REFUSED(db, CRM_DENIED, "X1.feed_entity", crm_feed_read_json(db, CRM_HOST_FEED_KIND_PRODUCTS, 10, &answer));
  CHECK(crm_violation_entity(db, 0) == CRM_USER);
  CHECK(strcmp(crm_violation_value(db, 1), "1") == 0); /* the second record */
  CHECK(count(db, "user") == 1);
  CHECK(count(db, "product") == 0);
  crm_close(db);
}

static void a_feed_tells_the_cards_that_fell_below(void) {
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  CHECK_OK(db, crm_save_json(db,
                             "[{\"entity\": \"profile\", \"name\": \"x\", \"threshold\": 50},"
                             " {\"entity\": \"criterion\", \"profile_id\": 1, \"subject\": \"phone\", \"weight\": 1},"
                             " {\"entity\": \"organisation\", \"id\": 1, \"gate\": true}]",
                             &answer));
  port.answer[PRODUCTS] = "{\"records\": [{\"entity\": \"company\", \"name\": \"Ромб\", \"status\": \"active\"}], \"next\": \"1\"}";
  CHECK_OK(db, crm_feed_read_json(db, CRM_HOST_FEED_KIND_PRODUCTS, 10, &answer));
  CHECK(strstr(answer, "\"warnings\":[{\"rule\":\"C11.below_threshold\"") != NULL);
  CHECK(count(db, "company") == 2);
  crm_close(db);
}

static void feeds_and_delivery_are_asked(void) {
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  port.answer[PRODUCTS] = "{\"records\": [{\"entity\": \"product\", \"name\": \"Кабель\"}], \"next\": \"p1\"}";
  port.answer[DOCUMENTS] = "{\"records\": [], \"next\": \"d1\", \"more\": false}";
  port.answer[RECEIPTS] =
      "{\"records\": [{\"entity\": \"receipt\", \"external_id\": {\"system\": \"erp\", \"kind\": \"pay\", \"key\": \"1\"}, \"company_id\": 1,"
      " \"date\": \"2026-03-02\", \"amount\": 100}], \"next\": \"r1\"}";
  CHECK_OK(db, crm_feed_read_json(db, CRM_HOST_FEED_KIND_PRODUCTS, 10, &answer));
  CHECK(strcmp(answer, "{\"records\":1,\"pages\":1,\"more\":false}") == 0);
  CHECK_OK(db, crm_feed_read_json(db, CRM_HOST_FEED_KIND_DOCUMENTS, 10, &answer));
  CHECK_OK(db, crm_feed_read_json(db, CRM_HOST_FEED_KIND_RECEIPTS, 10, &answer));
  CHECK(strcmp(port.question[RECEIPTS], "\"\"") == 0);
  CHECK(count(db, "receipt") == 1);
  port.answer[RECEIPTS] =
      "{\"records\": [{\"external_id\": {\"system\": \"erp\", \"kind\": \"pay\", \"key\": \"1\"}, \"posted\": false}], \"next\": \"r2\"}";
  CHECK_OK(db, crm_feed_read_json(db, CRM_HOST_FEED_KIND_RECEIPTS, 10, &answer));
  CHECK(strcmp(port.question[RECEIPTS], "\"r1\"") == 0);
  CHECK(count(db, "receipt") == 0);
  CHECK(crm_feed_read_json(db, 3, 10, &answer) == CRM_INVALID_ARGUMENT);

  CHECK_OK(db, crm_save_json(db,
                             "[{\"entity\": \"event_type\", \"code\": \"call\", \"name_ru\": \"звонок\"},"
                             " {\"entity\": \"event\", \"type_id\": 1, \"company_id\": 1, \"executor_id\": 1, \"start_at\": \"2026-03-05T09:00:00Z\"}]",
                             &answer));
  port.status[DELIVER] = CRM_HOST;
  port.answer[DELIVER] = "нет связи";
  CHECK_OK(db, crm_tick_json(db, 10, &answer));
  CHECK(strstr(answer, "\"failed\":1") != NULL);
  CHECK(strstr(port.question[DELIVER], "\"key\":\"created/") != NULL);
  CHECK(strstr(port.question[DELIVER], "\"text\":\"") != NULL);
  CHECK_OK(db, crm_query_json(db, "{\"entity\": \"notice\", \"columns\": [\"error\"]}", &answer));
  CHECK(strstr(answer, "[[\"нет связи\"]]") != NULL); /* his words alone */
  port.status[DELIVER] = CRM_OK;
  port.answer[DELIVER] = NULL;
  port.answer[CLOCK] = "\"2026-03-02T09:01:00+07:00\"";
  CHECK_OK(db, crm_tick_json(db, 10, &answer));
  CHECK(strstr(answer, "\"delivered\":1") != NULL);
  crm_close(db);
}

static void a_part_that_fails_is_told_in_its_own_words(void) {
  struct port port;
  crm_db *db = open_with(&port);
  crm_record *rec = NULL;
  int32_t found = 0;
  port.status[GEOCODE] = CRM_HOST;
  port.answer[GEOCODE] = "квота исчерпана";
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_address_geocode(db, 1, &found));
  CHECK(strstr(crm_error_message(db), "квота исчерпана") != NULL);
  CHECK(strcmp(crm_violation_value(db, 0), "geocode") == 0);
  port.status[GEOCODE] = CRM_BUSY; /* without words: the name of the status */
  port.answer[GEOCODE] = NULL;
  CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_address_geocode(db, 1, &found));
  CHECK(strstr(crm_error_message(db), "busy") != NULL);
  CHECK_OK(db, crm_record_load(db, CRM_ADDRESS, 1, &rec));
  CHECK(crm_record_is_null(rec, CRM_ADDRESS_LATITUDE) == 1);
  crm_record_close(rec);
  crm_close(db);
}

static void an_answer_that_makes_no_sense_is_an_error_of_the_host(void) {
  const char *nonsense[] = {"no json", "{}", "[1]", "\"yesterday\"", "{\"latitude\": 1}", "{\"records\": 1, \"next\": \"\"}", "5.5", "-9223372036854775808"};
  struct port port;
  crm_db *db = open_with(&port);
  const char *answer = NULL;
  int32_t found = 0;
  int64_t now = 0;
  size_t i;
  for (i = 0; i < sizeof nonsense / sizeof nonsense[0]; ++i) {
    port.answer[CLOCK] = nonsense[i];
    CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_now(db, &now));
    port.answer[CLOCK] = "\"2026-03-02T09:00:00+07:00\"";
    port.answer[GEOCODE] = port.answer[PRODUCTS] = port.answer[FILE_EXISTS] = nonsense[i];
    CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_address_geocode(db, 1, &found));
    CHECK_REFUSED(db, CRM_HOST, "X1.host", crm_feed_read_json(db, CRM_HOST_FEED_KIND_PRODUCTS, 1, &answer));
    CHECK_REFUSED(db, CRM_HOST, "X1.host",
                  crm_save_json(db, "[{\"entity\": \"document\", \"owner_kind\": \"company\", \"owner_id\": 1, \"title\": \"x\", \"uri\": \"x\"}]", &answer));
  }
  CHECK(count(db, "document") == 0);
  crm_close(db);
}

static int32_t a_text_that_is_not_utf8(struct port *port) { return crm_host_answer(port->db, "\xEF\xF0"); }
static int32_t no_text(struct port *port) { return crm_host_answer(port->db, NULL); }

static void an_answer_is_taken_inside_a_callback_alone(void) {
  struct port port;
  crm_db *db = open_with(&port);
  CHECK(crm_host_answer(db, "1") == CRM_MISUSE);
  CHECK(crm_host_answer(NULL, "1") == CRM_INVALID_ARGUMENT);
  port.inside = a_text_that_is_not_utf8;
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK); /* the good answer after it */
  CHECK(port.told == CRM_INVALID_ARGUMENT);
  port.inside = no_text;
  now_of(db);
  CHECK(port.told == CRM_INVALID_ARGUMENT);
  crm_close(db);
  CHECK(crm_host_answer(db, "1") == CRM_MISUSE);
}

static int32_t asks_back(struct port *port) {
  const char *answer;
  return crm_query_json(port->db, "{\"entity\": \"company\"}", &answer);
}
static int32_t sets_another(struct port *port) {
  crm_host host = table_of(port);
  return crm_host_set(port->db, &host);
}
static int32_t closes(struct port *port) {
  crm_close(port->db);
  return 0;
}

static void a_callback_that_calls_back_is_told_and_breaks_nothing(void) {
  struct port port;
  crm_db *db = open_with(&port);
  int64_t now = 0;
  port.inside = asks_back;
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK);
  CHECK(port.told == CRM_MISUSE);
  port.inside = sets_another;
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK);
  CHECK(port.told == CRM_MISUSE);
  CHECK(port.destroyed == 1); /* of the table that was not taken */
  port.inside = NULL;
  CHECK(count(db, "company") == 1);

  port.inside = closes; /* the call ends as it would have, and the handle with it */
  port.answer[CLOCK] = NULL;
  CHECK(crm_now(db, &now) == CRM_HOST);
  CHECK(crm_now(db, &now) == CRM_MISUSE);
  CHECK(port.destroyed == 2);
  crm_close(db);
  CHECK(port.destroyed == 2);
}

static void a_table_is_destroyed_once(void) {
  struct port first, second;
  crm_db *db = open_with(&first);
  crm_host host;
  memset(&second, 0, sizeof second);
  second.db = db;
  second.answer[CLOCK] = "0";
  host = table_of(&second);
  CHECK_OK(db, crm_host_set(db, &host));
  CHECK(first.destroyed == 1);
  CHECK(now_of(db) == 0);
  CHECK(crm_host_set(NULL, &host) == CRM_INVALID_ARGUMENT);
  CHECK(second.destroyed == 1); /* of the one that was given now */
  host.struct_size = (int32_t)((const char *)&host.geocode - (const char *)&host); /* of an older header */
  CHECK_OK(db, crm_host_set(db, &host));
  CHECK(second.destroyed == 2);
  CHECK(now_of(db) == 0);
  host.struct_size = 4;
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_host_set(db, &host));
  CHECK(now_of(db) == 0);
  crm_close(db);
  CHECK(second.destroyed == 2); /* the older header knew of no destroy */
  host = table_of(&second);
  CHECK(crm_host_set(db, &host) == CRM_MISUSE);
  CHECK(second.destroyed == 3);
  CHECK(first.destroyed == 1);
}

static void a_stopped_clock_stands_whatever_the_host_shows(void) {
  struct port port;
  crm_db *db = open_with(&port);
  crm_host host = table_of(&port);
  CHECK_OK(db, crm_clock_set(db, 5));
  CHECK_OK(db, crm_host_set(db, &host));
  CHECK(now_of(db) == 5);
  CHECK_OK(db, crm_clock_reset(db));
  CHECK(now_of(db) == NINE_IN_NOVOSIBIRSK);
  crm_close(db);
}

void test_host_port(void) {
  the_clock_and_the_geocoder_answer();
  the_check_of_files_and_the_authoriser_answer();
  an_authoriser_that_does_not_say_yes_refuses();
  a_part_that_gives_no_answer_has_failed();
  a_feed_saves_no_user();
  a_feed_tells_the_cards_that_fell_below();
  feeds_and_delivery_are_asked();
  a_part_that_fails_is_told_in_its_own_words();
  an_answer_that_makes_no_sense_is_an_error_of_the_host();
  an_answer_is_taken_inside_a_callback_alone();
  a_callback_that_calls_back_is_told_and_breaks_nothing();
  a_table_is_destroyed_once();
  a_stopped_clock_stands_whatever_the_host_shows();
}
