/* Rows that take more than one record: events with their states, characteristics, staff. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load_parts.h"

#define DAY_US (INT64_C(86400) * 1000000)

typedef struct event_row {
  int64_t company, contact, executor, setter, start, end, until_day;
  int all_day, has_end, has_until;
  char state[20], reason[300], outcome[60], type[60], result[2000];
} event_row;

int text_of(loader* l, const char* field, char* out, size_t size) {
  out[0] = '\0';
  if (!map_gives(l->section, field)) return 1;
  switch (take(l, field)) {
    case EXPAND_WRONG: return 0;
    case EXPAND_EMPTY: return map_is_needed(l->section, field) ? tell(l, field, "", "is empty") : 1;
    case EXPAND_VALUE: break;
  }
  snprintf(out, size, "%s", l->value.text);
  return 1;
}

static int time_of(loader* l, const char* field, int64_t* at, int* given) {
  char text[40];
  *given = 0;
  if (!text_of(l, field, text, sizeof text)) return 0;
  if (!text[0]) return 1;
  if (!instant_of(l, text, at)) return tell(l, field, text, "is no time");
  *given = 1;
  return 1;
}

/* A client that the deal does not name: a draft, known by the deal. */
static int64_t draft_client(loader* l, const char* kind, const char* key) {
  char draft_kind[100], name[300];
  int64_t id;
  snprintf(draft_kind, sizeof draft_kind, "draft-%s", kind);
  id = known(l, draft_kind, key, NULL);
  if (id) return id;
  if (!text_of(l, "draft_name", name, sizeof name)) return 0;
  json_reset(&l->json);
  json_raw(&l->json, "[{\"entity\": \"company\", \"status\": \"draft\"");
  json_name(&l->json, "name");
  json_string(&l->json, name[0] ? name : key);
  put_external_id(l, draft_kind, key);
  json_raw(&l->json, "}]");
  id = save(l);
  if (!id) tell_refusal(l, "company");
  return id;
}

/* One reference of the event; 0 wrong and told, -1 none. */
static int reference(loader* l, const char* field, int64_t* id) {
  *id = -1;
  if (!map_gives(l->section, field)) return 1;
  *id = take_reference(l, field);
  if (*id == 0) return 0;
  return *id > 0 || !map_is_needed(l->section, field) || map_when_missing(l->section, field) != MAP_MISSING_ALLOWED ||
         tell(l, field, "", "is empty");
}

static int left_out(loader* l) {
  size_t i;
  for (i = 0; i < map_fields(l->section); ++i) {
    const char* field = map_field(l->section, i);
    if (map_when_missing(l->section, field) == MAP_MISSING_LEAVE_OUT &&
        expand(l->mapping, l->section, field, l->row, &l->value) == EXPAND_EMPTY) {
      tell(l, field, "", "is empty: left out");
      return 1;
    }
  }
  return 0;
}

/* Reads the fields in the order of the section, so that the first wrong one is told. */
static int read_event(loader* l, event_row* e) {
  size_t i;
  int has_start = 0;
  memset(e, 0, sizeof *e);
  e->company = e->contact = e->executor = e->setter = -1;
  for (i = 0; i < map_fields(l->section); ++i) {
    const char* field = map_field(l->section, i);
    int fine = 1;
    if (strcmp(field, "company") == 0) fine = reference(l, field, &e->company);
    if (strcmp(field, "contact") == 0) fine = reference(l, field, &e->contact);
    if (strcmp(field, "executor") == 0) fine = reference(l, field, &e->executor);
    if (strcmp(field, "setter") == 0) fine = reference(l, field, &e->setter);
    if (strcmp(field, "type") == 0) fine = text_of(l, field, e->type, sizeof e->type);
    if (strcmp(field, "state") == 0) fine = text_of(l, field, e->state, sizeof e->state);
    if (strcmp(field, "reason") == 0) fine = text_of(l, field, e->reason, sizeof e->reason);
    if (strcmp(field, "outcome") == 0) fine = text_of(l, field, e->outcome, sizeof e->outcome);
    if (strcmp(field, "result") == 0) fine = text_of(l, field, e->result, sizeof e->result);
    if (strcmp(field, "start") == 0) fine = time_of(l, field, &e->start, &has_start);
    if (strcmp(field, "end") == 0) fine = time_of(l, field, &e->end, &e->has_end);
    if (strcmp(field, "all_day") == 0) {
      char yes[10];
      fine = text_of(l, field, yes, sizeof yes);
      e->all_day = strcmp(yes, "yes") == 0;
    }
    if (strcmp(field, "postponed_until") == 0) {
      char day[40];
      fine = text_of(l, field, day, sizeof day);
      e->has_until = fine && day[0] && crm_date_parse(l->db, day, &e->until_day) == CRM_OK;
    }
    if (!fine) return 0;
  }
  if (!has_start) return tell(l, "start", "", "is empty");
  if (e->has_end && e->end < e->start) return tell(l, "end", "", "is before the start");
  return 1;
}

static void put_event(loader* l, const event_row* e, int64_t type, const char* kind, const char* key, int64_t shift) {
  char text[2000];
  const int held = strcmp(e->state, "held") == 0;
  json_reset(&l->json);
  json_raw(&l->json, held ? "[{\"entity\": \"event\", \"action\": \"record\"" : "[{\"entity\": \"event\"");
  json_name(&l->json, "type_id");
  json_number(&l->json, type);
  if (e->company > 0) json_name(&l->json, "company_id"), json_number(&l->json, e->company);
  if (e->contact > 0) json_name(&l->json, "contact_id"), json_number(&l->json, e->contact);
  json_name(&l->json, "executor_id");
  json_number(&l->json, e->executor);
  if (e->setter > 0) json_name(&l->json, "setter_id"), json_number(&l->json, e->setter);
  json_name(&l->json, "start_at");
  json_number(&l->json, e->start + shift);
  if (e->has_end || e->all_day) {
    json_name(&l->json, "end_at");
    json_number(&l->json, (e->has_end ? e->end : e->start) + (e->all_day ? DAY_US : 0) + shift);
  }
  if (e->all_day) json_raw(&l->json, ", \"all_day\": true");
  if (text_of(l, "purpose", text, sizeof text) && text[0]) json_name(&l->json, "purpose"), json_string(&l->json, text);
  if (text_of(l, "case_key", text, sizeof text) && text[0]) json_name(&l->json, "case_key"), json_string(&l->json, text);
  if (text_of(l, "priority", text, sizeof text) && text[0]) json_name(&l->json, "priority"), json_string(&l->json, text);
  if (held && e->result[0]) json_name(&l->json, "result"), json_string(&l->json, e->result);
  if (held && e->outcome[0]) {
    char ask[400];
    const char* answer = NULL;
    snprintf(ask, sizeof ask,
             "{\"entity\": \"outcome\", \"columns\": [\"id\"], \"where\": {\"all\": [{\"field\": \"code\", \"value\": \"%s\"}, {\"field\": "
             "\"type_id\", \"value\": %" PRId64 "}]}}",
             e->outcome, type);
    if (crm_query_json(l->db, ask, &answer) == CRM_OK && strstr(answer, "[[")) {
      json_name(&l->json, "outcome_id");
      json_number(&l->json, strtoll(strstr(answer, "[[") + 2, NULL, 10));
    }
  }
  put_external_id(l, kind, key);
  json_raw(&l->json, "}]");
}

/* From planned to the state of the row, on a day on which that could be done. */
static int bring_to_state(loader* l, const event_row* e, int64_t id, int64_t earlier) {
  crm_action action;
  int32_t what;
  memset(&action, 0, sizeof action);
  action.struct_size = (int32_t)sizeof action;
  action.start_at = action.end_at = action.until_day = CRM_NONE;
  action.reason = e->reason[0] ? e->reason : "-";
  if (strcmp(e->state, "rescheduled") == 0) {
    what = CRM_ACTION_RESCHEDULE;
    action.start_at = e->start;
    action.all_day = e->all_day;
    if (e->has_end || e->all_day) action.end_at = (e->has_end ? e->end : e->start) + (e->all_day ? DAY_US : 0);
  } else if (strcmp(e->state, "postponed") == 0) {
    what = CRM_ACTION_POSTPONE;
    if (e->has_until) action.until_day = e->until_day;
  } else if (strcmp(e->state, "cancelled") == 0) {
    what = CRM_ACTION_CANCEL;
  } else {
    return 1;
  }
  crm_clock_set(l->db, earlier);
  return crm_event_act(l->db, id, 0, what, &action, NULL) == CRM_OK || tell_refusal(l, "state");
}

int load_event(loader* l, const char* kind, const char* key) {
  event_row e;
  int64_t id, type, day;
  if (left_out(l)) return 0;
  if (!read_event(l, &e)) return 0;
  if (known(l, kind, key, NULL)) return 1; /* loaded before */
  type = by_text(l, "event_type", "code", e.type);
  if (!type) return tell(l, "type", e.type, "there is no such type of events");
  if (e.company < 0 && map_when_missing(l->section, "company") == MAP_MISSING_DRAFT_CLIENT) {
    e.company = draft_client(l, kind, key);
    if (!e.company) return 0;
  }
  /* What has been is written down as of its own day, when its executor was in service. */
  day = e.start < l->now ? e.start : l->now;
  crm_clock_set(l->db, strcmp(e.state, "held") == 0 ? e.start : day);
  put_event(l, &e, type, kind, key, strcmp(e.state, "rescheduled") == 0 ? -DAY_US : 0);
  id = save(l);
  if (!id) return tell_refusal(l, NULL);
  return bring_to_state(l, &e, id, day - DAY_US < e.start ? day - DAY_US : day);
}

/* The characteristic is defined by its first row. */
static int define(loader* l, const char* code, const char* type, const char* owner_kind) {
  char ru[200], en[200];
  if (by_text(l, "characteristic", "code", code)) return 1;
  if (!text_of(l, "name_ru", ru, sizeof ru) || !text_of(l, "name_en", en, sizeof en)) return 0;
  json_reset(&l->json);
  json_raw(&l->json, "[");
  if (strcmp(type, "dictionary") == 0) {
    json_raw(&l->json, "{\"entity\": \"dictionary\", \"ref\": \"d\"");
    json_name(&l->json, "name");
    json_string(&l->json, ru);
    json_raw(&l->json, "}, ");
  }
  json_raw(&l->json, "{\"entity\": \"characteristic\"");
  json_name(&l->json, "code"), json_string(&l->json, code);
  json_name(&l->json, "name_ru"), json_string(&l->json, ru);
  json_name(&l->json, "name_en"), json_string(&l->json, en);
  json_name(&l->json, "kind"), json_string(&l->json, type);
  json_name(&l->json, "applies_to"), json_string(&l->json, owner_kind);
  if (strcmp(type, "dictionary") == 0) json_raw(&l->json, ", \"dictionary_id\": {\"$ref\": \"d\"}");
  json_raw(&l->json, "}]");
  return save(l) || tell_refusal(l, "code");
}

static int dictionary_value(loader* l, const char* code, const char* text) {
  char ask[300];
  const char* answer = NULL;
  snprintf(ask, sizeof ask, "{\"entity\": \"characteristic\", \"columns\": [\"dictionary_id\"], \"where\": {\"field\": \"code\", \"value\": \"%s\"}}", code);
  if (by_text(l, "dictionary_value", "text", text)) return 1;
  if (crm_query_json(l->db, ask, &answer) != CRM_OK || !strstr(answer, "[[")) return 0;
  {
    const int64_t dictionary = strtoll(strstr(answer, "[[") + 2, NULL, 10);
    json_reset(&l->json);
    json_raw(&l->json, "[{\"entity\": \"dictionary_value\"");
    json_name(&l->json, "dictionary_id"), json_number(&l->json, dictionary);
    json_name(&l->json, "text"), json_string(&l->json, text);
    json_raw(&l->json, "}]");
  }
  return save(l) != 0;
}

int load_characteristic(loader* l) {
  char code[100], type[40], value[2000], key[300];
  const char* kind = map_reference(l->section, "owner");
  int32_t entity = 0;
  int64_t owner;
  if (!text_of(l, "code", code, sizeof code) || !text_of(l, "type", type, sizeof type)) return 0;
  if (!text_of(l, "owner", key, sizeof key) || !text_of(l, "value", value, sizeof value)) return 0;
  owner = kind ? known(l, kind, key, &entity) : 0;
  if (!owner) return tell(l, "owner", key, "there is no such record");
  if (!define(l, code, type, entity == CRM_EVENT ? "event" : entity == CRM_USER ? "user" : entity == CRM_EMPLOYEE ? "employee" : "company")) return 0;
  if (strcmp(type, "dictionary") == 0 && !dictionary_value(l, code, value)) return tell_refusal(l, "value");
  json_reset(&l->json);
  json_raw(&l->json, "[");
  if (strcmp(type, "integer") == 0 || strcmp(type, "money") == 0) {
    json_raw(&l->json, value);
  } else {
    json_string(&l->json, value);
  }
  json_raw(&l->json, "]");
  return crm_characteristic_set_json(l->db, entity, owner, code, l->json.text) == CRM_OK || tell_refusal(l, "value");
}

int load_staff_extras(loader* l, int64_t user) {
  char position[200];
  int64_t id;
  if (!text_of(l, "position", position, sizeof position)) return 0;
  if (position[0]) {
    id = by_text(l, "position", "name", position);
    if (!id) {
      json_reset(&l->json);
      json_raw(&l->json, "[{\"entity\": \"position\"");
      json_name(&l->json, "name"), json_string(&l->json, position);
      json_raw(&l->json, "}]");
      id = save(l);
      if (!id) return tell_refusal(l, "position");
    }
    json_reset(&l->json);
    json_raw(&l->json, "[{\"entity\": \"user\"");
    json_name(&l->json, "id"), json_number(&l->json, user);
    json_name(&l->json, "position_id"), json_number(&l->json, id);
    json_raw(&l->json, "}]");
    if (!save(l)) return tell_refusal(l, "position");
  }
  if (!map_gives(l->section, "department")) return 1;
  id = take_reference(l, "department");
  if (id <= 0) return id < 0;
  json_reset(&l->json);
  json_raw(&l->json, "[{\"entity\": \"placement\"");
  json_name(&l->json, "user_id"), json_number(&l->json, user);
  json_name(&l->json, "department_id"), json_number(&l->json, id);
  if (text_of(l, "hired", position, sizeof position) && position[0]) json_name(&l->json, "from_date"), json_string(&l->json, position);
  json_raw(&l->json, "}]");
  return save(l) || tell_refusal(l, "department");
}
