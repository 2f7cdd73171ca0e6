/* What arguments.c, generated from the function table, calls with. */
#ifndef CRM_TESTS_CAPI_ARGUMENTS_H
#define CRM_TESTS_CAPI_ARGUMENTS_H

#include "check.h"

/* Open handles, and places for answers. */
struct fixture {
  crm_db *db;
  crm_record *record;
  crm_query *query;
  crm_cursor *cursor;
  crm_db *new_db;
  crm_record *new_record;
  crm_query *new_query;
  crm_cursor *new_cursor;
  crm_cell cells[64];
  crm_store store; /* of no callbacks */
  crm_host host;   /* as well */
  uint16_t units[2]; /* "x" */
  const uint16_t *new_units;
  void *foreign;   /* nothing of the host's */
  int32_t int32_t_;
  int64_t int64_t_;
  const char *answer;
};

#define EXPECT_STATUS(call) CHECK((call) == CRM_INVALID_ARGUMENT)
#define EXPECT_NO_TEXT(call) CHECK((call) == NULL)
#define EXPECT_NO_NUMBER(call) CHECK((call) == 0)

void test_wrong_arguments(struct fixture *f);

#endif
