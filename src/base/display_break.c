#include "base/display.h"

/* Where a line may break, told from the two pieces on either side of the place. A piece is a glyph,
 * or all glyphs of one visible escape: those stay together, since they stand for the same bytes. */

struct piece {
    uint32_t codepoint;
    size_t offset, end; /* in the source */
    size_t width;
    bool newline, escaped;
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
    if (left->codepoint == ' ')
        return true;
    if (closes(right->codepoint) || opens(left->codepoint))
        return false;
    return (is_chinese(left) &&
            (right->width == 2 || opens(right->codepoint) || left->width == 2)) ||
           (is_chinese(right) && right->width == 2);
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
                            .escaped = glyph->escaped};
    while ((*have = display_next(display, glyph)) && glyph->length == 0)
        piece->width += glyph->width;
    return true;
}

/* Spaces at a break belong to no line, and a newline right behind them ends the same line. */
static size_t skip_spaces(const char *bytes, size_t length, size_t at) {
    while (at < length && bytes[at] == ' ')
        at++;
    if (at < length && bytes[at] == '\n')
        at++;
    return at;
}

static size_t trim(const char *bytes, size_t from, size_t end) {
    while (end > from && bytes[end - 1] == ' ')
        end--;
    return end;
}

size_t display_break(const char *bytes, size_t length, size_t from, size_t columns, size_t *next) {
    struct display display;
    struct glyph glyph;
    struct piece left = {0}, piece;
    size_t width = 0, best = from;
    bool have = false, first = true;

    display_start(&display, bytes, length);
    display.at = from;
    for (; next_piece(&display, &glyph, &have, &piece); left = piece, first = false) {
        if (piece.newline) {
            *next = piece.end;
            return piece.offset;
        }
        if (!first && may_break(&left, &piece))
            best = piece.offset;
        width += piece.width;
        if (width <= columns || first || piece.codepoint == ' ')
            continue;
        if (best == from || trim(bytes, from, best) == from)
            best = piece.offset; /* no place fits: a word is broken */
        *next =
            best == piece.offset && left.codepoint != ' ' ? best : skip_spaces(bytes, length, best);
        return trim(bytes, from, best);
    }
    *next = length;
    return length;
}
