#include "expand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_parts.h"
#include "template.h"

int expanded_append(expanded* value, const char* text, size_t length) {
  if (value->length + length + 1 > value->room) {
    const size_t room = 2 * (value->length + length + 1);
    char* grown = realloc(value->text, room);
    if (!grown) return 0;
    value->text = grown;
    value->room = room;
  }
  if (length) memmove(value->text + value->length, text, length);
  value->length += length;
  value->text[value->length] = '\0';
  return 1;
}

/* `text` may lie inside the value itself, which then does not grow. */
int expanded_set(expanded* value, const char* text, size_t length) {
  value->length = 0;
  return expanded_append(value, text, length);
}

int expanded_column(const map* mapping, const csv* row, const char* column, expanded* value) {
  const char* null = map_setting(mapping, "null");
  const long number = row ? csv_find_column(row, column) : -1;
  const char* from = "";
  size_t length = 0;
  if (number >= 0) {
    from = csv_field(row, (size_t)number);
    if (null && strcmp(from, null) == 0 && !csv_field_is_quoted(row, (size_t)number)) from = "";
    from += strspn(from, " \t\r\n");
    length = strlen(from);
    while (length && strchr(" \t\r\n", from[length - 1])) --length;
  }
  return expanded_set(value, from, length);
}

static expand_answer out_of_memory(expanded* value) {
  snprintf(value->reason, sizeof value->reason, "out of memory");
  return EXPAND_WRONG;
}

/* One {column|filter|...}. Its own buffer, since a filter replaces the text. */
static expand_answer expand_column(const map* mapping, const csv* row, const template_piece* piece, expanded* part) {
  size_t f;
  snprintf(part->column, sizeof part->column, "%.100s", piece->text);
  part->reason[0] = '\0';
  if (!expanded_column(mapping, row, piece->text, part)) return out_of_memory(part);
  for (f = 0; f < piece->filters; ++f)
    if (!filter_apply(mapping, row, piece->filter[f], piece->argument[f], part))
      return part->reason[0] ? EXPAND_WRONG : out_of_memory(part);
  return EXPAND_VALUE;
}

expand_answer expand(const map* mapping, const map_section* section, const char* field, const csv* row,
                     expanded* value) {
  const map_entry* entry = map_entry_of(section, field);
  const char* at;
  template_piece piece;
  expanded part = {NULL, 0, 0, "", ""};
  expand_answer answer = EXPAND_VALUE;
  value->column[0] = '\0';
  value->reason[0] = '\0';
  if (!expanded_set(value, "", 0)) return out_of_memory(value);
  if (!entry) return EXPAND_EMPTY;
  at = entry->value;
  while (answer == EXPAND_VALUE && template_next(&at, &piece, value->reason, sizeof value->reason) > 0) {
    if (piece.is_column) {
      answer = expand_column(mapping, row, &piece, &part);
      memcpy(value->column, part.column, sizeof value->column);
      memcpy(value->reason, part.reason, sizeof value->reason);
      if (answer == EXPAND_VALUE && !expanded_append(value, part.text, part.length)) answer = out_of_memory(value);
    } else if (!expanded_append(value, piece.text, strlen(piece.text))) {
      answer = out_of_memory(value);
    }
  }
  expanded_close(&part);
  if (answer == EXPAND_WRONG) return answer;
  return value->length ? EXPAND_VALUE : EXPAND_EMPTY;
}

void expanded_close(expanded* value) {
  free(value->text);
  memset(value, 0, sizeof *value);
}
