#include "record/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUM_DIGITS (RECORD_SUM - 1)
#define SUM_FIELD (SUM_DIGITS + 3) /* two quotes and the newline */

/* ---- writing ---- */

void row_writer_free(struct row_writer *writer) {
    buffer_free(&writer->bytes);
    buffer_free(&writer->escaped);
}

static char escape_of(char byte) {
    switch (byte) {
    case '\\':
        return '\\';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\0':
        return '0';
    default:
        return 0;
    }
}

static void escape(struct buffer *out, const char *bytes, size_t length) {
    size_t plain = 0;
    for (size_t i = 0; i < length; i++) {
        char escaped = escape_of(bytes[i]);
        if (!escaped)
            continue;
        buffer_add(out, bytes + plain, i - plain);
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, escaped);
        plain = i + 1;
    }
    buffer_add(out, bytes + plain, length - plain);
}

/* csv_write into the buffer: it quotes always and says how much room it needs. */
static void add_quoted(struct buffer *out, const char *bytes, size_t length) {
    size_t at = out->length;
    buffer_add_repeated(out, '"', 2 * length + 2);
    out->length = at + csv_write(out->bytes + at, 2 * length + 2, bytes, length);
    out->bytes[out->length] = 0;
}

static void add_field(struct row_writer *writer, const char *bytes, size_t length) {
    buffer_clear(&writer->escaped);
    escape(&writer->escaped, bytes, length);
    add_quoted(&writer->bytes, buffer_text(&writer->escaped), writer->escaped.length);
    buffer_add_byte(&writer->bytes, ',');
}

static void add_text(struct row_writer *writer, const char *text) {
    add_field(writer, text ? text : "", text ? strlen(text) : 0);
}

static bool check_utf8(const char *field, const char *bytes, size_t length, struct error *error) {
    size_t bad = bytes ? utf8_check(bytes, length) : length;
    if (bad == length)
        return true;
    return error_set(error, _("the %s of a row is no UTF-8 text at byte %zu; it was not written"),
                     field, bad);
}

static bool check_row(const struct record_row *row, struct error *error) {
    const char *const names[] = {"kind", "node", "ref", "data"};
    const char *const texts[] = {row->kind, row->node, row->ref, row->data};
    if (row->t_ms < 0 || row->t_ms >= RECORD_T_LIMIT)
        return error_set(error, _("a row can't be stamped %" PRId64 " ms; it was not written"),
                         row->t_ms);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!check_utf8(names[i], texts[i], texts[i] ? strlen(texts[i]) : 0, error))
            return false;
    return check_utf8("text", row->text, row->text ? row->text_length : 0, error);
}

static void sum_of(const void *bytes, size_t length, char sum[RECORD_SUM]) {
    char hex[HASH_HEX_SIZE];
    hash_sha256(bytes, length, hex);
    memcpy(sum, hex, SUM_DIGITS);
    sum[SUM_DIGITS] = 0;
}

bool row_write(struct row_writer *writer, const struct record_row *row, const char *previous,
               struct error *error) {
    struct buffer *bytes = &writer->bytes;
    char number[24];
    if (!check_row(row, error))
        return false;
    buffer_clear(bytes);
    buffer_add_text(bytes, previous); /* the sum is over this and the line: one run of bytes */
    writer->start = bytes->length;
    snprintf(number, sizeof number, "%" PRIu32, row->row);
    add_text(writer, number);
    snprintf(number, sizeof number, "%" PRId64, row->t_ms);
    add_text(writer, number);
    snprintf(number, sizeof number, "%" PRIu32, row->seat);
    add_text(writer, number);
    add_text(writer, row->kind);
    add_text(writer, row->node);
    add_text(writer, row->ref);
    add_field(writer, row->text ? row->text : "", row->text ? row->text_length : 0);
    add_text(writer, row->data);
    sum_of(bytes->bytes, bytes->length, writer->sum);
    add_quoted(bytes, writer->sum, SUM_DIGITS);
    buffer_add_byte(bytes, '\n');
    if (bytes->length - writer->start > RECORD_ROW_LIMIT)
        return error_set(error,
                         _("this is too long for one row of a record (%zu bytes, at most "
                           "%zu); it was not written"),
                         bytes->length - writer->start, (size_t)RECORD_ROW_LIMIT);
    return true;
}

/* ---- reading ---- */

void row_reader_start(struct row_reader *reader) {
    *reader = (struct row_reader){0};
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_realloc_func(&reader->parser, memory_resize);
    csv_set_blk_size(&reader->parser, 4096);
}

void row_reader_free(struct row_reader *reader) {
    csv_free(&reader->parser);
    buffer_free(&reader->fields);
    buffer_free(&reader->scratch);
}

static void on_field(void *bytes, size_t length, void *user) {
    struct row_reader *reader = user;
    if (reader->field_count < RECORD_FIELDS) {
        buffer_add(&reader->fields, bytes, length);
        reader->ends[reader->field_count] = reader->fields.length;
    }
    reader->field_count++;
}

static void on_row(int last, void *user) {
    struct row_reader *reader = user;
    reader->row_count++;
}

/* Splits a line into reader->fields. csv_fini hides an earlier error and hands out half a row, so
 * csv_error comes first; after an error the parser is made anew. */
static bool split(struct row_reader *reader, const char *line, size_t length) {
    struct csv_parser *parser = &reader->parser;
    buffer_clear(&reader->fields);
    reader->field_count = reader->row_count = 0;
    size_t taken = csv_parse(parser, line, length, on_field, on_row, reader);
    bool good = taken == length && csv_error(parser) == 0 &&
                csv_fini(parser, on_field, on_row, reader) == 0;
    if (!good) {
        csv_free(parser);
        csv_init(parser, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_realloc_func(parser, memory_resize);
        csv_set_blk_size(parser, 4096);
    }
    return good && reader->row_count == 1;
}

bool row_sum(const char *line, size_t length, char sum[RECORD_SUM]) {
    if (length <= SUM_FIELD + 1)
        return false;
    const char *field = line + length - SUM_FIELD;
    if (field[-1] != ',' || field[0] != '"' || memcmp(field + 1 + SUM_DIGITS, "\"\n", 2) != 0)
        return false;
    for (size_t i = 1; i <= SUM_DIGITS; i++)
        if (!strchr("0123456789abcdef", field[i]) || !field[i])
            return false;
    memcpy(sum, field + 1, SUM_DIGITS);
    sum[SUM_DIGITS] = 0;
    return true;
}

/* Is the sum at the end of the line the one that its bytes and the row before it give? */
static bool sum_fits(struct row_reader *reader, const char *line, size_t length,
                     const char *previous, char sum[RECORD_SUM]) {
    char right[RECORD_SUM];
    if (!row_sum(line, length, sum))
        return false;
    buffer_clear(&reader->scratch);
    buffer_add_text(&reader->scratch, previous);
    buffer_add(&reader->scratch, line, length - SUM_FIELD);
    sum_of(reader->scratch.bytes, reader->scratch.length, right);
    return strcmp(sum, right) == 0;
}

/* A number as rows write it: digits without a leading zero. */
static bool whole_number(const char *text, size_t length, int64_t limit, int64_t *value) {
    int64_t number = 0;
    if (length == 0 || length > 16 || (length > 1 && text[0] == '0'))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (text[i] - '0');
    }
    *value = number;
    return number < limit;
}

/* Says why the sum of a line does not fit, as near as can be told. */
static bool tell_misfit(const char *line, size_t length, uint32_t number, struct error *why) {
    char sum[RECORD_SUM];
    const char *end = memchr(line + 1, '"', length > 1 ? length - 1 : 0);
    int64_t own = number;
    if (memchr(line, 0, length))
        return error_set(why, _("it holds NUL bytes, as a disk leaves them after a power cut"));
    if (length > 1 && line[length - 2] == '\r')
        return error_set(why, _("it ends in CR LF: an editor or a transfer changed the file"));
    if (line[0] == '"' && end)
        whole_number(line + 1, (size_t)(end - line - 1), UINT32_MAX, &own);
    if (!row_sum(line, length, sum))
        return error_set(why, _("it does not end in a sum: it was cut or written over"));
    if (own != number)
        return error_set(why,
                         _("row %" PRId64 " stands in its place: rows are missing, were added or "
                           "changed places"),
                         own);
    return error_set(why, _("its sum does not fit: this row or the one before it was changed"));
}

static bool unescape(const char *bytes, size_t length, struct buffer *out) {
    for (size_t i = 0; i < length; i++) {
        char byte = bytes[i];
        if (byte == '\\') {
            const char *at = ++i < length && bytes[i] ? strchr("\\nrt0", bytes[i]) : NULL;
            if (!at)
                return false;
            byte = "\\\n\r\t"[at - "\\nrt0"];
        }
        buffer_add_byte(out, byte);
    }
    return true;
}

/* Field `index` unescaped into the arena; its length in *length. */
static const char *take_field(struct row_reader *reader, size_t index, struct arena *arena,
                              size_t *length) {
    size_t from = index ? reader->ends[index - 1] : 0;
    buffer_clear(&reader->scratch);
    if (!unescape(buffer_text(&reader->fields) + from, reader->ends[index] - from,
                  &reader->scratch))
        return NULL;
    *length = reader->scratch.length;
    return arena_text_of(arena, buffer_text(&reader->scratch), *length);
}

static bool take_number(struct row_reader *reader, size_t index, int64_t limit, int64_t *value) {
    size_t from = index ? reader->ends[index - 1] : 0;
    return whole_number(buffer_text(&reader->fields) + from, reader->ends[index] - from, limit,
                        value);
}

static bool take_texts(struct row_reader *reader, struct arena *arena, struct record_row *row) {
    const char **texts[] = {&row->kind, &row->node, &row->ref, &row->text, &row->data};
    for (size_t i = 0; i < 5; i++) {
        size_t length;
        *texts[i] = take_field(reader, 3 + i, arena, &length);
        if (!*texts[i])
            return false;
        if (texts[i] == &row->text)
            row->text_length = length;
        else if (strlen(*texts[i]) != length)
            return false; /* only a reply may hold a NUL */
    }
    return true;
}

/* The sum fits, so these bytes were written as a row: by another program or version if one of these
 * fails. */
static bool take_row(struct row_reader *reader, uint32_t number, struct arena *arena,
                     struct record_row *row, struct error *why) {
    int64_t own, t_ms, seat;
    if (!take_number(reader, 0, UINT32_MAX, &own) || own != number)
        return error_set(why, _("its number is not %" PRIu32), number);
    if (!take_number(reader, 1, RECORD_T_LIMIT, &t_ms) ||
        !take_number(reader, 2, UINT32_MAX, &seat))
        return error_set(why, _("its time or seat is no whole number"));
    *row = (struct record_row){.row = number, .t_ms = t_ms, .seat = (uint32_t)seat};
    if (!take_texts(reader, arena, row))
        return error_set(why, _("a field holds an escape that records do not have"));
    return true;
}

bool row_read(struct row_reader *reader, const char *line, size_t length, uint32_t number,
              const char *previous, struct arena *arena, struct record_row *row,
              char sum[RECORD_SUM], struct error *why) {
    if (length > RECORD_ROW_LIMIT)
        return error_set(why, _("it is longer than any row can be (%zu bytes)"), length);
    if (!sum_fits(reader, line, length, previous, sum))
        return tell_misfit(line, length, number, why);
    if (utf8_check(line, length) != length)
        return error_set(why, _("it is no UTF-8 text at byte %zu"), utf8_check(line, length));
    if (!split(reader, line, length))
        return error_set(why, _("it is no row of quoted fields"));
    if (reader->field_count != RECORD_FIELDS)
        return error_set(why, _("it has %zu fields instead of %d"), reader->field_count,
                         RECORD_FIELDS);
    return take_row(reader, number, arena, row, why);
}
