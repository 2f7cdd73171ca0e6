/* A trading house of Novosibirsk that never was, as a folder of CSV: always the same, down to the byte. */
#ifndef MORNING_HOUSE_H
#define MORNING_HOUSE_H

#include <stddef.h>

#include "crm/crm.h"

/* Makes the folder if it is not there and (over)writes its files, which house.map maps: about 500 clients, 900
 * contacts, 25 staff, 30 products, 5,000 events around 2026-03-02 09:00 in Novosibirsk, documents of the week after it,
 * and rows that are wrong on purpose (house_wrong.c). 0 and a sentence in `error` when a file cannot be written. */
int house_write(const char* folder, char* error, size_t error_size);

/* What its director plans for the first quarter of 2026, receipts and events by manager and month, in a base that has no plans.
 * 0: the error is on the base. */
int house_plans(crm_db* db);

#endif
