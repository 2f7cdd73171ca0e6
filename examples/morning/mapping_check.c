/* Is a mapping right in itself: known fields, closed braces, known filters, tables and kinds, nothing forgotten. */
#include <stdio.h>
#include <string.h>

#include "expand.h"
#include "mapping_parts.h"
#include "template.h"

typedef struct told {
  char* error;
  size_t size;
} told;

static int wrong(told t, long line, const char* what, const char* name) {
  snprintf(t.error, t.size, "line %ld: %s '%s'", line, what, name);
  return 0;
}

static int is_table(const map_section* section) {
  return strcmp(section->role, "values") == 0 || strcmp(section->role, "alias") == 0;
}

static int check_filter(const map* mapping, const map_entry* entry, const char* filter, const char* argument, told t) {
  if (!filter_known(filter, argument)) return wrong(t, entry->line, "no filter, or not with this argument:", filter);
  if ((strcmp(filter, "values") == 0 || strcmp(filter, "alias") == 0) && !map_section_called(mapping, filter, argument))
    return wrong(t, entry->line, "there is no table", argument);
  return 1;
}

static int check_template(const map* mapping, const map_section* section, const map_entry* entry, told t) {
  const char* at = entry->value;
  template_piece piece;
  char reason[100];
  size_t f;
  int answer;
  while ((answer = template_next(&at, &piece, reason, sizeof reason)) > 0) {
    if (!piece.is_column) continue;
    if (!map_entry_of(section, "file"))
      return wrong(t, entry->line, "a column in a section without a file:", piece.text);
    for (f = 0; f < piece.filters; ++f)
      if (!check_filter(mapping, entry, piece.filter[f], piece.argument[f], t)) return 0;
  }
  return answer == 0 || wrong(t, entry->line, reason, entry->value);
}

static int kind_is_made(const map* mapping, const char* kind) {
  size_t i;
  for (i = 0; i < mapping->record_count; ++i) {
    const char* made = map_reference(mapping->records[i], "id");
    if (made && strcmp(made, kind) == 0) return 1;
  }
  return 0;
}

static int check_reference(const map* mapping, const map_section* section, const map_entry* entry, told t) {
  if (strcmp(entry->key, "id") == 0)
    return entry->reference || wrong(t, entry->line, "an id needs @kind:", entry->value);
  if (!entry->reference) return 1;
  if (strcmp(entry->reference, "manager-of") == 0)
    return map_gives(section, entry->value) || wrong(t, entry->line, "@manager-of needs a field, not", entry->value);
  return kind_is_made(mapping, entry->reference) ||
         wrong(t, entry->line, "no section has an id of kind", entry->reference);
}

static int check_directive(const map_section* section, const map_entry* entry, told t) {
  if (strcmp(entry->key, "once") == 0)
    return strcmp(entry->value, "yes") == 0 || wrong(t, entry->line, "once is yes or not there, not", entry->value);
  if (strncmp(entry->key, "when_missing.", 13) != 0) return 1;
  if (!map_gives(section, entry->key + 13)) return wrong(t, entry->line, "the section has no field", entry->key + 13);
  if (strcmp(entry->value, "tell_and_leave_out") == 0) return 1;
  if (strcmp(entry->value, "draft_client") != 0)
    return wrong(t, entry->line, "draft_client or tell_and_leave_out, not", entry->value);
  if (strcmp(section->role, "events") != 0 || strcmp(entry->key + 13, "company") != 0)
    return wrong(t, entry->line, "a draft client is for the company of events, not for", entry->key + 13);
  return map_gives(section, "draft_name") || wrong(t, entry->line, "how is the draft named? no", "draft_name");
}

static int check_section(const map* mapping, const map_section* section, told t) {
  const char* needed = role_needs(section->role);
  char name[40];
  size_t i;
  for (i = 0; i < section->count; ++i) {
    const map_entry* entry = &section->entries[i];
    if (!key_is_directive(entry->key) && !role_has_field(section->role, entry->key))
      return wrong(t, entry->line, "there is no field", entry->key);
    if (!check_directive(section, entry, t) || !check_reference(mapping, section, entry, t)) return 0;
    if (strcmp(entry->key, "file") != 0 && !check_template(mapping, section, entry, t)) return 0;
  }
  while (*needed) {
    const size_t length = strcspn(needed, " ");
    snprintf(name, sizeof name, "%.*s", (int)length, needed);
    if (!map_gives(section, name)) return wrong(t, section->line, "the section needs", name);
    needed += length + (needed[length] == ' ');
  }
  return 1;
}

static int has_role(const map* mapping, const char* role) {
  size_t i;
  for (i = 0; i < mapping->record_count; ++i)
    if (strcmp(mapping->records[i]->role, role) == 0) return 1;
  return 0;
}

int map_check(const map* mapping, char* error, size_t error_size) {
  /* What the morning is about must be mapped, or be said to be missing. */
  static const char* const expected[] = {"staff",       "products", "clients", "contacts",
                                         "assignments", "events",   "payments"};
  const told t = {error, error_size};
  size_t i, j;
  if (!map_section_called(mapping, "set", "")) return wrong(t, 1, "there is no section", "set");
  for (i = 0; i < mapping->count; ++i) {
    const map_section* section = &mapping->all[i];
    for (j = 0; j < i; ++j)
      if ((is_table(section) || !role_makes_records(section->role)) &&
          strcmp(mapping->all[j].name, section->name) == 0 && is_table(&mapping->all[j]) == is_table(section) &&
          !role_makes_records(mapping->all[j].role))
        return wrong(t, section->line,
                     "a second section of this name:", *section->name ? section->name : section->role);
    if (!is_table(section) && !check_section(mapping, section, t)) return 0;
  }
  for (i = 0; i < sizeof expected / sizeof *expected; ++i)
    if (has_role(mapping, expected[i]) == map_has_none(mapping, expected[i]))
      return wrong(t, 1, "either a section or a word under none:", expected[i]);
  return 1;
}
