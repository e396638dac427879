/* What stands under DATA/records that the index has not seen. Within the store room. */
#ifndef ITR_STORE_FILES_H
#define ITR_STORE_FILES_H

#include "store/tables.h"

struct store_todo {
    const char *day, *name;
    int64_t size, mtime; /* nanoseconds */
};
struct store_list {
    struct store_todo *items; /* records to read, in order of day and name */
    size_t count, capacity;
    struct store_day {
        const char *name;
        int64_t mtime; /* 0: it may yet change without a new time */
    } * days;          /* that were listed, and are known once all items are read */
    size_t day_count, day_capacity;
    struct arena *arena;
};

/* Finds them, and takes out of the index what is not there any more or was changed (it stands in
 * the list then). In a transaction of the caller. False with a sentence in *error when a
 * folder can't be read, without one when the index is at fault. */
bool files_find(sqlite3 *database, const char *data, struct store_list *list, struct error *error);
void files_free(struct store_list *list);

#endif
