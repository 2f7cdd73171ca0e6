#include <stdarg.h>
#include <string.h>

#include "dates.h"
#include "house_parts.h"

void house_row(FILE* file, ...) {
  va_list fields;
  const char* field;
  int first = 1;
  va_start(fields, file);
  while ((field = va_arg(fields, const char*)) != NULL) {
    if (!first) fputc(';', file);
    first = 0;
    if (!strpbrk(field, ";\"\r\n")) {
      fputs(field, file);
      continue;
    }
    fputc('"', file);
    for (; *field; ++field) {
      if (*field == '"') fputc('"', file);
      fputc(*field, file);
    }
    fputc('"', file);
  }
  va_end(fields);
  fputs("\r\n", file);
}

enum { KEPT = 24, ROOM = 64 };

static char* kept(void) {
  static char texts[KEPT][ROOM];
  static int turn;
  turn = (turn + 1) % KEPT;
  return texts[turn];
}

const char* house_date(long days) {
  char* text = kept();
  int year, month, day;
  date_civil(days, &year, &month, &day);
  snprintf(text, ROOM, "%02d.%02d.%04d", day, month, year);
  return text;
}

const char* house_time(long days, int minute) {
  char* text = kept();
  int year, month, day;
  date_civil(days, &year, &month, &day);
  snprintf(text, ROOM, "%02d.%02d.%04d %02d:%02d", day, month, year, minute / 60, minute % 60);
  return text;
}

const char* house_money(long long kopecks) {
  char* text = kept();
  snprintf(text, ROOM, "%lld,%02d", kopecks / 100, (int)(kopecks % 100));
  return text;
}

const char* house_number(const char* letters, int number) {
  char* text = kept();
  snprintf(text, ROOM, "%s%04d", letters, number);
  return text;
}

void house_latin(const char* russian, char* latin, size_t size) {
  /* Letters from U+0430, then ё apart. */
  static const char* const letters[32] = {"a",  "b",  "v",  "g",   "d", "e", "zh", "z", "i",  "y", "k",
                                          "l",  "m",  "n",  "o",   "p", "r", "s",  "t", "u",  "f", "kh",
                                          "ts", "ch", "sh", "sch", "",  "y", "",   "e", "yu", "ya"};
  const unsigned char* at = (const unsigned char*)russian;
  size_t length = 0;
  latin[0] = '\0';
  while (*at) {
    const char* letter = "";
    unsigned code = *at++;
    if (code >= 0xC0 && *at) code = ((code & 0x1F) << 6) | (*at++ & 0x3F);
    if (code >= 0x410 && code <= 0x42F) code += 0x20;
    if (code >= 0x430 && code <= 0x44F) letter = letters[code - 0x430];
    if (code == 0x401 || code == 0x451) letter = "e";
    if (code == '-' || code == ' ') letter = "-";
    if (length + strlen(letter) + 1 > size) return;
    strcpy(latin + length, letter);
    length += strlen(letter);
  }
}
