/* What a mapping is made of; for mapping*.c alone. */
#ifndef MORNING_MAPPING_PARTS_H
#define MORNING_MAPPING_PARTS_H

#include "mapping.h"

typedef struct map_entry {
  const char* key;
  const char* value;     /* behind "@kind " */
  const char* reference; /* kind, or NULL */
  long line;
} map_entry;

struct map_section {
  const char *role, *name;
  long line;
  map_entry* entries; /* all lines, in order */
  size_t count, room;
  const char** fields; /* keys of those that are fields */
  size_t field_count;
};

struct map {
  char* text; /* all strings point into it */
  map_section* all;
  size_t count, room;
  const map_section** records;
  size_t record_count;
};

const map_entry* map_entry_of(const map_section* section, const char* key);
const map_section* map_section_called(const map* mapping, const char* role, const char* name);

/* Vocabulary: is there such a role; has it such a field; which fields must be given (names parted by spaces). */
int role_known(const char* role);
int role_makes_records(const char* role);
int role_has_field(const char* role, const char* field);
const char* role_needs(const char* role);
/* 1 for a line that says how the section is read and is not a field of its records. */
int key_is_directive(const char* key);

/* Everything that can be wrong without the data. 0 and "line N: ..." in `error`. */
int map_check(const map* mapping, char* error, size_t error_size);

#endif
