/* Titles and columns of what is printed for people. */
#ifndef MORNING_COLUMNS_H
#define MORNING_COLUMNS_H

#include <stdio.h>

#include "crm/crm.h"

void title(FILE* out, const char* text);
/* "2026-03-02 10:00" by the clock of the organisation, of an all-day event the day alone; as wide as the former. */
void print_moment(crm_db* db, int64_t at, int all_day, FILE* out);
/* `text` (may be NULL) in that many characters, not bytes, and two spaces behind it. */
void pad(FILE* out, const char* text, int width);

#endif
