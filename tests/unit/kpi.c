/* The clocks: rows 2, 17, 21, 128 and the case clocks of 142 to 144, in virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scorecard/scorecard.h"
#include "script.h"

static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"kpi\",\"version\":1,\"title\":\"T\",\"summary\":\"S\","
    "\"level\":\"basic\",\"module\":\"complaint\",\"minutes\":5,"
    "\"case\":{\"first_response_s\":180,\"first_plan_s\":1800,\"closure_s\":86400},"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"help\"]}],"
    "\"points\":["
    "{\"id\":\"help\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,\"text\":\"h\"},"
    "{\"id\":\"restate\",\"action\":\"receive\",\"dimension\":\"C\",\"weight\":1,\"text\":\"r\"},"
    "{\"id\":\"ask\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":1,\"text\":\"a\"},"
    "{\"id\":\"plan\",\"action\":\"plan\",\"dimension\":\"S\",\"weight\":1,\"text\":\"p\"},"
    "{\"id\":\"close\",\"action\":\"close\",\"dimension\":\"C\",\"weight\":1,\"text\":\"c\"}],"
    "\"required\":[\"help\",\"ask\",\"plan\",\"close\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":0,\"patience\":50,"
    "\"card\":[]},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
    "\"hang_up\":\"good\",\"start\":\"hi\",\"silence\":[{\"after_s\":40,\"answers\":[\"Hello?\"]}],"
    "\"nodes\":[{\"id\":\"hi\",\"stage\":\"intake\",\"says\":[\"It is dead\"],\"replies\":["
    "{\"id\":\"help\",\"says\":\"I will help you\",\"marks\":{\"help\":1}},"
    "{\"id\":\"restate\",\"says\":\"So it is dead\",\"marks\":{\"restate\":1}},"
    "{\"id\":\"ask\",\"says\":\"Since when?\",\"marks\":{\"ask\":1}},"
    "{\"id\":\"on\",\"says\":\"Let us see\",\"to\":\"look\"}]},"
    "{\"id\":\"look\",\"stage\":\"diagnosis\",\"replies\":["
    "{\"id\":\"plan\",\"says\":\"We send a new one\",\"marks\":{\"plan\":1}},"
    "{\"id\":\"close\",\"says\":\"Is all well?\",\"marks\":{\"close\":1},\"to\":\"good\"}],"
    "\"later\":[{\"after_s\":86000,\"to\":\"look\"}]}],"
    "\"endings\":[{\"id\":\"good\",\"outcome\":\"resolved\",\"text\":\"ok\"}]}";

static struct scenario *scenario;

static int load(void **state) {
    scenario = script_load(script);
    return scenario ? 0 : -1;
}

static int unload(void **state) {
    scenario_free(scenario);
    return 0;
}

struct play {
    struct call *call;
    struct scorecard *scorecard;
    uint32_t row;
};

static void heard(struct play *play, const struct event *event) {
    struct call_outcome outcome;
    assert_int_equal(call_allows(play->call, event), CALL_ALLOWED);
    call_apply(play->call, event, &outcome);
    scorecard_apply(play->scorecard, event, &outcome, play->row++);
}

static struct play begin(void) {
    struct play play = {call_new(scenario), scorecard_new(scenario), 2};
    struct event opened = {.kind = EVENT_OPENED, .mode = MODE_PRACTISE, .language = LANGUAGE_EN};
    heard(&play, &opened);
    return play;
}

static void end(struct play *play) {
    scorecard_free(play->scorecard);
    free(play->call);
}

static void wait(struct play *play, int64_t t_ms) {
    struct event due;
    while (call_due(play->call, t_ms, &due))
        heard(play, &due);
}

static void act(struct play *play, enum event_kind kind, int64_t t_ms, uint32_t ref) {
    wait(play, t_ms);
    struct event event = {.kind = kind, .t_ms = t_ms, .node = script_node(play->call), .ref = ref};
    heard(play, &event);
}

static void say(struct play *play, const char *id, int64_t t_ms) {
    const struct node *node = &scenario->nodes[script_node(play->call)];
    struct event event = {.kind = EVENT_REPLY, .t_ms = t_ms, .node = script_node(play->call)};
    wait(play, t_ms);
    while (strcmp(node->replies[event.ref].id, id) != 0)
        event.ref++;
    event.text = node->replies[event.ref].says.in[LANGUAGE_EN];
    event.length = strlen(event.text);
    heard(play, &event);
}

static void type(struct play *play, const char *text, int64_t t_ms) {
    struct judgement judgement = {.route = ROUTE_OTHERWISE};
    struct event event = {.kind = EVENT_TYPED,
                          .t_ms = t_ms,
                          .node = script_node(play->call),
                          .text = text,
                          .length = strlen(text),
                          .judgement = &judgement};
    heard(play, &event);
}

/* Rows 2 and 128: 29.9, 30.0, 30.1 s against 30 s; 19.9, 20.0, 20.1 s against 20 s. */
static void first_reply(void **state) {
    static const struct {
        int64_t t_ms, target_ms;
        bool met;
    } table[] = {{29900, 30000, true}, {30000, 30000, true}, {30100, 30000, false},
                 {19900, 20000, true}, {20000, 20000, true}, {20100, 20000, false}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct play play = begin();
        say(&play, "help", table[i].t_ms);
        assert_int_equal(play.scorecard->first_reply_ms, table[i].t_ms);
        assert_int_equal(kpi_met(play.scorecard->first_reply_ms, table[i].target_ms), table[i].met);
        end(&play);
    }
    assert_false(kpi_met(-1, 30000)); /* never is not in time */
}

/* Row 17: each of the three things alone at 29, 30 and 31 s. */
static void opening_window(void **state) {
    static const char *const ids[] = {"help", "ask", "restate"};
    for (int thing = 0; thing < OPENING_COUNT; thing++)
        for (int64_t t_ms = 29000; t_ms <= 31000; t_ms += 1000) {
            struct play play = begin();
            say(&play, ids[thing], t_ms);
            for (int other = 0; other < OPENING_COUNT; other++) {
                int64_t when = play.scorecard->kpi.opening_ms[other];
                assert_int_equal(when, other == thing ? t_ms : -1);
                assert_int_equal(kpi_met(when, OPENING_MS), other == thing && t_ms <= 30000);
            }
            end(&play);
        }
}

/* Row 21: the same words at 5 s and at 25 s come to the same score. */
static void fast_is_not_rushed(void **state) {
    int32_t q[2];
    for (int slow = 0; slow < 2; slow++) {
        struct play play = begin();
        say(&play, "help", slow ? 25000 : 5000);
        say(&play, "ask", slow ? 50000 : 10000);
        say(&play, "on", slow ? 75000 : 15000);
        say(&play, "plan", slow ? 100000 : 20000);
        say(&play, "close", slow ? 125000 : 25000);
        scorecard_close(play.scorecard, play.call);
        q[slow] = play.scorecard->q_tenths;
        assert_true(kpi_met(play.scorecard->first_reply_ms, 30000));
        end(&play);
    }
    assert_int_equal(q[0], q[1]);
}

/* Row 21: what nobody can listen to, and what is no whole reply, is named by its row. */
static void long_and_broken(void **state) {
    struct play play = begin();
    struct buffer text = {0};
    for (int i = 0; i < 100; i++)
        buffer_add_text(&text, i ? " word" : "word"); /* 100 words: 40 s, still fit to listen to */
    type(&play, buffer_text(&text), 1000);
    buffer_add_text(&text, " more");
    type(&play, buffer_text(&text), 2000);
    type(&play, "…", 3000);
    type(&play, "您好,我", 4000);
    type(&play, "这个问题，", 5000);
    type(&play, "Hello.", 6000);
    const struct kpi *kpi = &play.scorecard->kpi;
    assert_int_equal(kpi->flag_count, 3);
    assert_int_equal(kpi->flags[0].row, 4);
    assert_false(kpi->flags[0].broken);
    assert_int_equal(kpi->flags[1].row, 5);
    assert_true(kpi->flags[1].broken);
    assert_int_equal(kpi->flags[2].row, 7);
    buffer_free(&text);
    end(&play);
}

/* Chinese by characters, other scripts by words; mixed is the sum. */
static int64_t spoken(const char *text, struct speech_rate rate) {
    return speech_ms(text_speech(text, strlen(text)), rate);
}

static void as_spoken(void **state) {
    assert_int_equal(spoken("您好您好", SPEECH_RATE), 1000);
    assert_int_equal(spoken("one two, three-four five", SPEECH_RATE), 2000);
    assert_int_equal(spoken("您好您好 one two", SPEECH_RATE), 1800);
    assert_int_equal(spoken("don't", SPEECH_RATE), 400);
    assert_int_equal(spoken("。，!", SPEECH_RATE), 0);
    assert_int_equal(spoken("您好您好", (struct speech_rate){80, 25}), 500);
}

/* Talk, hold and dead air do not overlap; a pause of exactly 5 s is none. */
static void times_add_up(void **state) {
    struct play play = begin();
    say(&play, "help", 5000);           /* 5.0 s: no dead air */
    say(&play, "ask", 10001);           /* 5.001 s: all of it */
    act(&play, EVENT_HOLD, 12000, 0);   /* 1.999 s */
    act(&play, EVENT_RESUME, 72000, 0); /* a minute on hold is no silence */
    say(&play, "on", 80000);            /* 8 s */
    say(&play, "plan", 125000);         /* 40 s till "Hello?", then 5 s */
    say(&play, "close", 126000);
    const struct kpi *kpi = &play.scorecard->kpi;
    assert_int_equal(kpi->hold_ms, 60000);
    assert_int_equal(kpi->holds, 1);
    assert_int_equal(kpi->dead_ms, 5001 + 8000 + 40000);
    assert_int_equal(kpi->silences, 3);
    assert_int_equal(kpi->talk_ms, 66000);
    act(&play, EVENT_CLOSED, 156000, 0);
    assert_int_equal(kpi->after_ms, 30000);
    assert_int_equal(kpi->talk_ms, 66000);
    assert_int_equal(kpi_aht_ms(kpi), 156000);
    end(&play);
}

/* Hung up from hold: the hold ends with the call. */
static void end_on_hold(void **state) {
    struct play play = begin();
    say(&play, "help", 1000);
    act(&play, EVENT_HOLD, 2000, 0);
    act(&play, EVENT_END, 32000, 0);
    assert_int_equal(play.scorecard->kpi.hold_ms, 30000);
    assert_int_equal(play.scorecard->kpi.talk_ms, 2000);
    assert_int_equal(play.scorecard->kpi.dead_ms, 0);
    end(&play);
}

/* Rows 142 to 144: response, plan and closing by the case clock. */
static void case_clocks(void **state) {
    struct play play = begin();
    const struct case_targets *targets = &scenario->case_targets;
    say(&play, "help", 10000);
    say(&play, "ask", 11000);
    say(&play, "on", 12000);
    say(&play, "plan", 20000);
    act(&play, EVENT_LATER, 21000, 0);
    say(&play, "close", 22000);
    const struct kpi *kpi = &play.scorecard->kpi;
    assert_int_equal(kpi->response_ms, 10000);
    assert_int_equal(kpi->plan_ms, 20000);
    assert_int_equal(kpi->closure_ms, 86022000);
    assert_int_equal(kpi->talk_ms, 22000);
    assert_true(kpi_met(kpi->closure_ms, targets->closure_ms));
    assert_true(kpi_met(180000, targets->first_response_ms));
    assert_false(kpi_met(180001, targets->first_response_ms));
    assert_true(kpi_met(1800000, targets->first_plan_ms));
    assert_false(kpi_met(1800001, targets->first_plan_ms));
    assert_true(kpi_met(86400000, targets->closure_ms));
    assert_false(kpi_met(86400001, targets->closure_ms));
    end(&play);
}

/* Row 145: every stage and so every key action is one of the four steps, each step one stage. */
static void complaint_steps(void **state) {
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        assert_non_null(complaint_step_label((enum stage)stage));
        for (int other = 0; other < stage; other++)
            assert_string_not_equal(complaint_step_label((enum stage)stage),
                                    complaint_step_label((enum stage)other));
    }
    for (int action = 0; action < ACTION_COUNT; action++)
        assert_non_null(complaint_step_label(key_action_stage((enum key_action)action)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_reply),        cmocka_unit_test(opening_window),
        cmocka_unit_test(fast_is_not_rushed), cmocka_unit_test(long_and_broken),
        cmocka_unit_test(as_spoken),          cmocka_unit_test(times_add_up),
        cmocka_unit_test(end_on_hold),        cmocka_unit_test(case_clocks),
        cmocka_unit_test(complaint_steps),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
