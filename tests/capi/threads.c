/* Two threads and one handle, handed over or not; handles closed in any order, by any thread, more than once. */
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>

struct shared {
  crm_db *db;
  crm_record *record;
  atomic_int misuse, other, stop;
};

/* Everything that a thread may try that does not use the handle. */
static void *use(void *argument) {
  struct shared *s = argument;
  const char *answer = NULL;
  crm_record *rec = NULL;
  while (!atomic_load(&s->stop)) {
    const int32_t told[] = {crm_query_json(s->db, "{\"entity\": \"company\"}", &answer), crm_record_new(s->db, CRM_COMPANY, &rec),
                            crm_record_set_text(s->record, CRM_COMPANY_COMMENT, "из другого потока", -1),
                            crm_error_code(s->db), crm_record_save(s->record)};
    for (size_t i = 0; i < sizeof told / sizeof *told; ++i)
      atomic_fetch_add(told[i] == CRM_MISUSE ? &s->misuse : &s->other, 1);
    if (crm_record_text(s->record, CRM_COMPANY_NAME, NULL) || crm_record_int(s->record, CRM_COMPANY_STATUS) || answer || rec ||
        !strstr(crm_error_message(s->db), "another thread"))
      atomic_fetch_add(&s->other, 1);
  }
  return NULL;
}

static void two_threads_on_one_handle_are_told(void) {
  struct shared s;
  pthread_t other;
  const char *answer;
  memset(&s, 0, sizeof s);
  CHECK_OK(s.db, crm_open("memory:", NULL, &s.db));
  CHECK_OK(s.db, crm_record_new(s.db, CRM_COMPANY, &s.record));
  CHECK_OK(s.db, crm_record_set_text(s.record, CRM_COMPANY_NAME, "Вектор", -1));
  CHECK(pthread_create(&other, NULL, use, &s) == 0);
  for (int i = 0; i < 2000 || atomic_load(&s.misuse) < 2000; ++i) { /* its own thread is never refused for that */
    CHECK_OK(s.db, crm_record_set_text(s.record, CRM_COMPANY_COMMENT, "длинный комментарий к клиенту", -1));
    CHECK_OK(s.db, crm_query_json(s.db, "{\"entity\": \"company\"}", &answer));
    CHECK(strcmp(crm_record_text(s.record, CRM_COMPANY_NAME, NULL), "Вектор") == 0);
  }
  atomic_store(&s.stop, 1);
  pthread_join(other, NULL);
  CHECK(atomic_load(&s.other) == 0);

  CHECK_OK(s.db, crm_record_save(s.record)); /* nothing is broken */
  CHECK(count(s.db, "company") == 1);
  crm_record_close(s.record);
  crm_close(s.db);
}

static void *take(void *argument) {
  struct shared *s = argument;
  CHECK_OK(s->db, crm_thread_take(s->db));
  CHECK_OK(s->db, crm_record_save(s->record));
  CHECK(count(s->db, "company") == 1);
  return NULL;
}

static void a_handle_is_handed_over(void) {
  struct shared s;
  pthread_t other;
  memset(&s, 0, sizeof s);
  CHECK_OK(s.db, crm_open("memory:", NULL, &s.db));
  CHECK_OK(s.db, crm_record_new(s.db, CRM_COMPANY, &s.record));
  CHECK_OK(s.db, crm_record_set_text(s.record, CRM_COMPANY_NAME, "Вектор", -1));
  CHECK(pthread_create(&other, NULL, take, &s) == 0);
  pthread_join(other, NULL);
  CHECK(crm_record_id(s.record) == 0);
  CHECK(crm_record_save(s.record) == CRM_MISUSE);
  CHECK_OK(s.db, crm_thread_take(s.db));
  CHECK(crm_record_id(s.record) == 1);
  crm_close(s.db);
  CHECK(crm_thread_take(s.db) == CRM_MISUSE);
  crm_record_close(s.record);
}

static void *close_both(void *argument) {
  struct shared *s = argument;
  crm_close(s->db);
  crm_record_close(s->record);
  return NULL;
}

static void handles_close_in_any_order_on_any_thread(void) {
  for (int round = 0; round < 200; ++round) {
    struct shared s;
    pthread_t other;
    const char *answer = NULL;
    memset(&s, 0, sizeof s);
    CHECK_OK(s.db, crm_open("memory:", NULL, &s.db));
    CHECK_OK(s.db, crm_record_new(s.db, CRM_COMPANY, &s.record));
    CHECK(pthread_create(&other, NULL, close_both, &s) == 0);
    for (int i = 0; i < 20; ++i) {
      const int32_t told = crm_query_json(s.db, "{\"entity\": \"company\"}", &answer);
      CHECK(told == CRM_OK || told == CRM_MISUSE);
    }
    pthread_join(other, NULL);
    CHECK(crm_query_json(s.db, "{\"entity\": \"company\"}", &answer) == CRM_MISUSE);
  }
}

struct abandoned {
  _Atomic(crm_record *) record;
  atomic_int stop;
};

static void *collect(void *argument) {
  struct abandoned *left = argument;
  while (!atomic_load(&left->stop)) crm_record_close(atomic_exchange(&left->record, NULL));
  return NULL;
}

/* A collector closes on a thread of its own: the one that works is not refused for that. */
static void a_collector_is_not_in_the_way(void) {
  struct abandoned left;
  crm_db *db;
  pthread_t collector;
  memset(&left, 0, sizeof left);
  CHECK_OK(db, crm_open("memory:", NULL, &db));
  CHECK(pthread_create(&collector, NULL, collect, &left) == 0);
  for (int i = 0; i < 20000; ++i) {
    crm_record *rec = NULL;
    const char *answer;
    CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
    CHECK_OK(db, crm_record_set_text(rec, CRM_COMPANY_NAME, "Вектор", -1));
    crm_record_close(atomic_exchange(&left.record, rec));
    if (i % 20 == 0) CHECK_OK(db, crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  }
  atomic_store(&left.stop, 1);
  pthread_join(collector, NULL);
  crm_record_close(left.record);
  crm_close(db);
}

static void a_closed_handle_answers(void) {
  crm_db *db = NULL;
  crm_record *rec = NULL;
  crm_query *query = NULL;
  crm_cursor *cursor = NULL;
  const char *answer = NULL;
  int32_t more = 0;
  CHECK_OK(db, crm_open("memory:", NULL, &db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  CHECK_OK(db, crm_record_new(db, CRM_COMPANY, &rec));
  CHECK_OK(db, crm_query_new(db, "{\"entity\": \"company\"}", &query));
  CHECK_OK(db, crm_query_run(query, &cursor));
  crm_query_close(query); /* its cursor goes on */
  CHECK_OK(db, crm_cursor_next(cursor, &more));
  CHECK(more == 1);
  CHECK(crm_query_run(query, &cursor) == CRM_MISUSE);
  crm_cursor_close(cursor);
  crm_cursor_close(cursor);
  CHECK(crm_cursor_next(cursor, &more) == CRM_MISUSE);
  CHECK(crm_cursor_columns(cursor) == 0);
  CHECK(crm_cursor_text(cursor, 0, NULL) == NULL);
  crm_record_close(rec);
  crm_record_close(rec);
  CHECK(crm_record_save(rec) == CRM_MISUSE);
  CHECK(crm_record_id(rec) == 0);
  crm_close(db);
  crm_close(db);
  CHECK(crm_schema_json(db, &answer) == CRM_MISUSE);
  CHECK(crm_error_code(db) == CRM_MISUSE);
  CHECK(strstr(crm_error_message(db), "closed") != NULL);
  CHECK(crm_violation_count(db) == 0);
}

struct impatient {
  _Atomic(crm_db *) db;
  atomic_int stop, other;
};

static void *interrupt_all(void *argument) {
  struct impatient *s = argument;
  while (!atomic_load(&s->stop)) {
    crm_db *const db = atomic_load(&s->db);
    const int32_t told = db ? crm_interrupt(db) : CRM_OK;
    if (told != CRM_OK && told != CRM_MISUSE) atomic_fetch_add(&s->other, 1); /* misuse: closed meanwhile */
  }
  return NULL;
}

static void another_thread_ends_a_call(void) {
  struct impatient s;
  pthread_t other;
  crm_db *db;
  const char *answer;
  int32_t told = CRM_OK;
  memset(&s, 0, sizeof s);
  CHECK_OK(db, crm_open(":memory:", NULL, &db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  CHECK_OK(db, crm_interrupt(db)); /* no call is under way: the next one is not disturbed */
  CHECK(count(db, "company") == 1);
  CHECK_OK(db, crm_begin(db));
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Гамма");
  atomic_store(&s.db, db);
  CHECK(pthread_create(&other, NULL, interrupt_all, &s) == 0);
  while (told == CRM_OK) told = crm_query_json(db, "{\"entity\": \"company\"}", &answer);
  atomic_store(&s.stop, 1);
  pthread_join(other, NULL);
  CHECK(told == CRM_INTERRUPTED);
  CHECK(crm_error_code(db) == CRM_INTERRUPTED);
  CHECK(strcmp(crm_violation_rule(db, 0), "call.interrupted") == 0);
  CHECK(strcmp(crm_status_name(told), "interrupted") == 0);
  CHECK_REFUSED(db, CRM_STORAGE, "store.unit_lost", crm_query_json(db, "{\"entity\": \"company\"}", &answer));
  CHECK_OK(db, crm_rollback(db));
  CHECK(count(db, "company") == 1);
  make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Гамма");
  CHECK(count(db, "company") == 2);
  crm_close(db);
  CHECK(crm_interrupt(db) == CRM_MISUSE);
  CHECK(crm_interrupt(NULL) == CRM_INVALID_ARGUMENT);
}

/* Each call is done or interrupted; what is kept is what was told. */
static void interrupting_is_safe_beside_closing(void) {
  struct impatient s;
  pthread_t other;
  memset(&s, 0, sizeof s);
  CHECK(pthread_create(&other, NULL, interrupt_all, &s) == 0);
  for (int round = 0; round < 200; ++round) {
    crm_db *db;
    crm_record *rec = NULL;
    int64_t kept = 0;
    CHECK_OK(db, crm_open("memory:", NULL, &db));
    atomic_store(&s.db, db);
    for (int i = 0; i < 20; ++i) {
      int32_t told = crm_record_new(db, CRM_COMPANY, &rec);
      CHECK_OK(db, told);
      if (told != CRM_OK) continue;
      CHECK_OK(db, crm_record_set_text(rec, CRM_COMPANY_NAME, "Вектор", -1));
      told = crm_record_save(rec);
      CHECK(told == CRM_OK || told == CRM_INTERRUPTED);
      kept += told == CRM_OK;
      crm_record_close(rec);
    }
    atomic_store(&s.db, NULL);
    if (round % 2) {
      crm_close(db); /* while the other thread may still hold it */
      continue;
    }
    for (;;) { /* its last one may still be on its way */
      const char *answer;
      const int32_t told = crm_query_json(db, "{\"entity\": \"company\"}", &answer);
      CHECK(told == CRM_OK || told == CRM_INTERRUPTED);
      if (told == CRM_OK) break;
    }
    CHECK(count(db, "company") == kept);
    crm_close(db);
  }
  atomic_store(&s.stop, 1);
  pthread_join(other, NULL);
  CHECK(atomic_load(&s.other) == 0);
}

void test_threads(void) {
  another_thread_ends_a_call();
  interrupting_is_safe_beside_closing();
  two_threads_on_one_handle_are_told();
  a_handle_is_handed_over();
  handles_close_in_any_order_on_any_thread();
  a_collector_is_not_in_the_way();
  a_closed_handle_answers();
}
