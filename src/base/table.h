/* A table that only grows: a CSV file with a header, to which rows are added and in which none is
 * ever changed. What people decide about calls is kept so (reviews, decisions on notes).
 *
 * Every field is quoted; one row is one physical line (`\\ \n \r \t` escaped inside fields), added
 * whole under a lock and on disk before the call returns. A row counts only with its newline: the
 * torn tail of a writer that died is cut off before the next row is added. Many processes may add
 * to one table at a time. */
#ifndef ITR_BASE_TABLE_H
#define ITR_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define TABLE_COLUMNS 32               /* at most */
#define TABLE_SIZE ((size_t)256 << 20) /* larger files are refused */

/* Adds one row of `columns` fields to the table at `path` (made with its folders and header when
 * missing). Errors name the file: it can't be written, or it is another kind of table. */
bool table_add(const char *path, const char *const *header, size_t columns,
               const char *const *fields, struct error *error);

/* Calls `row` for every whole row after the header, in order; `number` is its line in the file
 * (header = 1); fields are NUL-terminated and live until it returns. Stops when it returns false. A
 * missing file has no rows. False with *error when the file can't be read, is another table, or
 * (all other rows were given by then) has a row that lacks fields. */
typedef bool table_row(void *user, size_t number, const char *const *fields);
bool table_read(const char *path, const char *const *header, size_t columns, table_row *row,
                void *user, struct error *error);

#endif
