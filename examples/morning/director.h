/* What a director asks in the morning: the question for crm_report_html. */
#ifndef MORNING_DIRECTOR_H
#define MORNING_DIRECTOR_H

#include "crm/crm.h"
#include "json_text.h"

/* Receipts of the past twelve months, plan-fact of the quarter, the sales funnel, whitespace and products in demand, the load of managers,
 * their work, products of events, the calendar of the busiest user. What the base says nothing of is left out, and a line tells so. */
void director_ask(crm_db* db, int64_t busiest, json_text* ask);

#endif
