/* What is hidden comes out when it is asked for, and never else; the card opens to a verified
 * caller only. */
#include "desk.h"

static struct scenario *scenario;
static struct call *call;

static int load(void **state) {
    scenario = desk_script(NULL, NULL);
    return 0;
}

static int unload(void **state) {
    scenario_free(scenario);
    return 0;
}

static int open_call(void **state) {
    call = script_open(scenario, MODE_PRACTISE);
    return 0;
}

static int close_call(void **state) {
    free(call);
    return 0;
}

/* ---- row 6 ---- */

static void a_question_brings_a_fact_out(void **state) {
    struct call_outcome outcome;
    assert_false(desk_knows(call, "since"));
    assert_true(desk_knows(call, "warranty"));
    desk_type(call, "How long has it been like that?", &outcome);
    assert_true(desk_knows(call, "since"));
    assert_int_equal(outcome.fact_count, 1);
    assert_true(desk_says(&outcome, "three days"));
    assert_false(desk_knows(call, "changed"));
}

static void what_is_no_question_brings_nothing_out(void **state) {
    struct call_outcome outcome;
    desk_type(call, "Bananas.", &outcome);
    assert_int_equal(outcome.fact_count, 0);
    assert_true(desk_says(&outcome, "What do you mean"));
    assert_false(desk_knows(call, "since"));
}

static void a_listed_reply_reveals(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go");
    assert_int_equal(script_say(call, "changed", 9000, &outcome), CALL_ALLOWED);
    assert_true(desk_knows(call, "changed"));
    assert_true(desk_says(&outcome, "tidied up"));
    assert_false(desk_knows(call, "since"));
}

/* A typed question shares its evidence with the listed reply that reveals the same fact. */
static void a_typed_question_takes_the_reply_that_reveals_it(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go");
    desk_type(call, "Since when, please?", &outcome);
    assert_true(desk_knows(call, "since"));
    assert_int_equal(desk_halves(call, "since"), 2);
    int fact = scenario_fact(scenario, "since");
    assert_int_equal(outcome.facts[0], fact);
}

static void asked_again_it_is_told_again(void **state) {
    struct call_outcome outcome;
    desk_type(call, "How long?", &outcome);
    assert_int_equal(outcome.fact_count, 1);
    desk_type(call, "How long?", &outcome);
    assert_int_equal(outcome.fact_count, 0);
    assert_true(desk_says(&outcome, "three days"));
}

/* Row 6: over many plays, a wording of a hidden fact is heard only once it is known. */
static void assert_not_unasked(const struct call_outcome *outcome) {
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        for (const char *const *said = scenario->facts[i].said; *said; said++)
            if (!call_fact_revealed(call, i) && desk_says(outcome, *said))
                fail_msg("`%s` was told unasked", scenario->facts[i].id);
}

static void play_any(uint64_t seed) {
    uint64_t chance = seed;
    for (int turn = 0; turn < 40 && !desk_view(call).talk_over; turn++) {
        struct call_outcome outcome;
        uint32_t options[16];
        struct event skip = {.kind = EVENT_SKIP, .ref = STAGE_FOLLOW_UP};
        skip.node = desk_view(call).node;
        skip.t_ms = desk_view(call).t_ms;
        if (call_allows(call, &skip) == CALL_ALLOWED)
            call_apply(call, &skip, NULL);
        uint32_t count = call_options(call, options, 16);
        assert_true(count > 0);
        struct event event = {.kind = EVENT_REPLY,
                              .t_ms = skip.t_ms + 100,
                              .node = skip.node,
                              .ref = options[hash_random(&chance) % count]};
        assert_int_equal(call_allows(call, &event), CALL_ALLOWED);
        call_apply(call, &event, &outcome);
        assert_not_unasked(&outcome);
    }
}

static void what_was_never_asked_never_appears(void **state) {
    for (uint64_t seed = 1; seed <= 300; seed++) {
        play_any(seed);
        close_call(state);
        open_call(state);
    }
}

/* ---- row 25 ---- */

static void a_cue_must_fall_first(void **state) {
    struct call_outcome outcome;
    desk_type(call, "Who helped you?", &outcome);
    assert_false(desk_knows(call, "visit"));
    desk_play(call, "verify");
    assert_int_equal(script_say(call, "go", 9000, &outcome), CALL_ALLOWED);
    assert_true(desk_says(&outcome, "My sister"));
    desk_type(call, "Who helped you?", &outcome);
    assert_true(desk_knows(call, "visit"));
    assert_true(desk_says(&outcome, "another adapter"));
}

static void a_cue_falls_once(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go since changed before solve");
    assert_int_equal(script_say(call, "back", 20000, &outcome), CALL_ALLOWED);
    assert_false(desk_says(&outcome, "My sister"));
}

static bool offered(const char *id) {
    uint32_t options[16], count = call_options(call, options, 16);
    const struct node *node = &scenario->nodes[script_node(call)];
    for (uint32_t i = 0; i < count; i++)
        if (!strcmp(node->replies[options[i]].id, id))
            return true;
    return false;
}

/* Row 25: who misses the cue does not get to the better ending. */
static void missing_the_cue_closes_the_better_ending(void **state) {
    desk_play(call, "verify go since changed before solve");
    assert_false(offered("adapter"));
    desk_play(call, "back visit solve");
    assert_true(offered("adapter"));
}

/* ---- row 23: the guess angers, the questions find the adapter ---- */

static void the_guess_and_the_questions(void **state) {
    struct call *guess = script_open(scenario, MODE_PRACTISE);
    desk_play(guess, "go guess solve send sorry");
    assert_true(desk_view(guess).mood < 0);
    assert_int_equal(desk_view(guess).outcome, OUTCOME_UNRESOLVED);
    desk_play(call, "verify go since changed before visit solve adapter happy");
    assert_true(desk_view(call).mood > 0);
    assert_int_equal(desk_view(call).outcome, OUTCOME_RESOLVED);
    free(guess);
}

/* ---- row 3 ---- */

static void assert_card(const char *field, const char *shown) {
    struct buffer value = {0};
    for (uint32_t i = 0; i < scenario->card_count; i++)
        if (!strcmp(scenario->card[i].id, field))
            call_card_value(call, i, &value);
    assert_string_equal(buffer_text(&value), shown);
    buffer_free(&value);
}

static void the_card_is_masked_until_the_caller_is_verified(void **state) {
    assert_card("model", "Sound 4");
    assert_card("order", "2******7");
    assert_card("street", "P*********7");
    desk_play(call, "verify");
    assert_true(desk_view(call).verified);
    assert_card("order", "20260417");
    assert_card("street", "Pine Road 7");
}

/* Row 3: the same words before and after; only before they are a compliance-critical error. */
static void telling_before_verifying_is_critical(void **state) {
    desk_play(call, "leak");
    assert_int_equal(desk_halves(call, "discreet"), 0);
    struct call *other = script_open(scenario, MODE_PRACTISE);
    desk_play(other, "verify leak");
    assert_int_equal(desk_halves(other, "discreet"), 2);
    free(other);
}

static void typing_it_is_telling_it(void **state) {
    desk_type(call, "Your order is 20260417, right?", NULL);
    assert_int_equal(desk_halves(call, "discreet"), 0);
    struct call *other = script_open(scenario, MODE_PRACTISE);
    desk_type(other, "Is your order 20260418?", NULL);
    assert_int_equal(desk_halves(other, "discreet"), 2);
    desk_play(other, "verify");
    desk_type(other, "Your order is 20260417, right?", NULL);
    assert_int_equal(desk_halves(other, "discreet"), 2);
    free(other);
}

/* A private telephone number must not hide behind its own mask. */
static void private_numbers_stay_clear(void **state) {
    struct scenario *phone = desk_script("\"20260417\"", "\"138 0013 8000\"");
    struct buffer masked = {0};
    assert_int_equal(language_mask("13800138000", 11, phone->reserved, &masked), 0);
    assert_int_equal(language_mask("13800138001", 11, phone->reserved, &masked), 1);
    buffer_free(&masked);
    scenario_free(phone);
}

/* ---- row 22 ---- */

static void the_direction_in_the_first_turns(void **state) {
    static const char question[] = "So is it about the sound?";
    for (int before = 0; before < 5; before++) {
        struct call *one = script_open(scenario, MODE_PRACTISE);
        for (int i = 0; i < before; i++)
            desk_type(one, "Hm.", NULL);
        desk_type(one, question, NULL);
        assert_int_equal(desk_halves(one, "direction"), before < 3 ? 2 : 0);
        free(one);
    }
}

/* ---- row 24 ---- */

static void restating_needs_the_right_fact(void **state) {
    desk_type(call, "So it has been five days.", NULL);
    assert_int_equal(desk_halves(call, "restated"), 0);
    desk_type(call, "So it has been three days.", NULL);
    assert_int_equal(desk_halves(call, "restated"), 2);
}

/* ---- row 26 ---- */

static uint32_t asked(const char *replies) {
    struct call *one = script_open(scenario, MODE_PRACTISE);
    desk_play(one, replies);
    uint32_t halves =
        desk_halves(one, "since") + desk_halves(one, "changed") + desk_halves(one, "before");
    free(one);
    return halves / 2;
}

static void three_questions_before_any_solution(void **state) {
    assert_int_equal(asked("verify go solve send"), 0);
    assert_int_equal(asked("verify go since solve send"), 1);
    assert_int_equal(asked("verify go since before solve send"), 2);
    assert_int_equal(asked("verify go since changed before solve send"), 3);
}

/* Asked after the solution was offered they come too late. */
static void asked_after_the_solution(void **state) {
    struct scenario *late =
        desk_script("\"marks\": {\"plan\": 0.5}, \"mood\": -10, \"to\": \"wait\"",
                    "\"marks\": {\"plan\": 0.5}, \"to\": \"ask\"");
    struct call *one = script_open(late, MODE_PRACTISE);
    desk_play(one, "verify go since solve send changed before");
    assert_int_equal(desk_halves(one, "since"), 2);
    assert_int_equal(desk_halves(one, "changed"), 0);
    assert_int_equal(desk_halves(one, "before"), 0);
    free(one);
    scenario_free(late);
}

/* ---- the rest ---- */

static void old_names_of_variables_still_work(void **state) {
    struct scenario *own =
        desk_script("\"silence\": [{", "\"variables\": {\"verified\": 3}, \"silence\": [{");
    struct findings findings = {0};
    struct expression *expression =
        expression_parse("verified > 2 and revealed(since)", own, own->arena, &findings);
    assert_non_null(expression);
    struct call *one = script_open(own, MODE_PRACTISE);
    assert_false(call_holds(one, expression));
    desk_type(one, "How long?", NULL);
    assert_true(call_holds(one, expression));
    findings_free(&findings);
    free(one);
    scenario_free(own);
}

/* Learn mode: what was found out goes with the reply that is taken back; the ticket stays. */
static void taking_back_hides_it_again(void **state) {
    struct call *learn = script_open(scenario, MODE_LEARN);
    desk_play(learn, "verify go");
    desk_fill(learn, "grade", "important");
    desk_play(learn, "since");
    assert_true(desk_knows(learn, "since"));
    assert_int_equal(script_do(learn, EVENT_UNDO, 9000, 1, NULL), CALL_ALLOWED);
    assert_false(desk_knows(learn, "since"));
    assert_true(desk_view(learn).verified);
    assert_int_equal(script_do(learn, EVENT_UNDO, 9000, 2, NULL), CALL_ALLOWED);
    assert_false(desk_view(learn).verified);
    assert_int_equal(call_ticket(learn, (uint32_t)scenario_ticket(scenario, "grade")).halves, 2);
    free(learn);
}

static void a_copy_is_the_same_call(void **state) {
    desk_play(call, "verify go since");
    struct call *copy = call_new(scenario);
    call_copy(copy, call);
    char one[17], other[17];
    call_digest(call, one);
    call_digest(copy, other);
    assert_string_equal(one, other);
    desk_play(copy, "visit");
    assert_false(desk_knows(call, "visit"));
    call_digest(copy, other);
    assert_string_not_equal(one, other);
    assert_true(call_hash(call) != call_hash(copy));
    free(copy);
}

#define A_CALL(test) cmocka_unit_test_setup_teardown(test, open_call, close_call)

int main(void) {
    const struct CMUnitTest tests[] = {
        A_CALL(a_question_brings_a_fact_out),
        A_CALL(what_is_no_question_brings_nothing_out),
        A_CALL(a_listed_reply_reveals),
        A_CALL(a_typed_question_takes_the_reply_that_reveals_it),
        A_CALL(asked_again_it_is_told_again),
        A_CALL(what_was_never_asked_never_appears),
        A_CALL(a_cue_must_fall_first),
        A_CALL(a_cue_falls_once),
        A_CALL(missing_the_cue_closes_the_better_ending),
        A_CALL(the_guess_and_the_questions),
        A_CALL(the_card_is_masked_until_the_caller_is_verified),
        A_CALL(telling_before_verifying_is_critical),
        A_CALL(typing_it_is_telling_it),
        A_CALL(private_numbers_stay_clear),
        A_CALL(the_direction_in_the_first_turns),
        A_CALL(restating_needs_the_right_fact),
        A_CALL(three_questions_before_any_solution),
        A_CALL(asked_after_the_solution),
        A_CALL(old_names_of_variables_still_work),
        A_CALL(taking_back_hides_it_again),
        A_CALL(a_copy_is_the_same_call),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
