/* A mapping file: which columns of which CSV make which records. mapping.md tells the format. */
#ifndef MORNING_MAPPING_H
#define MORNING_MAPPING_H

#include <stddef.h>

#include "csv.h"

typedef struct map map;
typedef struct map_section map_section;

/* Ends with map_close. NULL and "file:line: what is wrong" in `error`. */
map* map_read(const char* path, char* error, size_t error_size);
/* The same for a text in memory; `name` stands in the errors. */
map* map_parse(const char* name, const char* text, size_t length, char* error, size_t error_size);
void map_close(map* mapping);

/* A line of [set], or NULL: name, system, zone, now, currency, null, date, delimiter, none. */
const char* map_setting(const map* mapping, const char* key);
/* 1 when `role` stands under `none` of [set]: this set has no such records, and their count is 0. */
int map_has_none(const map* mapping, const char* role);

/* The sections that make records, in the order in which they are to be loaded. */
size_t map_sections(const map* mapping);
const map_section* map_section_at(const map* mapping, size_t number);
const char* map_role(const map_section* section);  /* "clients" of [clients], "characteristic" of [characteristic x] */
const char* map_name(const map_section* section);  /* "x" of [characteristic x], else "" */
long map_section_line(const map_section* section); /* for messages */

/* `file = a.csv | b_*.csv` as written; NULL: the section makes one record without any file. */
const char* map_file(const map_section* section);
/* 1: the same id may come on many rows and the first is taken. 0: a second one is a wrong row. */
int map_once(const map_section* section);

/* 1: the section is for rows only on which `when` expands to something. */
int map_has_when(const map_section* section);

/* The fields as written, for walking over them; `file`, `when`, `once` and `when_missing.*` are not among them. */
size_t map_fields(const map_section* section);
const char* map_field(const map_section* section, size_t number);
/* 1 when the section gives this field at all. */
int map_gives(const map_section* section, const char* field);
/* 1 when a row with nothing in this field is wrong (unless map_when_missing says otherwise). */
int map_is_needed(const map_section* section, const char* field);
/* `customer` of `company = @customer {number}`: the value is the key of an external id of this kind. Or NULL.
 * `@manager-of company` is no external id: it asks for the main manager of the client in that field. */
const char* map_reference(const map_section* section, const char* field);

/* What happens to a row whose field is empty. */
typedef enum map_missing {
  MAP_MISSING_ALLOWED = 0,
  MAP_MISSING_DRAFT_CLIENT, /* a draft client is made, named by the section's draft_name, known by the row's id */
  MAP_MISSING_LEAVE_OUT     /* told, and the row is left out */
} map_missing;
map_missing map_when_missing(const map_section* section, const char* field);

/* What `value` means in [values table] or [alias table]; NULL when it is not there. */
const char* map_lookup(const map* mapping, const char* table, const char* value);
/* 1 for [values ...], where a value that is not there is wrong; 0 for [alias ...], where it stays as it is. */
int map_table_is_closed(const map* mapping, const char* table);

/* 1 when every column that the section names is in the file; else "line N: no column 'x'" in `error`. */
int map_check_columns(const map* mapping, const map_section* section, const csv* file, char* error, size_t error_size);

#endif
