#include "language/assent.h"

#include <string.h>

enum { YES_LONGEST = 12, LINE_LONGEST = 2000 };

/* "..., right" is how a Latin script asks for a yes and how it gives one: there the mark tells. */
static bool asks(const struct sheet *reply) {
    const struct tokens *tokens = &reply->scan.tokens;
    bool han = false;
    for (size_t i = 0; i < tokens->clause_count; i++)
        if (tokens->clauses[i].asks_by_mark)
            return true;
    for (size_t i = 0; i < tokens->count; i++)
        han |= tokens->items[i].kind == TOKEN_HAN;
    return han && reply->asks_any;
}

bool assent_given(const struct lexicon *lexicon, const struct sheet *reply, struct span *yes) {
    const struct tokens *tokens = &reply->scan.tokens;
    bool said = false;
    if (tokens->count > YES_LONGEST || asks(reply))
        return false;
    for (size_t i = 0; i < tokens->count; i++) {
        bool assents = reply->flags[i] & TOKEN_ASSENTS;
        if (!assents && (reply->flags[i] & TOKEN_NEGATES ||
                         (tokens->items[i].kind != TOKEN_SIGN &&
                          !sheet_token_is(reply, i, lexicon->guards[GUARD_STOP]))))
            return false;
        if (assents && !said)
            yes->from = tokens->items[i].from;
        if (assents)
            yes->to = tokens->items[i].to;
        said |= assents;
    }
    return said;
}

/* ---- the customer's sentence ---- */

static bool clause_asks_or_offers(const struct sheet *line, const struct clause *clause,
                                  uint8_t asks) {
    if (asks & ~(1u << ASKING_ANY | 1u << ASKING_YES_NO))
        return false; /* when, what, who: no yes answers that */
    if (asks & 1u << ASKING_YES_NO)
        return true;
    for (uint32_t i = clause->first; i < clause->last; i++)
        if (line->flags[i] & TOKEN_OFFERS)
            return true;
    return false;
}

/* The bytes of the last sentence that wants a yes. */
static bool find_sentence(const struct sheet *line, struct span *span) {
    const struct tokens *tokens = &line->scan.tokens;
    for (size_t c = tokens->clause_count; c-- > 0;) {
        if (!clause_asks_or_offers(line, &tokens->clauses[c], line->asks[c]))
            continue;
        size_t first = c, last = c;
        while (first > 0 && tokens->clauses[first - 1].sentence == tokens->clauses[c].sentence)
            first--;
        while (last + 1 < tokens->clause_count &&
               tokens->clauses[last + 1].sentence == tokens->clauses[c].sentence)
            last++;
        span->from = tokens->items[tokens->clauses[first].first].from;
        span->to = tokens->items[tokens->clauses[last].last - 1].to;
        return true;
    }
    return false;
}

static bool holds(const char *text, size_t length, const char *word) {
    return memmem(text, length, word, strlen(word)) != NULL;
}

/* ---- in the agent's mouth ---- */

struct swap {
    const char *from, *to;
};

/* The longer first; what asks becomes what states. */
static const struct swap han_swaps[] = {
    {"我们", "您"},       {"咱们", "您"},   {"你们", "我"},   {"您们", "我"},   {"我", "您"},
    {"咱", "您"},         {"您", "我"},     {"你", "我"},     {"是不是", "是"}, {"能不能", "能"},
    {"可不可以", "可以"}, {"要不要", "要"}, {"会不会", "会"}, {"有没有", "有"}, {"用不用", "要"},
    {"是否", "是"},       {"能否", "能"},   {"可否", "可以"}, {"对吗", ""},     {"对吧", ""},
    {"是吗", ""},         {"是吧", ""},     {"好吗", ""},     {"行吗", ""},     {"对不对", ""},
    {"吗", ""},           {"嘛", ""}};

static const struct swap word_swaps[] = {
    {"i", "you"},         {"i'm", "you are"}, {"i'll", "you will"}, {"i've", "you have"},
    {"me", "you"},        {"my", "your"},     {"mine", "yours"},    {"we", "you"},
    {"us", "you"},        {"our", "your"},    {"you", "I"},         {"your", "my"},
    {"you'll", "I will"}, {"you're", "I am"}, {"yours", "mine"},    {"am", "are"}};

static const struct swap *swap_word(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof word_swaps / sizeof *word_swaps; i++)
        if (strlen(word_swaps[i].from) == length &&
            strncasecmp(word_swaps[i].from, word, length) == 0)
            return &word_swaps[i];
    return NULL;
}

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '\'';
}

static size_t word_at(const char *text, size_t length) {
    size_t end = 0;
    while (end < length && is_word_byte(text[end]))
        end++;
    return end;
}

static size_t swap_han(const char *text, size_t length, struct buffer *echo) {
    for (size_t i = 0; i < sizeof han_swaps / sizeof *han_swaps; i++) {
        size_t from = strlen(han_swaps[i].from);
        if (from <= length && memcmp(text, han_swaps[i].from, from) == 0) {
            buffer_add_text(echo, han_swaps[i].to);
            return from;
        }
    }
    buffer_add_byte(echo, *text);
    return 1;
}

static void exchange(const char *text, size_t length, struct buffer *echo) {
    for (size_t at = 0; at < length;) {
        size_t word = word_at(text + at, length - at);
        const struct swap *swap = swap_word(text + at, word);
        if (swap != NULL)
            buffer_add_text(echo, swap->to);
        else if (word > 0)
            buffer_add(echo, text + at, word);
        at += word > 0 ? word : swap_han(text + at, length - at, echo);
    }
}

static bool among(const char *word, size_t length, const char *const *words) {
    for (; *words != NULL; words++)
        if (strlen(*words) == length && strncasecmp(*words, word, length) == 0)
            return true;
    return false;
}

/* "can I look" → "I can look": an English question put straight. */
static void straighten(const char *text, size_t length, struct buffer *echo) {
    static const char *const leads[] = {"so", "and", "then", "ok", "okay", "well", "but", NULL};
    static const char *const asking[] = {"can",  "could", "will", "would", "shall", "should",
                                         "do",   "does",  "did",  "is",    "are",   "was",
                                         "were", "am",    "have", "has",   "must",  NULL};
    static const char *const dropped[] = {"do", "does", "did", NULL};
    static const char *const who[] = {"i", "we", "you", "it", "that", "this", "they", NULL};
    size_t first = word_at(text, length);
    while (first < length && among(text, first, leads)) {
        size_t gap = strspn(text + first, " ,");
        text += first + gap;
        length -= first + gap;
        first = word_at(text, length);
    }
    size_t next = first < length ? word_at(text + first + 1, length - first - 1) : 0;
    if (first == 0 || next == 0 || !among(text, first, asking) ||
        !among(text + first + 1, next, who)) {
        exchange(text, length, echo);
        return;
    }
    exchange(text + first + 1, next, echo);
    if (!among(text, first, dropped)) {
        buffer_add_byte(echo, ' ');
        buffer_add(echo, text, first);
    }
    exchange(text + first + 1 + next, length - first - 1 - next, echo);
}

bool assent_echo(const struct lexicon *lexicon, struct views *views, const struct utterance *said,
                 struct sheet *line, struct buffer *echo) {
    struct span span;
    if (said->who != SPEAKER_CUSTOMER || said->length > LINE_LONGEST)
        return false;
    sheet_read(lexicon, views, said->text, said->length, line);
    if (!find_sentence(line, &span))
        return false;
    const char *text = said->text + span.from;
    size_t length = span.to - span.from;
    if (holds(text, length, "还是") || holds(text, length, " or "))
        return false;
    buffer_clear(echo);
    straighten(text, length, echo);
    return echo->length > 0;
}
