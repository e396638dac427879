/* The key decoder: R10 at its root, and every form of key that terminals send. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "key.h"

/* What the decoder gave, written down: characters as UTF-8, others as <name>. */
struct heard {
    struct buffer text;
    size_t count;
};

static void hear(void *user, const struct input *input) {
    struct heard *heard = user;
    heard->count++;
    if (input->kind == INPUT_PASTE) {
        buffer_add_text(&heard->text, "<paste ");
        buffer_add(&heard->text, input->text, input->length);
        buffer_add_text(&heard->text, ">");
    } else if (input->kind == INPUT_MOUSE) {
        buffer_printf(&heard->text, "<mouse %d %d,%d>", (int)input->mouse, input->row,
                      input->column);
    } else if (input->key >= ' ' && input->key < K_FIRST) {
        buffer_add_codepoint(&heard->text, input->key);
    } else {
        buffer_add_text(&heard->text, "<");
        key_label(input->key, &heard->text);
        buffer_add_text(&heard->text, ">");
    }
}

static void feed(struct key_decoder *decoder, struct heard *heard, const void *bytes,
                 size_t length) {
    for (size_t i = 0; i < length; i++)
        key_decoder_take(decoder, ((const uint8_t *)bytes)[i], hear, heard);
}

/* Bytes, then quiet, give this. */
static void expect(const char *bytes, size_t length, const char *wanted) {
    struct key_decoder decoder;
    struct heard heard = {0};
    key_decoder_start(&decoder);
    feed(&decoder, &heard, bytes, length);
    if (key_decoder_wait(&decoder) >= 0)
        key_decoder_pause(&decoder, hear, &heard);
    assert_string_equal(buffer_text(&heard.text), wanted);
    assert_int_equal(key_decoder_wait(&decoder), -1);
    buffer_free(&heard.text);
    key_decoder_free(&decoder);
}
#define EXPECT(bytes, wanted) expect(bytes, sizeof(bytes) - 1, wanted)
#define BAD "\xef\xbf\xbd"

static void test_characters(void **state) {
    EXPECT("abc", "abc");
    EXPECT("你好", "你好");
    EXPECT("é😀", "é😀");
    EXPECT("\r\n\t\x7f\x08", "<Enter><Enter><Tab><Backspace><Backspace>");
    EXPECT("\x01\x03\x1a", "<Ctrl-A><Ctrl-C><Ctrl-Z>");
    EXPECT("\0a", "<Ctrl-Space>a");
}

static void test_bad_bytes(void **state) {
    EXPECT("\xff"
           "abcdefghijklmnopqrstuvwxyz",
           BAD "abcdefghijklmnopqrstuvwxyz");
    EXPECT("\xe5\xa5"
           "abc",
           BAD "abc");
    EXPECT("caf\xe9\r", "caf" BAD "<Enter>");
    EXPECT("\xc0\xaf"
           "abc",
           BAD BAD "abc");
    EXPECT("\xed\xa0\x80"
           "abc",
           BAD BAD BAD "abc");
    EXPECT("\xf4\x90\x80\x80"
           "abc",
           BAD BAD BAD BAD "abc");
    EXPECT("\xc4\xe3"
           "abc",
           BAD BAD "abc"); /* 你 from a GBK terminal */
    EXPECT("\xe5\xa5", BAD);
    EXPECT("\xe5\x03", BAD "<Ctrl-C>");
}

static void test_sequences(void **state) {
    EXPECT("\033[A\033OB\033[C\033OD", "<Up><Down><Right><Left>");
    EXPECT("\033[1;5C\033[1;3D\033[1;2A", "<Ctrl-Right><Alt-Left><Shift-Up>");
    EXPECT("\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "<Home><End><Home><End><Home><End>");
    EXPECT("\033[2~\033[3~\033[5~\033[6~", "<Ins><Del><PgUp><PgDn>");
    EXPECT("\033OP\033[11~\033[[A\033[15~\033[21~\033[24~", "<F1><F1><F1><F5><F10><F12>");
    EXPECT("\033[Z", "<Shift-Tab>");
    EXPECT("\033a\033\x7f", "<Alt-A><Alt-Backspace>");
    EXPECT("\033", "<Esc>");
    EXPECT("\033\033[A", "<Esc><Up>");
    EXPECT("\033[", "<Alt-[>");
    EXPECT("\033你", "<Esc>你");
}

static void test_broken_sequences(void **state) {
    EXPECT("\033[1;\x03x", "<Ctrl-C>x");
    EXPECT("\033[\033[A", "<Up>");
    EXPECT("\033[12\xe4\xbd\xa0", "你");
    EXPECT("\033O\r", "<Enter>");
    EXPECT("\033[999999999999999999~x", "x");
    EXPECT("\033[1111111111111111111111111111111111111111111111111111x", "111111111111111111111x");
}

static void test_mouse(void **state) {
    EXPECT("\033[<0;10;5M\033[<0;10;5m", "<mouse 0 4,9>");
    EXPECT("\033[<64;1;1M\033[<65;1;1M", "<mouse 1 0,0><mouse 2 0,0>");
    EXPECT("\033[<35;4;4Mx", "x"); /* motion */
    EXPECT("\033[M !!x", "<mouse 0 0,0>x");
}

static void test_paste(void **state) {
    EXPECT("\033[200~a\r\nb\033[201~c", "<paste a\r\nb>c");
    EXPECT("\033[200~a\033[A\033[20b\033[201~c", "<paste a\033[A\033[20b>c");
    EXPECT("\033[200~lost end", "<paste lost end>");
    EXPECT("\033[200~\033\033[201~x", "<paste \033>x");
}

static void test_long_paste_is_cut(void **state) {
    struct key_decoder decoder;
    struct heard heard = {0};
    key_decoder_start(&decoder);
    feed(&decoder, &heard, "\033[200~", 6);
    for (size_t i = 0; i < KEY_PASTE + 100; i++)
        feed(&decoder, &heard, "x", 1);
    feed(&decoder, &heard, "\033[201~y", 7);
    assert_int_equal(heard.text.length, strlen("<paste >y") + KEY_PASTE);
    buffer_free(&heard.text);
    key_decoder_free(&decoder);
}

static void test_learnt(void **state) {
    struct key_decoder decoder;
    struct heard heard = {0};
    key_decoder_start(&decoder);
    key_decoder_learn(&decoder, "\033A", K_UP);
    key_decoder_learn(&decoder, "\033[9z", K_F1);
    key_decoder_learn(&decoder, NULL, K_F1);
    key_decoder_learn(&decoder, "x", K_F1);
    feed(&decoder, &heard, "\033A\033[9zx", 7);
    assert_string_equal(buffer_text(&heard.text), "<Up><F1>x");
    buffer_free(&heard.text);
    key_decoder_free(&decoder);
}

/* After every single byte and a pause, keys still work. */
static void test_every_byte(void **state) {
    for (int first = 0; first < 256; first++)
        for (int second = -1; second < 256; second++) {
            struct key_decoder decoder;
            struct heard heard = {0};
            uint8_t bytes[2] = {(uint8_t)first, (uint8_t)second};
            key_decoder_start(&decoder);
            feed(&decoder, &heard, bytes, second < 0 ? 1 : 2);
            key_decoder_pause(&decoder, hear, &heard);
            buffer_clear(&heard.text);
            feed(&decoder, &heard, "好\r\003", 5);
            assert_string_equal(buffer_text(&heard.text), "好<Enter><Ctrl-C>");
            buffer_free(&heard.text);
            key_decoder_free(&decoder);
        }
}

/* R10: invalid sequences without an ESC never cost a valid key that follows. */
static void test_no_valid_key_is_lost(void **state) {
    uint64_t seed = 10;
    for (int round = 0; round < 10000; round++) {
        struct key_decoder decoder;
        struct heard heard = {0};
        key_decoder_start(&decoder);
        for (uint64_t i = 0, count = 1 + hash_random(&seed) % 5; i < count; i++) {
            uint8_t byte = (uint8_t)(0x80 | hash_random(&seed));
            feed(&decoder, &heard, &byte, 1);
        }
        feed(&decoder, &heard, "a", 1);
        assert_int_equal(heard.text.bytes[heard.text.length - 1], 'a');
        buffer_clear(&heard.text);
        feed(&decoder, &heard, "好\r", 4);
        assert_string_equal(buffer_text(&heard.text), "好<Enter>");
        buffer_free(&heard.text);
        key_decoder_free(&decoder);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_broken_sequences),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_long_paste_is_cut),
        cmocka_unit_test(test_learnt),
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_no_valid_key_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
