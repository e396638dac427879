/* The figures: the worked example of the scoring rules, and which points count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scorecard/scorecard.h"
#include "script.h"

struct example_point {
    const char *id, *action;
    int weight;
    const char *mark; /* what the one reply at its node gives; NULL: the route passes it by */
};

/* Intake 3,2,2,1 with 1,1,½,1; diagnosis 3,2,3,2 with 1,½,0,1; solution full; follow-up 2,2 with
 * 1,0: 87.5, 60.0, 100, 50 and Q 77.4. */
static const struct example_point example[] = {
    {"i1", "respond", 3, "1"},    {"i2", "identify", 2, "1"},     {"i3", "receive", 2, "0.5"},
    {"i4", "receive", 1, "1"},    {"d1", "gather", 3, "1"},       {"d2", "gather", 2, "0.5"},
    {"d3", "root_cause", 3, "0"}, {"d4", "classify", 2, "1"},     {"s1", "plan", 2, "1"},
    {"s2", "confirm", 1, "1"},    {"f1", "satisfaction", 2, "1"}, {"f2", "close", 2, NULL},
};
#define EXAMPLE_COUNT (sizeof example / sizeof *example)

static void add_points(struct buffer *json) {
    for (size_t i = 0; i < EXAMPLE_COUNT; i++)
        buffer_printf(json,
                      "%s{\"id\":\"%s\",\"action\":\"%s\",\"dimension\":\"S\",\"weight\":%d,"
                      "\"text\":\"p\"}",
                      i ? "," : "", example[i].id, example[i].action, example[i].weight);
}

static const char *stage_of(const char *id) {
    return *id == 'i' ? "intake" : *id == 'd' ? "diagnosis" : *id == 's' ? "solution" : "follow_up";
}

/* A chain of nodes, one a point that is marked, each with the one reply that marks it. */
static void add_nodes(struct buffer *json) {
    for (size_t i = 0; i < EXAMPLE_COUNT && example[i].mark; i++) {
        bool last = i + 1 == EXAMPLE_COUNT || !example[i + 1].mark;
        buffer_printf(json,
                      "%s{\"id\":\"n%zu\",\"stage\":\"%s\",\"accepts\":\"choice\",\"replies\":["
                      "{\"id\":\"r%zu\",\"says\":\"r\",\"marks\":{\"%s\":%s},\"to\":\"",
                      i ? "," : "", i, stage_of(example[i].id), i, example[i].id, example[i].mark);
        if (last)
            buffer_add_text(json, "done\"}]}");
        else
            buffer_printf(json, "n%zu\"}]}", i + 1);
    }
}

static struct scenario *load_example(void) {
    struct buffer json = {0};
    buffer_add_text(&json,
                    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\","
                    "\"summary\":\"S\",\"level\":\"basic\",\"module\":\"product\",\"minutes\":5,"
                    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"i1\"]}],"
                    "\"required\":[\"i1\",\"d1\",\"s1\",{\"one_of\":[\"f1\"]},\"f2\"],"
                    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":0,"
                    "\"patience\":50,\"card\":[]},\"issue\":{\"symptom\":\"x\",\"cause\":\"y\","
                    "\"urgency\":1,\"impact\":1},\"hang_up\":\"done\",\"start\":\"n0\","
                    "\"endings\":[{\"id\":\"done\",\"outcome\":\"resolved\",\"text\":\"ok\"}],"
                    "\"points\":[");
    add_points(&json);
    buffer_add_text(&json, "],\"nodes\":[");
    add_nodes(&json);
    buffer_add_text(&json, "]}");
    struct scenario *scenario = script_load(buffer_text(&json));
    buffer_free(&json);
    return scenario;
}

static struct scorecard *play(struct call *call, size_t turns) {
    struct scorecard *scorecard = scorecard_new(call_scenario(call));
    for (size_t i = 0; i < turns; i++) {
        char id[16];
        struct call_outcome outcome;
        struct event event = {.kind = EVENT_REPLY, .t_ms = 1000, .node = script_node(call)};
        snprintf(id, sizeof id, "r%zu", i);
        assert_int_equal(script_say(call, id, 1000, &outcome), CALL_ALLOWED);
        scorecard_apply(scorecard, &event, &outcome, (uint32_t)i + 3);
    }
    scorecard_close(scorecard, call);
    return scorecard;
}

static void worked_example(void **state) {
    struct scenario *scenario = load_example();
    assert_non_null(scenario);
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct scorecard *scorecard = play(call, EXAMPLE_COUNT - 1);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_INTAKE), 875);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_DIAGNOSIS), 600);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_SOLUTION), 1000);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_FOLLOW_UP), 500);
    assert_int_equal(scorecard->q_tenths, 774);
    assert_false(scorecard->q_passes);
    assert_false(scorecard->stage_passes[STAGE_FOLLOW_UP]);
    assert_true(scorecard->stage_passes[STAGE_DIAGNOSIS]);
    assert_false(scorecard->pass);
    scorecard_free(scorecard);
    free(call);
    scenario_free(scenario);
}

/* Row 13: hanging up before the follow-up gives it 0, for its required points stay not met; and a
 * short cut cannot shrink the denominator. */
static void hang_up_early(void **state) {
    struct scenario *scenario = load_example();
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct scorecard *scorecard = play(call, 10);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_FOLLOW_UP), 0);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_SOLUTION), 1000);
    scorecard_free(scorecard);
    free(call);
    call = script_open(scenario, MODE_PRACTISE);
    scorecard = play(call, 1);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_INTAKE), 1000);
    assert_int_equal(scorecard_stage_tenths(scorecard, STAGE_DIAGNOSIS), 0);
    scorecard_free(scorecard);
    free(call);
    scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(hang_up_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
