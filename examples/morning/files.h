/* The files of a section: `file = a.csv | b_*.csv` is the first alternative that is there. */
#ifndef MORNING_FILES_H
#define MORNING_FILES_H

#include <stddef.h>

/* Names inside `folder`, in order: one file, or all files that a pattern with one * fits, so that a set cut in parts is
 * read whole. 0 names when no alternative is there. Ends with files_free. */
char** files_find(const char* folder, const char* alternatives, size_t* count);
void files_free(char** names, size_t count);

/* A copy of a file that replaces what was there. 0 and a sentence in `error`. */
int files_copy(const char* from, const char* to, char* error, size_t error_size);

/* "folder/name" into `path`; 0 when it does not fit. */
int files_path(const char* folder, const char* name, char* path, size_t path_size);

#endif
