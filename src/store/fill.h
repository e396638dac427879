/* Putting what a record says into the index. Within the store room. */
#ifndef ITR_STORE_FILL_H
#define ITR_STORE_FILL_H

#include "store/files.h"
#include "store/look.h"

struct fill;
struct fill *fill_new(sqlite3 *database); /* NULL: the index can't be used */
void fill_free(struct fill *fill);        /* NULL is fine */

bool fill_record(struct fill *fill, const struct store_todo *todo, const struct look *look);
bool fill_day(struct fill *fill, const struct store_day *day);

#endif
