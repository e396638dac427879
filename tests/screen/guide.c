/* Row 49: the thinking guide beside the call shows all twelve actions at the basic level, those of
 * the stage in hand at the advanced, and the stages alone at the expert level. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "stage.h"

static struct stage stage;

static int set_up(void **state) {
    stage_set(&stage);
    return 0;
}

static int tear_down(void **state) {
    stage_clear(&stage);
    return 0;
}

/* Plays a shipped script; the guide is there once the last stage stands on a line of its own. */
static void play(const char *scenario) {
    const char *arguments[] = {"play",   scenario,   "--lang",    "en", "--seed", "1",
                               "--mode", "practise", "--trainee", "t1", NULL};
    stage_start(&stage, 40, 120, arguments, NULL);
    assert_true(window_wait(&stage.window, "1-9 reply"));
    assert_true(window_find(&stage.window, "> 1 Intake") >= 0);
}

static void test_basic(void **state) {
    play("device-dead");
    assert_true(window_find(&stage.window, "[ ] Respond quickly") >= 0);
    assert_true(window_find(&stage.window, "Capture the knowledge") >= 0);
}

static void test_advanced(void **state) {
    play("late-return");
    assert_true(window_find(&stage.window, "- Respond quickly") >= 0);
    assert_true(window_find(&stage.window, "Capture the knowledge") < 0);
}

static void test_expert(void **state) {
    play("office-offline");
    assert_true(window_find(&stage.window, "4 Follow-up") >= 0);
    assert_true(window_find(&stage.window, "Respond quickly") < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_basic, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_advanced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_expert, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
