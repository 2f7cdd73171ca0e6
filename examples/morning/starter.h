/* What an organisation sets up once and no export tells: roles, an escalation policy, texts of notices, kinds of documents. */
#ifndef MORNING_STARTER_H
#define MORNING_STARTER_H

#include "crm/crm.h"

/* Takes from the library's starter set what the base has nothing of. (Whole, the set is for an empty base: crm_starter_set.)
 * 0: the error is on the base. */
int starter_fill(crm_db* db);

/* The set's sales funnel, of those kinds of events that the base has, unless it has a funnel or fewer than two of them. Likewise. */
int starter_funnel(crm_db* db);

#endif
