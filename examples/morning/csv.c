#include "csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

typedef struct field {
  char* text;
  int quoted;
} field;

struct csv {
  char* text; /* fields are unescaped and ended in place */
  size_t length;
  size_t at; /* where the next record starts */
  long next_line;
  long line;
  char delimiter;
  field* fields;
  size_t count, room;
  char** names;
  size_t columns;
  char reason[120];
};

/* Where a record and its fields end. `broken` tells why its quotes are wrong, or is NULL. */
typedef struct extent {
  size_t end;  /* behind the last byte, without the line break */
  size_t next; /* behind the line break */
  long breaks; /* line breaks up to `next` */
  const char* broken;
} extent;

static size_t break_length(const csv* file, size_t at) {
  if (at >= file->length) return 0;
  if (file->text[at] == '\n') return 1;
  return file->text[at] == '\r' && at + 1 < file->length && file->text[at + 1] == '\n' ? 2 : 0;
}

static void end_of_line(const csv* file, size_t from, extent* found) {
  size_t at = from;
  while (at < file->length && !break_length(file, at)) ++at;
  found->end = at;
  found->next = at + break_length(file, at);
  found->breaks = 1;
}

/* Looks without changing a byte, since a broken record is read again from its second line. */
static extent measure(const csv* file) {
  extent found = {0, 0, 0, NULL};
  size_t at = file->at;
  int start_of_field = 1;
  while (at < file->length && !break_length(file, at)) {
    const char c = file->text[at];
    if (c == '"' && !start_of_field) {
      found.broken = "a quote inside a field that does not start with one";
      break;
    }
    if (c != '"') {
      start_of_field = c == file->delimiter;
      ++at;
      continue;
    }
    for (++at; at < file->length; ++at) {
      if (file->text[at] == '\n') ++found.breaks;
      if (file->text[at] != '"') continue;
      if (at + 1 < file->length && file->text[at + 1] == '"') {
        ++at;
      } else {
        break;
      }
    }
    if (at >= file->length) {
      found.broken = "a quote is not closed";
      break;
    }
    ++at;
    if (at < file->length && file->text[at] != file->delimiter && !break_length(file, at)) {
      found.broken = "text behind a closing quote";
      break;
    }
    start_of_field = 0;
  }
  if (found.broken) {
    end_of_line(file, file->at, &found);
  } else {
    found.end = at;
    found.next = at + break_length(file, at);
    ++found.breaks;
  }
  return found;
}

static int add_field(csv* file, char* text, int quoted) {
  if (file->count == file->room) {
    const size_t room = file->room ? 2 * file->room : 16;
    field* grown = realloc(file->fields, room * sizeof *grown);
    if (!grown) return 0;
    file->fields = grown;
    file->room = room;
  }
  file->fields[file->count].text = text;
  file->fields[file->count].quoted = quoted;
  ++file->count;
  return 1;
}

/* Cuts text[at, end) into fields. text[end] is a line break or the zero behind the text, so it may be overwritten. */
static int cut(csv* file, size_t at, size_t end) {
  file->count = 0;
  for (;;) {
    char* start = file->text + at;
    char* to = start;
    const int quoted = at < end && *start == '"';
    int more;
    if (quoted) {
      for (++at; file->text[at] != '"' || (at + 1 < end && file->text[at + 1] == '"'); ++at) {
        if (file->text[at] == '"') ++at;
        *to++ = file->text[at];
      }
      ++at;
    } else {
      while (at < end && file->text[at] != file->delimiter) ++at;
      to = file->text + at;
    }
    more = at < end; /* looked at before the zero is written over the delimiter */
    *to = '\0';
    if (!add_field(file, start, quoted)) return 0;
    if (!more) return 1;
    ++at;
  }
}

int csv_next(csv* file) {
  extent record;
  size_t start;
  while (file->at < file->length && break_length(file, file->at)) {
    file->at += break_length(file, file->at);
    ++file->next_line;
  }
  if (file->at >= file->length) return CSV_END;
  record = measure(file);
  start = file->at;
  file->line = file->next_line;
  file->at = record.next;
  file->next_line += record.breaks;
  file->count = 0;
  if (record.broken) {
    snprintf(file->reason, sizeof file->reason, "%s", record.broken);
    return CSV_BAD;
  }
  if (memchr(file->text + start, '\0', record.end - start)) {
    snprintf(file->reason, sizeof file->reason, "a zero byte");
    return CSV_BAD;
  }
  if (!utf8_valid(file->text + start, record.end - start)) {
    snprintf(file->reason, sizeof file->reason, "not UTF-8");
    return CSV_BAD;
  }
  if (!cut(file, start, record.end)) {
    snprintf(file->reason, sizeof file->reason, "out of memory");
    return CSV_BAD;
  }
  if (file->columns && file->count != file->columns) {
    snprintf(file->reason, sizeof file->reason, "%lu fields instead of %lu", (unsigned long)file->count,
             (unsigned long)file->columns);
    return CSV_BAD;
  }
  return CSV_ROW;
}

static int read_header(csv* file, char* error, size_t error_size) {
  size_t i, j;
  const int answer = csv_next(file);
  if (answer != CSV_ROW) {
    snprintf(error, error_size, "line 1: %s", answer == CSV_END ? "no header" : file->reason);
    return 0;
  }
  file->names = calloc(file->count, sizeof *file->names);
  if (!file->names) {
    snprintf(error, error_size, "out of memory");
    return 0;
  }
  for (i = 0; i < file->count; ++i) {
    file->names[i] = file->fields[i].text;
    for (j = 0; j < i; ++j)
      if (strcmp(file->names[i], file->names[j]) == 0) {
        snprintf(error, error_size, "line %ld: two columns '%s'", file->line, file->names[i]);
        return 0;
      }
  }
  file->columns = file->count;
  return 1;
}

/* Takes over `text`, which has a zero behind its end. */
static csv* start(char* text, size_t length, char delimiter, char* error, size_t error_size) {
  csv* file = calloc(1, sizeof *file);
  if (!file) {
    free(text);
    snprintf(error, error_size, "out of memory");
    return NULL;
  }
  file->text = text;
  file->length = length;
  file->delimiter = delimiter;
  file->next_line = 1;
  if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) file->at = 3;
  if (read_header(file, error, error_size)) return file;
  csv_close(file);
  return NULL;
}

csv* csv_parse(const char* text, size_t length, char delimiter, char* error, size_t error_size) {
  char* copy = malloc(length + 1);
  if (!copy) {
    snprintf(error, error_size, "out of memory");
    return NULL;
  }
  memcpy(copy, text, length);
  copy[length] = '\0';
  return start(copy, length, delimiter, error, error_size);
}

csv* csv_open(const char* path, char delimiter, char* error, size_t error_size) {
  size_t length = 0;
  char* text = utf8_read_file(path, &length);
  if (!text) {
    snprintf(error, error_size, "cannot be read");
    return NULL;
  }
  return start(text, length, delimiter, error, error_size);
}

void csv_close(csv* file) {
  if (!file) return;
  free(file->names);
  free(file->fields);
  free(file->text);
  free(file);
}

long csv_line(const csv* file) { return file->line; }
const char* csv_reason(const csv* file) { return file->reason; }
size_t csv_columns(const csv* file) { return file->columns; }
const char* csv_column_name(const csv* file, size_t column) { return file->names[column]; }

long csv_find_column(const csv* file, const char* name) {
  size_t i;
  for (i = 0; i < file->columns; ++i)
    if (strcmp(file->names[i], name) == 0) return (long)i;
  return -1;
}

const char* csv_field(const csv* file, size_t column) { return column < file->count ? file->fields[column].text : ""; }

int csv_field_is_quoted(const csv* file, size_t column) { return column < file->count && file->fields[column].quoted; }
