/* Loads a folder of CSV into a CRM as its mapping says. */
#ifndef MORNING_LOAD_H
#define MORNING_LOAD_H

#include "crm/crm.h"
#include "documents.h"
#include "mapping.h"

/* A row that was wrong, told and left out. */
typedef struct told {
  char file[120];
  long line;
  char field[40]; /* as in the mapping; "" for a malformed row */
  char role[40];
} told;

typedef struct load_result {
  told* rows;
  size_t count, room;
  document_list documents; /* of the trade system, by moment */
} load_result;

/* Every row is one unit of work and is known by an external id, so that a load that was killed can be run again. What is
 * wrong is told on stderr, a line a row. What the rows would tell people is history: those notices are acknowledged unread. 0 when the files or the base cannot be worked with at all. */
int load(crm_db* db, const map* mapping, const char* folder, int64_t now, load_result* result);
void load_result_free(load_result* result);

#endif
