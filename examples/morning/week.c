#include "week.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "json_text.h"
#include "rows.h"

#define DAY_US (INT64_C(86400) * 1000000)

enum { SHOWN = 6, SHOWN_UNPOSTED = 2 }; /* documents that are previewed on paper */

const char* const week_kinds[WEEK_KINDS] = {"created", "done", "executor_changed", "assigned", "reminder",
                                            "postponed_until", "overdue", "unverified", "dismissal", "returned"};

static week_day* today(crm_db* db, week* lived) {
  int64_t day = lived->first_day;
  crm_today(db, &day);
  return &lived->days[day - lived->first_day];
}

/* A host would send it to a phone or a mailbox first; here it is counted. */
static int deliver(crm_db* db, const char* notice, week* lived) {
  char kind[40] = "";
  size_t i;
  json_find_text(notice, "kind", 0, kind, sizeof kind);
  for (i = 0; i < WEEK_KINDS; ++i)
    if (strcmp(kind, week_kinds[i]) == 0 && lived->notices[i]++ == 0)
      json_find_text(notice, "text", 0, lived->samples[i], sizeof lived->samples[i]);
  ++today(db, lived)->notices;
  if (strcmp(kind, "overdue") == 0 || strcmp(kind, "unverified") == 0) ++today(db, lived)->escalated;
  return crm_notice_acknowledge(db, json_find_number(notice, "id", 0)) == CRM_OK;
}

static int deliver_notices(crm_db* db, week* lived) {
  int ok = 1, any = 1;
  while (ok && any) {
    const char *claimed = NULL, *at;
    char *notices, *notice;
    if (crm_notices_claim_json(db, 100, 600, &claimed) != CRM_OK) return 0;
    at = notices = json_kept(claimed);
    for (any = 0; ok && (notice = json_next_object(&at)) != NULL; free(notice)) {
      ok = deliver(db, notice, lived);
      any = 1;
    }
    free(notices);
  }
  return ok;
}

/* Does what time has brought, and tells people. */
static int tick(crm_db* db, week* lived) {
  const char* report = NULL;
  do {
    if (crm_tick_json(db, 1000, &report) != CRM_OK) return 0;
    today(db, lived)->overdue += (long)json_find_number(report, "overdue", 0);
  } while (strstr(report, "\"more\":true"));
  return deliver_notices(db, lived);
}

/* The next moment at which the library wants to be called; the end of the week if there is none before. */
static int next_moment(crm_db* db, int64_t end, int64_t* at) {
  const char* report = NULL;
  char next[40];
  if (crm_tick_json(db, 1000, &report) != CRM_OK) return 0;
  if (!json_find_text(report, "next", 0, next, sizeof next)) return *at = end, 1;
  if (crm_instant_parse(db, next, at) != CRM_OK) return 0;
  if (*at > end) *at = end;
  return 1;
}

static int tell_document(crm_db* db, const document* one, FILE* out, week* lived) {
  const document_counts* told = &lived->documents;
  const int shown = one->is_posted ? told->posted < SHOWN : told->unposted < SHOWN_UNPOSTED;
  if (out && shown && !document_preview(db, one, out)) return 0;
  ++today(db, lived)->documents;
  return document_tell(db, one, &lived->documents);
}

static void verify_event_type(crm_cursor* cursor, void* user) {
  json_text* records = user;
  json_raw(records, records->length > 1 ? ", {\"entity\": \"event_type\"" : "{\"entity\": \"event_type\"");
  json_name(records, "id");
  json_number(records, crm_cursor_int(cursor, 0));
  json_raw(records, ", \"verified\": true}");
}

/* From now on supervisors verify what is held. */
static int begin_to_verify(crm_db* db) {
  json_text records = {0};
  const char* answer = NULL;
  int ok;
  json_raw(&records, "[");
  each_row(db, "{\"entity\": \"event_type\", \"columns\": [\"id\"]}", verify_event_type, &records);
  json_raw(&records, "]");
  ok = crm_save_json(db, records.text, &answer) == CRM_OK;
  json_free(&records);
  return ok;
}

int week_live(crm_db* db, int64_t from, const document_list* documents, FILE* out, week* lived) {
  const int64_t end = from + 7 * DAY_US;
  const int64_t connected_since = from - 14 * DAY_US; /* documents of the last two weeks are told at once */
  size_t i = 0;
  int64_t now = from;
  memset(lived, 0, sizeof *lived);
  if (crm_clock_set(db, now) != CRM_OK || crm_today(db, &lived->first_day) != CRM_OK || !begin_to_verify(db)) return 0;
  if (out) title(out, "Документы учётной системы: первые из них и что они сделают с событиями");
  while (i < documents->count && documents->all[i].at < connected_since) ++i;
  while (now < end) {
    if (crm_clock_set(db, now) != CRM_OK || !tick(db, lived)) return 0;
    for (; i < documents->count && documents->all[i].at <= now; ++i)
      if (!tell_document(db, &documents->all[i], out, lived)) return 0;
    if (!tick(db, lived) || !next_moment(db, end, &now)) return 0;
    if (i < documents->count && documents->all[i].at < now) now = documents->all[i].at;
  }
  return crm_clock_set(db, end) == CRM_OK;
}
