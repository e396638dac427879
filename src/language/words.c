/* A text as the words people search by. Han has no spaces: there every pair of neighbours is a
 * word, which finds what a dictionary of words would miss and needs none. */
#include <stdlib.h>

#include "language/language.h"
#include "language/normalise.h"

enum letter_kind { LETTER_NONE, LETTER_HAN, LETTER_WORD };

static bool is_han(uint32_t c) {
    return (c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0x20000 && c < 0x40000) || c == 0x3007;
}

static enum letter_kind kind_of(uint32_t c) {
    if (is_han(c))
        return LETTER_HAN;
    bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xC0 && c < 0x2000) ||
                (c >= 0x3040 && c < 0xFF00) || c >= 0x10000;
    return word ? LETTER_WORD : LETTER_NONE;
}

static bool give(const struct letters *letters, size_t from, size_t to, language_word *word,
                 void *user) {
    struct buffer text = {0};
    for (size_t i = from; i < to; i++)
        buffer_add_codepoint(&text, letters->items[i].codepoint);
    bool on = word(user, buffer_text(&text), text.length, letters->items[from].from,
                   letters->items[to - 1].to);
    buffer_free(&text);
    return on;
}

static bool give_run(const struct letters *letters, size_t from, size_t to, enum letter_kind kind,
                     bool query, language_word *word, void *user) {
    if (kind == LETTER_WORD || to - from == 1)
        return give(letters, from, to, word, user);
    for (size_t i = from; i + 1 < to; i++)
        if (!give(letters, i, i + 2, word, user))
            return false;
    return query || give(letters, to - 1, to, word, user);
}

void language_words(const char *text, size_t length, bool query, language_word *word, void *user) {
    struct letters letters = {0};
    normalise(text, length, &letters);
    for (size_t from = 0, to; from < letters.count; from = to) {
        enum letter_kind kind = kind_of(letters.items[from].codepoint);
        for (to = from + 1; to < letters.count; to++)
            if (kind_of(letters.items[to].codepoint) != kind)
                break;
        if (kind != LETTER_NONE && !give_run(&letters, from, to, kind, query, word, user))
            break;
    }
    letters_free(&letters);
}
