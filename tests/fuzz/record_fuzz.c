/* Any bytes, three ways (the first byte says which): as a record; as a record whose sums were made
 * to fit, so that what lies behind them is reached; and as texts that are written, read and
 * damaged. */
#include <string.h>

#include "fuzz.h"
#include "record/rows.h"

#define ROWS_LIMIT 64

static void check_record(const struct record *record, size_t length) {
    fuzz_require(record->bytes == length && record->good_bytes <= length);
    fuzz_require((record->damage != NULL) ==
                 (record->state == RECORD_DAMAGED || record->state == RECORD_TORN));
    fuzz_require((record->damage != NULL) == (record->damaged_row != 0));
    fuzz_require((record->damage != NULL) == (record->good_bytes != length || !length));
    for (size_t i = 0; i < record->count; i++) {
        const struct record_row *row = &record->rows[i];
        fuzz_require(row->row == i + 2 && row->t_ms >= 0);
        fuzz_require(utf8_check(row->text, row->text_length) == row->text_length);
        fuzz_require(row->kind && row->node && row->ref && row->data);
    }
}

static bool same_row(const struct record_row *a, const struct record_row *b) {
    return a->row == b->row && a->t_ms == b->t_ms && a->seat == b->seat &&
           !strcmp(a->kind, b->kind) && !strcmp(a->node, b->node) && !strcmp(a->ref, b->ref) &&
           a->text_length == b->text_length && !memcmp(a->text, b->text, a->text_length) &&
           !strcmp(a->data, b->data);
}

/* What was read is the same again after it was written. */
static void check_round(const struct record *record) {
    struct row_writer writer = {0};
    struct buffer bytes = {0};
    char previous[RECORD_SUM] = "";
    buffer_add_text(&bytes, RECORD_HEADER);
    for (size_t i = 0; i < record->count; i++) {
        fuzz_require(row_write(&writer, &record->rows[i], previous, NULL));
        buffer_add(&bytes, writer.bytes.bytes + writer.start, writer.bytes.length - writer.start);
        memcpy(previous, writer.sum, sizeof previous);
    }
    struct record *again = record_parse("again", bytes.bytes, bytes.length, NULL);
    fuzz_require(again && again->count == record->count && !again->damage);
    for (size_t i = 0; i < record->count; i++)
        fuzz_require(same_row(&record->rows[i], &again->rows[i]));
    record_free(again);
    row_writer_free(&writer);
    buffer_free(&bytes);
}

static void fuzz_bytes(const char *bytes, size_t length) {
    struct error error = {0};
    struct record *record = record_parse("fuzz", bytes, length, &error);
    if (!record) {
        fuzz_require(error.text[0]);
        return;
    }
    check_record(record, length);
    check_round(record);
    record_free(record);
}

/* Each line of the input becomes a row's bytes before its sum. */
static void fuzz_lines(const char *bytes, size_t length) {
    struct buffer made = {0}, summed = {0};
    char hex[HASH_HEX_SIZE] = "";
    buffer_add_text(&made, RECORD_HEADER);
    for (const char *at = bytes, *end = bytes + length; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((newline ? newline : end) - at);
        buffer_clear(&summed);
        buffer_add(&summed, hex, strlen(hex));
        buffer_add(&summed, at, line);
        buffer_add_byte(&summed, ',');
        buffer_add(&made, summed.bytes + strlen(hex), summed.length - strlen(hex));
        hash_sha256(summed.bytes, summed.length, hex);
        hex[RECORD_SUM - 1] = 0;
        buffer_printf(&made, "\"%s\"\n", hex);
        at += line + 1;
    }
    fuzz_bytes(made.bytes, made.length);
    buffer_free(&made);
    buffer_free(&summed);
}

/* One flipped bit is never taken for a row that was not written. */
static void check_flip(struct buffer *bytes, const struct record *whole, size_t bit) {
    bytes->bytes[bit / 8] ^= (char)(1 << bit % 8);
    struct record *flipped = record_parse("flip", bytes->bytes, bytes->length, NULL);
    bytes->bytes[bit / 8] ^= (char)(1 << bit % 8);
    if (!flipped)
        return;
    fuzz_require(flipped->damage && flipped->count < whole->count);
    for (size_t i = 0; i < flipped->count; i++)
        fuzz_require(same_row(&flipped->rows[i], &whole->rows[i]));
    record_free(flipped);
}

/* The input cut into texts of rows; what is no UTF-8 is refused and leaves no trace. */
static void fuzz_texts(const char *bytes, size_t length) {
    struct row_writer writer = {0};
    struct buffer made = {0};
    char previous[RECORD_SUM] = "";
    uint32_t number = 2;
    buffer_add_text(&made, RECORD_HEADER);
    for (size_t at = 0; at < length && number < ROWS_LIMIT;) {
        size_t piece = (unsigned char)bytes[at++] % 48;
        piece = piece < length - at ? piece : length - at;
        struct record_row row = {.row = number,
                                 .t_ms = number,
                                 .kind = "typed",
                                 .text = bytes + at,
                                 .text_length = piece};
        bool good = utf8_check(row.text, piece) == piece;
        at += piece;
        fuzz_require(row_write(&writer, &row, previous, NULL) == good);
        if (!good)
            continue;
        buffer_add(&made, writer.bytes.bytes + writer.start, writer.bytes.length - writer.start);
        memcpy(previous, writer.sum, sizeof previous);
        number++;
    }
    struct record *record = record_parse("made", made.bytes, made.length, NULL);
    fuzz_require(record && !record->damage && record->count == number - 2);
    check_round(record);
    if (record->count && length > 2)
        check_flip(&made, record,
                   ((size_t)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1]) %
                       (made.length * 8));
    record_free(record);
    buffer_free(&made);
    row_writer_free(&writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (!length)
        return 0;
    const char *rest = (const char *)bytes + 1;
    if (bytes[0] % 3 == 0)
        fuzz_bytes(rest, length - 1);
    else if (bytes[0] % 3 == 1)
        fuzz_lines(rest, length - 1);
    else
        fuzz_texts(rest, length - 1);
    return 0;
}
