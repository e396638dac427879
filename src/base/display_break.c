#include "base/display.h"

/* Where a line may break, told from the two pieces on either side of the place. A piece is a glyph,
 * or all glyphs of one visible escape: those stay together, since they stand for the same bytes,
 * and so does a base with the marks it has too many. */

struct piece {
    uint32_t codepoint;
    size_t offset, end; /* in the source */
    size_t width;
    bool newline, escaped, space;
};

static bool is_any(uint32_t codepoint, const uint32_t *list) {
    for (; *list; list++)
        if (*list == codepoint)
            return true;
    return false;
}

/* Kinsoku: these do not begin a line (GB/T 15834 and JIS X 4051 agree on them). */
static bool closes(uint32_t codepoint) {
    static const uint32_t list[] = {U'、', U'。', U'，', U'．', U'：', U'；', U'！', U'？',
                                    U'）', U'］', U'｝', U'」', U'』', U'】', U'》', U'〉',
                                    U'〕', U'〗', U'”',  U'’',  U'…',  U'—',  U'·',  U'～',
                                    U'％', U'℃',  U'々', U'ー', U'、', ',',   '.',   ':',
                                    ';',   '!',   '?',   ')',   ']',   '}',   '%',   0};

    return is_any(codepoint, list);
}

/* And these do not end one. */
static bool opens(uint32_t codepoint) {
    static const uint32_t list[] = {U'（', U'［', U'｛', U'「', U'『', U'【', U'《', U'〈', U'〔',
                                    U'〖', U'“',  U'‘',  U'￥', U'＄', '(',   '[',   '{',   0};

    return is_any(codepoint, list);
}

/* Wide characters, and the narrow punctuation that stands between them. */
static bool is_chinese(const struct piece *piece) {
    static const uint32_t narrow[] = {U'“', U'”', U'‘', U'’', U'…', U'—', U'·', 0};

    return !piece->escaped && (piece->width == 2 || is_any(piece->codepoint, narrow));
}

static bool may_break(const struct piece *left, const struct piece *right) {
    if (left->space)
        return true;
    if (closes(right->codepoint) || opens(left->codepoint))
        return false;
    return (is_chinese(left) &&
            (right->width == 2 || opens(right->codepoint) || left->width == 2)) ||
           (is_chinese(right) && right->width == 2);
}

/* The `<+N>` of the marks that a base has too many. A line that began with it would take the first
 * of them for a start. */
static bool is_surplus(const struct display *display, const struct glyph *glyph) {
    return glyph->escaped && glyph->codepoints[0] == '<' && display->escape[1] == '+';
}

static bool next_piece(struct display *display, struct glyph *glyph, bool *have,
                       struct piece *piece) {
    if (!*have && !display_next(display, glyph))
        return false;
    *piece = (struct piece){.codepoint = glyph->codepoints[0],
                            .offset = glyph->offset,
                            .end = glyph->offset + glyph->length,
                            .width = glyph->width,
                            .newline = glyph->newline,
                            .escaped = glyph->escaped,
                            .space = glyph->codepoints[0] == ' ' && glyph->count == 1};
    while ((*have = display_next(display, glyph)) &&
           (glyph->length == 0 || is_surplus(display, glyph))) {
        piece->width += glyph->width;
        piece->end += glyph->length;
    }
    return true;
}

size_t display_break(const char *bytes, size_t length, size_t from, size_t columns, size_t *next) {
    struct display display;
    struct glyph glyph;
    struct piece left = {0}, piece;
    size_t width = 0;
    size_t ink = from;              /* end of the last piece that is no space */
    size_t best = from, end = from; /* the last place to break, and where its line ends */
    bool have = false, first = true;

    display_start(&display, bytes, length);
    display.at = from;
    for (; next_piece(&display, &glyph, &have, &piece); left = piece, first = false) {
        if (piece.newline) {
            *next = piece.end;
            return width > columns ? ink : piece.offset;
        }
        if (!first && may_break(&left, &piece)) {
            best = piece.offset;
            end = ink;
        }
        width += piece.width;
        if (width > columns && !first && !piece.space) {
            bool fits = end > from; /* else there is nothing to break at but this very piece */
            *next = fits ? best : piece.offset;
            return fits ? end : ink;
        }
        if (!piece.space)
            ink = piece.end;
    }
    *next = length;
    return width > columns ? ink : length;
}
