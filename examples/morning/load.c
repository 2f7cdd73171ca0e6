#include "load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "load_parts.h"

/* Keys seen in one section: a second one is wrong, or passed over. */
typedef struct key_set {
  char** keys;
  size_t count, room;
} key_set;

static size_t hash(const char* text) {
  size_t h = 5381;
  for (; *text; ++text) h = h * 33 + (unsigned char)*text;
  return h;
}

/* 1 when the key is new. */
static int key_add(key_set* set, const char* key) {
  size_t i;
  if (set->count * 2 >= set->room) {
    key_set bigger = {0};
    bigger.room = set->room ? set->room * 2 : 256;
    bigger.keys = calloc(bigger.room, sizeof *bigger.keys);
    if (!bigger.keys) abort();
    for (i = 0; i < set->room; ++i)
      if (set->keys[i]) {
        size_t at = hash(set->keys[i]) % bigger.room;
        while (bigger.keys[at]) at = (at + 1) % bigger.room;
        bigger.keys[at] = set->keys[i];
        ++bigger.count;
      }
    free(set->keys);
    *set = bigger;
  }
  for (i = hash(key) % set->room; set->keys[i]; i = (i + 1) % set->room)
    if (strcmp(set->keys[i], key) == 0) return 0;
  set->keys[i] = malloc(strlen(key) + 1);
  if (!set->keys[i]) abort();
  strcpy(set->keys[i], key);
  ++set->count;
  return 1;
}

static void key_free(key_set* set) {
  size_t i;
  for (i = 0; i < set->room; ++i) free(set->keys[i]);
  free(set->keys);
}

static int was_told(const loader* l) {
  size_t i;
  const long line = l->row ? csv_line(l->row) : 0;
  for (i = l->result->count; i-- > 0;)
    if (l->result->rows[i].line == line && strcmp(l->result->rows[i].file, l->file) == 0) return 1;
  return 0;
}

static int put_coded(loader* l, const char* field, const char* name, const char* entity, const char* otherwise) {
  const int64_t id = by_text(l, entity, "code", l->value.text);
  if (!id) return tell(l, field, l->value.text, otherwise);
  json_name(&l->json, name);
  json_number(&l->json, id);
  return 1;
}

/* One field of a plain record into l->json; 0: the row is wrong and told. */
static int put_field(loader* l, const char* field) {
  const char* role = map_role(l->section);
  const field_rule* rule = rule_of(role, field);
  const char* name = rule && rule->name ? rule->name : field;
  const int needed = map_is_needed(l->section, field);
  char with_id[60];
  if (rule && rule->kind != 'r' && rule->kind != 't' && rule->kind != 'k' && (!rule->name || rule->kind == 'p')) return 1; /* written apart */
  if (map_reference(l->section, field)) {
    const int64_t id = take_reference(l, field);
    if (id == 0) return 0;
    if (id < 0) return needed ? tell(l, field, "", "is empty") : 1;
    snprintf(with_id, sizeof with_id, "%s_id", field);
    json_name(&l->json, rule && rule->name ? rule->name : with_id);
    json_number(&l->json, id);
    return 1;
  }
  switch (take(l, field)) {
    case EXPAND_WRONG: return 0;
    case EXPAND_EMPTY: return needed ? tell(l, field, "", "is empty") : 1;
    case EXPAND_VALUE: break;
  }
  switch (rule ? rule->kind : 's') {
    case 'i':
    case 'm':
      json_name(&l->json, name);
      json_raw(&l->json, l->value.text);
      return 1;
    case 'b':
      json_name(&l->json, name);
      json_raw(&l->json, strcmp(l->value.text, "yes") == 0 ? "true" : "false");
      return 1;
    case 't':
      return put_coded(l, field, name, "event_type", "there is no such type of events");
    case 'k':
      return put_coded(l, field, name, "host_document_kind", "there is no such kind of documents");
    default:
      json_name(&l->json, name);
      json_string(&l->json, l->value.text);
      return 1;
  }
}

/* Contact points of a client or a person, each a record of its own. */
static int put_contacts(loader* l, const char* owner_kind, int64_t owner) {
  static const char* const kFields[] = {"phone", "email", "site"};
  size_t i;
  for (i = 0; i < 3; ++i) {
    if (!map_gives(l->section, kFields[i])) continue;
    if (take(l, kFields[i]) != EXPAND_VALUE) continue;
    json_reset(&l->json);
    json_raw(&l->json, "[{\"entity\": \"contact_point\", \"is_primary\": true");
    json_name(&l->json, "owner_kind");
    json_string(&l->json, owner_kind);
    json_name(&l->json, "owner_id");
    json_number(&l->json, owner);
    json_name(&l->json, "kind");
    json_string(&l->json, kFields[i]);
    json_name(&l->json, "value");
    json_string(&l->json, l->value.text);
    json_raw(&l->json, "}]");
    if (!save(l)) return tell_refusal(l, kFields[i]);
  }
  return 1;
}

/* A criterion names its profile, the latest one, and its characteristic by code. */
static int put_criterion(loader* l) {
  char code[100];
  json_name(&l->json, "profile_id");
  json_number(&l->json, first_number(l, "{\"entity\": \"profile\", \"columns\": [\"id\"], \"order\": [\"-id\"], \"limit\": 1}"));
  if (!map_gives(l->section, "characteristic") || take(l, "characteristic") != EXPAND_VALUE) return 1;
  snprintf(code, sizeof code, "%s", l->value.text);
  {
    const int64_t id = by_text(l, "characteristic", "code", code);
    if (!id) return tell(l, "characteristic", code, "there is no such characteristic");
    json_name(&l->json, "characteristic_id");
    json_number(&l->json, id);
  }
  return 1;
}

static int load_plain(loader* l, const char* kind, const char* key) {
  const char* role = map_role(l->section);
  const char* entity = entity_of_role(role);
  const int64_t id = known(l, kind, key, NULL);
  int64_t saved;
  size_t i;
  if (id && strcmp(role, "staff") != 0 && strcmp(role, "clients") != 0 && strcmp(role, "products") != 0) return 1; /* loaded before */
  json_reset(&l->json);
  json_raw(&l->json, "[{");
  json_name(&l->json, "entity");
  json_string(&l->json, entity);
  if (id) {
    json_name(&l->json, "id");
    json_number(&l->json, id);
  }
  for (i = 0; i < map_fields(l->section); ++i) {
    const char* field = map_field(l->section, i);
    if (strcmp(field, "id") == 0 || (id && (strcmp(field, "dismissed") == 0 || strcmp(field, "status") == 0))) continue;
    if (!put_field(l, field)) return 0;
  }
  if (strcmp(role, "criterion") == 0 && !put_criterion(l)) return 0;
  if (!id) {
    put_external_id(l, kind, key);
  }
  json_raw(&l->json, "}]");
  saved = save(l);
  if (!saved) return tell_refusal(l, NULL);
  if (id) return 1;
  if (strcmp(role, "staff") == 0) return load_staff_extras(l, saved);
  if (strcmp(role, "clients") == 0) return put_contacts(l, "company", saved);
  if (strcmp(role, "contacts") == 0) return put_contacts(l, "employee", saved);
  return 1;
}

/* The external id of the row; roles without one are known by what they tie together. */
static int row_key(loader* l, key_set* seen, char* kind, size_t kind_size, char* key, size_t key_size) {
  const char* role = map_role(l->section);
  if (map_gives(l->section, "id")) {
    const char* of = map_reference(l->section, "id");
    if (take(l, "id") != EXPAND_VALUE) return tell(l, "id", "", "is empty"), -1;
    snprintf(kind, kind_size, "%s", of ? of : role);
    snprintf(key, key_size, "%s", l->value.text);
    if (!key_add(seen, key)) {
      if (map_once(l->section)) return 0;
      return tell(l, "id", key, "this id has come before"), -1;
    }
    return 1;
  }
  snprintf(kind, kind_size, "%s", role);
  snprintf(key, key_size, "%s:%s:%ld", l->file, map_name(l->section), l->row ? csv_line(l->row) : map_section_line(l->section));
  return 1;
}

static int load_row(loader* l, key_set* seen) {
  char kind[80], key[300];
  const char* role = map_role(l->section);
  int done;
  done = row_key(l, seen, kind, sizeof kind, key, sizeof key);
  if (done <= 0) return done == 0;
  if (crm_begin(l->db) != CRM_OK) {
    fprintf(stderr, "%s\n", crm_error_message(l->db));
    return 0;
  }
  if (strcmp(role, "events") == 0) {
    done = load_event(l, kind, key);
  } else if (strcmp(role, "documents") == 0) {
    done = load_document(l);
  } else if (strcmp(role, "characteristic") == 0) {
    done = load_characteristic(l);
  } else {
    done = load_plain(l, kind, key);
  }
  if (!done) {
    crm_rollback(l->db);
  } else if (crm_commit(l->db) != CRM_OK) {
    tell_refusal(l, "");
  }
  crm_clock_set(l->db, l->now);
  return done;
}

/* 1 when the row has something of this section. */
static int row_is_meant(loader* l, int has_when) {
  return !has_when || expand(l->mapping, l->section, "when", l->row, &l->value) == EXPAND_VALUE;
}

static int load_file(loader* l, const char* name, key_set* seen, int has_when) {
  char path[1000], error[300];
  const char* delimiter = map_setting(l->mapping, "delimiter");
  csv* file;
  int step;
  if (!files_path(l->folder, name, path, sizeof path)) return 0;
  file = csv_open(path, delimiter ? delimiter[0] : ',', error, sizeof error);
  if (!file || !map_check_columns(l->mapping, l->section, file, error, sizeof error)) {
    fprintf(stderr, "%s: %s\n", name, error);
    csv_close(file);
    return 0;
  }
  l->file = name;
  l->row = file;
  while ((step = csv_next(file)) != CSV_END) {
    if (was_told(l)) continue;
    if (step == CSV_BAD) {
      tell(l, "", "", csv_reason(file));
    } else if (row_is_meant(l, has_when)) {
      load_row(l, seen);
    }
  }
  l->row = NULL;
  csv_close(file);
  return 1;
}

static int load_section(loader* l) {
  key_set seen = {0};
  const char* alternatives = map_file(l->section);
  int ok = 1;
  if (!alternatives) {
    l->file = "";
    load_row(l, &seen);
  } else {
    size_t count = 0, i;
    char** names = files_find(l->folder, alternatives, &count);
    if (!count) fprintf(stderr, "no file %s in %s\n", alternatives, l->folder);
    ok = count > 0;
    for (i = 0; ok && i < count; ++i) ok = load_file(l, names[i], &seen, map_has_when(l->section));
    files_free(names, count);
  }
  key_free(&seen);
  return ok;
}

/* Nobody is to be told today of what was planned and held years ago. */
static int pass_over_notices(crm_db* db) {
  int64_t count;
  do {
    const char* claimed = NULL;
    char *notices, *notice;
    const char* at;
    if (crm_begin(db) != CRM_OK || crm_notices_claim_json(db, 1000, 600, &claimed) != CRM_OK) return 0;
    at = notices = json_kept(claimed);
    for (count = 0; (notice = json_next_object(&at)) != NULL; free(notice), ++count)
      if (crm_notice_acknowledge(db, json_find_number(notice, "id", 0)) != CRM_OK) return free(notice), free(notices), 0;
    free(notices);
    if (crm_commit(db) != CRM_OK) return 0;
  } while (count);
  return 1;
}

int load(crm_db* db, const map* mapping, const char* folder, int64_t now, load_result* result) {
  loader l;
  size_t i;
  int ok = 1;
  memset(&l, 0, sizeof l);
  l.db = db;
  l.mapping = mapping;
  l.folder = folder;
  l.system = map_setting(mapping, "system");
  l.now = now;
  l.result = result;
  json_reset(&l.json);
  for (i = 0; ok && i < map_sections(mapping); ++i) {
    l.section = map_section_at(mapping, i);
    fprintf(stderr, "loading %s %s\n", map_role(l.section), map_name(l.section));
    ok = load_section(&l);
  }
  json_free(&l.json);
  expanded_close(&l.value);
  documents_sort(&result->documents);
  if (ok && (crm_rescore(db, NULL) != CRM_OK || !pass_over_notices(db))) { /* the profile came after the cards */
    fprintf(stderr, "%s\n", crm_error_message(db));
    return 0;
  }
  return ok;
}

void load_result_free(load_result* result) {
  free(result->rows);
  documents_free(&result->documents);
  memset(result, 0, sizeof *result);
}
