/* JSON written piece by piece, and the few things read out of an answer. */
#ifndef MORNING_JSON_TEXT_H
#define MORNING_JSON_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct json_text {
  char* text;
  size_t length, room;
} json_text;

void json_reset(json_text* out);
void json_free(json_text* out);
void json_raw(json_text* out, const char* text);
/* "name": with a comma before it if needed; then one of the values. */
void json_name(json_text* out, const char* name);
void json_string(json_text* out, const char* value);
void json_number(json_text* out, int64_t value);

/* The n-th (from 0) text behind "name": in an answer, unescaped into `out`; 0 when there are fewer. */
int json_find_text(const char* json, const char* name, int n, char* out, size_t size);
/* The array behind "name": as a text of its own, for `free`; NULL when there is none. */
char* json_array_of(const char* json, const char* name);
/* An answer as a text of its own, for `free`: it is borrowed until the next call only. */
char* json_kept(const char* json);
/* The next object of an array, as a text for `free`; NULL after the last. `at` is where to go on, at first the array itself. */
char* json_next_object(const char** at);
/* The first integer behind "name":, or `otherwise`. */
int64_t json_find_number(const char* json, const char* name, int64_t otherwise);

#endif
