/* R12: whatever the environment, the program runs, or says one sentence and ends with 2; and the
 * terminal is as it was. */
#include "base/base.h"
#include "rehearsal.h"

static bool has_ended(void) {
    return window->ended || window->hung_up;
}

/* Until the first picture stands (in a window too small for one: until it was drawn at all), or the
 * program has ended. */
static bool comes_up(void) {
    for (int i = 0; i < 1000 && !has_ended(); i++) {
        if (window->rows < 24 ? window->raw_length > 0 : window_find(window, "Your name:") >= 0)
            return true;
        window_read(window, 10);
    }
    return false;
}

/* Starts; it runs and Ctrl-C ends it with 0, or it says `itr: ...` and ends with 2. */
static void try(const char *label, int rows, int columns, const char *const *environment,
                bool fit) {
    const char *arguments[] = {"--lang", "en", NULL};
    size_t at = 0;
    stage_start(&stage, rows, columns, arguments, environment);
    bool up = comes_up() && !window->hung_up;
    if (fit)
        window_send(window, "\003", 1);
    if (!window_wait_end(window) || !WIFEXITED(window->status))
        fail_msg("%s: did not end, or by a signal", label);
    int status = WEXITSTATUS(window->status);
    if (status == 2 && !memmem(window->raw, window->raw_length, "itr: ", 5))
        fail_msg("%s: no sentence", label);
    if (status != (fit ? 0 : 2) || (fit && !up))
        fail_msg("%s: status %d", label, status);
    if (window->other_screen || !window->cursor_seen)
        fail_msg("%s: the terminal was not restored", label);
    if (status == 0 && window_audit(window, &at))
        fail_msg("%s: raw byte %02x at %zu", label, window->raw[at], at);
    stage_end(&stage);
}

static const struct {
    const char *term;
    bool fit;
} terms[] = {
    {NULL, false},
    {"TERM=", false},
    {"TERM=nonexistent", false},
    {"TERM=dumb", false},
    {"TERM=unknown", false},
    {"TERM=../../etc/passwd", false},
    {"TERM=xterm\033]0;x\007", false},
    {"TERM=xterm", true},
    {"TERM=xterm-256color", true},
    {"TERM=linux", true},
    {"TERM=vt100", true},
    {"TERM=screen", true},
    {"TERM=ansi", true},
};
static const char *const locales[] = {NULL, "LANG=C.UTF-8", "LANG=C", "LC_ALL=zz_ZZ.UTF-8",
                                      "LC_ALL=POSIX"};
static const struct {
    int rows, columns;
} sizes[] = {{24, 80}, {0, 0}, {1, 1}, {2, 2}, {500, 1000}};

static void test_matrix(void **state) {
    char label[160];
    for (size_t t = 0; t < sizeof terms / sizeof *terms; t++)
        for (size_t l = 0; l < sizeof locales / sizeof *locales; l++)
            for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
                if (sizes[s].rows == 500 && l > (size_t)stage_count(0, 9))
                    continue; /* the emulator is slow at that size */
                const char *environment[3] = {NULL};
                size_t count = 0;
                if (terms[t].term)
                    environment[count++] = terms[t].term;
                if (locales[l])
                    environment[count++] = locales[l];
                snprintf(label, sizeof label, "%s %s %dx%d",
                         terms[t].term ? terms[t].term : "no TERM",
                         locales[l] ? locales[l] : "no LANG", sizes[s].rows, sizes[s].columns);
                try(label, sizes[s].rows, sizes[s].columns, environment, terms[t].fit);
            }
}

static void test_odd_variables(void **state) {
    static const char *const odd[] = {
        "COLUMNS=99999999",
        "LINES=99999",
        "COLUMNS=-5",
        "LINES=abc",
        "COLUMNS=",
        "HOME=",
        "HOME=/nonexistent",
        "NO_COLOR=1",
        "TERMINFO=/dev",
        "ESCDELAY=-1",
        "NCURSES_NO_PADDING=x",
        "TMPDIR=/nonexistent",
        "LANGUAGE=xx:yy",
        "COLORTERM=truecolor",
        "XDG_DATA_HOME=/proc",
        "LC_CTYPE=zz",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *environment[] = {"TERM=xterm", "LANG=C.UTF-8", odd[i], NULL};
        try(odd[i], 24, 80, environment, true);
        try(odd[i], 0, 0, environment, true);
    }
}

static void test_long_term(void **state) {
    char *term = memory_new(5001);
    memset(term, 'x', 5000);
    memcpy(term, "TERM=", 5);
    const char *environment[] = {term, NULL};
    try("a TERM of 4,995 bytes", 24, 80, environment, false);
    free(term);
}

/* Started by a shell that closed or redirected descriptors. */
static void test_descriptors(void **state) {
    static const char *const redirections[] = {
        "<&-", ">&-", "2>&-", "</dev/null", ">/dev/null", "<&- >&- 2>&-", "</dev/null 2>&-"};
    for (size_t i = 0; i < sizeof redirections / sizeof *redirections; i++) {
        char command[600], data[96];
        snprintf(command, sizeof command, "exec '%s' %s", getenv("ITR_PROGRAM"), redirections[i]);
        snprintf(data, sizeof data, "ITR_DATA=%s", stage.data);
        char *argv[] = {"/bin/sh", "-c", command, NULL};
        char *environment[] = {"TERM=xterm", "LANG=C.UTF-8", data, NULL};
        window_open(window, 24, 80, argv, environment);
        bool may_run = !strcmp(redirections[i], "2>&-");
        if (may_run)
            assert_true(window_wait(window, "Your name:"));
        if (may_run)
            window_send(window, "\003", 1);
        assert_true(window_wait_end(window));
        assert_true(WIFEXITED(window->status));
        assert_int_equal(WEXITSTATUS(window->status), may_run ? 0 : 2);
        stage_end(&stage);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_matrix),
        TEST(test_odd_variables),
        TEST(test_long_term),
        TEST(test_descriptors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
