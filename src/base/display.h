/* The one choke point between outside text and a terminal.
 *
 * Every text that was not written in this program (scripts, replies, names, file names, records)
 * goes through here before it is drawn or printed. ncurses lets bidi controls, zero-width and tag
 * characters through and lets CR and BS move the cursor, so the filter is ours: what can't be shown
 * as itself is shown visibly (`^M`, `<9B>`, `<U+202E>`) in a mark of its own, never dropped, and
 * the bytes on disk stay as they were.
 *
 * The rule: decode strictly (a bad byte is U+FFFD); TAB is spaces; other C0 and DEL `^X`; C1
 * `<9B>`; bidi controls, zero width, tags, variation selectors, private use, noncharacters, line
 * and paragraph separators, unassigned `<U+XXXX>`; at most 2 combining marks a base, more as
 * `<+N>`; an emoji sequence is its base only, a flag its two letters `<CN>`; a mark without a base
 * gets a dotted circle; width is that of wcwidth(3) after all this, which needs a UTF-8 locale
 * (message_start). */
#ifndef ITR_BASE_DISPLAY_H
#define ITR_BASE_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* One thing to draw: a base character with up to 2 combining marks, or a piece of a visible escape.
 */
struct glyph {
    uint32_t codepoints[3]; /* base, then marks; 0 ends */
    uint8_t count;          /* 1 to 3 */
    uint8_t width;          /* columns: 1 or 2 */
    bool escaped;           /* part of a visible escape: draw it in the mark attribute */
    bool newline;           /* a line break of the text: width 0, layout decides */
    size_t offset;          /* where in the source it comes from */
    size_t length; /* bytes of the source it stands for (0 within an escape but the first) */
};

/* The glyphs of `bytes`, one at a time. Start with display_start; display_next is false at the end.
 */
struct display {
    const char *bytes;
    size_t length, at;
    char escape[16]; /* what is left to give of a visible escape */
    uint8_t escape_at, escape_length;
    size_t escape_offset, escape_source;
    bool surplus; /* the last base took all the marks that it may have */
};
void display_start(struct display *display, const char *bytes, size_t length);
bool display_next(struct display *display, struct glyph *glyph);

/* Columns of a text on one line (a newline counts nothing). */
size_t display_width(const char *bytes, size_t length);

/* Adds the inert form of a text to `out` as UTF-8, for standard output: newlines are kept if
 * `lines`, else shown as `^J`. */
void display_add(struct buffer *out, const char *bytes, size_t length, bool lines);

/* Breaks a text into lines of at most `columns` columns (at least 2): Latin words stay whole where
 * they fit, Chinese breaks anywhere but before closing and after opening punctuation (kinsoku), a
 * newline always breaks. Returns the byte offset where the line that starts at `from` ends, and in
 * *next where the next begins (length: there is none). Spaces and tabs at a break belong to neither
 * line. A line holds at least one glyph, or one visible escape, which is never divided: only a line
 * of so little is ever wider than `columns`. */
size_t display_break(const char *bytes, size_t length, size_t from, size_t columns, size_t *next);

#endif
