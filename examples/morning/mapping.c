#include "mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_parts.h"
#include "utf8.h"

static char* trim(char* text) {
  char* end;
  text += strspn(text, " \t");
  end = text + strlen(text);
  while (end > text && strchr(" \t\r", end[-1])) --end;
  *end = '\0';
  return text;
}

static int wrong(char* error, size_t error_size, long line, const char* what, const char* name) {
  snprintf(error, error_size, "line %ld: %s '%s'", line, what, name);
  return 0;
}

static int out_of_memory(char* error, size_t error_size) {
  snprintf(error, error_size, "out of memory");
  return 0;
}

/* [role] or [role name] */
static int read_header(map* mapping, char* text, long line, char* error, size_t error_size) {
  map_section* section;
  char* end = strchr(text, ']');
  char* name;
  if (!end || end[1]) return wrong(error, error_size, line, "not a section header:", text);
  *end = '\0';
  text = trim(text + 1);
  name = text + strcspn(text, " ");
  if (*name) *name++ = '\0';
  name = trim(name);
  if (!role_known(text)) return wrong(error, error_size, line, "there is no section", text);
  if (mapping->count == mapping->room) {
    const size_t room = mapping->room ? 2 * mapping->room : 16;
    map_section* grown = realloc(mapping->all, room * sizeof *grown);
    if (!grown) return out_of_memory(error, error_size);
    mapping->all = grown;
    mapping->room = room;
  }
  section = &mapping->all[mapping->count++];
  memset(section, 0, sizeof *section);
  section->role = text;
  section->name = name;
  section->line = line;
  return 1;
}

/* key = value, where the key may be "in quotes" and the value may start with @kind */
static int read_entry(map_section* section, char* text, long line, char* error, size_t error_size) {
  map_entry entry = {NULL, NULL, NULL, 0};
  char* value;
  if (*text == '"') {
    char* quote = strchr(++text, '"');
    if (!quote) return wrong(error, error_size, line, "the key is not closed:", text);
    *quote = '\0';
    value = quote + 1 + strspn(quote + 1, " \t");
    if (*value != '=') return wrong(error, error_size, line, "no '=' behind", text);
    entry.key = text;
  } else {
    value = strchr(text, '=');
    if (!value) return wrong(error, error_size, line, "no '=' in", text);
    *value = '\0';
    entry.key = trim(text);
  }
  value = trim(value + 1);
  if (!*entry.key) return wrong(error, error_size, line, "no key before", value);
  if (map_entry_of(section, entry.key)) return wrong(error, error_size, line, "given twice:", entry.key);
  if (*value == '@') {
    entry.reference = ++value;
    value += strcspn(value, " ");
    if (!*value || value == entry.reference)
      return wrong(error, error_size, line, "no kind and key in", entry.reference);
    *value++ = '\0';
    value = trim(value);
  }
  entry.value = value;
  entry.line = line;
  if (section->count == section->room) {
    const size_t room = section->room ? 2 * section->room : 8;
    map_entry* grown = realloc(section->entries, room * sizeof *grown);
    if (!grown) return out_of_memory(error, error_size);
    section->entries = grown;
    section->room = room;
  }
  section->entries[section->count++] = entry;
  return 1;
}

static int read_lines(map* mapping, char* text, char* error, size_t error_size) {
  long line = 0;
  while (text) {
    char* next = strchr(text, '\n');
    if (next) *next++ = '\0';
    ++line;
    text = trim(text);
    if (*text == '[') {
      if (!read_header(mapping, text, line, error, error_size)) return 0;
    } else if (*text && *text != '#') {
      if (!mapping->count) return wrong(error, error_size, line, "before the first section:", text);
      if (!read_entry(&mapping->all[mapping->count - 1], text, line, error, error_size)) return 0;
    }
    text = next;
  }
  return 1;
}

/* Lists for walking, once nothing moves in memory any more. */
static int make_lists(map* mapping, char* error, size_t error_size) {
  size_t i, j;
  mapping->records = calloc(mapping->count + 1, sizeof *mapping->records);
  if (!mapping->records) return out_of_memory(error, error_size);
  for (i = 0; i < mapping->count; ++i) {
    map_section* section = &mapping->all[i];
    section->fields = calloc(section->count + 1, sizeof *section->fields);
    if (!section->fields) return out_of_memory(error, error_size);
    for (j = 0; j < section->count; ++j)
      if (!key_is_directive(section->entries[j].key)) section->fields[section->field_count++] = section->entries[j].key;
    if (role_makes_records(section->role)) mapping->records[mapping->record_count++] = section;
  }
  return 1;
}

map* map_parse(const char* name, const char* text, size_t length, char* error, size_t error_size) {
  char what[400] = "out of memory";
  map* mapping = calloc(1, sizeof *mapping);
  if (mapping) mapping->text = malloc(length + 1);
  if (mapping && mapping->text) {
    char* from = mapping->text;
    memcpy(from, text, length);
    from[length] = '\0';
    if (length >= 3 && memcmp(from, "\xEF\xBB\xBF", 3) == 0) from += 3;
    if (!utf8_valid(text, length) || memchr(text, '\0', length)) {
      snprintf(what, sizeof what, "line 1: not a text in UTF-8");
    } else if (read_lines(mapping, from, what, sizeof what) && make_lists(mapping, what, sizeof what) &&
               map_check(mapping, what, sizeof what)) {
      return mapping;
    }
  }
  map_close(mapping);
  /* "house.map:12: there is no section 'x'" */
  snprintf(error, error_size, "%s:%s", name, strncmp(what, "line ", 5) == 0 ? what + 5 : what);
  return NULL;
}

map* map_read(const char* path, char* error, size_t error_size) {
  size_t length = 0;
  char* text = utf8_read_file(path, &length);
  map* mapping;
  if (!text) {
    snprintf(error, error_size, "%s: cannot be read", path);
    return NULL;
  }
  mapping = map_parse(path, text, length, error, error_size);
  free(text);
  return mapping;
}

void map_close(map* mapping) {
  size_t i;
  if (!mapping) return;
  for (i = 0; i < mapping->count; ++i) {
    free(mapping->all[i].entries);
    free(mapping->all[i].fields);
  }
  free(mapping->all);
  free(mapping->records);
  free(mapping->text);
  free(mapping);
}
