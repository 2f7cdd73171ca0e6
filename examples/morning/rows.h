/* Answers of the base: its rows one by one, and the first of them. */
#ifndef MORNING_ROWS_H
#define MORNING_ROWS_H

#include <stddef.h>

#include "crm/crm.h"

/* Called for each row of an answer. */
typedef void (*row_function)(crm_cursor* cursor, void* user);
/* How many rows there were; `row` may be NULL. */
long each_row(crm_db* db, const char* query, row_function row, void* user);

/* The integer in the first column of the first row; 0 when there is none. */
int64_t row_id(crm_db* db, const char* query);

/* A field of a record, or "". */
void field_text(crm_db* db, int32_t entity, int64_t id, int32_t field, char* text, size_t size);

#endif
