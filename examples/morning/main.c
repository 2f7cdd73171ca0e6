/* What a sales director opens in the morning, by a host in C that knows crm.h alone.
 *
 * morning [--data FOLDER [--map FILE]] [--now INSTANT] [--db FILE] [--json]
 * Without --data the trading house is made up, always the same. Without --map the mapping beside the example is taken that
 * has the folder's name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "house.h"
#include "load.h"
#include "report.h"

typedef struct options {
  const char *data, *map, *now, *db;
  int json;
} options;

static int usage(void) {
  fputs("usage: morning [--data FOLDER [--map FILE]] [--now 2026-03-02T09:00:00] [--db FILE] [--json]\n", stderr);
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
    } else {
      return 0;
    }
  }
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

static int run(crm_db* db, const options* o, const map* mapping, const char* folder) {
  load_result result;
  int64_t now = 0;
  int ok;
  memset(&result, 0, sizeof result);
  if (!prepare(db, mapping, o->now, &now)) {
    fprintf(stderr, "%s\n", crm_error_message(db));
    return 0;
  }
  ok = load(db, mapping, folder, now, &result);
  if (ok && o->json) {
    print_counts(db, mapping, &result, stdout);
  } else if (ok) {
    print_report(db, map_setting(mapping, "name"), stdout);
    if (result.count) printf("\nНе загружено строк: %lu, о каждой сказано выше\n", (unsigned long)result.count);
  }
  load_result_free(&result);
  return ok;
}

int main(int argc, char** argv) {
  options o;
  char error[400], made[1100], beside[1100];
  const char* folder;
  crm_options settings;
  crm_db* db = NULL;
  map* mapping;
  int ok;
  if (!read_options(argc, argv, &o)) return usage();
  folder = o.data;
  if (!o.db) o.db = "morning.crm";
  if (!folder) {
    snprintf(made, sizeof made, "%s.house", o.db);
    folder = made;
    if (!house_write(folder, error, sizeof error)) return fprintf(stderr, "%s\n", error), 1;
  }
  find_map(o.data, beside, sizeof beside);
  mapping = map_read(o.map ? o.map : beside, error, sizeof error);
  if (!mapping) return fprintf(stderr, "%s\n", error), 1;
  memset(&settings, 0, sizeof settings);
  settings.struct_size = (int32_t)sizeof settings;
  settings.durability = CRM_DURABILITY_NORMAL; /* what a power failure takes is loaded again */
  settings.busy_timeout_ms = 5000;
  settings.create_file = 1;
  ok = crm_open(o.db, &settings, &db) == CRM_OK;
  if (!ok) fprintf(stderr, "%s\n", crm_error_message(db));
  ok = ok && run(db, &o, mapping, folder);
  crm_close(db);
  map_close(mapping);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
