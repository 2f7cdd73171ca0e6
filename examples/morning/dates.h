/* Calendar dates: days since 1970-01-01, and texts in the formats of a mapping. */
#ifndef MORNING_DATES_H
#define MORNING_DATES_H

#include <stddef.h>

long date_days(int year, int month, int day);
void date_civil(long days, int* year, int* month, int* day);
/* 0 Monday .. 6 Sunday */
int date_weekday(long days);

/* Reads `text` by `format`: YYYY MM DD HH MI SS, any other character stands for itself. Writes "2026-03-02" or, with
 * time, "2026-03-02T09:00:00". 0 when the text is otherwise or there is no such day or hour. */
int date_to_iso(const char* text, const char* format, int with_time, char* iso, size_t iso_size);

#endif
