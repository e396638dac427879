#include "key.h"

#include <string.h>

#include "base/base.h"

#define WAIT_ESCAPE 50      /* a lone ESC is the key of that name after so long */
#define WAIT_CHARACTER 1000 /* half a character is given up */
#define WAIT_PASTE 500      /* a paste whose end got lost is handed over */

static const char paste_end[] = "\033[201~";

void key_decoder_start(struct key_decoder *decoder) {
    *decoder = (struct key_decoder){0};
}

void key_decoder_free(struct key_decoder *decoder) {
    buffer_free(&decoder->paste);
}

void key_decoder_learn(struct key_decoder *decoder, const char *sequence, uint32_t key) {
    if (!sequence || sequence[0] != '\033' || strlen(sequence) < 2 ||
        strlen(sequence) > sizeof decoder->learnt[0].sequence ||
        decoder->learnt_count == KEY_LEARNT)
        return;
    strcpy(decoder->learnt[decoder->learnt_count].sequence, sequence + 1);
    decoder->learnt[decoder->learnt_count++].key = key;
}

static void give_key(uint32_t key, key_give *give, void *user) {
    give(user, &(struct input){.kind = INPUT_KEY, .key = key});
}

/* ---- single bytes ---- */

static uint32_t control_key(uint8_t byte) {
    switch (byte) {
    case '\t':
        return K_TAB;
    case '\r':
    case '\n':
        return K_ENTER;
    case 0x08:
    case 0x7f:
        return K_BACKSPACE;
    case 0:
        return K_CTRL | ' ';
    default:
        return K_CTRL | (byte <= 26 ? (uint32_t)byte + 'a' - 1 : (uint32_t)byte + '@');
    }
}

/* Begins a character of several bytes; the ranges of the second byte keep overlong forms,
 * surrogates and what lies above U+10FFFF out (Unicode 15, table 3-7). */
static bool begin_character(struct key_decoder *decoder, uint8_t byte) {
    decoder->low = 0x80;
    decoder->high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
        decoder->missing = 1;
        decoder->codepoint = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        decoder->missing = 2;
        decoder->codepoint = byte & 0x0f;
        if (byte == 0xe0)
            decoder->low = 0xa0;
        if (byte == 0xed)
            decoder->high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        decoder->missing = 3;
        decoder->codepoint = byte & 0x07;
        if (byte == 0xf0)
            decoder->low = 0x90;
        if (byte == 0xf4)
            decoder->high = 0x8f;
    } else {
        return false;
    }
    decoder->state = KEY_CHARACTER;
    return true;
}

static void take_ground(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    decoder->state = KEY_GROUND;
    decoder->length = 0;
    if (byte == 0x1b)
        decoder->state = KEY_ESCAPE;
    else if (byte < 0x20 || byte == 0x7f)
        give_key(control_key(byte), give, user);
    else if (byte < 0x80)
        give_key(byte, give, user);
    else if (!begin_character(decoder, byte))
        give_key(0xfffd, give, user);
}

static void take_character(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    if (byte < decoder->low || byte > decoder->high) {
        give_key(0xfffd, give, user);
        take_ground(decoder, byte, give, user);
        return;
    }
    decoder->codepoint = decoder->codepoint << 6 | (byte & 0x3f);
    decoder->low = 0x80;
    decoder->high = 0xbf;
    if (--decoder->missing)
        return;
    decoder->state = KEY_GROUND;
    give_key(decoder->codepoint, give, user);
}

/* ---- escape sequences ---- */

static uint32_t learnt_key(const struct key_decoder *decoder) {
    for (size_t i = 0; i < decoder->learnt_count; i++)
        if (strlen(decoder->learnt[i].sequence) == decoder->length &&
            !memcmp(decoder->learnt[i].sequence, decoder->sequence, decoder->length))
            return decoder->learnt[i].key;
    return 0;
}

static uint32_t letter_key(char letter) {
    static const char letters[] = "ABCDHFPQRSMZ";
    static const uint32_t keys[] = {K_UP, K_DOWN,   K_RIGHT,  K_LEFT,   K_HOME,  K_END,
                                    K_F1, K_F1 + 1, K_F1 + 2, K_F1 + 3, K_ENTER, K_BACKTAB};
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? keys[found - letters] : 0;
}

static uint32_t number_key(unsigned number) {
    switch (number) {
    case 1:
    case 7:
        return K_HOME;
    case 2:
        return K_INSERT;
    case 3:
        return K_DELETE;
    case 4:
    case 8:
        return K_END;
    case 5:
        return K_PAGE_UP;
    case 6:
        return K_PAGE_DOWN;
    }
    if (number >= 11 && number <= 15)
        return K_F1 + number - 11;
    if (number >= 17 && number <= 21)
        return K_F1 + number - 12;
    if (number == 23 || number == 24)
        return K_F1 + number - 13;
    return 0;
}

/* The numbers of a sequence such as "[1;5" or "[<0;10;20"; missing ones are 0. */
static void parameters(const struct key_decoder *decoder, unsigned number[3]) {
    size_t at = 0;
    memset(number, 0, 3 * sizeof *number);
    for (size_t i = 1; i < decoder->length && at < 3; i++) {
        char c = decoder->sequence[i];
        if (c >= '0' && c <= '9' && number[at] < 10000)
            number[at] = number[at] * 10 + (unsigned)(c - '0');
        else if (c == ';')
            at++;
    }
}

static uint32_t modifiers(unsigned parameter) {
    unsigned bits = parameter > 1 ? parameter - 1 : 0;
    return (bits & 1 ? K_SHIFT : 0) | (bits & 2 ? K_ALT : 0) | (bits & 4 ? K_CTRL : 0);
}

static void give_mouse(unsigned button, int column, int row, key_give *give, void *user) {
    struct input input = {.kind = INPUT_MOUSE, .row = row, .column = column};
    if (column < 0 || row < 0 || button & 32)
        return; /* motion */
    if ((button & 0x43) == 0x40)
        input.mouse = MOUSE_WHEEL_UP;
    else if ((button & 0x43) == 0x41)
        input.mouse = MOUSE_WHEEL_DOWN;
    else if ((button & 0xc3) == 0)
        input.mouse = MOUSE_PRESS;
    else
        return;
    give(user, &input);
}

static void end_csi(struct key_decoder *decoder, key_give *give, void *user) {
    char final = decoder->sequence[decoder->length - 1];
    uint32_t key = learnt_key(decoder);
    unsigned number[3];
    parameters(decoder, number);
    decoder->state = KEY_GROUND;
    if (key) {
        give_key(key, give, user);
    } else if (decoder->sequence[1] == '<' && (final == 'M' || final == 'm')) {
        if (final == 'M')
            give_mouse(number[0], (int)number[1] - 1, (int)number[2] - 1, give, user);
    } else if (final == '~' && number[0] == 200) {
        decoder->state = KEY_PASTING;
        decoder->paste_end = 0;
        buffer_clear(&decoder->paste);
    } else if (final == '~' && (key = number_key(number[0]))) {
        give_key(key | modifiers(number[1]), give, user);
    } else if ((key = letter_key(final))) {
        give_key(key | modifiers(number[1]), give, user);
    }
}

static void take_csi(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    if (byte < 0x20 || byte >= 0x7f || decoder->length == KEY_SEQUENCE) {
        take_ground(decoder, byte, give, user); /* broken off: this byte is a new beginning */
        return;
    }
    decoder->sequence[decoder->length++] = (char)byte;
    if (byte == '[' && decoder->length == 2)
        decoder->state = KEY_LINUX_F;
    else if (byte == 'M' && decoder->length == 2)
        decoder->state = KEY_X10;
    else if (byte >= 0x40)
        end_csi(decoder, give, user);
}

static void take_x10(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    if (byte < 0x20) {
        take_ground(decoder, byte, give, user);
        return;
    }
    decoder->sequence[decoder->length++] = (char)byte;
    if (decoder->length < 5)
        return;
    const uint8_t *report = (const uint8_t *)decoder->sequence + 2;
    decoder->state = KEY_GROUND;
    give_mouse(report[0] - 32u, report[1] - 33, report[2] - 33, give, user);
}

static void take_ss3(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    if (byte < 0x20 || byte >= 0x7f) {
        take_ground(decoder, byte, give, user);
        return;
    }
    decoder->sequence[decoder->length++] = (char)byte;
    decoder->state = KEY_GROUND;
    uint32_t key = learnt_key(decoder);
    if (key || (key = letter_key((char)byte)))
        give_key(key, give, user);
}

static void take_linux(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    decoder->state = KEY_GROUND;
    if (byte >= 'A' && byte <= 'E')
        give_key(K_F1 + byte - 'A', give, user);
    else
        take_ground(decoder, byte, give, user);
}

static void take_escape(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    decoder->sequence[0] = (char)byte;
    decoder->length = 1;
    uint32_t key = learnt_key(decoder);
    if (key) {
        decoder->state = KEY_GROUND;
        give_key(key, give, user);
    } else if (byte == '[') {
        decoder->state = KEY_CSI;
    } else if (byte == 'O') {
        decoder->state = KEY_SS3;
    } else if (byte == 0x1b || byte >= 0x80) {
        give_key(K_ESCAPE, give, user);
        take_ground(decoder, byte, give, user);
    } else {
        decoder->state = KEY_GROUND;
        give_key(K_ALT | (byte < 0x20 || byte == 0x7f ? control_key(byte) : byte), give, user);
    }
}

/* ---- pasting ---- */

static void end_paste(struct key_decoder *decoder, key_give *give, void *user) {
    struct input input = {
        .kind = INPUT_PASTE, .text = buffer_text(&decoder->paste), .length = decoder->paste.length};
    decoder->state = KEY_GROUND;
    give(user, &input);
    buffer_clear(&decoder->paste);
}

static void add_pasted(struct key_decoder *decoder, const char *bytes, size_t length) {
    if (decoder->paste.length + length <= KEY_PASTE)
        buffer_add(&decoder->paste, bytes, length);
}

static void take_paste(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    if (byte == (uint8_t)paste_end[decoder->paste_end]) {
        if (++decoder->paste_end == sizeof paste_end - 1)
            end_paste(decoder, give, user);
        return;
    }
    add_pasted(decoder, paste_end, decoder->paste_end);
    decoder->paste_end = byte == 0x1b;
    if (byte != 0x1b)
        add_pasted(decoder, (char *)&byte, 1);
}

/* ---- the machine ---- */

void key_decoder_take(struct key_decoder *decoder, uint8_t byte, key_give *give, void *user) {
    static void (*const take[])(struct key_decoder *, uint8_t, key_give *, void *) = {
        [KEY_GROUND] = take_ground, [KEY_CHARACTER] = take_character,
        [KEY_ESCAPE] = take_escape, [KEY_SS3] = take_ss3,
        [KEY_CSI] = take_csi,       [KEY_LINUX_F] = take_linux,
        [KEY_X10] = take_x10,       [KEY_PASTING] = take_paste,
    };
    take[decoder->state](decoder, byte, give, user);
}

int key_decoder_wait(const struct key_decoder *decoder) {
    switch (decoder->state) {
    case KEY_GROUND:
        return -1;
    case KEY_CHARACTER:
        return WAIT_CHARACTER;
    case KEY_PASTING:
        return WAIT_PASTE;
    default:
        return WAIT_ESCAPE;
    }
}

void key_decoder_pause(struct key_decoder *decoder, key_give *give, void *user) {
    int state = decoder->state;
    if (state == KEY_GROUND)
        return;
    decoder->state = KEY_GROUND;
    if (state == KEY_CHARACTER)
        give_key(0xfffd, give, user);
    else if (state == KEY_PASTING) {
        add_pasted(decoder, paste_end, decoder->paste_end);
        end_paste(decoder, give, user);
    } else if (state == KEY_ESCAPE)
        give_key(K_ESCAPE, give, user);
    else if (decoder->length == 1)
        give_key(K_ALT | (uint8_t)decoder->sequence[0], give, user);
}

/* ---- names ---- */

static const char *special_name(uint32_t key) {
    static const char *const names[] = {
        N_("Enter"), N_("Tab"),  N_("Shift-Tab"), N_("Esc"),  N_("Backspace"),
        N_("Del"),   N_("Ins"),  N_("Up"),        N_("Down"), N_("Left"),
        N_("Right"), N_("Home"), N_("End"),       N_("PgUp"), N_("PgDn"),
    };
    return _(names[key - K_FIRST]);
}

void key_label(uint32_t key, struct buffer *out) {
    uint32_t bare = key & (K_SHIFT - 1);
    if (key & K_CTRL)
        buffer_add_text(out, "Ctrl-");
    if (key & K_ALT)
        buffer_add_text(out, "Alt-");
    if (key & K_SHIFT)
        buffer_add_text(out, "Shift-");
    if (bare >= K_F1)
        buffer_printf(out, "F%u", bare - K_F1 + 1);
    else if (bare >= K_FIRST)
        buffer_add_text(out, special_name(bare));
    else if (bare == ' ')
        buffer_add_text(out, _("Space"));
    else if (key & (K_CTRL | K_ALT) && bare >= 'a' && bare <= 'z')
        buffer_add_byte(out, (char)(bare - 32));
    else
        buffer_add_codepoint(out, bare);
}
