/* What the base holds, in counts and as a sales director reads it in the morning. */
#ifndef MORNING_REPORT_H
#define MORNING_REPORT_H

#include <stdio.h>

#include "load.h"

/* Counts asked from the base, as JSON; the keys are told in tests/examples/count_raw.py. */
void print_counts(crm_db* db, const map* mapping, const load_result* result, FILE* out);
void print_report(crm_db* db, const char* set, FILE* out);

/* One row of an answer: texts of up to 8 columns. `row` is called for each; returns how many there were. */
typedef void (*row_function)(crm_cursor* cursor, void* user);
long each_row(crm_db* db, const char* query, row_function row, void* user);

#endif
