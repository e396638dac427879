/* The customer: mood and patience, silence, interruptions, repeats, the supervisor, the rating, and
 * which words he uses. Profiles have a test of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "customer_script.h"

/* A profile in which every trigger can be told from the others. */
static const char own[] =
    "{\"format\":\"itr-profile/1\",\"id\":\"own\",\"title\":\"Own\",\"reactions\":["
    "{\"on\":\"empathy\",\"if\":\"shown(empathy) == 1\",\"mood\":12,\"says\":[\"heard\"]},"
    "{\"on\":\"empathy\",\"if\":\"shown(empathy) > 1\",\"mood\":1},"
    "{\"on\":\"plan\",\"if\":\"shown(empathy) == 0\",\"mood\":-20,\"patience\":-7,"
    "\"says\":[\"too early\"]},"
    "{\"on\":\"blame\",\"once\":true,\"mood\":-5,\"says\":[\"blamed\"]},"
    "{\"on\":\"blame\",\"patience\":-2,\"says\":[\"never both\"]},"
    "{\"on\":\"slow\",\"patience\":-3},{\"on\":\"long\",\"patience\":-4,\"says\":[\"stop\"]},"
    "{\"on\":\"hold\",\"patience\":-5},{\"on\":\"silence\",\"mood\":-1}],"
    "\"repeat\":{\"mood\":-6,\"patience\":-6,\"says\":[\"again?\"]},"
    "\"silence\":[{\"after_s\":10,\"answers\":[\"Hello?\"],\"patience\":-5,\"repeats\":true}],"
    "\"supervisor\":{\"patience\":10,\"mood\":-80,\"says\":[\"your boss\"]},"
    "\"slow_s\":8,\"long_s\":20,"
    "\"rates\":[\"r1\",\"r2\",\"r3\",\"r4\",\"r5\"]}";

static struct scenario *plain(const char *feelings) {
    struct buffer customer = {0};
    buffer_printf(&customer, "\"profile\":\"own\",%s", feelings);
    struct scenario *scenario = customer_with(buffer_text(&customer), "", own);
    buffer_free(&customer);
    return scenario;
}

static bool says(const struct call_outcome *outcome, const char *text) {
    for (uint32_t i = 0; i < outcome->line_count; i++)
        if (!strcmp(outcome->lines[i].text->in[LANGUAGE_EN], text))
            return true;
    return false;
}

static void reactions(void **state) {
    struct scenario *scenario = plain("\"mood\":-40,\"patience\":60");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    struct call_outcome outcome = customer_say(call, "plan", 1000);
    assert_int_equal(outcome.mood, -40 - 12); /* 20 of the 60 left */
    assert_int_equal(outcome.patience, 53);
    assert_true(says(&outcome, "too early"));
    outcome = customer_say(call, "empathy", 1000);
    assert_int_equal(outcome.mood, -40);
    assert_true(says(&outcome, "heard"));
    outcome = customer_say(call, "empathy", 1000);
    assert_int_equal(outcome.mood, -39);
    assert_int_equal(outcome.line_count, 0);
    assert_int_equal(customer_say(call, "plan", 1000).mood, -39); /* no longer early */
    outcome = customer_say(call, "blame", 1000);
    assert_true(says(&outcome, "blamed"));
    assert_false(says(&outcome, "never both")); /* one of the two speaks */
    assert_int_equal(outcome.patience, 51);
    outcome = customer_say(call, "blame", 1000);
    assert_int_equal(outcome.mood, outcome.mood_before); /* that one was once */
    assert_true(says(&outcome, "never both"));
    free(call);
    scenario_free(scenario);
}

/* Where the script has a reply cost mood, nothing that it shows pleases; it counts as shown. */
static void a_loss_pleases_nobody(void **state) {
    struct scenario *scenario = plain("\"mood\":-50,\"patience\":50");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    struct call_outcome outcome = customer_say(call, "unwelcome", 1000);
    assert_int_equal(outcome.mood, -55);
    assert_int_equal(outcome.line_count, 0);
    free(call);
    call = customer_call(scenario, 7, 0, NULL);
    outcome = customer_say(call, "empathy", 1000);
    assert_true(outcome.mood > -50);
    assert_true(outcome.line_count > 0);
    free(call);
    scenario_free(scenario);
}

/* Steps away from zero get smaller with the room that is left; steps back and falls of patience
 * never do. */
static void steps_shrink_near_the_ends(void **state) {
    static const struct {
        int mood, patience;
        const char *reply;
        int mood_after, patience_after;
    } table[] = {
        {0, 50, "nice", 10, 55},   {50, 50, "nice", 55, 55},     {95, 95, "nice", 96, 96},
        {-50, 1, "nice", -40, 11}, {0, 50, "nasty", -10, 40},    {-95, 12, "nasty", -96, 2},
        {50, 11, "nasty", 40, 1},  {100, 100, "nice", 100, 100}, {-100, 50, "nasty", -100, 40},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char feelings[64];
        snprintf(feelings, sizeof feelings, "\"mood\":%d,\"patience\":%d", table[i].mood,
                 table[i].patience);
        struct scenario *scenario = plain(feelings);
        struct call *call = customer_call(scenario, 7, 0, NULL);
        struct call_outcome outcome = customer_say(call, table[i].reply, 1000);
        assert_int_equal(outcome.mood, table[i].mood_after);
        assert_int_equal(outcome.patience, table[i].patience_after);
        free(call);
        scenario_free(scenario);
    }
}

/* Row 20: he speaks up at the limit and its multiples, patience falls, each is a row of its own. */
static void silence_at_the_limit_and_its_multiples(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":30");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    struct event due;
    struct call_outcome outcome;
    assert_false(call_due(call, 9999, &due));
    for (int times = 1; times <= 5; times++) {
        assert_true(call_due(call, 1000000, &due));
        assert_int_equal(due.t_ms, times * 10000);
        assert_int_equal(due.ref, times - 1);
        assert_int_equal(call_allows(call, &due), CALL_ALLOWED);
        call_apply(call, &due, &outcome);
        assert_true(says(&outcome, "Hello?"));
        assert_int_equal(outcome.patience, 30 - 5 * times);
        assert_true(outcome.mood < outcome.mood_before); /* the trigger `silence` */
    }
    assert_true(call_due(call, 1000000, &due));
    call_apply(call, &due, &outcome);
    assert_true(outcome.ended); /* patience is gone */
    assert_int_equal(due.t_ms, 60000);
    free(call);
    call = customer_call(scenario, 7, 0, NULL);
    customer_say(call, "nothing", 7000);
    assert_int_equal(call_next_due(call), 17000);
    free(call);
    scenario_free(scenario);
}

static void slow_and_long(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    assert_int_equal(customer_say(call, "nothing", 8000).patience, 50);
    assert_int_equal(customer_say(call, "nothing", 8001).patience, 47);
    struct call_outcome outcome = customer_say(call, "sermon", 1000);
    assert_int_equal(outcome.patience, 43);
    assert_true(outcome.interrupted);
    assert_true(says(&outcome, "stop"));
    assert_int_equal(script_do(call, EVENT_HOLD, 20000, 0, &outcome), CALL_ALLOWED);
    assert_int_equal(outcome.patience, 38);
    free(call);
    scenario_free(scenario);
}

/* A question that was answered is a repeat; a new one, or the same words without a question, none.
 */
static void repeats(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    assert_false(customer_say(call, "who", 1000).repeat);
    assert_false(customer_say(call, "probe", 1000).repeat);
    struct call_outcome outcome = customer_say(call, "who", 1000);
    assert_true(outcome.repeat);
    assert_true(says(&outcome, "again?"));
    assert_int_equal(outcome.mood, -6);
    assert_int_equal(outcome.patience, 44);
    assert_false(customer_say(call, "nothing", 1000).repeat);
    assert_false(customer_say(call, "nothing", 1000).repeat);
    assert_false(customer_say(call, "done", 1000).repeat);
    assert_false(customer_say(call, "done", 1000).repeat); /* no question */
    assert_int_equal(customer_view(call).asked_again, 1);
    free(call);
    scenario_free(scenario);
}

static bool type(struct call *call, uint32_t point, uint32_t behaviours) {
    struct judgement judgement = {.behaviours = behaviours, .point_count = 1};
    judgement.points[0] = (struct judged_point){.point = point, .verdict = VERDICT_MET};
    struct event event = {.kind = EVENT_TYPED,
                          .t_ms = customer_view(call).t_ms + 1000,
                          .node = customer_view(call).node,
                          .text = "x",
                          .length = 1,
                          .judgement = &judgement};
    struct call_outcome outcome;
    assert_int_equal(call_allows(call, &event), CALL_ALLOWED);
    call_apply(call, &event, &outcome);
    return outcome.repeat;
}

static void typed_repeats(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":90");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    const uint32_t probe = 1u << BEHAVIOUR_PROBE, restate = 1u << BEHAVIOUR_RESTATE;
    uint32_t since = (uint32_t)scenario_point(scenario, "since");
    assert_false(type(call, since, probe));
    assert_true(type(call, since, probe));
    assert_false(type(call, since, probe | restate)); /* that is to say it back */
    assert_false(type(call, since, 0));
    assert_false(type(call, (uint32_t)scenario_point(scenario, "do"), probe));
    free(call);
    scenario_free(scenario);
}

/* Row 186: at the limit of patience or mood, not above it, and once. */
static void asks_for_a_supervisor(void **state) {
    static const struct {
        const char *feelings;
        bool asks;
    } table[] = {
        {"\"mood\":0,\"patience\":21", false},   {"\"mood\":0,\"patience\":20", true},
        {"\"mood\":-70,\"patience\":90", false}, /* -73 */
        {"\"mood\":-76,\"patience\":90", false}, /* -79 */
        {"\"mood\":-77,\"patience\":90", true},  /* -80 */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scenario *scenario = plain(table[i].feelings);
        struct call *call = customer_call(scenario, 7, 0, NULL);
        struct call_outcome outcome = customer_say(call, "nasty", 1000);
        assert_int_equal(outcome.escalated, table[i].asks);
        assert_int_equal(says(&outcome, "your boss"), table[i].asks);
        assert_int_equal(customer_view(call).supervisor, table[i].asks);
        assert_false(customer_say(call, "blame", 1000).escalated && table[i].asks);
        free(call);
        scenario_free(scenario);
    }
}

/* A script may say where the call goes then, and lend its own limit and words. */
static void supervisor_of_the_script(void **state) {
    struct scenario *scenario = customer_with(
        "\"profile\":\"own\",\"mood\":0,\"patience\":50,\"adjust\":{\"supervisor\":{\"patience\":"
        "40,\"to\":\"boss\"}}",
        "", own);
    struct call *call = customer_call(scenario, 7, 0, NULL);
    struct call_outcome outcome = customer_say(call, "nasty", 1000);
    assert_true(outcome.escalated);
    assert_true(says(&outcome, "your boss"));
    assert_true(says(&outcome, "Supervisor?"));
    assert_string_equal(scenario->nodes[customer_view(call).node].id, "boss");
    free(call);
    scenario_free(scenario);
}

static void the_script_adjusts(void **state) {
    struct scenario *scenario =
        customer_with("\"profile\":\"own\",\"mood\":-50,\"patience\":50,\"adjust\":{\"scale\":150,"
                      "\"reactions\":[{\"on\":\"thanks\",\"mood\":7}]}",
                      "", own);
    struct call *call = customer_call(scenario, 7, 0, NULL);
    assert_int_equal(customer_say(call, "empathy", 1000).mood, -50 + 18);
    assert_int_equal(customer_say(call, "thanks", 1000).mood, -50 + 18 + 7);
    free(call);
    scenario_free(scenario);
}

/* Row 14: the table of mood and outcome gives fixed ratings. */
static void rating_table(void **state) {
    static const struct {
        int mood, met, unmet;
    } table[] = {{-100, 2, 1}, {-61, 2, 1}, {-60, 3, 1}, {-21, 3, 1}, {-20, 4, 2}, {0, 4, 2},
                 {19, 4, 2},   {20, 5, 2},  {59, 5, 2},  {60, 5, 3},  {100, 5, 3}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (int met = 0; met < 2; met++) {
            char feelings[64], line[4];
            snprintf(feelings, sizeof feelings, "\"mood\":%d,\"patience\":50", table[i].mood);
            struct scenario *scenario = plain(feelings);
            struct call *call = customer_call(scenario, 7, 0, NULL);
            if (met)
                customer_say(call, "done", 1000);
            struct call_outcome outcome = customer_say(call, "rate", 1000);
            int wanted = met ? table[i].met : table[i].unmet;
            snprintf(line, sizeof line, "r%d", wanted);
            assert_int_equal(outcome.rating, wanted);
            assert_true(says(&outcome, line));
            assert_int_equal(customer_say(call, "rate", 1000).rating, 0); /* once */
            assert_int_equal(customer_view(call).rating, wanted);
            free(call);
            scenario_free(scenario);
        }
}

/* Row 14: `satisfied` says what the need was; a typed request is one too. */
static void rating_by_the_need(void **state) {
    struct scenario *scenario =
        customer_with("\"mood\":0,\"patience\":50,\"satisfied\":\"earned(since)\"", "", own);
    struct call *call = customer_call(scenario, 7, 0, NULL);
    struct judgement judgement = {.rating = true};
    struct event event = {.kind = EVENT_TYPED, .text = "x", .length = 1, .judgement = &judgement};
    struct call_outcome outcome;
    customer_say(call, "done", 0);
    call_apply(call, &event, &outcome);
    assert_int_equal(outcome.rating, 2);
    free(call);
    call = customer_call(scenario, 7, 0, NULL);
    customer_say(call, "probe", 0);
    call_apply(call, &event, &outcome);
    assert_int_equal(outcome.rating, 4);
    free(call);
    scenario_free(scenario);
}

static const char *opening_line(const struct scenario *scenario, uint64_t seed, uint32_t plays) {
    struct call_outcome outcome;
    free(customer_call(scenario, seed, plays, &outcome));
    return outcome.lines[0].text->in[LANGUAGE_EN];
}

/* The variants of a line come in turn, over the plays and within a call, and the same play says the
 * same. */
static void lines_vary(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    for (uint32_t plays = 0; plays < 6; plays++)
        for (uint32_t before = 1; before < 3 && before <= plays; before++)
            assert_string_not_equal(opening_line(scenario, plays, plays),
                                    opening_line(scenario, plays, plays - before));
    assert_string_equal(opening_line(scenario, 7, 2), opening_line(scenario, 7, 2));
    struct call_outcome outcome;
    struct call *call = customer_call(scenario, 7, 0, &outcome);
    const char *last = outcome.lines[0].text->in[LANGUAGE_EN], *first = last;
    for (int i = 0; i < 3; i++) {
        outcome = customer_say(call, "again", 1000);
        assert_string_not_equal(outcome.lines[0].text->in[LANGUAGE_EN], last);
        last = outcome.lines[0].text->in[LANGUAGE_EN];
    }
    assert_string_equal(last, first); /* the fourth time it comes back */
    free(call);
    scenario_free(scenario);
}

/* Records of the first fold keep their words: there the seed draws. */
static void the_first_fold_draws(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    uint64_t chance = 7;
    uint32_t drawn = (uint32_t)(hash_random(&chance) % 3);
    struct call *call = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED, .language = LANGUAGE_EN, .seed = 7, .plays = 2};
    struct call_outcome outcome;
    call_apply(call, &opened, &outcome);
    assert_ptr_equal(outcome.lines[0].text, &scenario->nodes[0].says.items[0].variants[drawn]);
    free(call);
    scenario_free(scenario);
}

/* Row 131: a breath is ten seconds in which nobody waits; once between two replies. */
static void breathing(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    struct call *call = customer_call(scenario, 7, 0, NULL);
    customer_say(call, "nothing", 1000);
    assert_int_equal(script_do(call, EVENT_BREATHE, 4000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(call_next_due(call), 21000);
    assert_int_equal(script_do(call, EVENT_BREATHE, 5000, 0, NULL), CALL_WRONG_PHASE);
    struct call_outcome outcome = customer_say(call, "nothing", 15000);
    assert_int_equal(outcome.patience, 50); /* 8 s without the breath: not slow */
    assert_int_equal(script_do(call, EVENT_BREATHE, 20000, 0, NULL), CALL_ALLOWED);
    free(call);
    scenario_free(scenario);
}

/* Time alone costs patience and never the last point of it; a breath is free. */
static void drain(void **state) {
    static const char draining[] =
        "{\"format\":\"itr-profile/1\",\"id\":\"own\",\"title\":\"Own\",\"slow_s\":600,"
        "\"drain\":{\"patience_per_min\":6}}";
    struct scenario *scenario =
        customer_with("\"profile\":\"own\",\"mood\":0,\"patience\":20", "", draining);
    struct call *call = customer_call(scenario, 7, 0, NULL);
    assert_int_equal(customer_say(call, "nothing", 9999).patience, 20);
    assert_int_equal(customer_say(call, "nothing", 1).patience, 19);
    assert_int_equal(script_do(call, EVENT_BREATHE, 10000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(customer_say(call, "nothing", 19999).patience, 19);
    assert_int_equal(customer_say(call, "nothing", 1).patience, 18);
    assert_int_equal(customer_say(call, "nothing", 600000).patience, 1);
    assert_false(customer_view(call).ended);
    free(call);
    scenario_free(scenario);
}

/* Row 19: a conclusion before any question raises anger, in every shared profile. */
static void jumping_to_a_conclusion_angers(void **state) {
    static const char *const profiles[] = {"calm", "vent", "compensation", "recognition", "solve"};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        char customer[80];
        snprintf(customer, sizeof customer, "\"profile\":\"%s\",\"mood\":-20,\"patience\":60",
                 profiles[i]);
        struct scenario *scenario = customer_with(customer, "", NULL);
        struct call *call = customer_call(scenario, 7, 0, NULL);
        struct call_outcome outcome = customer_say(call, "jump", 1000);
        assert_true(outcome.mood <= -28);
        assert_true(outcome.patience < 60);
        assert_int_equal(outcome.line_count, 1);
        free(call);
        scenario_free(scenario);
    }
}

/* The digest holds what the profile remembers, and a copy folds on to the same. */
static void folds_the_same(void **state) {
    char a[17], b[17];
    struct scenario *scenario = plain("\"mood\":0,\"patience\":90");
    struct call *one = customer_call(scenario, 7, 3, NULL), *two = call_new(scenario);
    customer_say(one, "empathy", 1000);
    call_copy(two, one);
    customer_say(one, "blame", 1000);
    customer_say(two, "blame", 1000);
    call_digest(one, a);
    call_digest(two, b);
    assert_string_equal(a, b);
    assert_true(call_hash(one) == call_hash(two));
    assert_int_equal(script_do(two, EVENT_BREATHE, 5000, 0, NULL), CALL_ALLOWED);
    customer_say(one, "again", 3000);
    customer_say(two, "again", 0);
    call_digest(one, a);
    call_digest(two, b);
    assert_string_equal(a, b);
    free(one);
    free(two);
    scenario_free(scenario);
}

/* The profile is part of the bundle, and so of the hash that a record names. */
static void the_bundle_holds_the_profile(void **state) {
    struct scenario *scenario = plain("\"mood\":0,\"patience\":50");
    struct buffer bundle = {0};
    struct findings findings = {0};
    scenario_bundle(scenario, &bundle);
    struct scenario *again =
        scenario_load_bundle("t", buffer_text(&bundle), bundle.length, &findings);
    assert_non_null(again);
    assert_string_equal(scenario_hash(again), scenario_hash(scenario));
    assert_int_equal(again->profile->reaction_count, scenario->profile->reaction_count);
    scenario_free(again);
    scenario_free(scenario);
    buffer_free(&bundle);
    findings_free(&findings);
}

static void refused(const char *customer, const char *profile, const char *code, const char *part) {
    struct findings findings = {0};
    assert_null(customer_load(customer, "", profile, &findings));
    bool found = false;
    for (size_t i = 0; i < findings.count; i++)
        found |= !strcmp(findings.items[i].code, code) && strstr(findings.items[i].text, part);
    if (!found)
        fail_msg("no %s with \"%s\"; first: %s", code, part,
                 findings.count ? findings.items[0].text : "nothing");
    findings_free(&findings);
}

static void mistakes_are_told(void **state) {
#define FEELS "\"mood\":0,\"patience\":50"
#define OWN "\"profile\":\"own\"," FEELS
#define HEAD "{\"format\":\"itr-profile/1\",\"id\":\"own\",\"title\":\"Own\""
    refused("\"profile\":\"vnet\"," FEELS, NULL, "unreadable", "vnet.json");
    refused("\"profile\":\"../x\"," FEELS, NULL, "bad-id", "../x");
    refused(FEELS ",\"adjust\":{\"scale\":50}", NULL, "missing-key", "profile");
    refused(OWN, "{\"format\":\"itr-profile/2\",\"id\":\"own\",\"title\":\"Own\"}", "bad-format",
            "itr-profile/1");
    refused(OWN, HEAD ",\"reactions\":[{\"on\":\"empaty\"}]}", "unknown-word", "empathy");
    refused(OWN, HEAD ",\"reactions\":[{\"on\":\"plan\",\"if\":\"shown(pln) > 0\"}]}",
            "expression-name", "behaviour");
    refused(OWN, HEAD ",\"silence\":[{\"after_s\":9,\"repeats\":true}]}", "out-of-range",
            "patience");
    refused(OWN,
            HEAD ",\"silence\":[{\"after_s\":9,\"repeats\":true,\"patience\":-1},"
                 "{\"after_s\":10,\"patience\":-1}]}",
            "out-of-range", "last");
    refused(OWN ",\"rates\":[\"a\"]", HEAD "}", "out-of-range", "5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reactions),
        cmocka_unit_test(a_loss_pleases_nobody),
        cmocka_unit_test(steps_shrink_near_the_ends),
        cmocka_unit_test(silence_at_the_limit_and_its_multiples),
        cmocka_unit_test(slow_and_long),
        cmocka_unit_test(repeats),
        cmocka_unit_test(typed_repeats),
        cmocka_unit_test(asks_for_a_supervisor),
        cmocka_unit_test(supervisor_of_the_script),
        cmocka_unit_test(the_script_adjusts),
        cmocka_unit_test(rating_table),
        cmocka_unit_test(rating_by_the_need),
        cmocka_unit_test(lines_vary),
        cmocka_unit_test(the_first_fold_draws),
        cmocka_unit_test(breathing),
        cmocka_unit_test(drain),
        cmocka_unit_test(jumping_to_a_conclusion_angers),
        cmocka_unit_test(folds_the_same),
        cmocka_unit_test(the_bundle_holds_the_profile),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
