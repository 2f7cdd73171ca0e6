/* Fields of the mapping as fields of records, references, and the telling of what is wrong. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load_parts.h"

static const field_rule kRules[] = {
    {"event_type", "default_minutes", "default_minutes", 'i'},
    {"event_type", "no_company", "no_company", 'b'},
    {"event_type", "product_required", "product_required", 'b'},
    {"event_type", "contact_required", "contact_required", 'b'},
    {"event_type", "result_required", "result_required", 'b'},
    {"event_type", "reason_required", "reason_required", 'b'},
    {"event_type", "verified", "verified", 'b'},
    {"outcome", "type", "type_id", 't'},
    {"departments", "parent", "parent_id", 'r'},
    {"staff", "supervisor", "supervisor_id", 'r'},
    {"staff", "position", NULL, 0},
    {"staff", "department", NULL, 0},
    {"staff", "administrator", "administrator", 'b'},
    {"spheres", "parent", "parent_id", 'r'},
    {"products", "parent", "parent_id", 'r'},
    {"clients", "phone", "phone", 'p'},
    {"clients", "email", "email", 'p'},
    {"clients", "site", "site", 'p'},
    {"contacts", "phone", "phone", 'p'},
    {"contacts", "email", "email", 'p'},
    {"accounts", "legal", "legal_entity_id", 'r'},
    {"accounts", "at_central_bank", "at_central_bank", 'b'},
    {"assignments", "from", "from_date", 's'},
    {"assignments", "to", "to_date", 's'},
    {"profile", "threshold", "threshold", 'i'},
    {"criterion", "weight", "weight", 'i'},
    {"criterion", "at_least", "at_least", 'i'},
    {"criterion", "hard", "hard", 'b'},
    {"criterion", "characteristic", NULL, 0},
    {"criterion", "field", NULL, 0},
    {"lines", "quantity", "quantity", 's'},
    {"lines", "amount", "amount", 'm'},
    {"reminder", "type", "type_id", 't'},
    {"reminder", "minutes_before", "minutes_before", 'i'},
    {"document_rule", "kind", "kind_id", 'k'},
    {"document_rule", "type", "type_id", 't'},
    {"document_rule", "min_amount", "min_amount", 'm'},
    {"document_rule", "window_days", "window_days", 'i'},
    {"document_rule", "all", "all", 'b'},
    {"document_rule", "start_days", "start_days", 'i'},
    {"payments", "quantity", "quantity", 's'},
    {"payments", "amount", "amount", 'm'},
};

static const char* const kEntities[][2] = {
    {"event_type", "event_type"}, {"outcome", "outcome"},         {"departments", "department"},
    {"staff", "user"},            {"spheres", "sphere"},          {"product_lines", "product"},
    {"products", "product"},      {"clients", "company"},         {"client_spheres", "company_sphere"},
    {"addresses", "address"},     {"legal", "legal_entity"},      {"accounts", "bank_account"},
    {"contacts", "employee"},     {"assignments", "assignment"},  {"matrix", "organisation_cell"},
    {"user_matrix", "user_cell"}, {"profile", "profile"},         {"criterion", "criterion"},
    {"lines", "event_line"},      {"payments", "receipt"},        {"events", "event"},
    {"reminder", "reminder"},     {"document_rule", "document_rule"},
};

const field_rule* rule_of(const char* role, const char* field) {
  size_t i;
  for (i = 0; i < sizeof kRules / sizeof *kRules; ++i)
    if (strcmp(kRules[i].role, role) == 0 && strcmp(kRules[i].field, field) == 0) return &kRules[i];
  return NULL;
}

const char* entity_of_role(const char* role) {
  size_t i;
  for (i = 0; i < sizeof kEntities / sizeof *kEntities; ++i)
    if (strcmp(kEntities[i][0], role) == 0) return kEntities[i][1];
  return NULL;
}

int tell(loader* l, const char* field, const char* value, const char* reason) {
  load_result* all = l->result;
  told* row;
  if (all->count == all->room) {
    all->room = all->room ? all->room * 2 : 64;
    all->rows = realloc(all->rows, all->room * sizeof *all->rows);
    if (!all->rows) abort();
  }
  row = &all->rows[all->count++];
  snprintf(row->file, sizeof row->file, "%s", l->file ? l->file : "");
  row->line = l->row ? csv_line(l->row) : map_section_line(l->section);
  snprintf(row->field, sizeof row->field, "%s", field);
  snprintf(row->role, sizeof row->role, "%s", map_role(l->section));
  fprintf(stderr, "%s:%ld: %s%s%s%s%s\n", row->file, row->line, field, *value ? " '" : "", value, *value ? "': " : ": ", reason);
  return 0;
}

/* The field of the mapping that a field of the library came from. */
static const char* mapped_field(loader* l, int32_t entity, int32_t number) {
  const char* role = map_role(l->section);
  size_t i;
  for (i = 0; i < map_fields(l->section); ++i) {
    const char* field = map_field(l->section, i);
    const field_rule* rule = rule_of(role, field);
    char with_id[64];
    snprintf(with_id, sizeof with_id, "%s_id", field);
    if (crm_field_no(entity, rule && rule->name ? rule->name : field) == number || crm_field_no(entity, with_id) == number) return field;
  }
  return "";
}

int tell_refusal(loader* l, const char* field) {
  char sentence[400];
  if (!field) field = mapped_field(l, crm_violation_entity(l->db, 0), crm_violation_field(l->db, 0));
  snprintf(sentence, sizeof sentence, "%s", crm_error_message(l->db));
  return tell(l, field, "", sentence);
}

expand_answer take(loader* l, const char* field) {
  const expand_answer answer = expand(l->mapping, l->section, field, l->row, &l->value);
  if (answer == EXPAND_WRONG) tell(l, field, l->value.column, l->value.reason);
  return answer;
}

int64_t known(loader* l, const char* kind, const char* key, int32_t* entity) {
  int64_t id = 0;
  int32_t found = 0;
  if (crm_external_find(l->db, l->system, kind, key, &found, &id) != CRM_OK) return 0;
  if (entity) *entity = found;
  return id;
}

int64_t first_number(loader* l, const char* json) {
  crm_query* query = NULL;
  crm_cursor* cursor = NULL;
  int32_t more = 0;
  int64_t id = 0;
  if (crm_query_new(l->db, json, &query) == CRM_OK && crm_query_run(query, &cursor) == CRM_OK &&
      crm_cursor_next(cursor, &more) == CRM_OK && more)
    id = crm_cursor_int(cursor, 0);
  crm_cursor_close(cursor);
  crm_query_close(query);
  return id;
}

int64_t by_text(loader* l, const char* entity, const char* field, const char* text) {
  json_text ask = {0};
  int64_t id;
  json_reset(&ask);
  json_raw(&ask, "{");
  json_name(&ask, "entity");
  json_string(&ask, entity);
  json_raw(&ask, ", \"columns\": [\"id\"], \"limit\": 1, \"where\": {");
  json_name(&ask, "field");
  json_string(&ask, field);
  json_name(&ask, "value");
  json_string(&ask, text);
  json_raw(&ask, "}}");
  id = first_number(l, ask.text);
  json_free(&ask);
  return id;
}

/* The main manager of the client in another field, on the day of the event. */
static int64_t manager_of(loader* l, const char* field) {
  char ask[300];
  const int64_t company = take_reference(l, field);
  if (company <= 0) return 0;
  snprintf(ask, sizeof ask,
           "{\"entity\": \"assignment\", \"columns\": [\"user_id\"], \"order\": [\"-from_date\"], \"limit\": 1, \"where\": {\"all\": ["
           "{\"field\": \"company_id\", \"value\": %" PRId64 "}, {\"field\": \"role\", \"value\": \"main\"}]}}",
           company);
  return first_number(l, ask);
}

int64_t take_reference(loader* l, const char* field) {
  const char* kind = map_reference(l->section, field);
  int64_t id;
  expand_answer answer;
  if (kind && strcmp(kind, "manager-of") == 0) {
    if (take(l, field) != EXPAND_VALUE) return 0;
    {
      char of[60];
      snprintf(of, sizeof of, "%s", l->value.text);
      id = manager_of(l, of);
    }
    if (!id) tell(l, field, "", "the client has no main manager");
    return id;
  }
  answer = take(l, field);
  if (answer == EXPAND_EMPTY) return -1;
  if (answer == EXPAND_WRONG) return 0;
  id = kind ? known(l, kind, l->value.text, NULL) : 0;
  if (!id) tell(l, field, l->value.text, "there is no such record");
  return id;
}

void put_external_id(loader* l, const char* kind, const char* key) {
  json_raw(&l->json, ", \"external_id\": {");
  json_name(&l->json, "system");
  json_string(&l->json, l->system);
  json_name(&l->json, "kind");
  json_string(&l->json, kind);
  json_name(&l->json, "key");
  json_string(&l->json, key);
  json_raw(&l->json, "}");
}

int64_t save(loader* l) {
  const char* answer = NULL;
  if (crm_save_json(l->db, l->json.text, &answer) != CRM_OK) return 0;
  return json_find_number(answer, "id", 0);
}

int instant_of(loader* l, const char* text, int64_t* at) {
  char day_text[16];
  int64_t day;
  int hours = 0, minutes = 0, seconds = 0;
  snprintf(day_text, sizeof day_text, "%.10s", text);
  if (crm_date_parse(l->db, day_text, &day) != CRM_OK || crm_day_start(l->db, day, at) != CRM_OK) return 0;
  if (strlen(text) > 10 && sscanf(text + 11, "%d:%d:%d", &hours, &minutes, &seconds) < 2) return 0;
  *at += ((hours * 60 + minutes) * INT64_C(60) + seconds) * 1000000;
  return 1;
}
