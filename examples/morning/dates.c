#include "dates.h"

#include <stdio.h>
#include <string.h>

/* Years start in March, so that the leap day is the last of a year: Howard Hinnant's algorithms. */
long date_days(int year, int month, int day) {
  const long y = year - (month <= 2);
  const long era = (y >= 0 ? y : y - 399) / 400;
  const long year_of_era = y - era * 400;
  const long day_of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void date_civil(long days, int* year, int* month, int* day) {
  const long z = days + 719468;
  const long era = (z >= 0 ? z : z - 146096) / 146097;
  const long day_of_era = z - era * 146097;
  const long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long m = (5 * day_of_year + 2) / 153;
  *day = (int)(day_of_year - (153 * m + 2) / 5 + 1);
  *month = (int)(m < 10 ? m + 3 : m - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int date_weekday(long days) { return (int)(((days + 3) % 7 + 7) % 7); }

enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PARTS };

static int read_digits(const char** text, size_t digits, int* number) {
  *number = 0;
  for (; digits; --digits, ++*text) {
    if (**text < '0' || **text > '9') return 0;
    *number = 10 * *number + (**text - '0');
  }
  return 1;
}

int date_to_iso(const char* text, const char* format, int with_time, char* iso, size_t iso_size) {
  static const char* const tokens[PARTS] = {"YYYY", "MM", "DD", "HH", "MI", "SS"};
  int part[PARTS] = {1, 1, 1, 0, 0, 0};
  int year, month, day;
  while (*format) {
    size_t i;
    for (i = 0; i < PARTS; ++i)
      if (strncmp(format, tokens[i], strlen(tokens[i])) == 0) break;
    if (i < PARTS) {
      if (!read_digits(&text, strlen(tokens[i]), &part[i])) return 0;
      format += strlen(tokens[i]);
    } else if (*text++ != *format++) {
      return 0;
    }
  }
  if (*text || part[HOUR] > 23 || part[MINUTE] > 59 || part[SECOND] > 59) return 0;
  if (part[YEAR] < 1 || part[MONTH] < 1 || part[MONTH] > 12 || part[DAY] < 1 || part[DAY] > 31) return 0;
  date_civil(date_days(part[YEAR], part[MONTH], part[DAY]), &year, &month, &day);
  if (month != part[MONTH] || day != part[DAY]) return 0; /* 31.02. */
  if (with_time) {
    snprintf(iso, iso_size, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, part[HOUR], part[MINUTE], part[SECOND]);
  } else {
    snprintf(iso, iso_size, "%04d-%02d-%02d", year, month, day);
  }
  return 1;
}
