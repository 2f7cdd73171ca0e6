/* The value of one field of a mapping for one row: columns put into the text, then filtered. */
#ifndef MORNING_EXPAND_H
#define MORNING_EXPAND_H

#include <stddef.h>

#include "csv.h"
#include "mapping.h"

typedef struct expanded {
  char* text; /* zero-terminated; for `free` by expanded_close */
  size_t length, room;
  char column[120]; /* the column that a wrong value came from, "" when it came from none */
  char reason[200]; /* why it is wrong */
} expanded;

typedef enum expand_answer {
  EXPAND_EMPTY = 0, /* no such field, or nothing in the row for it */
  EXPAND_VALUE,
  EXPAND_WRONG /* see column and reason */
} expand_answer;

/* `value` starts as {0} and may be used again and again. `row` is NULL for a section without a file.
 * `field` may be `when`: EXPAND_EMPTY then means that the row has nothing of this section and is passed over. */
expand_answer expand(const map* mapping, const map_section* section, const char* field, const csv* row,
                     expanded* value);
void expanded_close(expanded* value);

/* Applies one filter, as in {column|filter argument}, to the text of `value`. 0 and a reason when it cannot. */
int filter_apply(const map* mapping, const csv* row, const char* filter, const char* argument, expanded* value);
/* 1 when there is such a filter, and it takes an argument or none as given. */
int filter_known(const char* filter, const char* argument);
/* 1 when the argument of the filter is the name of a column (or may be one). */
int filter_names_column(const char* filter, const char* argument);

/* Replaces the text. 0 when out of memory. */
int expanded_set(expanded* value, const char* text, size_t length);
int expanded_append(expanded* value, const char* text, size_t length);
/* A field of the row as the set means it: ends trimmed, the null word is nothing. */
int expanded_column(const map* mapping, const csv* row, const char* column, expanded* value);

#endif
