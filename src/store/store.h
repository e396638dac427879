/* The index of finished calls: DATA/index.sqlite, made from the records and thrown away at will.
 * The room's one header.
 *
 * It holds nothing that the records do not say: a row a call, a row a point that counted, a row a
 * stage, a row a reply (tables.c has the schema). Bringing it up to date reads only what it has not
 * seen: a day folder whose time of change is known is not even listed, a record whose size and time
 * are known is not read. Each batch is a transaction, so whoever is interrupted or killed goes on
 * where he was.
 *
 * One process at a time brings it up to date, any number ask it meanwhile (WAL). Two bytes of
 * DATA/index.lock are locked: UPDATING by the one that writes; OPEN, shared, by all that have it
 * open, so that an index that is damaged or of another schema is replaced when nobody looks at it.
 * Where DATA can't be written to, the index is made in memory. */
#ifndef ITR_STORE_H
#define ITR_STORE_H

#include <sqlite3.h>

#include "seat/seat.h"

/* Told now and then while records are read. */
typedef void store_progress(void *user, size_t done, size_t all);

/* Opens the index and brings it up to date. `anew`: thrown away first, all records are read again.
 * `progress` (or NULL) is told with `user`, which must live as long as the store: mending tells
 * too. NULL when the folder of records can't be read or the index can't be made. */
struct store *store_open(const char *data, bool anew, store_progress *progress, void *user,
                         struct error *error);
void store_free(struct store *store); /* NULL is fine */

/* For queries; the tables are in tables.c. */
sqlite3 *store_database(struct store *store);

/* How many records have been read for this store_open: the rest was known. */
size_t store_records_read(const struct store *store);

/* Throws the index away and makes it anew, after a query said that it is damaged. */
bool store_mend(struct store *store, struct error *error);

#endif
