#define _POSIX_C_SOURCE 200809L /* mkdir */
#include "house.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#ifdef _WIN32
#include <direct.h>
#define mkdir(path, mode) _mkdir(path)
#endif

#include "dates.h"
#include "files.h"
#include "house_parts.h"

FILE* house_open(trading_house* house, const char* name) {
  char path[1000];
  FILE* file = files_path(house->folder, name, path, sizeof path) ? fopen(path, "wb") : NULL;
  if (!file) {
    snprintf(house->error, house->error_size, "%s/%s cannot be written: %s", house->folder, name, strerror(errno));
    return NULL;
  }
  fputs("\xEF\xBB\xBF", file);
  return file;
}

int house_close(trading_house* house, FILE* file, const char* name) {
  const int failed = ferror(file);
  if (fclose(file) == 0 && !failed) return 1;
  snprintf(house->error, house->error_size, "%s/%s cannot be written: %s", house->folder, name, strerror(errno));
  return 0;
}

int house_write(const char* folder, char* error, size_t error_size) {
  trading_house* made = calloc(1, sizeof *made);
  int written;
  if (!made) {
    snprintf(error, error_size, "out of memory");
    return 0;
  }
  made->random.state = 20260302;
  made->today = date_days(2026, 3, 2);
  made->folder = folder;
  made->error = error;
  made->error_size = error_size;
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
    snprintf(error, error_size, "%s cannot be made: %s", folder, strerror(errno));
    free(made);
    return 0;
  }
  /* In this order: each draws from the same random numbers and leans on those before. */
  written = house_write_staff(made) && house_write_goods(made) && house_write_kinds(made) &&
            house_write_clients(made) && house_write_legal(made) && house_write_contacts(made) &&
            house_write_assignments(made) && house_write_events(made);
  free(made);
  return written;
}
