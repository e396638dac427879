#include "language/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "language/slot.h"

void tokens_free(struct tokens *tokens) {
    letters_free(&tokens->letters);
    free(tokens->items);
    free(tokens->clauses);
    *tokens = (struct tokens){0};
}

/* ---- letters ---- */

static inline bool is_han(uint32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static inline bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_wide_word_letter(uint32_t c) {
    if (is_han(c) || c == 0xD7 || c == 0xF7)
        return false;
    /* letters of every other script; from U+2000 on stand marks, symbols and emoji */
    return c < 0x2000 || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0x3100) ||
           (c >= 0xA000 && c < 0xD800);
}

static inline bool is_word_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' ||
           (c >= 0xAA && is_wide_word_letter(c));
}

static bool is_sign(uint32_t c) {
    return c == '$' || c == '%' || c == '#' || c == 0xA5 || c == 0xA3 || c == 0x20AC;
}

static enum token_break break_of(uint32_t c) {
    switch (c) {
    case '.':
    case '!':
    case '?':
    case ';':
    case '\n':
    case '\r':
    case 0x3002:
    case 0x2028:
    case 0x2029:
    case 0x0964:
        return BREAK_SENTENCE;
    case ',':
    case ':':
    case '~':
    case '|':
    case 0x3001:
    case 0x301C:
    case 0x2014:
        return BREAK_COMMA;
    case ' ':
    case '\t':
        return BREAK_NONE;
    default:
        return BREAK_SOFT;
    }
}

/* ---- the cutter ---- */

struct cutter {
    struct tokens *tokens;
    const struct letter *letters;
    size_t count, at;
    const struct vocabulary *vocabulary;
    struct vocabulary *grow;
    enum token_break pending;
    bool asks, space, quotes;
    uint32_t sentence;
};

static struct token *add_token(struct cutter *cutter, enum token_kind kind, size_t first,
                               size_t last) {
    struct tokens *tokens = cutter->tokens;
    if (tokens->count == tokens->capacity)
        tokens->items = memory_reserve(tokens->items, &tokens->capacity, tokens->count + 1,
                                       sizeof *tokens->items);
    struct token *token = &tokens->items[tokens->count++];
    token->from = cutter->letters[first].from;
    token->to = cutter->letters[last - 1].to;
    token->first = (uint32_t)first;
    token->last = (uint32_t)last;
    token->word = WORD_NONE;
    token->near_count = 0;
    token->kind = (uint8_t)kind;
    token->before = (uint8_t)cutter->pending;
    token->quoted = token->slot = false;
    cutter->pending = BREAK_NONE;
    return token;
}

static void close_clause(struct cutter *cutter) {
    struct tokens *tokens = cutter->tokens;
    uint32_t first = tokens->clause_count > 0 ? tokens->clauses[tokens->clause_count - 1].last : 0;
    if (first == tokens->count) {
        if (cutter->asks && tokens->clause_count > 0)
            tokens->clauses[tokens->clause_count - 1].asks_by_mark = true;
        return;
    }
    tokens->clauses = memory_reserve(tokens->clauses, &tokens->clause_capacity,
                                     tokens->clause_count + 1, sizeof *tokens->clauses);
    tokens->clauses[tokens->clause_count] =
        (struct clause){first, (uint32_t)tokens->count, cutter->sentence, cutter->asks};
    for (size_t i = first; i < tokens->count; i++)
        tokens->items[i].clause = (uint32_t)tokens->clause_count;
    tokens->clause_count++;
}

/* What stands between the last token and the next is known: closes the clause if it ends there. */
static void settle_break(struct cutter *cutter) {
    if (cutter->pending >= BREAK_BREATH)
        close_clause(cutter);
    if (cutter->pending == BREAK_SENTENCE)
        cutter->sentence++;
    cutter->asks = cutter->space = false;
}

static bool letter_is(const struct cutter *cutter, size_t at, uint32_t c) {
    return at < cutter->count && cutter->letters[at].codepoint == c;
}

static bool digit_at(const struct cutter *cutter, size_t at) {
    return at < cutter->count && is_digit(cutter->letters[at].codepoint);
}

static bool word_letter_at(const struct cutter *cutter, size_t at) {
    return at < cutter->count && is_word_letter(cutter->letters[at].codepoint);
}

static bool mask_follows(const struct cutter *cutter) {
    size_t at = cutter->at + 1;
    while (letter_is(cutter, at, ' '))
        at++;
    return letter_is(cutter, at, '<');
}

static void note_mark(struct cutter *cutter) {
    uint32_t c = cutter->letters[cutter->at].codepoint;
    if (c == ' ') {
        cutter->space = true;
        cutter->at++;
        return;
    }
    enum token_break strength = break_of(c);
    bool inside = cutter->at > 0 && word_letter_at(cutter, cutter->at - 1) &&
                  word_letter_at(cutter, cutter->at + 1) &&
                  cutter->letters[cutter->at + 1].codepoint < 0x80;
    if (c == '.' && inside)
        strength = BREAK_SOFT; /* a name of a site or a field: example.org */
    if (c == '.' && letter_is(cutter, cutter->at + 1, '.'))
        strength = BREAK_COMMA; /* an ellipsis is a pause */
    if (c == '.' && cutter->at > 0 && letter_is(cutter, cutter->at - 1, '.'))
        strength = BREAK_COMMA;
    if (c == ':' && mask_follows(cutter))
        strength = BREAK_SOFT; /* "see here: <url>" is one clause */
    if (c == '\t')
        cutter->space = true;
    if (c == '"' || c == '\'')
        cutter->quotes = true;
    if (c == '?')
        cutter->asks = true;
    if (strength > cutter->pending)
        cutter->pending = strength;
    cutter->at++;
}

/* ---- words ---- */

static void look_up(struct cutter *cutter, struct token *token, uint64_t hash) {
    uint32_t letters[64];
    size_t count = token->last - token->first;
    token->word = vocabulary_find(cutter->vocabulary, hash);
    if (token->word != WORD_NONE || (cutter->grow == NULL && token->kind != TOKEN_WORD) ||
        count > 64)
        return;
    for (size_t i = 0; i < count; i++)
        letters[i] = cutter->letters[token->first + i].codepoint;
    if (cutter->grow != NULL)
        token->word = vocabulary_add(cutter->grow, letters, count);
    else
        token->near_count =
            (uint8_t)vocabulary_near(cutter->vocabulary, letters, count, token->near);
}

/* A spelling becomes the words it stands for, all over the same bytes. */
static void spell_out(struct cutter *cutter) {
    size_t index = cutter->tokens->count - 1;
    struct token token = cutter->tokens->items[index];
    uint32_t words[WORD_SPELLING];
    size_t count =
        token.word == WORD_NONE ? 0 : vocabulary_spelling(cutter->vocabulary, token.word, words);
    if (token.word == WORD_NONE && token.near_count == 1)
        count = vocabulary_spelling(cutter->vocabulary, token.near[0], words);
    for (size_t i = 0; i < count; i++) {
        struct token *to = &cutter->tokens->items[index];
        if (i > 0)
            to = add_token(cutter, TOKEN_WORD, token.first, token.last);
        to->word = words[i];
        to->near_count = 0;
    }
}

static void cut_word(struct cutter *cutter) {
    size_t first = cutter->at, at = first;
    uint64_t hash = WORD_HASH_START;
    while (at < cutter->count) {
        uint32_t c = cutter->letters[at].codepoint;
        bool apostrophe = c == '\'' && at > first && word_letter_at(cutter, at + 1) &&
                          !is_digit(cutter->letters[at + 1].codepoint);
        if (!is_word_letter(c) && !apostrophe)
            break;
        hash = word_hash(hash, c);
        at++;
    }
    struct token *token = add_token(cutter, TOKEN_WORD, first, at);
    look_up(cutter, token, hash);
    cutter->at = at;
    spell_out(cutter);
}

/* Digits with the points, commas and colons between them; commas are left out of the look-up. */
static void cut_number(struct cutter *cutter) {
    size_t first = cutter->at, at = first;
    uint64_t hash = WORD_HASH_START;
    while (at < cutter->count) {
        uint32_t c = cutter->letters[at].codepoint;
        bool joint = (c == '.' || c == ',' || c == ':') && digit_at(cutter, at + 1);
        if (!is_digit(c) && !joint)
            break;
        if (c != ',')
            hash = word_hash(hash, c);
        at++;
    }
    struct token *token = add_token(cutter, TOKEN_NUMBER, first, at);
    look_up(cutter, token, hash);
    cutter->at = at;
}

/* Letters and digits mixed (GT67G6) are one number-like word. */
static bool number_ends_in_word(const struct cutter *cutter) {
    size_t at = cutter->at;
    while (digit_at(cutter, at))
        at++;
    if (!word_letter_at(cutter, at) || cutter->letters[at].codepoint >= 0x80)
        return false;
    size_t letters = 0;
    while (word_letter_at(cutter, at + letters) && cutter->letters[at + letters].codepoint < 0x80)
        letters++;
    return letters > 5 || (letters > 1 && digit_at(cutter, at + letters - 1));
}

static void cut_single(struct cutter *cutter, enum token_kind kind) {
    struct token *token = add_token(cutter, kind, cutter->at, cutter->at + 1);
    look_up(cutter, token, word_hash(WORD_HASH_START, cutter->letters[cutter->at].codepoint));
    cutter->at++;
}

static bool cut_mask(struct cutter *cutter) {
    size_t taken;
    int slot = slot_of_mask(cutter->letters + cutter->at, cutter->count - cutter->at, &taken);
    if (slot < 0)
        return false;
    settle_break(cutter);
    struct token *token = add_token(cutter, TOKEN_MASK, cutter->at, cutter->at + taken);
    token->slot = true;
    token->mask = (uint8_t)slot;
    cutter->at += taken;
    return true;
}

static void cut_next(struct cutter *cutter) {
    uint32_t c = cutter->letters[cutter->at].codepoint;
    bool han = is_han(c);
    if (!han && !is_word_letter(c) && !is_sign(c)) {
        if ((c != '<' && c != '[' && c != '@') || !cut_mask(cutter))
            note_mark(cutter);
        return;
    }
    struct tokens *tokens = cutter->tokens;
    bool after_han = tokens->count > 0 && tokens->items[tokens->count - 1].kind == TOKEN_HAN;
    if (han && after_han && cutter->space && cutter->pending < BREAK_BREATH)
        cutter->pending = BREAK_BREATH; /* in chat a space between Han characters is a pause */
    settle_break(cutter);
    if (han)
        cut_single(cutter, TOKEN_HAN);
    else if (is_sign(c))
        cut_single(cutter, TOKEN_SIGN);
    else if (is_digit(c) && !number_ends_in_word(cutter))
        cut_number(cutter);
    else
        cut_word(cutter);
}

/* ---- quotations ---- */

/* A ' is a quotation mark at the edge of a word, an apostrophe inside. */
static bool is_quote(const struct letters *letters, size_t at) {
    uint32_t c = letters->items[at].codepoint;
    if (c == '"')
        return true;
    if (c != '\'')
        return false;
    bool before = at > 0 && is_word_letter(letters->items[at - 1].codepoint);
    bool after = at + 1 < letters->count && is_word_letter(letters->items[at + 1].codepoint);
    return before != after;
}

static void mark_quoted(struct tokens *tokens, size_t first, size_t last) {
    size_t inside = 0, from = tokens->count;
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->items[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (from = low; from + inside < tokens->count && tokens->items[from + inside].last <= last;)
        inside++;
    if (inside == tokens->count)
        return;
    for (size_t i = from; i < from + inside; i++)
        tokens->items[i].quoted = true;
}

static void find_quotations(struct tokens *tokens) {
    const struct letters *letters = &tokens->letters;
    size_t open = SIZE_MAX;
    uint32_t mark = 0;
    for (size_t i = 0; i < letters->count; i++) {
        uint32_t c = letters->items[i].codepoint;
        if ((c != '"' && c != '\'') || !is_quote(letters, i))
            continue;
        bool opens = i + 1 < letters->count && letters->items[i + 1].codepoint != ' ';
        if (open == SIZE_MAX && (c == '"' || opens)) {
            open = i;
            mark = c;
        } else if (open != SIZE_MAX && c == mark) {
            mark_quoted(tokens, open, i);
            open = SIZE_MAX;
        }
    }
}

void tokens_read(struct tokens *tokens, const char *text, size_t length,
                 const struct vocabulary *vocabulary, struct vocabulary *grow) {
    normalise(text, length, &tokens->letters);
    tokens->count = tokens->clause_count = 0;
    struct cutter cutter = {.tokens = tokens,
                            .letters = tokens->letters.items,
                            .count = tokens->letters.count,
                            .vocabulary = vocabulary,
                            .grow = grow,
                            .pending = BREAK_NONE};
    while (cutter.at < cutter.count)
        cut_next(&cutter);
    close_clause(&cutter);
    if (cutter.quotes)
        find_quotations(tokens);
}
