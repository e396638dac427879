/* The simplified form of every Han character of the basic plane, made at build time. */
#ifndef ITR_LANGUAGE_SIMPLIFIED_H
#define ITR_LANGUAGE_SIMPLIFIED_H

#include <stdint.h>

#define SIMPLIFIED_FIRST 0x3400
#define SIMPLIFIED_LAST 0x9FFF

extern const uint16_t simplified_table[SIMPLIFIED_LAST - SIMPLIFIED_FIRST + 1];

#endif
