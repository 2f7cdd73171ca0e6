#include "pages.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dates.h"
#include "director.h"
#include "files.h"
#include "rows.h"

static int write_page(const char* path, const char* html) {
  FILE* file = fopen(path, "wb");
  int written = file && fputs(html, file) >= 0;
  if (file && fclose(file) != 0) written = 0;
  if (!written) fprintf(stderr, "%s cannot be written: %s\n", path, strerror(errno));
  return written;
}

typedef struct busiest {
  int64_t user, most, current;
  long events;
} busiest;

/* Rows come user by user. */
static void count_user(crm_cursor* cursor, void* user) {
  busiest* b = user;
  const int64_t executor = crm_cursor_int(cursor, 0);
  b->events = executor == b->current ? b->events + 1 : 1;
  b->current = executor;
  if (b->events > b->most) b->most = b->events, b->user = executor;
}

/* Who has most events in the month of a day, of those in service; 0: nobody has any. */
static int64_t busiest_user(crm_db* db, int64_t today) {
  busiest b = {0, 0, 0, 0};
  int64_t from = 0, to = 0;
  int year, month, day;
  char ask[600];
  date_civil((long)today, &year, &month, &day);
  crm_day_start(db, date_days(year, month, 1), &from);
  crm_day_start(db, month == 12 ? date_days(year + 1, 1, 1) : date_days(year, month + 1, 1), &to);
  snprintf(ask, sizeof ask,
           "{\"entity\": \"event\", \"columns\": [\"executor_id\"], \"order\": [\"executor_id\"], \"where\": {\"all\": [{\"field\": \"start_at\", "
           "\"op\": \"lt\", \"value\": %" PRId64 "}, {\"field\": \"end_at\", \"op\": \"gt\", \"value\": %" PRId64 "}, {\"field\": "
           "\"executor.dismissed\", \"op\": \"is_null\"}]}}", to, from);
  each_row(db, ask, count_user, &b);
  return b.user;
}

int page_calendar(crm_db* db, const char* folder, char* path, size_t path_size) {
  char ask[200], date[20];
  const char *html = NULL, *text = NULL;
  int64_t today = 0, user;
  crm_today(db, &today);
  crm_date_text(db, today, &text);
  snprintf(date, sizeof date, "%s", text ? text : "");
  user = busiest_user(db, today);
  snprintf(ask, sizeof ask, "{\"view\": \"month\", \"day\": \"%s\", \"user_id\": %" PRId64 "}", date, user);
  if (crm_calendar_html(db, ask, &html) != CRM_OK) {
    fprintf(stderr, "%s\n", crm_error_message(db));
    return 0;
  }
  return files_path(folder, "calendar.html", path, path_size) && write_page(path, html);
}

int page_report(crm_db* db, const char* folder, char* path, size_t path_size) {
  json_text ask = {0};
  const char* html = NULL;
  int64_t today = 0;
  int made;
  crm_today(db, &today);
  director_ask(db, busiest_user(db, today), &ask);
  made = crm_report_html(db, ask.text, &html) == CRM_OK;
  json_free(&ask);
  if (!made) fprintf(stderr, "%s\n", crm_error_message(db));
  return made && files_path(folder, "report.html", path, path_size) && write_page(path, html);
}
