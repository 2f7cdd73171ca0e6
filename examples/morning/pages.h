/* Pages for a browser, each a file that needs nothing else. */
#ifndef MORNING_PAGES_H
#define MORNING_PAGES_H

#include <stddef.h>

#include "crm/crm.h"

/* The calendar of the busiest user in the month of today. Its path for messages; 0 and the reason told on stderr if it cannot be. */
int page_calendar(crm_db* db, const char* folder, char* path, size_t path_size);
/* The director's page: receipts, work of managers, products, the calendar; likewise. */
int page_report(crm_db* db, const char* folder, char* path, size_t path_size);

#endif
