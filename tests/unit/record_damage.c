/* R5, and what the chain proves: any damage is named by row, the longest valid prefix is kept, no
 * wrong value is ever accepted. */
#include "record_sample.h"

/* Where each line of the record begins; [count + 1] is the length. */
static size_t line_starts(const struct buffer *bytes, size_t *starts) {
    size_t count = 0;
    for (size_t at = 0; at < bytes->length; count++) {
        starts[count] = at;
        at = (size_t)((char *)memchr(bytes->bytes + at, '\n', bytes->length - at) - bytes->bytes) +
             1;
    }
    starts[count] = bytes->length;
    return count;
}

/* Every row that was accepted is exactly one that was written. */
static void assert_prefix(const struct record *record, uint32_t total, bool closed) {
    assert_true(record->count <= total);
    for (uint32_t i = 0; i < record->count; i++)
        assert_sample_row(&record->rows[i], i, closed && i == total - 1);
}

/* The damage of R5 is done to this many records of different lengths; one of them always. */
#define RECORDS 20
#define MOST_ROWS (RECORDS + 3)

static void cut_at_every_byte(uint32_t rows) {
    struct buffer bytes = {0};
    size_t starts[MOST_ROWS + 2];
    sample_bytes(&bytes, rows, true);
    size_t lines = line_starts(&bytes, starts);
    assert_int_equal(lines, rows + 1);
    for (size_t length = 0; length < bytes.length; length++) {
        struct record *record = record_parse("cut", bytes.bytes, length, NULL);
        size_t whole = 0;
        while (starts[whole + 1] <= length)
            whole++;
        assert_non_null(record);
        assert_int_equal(record->count, whole ? whole - 1 : 0);
        assert_prefix(record, rows, true);
        assert_int_equal(record->good_bytes, starts[whole]);
        assert_int_equal(record->state,
                         starts[whole] == length && whole ? RECORD_NOT_CLOSED : RECORD_TORN);
        assert_int_equal(record->damaged_row, record->state == RECORD_TORN ? whole + 1 : 0);
        record_free(record);
    }
    buffer_free(&bytes);
}

static void test_cut_at_every_byte(void **state) {
    if (!getenv("ITR_LONG"))
        cut_at_every_byte(12);
    for (uint32_t rows = 3; getenv("ITR_LONG") && rows < RECORDS + 3; rows++)
        cut_at_every_byte(rows);
}

#define TAIL(literal) literal, sizeof literal - 1
static void test_tails(void **state) {
    static const struct {
        const char *tail;
        size_t length;
        enum record_state state;
        const char *says;
    } tails[] = {
        {TAIL("\0\0\0\0\0\0"), RECORD_TORN, "not written whole"},
        {TAIL("\"7\",\"600\0\0\0\0\0\"}\",\"0123456789abcdef\"\n"), RECORD_TORN,
         "not written whole"},
        {TAIL("garbage"), RECORD_TORN, "not written whole"},
        {TAIL("garbage\n"), RECORD_DAMAGED, "row 7"},
        {TAIL("\n"), RECORD_DAMAGED, "row 7"},
        {TAIL("\0\0\n\0\0\n"), RECORD_DAMAGED, "NUL"},
        {TAIL("\"7\",\"600\",\"0\",\"end\",\"\",\"\",\"\",\"\",\"0123456789abcdef\"\r\n"),
         RECORD_DAMAGED, "CR LF"},
        {TAIL("\"9\",\"600\",\"0\",\"end\",\"\",\"\",\"\",\"\",\"0123456789abcdef\"\n"),
         RECORD_DAMAGED, "row 9 stands in its place"},
        {TAIL("\"7\",\"600\",\"0\",\"end\",\"\",\"\",\"\",\"\",\"0123456789abcdef\"\n"),
         RECORD_DAMAGED, "was changed"},
    };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        struct buffer bytes = {0};
        sample_bytes(&bytes, 5, false);
        size_t whole = bytes.length;
        buffer_add(&bytes, tails[i].tail, tails[i].length);
        struct record *record = must_parse(&bytes);
        assert_int_equal(record->state, tails[i].state);
        assert_int_equal(record->count, 5);
        assert_int_equal(record->good_bytes, whole);
        assert_int_equal(record->damaged_row, 7);
        assert_non_null(strstr(record->damage, tails[i].says));
        record_free(record);
        buffer_free(&bytes);
    }
}

static void test_nothing_may_stand_behind_the_closing_row(void **state) {
    struct buffer bytes = {0};
    sample_bytes(&bytes, 5, true);
    buffer_add_text(&bytes, "x");
    struct record *record = must_parse(&bytes);
    assert_int_equal(record->state, RECORD_DAMAGED);
    assert_int_equal(record->damaged_row, 7);
    assert_int_equal(record->count, 5);
    record_free(record);
    buffer_free(&bytes);
}

/* Every bit of a record flipped in turn (every 7th by default). */
static void flip(struct buffer *bytes, const size_t *starts, uint32_t rows, size_t bit) {
    size_t line = 0;
    while (starts[line + 1] <= bit / 8)
        line++;
    bytes->bytes[bit / 8] ^= (char)(1 << bit % 8);
    struct record *record = record_parse("flip", bytes->bytes, bytes->length, NULL);
    bytes->bytes[bit / 8] ^= (char)(1 << bit % 8);
    assert_non_null(record); /* even a changed header is a changed row of a record */
    assert_true(record->state == RECORD_DAMAGED || (record->state == RECORD_TORN && line == rows));
    assert_int_equal(record->damaged_row, line + 1);
    assert_int_equal(record->count, line ? line - 1 : 0);
    assert_prefix(record, rows, true);
    assert_non_null(record->damage);
    record_free(record);
}

/* Bits by chance over all lengths of record: 100,000 with the long numbers. */
static void test_every_flip_is_named(void **state) {
    uint64_t chance = 1;
    size_t flips = getenv("ITR_LONG") ? 100000 / RECORDS : 100;
    for (uint32_t rows = 3; rows < RECORDS + 3; rows++) {
        struct buffer bytes = {0};
        size_t starts[MOST_ROWS + 2];
        sample_bytes(&bytes, rows, true);
        line_starts(&bytes, starts);
        for (size_t i = 0; i < flips; i++)
            flip(&bytes, starts, rows, hash_random(&chance) % (bytes.length * 8));
        buffer_free(&bytes);
    }
}

static struct record *parse_lines(const struct buffer *bytes, const size_t *starts,
                                  const size_t *order, size_t count) {
    struct buffer made = {0};
    for (size_t i = 0; i < count; i++)
        buffer_add(&made, bytes->bytes + starts[order[i]], starts[order[i] + 1] - starts[order[i]]);
    struct record *record = must_parse(&made);
    buffer_free(&made);
    return record;
}

/* Each row dropped, doubled, and changed with its neighbour. */
static void test_dropped_doubled_and_swapped_rows_are_named(void **state) {
    enum { ROWS = 10, LINES = ROWS + 1 };
    struct buffer bytes = {0};
    size_t starts[LINES + 1];
    sample_bytes(&bytes, ROWS, true);
    line_starts(&bytes, starts);
    for (size_t line = 1; line < LINES; line++) {
        size_t dropped[LINES], doubled[LINES + 1], swapped[LINES], d = 0, b = 0;
        for (size_t i = 0; i < LINES; i++) {
            if (i != line)
                dropped[d++] = i;
            doubled[b++] = i;
            if (i == line)
                doubled[b++] = i;
            swapped[i] = i == line ? line + 1 : i == line + 1 ? line : i;
        }
        struct record *record = parse_lines(&bytes, starts, dropped, d);
        if (line == LINES - 1)
            assert_int_equal(record->state, RECORD_NOT_CLOSED); /* a cut end is only seen so */
        else
            assert_int_equal(record->damaged_row, line + 1);
        record_free(record);
        record = parse_lines(&bytes, starts, doubled, b);
        assert_int_equal(record->state, RECORD_DAMAGED);
        assert_int_equal(record->damaged_row, line + 2);
        record_free(record);
        if (line < LINES - 1) {
            record = parse_lines(&bytes, starts, swapped, LINES);
            assert_int_equal(record->state, RECORD_DAMAGED);
            assert_int_equal(record->damaged_row, line + 1);
            record_free(record);
        }
    }
    buffer_free(&bytes);
}

/* A row changed with its own sum made right again: the next row no longer follows from it. */
static void test_a_changed_row_with_a_new_sum_breaks_the_next(void **state) {
    struct buffer bytes = {0};
    size_t starts[8];
    sample_bytes(&bytes, 6, true);
    line_starts(&bytes, starts);
    struct record *record = must_parse(&bytes);
    char *row = bytes.bytes + starts[3], *end = bytes.bytes + starts[4];
    struct buffer summed = {0};
    char hex[HASH_HEX_SIZE];
    buffer_add(&summed, row - 18, 16); /* the sum of the row before */
    *(char *)memmem(row, (size_t)(end - row), "reply-1", 7) = 'R';
    buffer_add(&summed, row, (size_t)(end - row) - 19);
    hash_sha256(summed.bytes, summed.length, hex);
    memcpy(end - 18, hex, 16);
    record_free(record);
    record = must_parse(&bytes);
    assert_int_equal(record->state, RECORD_DAMAGED);
    assert_int_equal(record->damaged_row, 5);
    assert_non_null(strstr(record->damage, "or the one before it"));
    record_free(record);
    buffer_free(&summed);
    buffer_free(&bytes);
}

static void test_what_other_programs_do_to_a_record_is_said(void **state) {
    struct buffer bytes = {0}, changed = {0};
    sample_bytes(&bytes, 3, true);
    buffer_add_text(&changed, "\xEF\xBB\xBF");
    buffer_add(&changed, bytes.bytes, bytes.length);
    struct record *record = must_parse(&changed);
    assert_int_equal(record->state, RECORD_DAMAGED);
    assert_int_equal(record->damaged_row, 1);
    assert_non_null(strstr(record->damage, "spreadsheet"));
    record_free(record);

    buffer_clear(&changed);
    buffer_add_text(&changed, "row,t_ms,seat,kind,node,ref,text,data,sum\n2,0,0,opened,,,,,1e5\n");
    record = must_parse(&changed);
    assert_non_null(strstr(record->damage, "spreadsheet"));
    record_free(record);

    buffer_clear(&changed);
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.bytes[i] == '\n')
            buffer_add_byte(&changed, '\r');
        buffer_add_byte(&changed, bytes.bytes[i]);
    }
    record = must_parse(&changed);
    assert_non_null(strstr(record->damage, "CR LF"));
    record_free(record);
    buffer_free(&changed);
    buffer_free(&bytes);
}

static void test_what_is_no_record_is_refused(void **state) {
    static const char *const files[] = {"{}", "a,b,c\n1,2,3\n", "\"row\"\n\"2\"\n", "\n", "PK\3\4"};
    struct error error;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        error.text[0] = 0;
        assert_null(record_parse("x", files[i], strlen(files[i]), &error));
        assert_non_null(strstr(error.text, "no record"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_nothing_may_stand_behind_the_closing_row),
        cmocka_unit_test(test_every_flip_is_named),
        cmocka_unit_test(test_dropped_doubled_and_swapped_rows_are_named),
        cmocka_unit_test(test_a_changed_row_with_a_new_sum_breaks_the_next),
        cmocka_unit_test(test_what_other_programs_do_to_a_record_is_said),
        cmocka_unit_test(test_what_is_no_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
