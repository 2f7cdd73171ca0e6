/* Rows of documents. The load does not store them: they are told to the library in their time (week.c). */
#include <stdio.h>
#include <string.h>

#include "load_parts.h"

/* A field that goes on as it is. */
static int put_text(loader* l, const char* field) {
  char text[300];
  if (!text_of(l, field, text, sizeof text)) return 0;
  if (!text[0]) return 1;
  json_name(&l->json, field);
  if (strcmp(field, "revision") == 0 || strcmp(field, "amount") == 0) json_raw(&l->json, text);
  else json_string(&l->json, text);
  return 1;
}

/* The record of a field, 0 if there is none; the answer is 0 if it is wrong and told. */
static int read_reference(loader* l, const char* field, int64_t* id) {
  *id = map_gives(l->section, field) ? take_reference(l, field) : -1;
  if (*id == 0) return 0;
  if (*id < 0) *id = 0;
  return 1;
}

static void put_id(loader* l, const char* name, int64_t id) {
  if (!id) return;
  json_name(&l->json, name);
  json_number(&l->json, id);
}

/* When it is told: `at`, else noon of its date. */
static int read_moment(loader* l, int64_t* at) {
  char text[60], date[40];
  if (!text_of(l, "at", text, sizeof text) || !text_of(l, "date", date, sizeof date)) return 0;
  if (!text[0]) snprintf(text, sizeof text, "%.10sT12:00:00", date);
  return instant_of(l, text, at) || tell(l, "at", text, "is no time");
}

int load_document(loader* l) {
  static const char* const kTexts[] = {"kind", "key", "date", "revision", "number", "amount", "currency"};
  document one;
  char posted[10];
  int64_t user, product;
  size_t i;
  memset(&one, 0, sizeof one);
  if (!text_of(l, "kind", one.kind, sizeof one.kind)) return 0;
  if (!one.kind[0]) return 1; /* the row is no document */
  if (!text_of(l, "key", one.key, sizeof one.key) || !text_of(l, "number", one.number, sizeof one.number)) return 0;
  if (!text_of(l, "posted", posted, sizeof posted) || !read_moment(l, &one.at)) return 0;
  one.is_posted = strcmp(posted, "no") != 0;
  if (!read_reference(l, "company", &one.company) || !read_reference(l, "user", &user) || !read_reference(l, "product", &product)) return 0;
  json_reset(&l->json);
  json_raw(&l->json, "{");
  for (i = 0; i < sizeof kTexts / sizeof *kTexts; ++i)
    if (!put_text(l, kTexts[i])) return 0;
  put_id(l, "company_id", one.company);
  put_id(l, "user_id", user);
  if (product) {
    json_raw(&l->json, ", \"lines\": [{");
    put_id(l, "product_id", product);
    json_raw(&l->json, "}]");
  }
  json_raw(&l->json, "}");
  one.json = l->json.text;
  documents_add(&l->result->documents, &one);
  return 1;
}
