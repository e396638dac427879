/* R1: kill -9 at a random moment of a call at the screen. Whatever the screen showed is in the
 * record, the call goes on, and what comes out of it verifies. */
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "rehearsal.h"

/* The way through small.json: what is picked, the reply's id, and what the customer says to it. */
static const struct {
    const char *pick, *id, *answer;
} steps[] = {
    {"Good morning", "\"greet-well\"", "The lamp keeps"},
    {"Since when", "\"since\"", "So what do I do"},
    {"Please restart", "\"restart\"", "Oh, it works"},
};
#define STEPS (sizeof steps / sizeof *steps)

static int run(const char *command) {
    struct buffer line = {0};
    const char *program = getenv("ITR_PROGRAM");
    buffer_printf(&line, "'%s' %s --data '%s' </dev/null >/dev/null 2>&1", program, command,
                  stage.data);
    int status = system(line.bytes);
    buffer_free(&line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int verify(void) {
    struct buffer command = {0};
    buffer_printf(&command, "verify '%s'", stage_file(&stage, ".csv"));
    int status = run(command.bytes);
    buffer_free(&command);
    return status;
}

/* Plays up to a random reply, and kills within some milliseconds of the key for the next. */
static void play_and_kill(uint64_t *chance) {
    size_t last = (size_t)(hash_random(chance) % STEPS);
    stage_play(&stage, 24, 80, "small.json", "en");
    for (size_t i = 0; i <= last; i++) {
        if (i)
            assert_true(window_wait(window, steps[i - 1].answer));
        assert_true(stage_pick(&stage, steps[i].pick));
    }
    struct timespec pause = {.tv_nsec = (long)(hash_random(chance) % 6000000)};
    nanosleep(&pause, NULL);
    kill(window->child, SIGKILL);
    while (window_read(window, 20)) /* what was sent before it died was shown */
        ;
}

/* Returns how many replies the screen had answered. */
static size_t check_shown(void) {
    size_t shown = 0;
    for (size_t i = 0; i < STEPS; i++)
        if (window_find(window, steps[i].answer) >= 0) {
            shown++;
            if (!stage_file_holds(&stage, ".open", steps[i].id))
                fail_msg("the screen showed the answer to %s, the record does not hold it",
                         steps[i].id);
        }
    return shown;
}

static void test_killed_at_the_screen(void **state) {
    uint64_t chance = (uint64_t)time(NULL);
    size_t shown = 0;
    print_message("seed %llu\n", (unsigned long long)chance);
    for (int round = 0, count = stage_count(15, 600); round < count; round++) {
        stage_set(&stage);
        play_and_kill(&chance);
        shown += check_shown();
        stage_end(&stage);
        assert_int_equal(run("play --plain --resume --clock virtual"), 0);
        assert_null(stage_file(&stage, ".open"));
        assert_int_equal(verify(), 0);
        stage_clear(&stage);
    }
    assert_true(shown > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_killed_at_the_screen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
