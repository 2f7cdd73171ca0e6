/* A check that counts; main answers non-zero when one failed. For the one file of a test program. */
#ifndef CRM_TESTS_EXAMPLES_CHECK_H
#define CRM_TESTS_EXAMPLES_CHECK_H

#include <stdio.h>
#include <string.h>

static int checks, failures;

#define CHECK_TEXT(what, got, expected)                                                              \
  do {                                                                                               \
    ++checks;                                                                                        \
    if (strcmp(got, expected) != 0) {                                                                \
      ++failures;                                                                                    \
      fprintf(stderr, "%s:%d: %s: '%s' instead of '%s'\n", __FILE__, __LINE__, what, got, expected); \
    }                                                                                                \
  } while (0)

#endif
