#include "json_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(json_text* out, const char* text, size_t length) {
  if (out->length + length + 1 > out->room) {
    out->room = (out->length + length + 1) * 2;
    out->text = realloc(out->text, out->room);
    if (!out->text) abort();
  }
  memcpy(out->text + out->length, text, length);
  out->length += length;
  out->text[out->length] = '\0';
}

void json_reset(json_text* out) {
  out->length = 0;
  append(out, "", 0);
}

void json_free(json_text* out) {
  free(out->text);
  memset(out, 0, sizeof *out);
}

void json_raw(json_text* out, const char* text) { append(out, text, strlen(text)); }

void json_name(json_text* out, const char* name) {
  const char last = out->length ? out->text[out->length - 1] : '\0';
  if (last != '{' && last != '[' && last != '\0') json_raw(out, ", ");
  json_string(out, name);
  json_raw(out, ": ");
}

void json_string(json_text* out, const char* value) {
  append(out, "\"", 1);
  for (; *value; ++value) {
    char escaped[8];
    if (*value == '"' || *value == '\\') {
      append(out, "\\", 1);
      append(out, value, 1);
    } else if ((unsigned char)*value < 0x20) {
      snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)*value);
      json_raw(out, escaped);
    } else {
      append(out, value, 1);
    }
  }
  append(out, "\"", 1);
}

void json_number(json_text* out, int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  json_raw(out, digits);
}

static const char* behind(const char* json, const char* name, int n) {
  char key[64];
  snprintf(key, sizeof key, "\"%s\":", name);
  while ((json = strstr(json, key)) != NULL) {
    json += strlen(key);
    if (n-- == 0) return json;
  }
  return NULL;
}

int json_find_text(const char* json, const char* name, int n, char* out, size_t size) {
  size_t length = 0;
  const char* at = behind(json, name, n);
  if (!at || *at++ != '"') return 0;
  for (; *at && *at != '"' && length + 1 < size; ++at) {
    if (*at == '\\' && at[1]) ++at;
    out[length++] = *at;
  }
  out[length] = '\0';
  return 1;
}

/* What stands between a bracket and the one that closes it, without the latter; `*end` is the latter. */
static char* bracketed(const char* from, const char** end) {
  const char* at;
  char* inside;
  int depth = 0, quoted = 0;
  for (at = from; *at; ++at) {
    if (*at == '\\' && at[1]) {
      ++at;
      continue;
    }
    if (*at == '"') quoted = !quoted;
    if (quoted) continue;
    if (*at == '[' || *at == '{') ++depth;
    if ((*at == ']' || *at == '}') && --depth == 0) break;
  }
  inside = malloc((size_t)(at - from) + 1);
  if (!inside) abort();
  memcpy(inside, from, (size_t)(at - from));
  inside[at - from] = '\0';
  *end = at;
  return inside;
}

char* json_kept(const char* json) {
  char* kept = malloc(strlen(json) + 1);
  if (!kept) abort();
  return strcpy(kept, json);
}

char* json_array_of(const char* json, const char* name) {
  const char* from = behind(json, name, 0);
  return from && *from == '[' ? bracketed(from, &from) : NULL;
}

char* json_next_object(const char** at) {
  *at = strchr(*at, '{');
  return *at ? bracketed(*at, at) : NULL;
}

int64_t json_find_number(const char* json, const char* name, int64_t otherwise) {
  const char* at = behind(json, name, 0);
  return at && (*at == '-' || (*at >= '0' && *at <= '9')) ? strtoll(at, NULL, 10) : otherwise;
}
