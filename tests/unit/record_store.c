/* The folder: finished calls told from their two ends, unfinished ones offered, bundles kept once.
 */
#include <fcntl.h>
#include <sys/wait.h>

#include "record_call.h"

static struct scenario *scenario;

static int set_up(void **state) {
    scenario = call_script("");
    return 0;
}

static int tear_down(void **state) {
    scenario_free(scenario);
    return 0;
}

static void play(const char *data, const char *name, const char *start) {
    struct trainee trainee;
    trainee_open(&trainee, scenario, data, name, start);
    trainee_play(&trainee);
    trainee_free(&trainee);
}

static void put_file(const char *data, const char *name, const void *bytes, size_t length) {
    struct buffer path = {0};
    struct error error;
    file_join(&path, data, name);
    if (!file_replace(path.bytes, bytes, length, &error))
        fail_msg("%s", error.text);
    buffer_free(&path);
}

static void history_tells_finished_calls(void **state) {
    char *data = new_folder();
    struct record_summary *summaries;
    size_t count, unreadable;
    struct error error;
    assert_true(record_history(data, &summaries, &count, &unreadable, &error));
    assert_int_equal(count, 0);
    play(data, "小王", "2026-01-31T08:30:02Z");
    play(data, "t\"1", "2026-01-31T08:30:01Z");
    struct record_writer *writer = start_record(data); /* unfinished: no history */
    append_rows(writer, 0, 1);
    record_abandon(writer);
    put_file(data, "records/2026-01-31/000000-bad.csv", "x", 1);
    put_file(data, "records/notes.csv", "x", 1);
    assert_true(record_history(data, &summaries, &count, &unreadable, &error));
    assert_int_equal(count, 2);
    assert_int_equal(unreadable, 1);
    assert_string_equal(summaries[0].trainee, "t\"1");
    assert_string_equal(summaries[1].trainee, "小王");
    assert_string_equal(summaries[1].start, "2026-01-31T08:30:02Z");
    assert_string_equal(summaries[1].scenario_id, "short");
    assert_int_equal(summaries[1].mode, MODE_PRACTISE);
    assert_int_equal(summaries[1].language, LANGUAGE_EN);
    assert_int_equal(summaries[1].outcome, OUTCOME_RESOLVED);
    assert_int_equal(summaries[1].t_ms, 171000);
    struct record *record = record_read(summaries[1].path, &error);
    assert_non_null(record);
    struct record_fold fold;
    uint32_t bad_row;
    assert_true(record_refold(record, scenario, &fold, NULL, NULL, &bad_row, &error));
    assert_int_equal(summaries[1].q_tenths, fold.scorecard->q_tenths);
    assert_int_equal(summaries[1].pass, fold.scorecard->pass);
    record_fold_free(&fold);
    record_free(record);
    record_history_free(summaries, count);
    remove_folder(data);
}

/* Rows longer than what is read at first, at both ends. */
static void history_reads_long_rows(void **state) {
    char *data = new_folder();
    struct buffer name = {0};
    struct record_summary *summaries;
    size_t count, unreadable;
    buffer_add_repeated(&name, 'n', 30000);
    play(data, name.bytes, "2026-01-31T08:30:00Z");
    assert_true(record_history(data, &summaries, &count, &unreadable, NULL));
    assert_int_equal(count, 1);
    assert_int_equal(strlen(summaries[0].trainee), 30000);
    record_history_free(summaries, count);
    buffer_free(&name);
    remove_folder(data);
}

/* A flip in either end is seen, though only the ends are read. */
static void history_checks_the_sums_it_reads(void **state) {
    char *data = new_folder();
    struct record_summary *summaries;
    size_t count, unreadable;
    struct buffer bytes = {0};
    play(data, "t1", "2026-01-31T08:30:00Z");
    assert_true(record_history(data, &summaries, &count, &unreadable, NULL));
    char *path = memory_text(summaries[0].path);
    record_history_free(summaries, count);
    assert_true(file_read(path, 1 << 20, &bytes, NULL));
    const size_t places[] = {80, bytes.length - 60, bytes.length - 5};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bytes.bytes[places[i]] ^= 1;
        assert_true(file_replace(path, bytes.bytes, bytes.length, NULL));
        bytes.bytes[places[i]] ^= 1;
        assert_true(record_history(data, &summaries, &count, &unreadable, NULL));
        assert_int_equal(count, 0);
        assert_int_equal(unreadable, 1);
    }
    buffer_free(&bytes);
    free(path);
    remove_folder(data);
}

static void unfinished_calls_are_offered(void **state) {
    char *data = new_folder();
    char **paths;
    size_t count;
    struct error error;
    struct trainee held, left;
    struct buffer trap = {0};
    trainee_open(&left, scenario, data, "t1", "2026-01-31T08:30:00Z");
    trainee_open(&held, scenario, data, "t1", "2026-01-31T08:31:00Z");
    play(data, "t1", "2026-01-31T08:32:00Z");
    record_abandon(left.writer);
    left.writer = NULL;
    record_abandon(start_record(data)); /* holds no call: nothing to go on with */
    file_join(&trap, data, "records/2026-01-31/000000-trap.open");
    assert_int_equal(mkfifo(trap.bytes, 0600), 0);
    alarm(5);
    assert_true(record_unfinished(data, &paths, &count, &error));
    alarm(0);
    assert_int_equal(count, 1); /* the held one is being played in this process */
    assert_string_equal(paths[0], left.path);
    file_list_free(paths, count);
    record_abandon(held.writer);
    held.writer = NULL;
    assert_true(record_unfinished(data, &paths, &count, &error));
    assert_int_equal(count, 2);
    assert_true(strcmp(paths[0], paths[1]) > 0);
    file_list_free(paths, count);
    buffer_free(&trap);
    trainee_free(&left);
    trainee_free(&held);
    remove_folder(data);
}

/* Killed between the closing row and the renaming: only that is left to do. */
static void a_closed_record_is_only_renamed(void **state) {
    char *data = new_folder();
    struct record_writer *writer = start_record(data);
    struct record_row row = sample_row(1, true);
    struct record *record;
    struct error error;
    append_rows(writer, 0, 1);
    assert_true(record_append(writer, &row, &error));
    char *path = memory_text(record_writer_path(writer));
    record_abandon(writer);
    writer = record_reopen(path, &record, NULL, &error);
    assert_non_null(writer);
    assert_int_equal(record->state, RECORD_COMPLETE);
    assert_false(record_append(writer, &row, &error));
    assert_non_null(strstr(error.text, "closed"));
    assert_true(record_close(writer, &error));
    assert_false(file_exists(path));
    record_free(record);
    free(path);
    remove_folder(data);
}

static void bundles_are_kept_once_and_checked(void **state) {
    char *data = new_folder();
    struct buffer bundle = {0}, read = {0}, path = {0};
    const char *hash = scenario_hash(scenario);
    struct error error;
    scenario_bundle(scenario, &bundle);
    for (int i = 0; i < 2; i++)
        assert_true(record_keep_bundle(data, hash, bundle.bytes, bundle.length, &error));
    assert_true(record_read_bundle(data, hash, &read, &error));
    assert_int_equal(read.length, bundle.length);
    assert_memory_equal(read.bytes, bundle.bytes, bundle.length);
    buffer_printf(&path, "bundles/%s.json", hash);
    put_file(data, path.bytes, "{}", 2);
    assert_false(record_read_bundle(data, hash, &read, &error));
    assert_non_null(strstr(error.text, "changed"));
    assert_true(record_keep_bundle(data, hash, bundle.bytes, bundle.length, &error));
    assert_true(record_read_bundle(data, hash, &read, &error));
    assert_false(record_read_bundle(data, "../../etc/passwd", &read, &error));
    assert_false(record_read_bundle(data, "", &read, &error));
    buffer_free(&bundle);
    buffer_free(&read);
    buffer_free(&path);
    remove_folder(data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_tells_finished_calls),
        cmocka_unit_test(history_reads_long_rows),
        cmocka_unit_test(history_checks_the_sums_it_reads),
        cmocka_unit_test(unfinished_calls_are_offered),
        cmocka_unit_test(a_closed_record_is_only_renamed),
        cmocka_unit_test(bundles_are_kept_once_and_checked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
