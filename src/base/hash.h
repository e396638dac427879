/* SHA-256 (libmd) for records and bundles, and a fast hash for tables. */
#ifndef ITR_BASE_HASH_H
#define ITR_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_HEX_SIZE 65 /* 64 hex digits and a NUL */

/* SHA-256 of the bytes as lower-case hex. */
void hash_sha256(const void *bytes, size_t length, char hex[HASH_HEX_SIZE]);

/* FNV-1a, 64 bit (draft-eastlake-fnv); for tables in memory only, never stored. */
uint64_t hash_fast(const void *bytes, size_t length);

/* The pseudo-random step of SplitMix64 (Steele, Lea, Flood 2014): moves *state on and returns the
 * next number. All chance in a call comes from the seed in its first row through this. */
uint64_t hash_random(uint64_t *state);

#endif
