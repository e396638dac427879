/* Reading a record: the longest valid prefix, and in plain words what stands behind it. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/files.h"
#include "record/rows.h"

/* ---- the first line ---- */

/* What a first line that is not the header says about who touched the file. */
static const char *header_fault(const char *bytes, size_t length) {
    static const char unquoted[] = "row,t_ms,seat,";
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return N_("it begins with a byte order mark: a spreadsheet or an editor saved it");
    if (length >= sizeof unquoted - 1 && memcmp(bytes, unquoted, sizeof unquoted - 1) == 0)
        return N_("its fields are not quoted: a spreadsheet saved it");
    if (length > RECORD_HEADER_LENGTH &&
        memcmp(bytes, RECORD_HEADER, RECORD_HEADER_LENGTH - 1) == 0 &&
        bytes[RECORD_HEADER_LENGTH - 1] == '\r')
        return N_("its lines end in CR LF: an editor or a transfer changed it");
    return NULL;
}

static bool is_row_two(struct row_reader *reader, const char *line, const char *end,
                       struct arena *arena) {
    const char *newline = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
    struct record_row row;
    char sum[RECORD_SUM];
    return newline &&
           row_read(reader, line, (size_t)(newline - line) + 1, 2, "", arena, &row, sum, NULL);
}

/* The header was changed, but is what follows a record? Row 2 starts the chain, so it can tell. It
 * stands behind the first line, or (when the newline was hit) where it always stands. */
static bool row_two_follows(struct row_reader *reader, const char *bytes, size_t length,
                            struct arena *arena) {
    const char *newline = memchr(bytes, '\n', length), *end = bytes + length;
    return (newline && is_row_two(reader, newline + 1, end, arena)) ||
           (length > RECORD_HEADER_LENGTH &&
            is_row_two(reader, bytes + RECORD_HEADER_LENGTH, end, arena));
}

static char *arena_sentence(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static char *arena_sentence(struct arena *arena, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    char *sentence = arena_text(arena, buffer_text(&text));
    buffer_free(&text);
    return sentence;
}

static bool damaged_header(struct record *record, struct row_reader *reader, const char *bytes) {
    const char *fault = header_fault(bytes, record->bytes);
    if (!fault && row_two_follows(reader, bytes, record->bytes, record->arena))
        fault = N_("it was changed");
    if (!fault)
        return false;
    record->state = RECORD_DAMAGED;
    record->damaged_row = 1;
    record->damage =
        arena_sentence(record->arena,
                       _("row 1, the header: %s. A record must stay byte for byte as it "
                         "was written: take the copy that was not touched"),
                       _(fault));
    return true;
}

/* ---- what stands behind the last good row ---- */

/* A row cut off while it was written: bytes without a newline, or (where the disk lost a block of
 * it) a last line with NUL bytes. Nothing of it was ever acknowledged. */
static bool is_torn(const struct record *record, const char *tail, size_t length) {
    const char *newline = memchr(tail, '\n', length);
    bool nul = memchr(tail, 0, length) != NULL;
    if (record->state == RECORD_COMPLETE)
        return false; /* nothing is ever written behind a closed row */
    if (!newline)
        return length <= RECORD_ROW_LIMIT || nul;
    return nul && newline == tail + length - 1;
}

static void set_torn(struct record *record, uint32_t row) {
    record->state = RECORD_TORN;
    record->damaged_row = row;
    record->damage = arena_sentence(record->arena,
                                    _("row %" PRIu32 " was not written whole (%zu bytes of it); "
                                      "everything before it is good"),
                                    row, record->bytes - record->good_bytes);
}

static void set_damaged(struct record *record, uint32_t row, const char *why) {
    record->damaged_row = row;
    record->damage = arena_sentence(
        record->arena,
        record->state == RECORD_COMPLETE
            ? _("row %" PRIu32 " stands behind the closing row: %s. The call itself is good up "
                "to row %" PRIu32)
            : _("row %" PRIu32 ": %s. Rows up to %" PRIu32 " are good and can be "
                "replayed; for the rest take an older copy of the file"),
        row, why, row - 1);
    record->state = RECORD_DAMAGED;
}

static void judge_tail(struct record *record, const char *bytes, const struct error *why) {
    const char *tail = bytes + record->good_bytes;
    size_t length = record->bytes - record->good_bytes;
    uint32_t row = (uint32_t)record->count + 2;
    if (is_torn(record, tail, length))
        set_torn(record, row);
    else
        set_damaged(record, row, why->text);
}

/* ---- the rows ---- */

static void add_row(struct record *record, size_t *capacity, const struct record_row *row) {
    record->rows = memory_reserve(record->rows, capacity, record->count + 1, sizeof *record->rows);
    record->rows[record->count++] = *row;
    record->state = strcmp(row->kind, "closed") == 0 ? RECORD_COMPLETE : RECORD_NOT_CLOSED;
}

static void read_rows(struct record *record, struct row_reader *reader, const char *bytes) {
    size_t capacity = 0;
    struct error why = {.text = ""};
    while (record->good_bytes < record->bytes) {
        const char *line = bytes + record->good_bytes;
        size_t rest = record->bytes - record->good_bytes;
        const char *end = memchr(line, '\n', rest);
        size_t length = end ? (size_t)(end - line) + 1 : rest;
        uint32_t number = (uint32_t)record->count + 2;
        struct record_row row;
        char sum[RECORD_SUM];
        if (record->state == RECORD_COMPLETE) {
            error_set(&why, _("a closed record is never written again"));
            break;
        }
        if (!end)
            error_set(&why, _("its line has no end"));
        if (!end ||
            !row_read(reader, line, length, number, record->head, record->arena, &row, sum, &why))
            break;
        add_row(record, &capacity, &row);
        memcpy(record->head, sum, sizeof sum);
        record->good_bytes += length;
    }
    if (record->good_bytes < record->bytes)
        judge_tail(record, bytes, &why);
}

/* False when the first line is that of no record. */
static bool read_header(struct record *record, struct row_reader *reader, const char *bytes) {
    size_t shared = record->bytes < RECORD_HEADER_LENGTH ? record->bytes : RECORD_HEADER_LENGTH;
    if (shared && memcmp(bytes, RECORD_HEADER, shared) != 0)
        return damaged_header(record, reader, bytes);
    record->state = RECORD_NOT_CLOSED;
    if (shared == RECORD_HEADER_LENGTH)
        record->good_bytes = RECORD_HEADER_LENGTH;
    else
        set_torn(record, 1);
    return true;
}

struct record *record_parse(const char *name, const char *bytes, size_t length,
                            struct error *error) {
    if (length > RECORD_FILE_LIMIT) {
        error_set(error, _("%s is larger than any record can be (%zu bytes)"), name, length);
        return NULL;
    }
    struct record *record = memory_new(sizeof *record);
    struct row_reader reader;
    record->arena = arena_new();
    record->path = memory_text(name);
    record->bytes = length;
    row_reader_start(&reader);
    bool is_record = read_header(record, &reader, bytes);
    if (is_record && record->good_bytes)
        read_rows(record, &reader, bytes);
    row_reader_free(&reader);
    if (is_record)
        return record;
    error_set(error, _("%s is no record of a call: its first line is not %s"), name,
              "\"row\",\"t_ms\",\"seat\",…");
    record_free(record);
    return NULL;
}

struct record *record_read(const char *path, struct error *error) {
    struct buffer bytes = {0};
    struct record *record = NULL;
    int file = record_open_file(path, O_RDONLY, error);
    if (file < 0)
        return NULL;
    if (file_read_from(file, RECORD_FILE_LIMIT, &bytes, error))
        record = record_parse(path, buffer_text(&bytes), bytes.length, error);
    close(file);
    buffer_free(&bytes);
    return record;
}

void record_free(struct record *record) {
    if (!record)
        return;
    arena_free(record->arena);
    free(record->rows);
    free(record->path);
    free(record);
}
