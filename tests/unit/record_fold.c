/* Calls in rows: the fold of a record is the call that was played; verify names any row that says
 * something else. */
#include "record/rows.h"
#include "record_call.h"

static struct scenario *scenario;
static char *folder;

static int set_up(void **state) {
    scenario = call_script("");
    folder = new_folder();
    return 0;
}

static int tear_down(void **state) {
    scenario_free(scenario);
    remove_folder(folder);
    return 0;
}

static struct record *must_read(const char *path) {
    struct error error;
    struct record *record = record_read(path, &error);
    if (!record)
        fail_msg("%s", error.text);
    return record;
}

/* The record of a whole played call, and the state it ended in. */
static struct record *played(char digest[17], int32_t *q_tenths) {
    struct trainee trainee;
    trainee_open(&trainee, scenario, folder, "小王", "2026-01-31T08:30:00Z");
    trainee_play(&trainee);
    struct record *record = must_read(trainee.path);
    if (digest)
        call_digest(trainee.call, digest);
    if (q_tenths)
        *q_tenths = trainee.scorecard->q_tenths;
    assert_int_equal(record->state, RECORD_COMPLETE);
    trainee_free(&trainee);
    return record;
}

static void count_kind(void *user, const struct record_row *row, const struct event *event,
                       const struct call_outcome *outcome, const struct record_fold *fold) {
    uint32_t *kinds = user;
    assert_string_equal(row->kind, event_kind_word(event->kind));
    assert_int_equal(event->t_ms, row->t_ms);
    kinds[event->kind]++;
}

static void the_fold_of_a_record_is_the_call(void **state) {
    char live[17], folded[17];
    int32_t q;
    uint32_t kinds[EVENT_KIND_COUNT] = {0}, bad_row;
    struct record_fold fold;
    struct error error;
    struct record *record = played(live, &q);
    if (!record_refold(record, scenario, &fold, count_kind, kinds, &bad_row, &error))
        fail_msg("row %u: %s", bad_row, error.text);
    call_digest(fold.call, folded);
    assert_string_equal(live, folded);
    assert_int_equal(fold.scorecard->q_tenths, q);
    /* skip and end have a test of their own; the desk's kinds are in calls that have one */
    static const enum event_kind wanted[] = {EVENT_OPENED,  EVENT_REPLY,   EVENT_TYPED,
                                             EVENT_SILENCE, EVENT_HOLD,    EVENT_RESUME,
                                             EVENT_GAP,     EVENT_REFUSED, EVENT_CLOSED};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!kinds[wanted[i]])
            fail_msg("the call has no row of kind %s", event_kind_word(wanted[i]));
    record_fold_free(&fold);
    record_free(record);
}

static struct record_verdict verdict_of(const struct record *record) {
    struct record_verdict verdict;
    record_verify(record, scenario, &verdict);
    assert_true(verdict.text[0]);
    return verdict;
}

static void verify_accepts_what_was_played(void **state) {
    struct record *record = played(NULL, NULL);
    struct record_verdict verdict = verdict_of(record);
    if (!verdict.ok)
        fail_msg("%s", verdict.text);
    assert_true(verdict.complete);
    assert_false(verdict.rules_differ);
    assert_int_equal(verdict.bad_row, 0);
    record_free(record);
}

/* Skip and end are rows too. */
static void skipped_and_abandoned_calls_verify(void **state) {
    struct trainee trainee;
    trainee_open(&trainee, scenario, folder, "t1", "2026-01-31T08:30:00Z");
    trainee_do(&trainee, EVENT_SKIP, 1000, STAGE_DIAGNOSIS);
    trainee_say(&trainee, "grunt", 1000);
    trainee_do(&trainee, EVENT_END, 2000, 0);
    trainee_close(&trainee, 3000);
    struct record *record = must_read(trainee.path);
    struct record_verdict verdict = verdict_of(record);
    if (!verdict.ok)
        fail_msg("%s", verdict.text);
    record_free(record);
    trainee_free(&trainee);
}

/* ---- forged records: a row changed and the whole chain made right again ---- */

typedef void forge(struct record_row *row);

/* The record with row `number` changed by `change` and all sums after it made anew. */
static struct record *forged(const struct record *record, uint32_t number, forge *change) {
    struct row_writer writer = {0};
    struct buffer bytes = {0};
    char previous[RECORD_SUM] = "";
    struct error error;
    buffer_add_text(&bytes, RECORD_HEADER);
    for (size_t i = 0; i < record->count; i++) {
        struct record_row row = record->rows[i];
        if (row.row == number)
            change(&row);
        if (!row_write(&writer, &row, previous, &error))
            fail_msg("%s", error.text);
        buffer_add(&bytes, writer.bytes.bytes + writer.start, writer.bytes.length - writer.start);
        memcpy(previous, writer.sum, sizeof previous);
    }
    struct record *made = must_parse(&bytes);
    assert_int_equal(made->state, record->state);
    buffer_free(&bytes);
    row_writer_free(&writer);
    return made;
}

static void change_node(struct record_row *row) {
    row->node = strcmp(row->node, "after") ? "after" : "look";
}
static void change_ref(struct record_row *row) {
    row->ref = strcmp(row->ref, "since") ? "since" : "fix";
}
static void change_data(struct record_row *row) {
    row->data = *row->data ? "{}" : "{\"a\":1}";
}
static void change_time(struct record_row *row) {
    row->t_ms += 7;
}
static void change_text(struct record_row *row) {
    row->text = "Good evening, since when is it broken?";
    row->text_length = strlen(row->text);
}

/* Only a person can know whether a gap or a refused reply said what it says. */
static bool is_free_text(const struct record_row *row) {
    return !strcmp(row->kind, "gap") || !strcmp(row->kind, "refused");
}

static void every_forged_row_is_named(void **state) {
    static forge *const changes[] = {change_node, change_ref, change_data, change_text};
    struct record *record = played(NULL, NULL);
    for (uint32_t row = 2; row <= record->count + 1; row++)
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
            if (changes[i] == change_text && is_free_text(&record->rows[row - 2]))
                continue;
            struct record *made = forged(record, row, changes[i]);
            struct record_verdict verdict = verdict_of(made);
            if (verdict.ok || verdict.bad_row != row)
                fail_msg("row %u (%s) change %zu: %s", row, record->rows[row - 2].kind, i,
                         verdict.text);
            record_free(made);
        }
    record_free(record);
}

/* A changed time shows where it moves something: a timer, or when a point was earned. */
static void a_forged_time_is_found_where_it_matters(void **state) {
    struct record *record = played(NULL, NULL);
    uint32_t found = 0;
    for (uint32_t row = 2; row <= record->count; row++) {
        struct record *made = forged(record, row, change_time);
        struct record_verdict verdict = verdict_of(made);
        const char *kind = record->rows[row - 2].kind;
        found += !verdict.ok;
        if (verdict.ok &&
            (!strcmp(kind, "opened") || !strcmp(kind, "silence") || !strcmp(kind, "typed")))
            fail_msg("row %u (%s): %s", row, kind, verdict.text);
        assert_true(verdict.ok || verdict.bad_row >= row);
        record_free(made);
    }
    assert_true(found >= 5);
    record_free(record);
}

/* Puts `put` for the first `taken` in the data of a row. */
static const char *taken, *put;
static char edited[4096];
static void edit_data(struct record_row *row) {
    const char *at = strstr(row->data, taken);
    if (!at)
        fail_msg("row %u has no %s in %s", row->row, taken, row->data);
    snprintf(edited, sizeof edited, "%.*s%s%s", (int)(at - row->data), row->data, put,
             at + strlen(taken));
    row->data = edited;
}

static struct record *edited_record(const struct record *record, uint32_t row, const char *from,
                                    const char *to) {
    taken = from;
    put = to;
    return forged(record, row, edit_data);
}

static void a_forged_result_is_found(void **state) {
    static const struct {
        const char *from, *to, *says;
    } edits[] = {
        {"\"q\":", "\"q\":1", "(q)"},
        {"\"pass\":true", "\"pass\":false", "(pass)"},
        {"\"critical\":false", "\"critical\":true", "(critical)"},
        {"\"do\":\"MET\"", "\"do\":\"NOT\"", "(verdicts)"},
        {"\"solution\":", "\"solution\":1", "(stages)"},
        {"\"outcome\":\"resolved\"", "\"outcome\":\"escalated\"", "(outcome)"},
        {"\"digest\":\"", "\"digest\":\"0", "(digest)"},
    };
    struct record *record = played(NULL, NULL);
    uint32_t last = (uint32_t)record->count + 1;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct record *made = edited_record(record, last, edits[i].from, edits[i].to);
        struct record_verdict verdict = verdict_of(made);
        assert_false(verdict.ok);
        assert_int_equal(verdict.bad_row, last);
        if (!strstr(verdict.text, edits[i].says))
            fail_msg("%s instead of %s", verdict.text, edits[i].says);
        record_free(made);
    }
    record_free(record);
}

/* What the document says a chain can't see, so that the document stays true. */
static void a_forged_name_is_not_found(void **state) {
    struct record *record = played(NULL, NULL);
    struct record *made = edited_record(record, 2, "小王", "小李");
    assert_true(verdict_of(made).ok);
    assert_string_not_equal(made->head, record->head); /* but a kept head tells */
    record_free(made);
    record_free(record);
}

static uint32_t first_typed(const struct record *record) {
    for (size_t i = 0; i < record->count; i++)
        if (!strcmp(record->rows[i].kind, "typed"))
            return record->rows[i].row;
    fail_msg("no typed row");
    return 0;
}

/* Under the same rules a mark given away is found; under others it stands as recorded. */
static void marks_are_judged_again_only_under_their_rules(void **state) {
    struct record *record = played(NULL, NULL);
    char rules[32];
    uint32_t row = first_typed(record);
    snprintf(rules, sizeof rules, "\"rules\":%d", LANGUAGE_RULES_VERSION);
    struct record *made =
        edited_record(record, row, "\"verdict\":\"MET\"", "\"verdict\":\"PARTIAL\"");
    struct record_verdict verdict = verdict_of(made);
    assert_int_equal(verdict.bad_row, row);
    assert_non_null(strstr(verdict.text, "points"));
    record_free(made);
    made = edited_record(record, 2, rules, "\"rules\":99");
    verdict = verdict_of(made);
    assert_true(verdict.ok && verdict.rules_differ);
    assert_non_null(strstr(verdict.text, "rules 99"));
    record_free(made);
    record_free(record);
}

/* A record is outside text: whatever it says, it is refused with a reason and touches nothing. */
static void hostile_rows_are_refused(void **state) {
    static const struct {
        const char *from, *to;
    } edits[] = {
        {"\"spans\":[[0", "\"spans\":[[4000000000"},
        {"\"spans\":[[0", "\"spans\":[[-1"},
        {"\"spans\":[[0", "\"spans\":[[0.5"},
        {"\"spans\":[", "\"spans\":[[0,1,2],"},
        {"\"spans\":[", "\"spans\":[[9,1],"},
        {"\"spans\":[", "\"spans\":{},\"x\":["},
        {"\"spans\":[", "\"spans\":[[0,1],[0,1],[0,1],[0,1],[0,1],"},
        {"\"id\":\"greet\"", "\"id\":\"nobody\""},
        {"\"id\":\"greet\"", "\"id\":7"},
        {"\"verdict\":\"MET\"", "\"verdict\":\"NOT\""},
        {"\"verdict\":\"MET\"", "\"verdict\":true"},
        {"\"route\":\"", "\"route\":\"x"},
        {"{", "[{"},
        {"{", "{\"route\":\"rule\","},
        {"}", "\\u0000}"},
    };
    struct record *record = played(NULL, NULL);
    uint32_t row = first_typed(record);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct record *made = edited_record(record, row, edits[i].from, edits[i].to);
        struct record_fold fold;
        struct error error = {0};
        uint32_t bad_row = 0;
        if (record_refold(made, scenario, &fold, NULL, NULL, &bad_row, &error))
            fail_msg("%s was taken", edits[i].to);
        assert_int_equal(bad_row, row);
        assert_true(error.text[0]);
        record_fold_free(&fold);
        record_free(made);
    }
    record_free(record);
}

static void hostile_openings_are_refused(void **state) {
    static const struct {
        const char *from, *to;
    } edits[] = {
        {"\"seed\":\"", "\"seed\":\"-"},
        {"\"seed\":\"", "\"seed\":\"9999"},
        {"\"mode\":\"", "\"mode\":\"x"},
        {"\"lang\":\"en\"", "\"lang\":\"zh_CN\""},
        {"\"start\":\"", "\"start\":\"long before "},
        {"\"trainee\":\"", "\"trainee\":3,\"x\":\""},
        {"\"version\":3", "\"version\":3.5"},
        {"\"plays\":2", "\"plays\":-2"},
        {"\"bundle\":", "\"trainee\":"},
    };
    struct record *record = played(NULL, NULL);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct record *made = edited_record(record, 2, edits[i].from, edits[i].to);
        struct record_verdict verdict = verdict_of(made);
        if (verdict.ok || verdict.bad_row != 2)
            fail_msg("%s: %s", edits[i].to, verdict.text);
        record_free(made);
    }
    record_free(record);
}

/* ---- unfinished, torn, damaged; another script ---- */

static void verify_says_what_is_missing(void **state) {
    struct record *record = played(NULL, NULL);
    struct buffer bytes = {0};
    assert_true(file_read(record->path, 1 << 20, &bytes, NULL));
    size_t lines[3] = {0}, at = bytes.length;
    for (int i = 0; i < 3; i++) /* starts of the last three lines */
        lines[i] = at = (size_t)((char *)memrchr(bytes.bytes, '\n', at - 1) - bytes.bytes) + 1,
        at = lines[i];
    bytes.length = lines[0];
    struct record *cut = must_parse(&bytes);
    struct record_verdict verdict = verdict_of(cut);
    assert_false(verdict.ok || verdict.complete);
    assert_non_null(strstr(verdict.text, "Not closed"));
    record_free(cut);
    bytes.length = lines[0] - 5;
    cut = must_parse(&bytes);
    verdict = verdict_of(cut);
    assert_non_null(strstr(verdict.text, "Torn"));
    assert_int_equal(verdict.bad_row, record->count);
    record_free(cut);
    bytes.bytes[lines[1] + 8] ^= 1;
    bytes.length = lines[0];
    cut = must_parse(&bytes);
    verdict = verdict_of(cut);
    assert_non_null(strstr(verdict.text, "Damaged"));
    assert_int_equal(verdict.bad_row, record->count);
    struct record_verdict alone;
    record_verify(cut, NULL, &alone);
    assert_int_equal(alone.bad_row, verdict.bad_row);
    record_free(cut);
    record_free(record);
    buffer_free(&bytes);
}

/* Trap "position-based ids": an option put in at the top; the old record still folds to its marks.
 */
static void an_option_inserted_at_the_top_changes_nothing(void **state) {
    struct scenario *grown = call_script("{\"id\":\"new\",\"says\":\"A new one\"},");
    int32_t q;
    uint32_t bad_row;
    struct record_fold fold;
    struct record_verdict verdict;
    struct error error;
    struct record *record = played(NULL, &q);
    if (!record_refold(record, grown, &fold, NULL, NULL, &bad_row, &error))
        fail_msg("row %u: %s", bad_row, error.text);
    assert_int_equal(fold.scorecard->q_tenths, q);
    record_fold_free(&fold);
    record_verify(record, grown, &verdict); /* but it says that this is another script */
    assert_false(verdict.ok);
    assert_non_null(strstr(verdict.text, "another version"));
    record_free(record);
    scenario_free(grown);
}

/* Cut after any row and gone on with there, the call ends as it would have. */
static void a_call_cut_after_any_row_goes_on(void **state) {
    char live[17], resumed[17];
    struct record *record = played(live, NULL);
    for (size_t rows = 1; rows < record->count; rows++) {
        struct record part = *record;
        struct record_fold fold;
        uint32_t bad_row;
        part.count = rows;
        part.state = RECORD_NOT_CLOSED;
        assert_true(record_refold(&part, scenario, &fold, NULL, NULL, &bad_row, NULL));
        for (size_t i = rows; i < record->count; i++) {
            struct event event;
            struct judgement judgement;
            assert_true(
                record_event_from_row(fold.call, &record->rows[i], &event, &judgement, NULL));
            if (event.kind == EVENT_REFUSED)
                continue;
            assert_int_equal(call_allows(fold.call, &event), CALL_ALLOWED);
            call_apply(fold.call, &event, NULL);
        }
        call_digest(fold.call, resumed);
        assert_string_equal(live, resumed);
        record_fold_free(&fold);
    }
    record_free(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fold_of_a_record_is_the_call),
        cmocka_unit_test(verify_accepts_what_was_played),
        cmocka_unit_test(skipped_and_abandoned_calls_verify),
        cmocka_unit_test(every_forged_row_is_named),
        cmocka_unit_test(a_forged_time_is_found_where_it_matters),
        cmocka_unit_test(a_forged_result_is_found),
        cmocka_unit_test(a_forged_name_is_not_found),
        cmocka_unit_test(marks_are_judged_again_only_under_their_rules),
        cmocka_unit_test(hostile_rows_are_refused),
        cmocka_unit_test(hostile_openings_are_refused),
        cmocka_unit_test(verify_says_what_is_missing),
        cmocka_unit_test(an_option_inserted_at_the_top_changes_nothing),
        cmocka_unit_test(a_call_cut_after_any_row_goes_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
