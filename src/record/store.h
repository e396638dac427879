/* Walking the records under a data folder, and reading their ends. Within the record room. */
#ifndef ITR_RECORD_STORE_H
#define ITR_RECORD_STORE_H

#include "record/record.h"

/* Visits DATA/records/YYYY-MM-DD/ * SUFFIX in order of name. A folder that does not exist is empty.
 */
typedef void store_visit(void *user, const char *path);
bool store_walk(const char *data, const char *suffix, store_visit *visit, void *user,
                struct error *error);

/* Reads header and row 2 alone (into `bytes`); false when they are not good. */
bool store_first_row(int file, struct buffer *bytes, struct record_row *row, struct arena *arena);

/* Reads the last row alone; its sum is checked against the row before it. */
bool store_last_row(int file, struct buffer *bytes, struct record_row *row, struct arena *arena);

#endif
