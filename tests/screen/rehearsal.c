#include "rehearsal.h"

#include <sys/wait.h>

struct stage stage;

int rehearsal_set_up(void **state) {
    stage_set(&stage);
    return 0;
}

int rehearsal_tear_down(void **state) {
    stage_clear(&stage);
    return 0;
}

/* window.c has shown the picture by then. */
static void must(bool held, const char *what, const char *text) {
    if (held)
        return;
    fail_msg("%s: %s", what, text);
}

void see(const char *text) {
    must(window_wait(window, text), "not seen", text);
}

void see_gone(const char *text) {
    must(window_wait_gone(window, text), "still seen", text);
}

bool seen(const char *text) {
    return window_find(window, text) >= 0;
}

void pick(const char *text) {
    must(stage_pick(&stage, text), "not offered", text);
}

void ends_with(int status) {
    size_t at = 0;
    assert_true(window_wait_end(window));
    assert_true(WIFEXITED(window->status));
    assert_int_equal(WEXITSTATUS(window->status), status);
    assert_false(window->other_screen);
    assert_true(window->cursor_seen);
    assert_int_equal(window_audit(window, &at), 0);
}

bool recorded(const char *text) {
    return stage_file_holds(&stage, ".open", text) || stage_file_holds(&stage, ".csv", text);
}
