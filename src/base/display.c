#include "base/display.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <wchar.h>

#include "base/utf8.h"

#define TAB_WIDTH 4
#define MARKS 2              /* combining marks that are drawn with a base */
#define SEQUENCE 10          /* joined emoji that are taken as one; no real sequence is longer */
#define DOTTED_CIRCLE 0x25CC /* stands in for the base that a mark has none of */
#define JOINER 0x200D
#define BLACK_FLAG 0x1F3F4

enum kind { KIND_BASE, KIND_MARK, KIND_HIDDEN };

static uint32_t peek(const struct display *display, size_t at, size_t *step) {
    uint32_t codepoint = 0;

    *step = 0;
    if (at < display->length)
        *step = utf8_decode(display->bytes + at, display->length - at, &codepoint);
    return codepoint;
}

/* What cannot be drawn as itself: formats, controls, separators, private, unassigned, and whatever
 * Unicode says is shown by default as nothing at all (also some letters and marks). */
static enum kind kind_of(uint32_t codepoint, int *width) {
    const uint32_t hidden = U_GC_C_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;

    *width = 0;
    if (U_MASK(u_charType((UChar32)codepoint)) & hidden ||
        u_hasBinaryProperty((UChar32)codepoint, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return KIND_HIDDEN;
    *width = wcwidth((wchar_t)codepoint);
    if (*width < 0 || *width > 2) /* unknown to the C library: the screen would stay blank */
        return KIND_HIDDEN;
    return *width == 0 ? KIND_MARK : KIND_BASE;
}

static bool is_emoji(uint32_t codepoint) {
    return codepoint > 0xA8 && u_hasBinaryProperty((UChar32)codepoint, UCHAR_EXTENDED_PICTOGRAPHIC);
}

static bool is_flag_letter(uint32_t codepoint) {
    return codepoint >= 0x1F1E6 && codepoint <= 0x1F1FF;
}

/* -- visible escapes ----------------------------------------------------------------------- */

static bool give_escape(struct display *display, struct glyph *glyph) {
    *glyph = (struct glyph){.codepoints = {(unsigned char)display->escape[display->escape_at]},
                            .count = 1,
                            .width = 1,
                            .escaped = display->escape[0] != ' ',
                            .offset = display->escape_offset,
                            .length = display->escape_source};
    display->escape_source = 0;
    display->escape_at++;
    return true;
}

/* Begins the escape in display->escape, which stands for `source` bytes from display->at on. */
static bool begin_escape(struct display *display, struct glyph *glyph, size_t source) {
    display->escape_length = (uint8_t)strlen(display->escape);
    display->escape_at = 0;
    display->escape_offset = display->at;
    display->escape_source = source;
    display->at += source;
    return give_escape(display, glyph);
}

static bool escape_codepoint(struct display *display, struct glyph *glyph, uint32_t codepoint,
                             size_t source) {
    char *escape = display->escape;
    const size_t size = sizeof display->escape;

    if (codepoint == '\t')
        snprintf(escape, size, "%*s", TAB_WIDTH, "");
    else if (codepoint < 0x20 || codepoint == 0x7F)
        snprintf(escape, size, "^%c", (char)(codepoint ^ 0x40));
    else if (codepoint < 0xA0)
        snprintf(escape, size, "<%02X>", (unsigned)codepoint);
    else
        snprintf(escape, size, "<U+%04X>", (unsigned)codepoint);
    return begin_escape(display, glyph, source);
}

/* -- characters ---------------------------------------------------------------------------- */

/* A mark that adds to the character before it. The width is asked first: it rules out nearly all.
 */
static bool is_mark(uint32_t codepoint) {
    int width;

    return codepoint >= 0x300 && codepoint != UTF8_BAD && wcwidth((wchar_t)codepoint) == 0 &&
           kind_of(codepoint, &width) == KIND_MARK;
}

/* The marks at display->at that no base takes any more. */
static bool give_surplus(struct display *display, struct glyph *glyph) {
    size_t at = display->at, count = 0, step;

    while (is_mark(peek(display, at, &step))) {
        at += step;
        count++;
    }
    snprintf(display->escape, sizeof display->escape, "<+%zu>", count);
    return begin_escape(display, glyph, at - display->at);
}

/* Adds the marks that follow to the glyph; any more of them come as the next glyph. */
static void take_marks(struct display *display, struct glyph *glyph) {
    size_t step;

    while (glyph->count <= MARKS) {
        uint32_t codepoint = peek(display, display->at, &step);
        if (!is_mark(codepoint))
            break;
        glyph->codepoints[glyph->count++] = codepoint;
        display->at += step;
    }
    glyph->length = display->at - glyph->offset;
    display->surplus = glyph->count > MARKS;
}

static bool give_base(struct display *display, struct glyph *glyph, uint32_t codepoint, int width,
                      size_t step) {
    *glyph = (struct glyph){
        .codepoints = {codepoint}, .count = 1, .width = (uint8_t)width, .offset = display->at};
    display->at += step;
    return true;
}

static bool give_mark_alone(struct display *display, struct glyph *glyph) {
    give_base(display, glyph, DOTTED_CIRCLE, 1, 0);
    glyph->escaped = true;
    take_marks(display, glyph);
    return true;
}

static bool give_bad(struct display *display, struct glyph *glyph, size_t step) {
    give_base(display, glyph, 0xFFFD, 1, step);
    glyph->length = step;
    glyph->escaped = true;
    return true;
}

/* Two flag letters are shown as the letters they stand for, one is escaped. */
static bool give_flag(struct display *display, struct glyph *glyph, uint32_t first, size_t step) {
    size_t second_step;
    uint32_t second = peek(display, display->at + step, &second_step);

    if (!is_flag_letter(second))
        return escape_codepoint(display, glyph, first, step);
    snprintf(display->escape, sizeof display->escape, "<%c%c>", (char)('A' + first - 0x1F1E6),
             (char)('A' + second - 0x1F1E6));
    return begin_escape(display, glyph, step + second_step);
}

/* Bytes of a tag sequence (the flags of England, Scotland, Wales) at `at`; 0 when it is none. Only
 * letters and digits, few of them, and the end tag: nothing can hide in it. */
static size_t tag_sequence(const struct display *display, size_t at) {
    size_t start = at, step;

    for (int count = 0; count <= 6; count++) {
        uint32_t codepoint = peek(display, at, &step);
        at += step;
        if (codepoint == 0xE007F)
            return count >= 3 ? at - start : 0;
        if (!(codepoint >= 0xE0030 && codepoint <= 0xE0039) &&
            !(codepoint >= 0xE0061 && codepoint <= 0xE007A))
            return 0;
    }
    return 0;
}

/* One that no emoji before it took is escaped, or the terminal would join it to the character that
 * happens to be drawn before it. */
static bool is_skin_tone(uint32_t codepoint) {
    return codepoint >= 0x1F3FB && codepoint <= 0x1F3FF;
}

/* Steps over what may follow one emoji: its variation selector and its skin tone. */
static size_t after_emoji(const struct display *display, size_t at) {
    size_t step;
    uint32_t codepoint = peek(display, at, &step);

    if (codepoint == 0xFE0F || codepoint == 0xFE0E) {
        at += step;
        codepoint = peek(display, at, &step);
    }
    if (is_skin_tone(codepoint))
        at += step;
    return at;
}

/* An emoji stands for its whole sequence: selectors, skin tones, and emoji joined to it. */
static void take_sequence(struct display *display, struct glyph *glyph) {
    size_t at = after_emoji(display, display->at), step, joined_step;

    if (glyph->codepoints[0] == BLACK_FLAG)
        at += tag_sequence(display, at);
    for (int parts = 1; parts < SEQUENCE; parts++) {
        if (peek(display, at, &step) != JOINER || !is_emoji(peek(display, at + step, &joined_step)))
            break;
        at = after_emoji(display, at + step + joined_step);
    }
    display->at = at;
}

/* A keycap is a digit, a selector and an enclosing key: the digit is shown. */
static void take_keycap(struct display *display, struct glyph *glyph) {
    size_t step, key_step;

    if (!strchr("0123456789#*", (int)glyph->codepoints[0]))
        return;
    if (peek(display, display->at, &step) == 0xFE0F &&
        peek(display, display->at + step, &key_step) == 0x20E3)
        display->at += step + key_step;
}

static bool give_character(struct display *display, struct glyph *glyph, uint32_t codepoint,
                           size_t step) {
    int width;
    enum kind kind;

    if (is_flag_letter(codepoint))
        return give_flag(display, glyph, codepoint, step);
    kind = kind_of(codepoint, &width);
    if (kind == KIND_HIDDEN || is_skin_tone(codepoint))
        return escape_codepoint(display, glyph, codepoint, step);
    if (kind == KIND_MARK)
        return give_mark_alone(display, glyph);
    give_base(display, glyph, codepoint, width, step);
    if (is_emoji(codepoint))
        take_sequence(display, glyph);
    else if (codepoint < 0x80)
        take_keycap(display, glyph);
    take_marks(display, glyph);
    return true;
}

static bool next_is_ascii(const struct display *display, size_t at) {
    return at >= display->length || (unsigned char)display->bytes[at] < 0x80;
}

void display_start(struct display *display, const char *bytes, size_t length) {
    *display = (struct display){.bytes = bytes, .length = length};
}

bool display_next(struct display *display, struct glyph *glyph) {
    uint32_t codepoint;
    size_t step;

    if (display->escape_at < display->escape_length)
        return give_escape(display, glyph);
    if (display->at >= display->length)
        return false;
    codepoint = peek(display, display->at, &step);
    if (display->surplus) {
        display->surplus = false;
        if (is_mark(codepoint))
            return give_surplus(display, glyph);
    }
    if (codepoint == '\n') {
        *glyph = (struct glyph){.codepoints = {'\n'},
                                .count = 1,
                                .newline = true,
                                .offset = display->at++,
                                .length = 1};
        return true;
    }
    if (codepoint == UTF8_BAD)
        return give_bad(display, glyph, step);
    if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0))
        return escape_codepoint(display, glyph, codepoint, step);
    if (codepoint < 0x7F && next_is_ascii(display, display->at + 1)) {
        give_base(display, glyph, codepoint, 1, 1);
        glyph->length = 1;
        return true;
    }
    return give_character(display, glyph, codepoint, step);
}

size_t display_width(const char *bytes, size_t length) {
    struct display display;
    struct glyph glyph;
    size_t width = 0;

    display_start(&display, bytes, length);
    while (display_next(&display, &glyph))
        width += glyph.width;
    return width;
}

void display_add(struct buffer *out, const char *bytes, size_t length, bool lines) {
    struct display display;
    struct glyph glyph;

    display_start(&display, bytes, length);
    while (display_next(&display, &glyph)) {
        if (glyph.newline && !lines)
            buffer_add_text(out, "^J");
        else
            for (int i = 0; i < glyph.count; i++)
                buffer_add_codepoint(out, glyph.codepoints[i]);
    }
}
