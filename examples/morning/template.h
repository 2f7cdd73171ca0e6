/* The pieces of `text {column|filter argument|filter} text`. */
#ifndef MORNING_TEMPLATE_H
#define MORNING_TEMPLATE_H

#include <stddef.h>

enum { TEMPLATE_PIECE = 300, TEMPLATE_FILTERS = 6 };

typedef struct template_piece {
  int is_column;
  char text[TEMPLATE_PIECE]; /* constant text, or the name of the column */
  size_t filters;
  char filter[TEMPLATE_FILTERS][40];
  char argument[TEMPLATE_FILTERS][TEMPLATE_PIECE]; /* "" when none */
} template_piece;

/* Reads the next piece at *at and steps behind it. 1 a piece, 0 the end, -1 wrong: a reason in `error`. */
int template_next(const char** at, template_piece* piece, char* error, size_t error_size);

#endif
