/* What a read mapping answers. */
#include <stdio.h>
#include <string.h>

#include "expand.h"
#include "mapping_parts.h"
#include "template.h"

const map_entry* map_entry_of(const map_section* section, const char* key) {
  size_t i;
  for (i = 0; i < section->count; ++i)
    if (strcmp(section->entries[i].key, key) == 0) return &section->entries[i];
  return NULL;
}

const map_section* map_section_called(const map* mapping, const char* role, const char* name) {
  size_t i;
  for (i = 0; i < mapping->count; ++i)
    if (strcmp(mapping->all[i].role, role) == 0 && strcmp(mapping->all[i].name, name) == 0) return &mapping->all[i];
  return NULL;
}

static const char* value_of(const map_section* section, const char* key) {
  const map_entry* entry = section ? map_entry_of(section, key) : NULL;
  return entry ? entry->value : NULL;
}

static int is(const char* value, const char* expected) { return value && strcmp(value, expected) == 0; }

const char* map_setting(const map* mapping, const char* key) {
  return value_of(map_section_called(mapping, "set", ""), key);
}

size_t map_sections(const map* mapping) { return mapping->record_count; }
const map_section* map_section_at(const map* mapping, size_t number) { return mapping->records[number]; }
const char* map_role(const map_section* section) { return section->role; }
const char* map_name(const map_section* section) { return section->name; }
long map_section_line(const map_section* section) { return section->line; }
const char* map_file(const map_section* section) { return value_of(section, "file"); }
int map_once(const map_section* section) { return is(value_of(section, "once"), "yes"); }
size_t map_fields(const map_section* section) { return section->field_count; }
const char* map_field(const map_section* section, size_t number) { return section->fields[number]; }

int map_gives(const map_section* section, const char* field) {
  return !key_is_directive(field) && map_entry_of(section, field) != NULL;
}

int map_has_when(const map_section* section) { return map_entry_of(section, "when") != NULL; }

const char* map_reference(const map_section* section, const char* field) {
  const map_entry* entry = map_entry_of(section, field);
  return entry ? entry->reference : NULL;
}

map_missing map_when_missing(const map_section* section, const char* field) {
  char key[80];
  const char* answer;
  snprintf(key, sizeof key, "when_missing.%s", field);
  answer = value_of(section, key);
  if (is(answer, "draft_client")) return MAP_MISSING_DRAFT_CLIENT;
  return is(answer, "tell_and_leave_out") ? MAP_MISSING_LEAVE_OUT : MAP_MISSING_ALLOWED;
}

int map_table_is_closed(const map* mapping, const char* table) {
  return map_section_called(mapping, "values", table) != NULL;
}

const char* map_lookup(const map* mapping, const char* table, const char* value) {
  const map_section* section = map_section_called(mapping, "values", table);
  return value_of(section ? section : map_section_called(mapping, "alias", table), value);
}

static int missing(const csv* file, const char* column, long line, char* error, size_t error_size) {
  if (csv_find_column(file, column) >= 0) return 0;
  snprintf(error, error_size, "line %ld: no column '%s'", line, column);
  return 1;
}

int map_check_columns(const map* mapping, const map_section* section, const csv* file, char* error, size_t error_size) {
  char reason[100];
  size_t i, f;
  (void)mapping;
  for (i = 0; i < section->count; ++i) {
    const map_entry* entry = &section->entries[i];
    const char* at = entry->value;
    template_piece piece;
    if (strcmp(entry->key, "file") == 0) continue;
    while (template_next(&at, &piece, reason, sizeof reason) > 0) {
      if (!piece.is_column) continue;
      if (missing(file, piece.text, entry->line, error, error_size)) return 0;
      for (f = 0; f < piece.filters; ++f)
        if (filter_names_column(piece.filter[f], piece.argument[f]) &&
            missing(file, piece.argument[f], entry->line, error, error_size))
          return 0;
    }
  }
  return 1;
}
