/* Row 49: the thinking guide beside the call shows all twelve actions at the basic level, those of
 * the stage in hand at the advanced, and the stages alone at the expert level. */
#include "rehearsal.h"

/* Plays a shipped script; the guide is there once the last stage stands on a line of its own. */
static void play(const char *scenario) {
    const char *arguments[] = {"play",   scenario, "--lang",    "en", "--seed", "1",
                               "--mode", "learn",  "--trainee", "t1", NULL};
    stage_start(&stage, 40, 120, arguments, NULL);
    assert_true(window_wait(window, "1-9 reply"));
    assert_true(window_find(window, "> 1 Intake") >= 0);
}

static void test_basic(void **state) {
    play("device-dead");
    assert_true(window_find(window, "[ ] Respond quickly") >= 0);
    assert_true(window_find(window, "Capture the knowledge") >= 0);
}

static void test_advanced(void **state) {
    play("late-return");
    assert_true(window_find(window, "- Respond quickly") >= 0);
    assert_true(window_find(window, "Capture the knowledge") < 0);
}

static void test_expert(void **state) {
    play("office-offline");
    assert_true(window_find(window, "4 Follow-up") >= 0);
    assert_true(window_find(window, "Respond quickly") < 0);
}

/* Only learn mode shows it: the others have the card alone. */
static void test_not_in_practice(void **state) {
    const char *arguments[] = {"play",   "device-dead", "--lang",    "en", "--seed", "1",
                               "--mode", "practise",    "--trainee", "t1", NULL};
    stage_start(&stage, 40, 120, arguments, NULL);
    see("1-9 reply");
    assert_false(seen("Respond quickly"));
    assert_false(seen("> 1 Intake"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_not_in_practice),
        TEST(test_basic),
        TEST(test_advanced),
        TEST(test_expert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
