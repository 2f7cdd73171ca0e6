/* A trading house of Novosibirsk that never was, as a folder of CSV: always the same, down to the byte. */
#ifndef MORNING_HOUSE_H
#define MORNING_HOUSE_H

#include <stddef.h>

/* Makes the folder if it is not there and (over)writes its files, which house.map maps: about 500 clients, 900
 * contacts, 25 staff, 30 products, 5,000 events around 2026-03-02 09:00 in Novosibirsk, documents of the week after it,
 * and rows that are wrong on purpose (house_wrong.c). 0 and a sentence in `error` when a file cannot be written. */
int house_write(const char* folder, char* error, size_t error_size);

#endif
