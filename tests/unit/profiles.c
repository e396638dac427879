/* The shared profiles: each complaint type has a right order, and every other order ends worse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "customer_script.h"

#define STEPS 5

struct plan {
    const char *profile;
    const char *steps[STEPS]; /* in the right order, NULL-terminated where fewer */
    /* Steps before this one may change places with each other. */
    int free;
};

static struct scenario *angry(const char *profile) {
    char customer[80];
    snprintf(customer, sizeof customer, "\"profile\":\"%s\",\"mood\":-45,\"patience\":60", profile);
    return customer_with(customer, "", NULL);
}

static struct call_view played(const struct scenario *scenario, const struct plan *plan,
                               const int *order, int count) {
    struct call *call = customer_call(scenario, 7, 0, NULL);
    for (int i = 0; i < count && !customer_view(call).ended; i++)
        customer_say(call, plan->steps[order[i]], 4000);
    struct call_view view = customer_view(call);
    free(call);
    return view;
}

static bool is_right(const struct plan *plan, const int *order, int count) {
    for (int i = 0; i < count; i++)
        if (i < plan->free ? order[i] >= plan->free : order[i] != i)
            return false;
    return true;
}

/* The next order after this one; false when it was the last. */
static bool next_order(int *order, int count) {
    int at = count - 2, to = count - 1;
    while (at >= 0 && order[at] > order[at + 1])
        at--;
    if (at < 0)
        return false;
    while (order[to] < order[at])
        to--;
    int kept = order[at];
    order[at] = order[to];
    order[to] = kept;
    for (int i = at + 1, j = count - 1; i < j; i++, j--) {
        kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    return true;
}

static void every_order(const struct plan *plan) {
    struct scenario *scenario = angry(plan->profile);
    int order[STEPS] = {0, 1, 2, 3, 4}, count = 0, wrong = 0;
    int32_t worst_right = 100, best_wrong = -100;
    while (count < STEPS && plan->steps[count])
        count++;
    do {
        struct call_view view = played(scenario, plan, order, count);
        if (is_right(plan, order, count)) {
            worst_right = view.mood < worst_right ? view.mood : worst_right;
            assert_false(view.supervisor);
        } else {
            best_wrong = view.mood > best_wrong ? view.mood : best_wrong;
            wrong++;
        }
    } while (next_order(order, count));
    assert_true(wrong > 0);
    if (feeling_of(worst_right) < FEELING_CALM)
        fail_msg("%s: the right order ends at %d", plan->profile, worst_right);
    if (best_wrong >= worst_right)
        fail_msg("%s: a wrong order ends at %d, the right one at %d", plan->profile, best_wrong,
                 worst_right);
    scenario_free(scenario);
}

/* Row 137: listening first; an early solution makes it worse. */
static void vent(void **state) {
    every_order(&(struct plan){"vent", {"empathy", "restate", "plan", "time"}, 2});
}

/* Row 138: own up, look, say what the rules allow, offer. */
static void compensation(void **state) {
    every_order(&(struct plan){"compensation", {"apology", "probe", "feasibility", "plan"}, 1});
}

/* Row 139: the effort and the view are named before anything is offered. */
static void recognition(void **state) {
    every_order(&(struct plan){"recognition", {"thanks", "restate", "plan", "time"}, 2});
}

/* Row 139: an offer without recognition leaves the mood low. */
static void offer_without_recognition(void **state) {
    struct scenario *scenario = angry("recognition");
    const struct plan plan = {"recognition", {"probe", "plan", "time"}, 0};
    struct call_view view = played(scenario, &plan, (const int[]){0, 1, 2}, 3);
    assert_true(view.mood < -45);
    scenario_free(scenario);
}

/* Row 140: ask, plan, say when. */
static void solve(void **state) {
    every_order(&(struct plan){"solve", {"probe", "plan", "time"}, 0});
}

/* Row 140: long empathy costs patience, and the short route is the best. */
static void long_empathy(void **state) {
    struct scenario *scenario = angry("solve");
    const struct plan plan = {"solve", {"probe", "plan", "time", "empathy"}, 0};
    struct call_view short_route = played(scenario, &plan, (const int[]){0, 1, 2}, 3);
    struct call_view kind = played(scenario, &plan, (const int[]){3, 3, 0, 1, 2}, 5);
    struct call_view kinder = played(scenario, &plan, (const int[]){3, 3, 3, 0, 1, 2}, 6);
    assert_true(kind.patience < short_route.patience);
    assert_true(kinder.patience < kind.patience);
    assert_true(kind.mood < short_route.mood && kinder.mood < kind.mood);
    scenario_free(scenario);
}

static void calm(void **state) {
    struct scenario *scenario =
        customer_with("\"profile\":\"calm\",\"mood\":0,\"patience\":60", "", NULL);
    const struct plan plan = {"calm", {"probe", "plan", "time", "thanks"}, 0};
    struct call_view view = played(scenario, &plan, (const int[]){0, 1, 2, 3}, 4);
    assert_int_equal(feeling_of(view.mood), FEELING_CALM);
    assert_true(view.mood > 0);
    scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vent),        cmocka_unit_test(compensation),
        cmocka_unit_test(recognition), cmocka_unit_test(offer_without_recognition),
        cmocka_unit_test(solve),       cmocka_unit_test(long_empathy),
        cmocka_unit_test(calm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
