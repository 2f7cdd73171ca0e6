/* A reader of CSV (RFC 4180) in UTF-8: byte order mark or none, LF or CRLF, quoted fields with line breaks inside.
 *
 * The first record names the columns. A malformed record is answered as CSV_BAD with its line and the reason, and
 * reading goes on behind it: a record with broken quotes ends with its first line, so that an unclosed quote does not
 * swallow the file. Lines with nothing on them are not records. The file is held in memory whole. */
#ifndef MORNING_CSV_H
#define MORNING_CSV_H

#include <stddef.h>

typedef struct csv csv;

enum { CSV_END = 0, CSV_ROW = 1, CSV_BAD = 2 };

/* Ends with csv_close. NULL and a sentence in `error` when the file cannot be read or has no good header. */
csv* csv_open(const char* path, char delimiter, char* error, size_t error_size);
/* The same for a text in memory, which is copied. */
csv* csv_parse(const char* text, size_t length, char delimiter, char* error, size_t error_size);
void csv_close(csv* file);

/* Steps to the next record. What the functions below return is borrowed until the next step. */
int csv_next(csv* file);
/* Line on which the record starts; the header is usually line 1. */
long csv_line(const csv* file);
/* Why the record is CSV_BAD. */
const char* csv_reason(const csv* file);

size_t csv_columns(const csv* file);
const char* csv_column_name(const csv* file, size_t column);
/* Number of the column of this name, or -1. */
long csv_find_column(const csv* file, const char* name);

/* Field of a CSV_ROW; never NULL. A quoted NULL is a text, an unquoted one may stand for no value: the mapping knows.
 */
const char* csv_field(const csv* file, size_t column);
int csv_field_is_quoted(const csv* file, size_t column);

#endif
