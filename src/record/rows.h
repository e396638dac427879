/* One row as bytes and back: escapes, quotes, the sum. Within the record room.
 *
 * A row is one physical line of nine quoted fields. Inside a field `\\ \n \r \t \0` stand for the
 * backslash, LF, CR, TAB and NUL; all other bytes stand for themselves. The last field is the sum:
 * the first 16 hex digits of SHA-256(sum of the row before ‖ this line up to and including the
 * comma before the sum). */
#ifndef ITR_RECORD_ROWS_H
#define ITR_RECORD_ROWS_H

#include <csv.h>

#include "record/record.h"

#define RECORD_FIELDS 9
#define RECORD_HEADER                                                                              \
    "\"row\",\"t_ms\",\"seat\",\"kind\",\"node\",\"ref\",\"text\",\"data\",\"sum\"\n"
#define RECORD_HEADER_LENGTH (sizeof RECORD_HEADER - 1)
#define RECORD_FILE_LIMIT ((size_t)256 << 20) /* no record is longer: refused on both sides */
#define RECORD_T_LIMIT ((int64_t)1 << 53) /* t_ms stays below: exact in any JSON or spreadsheet */

/* Where rows are made; `= {0}` to start. The line of the last row_write is
 * bytes.bytes + start … bytes.length, newline included. */
struct row_writer {
    struct buffer bytes, escaped;
    size_t start;
    char sum[RECORD_SUM]; /* of that row */
};
void row_writer_free(struct row_writer *writer);

/* Makes the line of `row` (row->row is its number) after the row whose sum is `previous` ("" before
 * row 2). False when the row can't be kept: no UTF-8, or longer than RECORD_ROW_LIMIT. */
bool row_write(struct row_writer *writer, const struct record_row *row, const char *previous,
               struct error *error);

/* Reads lines; row_reader_start before, row_reader_free after. */
struct row_reader {
    struct csv_parser parser;
    struct buffer fields, scratch; /* the fields of one line, one behind the other */
    size_t ends[RECORD_FIELDS];
    size_t field_count, row_count;
};
void row_reader_start(struct row_reader *reader);
void row_reader_free(struct row_reader *reader);

/* Reads the line (newline included) that should be row `number` after `previous`. Texts go to
 * `arena`. False when it is not, with what is wrong in *why. */
bool row_read(struct row_reader *reader, const char *line, size_t length, uint32_t number,
              const char *previous, struct arena *arena, struct record_row *row,
              char sum[RECORD_SUM], struct error *why);

/* The sum a line carries in its last field; false when it ends in none. Nothing is checked. */
bool row_sum(const char *line, size_t length, char sum[RECORD_SUM]);

#endif
