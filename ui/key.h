/* Bytes from a terminal become keys.
 *
 * ncurses' own wide input swallows up to 143 keys after one bad byte, so the bytes are decoded
 * here, by a machine that knows nothing of curses and can be fuzzed. Its promises:
 *
 * - a byte that belongs to no character is U+FFFD at once and eats nothing that follows;
 * - an escape sequence that breaks off gives way to the byte that broke it;
 * - nothing makes it deaf: a paste that never ends is handed over when the line goes quiet.
 *
 *     key_decoder_start(&decoder);
 *     for each byte:               key_decoder_take(&decoder, byte, give, user);
 *     quiet for key_decoder_wait:  key_decoder_pause(&decoder, give, user);
 */
#ifndef ITR_UI_KEY_H
#define ITR_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* A key is a character (its code point), or one of these, with modifiers added. */
enum {
    K_FIRST = 0x110000,
    K_ENTER = K_FIRST,
    K_TAB,
    K_BACKTAB,
    K_ESCAPE,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_F1, /* to K_F12, in order */
    K_F12 = K_F1 + 11,
    K_SHIFT = 1 << 24, /* only with the keys above */
    K_ALT = 1 << 25,
    K_CTRL = 1 << 26, /* with letters: the small one, K_CTRL | 'a' */
};

enum input_kind { INPUT_KEY, INPUT_PASTE, INPUT_MOUSE };
enum mouse_event { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct input {
    enum input_kind kind;
    uint32_t key;           /* KEY */
    enum mouse_event mouse; /* MOUSE */
    int row, column;        /* MOUSE, counted from 0 */
    const char *text;       /* PASTE: raw bytes, valid during the call only */
    size_t length;
};

typedef void key_give(void *user, const struct input *input);

#define KEY_SEQUENCE 32           /* longest escape sequence that is waited for */
#define KEY_PASTE ((size_t)65536) /* longer pastes are cut */
#define KEY_LEARNT 24

struct key_decoder {
    enum {
        KEY_GROUND,
        KEY_CHARACTER, /* in a UTF-8 character: `missing` bytes to come, the next in low..high */
        KEY_ESCAPE,
        KEY_SS3,
        KEY_CSI,
        KEY_LINUX_F, /* ESC [ [ A of the Linux console */
        KEY_X10,     /* three bytes of an old mouse report */
        KEY_PASTING,
    } state;
    uint32_t codepoint;
    uint8_t missing, low, high;
    char sequence[KEY_SEQUENCE]; /* what came after ESC */
    uint8_t length;
    struct buffer paste;
    uint8_t paste_end; /* how much of ESC [ 201 ~ was seen */
    struct {
        char sequence[12];
        uint32_t key;
    } learnt[KEY_LEARNT];
    uint8_t learnt_count;
};

void key_decoder_start(struct key_decoder *decoder);
void key_decoder_free(struct key_decoder *decoder);

/* This terminal sends `sequence` (ESC and what follows) for `key`; NULL and others are ignored. */
void key_decoder_learn(struct key_decoder *decoder, const char *sequence, uint32_t key);

void key_decoder_take(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user);

/* Milliseconds of quiet after which key_decoder_pause is to be called; -1: nothing is pending. */
int key_decoder_wait(const struct key_decoder *decoder);
void key_decoder_pause(struct key_decoder *decoder, key_give *give, void *user);

/* The name of a key for people: "Ctrl-L", "PgUp", "F2", "q". Translated where it is a word. */
void key_label(uint32_t key, struct buffer *out);

#endif
