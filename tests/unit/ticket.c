/* The ticket, the grade of an issue, and the work after the talk. */
#include "desk.h"
#include "scorecard/scorecard.h"

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

static void save(struct call *of, struct call_outcome *outcome) {
    assert_int_equal(script_do(of, EVENT_TICKET_SAVED, desk_view(of).t_ms, 0, outcome),
                     CALL_ALLOWED);
}

/* Row 4: three of three facts, two of three, none. */
static uint8_t captured(const char *who, const char *what, const char *since) {
    struct call *one = script_open(scenario, MODE_PRACTISE);
    desk_fill(one, "who", who);
    desk_fill(one, "what", what);
    desk_fill(one, "since", since);
    save(one, NULL);
    uint8_t halves = desk_halves(one, "captured");
    free(one);
    return halves;
}

static void credit_by_the_share_of_facts(void **state) {
    assert_int_equal(captured("Mara", "no sound", "for three days"), 2);
    assert_int_equal(captured("Mara", "no sound", "for five days"), 1);
    assert_int_equal(captured("Mara", "no light", "for five days"), 0);
    assert_int_equal(captured("Tom", "no light", "for five days"), 0);
}

static const struct credit *credit_of(const struct call_outcome *outcome, const char *point) {
    int number = scenario_point(scenario, point);
    for (uint32_t i = 0; i < outcome->credit_count; i++)
        if ((int)outcome->credits[i].point == number)
            return &outcome->credits[i];
    return NULL;
}

/* Row 7: a wrong grade loses that point and no other. */
static void a_wrong_grade_loses_its_point_only(void **state) {
    desk_play(call, "verify go since visit");
    desk_fill(call, "category", "sound");
    desk_fill(call, "grade", "urgent");
    desk_fill(call, "cause", "adapter");
    save(call, NULL);
    assert_int_equal(desk_halves(call, "grade"), 0);
    assert_int_equal(desk_halves(call, "category"), 2);
    assert_int_equal(desk_halves(call, "cause"), 2);
}

/* Row 8: the right cause without the facts it rests on is half, and a guess. */
static void a_guessed_cause_is_half(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go since");
    desk_fill(call, "cause", "adapter");
    desk_play(call, "visit");
    save(call, &outcome);
    assert_int_equal(desk_halves(call, "cause"), 1);
    assert_true(credit_of(&outcome, "cause")->counted);
    assert_string_equal(credit_of(&outcome, "cause")->reason, "guessed");
    assert_true(call_ticket(call, (uint32_t)scenario_ticket(scenario, "cause")).guessed);
}

static void a_wrong_cause_is_nothing(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go since visit");
    desk_fill(call, "cause", "battery");
    save(call, &outcome);
    assert_int_equal(desk_halves(call, "cause"), 0);
    assert_string_equal(credit_of(&outcome, "cause")->reason, "ticket");
}

static void a_field_may_be_mended_before_saving(void **state) {
    desk_fill(call, "grade", "general");
    desk_fill(call, "grade", "important");
    save(call, NULL);
    assert_int_equal(desk_halves(call, "grade"), 2);
    assert_int_equal(desk_halves(call, "category"), 0);
    desk_fill(call, "category", "sound");
    save(call, NULL); /* the first time counts */
    assert_int_equal(desk_halves(call, "category"), 0);
}

static void what_the_ticket_has_not_is_refused(void **state) {
    assert_int_equal(desk_fill(call, "grade", "highest"), CALL_NO_SUCH_VALUE);
    assert_int_equal(desk_fill(call, "urgency", "4"), CALL_NO_SUCH_VALUE);
    assert_int_equal(desk_fill(call, "urgency", "3"), CALL_ALLOWED);
    assert_int_equal(desk_fill(call, "who", "  "), CALL_EMPTY);
    struct event event = {.kind = EVENT_TICKET, .ref = 99, .text = "x", .length = 1};
    event.node = script_node(call);
    assert_int_equal(call_allows(call, &event), CALL_NO_SUCH_VALUE);
}

/* Row 28: every cell of urgency × impact. */
static void the_grade_matrix(void **state) {
    static const enum grade grades[3][3] = {
        {GRADE_GENERAL, GRADE_GENERAL, GRADE_IMPORTANT},
        {GRADE_GENERAL, GRADE_IMPORTANT, GRADE_URGENT},
        {GRADE_IMPORTANT, GRADE_URGENT, GRADE_URGENT},
    };
    for (uint32_t urgency = 1; urgency <= 3; urgency++)
        for (uint32_t impact = 1; impact <= 3; impact++) {
            char issue[64];
            assert_int_equal(scenario_grade(urgency, impact), grades[urgency - 1][impact - 1]);
            snprintf(issue, sizeof issue, "\"urgency\": %u, \"impact\": %u", urgency, impact);
            struct scenario *one = desk_script("\"urgency\": 2, \"impact\": 2", issue);
            const struct ticket_field *field = &one->ticket[scenario_ticket(one, "grade")];
            for (uint32_t i = 0; i < GRADE_COUNT; i++)
                assert_int_equal(ticket_right(one, field, i),
                                 i == (uint32_t)grades[urgency - 1][impact - 1]);
            scenario_free(one);
        }
}

/* Row 29: whatever is known of the customer, the key of the grade stays. */
static void the_grade_is_of_the_issue(void **state) {
    static const char *const customers[][2] = {
        {"\"value\": \"Sound 4\"}",
         "\"value\": \"Sound 4\"}, {\"id\": \"vip\", \"label\": \"VIP\", \"value\": \"yes\"}"},
        {"\"value\": \"Sound 4\"}",
         "\"value\": \"Sound 4\"}, {\"id\": \"vip\", \"label\": \"VIP\", \"value\": \"no\"}"},
        {"\"mood\": 0, \"patience\": 60", "\"mood\": -90, \"patience\": 5"},
        {"\"name\": \"Mara\"", "\"name\": \"Sir Mara\""},
        {"\"complaint\": \"none\"", "\"complaint\": \"vent\""},
    };
    for (size_t i = 0; i < sizeof customers / sizeof *customers; i++) {
        struct scenario *one = desk_script(customers[i][0], customers[i][1]);
        const char *const keyed[] = {"grade", "urgency", "impact"};
        for (size_t k = 0; k < 3; k++) {
            const struct ticket_field *field = &one->ticket[scenario_ticket(one, keyed[k])];
            const struct ticket_field *before =
                &scenario->ticket[scenario_ticket(scenario, keyed[k])];
            for (uint32_t value = 0; value < 3; value++)
                assert_int_equal(ticket_right(one, field, value),
                                 ticket_right(scenario, before, value));
        }
        scenario_free(one);
    }
}

/* Row 27: the handling rule, and how well an order of grades fits the key. */
static void weighted_kappa(void **state) {
    static const uint32_t known[] = {20, 5, 10, 15};
    static const uint32_t full[] = {3, 0, 0, 0, 4, 0, 0, 0, 5};
    static const uint32_t near[] = {3, 1, 0, 0, 3, 1, 0, 0, 4}, far[] = {3, 0, 1, 0, 3, 1, 0, 0, 4};
    static const uint32_t nothing[9] = {0}, one_kind[] = {7, 0, 0, 0, 0, 0, 0, 0, 0};
    double value, other;
    assert_true(kappa(known, 2, KAPPA_PLAIN, &value));
    assert_true(value > 0.3999 && value < 0.4001);
    assert_true(kappa(known, 2, KAPPA_LINEAR, &value));
    assert_true(value > 0.3999 && value < 0.4001);
    assert_true(kappa(full, 3, KAPPA_LINEAR, &value));
    assert_true(value == 1);
    assert_true(kappa(near, 3, KAPPA_LINEAR, &value) && kappa(far, 3, KAPPA_LINEAR, &other));
    assert_true(value > other);
    assert_true(kappa(near, 3, KAPPA_PLAIN, &other) && value > other);
    assert_false(kappa(nothing, 3, KAPPA_LINEAR, &value));
    assert_false(kappa(one_kind, 3, KAPPA_LINEAR, &value));
    assert_int_equal(grade_from("urgent"), GRADE_URGENT);
    assert_int_equal(grade_from("now"), -1);
}

/* ---- after the talk ---- */

static const char whole_call[] = "verify go since changed before visit solve adapter happy";

static void the_call_goes_on_after_the_talk(void **state) {
    struct call_outcome outcome;
    desk_play(call, "verify go since changed before visit solve adapter");
    assert_int_equal(script_say(call, "happy", 20000, &outcome), CALL_ALLOWED);
    struct call_view view = desk_view(call);
    assert_int_equal(view.phase, PHASE_AFTER_CALL);
    assert_true(view.talk_over && !view.ended && outcome.talk_ended && !outcome.ended);
    assert_int_equal(view.talk_end_ms, 20000);
    assert_int_equal(view.outcome, OUTCOME_RESOLVED);
    assert_int_equal(call_next_due(call), -1);
    assert_int_equal(call_options(call, (uint32_t[16]){0}, 16), 0);
}

/* Row 151: what may and may not happen in this phase. */
static void only_desk_work_is_allowed_then(void **state) {
    static const struct {
        enum event_kind kind;
        enum call_refusal refusal;
    } table[] = {
        {EVENT_REPLY, CALL_WRONG_PHASE}, {EVENT_TYPED, CALL_WRONG_PHASE},
        {EVENT_HOLD, CALL_WRONG_PHASE},  {EVENT_RESUME, CALL_WRONG_PHASE},
        {EVENT_SKIP, CALL_WRONG_PHASE},  {EVENT_SILENCE, CALL_WRONG_PHASE},
        {EVENT_END, CALL_WRONG_PHASE},   {EVENT_OPENED, CALL_NOT_OPEN},
        {EVENT_CLOSED, CALL_NOT_ENDED},  {EVENT_TICKET_SAVED, CALL_ALLOWED},
        {EVENT_GAP, CALL_ALLOWED},       {EVENT_DONE, CALL_ALLOWED},
        {EVENT_DONE, CALL_CLOSED},       {EVENT_TICKET_SAVED, CALL_CLOSED},
        {EVENT_CLOSED, CALL_ALLOWED},
    };
    assert_int_equal(script_do(call, EVENT_DONE, 0, 0, NULL), CALL_WRONG_PHASE);
    desk_play(call, whole_call);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (script_do(call, table[i].kind, 60000, 0, NULL) != table[i].refusal)
            fail_msg("%s", event_kind_word(table[i].kind));
    assert_true(desk_view(call).ended);
}

static void hanging_up_leaves_the_ticket_to_be_written(void **state) {
    assert_int_equal(script_do(call, EVENT_END, 5000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(desk_view(call).phase, PHASE_AFTER_CALL);
    assert_int_equal(desk_fill(call, "who", "Mara"), CALL_ALLOWED);
    save(call, NULL);
    assert_int_equal(script_do(call, EVENT_DONE, 9000, 0, NULL), CALL_ALLOWED);
    assert_int_equal(desk_view(call).outcome, OUTCOME_ABANDONED);
}

/* Row 15: a call that ends without closing the loop leaves the case open and FCR 0. */
static void not_closing_leaves_the_case_open(void **state) {
    struct scorecard *scorecard = scorecard_new(scenario);
    desk_play(call, "verify go since changed before visit solve adapter");
    script_do(call, EVENT_END, 20000, 0, NULL);
    script_do(call, EVENT_DONE, 20000, 0, NULL);
    scorecard_close(scorecard, call);
    assert_false(scorecard->case_closed);
    assert_false(scorecard->first_contact);
    assert_int_equal(scorecard->facts_found, 4);
    assert_int_equal(scorecard->facts_needed, 4);
    scorecard_free(scorecard);
}

/* A ticket not saved counts, so that leaving it out gains nothing; and it locks no stage. */
static void points_of_the_ticket_count_and_do_not_lock(void **state) {
    int point = scenario_point(scenario, "cause");
    assert_true(call_point(call, (uint32_t)point).on_route);
    desk_play(call, "verify go since changed before");
    const struct node *node = &scenario->nodes[script_node(call)];
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (!strcmp(node->replies[i].id, "solve"))
            assert_int_equal(script_do(call, EVENT_REPLY, 20000, i, NULL), CALL_ALLOWED);
}

static void work_after_the_call_without_a_ticket(void **state) {
    struct scenario *plain = desk_script("\"ticket\": [", "\"after_call\": true, \"x-ticket\": [");
    struct scenario *none = desk_script("\"ticket\": [", "\"x-ticket\": [");
    struct call *one = script_open(plain, MODE_PRACTISE), *other = script_open(none, MODE_PRACTISE);
    script_do(one, EVENT_END, 1000, 0, NULL);
    assert_int_equal(desk_view(one).phase, PHASE_AFTER_CALL);
    assert_int_equal(script_do(one, EVENT_TICKET_SAVED, 1000, 0, NULL), CALL_WRONG_PHASE);
    script_do(other, EVENT_END, 1000, 0, NULL);
    assert_true(desk_view(other).ended);
    free(one);
    free(other);
    scenario_free(plain);
    scenario_free(none);
}

#define A_CALL(test) cmocka_unit_test_setup_teardown(test, open_call, close_call)

int main(void) {
    const struct CMUnitTest tests[] = {
        A_CALL(credit_by_the_share_of_facts),
        A_CALL(a_wrong_grade_loses_its_point_only),
        A_CALL(a_guessed_cause_is_half),
        A_CALL(a_wrong_cause_is_nothing),
        A_CALL(a_field_may_be_mended_before_saving),
        A_CALL(what_the_ticket_has_not_is_refused),
        A_CALL(the_grade_matrix),
        A_CALL(the_grade_is_of_the_issue),
        A_CALL(weighted_kappa),
        A_CALL(the_call_goes_on_after_the_talk),
        A_CALL(only_desk_work_is_allowed_then),
        A_CALL(hanging_up_leaves_the_ticket_to_be_written),
        A_CALL(not_closing_leaves_the_case_open),
        A_CALL(points_of_the_ticket_count_and_do_not_lock),
        A_CALL(work_after_the_call_without_a_ticket),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
