/* Dice's coefficient over pairs of neighbouring letters, spaces and marks left out. Pairs are
 * counted in a table by hash, so that time stays linear. */
#include <stdlib.h>
#include <string.h>

#include "language/language.h"
#include "language/normalise.h"

static size_t keep_letters(struct letters *letters) {
    size_t kept = 0;
    for (size_t i = 0; i < letters->count; i++) {
        uint32_t c = letters->items[i].codepoint;
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      (c >= 0xC0 && c < 0x2000) || (c >= 0x3040 && c < 0xFF00) || c > 0xFFFF;
        if (letter)
            letters->items[kept++] = letters->items[i];
    }
    letters->count = kept;
    return kept > 1 ? kept - 1 : 0;
}

struct pair {
    uint64_t key; /* 0: free */
    size_t count;
};

static struct pair *find_pair(struct pair *pairs, size_t size, uint64_t key) {
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (size - 1);
    while (pairs[at].key != 0 && pairs[at].key != key)
        at = (at + 1) & (size - 1);
    return &pairs[at];
}

static uint64_t pair_key(const struct letters *letters, size_t at) {
    return (uint64_t)letters->items[at].codepoint << 32 | letters->items[at + 1].codepoint;
}

static size_t common_pairs(const struct letters *a, size_t a_pairs, const struct letters *b,
                           size_t b_pairs) {
    size_t size = 16, common = 0;
    while (size < a_pairs * 2)
        size *= 2;
    struct pair *pairs = memory_new(size * sizeof *pairs);
    for (size_t i = 0; i < a_pairs; i++) {
        struct pair *pair = find_pair(pairs, size, pair_key(a, i));
        pair->key = pair_key(a, i);
        pair->count++;
    }
    for (size_t i = 0; i < b_pairs; i++) {
        struct pair *pair = find_pair(pairs, size, pair_key(b, i));
        if (pair->key != 0 && pair->count > 0) {
            pair->count--;
            common++;
        }
    }
    free(pairs);
    return common;
}

double language_likeness(const char *a, size_t a_length, const char *b, size_t b_length) {
    struct letters first = {0}, second = {0};
    normalise(a, a_length, &first);
    normalise(b, b_length, &second);
    size_t a_pairs = keep_letters(&first), b_pairs = keep_letters(&second);
    double likeness = 0;
    if (a_pairs + b_pairs > 0)
        likeness = 2.0 * (double)common_pairs(&first, a_pairs, &second, b_pairs) /
                   (double)(a_pairs + b_pairs);
    else if (first.count == 1 && second.count == 1)
        likeness = first.items[0].codepoint == second.items[0].codepoint;
    letters_free(&first);
    letters_free(&second);
    return likeness;
}

/* ---- word for word ---- */

static bool in_one_word(const struct letter *a, const struct letter *b) {
    return a->to == b->from && a->codepoint < 0x2000 && b->codepoint < 0x2000;
}

static bool stands_at(const struct letters *text, size_t at, const struct letters *phrase) {
    for (size_t i = 0; i < phrase->count; i++)
        if (text->items[at + i].codepoint != phrase->items[i].codepoint)
            return false;
    size_t end = at + phrase->count;
    bool before = at > 0 && in_one_word(&text->items[at - 1], &text->items[at]);
    bool after = end < text->count && in_one_word(&text->items[end - 1], &text->items[end]);
    return !before && !after;
}

bool language_says(const char *text, size_t length, const char *phrase) {
    struct letters said = {0}, wanted = {0};
    bool found = false;
    normalise(text, length, &said);
    normalise(phrase, strlen(phrase), &wanted);
    keep_letters(&said);
    keep_letters(&wanted);
    for (size_t i = 0; !found && wanted.count && i + wanted.count <= said.count; i++)
        found = stands_at(&said, i, &wanted);
    letters_free(&said);
    letters_free(&wanted);
    return found;
}
