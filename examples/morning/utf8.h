/* Text files in UTF-8: read whole, and checked. */
#ifndef MORNING_UTF8_H
#define MORNING_UTF8_H

#include <stddef.h>

/* The bytes of the file with a zero behind them, for `free`; NULL when it cannot be read. */
char* utf8_read_file(const char* path, size_t* length);

/* 1 when all bytes are UTF-8 as Unicode has it: shortest forms, no surrogates, up to U+10FFFF. */
int utf8_valid(const char* text, size_t length);

#endif
