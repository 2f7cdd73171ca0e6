/* What the files of the loader share. */
#ifndef MORNING_LOAD_PARTS_H
#define MORNING_LOAD_PARTS_H

#include "expand.h"
#include "json_text.h"
#include "load.h"

typedef struct loader {
  crm_db* db;
  const map* mapping;
  const char* folder;
  const char* system;
  int64_t now;
  load_result* result;
  /* of the row at hand */
  const map_section* section;
  const csv* row;
  const char* file;
  json_text json;
  expanded value;
} loader;

/* How a field of a role is written. */
typedef struct field_rule {
  const char* role;
  const char* field; /* of the mapping */
  const char* name;  /* of the record */
  char kind; /* s text, i integer, b yes or no, r reference, t type of events by code, k kind of documents by code, m money,
                p phone/e-mail/site */
} field_rule;

const field_rule* rule_of(const char* role, const char* field);
const char* entity_of_role(const char* role);

/* Tells that the row is wrong and returns 0. */
int tell(loader* l, const char* field, const char* value, const char* reason);
/* The same for what the library refused: which field, and its sentence. */
int tell_refusal(loader* l, const char* field);

/* The text of a field of the row in l->value: EXPAND_*; a wrong one is told. */
expand_answer take(loader* l, const char* field);
/* The same as a text of at most `size`, "" when the section does not give it or it is empty; 0: wrong and told. */
int text_of(loader* l, const char* field, char* out, size_t size);
/* The id a reference leads to, 0 and told if it is wrong; -1: the field is empty. */
int64_t take_reference(loader* l, const char* field);
/* The record known by an external id, 0 if there is none. */
int64_t known(loader* l, const char* kind, const char* key, int32_t* entity);
/* The first column of the first row of a query; 0: no row. */
int64_t first_number(loader* l, const char* json);
/* The id of the first record whose field is this text; 0: none. */
int64_t by_text(loader* l, const char* entity, const char* field, const char* text);
/* The row's external id as the next member of the record in l->json. */
void put_external_id(loader* l, const char* kind, const char* key);
/* Saves l->json, an array of one record or more; the first one's id, or 0 with the error on the base. */
int64_t save(loader* l);
/* Microseconds of "2026-03-02" (start of the day) or "2026-03-02T09:00:00" in the organisation's zone. */
int instant_of(loader* l, const char* text, int64_t* at);

/* Rows of these roles take more than one record. */
int load_event(loader* l, const char* kind, const char* key);
int load_document(loader* l);
int load_characteristic(loader* l);
int load_staff_extras(loader* l, int64_t user);

#endif
