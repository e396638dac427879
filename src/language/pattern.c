/* Patterns into productions. What stands in brackets becomes a class of its own, kept under its
 * text so that it is made once; what may be left out doubles the row of symbols. */
#include <ctype.h>
#include <string.h>

#include "language/grammar_inside.h"

enum {
    ROW_LONGEST = 24,
    ROWS_MOST = 64,
    DEPTH_MOST = 8,
    GAP_USUAL = 4,
    GAP_WIDE_USUAL = 8,
    GAP_MOST = 40
};

struct row {
    uint32_t items[ROW_LONGEST];
    size_t count;
};

struct parser {
    struct grammar *grammar;
    const char *text;
    size_t at, end;
    int depth;
    struct error *error;
    struct row *rows;
    size_t row_count;
};

static bool make_class(struct grammar *grammar, uint32_t symbol, const char *text, size_t from,
                       size_t to, int depth, struct error *error);

static bool fail(struct parser *parser, const char *what) {
    return error_set(parser->error, "%s, at character %zu of the pattern", what,
                     utf8_count(parser->text, parser->at) + 1);
}

static bool add_item(struct parser *parser, uint32_t item) {
    for (size_t i = 0; i < parser->row_count; i++) {
        struct row *row = &parser->rows[i];
        if (row->count == ROW_LONGEST)
            return fail(parser, "the pattern is too long: at most 24 words or characters");
        row->items[row->count++] = item;
    }
    return true;
}

/* The row with the item and the row without. */
static bool add_optional(struct parser *parser, uint32_t item) {
    size_t count = parser->row_count;
    if (count * 2 > ROWS_MOST)
        return fail(parser, "too many parts may be left out: at most six");
    memcpy(parser->rows + count, parser->rows, count * sizeof *parser->rows);
    if (!add_item(parser, item))
        return false;
    for (size_t i = 0; i < count; i++)
        parser->rows[count + i].count = parser->rows[count + i].count;
    parser->row_count = count * 2;
    return true;
}

/* ---- the parts ---- */

static bool add_words(struct parser *parser, size_t from, size_t to, bool exact) {
    struct grammar *grammar = parser->grammar;
    tokens_read(&grammar->cut, parser->text + from, to - from, grammar->vocabulary,
                grammar->vocabulary);
    for (size_t i = 0; i < grammar->cut.count; i++) {
        const struct token *token = &grammar->cut.items[i];
        bool plain = token->kind == TOKEN_WORD && !exact;
        if (token->slot)
            return fail(parser, "a mask can't stand in a pattern; write <number>, <phone>, …");
        if (!add_item(parser, grammar_word(grammar, token->word, !plain)))
            return false;
    }
    return true;
}

static bool is_structure(const struct parser *parser, size_t at) {
    switch (parser->text[at]) {
    case '(':
    case ')':
    case '[':
    case ']':
    case '|':
    case '=':
    case '@':
    case '<':
        return true;
    case '.':
        return at + 1 < parser->end && parser->text[at + 1] == '.';
    default:
        return false;
    }
}

static bool parse_literal(struct parser *parser) {
    size_t from = parser->at;
    while (parser->at < parser->end && !is_structure(parser, parser->at))
        parser->at++;
    return add_words(parser, from, parser->at, false);
}

static bool parse_exact(struct parser *parser) {
    size_t from = ++parser->at;
    while (parser->at < parser->end && !is_structure(parser, parser->at) &&
           parser->text[parser->at] != ' ')
        parser->at++;
    if (from == parser->at)
        return fail(parser, "a word is missing after =");
    return add_words(parser, from, parser->at, true);
}

static bool is_name_character(char c) {
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static bool parse_name(struct parser *parser) {
    size_t from = ++parser->at;
    while (parser->at < parser->end && is_name_character(parser->text[parser->at]))
        parser->at++;
    if (parser->at == from)
        return fail(parser, "a name is missing after @");
    return add_item(parser, grammar_class(parser->grammar, parser->text + from, parser->at - from));
}

static bool parse_slot(struct parser *parser) {
    size_t from = ++parser->at;
    while (parser->at < parser->end && parser->text[parser->at] != '>')
        parser->at++;
    int slot = slot_from(parser->text + from, parser->at - from);
    if (slot < 0 || parser->at == parser->end)
        return fail(parser, "no such slot; there are <number> <amount> <time> <date> <order> "
                            "<phone> <name> <email> <url> <id> <place>");
    parser->at++;
    return add_item(parser, parser->grammar->slots[slot]);
}

static bool parse_gap(struct parser *parser) {
    size_t dots = 0, width = 0, digits = 0;
    for (; parser->at < parser->end && parser->text[parser->at] == '.'; parser->at++)
        dots++;
    for (; parser->at < parser->end && isdigit((unsigned char)parser->text[parser->at]); digits++)
        width = width * 10 + (size_t)(parser->text[parser->at++] - '0');
    bool wide = dots > 2;
    if (digits == 0)
        width = wide ? GAP_WIDE_USUAL : GAP_USUAL;
    if (width > GAP_MOST || digits > 2 || dots > 3)
        return fail(parser, "a gap is .. or ... and at most 40 wide");
    return add_item(parser, ITEM_GAP | (wide ? ITEM_GAP_WIDE : 0) | (uint32_t)width);
}

/* Where the bracket that opens at `at` closes, or `end`. */
static size_t closing(const struct parser *parser, size_t at) {
    size_t depth = 0;
    for (; at < parser->end; at++) {
        char c = parser->text[at];
        if (c == '(' || c == '[')
            depth++;
        if ((c == ')' || c == ']') && --depth == 0)
            return at;
    }
    return parser->end;
}

static bool parse_bracket(struct parser *parser) {
    bool optional = parser->text[parser->at] == '[';
    size_t close = closing(parser, parser->at);
    if (close == parser->end || (parser->text[close] == ']') != optional)
        return fail(parser, "a bracket is not closed");
    /* known under its text, bracket included, which no name begins with */
    struct symbol_class *class =
        grammar_class_of(parser->grammar, parser->text + parser->at, close - parser->at);
    uint32_t symbol = class->symbol;
    if (!class->made) {
        class->made = true;
        if (!make_class(parser->grammar, symbol, parser->text, parser->at + 1, close,
                        parser->depth + 1, parser->error))
            return false;
    }
    parser->at = close + 1;
    return optional ? add_optional(parser, symbol) : add_item(parser, symbol);
}

static bool parse_part(struct parser *parser) {
    switch (parser->text[parser->at]) {
    case '(':
    case '[':
        return parse_bracket(parser);
    case ')':
    case ']':
        return fail(parser, "a bracket closes that was not opened");
    case '|':
        return fail(parser, "a | stands outside brackets");
    case '=':
        return parse_exact(parser);
    case '@':
        return parse_name(parser);
    case '<':
        return parse_slot(parser);
    case '.':
        if (is_structure(parser, parser->at))
            return parse_gap(parser);
        return parse_literal(parser);
    default:
        return parse_literal(parser);
    }
}

/* ---- whole patterns ---- */

static bool row_is_sound(const struct row *row) {
    return row->count > 0 && !(row->items[0] & ITEM_GAP) &&
           !(row->items[row->count - 1] & ITEM_GAP);
}

/* Two gaps between which an optional part is left out are one as wide as both. */
static void join_gaps(struct row *row) {
    size_t kept = 0;
    for (size_t i = 0; i < row->count; i++) {
        uint32_t *before = kept > 0 ? &row->items[kept - 1] : NULL;
        if (before == NULL || !(*before & ITEM_GAP) || !(row->items[i] & ITEM_GAP)) {
            row->items[kept++] = row->items[i];
            continue;
        }
        uint32_t width = ITEM_GAP_WIDTH(*before) + ITEM_GAP_WIDTH(row->items[i]);
        *before = ITEM_GAP | ((*before | row->items[i]) & ITEM_GAP_WIDE) |
                  (width < GAP_MOST ? width : GAP_MOST);
    }
    row->count = kept;
}

/* Parses text[from, to) and gives `output` to each row of it. */
static bool parse_rows(struct grammar *grammar, const char *text, size_t from, size_t to, int depth,
                       struct output output, struct error *error) {
    struct row rows[ROWS_MOST];
    struct parser parser = {grammar, text, from, to, depth, error, rows, 1};
    rows[0].count = 0;
    if (depth > DEPTH_MOST)
        return fail(&parser, "brackets stand too deep: at most eight");
    while (parser.at < to)
        if (!parse_part(&parser))
            return false;
    for (size_t i = 0; i < parser.row_count; i++) {
        join_gaps(&rows[i]);
        if (!row_is_sound(&rows[i]))
            return fail(&parser, "a pattern needs words at both ends");
        grammar_produce(grammar, rows[i].items, rows[i].count, output);
    }
    return true;
}

static bool make_class(struct grammar *grammar, uint32_t symbol, const char *text, size_t from,
                       size_t to, int depth, struct error *error) {
    struct output output = {.id = symbol, .is_class = true};
    size_t nested = 0, start = from;
    for (size_t at = from; at <= to; at++) {
        if (at < to && (text[at] == '(' || text[at] == '['))
            nested++;
        if (at < to && (text[at] == ')' || text[at] == ']'))
            nested--;
        if (at < to && (text[at] != '|' || nested > 0))
            continue;
        if (!parse_rows(grammar, text, start, at, depth, output, error))
            return false;
        start = at + 1;
    }
    return true;
}

bool grammar_add_class_pattern(struct grammar *grammar, uint32_t symbol, const char *pattern,
                               struct error *error) {
    grammar_declare(grammar, symbol);
    return parse_rows(grammar, pattern, 0, strlen(pattern), 0,
                      (struct output){.id = symbol, .is_class = true}, error);
}

bool grammar_add_pattern(struct grammar *grammar, uint32_t alternative, const char *pattern,
                         unsigned *anchors, struct error *error) {
    struct output output = {.id = alternative};
    *anchors = 0;
    size_t from = 0, to = strlen(pattern);
    for (; pattern[from] == '^' || pattern[from] == ' '; from++)
        if (pattern[from] == '^')
            *anchors |= *anchors & ANCHOR_CLAUSE ? ANCHOR_REPLY : ANCHOR_CLAUSE;
    while (to > from && pattern[to - 1] == ' ')
        to--;
    if (to > from && pattern[to - 1] == '$') {
        *anchors |= ANCHOR_END;
        to--;
    }
    return parse_rows(grammar, pattern, from, to, 0, output, error);
}

static bool add_phrase(struct grammar *grammar, const char *phrase, struct output output) {
    uint32_t items[ROW_LONGEST];
    size_t count = 0;
    tokens_read(&grammar->cut, phrase, strlen(phrase), grammar->vocabulary, grammar->vocabulary);
    for (size_t i = 0; i < grammar->cut.count && count < ROW_LONGEST; i++) {
        const struct token *token = &grammar->cut.items[i];
        items[count++] = token->slot
                             ? grammar->slots[token->mask]
                             : grammar_word(grammar, token->word, token->kind != TOKEN_WORD);
    }
    if (count == 0)
        return false;
    grammar_produce(grammar, items, count, output);
    return true;
}

bool grammar_add_class_phrase(struct grammar *grammar, uint32_t symbol, const char *phrase) {
    grammar_declare(grammar, symbol);
    return add_phrase(grammar, phrase, (struct output){.id = symbol, .is_class = true});
}

bool grammar_add_phrase(struct grammar *grammar, uint32_t alternative, const char *phrase) {
    return add_phrase(grammar, phrase, (struct output){.id = alternative});
}

void grammar_add_symbol_pattern(struct grammar *grammar, uint32_t alternative, uint32_t symbol) {
    grammar_produce(grammar, &symbol, 1, (struct output){.id = alternative});
}

/* ---- spellings and known words ---- */

void grammar_add_spelling(struct grammar *grammar, const char *word, const char *words) {
    uint32_t stands_for[WORD_SPELLING];
    size_t count = 0;
    struct tokens *cut = &grammar->cut;
    tokens_read(cut, words, strlen(words), grammar->vocabulary, grammar->vocabulary);
    for (size_t i = 0; i < cut->count && count < WORD_SPELLING; i++)
        stands_for[count++] = cut->items[i].word;
    tokens_read(cut, word, strlen(word), grammar->vocabulary, grammar->vocabulary);
    if (cut->count > 0 && cut->items[0].word != WORD_NONE)
        vocabulary_spell(grammar->vocabulary, cut->items[0].word, stands_for, count);
}

void grammar_add_known(struct grammar *grammar, const char *words) {
    tokens_read(&grammar->cut, words, strlen(words), grammar->vocabulary, grammar->vocabulary);
}

void grammar_add_slots(struct grammar *grammar) {
    struct error error;
    for (const struct slot_pattern *slot = slot_patterns; slot->pattern != NULL; slot++)
        grammar_add_class_pattern(grammar, grammar->slots[slot->slot], slot->pattern, &error);
}
