/* The week to come on a copy of the base, if people do nothing: the clock goes from one moment at which something happens to the next,
 * documents of the trade system are told in their time, notices go to whom they are for. */
#ifndef MORNING_WEEK_H
#define MORNING_WEEK_H

#include "documents.h"

enum { WEEK_DAYS = 8, WEEK_KINDS = 10 };

typedef struct week_day {
  long overdue, documents, notices, escalated; /* escalated: of the notices, those that escalation sent */
} week_day;

typedef struct week {
  int64_t first_day;
  week_day days[WEEK_DAYS]; /* from a morning to that of the same weekday: eight dates */
  long notices[WEEK_KINDS]; /* delivered, by kind as in week_kinds */
  char samples[WEEK_KINDS][300]; /* the first text of each kind */
  document_counts documents;
} week;

extern const char* const week_kinds[WEEK_KINDS];

/* Lives through the week that begins at `from`. Documents are previewed on `out`, if there is one. 0: the error is on the base. */
int week_live(crm_db* db, int64_t from, const document_list* documents, FILE* out, week* lived);

/* The same counts as members of a JSON object, and what a sales director would read. */
void week_counts(crm_db* db, const week* lived, FILE* out);
void week_report(crm_db* db, const week* lived, FILE* out);

#endif
