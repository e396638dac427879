/* The event fold: what is allowed, what it does, and that it is the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <malloc.h>

#include "script.h"

/* Two points a stage, a lock, a scene, a loop with `once`, silence, hold, an end by patience. */
static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\",\"summary\":\"S\","
    "\"level\":\"basic\",\"module\":\"product\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"greet\"]}],"
    "\"points\":["
    "{\"id\":\"greet\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,\"kind\":\"timed\","
    "\"within_s\":30,\"text\":\"greet in time\"},"
    "{\"id\":\"who\",\"action\":\"identify\",\"dimension\":\"K\",\"weight\":2,\"text\":\"ask "
    "who\"},"
    "{\"id\":\"probe\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":2,\"text\":\"probe\"},"
    "{\"id\":\"blame\",\"action\":\"gather\",\"dimension\":\"C\",\"weight\":1,"
    "\"kind\":\"negative\",\"text\":\"don't blame\"},"
    "{\"id\":\"agree\",\"action\":\"confirm\",\"dimension\":\"C\",\"weight\":1,\"text\":\"agree\"},"
    "{\"id\":\"do\",\"action\":\"carry_out\",\"dimension\":\"S\",\"weight\":3,\"kind\":\"ordered\","
    "\"after\":[\"agree\"],\"text\":\"do it after agreeing\"},"
    "{\"id\":\"ask\",\"action\":\"satisfaction\",\"dimension\":\"C\",\"weight\":1,\"text\":\"ask\"}"
    "],"
    "\"required\":[\"greet\",\"probe\",\"do\",\"ask\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":-10,\"patience\":30,"
    "\"card\":[]},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
    "\"variables\":{\"asked\":0},"
    "\"silence\":[{\"after_s\":20,\"answers\":[\"Hello?\"],\"patience\":-5},"
    "{\"after_s\":40,\"answers\":[\"Still there?\"],\"patience\":-5},"
    "{\"after_s\":60,\"to\":\"gone\"}],"
    "\"hold\":[{\"after_s\":90,\"answers\":[\"How long?\"],\"patience\":-10}],"
    "\"hang_up\":\"gone\",\"start\":\"hi\","
    "\"nodes\":["
    "{\"id\":\"hi\",\"stage\":\"intake\",\"accepts\":\"choice\",\"says\":[\"My thing is dead\"],"
    "\"replies\":["
    "{\"id\":\"hello\",\"says\":\"Hello\",\"marks\":{\"greet\":1},\"scene\":\"verify\",\"to\":"
    "\"look\"},"
    "{\"id\":\"grunt\",\"says\":\"Yes?\",\"patience\":-20,\"to\":\"look\"},"
    "{\"id\":\"rude\",\"says\":\"What?\",\"patience\":-30,\"to\":\"look\"}]},"
    "{\"id\":\"look\",\"stage\":\"diagnosis\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"since\",\"says\":\"Since when?\",\"once\":true,\"marks\":{\"probe\":1},"
    "\"set\":{\"asked\":\"asked + 1\"}},"
    "{\"id\":\"wrong\",\"says\":\"Is it raining?\",\"marks\":{\"probe\":0},\"once\":true},"
    "{\"id\":\"yours\",\"says\":\"You broke it\",\"trips\":[\"blame\"],\"once\":true},"
    "{\"id\":\"fix\",\"says\":\"I will fix it\",\"to\":\"plan\"},"
    "{\"id\":\"back\",\"says\":\"Again, please\",\"to\":\"hi\"},"
    "{\"id\":\"secret\",\"says\":\"Never\",\"if\":\"asked > 5\",\"to\":\"plan\"}]},"
    "{\"id\":\"plan\",\"stage\":\"solution\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"ok\",\"says\":\"Is that all right?\",\"once\":true,\"marks\":{\"agree\":1}},"
    "{\"id\":\"act\",\"says\":\"Done\",\"marks\":{\"do\":1},\"to\":\"after\"},"
    "{\"id\":\"trap\",\"says\":\"Hm\",\"to\":\"pit\"}]},"
    "{\"id\":\"pit\",\"stage\":\"solution\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"no\",\"says\":\"No\",\"if\":\"asked > 99\",\"to\":\"after\"}]},"
    "{\"id\":\"after\",\"stage\":\"follow_up\",\"accepts\":\"choice\",\"replies\":["
    "{\"id\":\"happy\",\"says\":\"All well?\",\"marks\":{\"ask\":1},\"to\":\"good\"},"
    "{\"id\":\"bye\",\"says\":\"Bye\",\"to\":\"good\"}]}],"
    "\"scenes\":[{\"id\":\"verify\",\"start\":\"name\",\"nodes\":["
    "{\"id\":\"name\",\"stage\":\"intake\",\"accepts\":\"choice\",\"says\":[\"Li\"],\"replies\":["
    "{\"id\":\"number\",\"says\":\"Your number?\",\"marks\":{\"who\":1},\"to\":\"return\"}]}]}],"
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

static uint32_t point(const char *id) {
    return (uint32_t)scenario_point(scenario, id);
}

/* Plays the replies of a space-separated list, a second apart. */
static void play(struct call *call, const char *replies) {
    char list[256], *rest = list;
    snprintf(list, sizeof list, "%s", replies);
    for (char *id = strtok_r(rest, " ", &rest); id; id = strtok_r(NULL, " ", &rest))
        assert_int_equal(script_say(call, id, view_of(call).t_ms + 1000, NULL), CALL_ALLOWED);
}

/* Row 151: every event in every phase is allowed or refused as the table says, and what is refused
 * changes nothing. */
static struct call *in_phase(enum phase phase) {
    struct call *call = phase == PHASE_OPEN ? script_open(scenario, MODE_PRACTISE) : NULL;
    if (call)
        return call;
    call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number");
    if (phase == PHASE_ON_HOLD)
        script_do(call, EVENT_HOLD, 3000, 0, NULL);
    if (phase == PHASE_CLOSED) {
        script_do(call, EVENT_END, 3000, 0, NULL);
        script_do(call, EVENT_CLOSED, 3000, 0, NULL);
    }
    return call;
}

static void transitions(void **state) {
    static const struct {
        enum phase phase;
        enum event_kind kind;
        bool allowed;
    } table[] = {
        {PHASE_OPEN, EVENT_OPENED, false},      {PHASE_OPEN, EVENT_REPLY, true},
        {PHASE_OPEN, EVENT_HOLD, false},        {PHASE_OPEN, EVENT_RESUME, false},
        {PHASE_OPEN, EVENT_END, true},          {PHASE_OPEN, EVENT_CLOSED, false},
        {PHASE_OPEN, EVENT_GAP, true},          {PHASE_HANDLING, EVENT_OPENED, false},
        {PHASE_HANDLING, EVENT_REPLY, true},    {PHASE_HANDLING, EVENT_HOLD, true},
        {PHASE_HANDLING, EVENT_RESUME, false},  {PHASE_HANDLING, EVENT_END, true},
        {PHASE_HANDLING, EVENT_CLOSED, false},  {PHASE_HANDLING, EVENT_GAP, true},
        {PHASE_ON_HOLD, EVENT_OPENED, false},   {PHASE_ON_HOLD, EVENT_REPLY, false},
        {PHASE_ON_HOLD, EVENT_HOLD, false},     {PHASE_ON_HOLD, EVENT_RESUME, true},
        {PHASE_ON_HOLD, EVENT_END, true},       {PHASE_ON_HOLD, EVENT_CLOSED, false},
        {PHASE_ON_HOLD, EVENT_SKIP, false},     {PHASE_ON_HOLD, EVENT_GAP, true},
        {PHASE_CLOSED, EVENT_OPENED, false},    {PHASE_CLOSED, EVENT_REPLY, false},
        {PHASE_CLOSED, EVENT_HOLD, false},      {PHASE_CLOSED, EVENT_RESUME, false},
        {PHASE_CLOSED, EVENT_END, false},       {PHASE_CLOSED, EVENT_CLOSED, false},
        {PHASE_CLOSED, EVENT_GAP, false},       {PHASE_CLOSED, EVENT_SILENCE, false},
        {PHASE_HANDLING, EVENT_SILENCE, false}, {PHASE_HANDLING, EVENT_REFUSED, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char before[17], after[17];
        struct call *call = in_phase(table[i].phase);
        assert_int_equal(view_of(call).phase, table[i].phase);
        call_digest(call, before);
        struct event event = {
            .kind = table[i].kind, .t_ms = view_of(call).t_ms, .node = script_node(call)};
        bool allowed = call_allows(call, &event) == CALL_ALLOWED;
        if (allowed != table[i].allowed)
            fail_msg("%s in %s", event_kind_word(event.kind), phase_word(table[i].phase));
        call_digest(call, after);
        assert_string_equal(before, after);
        free(call);
    }
}

static void time_never_runs_back(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello");
    assert_int_equal(script_say(call, "number", 500, NULL), CALL_TIME_BACK);
    struct event elsewhere = {.kind = EVENT_END, .t_ms = 2000, .node = 0};
    assert_int_equal(call_allows(call, &elsewhere), CALL_WRONG_NODE);
    free(call);
}

/* Row 5, and row 1: a later stage opens when the earlier ones are done, or skipped knowingly. */
static void locked_stage(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    assert_int_equal(script_say(call, "grunt", 1000, NULL), CALL_LOCKED);
    play(call, "hello number");
    assert_int_equal(script_say(call, "fix", 4000, NULL), CALL_LOCKED);
    assert_int_equal(script_do(call, EVENT_SKIP, 4000, STAGE_SOLUTION, NULL), CALL_ALLOWED);
    assert_true(call_skipped(call, STAGE_DIAGNOSIS));
    assert_int_equal(script_say(call, "fix", 4000, NULL), CALL_ALLOWED);
    assert_int_equal(view_of(call).stage, STAGE_SOLUTION);
    assert_int_equal(call_point(call, point("probe")).halves, 0);
    free(call);
}

static void lock_opens_by_doing(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number since");
    assert_int_equal(call_missing(call, STAGE_SOLUTION, NULL, 0), 0);
    assert_int_equal(script_do(call, EVENT_SKIP, 9000, STAGE_SOLUTION, NULL), CALL_WRONG_PHASE);
    play(call, "fix");
    free(call);
}

static void scene_returns(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello");
    assert_string_equal(scenario->nodes[script_node(call)].id, "verify.name");
    play(call, "number");
    assert_string_equal(scenario->nodes[script_node(call)].id, "look");
    free(call);
}

/* Row 2's boundary by way of the timed point: 29.9, 30.0, 30.1 s. */
static void timed_point(void **state) {
    static const struct {
        int64_t t_ms;
        uint8_t halves;
    } table[] = {{29900, 2}, {30000, 2}, {30100, 0}};
    for (size_t i = 0; i < 3; i++) {
        struct call *call = script_open(scenario, MODE_PRACTISE);
        struct event due;
        while (call_due(call, table[i].t_ms, &due))
            call_apply(call, &due, NULL);
        assert_int_equal(script_say(call, "hello", table[i].t_ms, NULL), CALL_ALLOWED);
        assert_int_equal(call_point(call, point("greet")).halves, table[i].halves);
        free(call);
    }
}

/* A wrong answer stays wrong after going back; the first good one counts once. */
static void first_verdict_stays(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct call_outcome outcome;
    play(call, "hello number wrong");
    assert_int_equal(script_say(call, "since", 9000, &outcome), CALL_ALLOWED);
    assert_int_equal(outcome.credit_count, 1);
    assert_false(outcome.credits[0].counted);
    assert_int_equal(call_point(call, point("probe")).halves, 0);
    free(call);
}

static void negative_point_trips_once(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    assert_int_equal(call_point(call, point("blame")).halves, 2);
    play(call, "hello number yours");
    assert_int_equal(call_point(call, point("blame")).halves, 0);
    free(call);
}

/* Row 11: carrying out before consent leaves the point unmet. */
static void order_of_consent(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number since fix act");
    assert_int_equal(call_point(call, point("do")).halves, 0);
    free(call);
    call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number since fix ok act");
    assert_int_equal(call_point(call, point("do")).halves, 2);
    free(call);
}

/* Row 20: the customer speaks up at the limit and its multiple; 19.999 s is not yet. */
static void silence(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct event due;
    struct call_outcome outcome;
    assert_int_equal(call_next_due(call), 20000);
    assert_false(call_due(call, 19999, &due));
    assert_true(call_due(call, 25000, &due));
    assert_int_equal(due.t_ms, 20000);
    assert_int_equal(script_say(call, "hello", 25000, NULL), CALL_TIMER_FIRST);
    call_apply(call, &due, &outcome);
    assert_int_equal(outcome.line_count, 1);
    assert_string_equal(outcome.lines[0].text->in[LANGUAGE_EN], "Hello?");
    assert_int_equal(view_of(call).patience, 25);
    assert_int_equal(call_next_due(call), 40000);
    assert_true(call_due(call, 70000, &due));
    call_apply(call, &due, NULL);
    assert_true(call_due(call, 70000, &due));
    call_apply(call, &due, NULL);
    assert_true(view_of(call).ended);
    assert_int_equal(view_of(call).outcome, OUTCOME_ABANDONED);
    assert_int_equal(call_next_due(call), -1);
    free(call);
}

static void hold_has_its_own_clock(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number");
    assert_int_equal(script_do(call, EVENT_HOLD, 3000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(call_next_due(call), 93000);
    assert_int_equal(script_do(call, EVENT_RESUME, 60000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(call_next_due(call), 80000);
    free(call);
}

static void patience_gone(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    script_do(call, EVENT_SKIP, 1000, STAGE_DIAGNOSIS, NULL);
    assert_int_equal(script_say(call, "rude", 1000, NULL), CALL_ALLOWED);
    assert_true(view_of(call).ended);
    assert_string_equal(scenario->endings[view_of(call).ending].id, "gone");
    free(call);
}

/* All options filtered away ends the call by rule instead of trapping the trainee. */
static void no_way_on(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    play(call, "hello number since fix trap");
    struct call_view view = view_of(call);
    /* The scenario's silence has a way out, so the customer still acts. */
    assert_false(view.ended);
    struct event due;
    while (call_due(call, INT64_MAX, &due))
        call_apply(call, &due, NULL);
    assert_true(view_of(call).ended);
    free(call);
}

static void options_are_shuffled_and_stable(void **state) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    uint32_t first[16], again[16];
    play(call, "hello number");
    uint32_t count = call_options(call, first, 16);
    assert_int_equal(count, 5); /* `secret` is hidden */
    assert_int_equal(call_options(call, again, 16), count);
    assert_memory_equal(first, again, count * sizeof *first);
    play(call, "since");
    assert_int_equal(call_options(call, first, 16), 4); /* `since` was once */
    free(call);
}

static void exam_hides_nothing_that_cannot_be_typed(void **state) {
    struct call *call = script_open(scenario, MODE_EXAM);
    uint32_t options[16];
    assert_int_equal(call_options(call, options, 16), 3);
    free(call);
}

/* Row 47: the same events, the same state, whoever folds them; a copy is the same too. */
static void same_digest(void **state) {
    char a[17], b[17], c[17];
    struct call *one = script_open(scenario, MODE_PRACTISE);
    struct call *two = script_open(scenario, MODE_PRACTISE);
    play(one, "hello number since fix ok act happy");
    play(two, "hello number since fix ok");
    struct call *copy = call_new(scenario);
    call_copy(copy, two);
    play(two, "act happy");
    play(copy, "act happy");
    call_digest(one, a);
    call_digest(two, b);
    call_digest(copy, c);
    /* Another value here, and every record kept so far reads as changed: raise the rule version. */
    assert_string_equal(a, "54f0716ec59ee523");
    assert_string_equal(a, b);
    assert_string_equal(a, c);
    assert_int_equal(script_do(two, EVENT_GAP, 99000, 0, NULL), CALL_ALLOWED);
    call_digest(two, b);
    assert_string_not_equal(a, b);
    free(one);
    free(two);
    free(copy);
}

/* A history that grows without end is a trap others fell into: after 100,000 turns, with replies
 * that can be taken back, a call holds no byte more than after a thousand. */
static size_t bytes_in_use(void) {
#ifdef __GLIBC__
    return mallinfo2().uordblks;
#else
    return 0;
#endif
}

static void play_rounds(struct call *call, int64_t *t_ms, int rounds) {
    static const char *const round[] = {"hello", "number", "back"};
    struct call_outcome outcome;
    for (int i = 0; i < rounds; i++)
        for (size_t k = 0; k < sizeof round / sizeof *round; k++)
            assert_int_equal(script_say(call, round[k], *t_ms += 100, &outcome), CALL_ALLOWED);
}

static void the_state_stays_the_same_size(void **state) {
    struct call *call = script_open(scenario, MODE_LEARN);
    size_t size = call_size(scenario);
    int64_t t_ms = 0;
    play_rounds(call, &t_ms, 334);
    size_t before = bytes_in_use();
    play_rounds(call, &t_ms, 33000);
    assert_int_equal(bytes_in_use(), before);
    assert_int_equal(call_size(scenario), size);
    assert_true(view_of(call).turns >= 100000);
    free(call);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_stays_the_same_size),
        cmocka_unit_test(transitions),
        cmocka_unit_test(time_never_runs_back),
        cmocka_unit_test(locked_stage),
        cmocka_unit_test(lock_opens_by_doing),
        cmocka_unit_test(scene_returns),
        cmocka_unit_test(timed_point),
        cmocka_unit_test(first_verdict_stays),
        cmocka_unit_test(negative_point_trips_once),
        cmocka_unit_test(order_of_consent),
        cmocka_unit_test(silence),
        cmocka_unit_test(hold_has_its_own_clock),
        cmocka_unit_test(patience_gone),
        cmocka_unit_test(no_way_on),
        cmocka_unit_test(options_are_shuffled_and_stable),
        cmocka_unit_test(exam_hides_nothing_that_cannot_be_typed),
        cmocka_unit_test(same_digest),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
