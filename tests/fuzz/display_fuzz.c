/* Any bytes: what comes out is UTF-8 that no terminal takes for a command, stands for all of the
 * source in its order, and breaks into lines that hold every byte once. */
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "base/base.h"
#include "fuzz.h"

static bool is_harmful(uint32_t codepoint) {
    return codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) || codepoint == 0xAD ||
           codepoint == 0x34F || codepoint == 0x61C || codepoint == 0x180E ||
           (codepoint >= 0x200B && codepoint <= 0x200F) ||
           (codepoint >= 0x2028 && codepoint <= 0x202E) ||
           (codepoint >= 0x2060 && codepoint <= 0x206F) ||
           (codepoint >= 0xE000 && codepoint <= 0xF8FF) ||
           (codepoint >= 0xFE00 && codepoint <= 0xFE0F) || codepoint == 0xFEFF ||
           (codepoint >= 0xE0000 && codepoint <= 0x10FFFF);
}

static void check_glyphs(const char *bytes, size_t length) {
    struct display display;
    struct glyph glyph;
    size_t at = 0;

    display_start(&display, bytes, length);
    while (display_next(&display, &glyph)) {
        fuzz_require(glyph.count >= 1 && glyph.count <= 3);
        fuzz_require(glyph.newline ? glyph.width == 0 : glyph.width == 1 || glyph.width == 2);
        if (glyph.length) {
            fuzz_require(glyph.offset == at);
            at += glyph.length;
        }
        for (int i = 0; i < glyph.count && !glyph.newline; i++)
            fuzz_require(!is_harmful(glyph.codepoints[i]));
        for (int i = 1; i < glyph.count; i++)
            fuzz_require(wcwidth((wchar_t)glyph.codepoints[i]) == 0);
    }
    fuzz_require(at == length);
}

/* What was shown once is shown as it is from then on. */
static void check_text(const char *bytes, size_t length, bool lines) {
    struct buffer out = {0}, again = {0};

    display_add(&out, bytes, length, lines);
    fuzz_require(utf8_check(buffer_text(&out), out.length) == out.length);
    display_add(&again, buffer_text(&out), out.length, lines);
    fuzz_require(out.length == again.length &&
                 memcmp(buffer_text(&out), buffer_text(&again), out.length) == 0);
    if (lines)
        fuzz_require(display_width(bytes, length) == display_width(buffer_text(&out), out.length));
    buffer_free(&out);
    buffer_free(&again);
}

static void check_lines(const char *bytes, size_t length, size_t columns) {
    for (size_t from = 0, next; from < length; from = next) {
        size_t end = display_break(bytes, length, from, columns, &next);
        fuzz_require(end >= from && end <= next && next > from && next <= length);
        for (size_t i = end; i < next; i++)
            fuzz_require(strchr(" \t\n", bytes[i]));
        fuzz_require(memchr(bytes + from, '\n', end - from) == NULL);
        if (columns >= 12)
            fuzz_require(display_width(bytes + from, end - from) <= columns);
    }
}

static void check_graphemes(const char *bytes, size_t length) {
    size_t at = 0, steps = 0;

    while (at < length) {
        size_t next = utf8_next_grapheme(bytes, length, at);
        fuzz_require(next > at && next <= length);
        fuzz_require(utf8_previous_grapheme(bytes, length, next) >= at || steps > 0);
        at = next;
        steps++;
    }
    while (at > 0) {
        size_t before = utf8_previous_grapheme(bytes, length, at);
        fuzz_require(before < at);
        at = before;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    const char *text = (const char *)bytes;

    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return 0;
    check_glyphs(text, length);
    check_text(text, length, false);
    check_text(text, length, true);
    check_lines(text, length, 2);
    check_lines(text, length, 20);
    if (length <= 64)
        check_graphemes(text, length);
    return 0;
}
