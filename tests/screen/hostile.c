/* R8, the screen's half: outside text in every field that is shown, and every code point through
 * the editor. Nothing but what terminfo asks for and inert text may reach the terminal, under six
 * kinds of terminal. */
#include "base/base.h"
#include "rehearsal.h"

static const char *const terms[] = {"TERM=xterm-256color", "TERM=xterm", "TERM=screen",
                                    "TERM=linux",          "TERM=vt100", "TERM=ansi"};

/* Strings that did harm in other programs. */
static const char *const attacks[] = {
    "\u202eevil",
    "a\u202ab\u202bc\u202cd\u202de\u202e",
    "\u2066x\u2067y\u2068z\u2069",
    "\u200e\u200f\u061c",
    "zero\u200bwidth\u200cjoin\u200d.",
    "\u2060\ufeff\u00ad\u180e",
    "\U000e0001\U000e0061\U000e007f",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "\u0301mark first",
    "line\u2028sep\u2029",
    "\ufe0f\ufe0e",
    "\ue000\U000f0000",
    "\ufffe\uffff\U0001ffff",
    "\xc2\x80"
    "\xc2\x85"
    "\xc2\x90"
    "\xc2\x9b"
    "31m\xc2\x9d"
    "0;title\xc2\x9c",
    "👨\u200d👩\u200d👧\u200d👦 🇨🇳 👍🏽",
    "ＷＩＤＥ\u3000\uff21",
    "\u0600\u0610\u06dd\u200d\u0652",
    "\u115f\u1160\u3164\uffa0",
    "\u0378\U0002ffff",
    "ﷺ𒐫",
};
#define ATTACKS (sizeof attacks / sizeof *attacks)

/* The small script with `attack` in every text of it. */
static const char *write_script(const char *attack) {
    static char path[96];
    struct buffer script = {0}, changed = {0};
    assert_true(file_read(stage_script("small.json"), 1 << 20, &script, NULL));
    for (const char *at = buffer_text(&script); *at; at++) {
        buffer_add_byte(&changed, *at);
        if (*at == '.' && at[1] == '"') /* behind each sentence */
            buffer_add_text(&changed, attack);
        if (!strncmp(at, "Chen\"", 5) || !strncmp(at, "-20\"", 4) || !strncmp(at, "call\"", 5)) {
            buffer_add_text(&changed, at[0] == '-' ? "20" : at[0] == 'C' ? "hen" : "all");
            buffer_add_text(&changed, attack);
            at += at[0] == '-' ? 2 : 3;
        }
    }
    snprintf(path, sizeof path, "%s/small.json", stage.data);
    assert_true(file_replace(path, changed.bytes, changed.length, NULL));
    buffer_free(&script);
    buffer_free(&changed);
    return path;
}

static void audit(const char *what) {
    size_t at = 0;
    if (window_audit(window, &at))
        fail_msg("%s: raw byte %02x at %zu of %zu", what, window->raw[at], at, window->raw_length);
}

/* Goes through a call with every page of it; a script that is refused has only said so. */
static void walk(void) {
    static const char *const keys[] = {"\033[13~", "\033[13~", "?", " ", "1", "y",
                                       "1",        "y",        "1", "y", "1", "y"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        window_type(window, keys[i]);
        while (window_read(window, 15))
            ;
    }
    window_type(window, "\003");
    assert_true(window_wait_end(window));
}

static void test_every_field(void **state) {
    for (size_t i = 0; i < ATTACKS; i++)
        for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
            if (t != i % 6 && !stage_count(0, 1))
                continue;
            char name[200];
            snprintf(name, sizeof name, "\033[31m%s\007", attacks[i]);
            const char *arguments[] = {
                "play", write_script(attacks[i]), "--trainee", name, "--lang", "en", NULL};
            const char *environment[] = {terms[t], "LANG=C.UTF-8", NULL};
            stage_start(&stage, 24, 80, arguments, environment);
            assert_true(window_wait(window, "1 Intake]"));
            walk();
            audit(attacks[i]);
            stage_end(&stage);
        }
}

/* What is typed is seen, escaped where it must be, in the editor, the conversation and the replay.
 */
static void test_typed(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(window_wait(window, "Your reply"));
    window_type(window, "\033[200~a\033]0;x\007b\u202ec\u200bd\033[201~");
    assert_true(window_wait(window, "a]0;xb<U+202E>c<U+200B>d"));
    window_type(window, "\r");
    assert_true(window_wait(window, "Pardon?"));
    window_type(window, "\t\033[19~"); /* to the list; F8 */
    assert_true(window_wait(window, "Hang up?"));
    window_type(window, "y");
    assert_true(window_wait(window, "The call is over."));
    window_type(window, "\rr");
    assert_true(window_wait(window, "Row 2"));
    window_type(window, "\033[F");
    assert_true(window_wait(window, "a]0;xb<U+202E>c<U+200B>d"));
    window_type(window, "\003");
    assert_true(window_wait_end(window));
    audit("typed");
    assert_true(stage_file_holds(&stage, ".csv", "\u202e")); /* the record keeps the bytes */
}

/* A file name, a record's name: they reach standard error, past ncurses. */
static void test_names_on_standard_error(void **state) {
    static const char *const names[] = {"/tmp/\033]0;x\007\u202e.json",
                                        "\xc2\x9b"
                                        "31m.json",
                                        "a\nb\rc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *play[] = {"play", names[i], "--trainee", "t", NULL};
        const char *replay[] = {"replay", names[i], NULL};
        stage_start(&stage, 24, 80, play, NULL);
        assert_true(window_wait_end(window));
        assert_int_not_equal(WEXITSTATUS(window->status), 0);
        audit(names[i]);
        stage_end(&stage);
        stage_start(&stage, 24, 80, replay, NULL);
        assert_true(window_wait_end(window));
        assert_int_not_equal(WEXITSTATUS(window->status), 0);
        audit(names[i]);
        stage_end(&stage);
    }
}

static bool worth_a_try(uint32_t c) {
    return c >= 0x20 && c != 0x7f && !(c >= 0xd800 && c < 0xe000) && c < 0x110000;
}

/* Code points by the hundred through the editor, each hundred ended by a mark that is waited for.
 */
static void test_every_code_point(void **state) {
    uint32_t step = (uint32_t)stage_count(7, 1), most = (uint32_t)stage_count(0x3300, 0x30000);
    int round = 0;
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(window_wait(window, "Your reply"));
    for (uint32_t c = 0x20; c < most;) {
        struct buffer paste = {0};
        char mark[32];
        snprintf(mark, sizeof mark, "=mark%d=", ++round);
        buffer_add_text(&paste, "\033[200~");
        for (int i = 0; i < 100 && c < most; c += step, i++)
            if (worth_a_try(c))
                buffer_add_codepoint(&paste, c);
        buffer_add_text(&paste, "\033[201~");
        size_t drawn = window->raw_length;
        window_send(window, paste.bytes, paste.length);
        for (int i = 0; i < 500 && window->raw_length < drawn + 50; i++)
            window_read(window, 20);
        assert_true(window->raw_length >= drawn + 50);
        window_type(window, "\025"); /* the mark on a clean line: emulators differ in widths */
        window_type(window, mark);
        assert_true(window_wait(window, mark));
        window_type(window, "\025");
        buffer_free(&paste);
    }
    audit("code points");
}

/* A cell never holds more than a base and two marks, and what stands behind is where it belongs. */
static void test_a_heap_of_marks(void **state) {
    struct buffer paste = {0};
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(window_wait(window, "Your reply"));
    buffer_add_text(&paste, "\033[200~e");
    for (int i = 0; i < 1000; i++)
        buffer_add_codepoint(&paste, 0x301);
    buffer_add_text(&paste, "|end\033[201~");
    window_send(window, paste.bytes, paste.length);
    assert_true(window_wait(window, "<+998>|end"));
    buffer_free(&paste);
    size_t marks = 0;
    for (size_t i = 0; i + 1 < window->raw_length; i++)
        marks += window->raw[i] == 0xcc && window->raw[i + 1] == 0x81;
    assert_true(marks >= 2 && marks <= 40); /* two a drawing of it */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_every_field),      TEST(test_typed),           TEST(test_names_on_standard_error),
        TEST(test_every_code_point), TEST(test_a_heap_of_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
