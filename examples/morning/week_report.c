/* The week as counts, and as a sales director reads it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "dates.h"
#include "json_text.h"
#include "rows.h"
#include "week.h"

enum { FEW = 3 }; /* events shown of each person */

/* --- counts --- */

void week_counts(crm_db* db, const week* lived, FILE* out) {
  const document_counts* d = &lived->documents;
  const char* comma = "";
  long waiting = 0, overdue = 0;
  size_t i;
  for (i = 0; i < WEEK_DAYS; ++i) overdue += lived->days[i].overdue;
  fprintf(out, ",\n  \"week\": {\n    \"documents\": {\"posted\": %ld, \"unposted\": %ld, \"repeated\": %ld},\n", d->posted, d->unposted, d->repeated);
  fprintf(out, "    \"document_effects\": {\"made\": %ld, \"changed\": %ld, \"undone\": %ld, \"changed_since\": %ld, \"refused\": %ld, \"nothing\": %ld},\n",
          d->made, d->changed, d->undone, d->changed_since, d->refused, d->nothing);
  fprintf(out, "    \"notices\": {");
  for (i = 0; i < WEEK_KINDS; ++i)
    if (lived->notices[i]) {
      fprintf(out, "%s\"%s\": %ld", comma, week_kinds[i], lived->notices[i]);
      comma = ", ";
    }
  waiting = each_row(db, "{\"entity\": \"event\", \"columns\": [\"id\"], \"where\": {\"field\": \"verification\", \"value\": \"awaiting\"}}", NULL, NULL);
  fprintf(out, "},\n    \"fell_overdue\": %ld,\n    \"escalations\": %ld,\n    \"awaiting_verification\": %ld\n  }", overdue,
          each_row(db, "{\"entity\": \"escalation\", \"columns\": [\"id\"]}", NULL, NULL), waiting);
}

/* --- what a director reads --- */

static void print_documents(const document_counts* d, FILE* out) {
  fprintf(out, "    всего: проведено %ld, отмена проведения %ld, повторно %ld\n", d->posted, d->unposted, d->repeated);
  fprintf(out, "    события: создано %ld, закрыто %ld, возвращено как было %ld", d->made, d->changed, d->undone);
  if (d->changed_since) fprintf(out, ", изменены кем-то и не тронуты %ld", d->changed_since);
  if (d->refused) fprintf(out, ", не удалось %ld", d->refused);
  fprintf(out, ", подходящего не нашлось %ld\n", d->nothing);
}

static void print_days(crm_db* db, const week* lived, FILE* out) {
  static const char* const kNames[] = {"пн", "вт", "ср", "чт", "пт", "сб", "вс"};
  int i;
  title(out, "Неделя вперёд, если никто ничего не предпримет");
  fputs("    в первый день сказано и о том, что просрочено давно\n", out);
  fputs("                   просрочено  документов  уведомлений  из них по эскалации\n", out);
  for (i = 0; i < WEEK_DAYS; ++i) {
    const week_day* day = &lived->days[i];
    const char* date = NULL;
    crm_date_text(db, lived->first_day + i, &date);
    fprintf(out, "    %s  %s %11ld %11ld %12ld %13ld\n", kNames[date_weekday((long)(lived->first_day + i))], date, day->overdue, day->documents,
            day->notices, day->escalated);
  }
}

static void print_kinds(const week* lived, FILE* out) {
  static const char* const kCaptions[WEEK_KINDS] = {
      "новое событие",        "событие состоялось", "сменился исполнитель", "закреплён клиент", "напоминание о событии",
      "отложенное наступило", "просрочено",         "не проверено",         "переданы дела",    "возвращено с проверки"};
  size_t i;
  title(out, "Уведомления за неделю");
  for (i = 0; i < WEEK_KINDS; ++i) {
    if (!lived->notices[i]) continue;
    fputs("    ", out);
    pad(out, kCaptions[i], 22);
    fprintf(out, "%5ld  например: %s\n", lived->notices[i], lived->samples[i]);
  }
}

typedef struct list_printer {
  crm_db* db;
  FILE* out;
  char person[200];
  long shown;
} list_printer;

static void end_person(list_printer* p) {
  if (p->shown > FEW) fprintf(p->out, "        ... и ещё %ld\n", p->shown - FEW);
  p->shown = 0;
}

/* The first columns of a query about events, for print_event. */
#define EVENT_COLUMNS(event) \
  "\"" event "start_at\", \"" event "all_day\", \"" event "type.name_ru\", \"" event "company.name\", \"" event "executor.last_name\", \"" event "purpose\""
enum { COLUMNS = 6 };

static void print_event(list_printer* p, crm_cursor* cursor) {
  const char* purpose = crm_cursor_text(cursor, 5, NULL);
  fputs("        ", p->out);
  print_moment(p->db, crm_cursor_int(cursor, 0), crm_cursor_int(cursor, 1) != 0, p->out);
  pad(p->out, crm_cursor_text(cursor, 2, NULL), 24);
  pad(p->out, crm_cursor_text(cursor, 3, NULL), 28);
  pad(p->out, crm_cursor_text(cursor, 4, NULL), 14);
  fprintf(p->out, "%s\n", purpose ? purpose : "");
}

static void escalated_line(crm_cursor* cursor, void* user) {
  list_printer* p = user;
  char person[200];
  const char *last = crm_cursor_text(cursor, COLUMNS, NULL), *first = crm_cursor_text(cursor, COLUMNS + 1, NULL);
  snprintf(person, sizeof person, "%s %s", last, first ? first : "");
  if (strcmp(person, p->person) != 0) {
    end_person(p);
    snprintf(p->person, sizeof p->person, "%s", person);
    fprintf(p->out, "    %s\n", person);
  }
  if (++p->shown > FEW) return;
  print_event(p, cursor);
}

/* What went further than to the executor himself. */
static void print_escalations(crm_db* db, FILE* out) {
  list_printer p = {NULL, NULL, "", 0};
  p.db = db;
  p.out = out;
  title(out, "Эскалации: о чём узнали руководители");
  if (!each_row(db, "{\"entity\": \"notice\", \"columns\": [" EVENT_COLUMNS("event.") ", \"recipient.last_name\", \"recipient.first_name\"], "
                    "\"order\": [\"recipient.last_name\", \"recipient_id\", \"event.start_at\"], \"where\": {\"all\": [{\"field\": "
                    "\"state\", \"value\": \"delivered\"}, {\"field\": \"step.level\", \"op\": \"gt\", \"value\": 0}]}}", escalated_line, &p))
    fputs("    ни о чём\n", out);
  end_person(&p);
}

static void event_line(crm_cursor* cursor, void* user) { print_event(user, cursor); }

/* How many events wait for a supervisor, and the one that has waited longest. */
static long print_queue(crm_db* db, int64_t supervisor, list_printer* p) {
  const char* queue = NULL;
  const char* at;
  char *event, name[2][100], ask[300];
  int64_t longest = 0;
  long count = 0;
  if (crm_verification_queue_json(db, supervisor, &queue) != CRM_OK) return 0;
  for (at = queue; (event = json_next_object(&at)) != NULL; free(event))
    if (count++ == 0) longest = json_find_number(event, "id", 0);
  if (!count) return 0;
  field_text(db, CRM_USER, supervisor, CRM_USER_LAST_NAME, name[0], sizeof name[0]);
  field_text(db, CRM_USER, supervisor, CRM_USER_FIRST_NAME, name[1], sizeof name[1]);
  fprintf(p->out, "    %s %s: %ld, дольше всех ждёт\n", name[0], name[1], count);
  snprintf(ask, sizeof ask, "{\"entity\": \"event\", \"columns\": [" EVENT_COLUMNS("") "], \"where\": {\"field\": \"id\", \"value\": %" PRId64 "}}", longest);
  each_row(db, ask, event_line, p);
  return count;
}

typedef struct id_list {
  int64_t ids[200];
  size_t count;
} id_list;

static void add_id(crm_cursor* cursor, void* user) {
  id_list* list = user;
  if (list->count < sizeof list->ids / sizeof *list->ids) list->ids[list->count++] = crm_cursor_int(cursor, 0);
}

static void print_queues(crm_db* db, FILE* out) {
  list_printer p = {NULL, NULL, "", 0};
  id_list supervisors = {{0}, 0};
  long waiting = 0;
  size_t i;
  p.db = db;
  p.out = out;
  title(out, "Ждут проверки руководителя");
  each_row(db, "{\"entity\": \"user\", \"columns\": [\"id\"], \"order\": [\"last_name\", \"id\"], \"where\": {\"exists\": {\"entity\": "
               "\"user\", \"link\": \"supervisor_id\"}}}", add_id, &supervisors);
  for (i = 0; i < supervisors.count; ++i) waiting += print_queue(db, supervisors.ids[i], &p);
  if (!waiting) fputs("    никого\n", out);
}

void week_report(crm_db* db, const week* lived, FILE* out) {
  print_documents(&lived->documents, out);
  print_days(db, lived, out);
  print_kinds(lived, out);
  print_escalations(db, out);
  print_queues(db, out);
}
