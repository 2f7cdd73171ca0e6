/* Events through the C ABI: planned, moved, held, refused. */
#include "check.h"

static int64_t type_of_events(crm_db *db) {
  crm_record *rec = NULL;
  int64_t id;
  CHECK_OK(db, crm_record_new(db, CRM_EVENT_TYPE, &rec));
  CHECK_OK(db, crm_record_set_text(rec, CRM_EVENT_TYPE_CODE, "meeting", -1));
  CHECK_OK(db, crm_record_set_text(rec, CRM_EVENT_TYPE_NAME_RU, "встреча", -1));
  CHECK_OK(db, crm_record_set_int(rec, CRM_EVENT_TYPE_RESULT_REQUIRED, 1));
  CHECK_OK(db, crm_record_save(rec));
  id = crm_record_id(rec);
  crm_record_close(rec);
  return id;
}

static crm_record *meeting(crm_db *db, int64_t type, int64_t company, int64_t user, const char *start) {
  crm_record *ev = NULL;
  CHECK_OK(db, crm_record_new(db, CRM_EVENT, &ev));
  CHECK_OK(db, crm_record_set_int(ev, CRM_EVENT_TYPE_ID, type));
  CHECK_OK(db, crm_record_set_int(ev, CRM_EVENT_COMPANY_ID, company));
  CHECK_OK(db, crm_record_set_int(ev, CRM_EVENT_EXECUTOR_ID, user));
  CHECK_OK(db, crm_record_set_text(ev, CRM_EVENT_START_AT, start, -1));
  return ev;
}

/* Two bases, each with the same type, company and user: a record of one is not the other's. */
static void a_record_of_another_base_is_refused(crm_db *db, crm_record *line) {
  crm_db *second = NULL;
  crm_record *ev = NULL, *own = NULL;
  int64_t type, company, user;
  CHECK_OK(second, crm_open(":memory:", NULL, &second));
  type = type_of_events(second);
  company = make(second, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  user = make(second, CRM_USER, CRM_USER_LAST_NAME, "Менеджеров");
  make(second, CRM_PRODUCT, CRM_PRODUCT_NAME, "Кабель");
  ev = meeting(second, type, company, user, "2026-03-03T10:00:00Z");
  own = meeting(db, type, company, user, "2026-03-03T10:00:00Z");

  CHECK_REFUSED(db, CRM_MISUSE, "handle.other_base", crm_event_plan(db, ev, NULL, 0));
  CHECK_REFUSED(db, CRM_MISUSE, "handle.other_base", crm_event_record(db, ev, NULL, 0));
  CHECK_REFUSED(second, CRM_MISUSE, "handle.other_base", crm_event_plan(second, ev, &line, 1));
  CHECK_REFUSED(second, CRM_MISUSE, "handle.other_base", crm_event_plan(second, own, NULL, 0));
  CHECK(strcmp(crm_error_message(second), "'ev' is of another opened base: give one made by the handle that is called") == 0);
  CHECK(crm_record_id(ev) == 0);
  CHECK(crm_record_id(own) == 0);
  CHECK(count(db, "event") == 0);
  CHECK(count(second, "event") == 0);
  crm_record_close(own);
  crm_record_close(ev);
  crm_close(second);
}

void test_events(void) {
  crm_db *db = NULL;
  crm_record *ev = NULL;
  crm_record *line = NULL;
  crm_action action;
  int64_t type, company, other, user, contact, product, now, id, version = 0;
  CHECK_OK(db, crm_open(":memory:", NULL, &db));
  CHECK_OK(db, crm_instant_parse(db, "2026-03-02T09:00:00Z", &now));
  CHECK_OK(db, crm_clock_set(db, now));
  type = type_of_events(db);
  company = make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Вектор");
  other = make(db, CRM_COMPANY, CRM_COMPANY_NAME, "Север");
  user = make(db, CRM_USER, CRM_USER_LAST_NAME, "Менеджеров");
  product = make(db, CRM_PRODUCT, CRM_PRODUCT_NAME, "Кабель");
  CHECK_OK(db, crm_record_new(db, CRM_EMPLOYEE, &ev));
  CHECK_OK(db, crm_record_set_text(ev, CRM_EMPLOYEE_LAST_NAME, "Иванов", -1));
  CHECK_OK(db, crm_record_set_int(ev, CRM_EMPLOYEE_COMPANY_ID, other));
  CHECK_OK(db, crm_record_save(ev));
  contact = crm_record_id(ev);
  crm_record_close(ev);

  /* an employee of another company as the contact person; an end before the start */
  ev = meeting(db, type, company, user, "2026-03-03T10:00:00Z");
  CHECK_OK(db, crm_record_set_int(ev, CRM_EVENT_CONTACT_ID, contact));
  CHECK_REFUSED(db, CRM_REFUSED, "E2.other_company", crm_event_plan(db, ev, NULL, 0));
  CHECK(crm_violation_field(db, 0) == CRM_EVENT_CONTACT_ID);
  CHECK_OK(db, crm_record_set_null(ev, CRM_EVENT_CONTACT_ID));
  CHECK_OK(db, crm_record_set_text(ev, CRM_EVENT_END_AT, "2026-03-03T09:00:00Z", -1));
  CHECK_REFUSED(db, CRM_REFUSED, "E3.end_before_start", crm_event_plan(db, ev, NULL, 0));
  CHECK(crm_violation_field(db, 0) == CRM_EVENT_END_AT);
  CHECK(count(db, "event") == 0);
  CHECK_OK(db, crm_record_set_text(ev, CRM_EVENT_END_AT, "2026-03-03T11:00:00Z", -1));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "E7.use_plan", crm_record_save(ev));

  CHECK_OK(db, crm_record_new(db, CRM_EVENT_LINE, &line));
  CHECK_OK(db, crm_record_set_int(line, CRM_EVENT_LINE_PRODUCT_ID, product));
  a_record_of_another_base_is_refused(db, line);
  CHECK_OK(db, crm_event_plan(db, ev, &line, 1));
  id = crm_record_id(ev);
  CHECK(id > 0);
  CHECK(crm_record_int(line, CRM_EVENT_LINE_EVENT_ID) == id);
  CHECK(crm_record_int(ev, CRM_EVENT_STATE) == CRM_STATE_PLANNED);
  CHECK(crm_record_int(ev, CRM_EVENT_PRODUCT_ID) == product);

  /* a save does not move an event */
  CHECK_OK(db, crm_record_set_text(ev, CRM_EVENT_START_AT, "2026-03-04T10:00:00Z", -1));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "E3.use_reschedule", crm_record_save(ev));
  crm_record_close(ev);

  memset(&action, 0, sizeof action);
  action.struct_size = (int32_t)sizeof action;
  action.start_at = action.end_at = action.until_day = CRM_NONE;
  CHECK_OK(db, crm_instant_parse(db, "2026-03-04T10:00:00Z", &action.start_at));
  CHECK_OK(db, crm_event_act(db, id, 0, CRM_ACTION_RESCHEDULE, &action, &version));
  CHECK_REFUSED(db, CRM_CONFLICT, "record.conflict", crm_event_act(db, id, version - 1, CRM_ACTION_CANCEL, NULL, NULL));
  CHECK(count(db, "reschedule") == 1);

  /* holding it needs a begun event and a result; both reasons are told */
  CHECK_REFUSED(db, CRM_REFUSED, "E7.result_required", crm_event_act(db, id, version, CRM_ACTION_HOLD, NULL, NULL));
  CHECK(crm_violation_count(db) == 2);
  CHECK_OK(db, crm_clock_set(db, now + INT64_C(3) * 86400 * 1000000));
  action.start_at = CRM_NONE;
  action.result = "Договорились";
  CHECK_OK(db, crm_event_act(db, id, version, CRM_ACTION_HOLD, &action, &version));
  CHECK_REFUSED(db, CRM_REFUSED, "E7.already", crm_event_act(db, id, version, CRM_ACTION_HOLD, &action, NULL));
  CHECK_REFUSED(db, CRM_REFUSED, "E7.closed", crm_event_act(db, id, version, CRM_ACTION_POSTPONE, &action, NULL));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_event_act(db, id, version, 99, &action, NULL));
  CHECK_REFUSED(db, CRM_NOT_FOUND, "record.not_found", crm_event_act(db, 4321, 0, CRM_ACTION_HOLD, &action, NULL));
  CHECK_OK(db, crm_record_load(db, CRM_EVENT, id, &ev));
  CHECK(crm_record_int(ev, CRM_EVENT_STATE) == CRM_STATE_HELD);
  CHECK(strcmp(crm_record_text(ev, CRM_EVENT_RESULT, NULL), "Договорились") == 0);
  crm_record_close(ev);
  crm_record_close(line);
  crm_close(db);
}
