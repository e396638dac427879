#include "language/matter.h"

#include <stdlib.h>
#include <string.h>

enum { STEM_LETTERS = 5, LINE_LONGEST = 4000, CONTENT_LETTERS = 2 };

/* Keys of whole words and of word beginnings live in one set, told apart by a salt. */
#define WHOLE_SALT UINT64_C(0x51ED270B9F3A1D7B)

void matter_free(struct matter *matter) {
    sheet_free(&matter->line);
    free(matter->holds);
    *matter = (struct matter){0};
}

/* ---- keys ---- */

static uint64_t letters_key(const struct letters *letters, size_t first, size_t last) {
    uint64_t hash = WORD_HASH_START;
    for (size_t i = first; i < last; i++)
        hash = word_hash(hash, letters->items[i].codepoint);
    return hash | 1;
}

/* The key of the content that begins at a token: a word's beginning, a number, two Han characters;
 * 0 when it is none. */
static uint64_t content_key(const struct lexicon *lexicon, const struct sheet *sheet, size_t at) {
    const struct tokens *tokens = &sheet->scan.tokens;
    const struct token *token = &tokens->items[at];
    uint32_t stop = lexicon->guards[GUARD_STOP];
    if (sheet_token_is(sheet, at, stop))
        return 0;
    size_t letters = token->last - token->first;
    if (token->kind == TOKEN_NUMBER)
        return letters > 1 ? letters_key(&tokens->letters, token->first, token->last) : 0;
    if (token->kind == TOKEN_WORD)
        return letters <= CONTENT_LETTERS
                   ? 0
                   : letters_key(&tokens->letters, token->first,
                                 letters > STEM_LETTERS ? token->first + STEM_LETTERS
                                                        : token->last);
    if (token->kind != TOKEN_HAN || at + 1 == tokens->count ||
        tokens->items[at + 1].kind != TOKEN_HAN || tokens->items[at + 1].before != BREAK_NONE ||
        sheet_token_is(sheet, at + 1, stop))
        return 0;
    return letters_key(&tokens->letters, token->first, tokens->items[at + 1].last);
}

/* The key of the words of tokens [at, last) written as one, without a plural's s. */
static uint64_t whole_key(const struct sheet *sheet, size_t at, size_t last) {
    const struct letters *letters = &sheet->scan.tokens.letters;
    uint64_t hash = WORD_HASH_START;
    for (; at < last; at++) {
        const struct token *token = &sheet->scan.tokens.items[at];
        size_t end = token->last;
        if (at + 1 == last && end - token->first > 3 && letters->items[end - 1].codepoint == 's')
            end--;
        for (size_t i = token->first; i < end; i++)
            hash = word_hash(hash, letters->items[i].codepoint);
    }
    return (hash ^ WHOLE_SALT) | 1;
}

static size_t key_place(uint64_t key) {
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (MATTER_WORDS - 1);
}

static bool has_key(const struct matter *matter, uint64_t key) {
    for (size_t at = key_place(key); matter->words[at] != 0; at = (at + 1) & (MATTER_WORDS - 1))
        if (matter->words[at] == key)
            return true;
    return false;
}

static void add_key(struct matter *matter, uint64_t key) {
    if (key == 0 || matter->word_count * 2 > MATTER_WORDS || has_key(matter, key))
        return;
    size_t at = key_place(key);
    while (matter->words[at] != 0)
        at = (at + 1) & (MATTER_WORDS - 1);
    matter->words[at] = key;
    matter->places[matter->word_count++] = (uint16_t)at;
}

/* ---- loading ---- */

/* `asked`: the line is the one that the reply answers. */
static void note_conditions(struct matter *matter, const struct lexicon *lexicon, bool customer,
                            bool asked) {
    const struct scan *scan = &matter->line.scan;
    for (size_t i = 0; i < scan->hit_count; i++) {
        const struct alternative *of = &lexicon->alternatives[scan->hits[i].alternative];
        bool fits = of->role == (customer ? ROLE_CUSTOMER : ROLE_AGENT) ||
                    (asked && of->role == ROLE_ASKED);
        if (!fits || !sheet_anchored(&matter->line, &scan->hits[i], of->anchors))
            continue;
        matter->holds[of->rule] |= of->role == ROLE_ASKED ? HOLDS_ASKED
                                   : customer             ? HOLDS_CUSTOMER
                                                          : HOLDS_AGENT;
    }
}

static void load_line(struct matter *matter, const struct lexicon *lexicon, struct views *views,
                      const struct utterance *line, bool last) {
    size_t length = line->length < LINE_LONGEST ? line->length : LINE_LONGEST;
    sheet_read(lexicon, views, line->text, length, &matter->line);
    bool customer = line->who == SPEAKER_CUSTOMER;
    size_t count = matter->line.scan.tokens.count;
    note_conditions(matter, lexicon, customer, customer && last);
    for (size_t i = 0; i < count; i++) {
        if (customer)
            add_key(matter, content_key(lexicon, &matter->line, i));
        add_key(matter, whole_key(&matter->line, i, i + 1));
        if (i + 1 < count && matter->line.scan.tokens.items[i].kind == TOKEN_WORD)
            add_key(matter, whole_key(&matter->line, i, i + 2));
    }
    matter->customer_spoke |= customer && count > 0;
    matter->agent_asked |= !customer && matter->line.asks_any;
}

void matter_load(struct matter *matter, const struct lexicon *lexicon, struct views *views,
                 const struct utterance *context, size_t count) {
    if (matter->loaded)
        return;
    matter->loaded = true;
    matter->customer_spoke = matter->agent_asked = false;
    while (matter->word_count > 0)
        matter->words[matter->places[--matter->word_count]] = 0;
    matter->holds = memory_reserve(matter->holds, &matter->holds_capacity, lexicon->rule_count + 1,
                                   sizeof *matter->holds);
    memset(matter->holds, 0, lexicon->rule_count + 1);
    for (size_t i = count > MATTER_TURNS ? count - MATTER_TURNS : 0; i < count; i++)
        load_line(matter, lexicon, views, &context[i], i + 1 == count);
}

/* ---- asking ---- */

void matter_overlap(const struct matter *matter, const struct lexicon *lexicon,
                    struct sheet *reply) {
    for (size_t i = 0; i < reply->scan.tokens.count; i++) {
        uint64_t key = content_key(lexicon, reply, i);
        if ((key == 0 || !has_key(matter, key)) && !sheet_token_is(reply, i, lexicon->any_fact))
            continue;
        uint8_t *sentence = &reply->sentence[sheet_sentence(reply, i)];
        *sentence |= *sentence & SENTENCE_OVERLAPS ? SENTENCE_OVERLAPS_TWICE : SENTENCE_OVERLAPS;
        reply->shared[reply->scan.tokens.items[i].clause] = 1;
    }
}

bool matter_knows(const struct matter *matter, const struct sheet *reply, size_t first,
                  size_t last) {
    if (has_key(matter, whole_key(reply, first, last)))
        return true;
    for (size_t i = first; i < last; i++)
        if (!has_key(matter, whole_key(reply, i, i + 1)))
            return false;
    return true;
}
