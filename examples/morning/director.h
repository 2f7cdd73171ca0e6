/* What a director asks of the past twelve months: the question for crm_report_html. */
#ifndef MORNING_DIRECTOR_H
#define MORNING_DIRECTOR_H

#include <stddef.h>

#include "crm/crm.h"

/* Receipts, work of managers, products, and the calendar of the busiest user. 0 if it does not fit. */
int director_ask(crm_db* db, int64_t busiest, char* ask, size_t ask_size);

#endif
