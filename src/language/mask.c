/* Private numbers and addresses out of a text. The text is normalised first, so that full-width
 * digits, Chinese digits and what is put between digits hide nothing; a run of digits is taken at
 * its longest before anything is decided, since most identity cards hold what looks like a
 * telephone number; then identity card before bank card before telephone. */
#include <string.h>

#include "language/language.h"
#include "language/normalise.h"

enum { RUN_LONGEST = 64, CARD_LEAST = 13, CARD_MOST = 19, ID_DIGITS = 18, OLD_ID_DIGITS = 15 };

/* A run of digits as typed: their values, and which bytes each stands for. */
struct run {
    char digits[RUN_LONGEST + 1];
    uint32_t from[RUN_LONGEST], to[RUN_LONGEST];
    size_t count;
    bool joined; /* a letter or digit stands right before or behind it */
    bool too_long;
};

static int digit_value(uint32_t c) {
    static const uint32_t digits[] = U"〇一二三四五六七八九";
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    if (c == U'零')
        return 0;
    if (c == U'幺')
        return 1;
    return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
}

static bool is_separator(uint32_t c) {
    return c == ' ' || c == '-' || c == '.' || c == '\n' || c == '\t' || c == 0x2013 ||
           c == 0x2010 || c == 0xB7;
}

static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* ---- what a run is ---- */

static bool valid_date(const char *digits, int year_digits) {
    int year = 0, month, day;
    for (int i = 0; i < year_digits; i++)
        year = year * 10 + (digits[i] - '0');
    if (year_digits == 2)
        year += 1900;
    month = (digits[year_digits] - '0') * 10 + digits[year_digits + 1] - '0';
    day = (digits[year_digits + 2] - '0') * 10 + digits[year_digits + 3] - '0';
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool valid_province(const char *digits) {
    static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 "
                                    "46 50 51 52 53 54 61 62 63 64 65 71 81 82 83";
    char province[3] = {digits[0], digits[1], 0};
    return strstr(provinces, province) != NULL;
}

/* By shape, province and date: a checksum would let every mistyped number through. */
static bool is_identity(const char *digits, size_t count) {
    if (count == ID_DIGITS)
        return valid_province(digits) && valid_date(digits + 6, 4);
    return count == OLD_ID_DIGITS && valid_province(digits) && valid_date(digits + 6, 2);
}

static bool luhn(const char *digits, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digits[count - 1 - i] - '0');
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* Issuers by their first digits and the lengths they give out: that alone removes most order
 * numbers, which pass the checksum one time in ten. */
static bool is_card(const char *digits, size_t count) {
    unsigned two = (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
    unsigned four = two * 100 + (unsigned)(digits[2] - '0') * 10 + (unsigned)(digits[3] - '0');
    bool issuer =
        (two == 62 && count >= 16) || (digits[0] == '4' && (count == 16 || count == 13)) ||
        (two >= 51 && two <= 55 && count == 16) || (four >= 2221 && four <= 2720 && count == 16) ||
        ((two == 34 || two == 37) && count == 15) || (two == 35 && count == 16) ||
        ((two == 60 || two == 65) && count == 16) ||
        ((two == 30 || two == 36 || two == 38) && count == 14);
    return count >= CARD_LEAST && count <= CARD_MOST && issuer && luhn(digits, count);
}

/* Where in the digits a Chinese mobile number begins, after 86 or 0086; -1 when it is none. */
static int phone_start(const struct run *run) {
    const char *digits = run->digits;
    size_t count = run->count, start = 0;
    if (count == 13 && strncmp(digits, "86", 2) == 0)
        start = 2;
    else if (count == 15 && strncmp(digits, "0086", 4) == 0)
        start = 4;
    else if (count == 12 && digits[0] == '0')
        start = 1;
    else if (count != 11)
        return -1;
    return digits[start] == '1' && digits[start + 1] >= '3' ? (int)start : -1;
}

static bool is_clear(const struct run *run, const char *const *clear) {
    int start = phone_start(run);
    for (; clear != NULL && *clear != NULL; clear++)
        if (strcmp(run->digits, *clear) == 0 ||
            (start > 0 && strcmp(run->digits + start, *clear) == 0))
            return true;
    return false;
}

static const char *mask_of(const struct run *run, const char *const *clear) {
    if (run->too_long || run->joined || run->count < 11 || is_clear(run, clear))
        return NULL;
    if (is_identity(run->digits, run->count))
        return "<id>";
    if (is_card(run->digits, run->count))
        return "<card>";
    return phone_start(run) >= 0 ? "<phone>" : NULL;
}

/* ---- finding runs ---- */

/* Reads the longest run at `at`; returns the letter behind it. One separator (or two) may stand
 * between digits. */
static size_t read_run(const struct letters *letters, size_t at, struct run *run) {
    size_t end = at;
    *run = (struct run){.joined = at > 0 && is_letter(letters->items[at - 1].codepoint)};
    while (at < letters->count) {
        int value = digit_value(letters->items[at].codepoint);
        if (value >= 0) {
            if (run->count == RUN_LONGEST) {
                run->too_long = true;
            } else {
                run->digits[run->count] = (char)('0' + value);
                run->from[run->count] = letters->items[at].from;
                run->to[run->count++] = letters->items[at].to;
            }
            end = ++at;
        } else if (is_separator(letters->items[at].codepoint) && at - end < 2) {
            at++;
        } else {
            break;
        }
    }
    run->digits[run->count] = '\0';
    return end;
}

/* An identity card may end in X. */
static size_t take_check_letter(const struct letters *letters, size_t end, struct run *run) {
    if (run->count == ID_DIGITS - 1 && end < letters->count &&
        letters->items[end].codepoint == 'x' &&
        (end + 1 == letters->count || !is_letter(letters->items[end + 1].codepoint))) {
        run->digits[run->count] = '0';
        run->from[run->count] = letters->items[end].from;
        run->to[run->count++] = letters->items[end].to;
        run->digits[run->count] = '\0';
        return end + 1;
    }
    return end;
}

/* ---- e-mail ---- */

static bool is_local(uint32_t c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == '%';
}

/* Letters of the address around the @ at `at`; false when it is none. */
static bool find_address(const struct letters *letters, size_t at, size_t *from, size_t *to) {
    size_t first = at, last = at + 1, dots = 0;
    while (first > 0 && at - first < 64 && is_local(letters->items[first - 1].codepoint))
        first--;
    while (last < letters->count && last - at < 255 && is_local(letters->items[last].codepoint)) {
        dots += letters->items[last].codepoint == '.';
        last++;
    }
    while (last > at + 1 && (letters->items[last - 1].codepoint == '.' ||
                             letters->items[last - 1].codepoint == '-')) {
        dots -= letters->items[last - 1].codepoint == '.';
        last--;
    }
    *from = first;
    *to = last;
    return first < at && dots > 0 && letters->items[at + 1].codepoint != '.';
}

/* ---- copying ---- */

struct masker {
    const char *text;
    struct buffer *out;
    size_t copied; /* bytes of the text that are in `out` */
    size_t masked;
};

static void put_mask(struct masker *masker, size_t from, size_t to, const char *mask) {
    if (from < masker->copied)
        return;
    buffer_add(masker->out, masker->text + masker->copied, from - masker->copied);
    buffer_add_text(masker->out, mask);
    masker->copied = to;
    masker->masked++;
}

/* Several numbers with only spaces between look like one run: the pieces are then tried alone. */
static void mask_pieces(struct masker *masker, const struct run *run, const char *const *clear) {
    for (size_t i = 0; i < run->count;) {
        struct run piece = {.joined = run->joined && i == 0};
        size_t k = i;
        for (; k < run->count && (k == i || run->from[k] == run->to[k - 1]); k++)
            piece.digits[piece.count++] = run->digits[k];
        piece.digits[piece.count] = '\0';
        const char *mask = mask_of(&piece, clear);
        if (mask != NULL)
            put_mask(masker, run->from[i], run->to[k - 1], mask);
        i = k;
    }
}

static size_t mask_run(struct masker *masker, const struct letters *letters, size_t at,
                       const char *const *clear) {
    struct run run;
    size_t end = read_run(letters, at, &run);
    end = take_check_letter(letters, end, &run);
    if (end < letters->count && is_letter(letters->items[end].codepoint))
        run.joined = true;
    const char *mask = mask_of(&run, clear);
    if (mask != NULL)
        put_mask(masker, run.from[0], run.to[run.count - 1], mask);
    else if (run.count > 11 && !run.too_long && !is_clear(&run, clear))
        mask_pieces(masker, &run, clear);
    return end;
}

size_t language_mask(const char *text, size_t length, const char *const *clear,
                     struct buffer *out) {
    struct letters letters = {0};
    struct masker masker = {.text = text, .out = out};
    normalise(text, length, &letters);
    for (size_t at = 0; at < letters.count;) {
        size_t from, to;
        if (letters.items[at].codepoint == '@' && at + 1 < letters.count &&
            find_address(&letters, at, &from, &to)) {
            put_mask(&masker, letters.items[from].from, letters.items[to - 1].to, "<email>");
            at = to;
        } else if (digit_value(letters.items[at].codepoint) >= 0) {
            at = mask_run(&masker, &letters, at, clear);
        } else {
            at++;
        }
    }
    buffer_add(out, text + masker.copied, length - masker.copied);
    letters_free(&letters);
    return masker.masked;
}
