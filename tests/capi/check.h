/* A check that counts; main returns the number of failures. */
#ifndef CRM_TESTS_CAPI_CHECK_H
#define CRM_TESTS_CAPI_CHECK_H

#include <stdio.h>
#include <string.h>

#include "crm/crm.h"

extern int checks;
extern int failures;

#define CHECK(condition)                                                        \
  do {                                                                          \
    ++checks;                                                                   \
    if (!(condition)) {                                                         \
      ++failures;                                                               \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);   \
    }                                                                           \
  } while (0)

#define CHECK_OK(db, call)                                                      \
  do {                                                                          \
    const int32_t status_ = (call);                                             \
    ++checks;                                                                   \
    if (status_ != CRM_OK) {                                                    \
      ++failures;                                                               \
      fprintf(stderr, "%s:%d: %s: %s: %s\n", __FILE__, __LINE__, #call,         \
              crm_status_name(status_), crm_error_message(db));                 \
    }                                                                           \
  } while (0)

/* The call fails with this status, and the first broken rule is this one. */
#define CHECK_REFUSED(db, status, rule, call)                                   \
  do {                                                                          \
    const int32_t status_ = (call);                                             \
    const char *rule_ = crm_violation_rule(db, 0);                              \
    ++checks;                                                                   \
    if (status_ != (status) || rule_ == NULL || strcmp(rule_, rule) != 0) {     \
      ++failures;                                                               \
      fprintf(stderr, "%s:%d: %s: %s, %s: %s\n", __FILE__, __LINE__, #call,     \
              crm_status_name(status_), rule_ ? rule_ : "no rule",              \
              crm_error_message(db));                                           \
    }                                                                           \
  } while (0)

/* Makes a record with one text field and saves it; its id. */
int64_t make(crm_db *db, int32_t entity, int32_t field, const char *text);
/* The number in `answer` of a query that selects one number. */
int64_t count(crm_db *db, const char *entity);

void test_limits(void);
void test_life_cycle(const char *path);
void test_bad_input(const char *path);
void test_bad_databases(const char *path);
void test_all_wrong_arguments(void);
void test_events(void);
void test_queries(void);
void test_matrices(void);
void test_threads(void);
void test_host(void);
void test_host_port(void);
void test_joined(void);
void test_texts(void);
void test_units(void);
void test_throwing_host(void); /* in C++ */

#endif
