/* What a sales director opens in the morning, by a host in C that knows crm.h alone.
 *
 * morning [--data FOLDER [--map FILE]] [--now INSTANT] [--db FILE] [--out FOLDER] [--json]
 * Without --data the trading house is made up, always the same. Without --map the mapping beside the example is taken that
 * has the folder's name. Pages go to the current folder, or where --out says. The week to come is lived through on a copy of the
 * base, FILE.week, made anew each time: the base itself stays as it is in the morning. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "house.h"
#include "load.h"
#include "pages.h"
#include "report.h"
#include "starter.h"
#include "week.h"

typedef struct options {
  const char *data, *map, *now, *db, *out;
  int json;
} options;

static int usage(void) {
  fputs("usage: morning [--data FOLDER [--map FILE]] [--now 2026-03-02T09:00:00] [--db FILE] [--out FOLDER] [--json]\n", stderr);
  return 2;
}

static int read_options(int argc, char** argv, options* o) {
  int i;
  memset(o, 0, sizeof *o);
  for (i = 1; i < argc; ++i) {
    if (strcmp(argv[i], "--json") == 0) {
      o->json = 1;
    } else if (i + 1 == argc) {
      return 0;
    } else if (strcmp(argv[i], "--data") == 0) {
      o->data = argv[++i];
    } else if (strcmp(argv[i], "--map") == 0) {
      o->map = argv[++i];
    } else if (strcmp(argv[i], "--now") == 0) {
      o->now = argv[++i];
    } else if (strcmp(argv[i], "--db") == 0) {
      o->db = argv[++i];
    } else if (strcmp(argv[i], "--out") == 0) {
      o->out = argv[++i];
    } else {
      return 0;
    }
  }
  if (!o->db) o->db = "morning.crm";
  if (!o->out) o->out = ".";
  return o->data || !o->map;
}

/* "../data/classicmodels/" has the mapping classicmodels.map; no folder has house.map. */
static void find_map(const char* data, char* path, size_t size) {
  size_t end = data ? strlen(data) : 0;
  size_t from;
  while (end > 1 && data[end - 1] == '/') --end;
  for (from = end; from > 0 && data[from - 1] != '/'; --from) continue;
  if (data) {
    snprintf(path, size, "%s/%.*s.map", EXAMPLE_FOLDER, (int)(end - from), data + from);
  } else {
    snprintf(path, size, "%s/house.map", EXAMPLE_FOLDER);
  }
}

/* The organisation's zone, currency and name; the clock of the set. 0 and the reason told if it cannot be. */
static int prepare(crm_db* db, const map* mapping, const char* now_text, int64_t* now) {
  crm_record* rec = NULL;
  int64_t day;
  int hours = 9, minutes = 0;
  char day_text[11];
  int ok = crm_record_load(db, CRM_ORGANISATION, 1, &rec) == CRM_OK &&
           crm_record_set_text(rec, CRM_ORGANISATION_NAME, map_setting(mapping, "name"), -1) == CRM_OK &&
           crm_record_set_text(rec, CRM_ORGANISATION_ZONE, map_setting(mapping, "zone"), -1) == CRM_OK &&
           crm_record_set_text(rec, CRM_ORGANISATION_CURRENCY, map_setting(mapping, "currency"), -1) == CRM_OK &&
           crm_record_save(rec) == CRM_OK;
  crm_record_close(rec);
  if (!ok) return 0;
  if (!now_text) now_text = map_setting(mapping, "now");
  snprintf(day_text, sizeof day_text, "%.10s", now_text);
  if (strlen(now_text) > 10 && sscanf(now_text + 11, "%d:%d", &hours, &minutes) != 2) hours = 9;
  if (crm_date_parse(db, day_text, &day) != CRM_OK || crm_day_start(db, day, now) != CRM_OK) return 0;
  *now += (hours * 60 + minutes) * (int64_t)60 * 1000000;
  return crm_clock_set(db, *now) == CRM_OK;
}

static int open_base(const char* path, crm_db** db) {
  crm_options settings;
  memset(&settings, 0, sizeof settings);
  settings.struct_size = (int32_t)sizeof settings;
  settings.durability = CRM_DURABILITY_NORMAL; /* what a power failure takes is loaded again */
  settings.busy_timeout_ms = 5000;
  settings.create_file = 1;
  return crm_open(path, &settings, db) == CRM_OK;
}

static int told_error(crm_db* db) {
  fprintf(stderr, "%s\n", crm_error_message(db));
  return 0;
}

/* Loads what is new, shows the morning, and writes the pages. */
static int live_morning(const options* o, const map* mapping, const char* folder, int64_t* now, load_result* result) {
  crm_db* db = NULL;
  char page[1100];
  int ok = open_base(o->db, &db) && prepare(db, mapping, o->now, now) && starter_fill(db);
  if (!ok) told_error(db);
  ok = ok && load(db, mapping, folder, *now, result);
  if (ok && !(starter_funnel(db) && (o->data || house_plans(db)))) ok = told_error(db);
  crm_language_set(db, CRM_RUSSIAN); /* what follows is for people */
  if (ok && o->json) {
    print_counts(db, mapping, result, stdout);
  } else if (ok) {
    print_report(db, map_setting(mapping, "name"), stdout);
    if (result->count) printf("\nНе загружено строк: %lu, о каждой сказано выше\n", (unsigned long)result->count);
  }
  ok = ok && page_calendar(db, o->out, page, sizeof page);
  if (ok) fprintf(o->json ? stderr : stdout, "\nКалендарь: %s\n", page);
  ok = ok && page_report(db, o->out, page, sizeof page);
  if (ok) fprintf(o->json ? stderr : stdout, "Отчёт: %s\n", page);
  crm_close(db);
  return ok;
}

/* A base that nobody has open is one file; what a killed run has left beside the copy is none of it. */
static int copy_base(const char* from, const char* to) {
  static const char* const kBeside[] = {"-wal", "-shm"};
  char path[1200], error[2600];
  FILE* journal;
  size_t i;
  snprintf(path, sizeof path, "%s-wal", from);
  journal = fopen(path, "rb");
  if (journal) {
    fclose(journal);
    fprintf(stderr, "%s is open in another program: the week cannot be shown on a copy of it\n", from);
    return 0;
  }
  for (i = 0; i < 2; ++i) {
    snprintf(path, sizeof path, "%s%s", to, kBeside[i]);
    remove(path);
  }
  if (files_copy(from, to, error, sizeof error)) return 1;
  fprintf(stderr, "%s\n", error);
  return 0;
}

static int live_week(const options* o, int64_t now, const document_list* documents) {
  crm_db* db = NULL;
  week lived;
  char path[1100];
  int ok;
  snprintf(path, sizeof path, "%s.week", o->db);
  if (!copy_base(o->db, path)) return 0;
  ok = (open_base(path, &db) && crm_language_set(db, CRM_RUSSIAN) == CRM_OK &&
        week_live(db, now, documents, o->json ? NULL : stdout, &lived)) || told_error(db);
  if (ok && o->json) week_counts(db, &lived, stdout);
  if (ok && !o->json) week_report(db, &lived, stdout);
  crm_close(db);
  return ok;
}

int main(int argc, char** argv) {
  options o;
  char error[400], made[1100], beside[1100];
  const char* folder;
  map* mapping;
  load_result result;
  int64_t now = 0;
  int ok;
  if (!read_options(argc, argv, &o)) return usage();
  folder = o.data;
  if (!folder) {
    snprintf(made, sizeof made, "%s.house", o.db);
    folder = made;
    if (!house_write(folder, error, sizeof error)) return fprintf(stderr, "%s\n", error), 1;
  }
  find_map(o.data, beside, sizeof beside);
  mapping = map_read(o.map ? o.map : beside, error, sizeof error);
  if (!mapping) return fprintf(stderr, "%s\n", error), 1;
  memset(&result, 0, sizeof result);
  ok = live_morning(&o, mapping, folder, &now, &result) && live_week(&o, now, &result.documents);
  if (ok && o.json) printf("\n}\n");
  load_result_free(&result);
  map_close(mapping);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
