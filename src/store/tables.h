/* The tables of the index. Within the store room. */
#ifndef ITR_STORE_TABLES_H
#define ITR_STORE_TABLES_H

#include "store/store.h"

#define STORE_SCHEMA 1 /* another number: the index is made anew */

enum store_file { STORE_CALL, STORE_DRILL, STORE_UNREADABLE };

/* Makes the tables where there are none; false when the file is no index of this schema, or
 * damaged. */
bool tables_make(sqlite3 *database);

/* Runs statements without results. */
bool tables_run(sqlite3 *database, const char *sql);

#endif
