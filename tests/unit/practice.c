/* The ways to practise and the case clock in the fold: rows 21, 73, 142-145, 162. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scorecard/scorecard.h"
#include "script.h"

/* A complaint with case targets: respond in 3 minutes, a plan in 30, closed in 24 hours. */
static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"case\",\"version\":1,\"title\":\"T\",\"summary\":"
    "\"S\","
    "\"level\":\"basic\",\"module\":\"complaint\",\"job\":\"after_sale\",\"minutes\":5,"
    "\"drill_s\":20,"
    "\"case\":{\"first_response_s\":180,\"first_plan_s\":1800,\"closure_s\":86400},"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"respond\"]}],"
    "\"points\":["
    "{\"id\":\"respond\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,\"kind\":"
    "\"timed\",\"within_s\":180,\"clock\":\"case\",\"text\":\"respond in 3 minutes\"},"
    "{\"id\":\"ask\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":2,\"text\":\"ask since "
    "when\",\"better\":\"Since when?\"},"
    "{\"id\":\"rude\",\"action\":\"gather\",\"dimension\":\"C\",\"weight\":1,\"kind\":\"negative\","
    "\"text\":\"not rude\"},"
    "{\"id\":\"plan\",\"action\":\"plan\",\"dimension\":\"S\",\"weight\":2,\"kind\":\"timed\","
    "\"within_s\":1800,\"clock\":\"case\",\"text\":\"a plan in 30 minutes\"},"
    "{\"id\":\"close\",\"action\":\"close\",\"dimension\":\"C\",\"weight\":1,\"kind\":\"timed\","
    "\"within_s\":86400,\"clock\":\"case\",\"text\":\"closed in 24 hours\"}],"
    "\"required\":[\"respond\",\"ask\",\"plan\",\"close\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":0,\"patience\":50,"
    "\"card\":[]},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
    "\"variables\":{\"asked\":0},\"hang_up\":\"gone\",\"start\":\"hi\",\"nodes\":["
    "{\"id\":\"hi\",\"stage\":\"intake\",\"accepts\":\"choice\",\"says\":[\"Nobody answers\"],"
    "\"replies\":[{\"id\":\"hello\",\"says\":\"Hello\",\"marks\":{\"respond\":1},\"to\":\"look\"},"
    "{\"id\":\"wait\",\"says\":\"Wait\"}],"
    "\"later\":[{\"after_s\":150,\"to\":\"hi\"},{\"after_s\":600,\"to\":\"hi\"}]},"
    "{\"id\":\"look\",\"stage\":\"diagnosis\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"since\",\"says\":\"Since when?\",\"mood\":10,\"set\":{\"asked\":\"asked + 1\"},"
    "\"marks\":{\"ask\":1},\"to\":\"plans\"},"
    "{\"id\":\"bark\",\"says\":\"So what?\",\"mood\":-30,\"patience\":-20,\"trips\":[\"rude\"],"
    "\"set\":{\"asked\":\"asked + 5\"},\"to\":\"hi\"},"
    "{\"id\":\"hm\",\"says\":\"Hm\",\"marks\":{\"ask\":0},\"to\":\"plans\"}]},"
    "{\"id\":\"plans\",\"stage\":\"solution\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"offer\",\"says\":\"We send one\",\"marks\":{\"plan\":1},\"to\":\"end\"}],"
    "\"later\":[{\"after_s\":1650,\"to\":\"plans\"}]},"
    "{\"id\":\"end\",\"stage\":\"follow_up\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"all-well\",\"says\":\"All well?\",\"marks\":{\"close\":1},\"to\":\"good\"}],"
    "\"later\":[{\"after_s\":84600,\"text\":\"a day\",\"if\":\"case_s < 84000\",\"to\":\"end\"}]}],"
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

static uint8_t halves(const struct call *call, const char *id) {
    return call_point(call, (uint32_t)scenario_point(scenario, id)).halves;
}

static void say(struct call *call, const char *id, int64_t t_ms) {
    assert_int_equal(script_say(call, id, t_ms, NULL), CALL_ALLOWED);
}

static void later(struct call *call, uint32_t step, int64_t t_ms) {
    assert_int_equal(script_do(call, EVENT_LATER, t_ms, step, NULL), CALL_ALLOWED);
}

/* ---- rows 142, 143, 144: 3 minutes, 30 minutes, 24 hours by the case clock ---- */

static uint8_t respond_after(int64_t t_ms) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    later(call, 0, 0);
    say(call, "hello", t_ms);
    uint8_t got = halves(call, "respond");
    free(call);
    return got;
}

static uint8_t plan_after(int64_t t_ms) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    say(call, "hello", 0);
    say(call, "since", 0);
    later(call, 0, 0);
    say(call, "offer", t_ms);
    uint8_t got = halves(call, "plan");
    free(call);
    return got;
}

static uint8_t close_after(int64_t t_ms) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    say(call, "hello", 0);
    say(call, "since", 0);
    later(call, 0, 0);
    say(call, "offer", 0);
    assert_int_equal(view_of(call).case_ms, 1650000);
    later(call, 0, 0);
    assert_int_equal(view_of(call).case_ms, 86250000);
    assert_int_equal(view_of(call).t_ms, 0); /* the call itself has not become longer */
    say(call, "all-well", t_ms);
    uint8_t got = halves(call, "close");
    free(call);
    return got;
}

static void case_limits(void **state) {
    assert_int_equal(respond_after(29900), 2);
    assert_int_equal(respond_after(30000), 2); /* 150 + 30 s: the limit itself is in time */
    assert_int_equal(respond_after(30001), 0);
    assert_int_equal(plan_after(150000), 2);
    assert_int_equal(plan_after(150001), 0);
    assert_int_equal(close_after(150000), 2);
    assert_int_equal(close_after(150001), 0);
}

/* A skip hangs on its condition, and leaves no trace in the digest of a call without one. */
static void skip_of_time(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    char before[17], after[17];
    call_digest(call, before);
    assert_int_equal(script_do(call, EVENT_LATER, 0, 2, NULL), CALL_NOTHING_LEFT);
    later(call, 1, 0);
    call_digest(call, after);
    assert_string_not_equal(before, after);
    assert_int_equal(view_of(call).case_ms, 600000);
    script_do(call, EVENT_LATER, 0, 1, NULL);
    say(call, "hello", 1000);
    assert_int_equal(script_do(call, EVENT_LATER, 1000, 0, NULL), CALL_NOTHING_LEFT);
    say(call, "since", 1000);
    say(call, "offer", 1000);
    uint32_t steps[4];
    assert_int_equal(call_later(call, steps, 4), 1);
    later(call, 0, 1000);
    assert_int_equal(call_later(call, steps, 4), 0); /* its condition is over */
    free(call);
}

/* ---- learn: undo ---- */

static void undo_brings_back(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN);
    say(call, "hello", 1000);
    struct call_view before = view_of(call);
    say(call, "bark", 5000);
    assert_int_equal(view_of(call).mood, -30);
    assert_int_equal(script_do(call, EVENT_UNDO, 9000, 1, NULL), CALL_ALLOWED);
    struct call_view after = view_of(call);
    assert_int_equal(after.node, before.node);
    assert_int_equal(after.mood, before.mood);
    assert_int_equal(after.patience, before.patience);
    assert_int_equal(after.undoable, 1);
    assert_int_equal(after.undone, 1);
    /* What stays: the clock, the turns, what was tripped. */
    assert_int_equal(after.t_ms, 9000);
    assert_int_equal(after.turns, 2);
    assert_int_equal(halves(call, "rude"), 0);
    /* Variables came back too: asked is 1 after asking, not 6. */
    say(call, "since", 10000);
    struct findings findings = {0};
    struct arena *arena = arena_new();
    struct expression *asked = expression_parse("asked == 1", scenario, arena, &findings);
    assert_non_null(asked);
    assert_true(call_holds(call, asked));
    arena_free(arena);
    free(call);
}

static void first_verdict_stays(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN);
    say(call, "hello", 1000);
    say(call, "hm", 2000);
    script_do(call, EVENT_UNDO, 3000, 1, NULL);
    say(call, "since", 4000);
    assert_int_equal(halves(call, "ask"), 0);
    free(call);
}

/* Eight replies can be taken back, no more, however many were given. */
static void ring_is_bounded(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN);
    for (int i = 0; i < 100; i++)
        say(call, "wait", 1000 * i);
    assert_int_equal(view_of(call).undoable, CALL_UNDO);
    assert_int_equal(script_do(call, EVENT_UNDO, 100000, CALL_UNDO + 1, NULL), CALL_NOTHING_LEFT);
    assert_int_equal(script_do(call, EVENT_UNDO, 100000, 0, NULL), CALL_NOTHING_LEFT);
    assert_int_equal(script_do(call, EVENT_UNDO, 100000, 3, NULL), CALL_ALLOWED);
    assert_int_equal(script_do(call, EVENT_UNDO, 100000, 5, NULL), CALL_ALLOWED);
    assert_int_equal(script_do(call, EVENT_UNDO, 100000, 1, NULL), CALL_NOTHING_LEFT);
    assert_int_equal(view_of(call).undone, CALL_UNDO);
    free(call);
}

/* A copy in a whole block can go back as its original can; one in call_size bytes can't. */
static void copies(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN), *whole = call_new(scenario);
    struct call *small = memory_new(call_size(scenario));
    say(call, "hello", 1000);
    say(call, "bark", 2000);
    call_copy(whole, call);
    call_copy(small, call);
    assert_int_equal(script_do(small, EVENT_UNDO, 3000, 1, NULL), CALL_NOTHING_LEFT);
    script_do(call, EVENT_UNDO, 3000, 2, NULL);
    assert_int_equal(script_do(whole, EVENT_UNDO, 3000, 2, NULL), CALL_ALLOWED);
    char a[17], b[17];
    call_digest(call, a);
    call_digest(whole, b);
    assert_string_equal(a, b);
    free(call);
    free(whole);
    free(small);
}

/* ---- learn: hints ---- */

static void hint_costs_half(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN);
    uint32_t ask = (uint32_t)scenario_point(scenario, "ask"), point, level;
    say(call, "hello", 1000);
    for (uint32_t wanted = 1; wanted <= 2; wanted++) {
        assert_true(call_hint(call, &point, &level));
        assert_int_equal(point, ask);
        assert_int_equal(level, wanted);
        struct event hint = {.kind = EVENT_HINT,
                             .t_ms = 2000,
                             .node = script_node(call),
                             .ref = point,
                             .number = level};
        assert_int_equal(call_allows(call, &hint), CALL_ALLOWED);
        call_apply(call, &hint, NULL);
        assert_int_equal(call_hinted(call, ask), wanted);
    }
    assert_false(call_hint(call, &point, &level));
    struct call_outcome outcome;
    assert_int_equal(script_say(call, "since", 3000, &outcome), CALL_ALLOWED);
    assert_int_equal(halves(call, "ask"), 1);
    assert_int_equal(outcome.credit_count, 1);
    assert_string_equal(outcome.credits[0].reason, "hint");
    assert_true(outcome.credits[0].counted);
    free(call);
}

/* Row 73: an exam, a practice call and a drill have no hint and no way back. */
static void only_when_learning(void **state) {
    for (int mode = MODE_PRACTISE; mode <= MODE_EXAM; mode++) {
        struct call *call = script_open(scenario, (enum mode)mode);
        uint32_t point, level;
        say(call, "hello", 1000);
        assert_false(call_hint(call, &point, &level));
        assert_int_equal(script_do(call, EVENT_HINT, 2000, 1, NULL), CALL_WRONG_MODE);
        assert_int_equal(script_do(call, EVENT_UNDO, 2000, 1, NULL), CALL_WRONG_MODE);
        free(call);
    }
}

/* ---- confidence ---- */

static void confident_and_wrong(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct scorecard *scorecard = scorecard_new(scenario);
    static const struct {
        const char *id;
        uint32_t sure;
    } turns[] = {{"hello", 3}, {"bark", 3}, {"hello", 1}};
    assert_int_equal(script_do(call, EVENT_SURE, 0, 0, NULL), CALL_NOTHING_LEFT);
    assert_int_equal(script_do(call, EVENT_SURE, 0, 4, NULL), CALL_NOTHING_LEFT);
    for (uint32_t i = 0; i < 3; i++) {
        struct call_outcome outcome;
        struct event event = {.kind = EVENT_REPLY, .t_ms = 1000, .node = script_node(call)};
        assert_int_equal(script_do(call, EVENT_SURE, 1000, turns[i].sure, NULL), CALL_ALLOWED);
        assert_int_equal(script_say(call, turns[i].id, 1000, &outcome), CALL_ALLOWED);
        assert_int_equal(outcome.sure, turns[i].sure);
        assert_int_equal(view_of(call).sure, 0); /* for one reply only */
        scorecard_apply(scorecard, &event, &outcome, i + 3);
    }
    assert_int_equal(scorecard->sure.said[3], 2);
    assert_int_equal(scorecard->sure.right[3], 1);
    assert_int_equal(scorecard->sure.right[1], 1);
    assert_int_equal(scorecard->sure.wrong_count, 1);
    assert_int_equal(scorecard->sure.wrong[0].row, 4);
    scorecard_free(scorecard);
    free(call);
}

/* ---- row 162: the countdown ---- */

static void countdown(void **state) {
    struct call *call = script_open(scenario, MODE_DRILL);
    struct call_outcome outcome;
    struct event due;
    assert_int_equal(view_of(call).reply_due_ms, 20000);
    assert_false(call_due(call, 19999, &due));
    say(call, "hello", 19999); /* in time */
    assert_int_equal(view_of(call).reply_due_ms, 39999);
    assert_int_equal(script_say(call, "since", 40000, NULL), CALL_TIMER_FIRST);
    assert_true(call_due(call, 45000, &due));
    assert_int_equal(due.kind, EVENT_TIMEOUT);
    assert_int_equal(due.t_ms, 39999);
    assert_int_equal(call_allows(call, &due), CALL_ALLOWED);
    call_apply(call, &due, &outcome);
    assert_int_equal(outcome.credit_count, 1); /* what the node asked, not what must not be done */
    assert_string_equal(outcome.credits[0].reason, "timeout");
    assert_int_equal(view_of(call).timeouts, 1);
    assert_int_equal(view_of(call).turns, 2);
    assert_int_equal(view_of(call).patience, 40);
    say(call, "since", 41000); /* lost for good */
    assert_int_equal(halves(call, "ask"), 0);
    assert_int_equal(halves(call, "rude"), 2);
    free(call);
}

/* A moment of a drill begins in the middle, with nothing locked. */
static void moment(void **state) {
    struct call *call = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED,
                           .mode = MODE_DRILL,
                           .language = LANGUAGE_EN,
                           .seed = 7,
                           .number = 1 + (uint32_t)scenario_node(scenario, "look")};
    call_apply(call, &opened, NULL);
    assert_int_equal(view_of(call).node, scenario_node(scenario, "look"));
    say(call, "since", 1000);
    assert_int_equal(halves(call, "ask"), 2);
    free(call);
}

/* Learn calls never pass. */
static void learning_never_passes(void **state) {
    for (int mode = 0; mode < 2; mode++) {
        struct call *call = script_open(scenario, mode ? MODE_PRACTISE : MODE_LEARN);
        struct scorecard *scorecard = scorecard_new(scenario);
        say(call, "hello", 0);
        say(call, "since", 0);
        say(call, "offer", 0);
        say(call, "all-well", 0);
        scorecard_close(scorecard, call);
        assert_int_equal(scorecard->q_tenths, 1000);
        assert_int_equal(scorecard->pass, mode);
        scorecard_free(scorecard);
        free(call);
    }
}

/* Row 126: a script names its line of work. */
static void job_line(void **state) {
    assert_int_equal(scenario->job, JOB_AFTER_SALE);
    assert_string_equal(job_word(scenario->job), "after_sale");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_limits),
        cmocka_unit_test(skip_of_time),
        cmocka_unit_test(undo_brings_back),
        cmocka_unit_test(first_verdict_stays),
        cmocka_unit_test(ring_is_bounded),
        cmocka_unit_test(copies),
        cmocka_unit_test(hint_costs_half),
        cmocka_unit_test(only_when_learning),
        cmocka_unit_test(confident_and_wrong),
        cmocka_unit_test(countdown),
        cmocka_unit_test(moment),
        cmocka_unit_test(learning_never_passes),
        cmocka_unit_test(job_line),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
