#include "language/limit.h"

#include <string.h>

#include "language/slot.h"

#define HIGHEST (INT64_C(1000000000000) * 100)

const char limit_spelt_amount[] =
    "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|seventy|eighty|ninety|hundred|thousand|million) "
    "(dollars|dollar|euros|euro|pounds|yuan|rmb|usd)";

bool limit_met(const struct limit *limit, int64_t value) {
    return (limit->over == LIMIT_NONE || value > limit->over) &&
           (limit->under == LIMIT_NONE || value < limit->under);
}

/* ---- figures ---- */

/* "1,250.50" in hundredths; a third decimal and more are dropped. */
static int64_t figure(const struct letter *letters, size_t count) {
    int64_t value = 0;
    int decimals = -1;
    for (size_t i = 0; i < count && value < HIGHEST; i++) {
        uint32_t c = letters[i].codepoint;
        if (c == '.' && decimals < 0)
            decimals = 0;
        if (c < '0' || c > '9' || decimals == 2)
            continue;
        value = value * 10 + (c - '0');
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    return value;
}

static int64_t unit(uint32_t c) {
    return c == U'百' ? 100 : c == U'千' || c == 'k' ? 1000 : c == U'万' ? 10000 : 1;
}

/* ---- numbers spelt out ---- */

static bool is_word(const struct tokens *tokens, uint32_t at, const char *word) {
    const struct token *token = &tokens->items[at];
    size_t length = strlen(word);
    if (token->kind != TOKEN_WORD || token->last - token->first != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (tokens->letters.items[token->first + i].codepoint != (unsigned char)word[i])
            return false;
    return true;
}

/* -1: no number; "and" is 0, for it may stand between. */
static int64_t number_word(const struct tokens *tokens, uint32_t at) {
    static const struct {
        const char *word;
        int64_t value;
    } words[] = {
        {"and", 0},         {"one", 1},           {"a", 1},       {"two", 2},     {"three", 3},
        {"four", 4},        {"five", 5},          {"six", 6},     {"seven", 7},   {"eight", 8},
        {"nine", 9},        {"ten", 10},          {"eleven", 11}, {"twelve", 12}, {"thirteen", 13},
        {"fifteen", 15},    {"twenty", 20},       {"thirty", 30}, {"forty", 40},  {"fifty", 50},
        {"sixty", 60},      {"seventy", 70},      {"eighty", 80}, {"ninety", 90}, {"hundred", 100},
        {"thousand", 1000}, {"million", 1000000},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(tokens, at, words[i].word))
            return words[i].value;
    return -1;
}

static bool spelt(const struct tokens *tokens, uint32_t first, uint32_t last, int64_t *value) {
    int64_t total = 0, section = 0;
    bool any = false;
    while (first > 0 && number_word(tokens, first - 1) >= 0)
        first--;
    for (uint32_t at = first; at < last; at++) {
        int64_t word = number_word(tokens, at);
        if (word < 0)
            break;
        any |= word > 0;
        if (word == 100) {
            section = (section ? section : 1) * 100;
        } else if (word >= 1000) {
            total += (section ? section : 1) * word;
            section = 0;
        } else {
            section += word;
        }
    }
    *value = (total + section) * 100;
    return any && *value <= HIGHEST;
}

/* ---- the value of a hit ---- */

bool limit_value(const struct tokens *tokens, uint32_t first, uint32_t last, int64_t *value) {
    const struct letter *letters = tokens->letters.items;
    for (uint32_t at = first; at < last; at++) {
        const struct token *token = &tokens->items[at];
        if (token->kind == TOKEN_NUMBER) {
            *value = figure(letters + token->first, token->last - token->first);
            for (at++; at < last && *value < HIGHEST; at++)
                *value *= unit(letters[tokens->items[at].first].codepoint);
            return true;
        }
        size_t taken = 0;
        uint64_t number = token->kind == TOKEN_HAN
                              ? slot_han_number(letters + token->first,
                                                tokens->letters.count - token->first, &taken)
                              : 0;
        if (taken && number <= (uint64_t)HIGHEST / 100) {
            *value = (int64_t)number * 100;
            return true;
        }
    }
    return spelt(tokens, first, last, value);
}
