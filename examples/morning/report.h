/* What the base holds, in counts and as a sales director reads it in the morning. */
#ifndef MORNING_REPORT_H
#define MORNING_REPORT_H

#include <stdio.h>

#include "load.h"

/* Counts asked from the base, as a JSON object that is left open: the week goes on with it; the keys are told in tests/examples/count_raw.py. */
void print_counts(crm_db* db, const map* mapping, const load_result* result, FILE* out);
void print_report(crm_db* db, const char* set, FILE* out);

#endif
