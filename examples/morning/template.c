#include "template.h"

#include <stdio.h>
#include <string.h>

static int copy(char* to, size_t room, const char* from, size_t length) {
  if (length >= room) return 0;
  memcpy(to, from, length);
  to[length] = '\0';
  return 1;
}

static int wrong(char* error, size_t error_size, const char* reason) {
  snprintf(error, error_size, "%s", reason);
  return -1;
}

/* One "filter argument" between bars. */
static int read_filter(const char* from, size_t length, template_piece* piece) {
  const char* space = memchr(from, ' ', length);
  const size_t name = space ? (size_t)(space - from) : length;
  const size_t n = piece->filters;
  if (n == TEMPLATE_FILTERS || name == 0) return 0;
  if (!copy(piece->filter[n], sizeof piece->filter[n], from, name)) return 0;
  piece->argument[n][0] = '\0';
  if (space && !copy(piece->argument[n], sizeof piece->argument[n], space + 1, length - name - 1)) return 0;
  ++piece->filters;
  return 1;
}

int template_next(const char** at, template_piece* piece, char* error, size_t error_size) {
  const char* from = *at;
  const char* end;
  size_t length;
  piece->filters = 0;
  if (!*from) return 0;
  if (*from != '{') {
    length = strcspn(from, "{}");
    if (from[length] == '}') return wrong(error, error_size, "'}' without '{'");
    piece->is_column = 0;
    if (!copy(piece->text, sizeof piece->text, from, length)) return wrong(error, error_size, "the text is too long");
    *at = from + length;
    return 1;
  }
  ++from;
  end = strchr(from, '}');
  if (!end) return wrong(error, error_size, "'{' is not closed");
  piece->is_column = 1;
  length = strcspn(from, "|}");
  if (length == 0) return wrong(error, error_size, "no column between '{' and '}'");
  if (!copy(piece->text, sizeof piece->text, from, length)) return wrong(error, error_size, "the column is too long");
  for (from += length; *from == '|'; from += length) {
    ++from;
    length = strcspn(from, "|}");
    if (!read_filter(from, length, piece)) return wrong(error, error_size, "a filter is empty, too long or too many");
  }
  *at = end + 1;
  return 1;
}
