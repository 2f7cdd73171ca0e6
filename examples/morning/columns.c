#include "columns.h"

void title(FILE* out, const char* text) { fprintf(out, "\n== %s\n", text); }

void print_moment(crm_db* db, int64_t at, int all_day, FILE* out) {
  const char* wall = NULL;
  crm_local_text(db, at, &wall);
  fprintf(out, "%-16.*s  ", all_day ? 10 : 16, wall ? wall : "");
}

void pad(FILE* out, const char* text, int width) {
  int n = 0;
  if (!text) text = "";
  for (; *text && n < width; ++text) {
    if (((unsigned char)*text & 0xc0) != 0x80) ++n;
    fputc(*text, out);
    while (((unsigned char)text[1] & 0xc0) == 0x80) fputc(*++text, out);
  }
  for (; n < width; ++n) fputc(' ', out);
  fputs("  ", out);
}
