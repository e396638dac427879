/* Row 161: two seats in the fold. Whose turn it is, what does not come by itself, who rates whom.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scorecard/scorecard.h"
#include "script.h"

static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"pair\",\"version\":1,\"title\":\"T\",\"summary\":"
    "\"S\",\"level\":\"basic\",\"module\":\"complaint\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"hello\"]}],"
    "\"points\":[{\"id\":\"hello\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,"
    "\"text\":\"greet\"},{\"id\":\"plan\",\"action\":\"plan\",\"dimension\":\"S\",\"weight\":1,"
    "\"text\":\"a plan\"}],\"required\":[\"hello\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"none\",\"mood\":0,\"patience\":50,\"card\":[]},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
    "\"hang_up\":\"gone\",\"start\":\"hi\",\"nodes\":["
    "{\"id\":\"hi\",\"stage\":\"intake\",\"accepts\":\"choice\",\"says\":[\"It broke\"],"
    "\"silence\":[{\"after_s\":10,\"patience\":-20,\"answers\":[\"Hello?\"]}],"
    "\"replies\":[{\"id\":\"hello\",\"says\":\"Hello\",\"marks\":{\"hello\":1},\"to\":\"fix\"}]},"
    "{\"id\":\"fix\",\"stage\":\"solution\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"offer\",\"says\":\"A new one?\",\"marks\":{\"plan\":1},\"to\":\"good\"}]}],"
    "\"endings\":[{\"id\":\"good\",\"outcome\":\"resolved\",\"text\":\"ok\"},"
    "{\"id\":\"gone\",\"outcome\":\"abandoned\",\"text\":\"gone\"}]}";

static struct scenario *scenario;

static int load(void **state) {
    scenario = script_load(script);
    return scenario ? 0 : -1;
}

static int unload(void **state) {
    scenario_free(scenario);
    return 0;
}

static struct call_view view_of(const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    return view;
}

static struct call *open_two(enum mode mode) {
    struct call *call = call_new(scenario);
    struct event opened = {
        .kind = EVENT_OPENED, .mode = mode, .language = LANGUAGE_EN, .seed = 7, .seats = 2};
    call_apply(call, &opened, NULL);
    return call;
}

static enum call_refusal try_it(struct call *call, enum event_kind kind, uint32_t seat,
                                int64_t t_ms, uint32_t ref, const char *text) {
    struct event event = {.kind = kind,
                          .seat = seat,
                          .t_ms = t_ms,
                          .node = script_node(call),
                          .ref = ref,
                          .text = text,
                          .length = text ? strlen(text) : 0};
    enum call_refusal refusal = call_allows(call, &event);
    if (refusal == CALL_ALLOWED)
        call_apply(call, &event, NULL);
    return refusal;
}

static void test_turns(void **state) {
    struct call *call = open_two(MODE_PRACTISE);
    assert_true(view_of(call).two_seats);
    assert_true(view_of(call).customers_turn);
    assert_int_equal(try_it(call, EVENT_SAID, SEAT_CUSTOMER, 0, 0, " "), CALL_EMPTY);
    assert_int_equal(try_it(call, EVENT_SAID, SEAT_AGENT, 0, 0, "Hm"), CALL_WRONG_MODE);
    assert_int_equal(try_it(call, EVENT_SAID, SEAT_CUSTOMER, 0, 0, "It broke!"), CALL_ALLOWED);
    assert_false(view_of(call).customers_turn);
    assert_int_equal(script_say(call, "hello", 5000, NULL), CALL_ALLOWED);
    assert_true(view_of(call).customers_turn);
    assert_int_equal(script_say(call, "offer", 6000, NULL), CALL_ALLOWED);
    assert_true(view_of(call).ended);
    assert_false(view_of(call).customers_turn);
    free(call);
}

static void test_one_seat_has_none_of_it(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    assert_false(view_of(call).two_seats);
    assert_false(view_of(call).customers_turn);
    assert_int_equal(try_it(call, EVENT_SAID, SEAT_CUSTOMER, 0, 0, "It broke!"), CALL_WRONG_MODE);
    assert_int_equal(try_it(call, EVENT_END, 0, 0, 0, NULL), CALL_ALLOWED);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_AGENT, 0, 3, NULL), CALL_WRONG_MODE);
    free(call);
}

/* With one seat the customer speaks up after 10 s; with two only his player makes him. */
static void test_no_timer(void **state) {
    struct call *alone = script_open(scenario, MODE_PRACTISE), *call = open_two(MODE_PRACTISE);
    struct event due;
    uint32_t step = 9;
    assert_int_equal(call_next_due(alone), 10000);
    assert_int_equal(call_next_due(call), -1);
    assert_false(call_due(call, 1000000, &due));
    assert_true(call_silence_step(call, &step));
    assert_int_equal(step, 0);
    assert_int_equal(try_it(call, EVENT_SILENCE, 0, 3000, 0, NULL), CALL_NOTHING_LEFT);
    assert_int_equal(try_it(call, EVENT_SILENCE, SEAT_CUSTOMER, 3000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(view_of(call).patience, 30);
    assert_false(call_silence_step(call, &step));
    assert_int_equal(try_it(call, EVENT_SILENCE, SEAT_CUSTOMER, 4000, 1, NULL), CALL_NOTHING_LEFT);
    free(alone);
    free(call);
}

/* 1 to 5, when the talk is over and before the call is closed; the last word of each holds. */
static void test_rating(void **state) {
    struct call *call = open_two(MODE_PRACTISE);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_CUSTOMER, 0, 4, NULL), CALL_WRONG_PHASE);
    assert_int_equal(try_it(call, EVENT_END, SEAT_AGENT, 0, 0, NULL), CALL_ALLOWED);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_CUSTOMER, 0, 0, NULL), CALL_NO_SUCH_VALUE);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_CUSTOMER, 0, 6, NULL), CALL_NO_SUCH_VALUE);
    assert_int_equal(try_it(call, EVENT_RATED, 0, 0, 3, NULL), CALL_WRONG_MODE);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_CUSTOMER, 0, 1, NULL), CALL_ALLOWED);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_AGENT, 0, 5, NULL), CALL_ALLOWED);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_CUSTOMER, 0, 4, NULL), CALL_ALLOWED);
    assert_int_equal(view_of(call).rated_agent, 4);
    assert_int_equal(view_of(call).rated_customer, 5);
    assert_int_equal(try_it(call, EVENT_CLOSED, 0, 0, 0, NULL), CALL_ALLOWED);
    assert_int_equal(try_it(call, EVENT_RATED, SEAT_AGENT, 0, 3, NULL), CALL_CLOSED);
    free(call);
}

/* What is taken back was the agent's: the keyboard is with him again. */
static void test_taking_back(void **state) {
    struct call *call = open_two(MODE_LEARN);
    try_it(call, EVENT_SAID, SEAT_CUSTOMER, 0, 0, "It broke!");
    assert_int_equal(script_say(call, "hello", 1000, NULL), CALL_ALLOWED);
    assert_true(view_of(call).customers_turn);
    assert_int_equal(try_it(call, EVENT_UNDO, SEAT_AGENT, 2000, 1, NULL), CALL_ALLOWED);
    assert_false(view_of(call).customers_turn);
    free(call);
}

static void test_digest(void **state) {
    struct call *alone = script_open(scenario, MODE_PRACTISE), *call = open_two(MODE_PRACTISE);
    char one[17], two[17], said[17];
    call_digest(alone, one);
    call_digest(call, two);
    assert_string_not_equal(one, two);
    try_it(call, EVENT_SAID, SEAT_CUSTOMER, 0, 0, "It broke!");
    call_digest(call, said);
    assert_string_not_equal(two, said);
    free(alone);
    free(call);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns),       cmocka_unit_test(test_one_seat_has_none_of_it),
        cmocka_unit_test(test_no_timer),    cmocka_unit_test(test_rating),
        cmocka_unit_test(test_taking_back), cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
