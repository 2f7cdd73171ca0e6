/* Documents of the trade system as its export tells of them: each is posted, posted anew or un-posted at a moment. */
#ifndef MORNING_DOCUMENTS_H
#define MORNING_DOCUMENTS_H

#include <stdio.h>

#include "crm/crm.h"

typedef struct document {
  int64_t at; /* when the trade system tells of it */
  long order; /* of its row */
  int is_posted;
  char kind[40], key[100], number[100];
  int64_t company; /* 0: none */
  char* json;      /* as crm_document_post_json wants it */
} document;

typedef struct document_list {
  document* all;
  size_t count, room;
} document_list;

/* Its JSON is copied. */
void documents_add(document_list* list, const document* one);
/* By moment, then in the order of their rows. */
void documents_sort(document_list* list);
void documents_free(document_list* list);

/* How many were told of, and what the rules did, step by step. */
typedef struct document_counts {
  long posted, unposted, repeated;
  long made, changed, undone, changed_since, refused, nothing;
} document_counts;

/* Tells the library of a document as a host does. 0: the error is on the base. */
int document_tell(crm_db* db, const document* one, document_counts* counts);
/* Asks what telling would do, by a dry run that changes nothing, and prints it. */
int document_preview(crm_db* db, const document* one, FILE* out);

#endif
