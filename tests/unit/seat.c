/* What a seat owes the record: text that can be kept, and a closing that can be gone on with. */
#include "seat/seat.h"
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

static struct seat *open_seat(const char *data) {
    struct seat_start start = {.scenario = scenario,
                               .data = data,
                               .trainee = "t1",
                               .mode = MODE_PRACTISE,
                               .language = LANGUAGE_EN,
                               .seed = 1,
                               .start_utc_s = SAMPLE_START};
    struct error error;
    struct seat *seat = seat_open(&start, &error);
    if (!seat)
        fail_msg("%s", error.text);
    return seat;
}

static void hang_up(struct seat *seat) {
    enum call_refusal refusal;
    assert_int_equal(seat_do(seat, 2000, EVENT_END, &refusal, NULL), SEAT_DONE);
}

static void assert_verified(const char *path) {
    struct record_verdict verdict;
    struct record *record = record_read(path, NULL);
    assert_non_null(record);
    record_verify(record, scenario, &verdict);
    if (!verdict.ok)
        fail_msg("%s", verdict.text);
    record_free(record);
}

/* A terminal in another encoding: what can be read is, the rest is seen to have been there. */
static void bytes_that_are_no_text_are_kept_as_such(void **state) {
    char *data = new_folder();
    struct seat *seat = open_seat(data);
    enum call_refusal refusal;
    struct error error = {0};
    if (seat_type(seat, 1000, "good morning \xc4\xe3!", 16, &refusal, &error) != SEAT_DONE)
        fail_msg("%s", error.text);
    hang_up(seat);
    assert_int_equal(seat_close(seat, 3000, &error), SEAT_DONE);
    assert_verified(seat_record_path(seat));
    struct record *record = record_read(seat_record_path(seat), NULL);
    assert_string_equal(record->rows[1].text, "good morning \xef\xbf\xbd\xef\xbf\xbd!");
    record_free(record);
    seat_free(seat);
    remove_folder(data);
}

/* Stopped between the closing row and the renaming, whether by a name in the way or by a kill. */
static void closing_is_finished_later(void **state) {
    char *data = new_folder();
    struct seat *seat = open_seat(data);
    struct buffer squat = {0};
    struct error error = {0};
    const char *path = seat_record_path(seat);
    buffer_printf(&squat, "%.*s.csv", (int)(strlen(path) - strlen(".open")), path);
    assert_true(file_replace(squat.bytes, "x", 1, &error));
    hang_up(seat);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(seat_close(seat, 3000, &error), SEAT_FAILED);
        assert_false(seat_closed(seat));
    }
    char *open = memory_text(seat_record_path(seat));
    seat_free(seat);
    assert_int_equal(unlink(squat.bytes), 0);
    seat = seat_resume(data, open, NULL, NULL, NULL, &error);
    if (!seat)
        fail_msg("%s", error.text);
    assert_true(seat_closed(seat));
    assert_string_equal(seat_record_path(seat), squat.bytes);
    assert_int_equal(seat_close(seat, 0, &error), SEAT_DONE);
    assert_verified(squat.bytes);
    seat_free(seat);
    buffer_free(&squat);
    free(open);
    remove_folder(data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_that_are_no_text_are_kept_as_such),
        cmocka_unit_test(closing_is_finished_later),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
