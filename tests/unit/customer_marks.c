/* What of the customer is marked: the order of the five-step wording, moments of truth, how well he
 * is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scorecard/scorecard.h"
#include "script.h"

/* Apologise and understand, confirm, solve, follow up, thank: each waits for the one before it. */
static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\",\"summary\":\"S\","
    "\"level\":\"basic\",\"module\":\"complaint\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"sorry\"]}],\"points\":["
    "{\"id\":\"sorry\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,\"kind\":"
    "\"ordered\","
    "\"before\":[\"confirm\",\"solve\",\"follow\",\"thank\"],\"text\":\"x\"},"
    "{\"id\":\"confirm\",\"action\":\"receive\",\"dimension\":\"C\",\"weight\":1,"
    "\"kind\":\"ordered\",\"after\":[\"sorry\"],\"text\":\"x\"},"
    "{\"id\":\"solve\",\"action\":\"receive\",\"dimension\":\"S\",\"weight\":1,"
    "\"kind\":\"ordered\",\"after\":[\"confirm\"],\"text\":\"x\"},"
    "{\"id\":\"follow\",\"action\":\"receive\",\"dimension\":\"S\",\"weight\":1,"
    "\"kind\":\"ordered\",\"after\":[\"solve\"],\"text\":\"x\"},"
    "{\"id\":\"thank\",\"action\":\"receive\",\"dimension\":\"C\",\"weight\":2,"
    "\"kind\":\"ordered\",\"after\":[\"follow\"],\"text\":\"x\"},"
    "{\"id\":\"rude\",\"action\":\"receive\",\"dimension\":\"C\",\"weight\":1,"
    "\"kind\":\"negative\",\"text\":\"x\"}],"
    "\"required\":[\"sorry\",\"confirm\",\"solve\",\"follow\",\"thank\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"vent\",\"mood\":-30,\"patience\":50,"
    "\"card\":[]},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
    "\"weights\":{\"intake\":1,\"diagnosis\":0,\"solution\":0,\"follow_up\":0},"
    "\"hang_up\":\"gone\",\"start\":\"talk\",\"nodes\":["
    "{\"id\":\"talk\",\"stage\":\"intake\",\"moment_of_truth\":true,\"replies\":["
    "{\"id\":\"sorry\",\"says\":\"a\",\"marks\":{\"sorry\":1}},"
    "{\"id\":\"confirm\",\"says\":\"b\",\"marks\":{\"confirm\":1}},"
    "{\"id\":\"solve\",\"says\":\"c\",\"marks\":{\"solve\":1}},"
    "{\"id\":\"follow\",\"says\":\"d\",\"marks\":{\"follow\":1}},"
    "{\"id\":\"thank\",\"says\":\"e\",\"marks\":{\"thank\":1}},"
    "{\"id\":\"rude\",\"says\":\"f\",\"trips\":[\"rude\"]},"
    "{\"id\":\"warm\",\"says\":\"g\",\"mood\":40},"
    "{\"id\":\"on\",\"says\":\"h\",\"to\":\"rest\"}]},"
    "{\"id\":\"rest\",\"stage\":\"intake\",\"replies\":[{\"id\":\"bye\",\"says\":\"i\","
    "\"to\":\"good\"}]}],"
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

struct play {
    struct call *call;
    struct scorecard *scorecard;
    int64_t t_ms;
};

static struct play start(void) {
    return (struct play){script_open(scenario, MODE_PRACTISE), scorecard_new(scenario), 0};
}

static void apply(struct play *play, enum event_kind kind, uint32_t ref) {
    struct call_outcome outcome;
    struct event event = {
        .kind = kind, .t_ms = play->t_ms += 1000, .node = script_node(play->call), .ref = ref};
    assert_int_equal(call_allows(play->call, &event), CALL_ALLOWED);
    call_apply(play->call, &event, &outcome);
    scorecard_apply(play->scorecard, &event, &outcome, 0);
}

static void say(struct play *play, const char *id) {
    const struct node *node = &scenario->nodes[script_node(play->call)];
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (!strcmp(node->replies[i].id, id)) {
            apply(play, EVENT_REPLY, i);
            return;
        }
    fail_msg("no reply %s", id);
}

static void stop(struct play *play) {
    free(play->call);
    scorecard_free(play->scorecard);
}

/* ---- row 141 ---- */

static const char *const steps[] = {"sorry", "confirm", "solve", "follow", "thank"};

static bool is_full(const int *order, int count) {
    struct play play = start();
    for (int i = 0; i < count; i++)
        say(&play, steps[order[i]]);
    scorecard_close(play.scorecard, play.call);
    bool full = play.scorecard->q_tenths == 1000;
    stop(&play);
    return full;
}

/* Every order of what is left after the first `done`. */
static void try_orders(int *order, int done, int *tried, int *full) {
    if (done == 5) {
        bool all = is_full(order, 5), right = true;
        for (int i = 0; i < 5; i++)
            right &= order[i] == i;
        assert_int_equal(all, right);
        ++*tried;
        *full += all;
        return;
    }
    for (int i = done; i < 5; i++) {
        int kept = order[done];
        order[done] = order[i];
        order[i] = kept;
        try_orders(order, done + 1, tried, full);
        order[i] = order[done];
        order[done] = kept;
    }
}

/* Row 141: of 120 orders of the five-step wording only the right one is full. */
static void five_steps_in_all_orders(void **state) {
    int order[] = {0, 1, 2, 3, 4}, tried = 0, full = 0;
    try_orders(order, 0, &tried, &full);
    assert_int_equal(tried, 120);
    assert_int_equal(full, 1);
}

/* Row 141: presence too: without any one of them it is not full. */
static void five_steps_are_all_needed(void **state) {
    for (int left_out = 0; left_out < 5; left_out++) {
        int order[4], count = 0;
        for (int i = 0; i < 5; i++)
            if (i != left_out)
                order[count++] = i;
        assert_false(is_full(order, 4));
    }
}

/* ---- row 58 ---- */

static struct scorecard_moments moments_after(const char *const *replies) {
    struct play play = start();
    for (; *replies; replies++)
        say(&play, *replies);
    scorecard_close(play.scorecard, play.call);
    struct scorecard_moments moments = play.scorecard->moments;
    stop(&play);
    return moments;
}

/* Row 58: half of the weight of what counts there is a hit; a trip loses it. */
static void moments_of_truth(void **state) {
    struct scorecard_moments moments =
        moments_after((const char *[]){"sorry", "confirm", "solve", NULL});
    assert_int_equal(moments.met, 1);
    assert_int_equal(moments.hit, 1);
    assert_int_equal(moments.earned, 6);
    assert_int_equal(moments.possible, 12);
    moments = moments_after((const char *[]){"sorry", "confirm", "on", NULL});
    assert_int_equal(moments.hit, 0);
    assert_int_equal(moments.earned, 4);
    moments = moments_after((const char *[]){"sorry", "confirm", "solve", "rude", NULL});
    assert_int_equal(moments.met, 1);
    assert_int_equal(moments.hit, 0);
}

/* ---- row 131 ---- */

/* Row 131: the reading is compared with the mood, once between two replies. */
static void reading_the_customer(void **state) {
    struct scorecard_reading reading;
    struct play play = start();
    assert_false(scorecard_feelings(play.scorecard, &reading));
    apply(&play, EVENT_MOOD_READ, FEELING_UPSET); /* -30: right */
    struct event again = {.kind = EVENT_MOOD_READ, .t_ms = play.t_ms, .ref = FEELING_CALM};
    assert_int_equal(call_allows(play.call, &again), CALL_WRONG_PHASE);
    say(&play, "warm");
    apply(&play, EVENT_MOOD_READ, FEELING_PLEASED); /* 10, so calm: one off */
    say(&play, "warm");
    apply(&play, EVENT_MOOD_READ, FEELING_PLEASED); /* 50: right */
    assert_true(scorecard_feelings(play.scorecard, &reading));
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.right, 2);
    /* seen: 1 step in 3; by chance: rows 1 2, columns 1 1 1: (1 + 2 + 2·2 + 2·1) / 9 = 1 step
     * a reading; kappa 1 - (1/3) / 1 */
    assert_int_equal(reading.kappa_hundredths, 67);
    stop(&play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_steps_in_all_orders),
        cmocka_unit_test(five_steps_are_all_needed),
        cmocka_unit_test(moments_of_truth),
        cmocka_unit_test(reading_the_customer),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
