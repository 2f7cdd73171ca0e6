#define _POSIX_C_SOURCE 200809L /* opendir; MinGW has it too */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fits(const char* name, const char* pattern) {
  const char* star = strchr(pattern, '*');
  const size_t head = star ? (size_t)(star - pattern) : 0;
  const size_t length = strlen(name);
  size_t tail;
  if (!star) return strcmp(name, pattern) == 0;
  tail = strlen(star + 1);
  return length >= head + tail && strncmp(name, pattern, head) == 0 && strcmp(name + length - tail, star + 1) == 0;
}

static int add(char*** names, size_t* count, const char* name) {
  char** grown = realloc(*names, (*count + 1) * sizeof *grown);
  if (!grown) return 0;
  *names = grown;
  grown[*count] = malloc(strlen(name) + 1);
  if (!grown[*count]) return 0;
  strcpy(grown[(*count)++], name);
  return 1;
}

static int by_name(const void* a, const void* b) { return strcmp(*(char* const*)a, *(char* const*)b); }

static void find_one(const char* folder, const char* pattern, char*** names, size_t* count) {
  DIR* entries = opendir(folder);
  struct dirent* entry;
  if (!entries) return;
  while ((entry = readdir(entries)) != NULL)
    if (fits(entry->d_name, pattern) && !add(names, count, entry->d_name)) break;
  closedir(entries);
  if (*count) qsort(*names, *count, sizeof **names, by_name);
}

char** files_find(const char* folder, const char* alternatives, size_t* count) {
  char** names = NULL;
  char pattern[300];
  *count = 0;
  while (*alternatives && !*count) {
    size_t length = strcspn(alternatives, "|");
    const size_t step = length + (alternatives[length] == '|');
    const size_t skip = strspn(alternatives, " ");
    while (length && alternatives[length - 1] == ' ') --length;
    if (length > skip) {
      snprintf(pattern, sizeof pattern, "%.*s", (int)(length - skip), alternatives + skip);
      find_one(folder, pattern, &names, count);
    }
    alternatives += step;
  }
  return names;
}

void files_free(char** names, size_t count) {
  while (count) free(names[--count]);
  free(names);
}

int files_path(const char* folder, const char* name, char* path, size_t path_size) {
  const int length = snprintf(path, path_size, "%s/%s", folder, name);
  return length > 0 && (size_t)length < path_size;
}

int files_copy(const char* from, const char* to, char* error, size_t error_size) {
  char part[65536];
  size_t length;
  FILE* in = fopen(from, "rb");
  FILE* out = in ? fopen(to, "wb") : NULL;
  int copied = out != NULL;
  while (copied && (length = fread(part, 1, sizeof part, in)) > 0) copied = fwrite(part, 1, length, out) == length;
  copied = copied && !ferror(in);
  if (out && fclose(out) != 0) copied = 0;
  if (!copied) snprintf(error, error_size, "%s cannot be copied to %s: %s", from, to, strerror(errno));
  if (in) fclose(in);
  return copied;
}
