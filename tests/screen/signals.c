/* R13: told to end, or left alone by its terminal, the program ends within a second, loses nothing
 * and does not spin; stopped and woken, it goes on where it was. */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "rehearsal.h"

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A call in its second stage, with a row that only it has. */
static void start_call(void) {
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(stage_pick(&stage, "Good morning"));
    assert_true(window_wait(window, "[2 Diagnosis]"));
}

/* The child is gone within a second; our end of the line may be closed already. */
static void gone_in_a_second(void) {
    int64_t since = now_ms();
    while (!window->ended && now_ms() - since < 5000) {
        if (waitpid(window->child, &window->status, WNOHANG) == window->child)
            window->ended = true;
        else if (window->line >= 0)
            window_read(window, 5);
        else
            usleep(2000);
    }
    assert_true(window->ended);
    assert_true(WIFEXITED(window->status));
    assert_true(now_ms() - since < 1000);
}

static void kept_as_unfinished(void) {
    assert_true(stage_file_holds(&stage, ".open", "greet-well"));
    assert_true(stage_file_holds(&stage, ".open", "interrupted"));
}

static void test_signals_end_it(void **state) {
    static const int signals[] = {SIGHUP, SIGTERM, SIGINT};
    for (int round = 0, count = stage_count(6, 300); round < count; round++) {
        start_call();
        window_type(window, "half a sentence");
        assert_true(window_wait(window, "half a sentence"));
        kill(window->child, signals[round % 3]);
        gone_in_a_second();
        kept_as_unfinished();
        assert_true(stage_file_holds(&stage, ".draft", "half a sentence"));
        while (window_read(window, 0))
            ;
        assert_false(window->other_screen);
        assert_true(window->cursor_seen);
        rehearsal_tear_down(NULL);
        rehearsal_set_up(NULL);
    }
}

static void test_the_line_drops(void **state) {
    for (int round = 0, count = stage_count(3, 300); round < count; round++) {
        start_call();
        close(window->line);
        window->line = -1;
        gone_in_a_second();
        kept_as_unfinished();
        rehearsal_tear_down(NULL);
        rehearsal_set_up(NULL);
    }
}

/* Even where SIGHUP is ignored (nohup), a line that is gone ends it. */
static void test_the_line_drops_with_hup_ignored(void **state) {
    char data[96];
    snprintf(data, sizeof data, "ITR_DATA=%s", stage.data);
    char *argv[] = {"/usr/bin/env", "--ignore-signal=HUP", getenv("ITR_PROGRAM"), NULL};
    char *environment[] = {"TERM=xterm", "LANG=C.UTF-8", data, NULL};
    window_open(window, 24, 80, argv, environment);
    assert_true(window_wait(window, "Your name:"));
    close(window->line);
    window->line = -1;
    gone_in_a_second();
}

/* A terminal that reads nothing more: the call goes on being recorded, little time is burnt, and
 * SIGTERM still ends it. */
static void test_a_stalled_terminal(void **state) {
    start_call();
    for (int i = 0; i < 400; i++) /* 400 full repaints do not fit into the line */
        if (write(window->line, "\014", 1) < 0)
            break;
    int64_t until = now_ms() + stage_count(1500, 60000);
    usleep(200000);
    double before = window_cpu_s(window);
    while (now_ms() < until)
        usleep(50000);
    assert_true(window_cpu_s(window) - before < 0.1);
    kill(window->child, SIGTERM);
    int64_t since = now_ms();
    while (waitpid(window->child, &window->status, WNOHANG) != window->child &&
           now_ms() - since < 5000)
        usleep(2000);
    window->ended = true;
    assert_true(now_ms() - since < 1000);
    assert_true(WIFEXITED(window->status));
    kept_as_unfinished();
}

static void test_idle_costs_nothing(void **state) {
    start_call();
    assert_true(window_wait(window, "The lamp keeps blinking."));
    double before = window_cpu_s(window);
    int64_t since = now_ms();
    while (now_ms() - since < stage_count(2000, 20000))
        window_read(window, 100);
    assert_true(window_cpu_s(window) - before <= 0.01 * (double)(now_ms() - since) / 1000 + 0.01);
}

static void test_stopped_and_woken(void **state) {
    start_call();
    for (int round = 0, count = stage_count(3, 300); round < count; round++) {
        char text[32];
        snprintf(text, sizeof text, "word%d", round);
        kill(window->child, SIGSTOP);
        int status;
        assert_int_equal(waitpid(window->child, &status, WUNTRACED), window->child);
        assert_true(WIFSTOPPED(status));
        window_type(window, text);
        window_resize(window, 30 + round % 5, 100 + round % 7);
        kill(window->child, SIGCONT);
        assert_true(window_wait(window, text));
        assert_true(window_wait(window, "[2 Diagnosis]"));
        window_type(window, "\025");
        assert_true(window_wait_gone(window, text));
    }
    /* The kernel may hand over the wake-up only when there is nothing left to read. */
    int64_t since = now_ms();
    while (!stage_file_holds(&stage, ".open", "suspended") && now_ms() - since < 5000)
        window_read(window, 20);
    assert_true(stage_file_holds(&stage, ".open", "suspended"));
    window_type(window, "\003");
    assert_true(window_wait_end(window));
    assert_int_equal(WEXITSTATUS(window->status), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_signals_end_it),
        TEST(test_the_line_drops),
        TEST(test_the_line_drops_with_hup_ignored),
        TEST(test_a_stalled_terminal),
        TEST(test_idle_costs_nothing),
        TEST(test_stopped_and_woken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
