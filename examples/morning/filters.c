/* The filters of {column|filter argument}. On an empty text all but `or` and `default` do nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "expand.h"

static int wrong(expanded* value, const char* what) {
  snprintf(value->reason, sizeof value->reason, "%s '%.80s'", what, value->text);
  return 0;
}

static int set(expanded* value, const char* text) { return expanded_set(value, text, strlen(text)); }

static int words(expanded* value, int first) {
  const size_t length = strcspn(value->text, " ");
  const char* rest = value->text + length;
  if (first) return expanded_set(value, value->text, length);
  return set(value, rest + strspn(rest, " "));
}

static int date(const map* mapping, expanded* value, const char* format, int with_time) {
  char iso[40];
  if (!*format) format = map_setting(mapping, with_time ? "time" : "date");
  if (!format) format = with_time ? "YYYY-MM-DD HH:MI" : "YYYY-MM-DD";
  if (!date_to_iso(value->text, format, with_time, iso, sizeof iso))
    return wrong(value, with_time ? "not a date and time:" : "not a date:");
  return set(value, iso);
}

static int print_number(expanded* value, long long number) {
  char text[40];
  snprintf(text, sizeof text, "%lld", number);
  return set(value, text);
}

/* Digits with a sign before them and up to two decimals behind a point or a comma: the number of hundredths. */
static int hundredths(const char* text, int with_decimals, long long* number) {
  const int negative = *text == '-';
  int decimals = -1, digits = 0;
  *number = 0;
  for (text += negative; *text; ++text) {
    if ((*text == '.' || *text == ',') && decimals < 0 && digits && with_decimals) {
      decimals = 0;
    } else if (*text >= '0' && *text <= '9' && digits < 15 && decimals < 2) {
      *number = 10 * *number + (*text - '0');
      ++digits;
      if (decimals >= 0) ++decimals;
    } else {
      return 0;
    }
  }
  if (!digits || decimals == 0) return 0;
  for (decimals = decimals < 0 ? 0 : decimals; with_decimals && decimals < 2; ++decimals) *number *= 10;
  if (negative) *number = -*number;
  return 1;
}

static int minor(expanded* value) {
  long long number;
  return hundredths(value->text, 1, &number) ? print_number(value, number) : wrong(value, "not an amount:");
}

static int whole(expanded* value) {
  long long number;
  return hundredths(value->text, 0, &number) ? print_number(value, number) : wrong(value, "not a whole number:");
}

static int is_number(const char* text) { return *text && text[strspn(text, "0123456789")] == '\0'; }

/* By a number, or by a column that holds a whole number. */
static int times(const map* mapping, const csv* row, expanded* value, const char* by) {
  expanded other = {NULL, 0, 0, "", ""};
  long long a = 0, b = 0;
  int right = is_number(by) ? expanded_set(&other, by, strlen(by)) : expanded_column(mapping, row, by, &other);
  right = right && hundredths(value->text, 0, &a) && hundredths(other.text, 0, &b) &&
          (a == 0 || llabs(b) <= 9000000000000000LL / llabs(a));
  if (!right) snprintf(value->reason, sizeof value->reason, "cannot multiply by '%.80s'", other.text ? other.text : by);
  expanded_close(&other);
  return right ? print_number(value, a * b) : 0;
}

static int table(const map* mapping, expanded* value, const char* name) {
  const char* meant = map_lookup(mapping, name, value->text);
  if (meant) return set(value, meant);
  if (!map_table_is_closed(mapping, name)) return 1;
  snprintf(value->reason, sizeof value->reason, "not in [values %.60s]: '%.80s'", name, value->text);
  return 0;
}

static int before(expanded* value, const char* text) {
  const size_t added = strlen(text), length = value->length;
  if (!expanded_append(value, text, added)) return 0;
  memmove(value->text + added, value->text, length);
  memcpy(value->text, text, added);
  return 1;
}

int filter_apply(const map* mapping, const csv* row, const char* filter, const char* argument, expanded* value) {
  const char c = filter[0];
  if (strcmp(filter, "or") == 0) return value->length || expanded_column(mapping, row, argument, value);
  if (strcmp(filter, "default") == 0) return value->length || set(value, argument);
  if (!value->length) return 1;
  if (strcmp(filter, "date") == 0) return date(mapping, value, argument, 0);
  if (strcmp(filter, "time") == 0) return date(mapping, value, argument, 1);
  if (strcmp(filter, "minor") == 0) return minor(value);
  if (strcmp(filter, "whole") == 0) return whole(value);
  if (strcmp(filter, "times") == 0) return times(mapping, row, value, argument);
  if (strcmp(filter, "before") == 0) return before(value, argument);
  if (strcmp(filter, "first_word") == 0) return words(value, 1);
  if (strcmp(filter, "other_words") == 0) return words(value, 0);
  return c == 'v' || c == 'a' ? table(mapping, value, argument) : wrong(value, "no such filter for");
}

int filter_known(const char* filter, const char* argument) {
  static const char* const alone[] = {"minor", "whole", "first_word", "other_words"};
  static const char* const with[] = {"or", "default", "times", "before", "values", "alias"};
  size_t i;
  if (strcmp(filter, "date") == 0 || strcmp(filter, "time") == 0) return 1;
  for (i = 0; i < sizeof alone / sizeof *alone; ++i)
    if (strcmp(filter, alone[i]) == 0) return !*argument;
  for (i = 0; i < sizeof with / sizeof *with; ++i)
    if (strcmp(filter, with[i]) == 0) return *argument != '\0';
  return 0;
}

int filter_names_column(const char* filter, const char* argument) {
  return strcmp(filter, "or") == 0 || (strcmp(filter, "times") == 0 && !is_number(argument));
}
