/* The scan: see grammar.h. Positions are tokens; an *edge* says that a symbol stands from a token to
 * another. Edges of a token are complete before the token to its left is looked at. */
#include <stdio.h>
#include <stdlib.h>

#include "language/grammar_inside.h"

enum { STEPS_MOST = 600, EDGES_MOST = 96 };

struct scanner {
    const struct grammar *grammar;
    struct scan *scan;
    size_t start; /* the token whose edges are being found */
    size_t steps; /* what is left of its budget */
    uint64_t mask;
};

void scan_free(struct scan *scan) {
    tokens_free(&scan->tokens);
    free(scan->hits);
    free(scan->edges);
    free(scan->edge_first);
    free(scan->edge_mask);
    *scan = (struct scan){0};
}

static size_t first_edge(const struct scanner *scanner) {
    return scanner->scan->edge_first[scanner->start];
}

/* Adds an edge at the start unless it is known; its parents are added as the list is gone through. */
static void add_edge(struct scanner *scanner, uint32_t symbol, uint32_t last) {
    struct scan *scan = scanner->scan;
    if (scanner->mask & symbol_bit(symbol)) {
        for (size_t i = first_edge(scanner); i < scan->edge_count; i++)
            if (scan->edges[i].symbol == symbol && scan->edges[i].last == last)
                return;
    }
    if (scan->edge_count - first_edge(scanner) >= EDGES_MOST)
        return;
    scan->edges = memory_reserve(scan->edges, &scan->edge_capacity, scan->edge_count + 1,
                                 sizeof *scan->edges);
    scan->edges[scan->edge_count++] = (struct edge){symbol, last};
    scanner->mask |= symbol_bit(symbol);
}

static void add_with_parents(struct scanner *scanner, uint32_t symbol, uint32_t last) {
    const struct grammar *grammar = scanner->grammar;
    size_t next = scanner->scan->edge_count;
    add_edge(scanner, symbol, last);
    for (; next < scanner->scan->edge_count; next++) {
        uint32_t of = scanner->scan->edges[next].symbol;
        for (uint32_t at = grammar->parent_first[of]; at != 0; at = grammar->link_next[at])
            add_edge(scanner, grammar->link_class[at], last);
    }
}

static void add_hit(struct scanner *scanner, uint32_t alternative, uint32_t last) {
    struct scan *scan = scanner->scan;
    for (size_t i = scan->hit_count; i-- > 0 && scan->hits[i].first == scanner->start;)
        if (scan->hits[i].alternative == alternative) {
            if (last > scan->hits[i].last)
                scan->hits[i].last = last;
            return;
        }
    scan->hits =
        memory_reserve(scan->hits, &scan->hit_capacity, scan->hit_count + 1, sizeof *scan->hits);
    scan->hits[scan->hit_count++] =
        (struct hit){alternative, (uint32_t)scanner->start, last};
}

static void give(struct scanner *scanner, uint32_t node, size_t last) {
    const struct trie *trie = &scanner->grammar->trie;
    for (uint32_t at = trie->nodes[node].outputs; at != 0; at = trie->outputs[at].next) {
        const struct output *output = &trie->outputs[at];
        if (output->is_class)
            add_with_parents(scanner, output->id, (uint32_t)last);
        else
            add_hit(scanner, output->id, (uint32_t)last);
    }
}

/* ---- the walk ---- */

static void walk(struct scanner *scanner, uint32_t node, size_t at);

static void walk_edges(struct scanner *scanner, uint32_t node, size_t at) {
    struct scan *scan = scanner->scan;
    const struct trie *trie = &scanner->grammar->trie;
    uint64_t mask = trie->nodes[node].mask;
    if (!(scan->edge_mask[at] & mask))
        return;
    /* edges of `at` end where those of the token to its left begin */
    for (size_t i = scan->edge_first[at]; i < scan->edge_first[at - 1]; i++) {
        if (!(mask & symbol_bit(scan->edges[i].symbol)))
            continue;
        uint32_t child = trie_child(trie, node, scan->edges[i].symbol);
        if (child != 0)
            walk(scanner, child, scan->edges[i].last);
    }
}

static void walk_gap(struct scanner *scanner, uint32_t node, size_t at) {
    const struct tokens *tokens = &scanner->scan->tokens;
    uint32_t gap = scanner->grammar->trie.nodes[node].gap;
    unsigned most = gap & ITEM_GAP_WIDE ? BREAK_COMMA : BREAK_SOFT;
    for (size_t i = 0; i <= ITEM_GAP_WIDTH(gap) && at + i < tokens->count; i++) {
        if (tokens->items[at + i].before > most)
            return;
        walk_edges(scanner, node, at + i);
    }
}

static void walk(struct scanner *scanner, uint32_t node, size_t at) {
    const struct node *of = &scanner->grammar->trie.nodes[node];
    if (scanner->steps == 0)
        return;
    scanner->steps--;
    if (of->outputs != 0)
        give(scanner, node, at);
    const struct tokens *tokens = &scanner->scan->tokens;
    if (at >= tokens->count)
        return;
    if (tokens->items[at].before <= BREAK_SOFT)
        walk_edges(scanner, node, at);
    for (uint32_t gap = of->gaps; gap != 0; gap = scanner->grammar->trie.nodes[gap].next)
        walk_gap(scanner, gap, at);
}

/* ---- what a token is by itself ---- */

static void add_word(struct scanner *scanner, uint32_t word, uint32_t last) {
    struct symbols symbols = vocabulary_symbols(scanner->grammar->vocabulary, word);
    for (size_t i = 0; i < symbols.count; i++)
        add_edge(scanner, symbols.items[i], last);
}

static void add_han_number(struct scanner *scanner, const struct token *token) {
    struct scan *scan = scanner->scan;
    const struct letters *letters = &scan->tokens.letters;
    size_t taken;
    uint64_t value = slot_han_number(letters->items + token->first,
                                     letters->count - token->first, &taken);
    size_t last = scanner->start + taken;
    if (taken == 0 || last > scan->tokens.count ||
        scan->tokens.items[last - 1].last != token->first + taken)
        return;
    add_with_parents(scanner, scanner->grammar->slots[SLOT_NUMBER], (uint32_t)last);
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    uint64_t hash = WORD_HASH_START;
    for (int i = 0; i < count; i++)
        hash = word_hash(hash, (uint32_t)digits[i]);
    uint32_t word = vocabulary_find(scanner->grammar->vocabulary, hash);
    if (word != WORD_NONE)
        add_word(scanner, word, (uint32_t)last);
}

static void add_number(struct scanner *scanner, const struct token *token) {
    const uint32_t *slots = scanner->grammar->slots;
    const struct letters *letters = &scanner->scan->tokens.letters;
    uint32_t last = (uint32_t)scanner->start + 1;
    enum slot slot = slot_of_number(letters->items + token->first, token->last - token->first);
    add_with_parents(scanner, slots[SLOT_NUMBER], last);
    if (slot != SLOT_NUMBER)
        add_with_parents(scanner, slots[slot], last);
    if (slot == SLOT_PHONE)
        add_with_parents(scanner, slots[SLOT_ORDER], last);
}

static bool has_digit(const struct letters *letters, const struct token *token) {
    for (size_t i = token->first; i < token->last; i++)
        if (letters->items[i].codepoint >= '0' && letters->items[i].codepoint <= '9')
            return true;
    return false;
}

static void add_token_edges(struct scanner *scanner, const struct token *token) {
    const struct letters *letters = &scanner->scan->tokens.letters;
    uint32_t last = (uint32_t)scanner->start + 1;
    if (token->word != WORD_NONE)
        add_word(scanner, token->word, last);
    for (size_t i = 0; i < token->near_count; i++)
        add_word(scanner, token->near[i], last);
    if (token->kind == TOKEN_MASK)
        add_with_parents(scanner, scanner->grammar->slots[token->mask], last);
    else if (token->kind == TOKEN_NUMBER)
        add_number(scanner, token);
    else if (token->kind == TOKEN_HAN)
        add_han_number(scanner, token);
    else if (token->kind == TOKEN_WORD && token->last - token->first > 3 &&
             has_digit(letters, token))
        add_with_parents(scanner, scanner->grammar->slots[SLOT_ORDER], last);
}

static void scan_token(struct scanner *scanner, size_t start) {
    struct scan *scan = scanner->scan;
    const uint32_t *roots = scanner->grammar->trie.roots;
    scanner->start = start;
    scanner->steps = STEPS_MOST;
    scanner->mask = 0;
    scan->edge_first[start] = (uint32_t)scan->edge_count;
    add_token_edges(scanner, &scan->tokens.items[start]);
    for (size_t i = scan->edge_first[start]; i < scan->edge_count; i++) {
        uint32_t child = roots[scan->edges[i].symbol];
        if (child != 0)
            walk(scanner, child, scan->edges[i].last);
    }
    scan->edge_mask[start] = scanner->mask;
}

void grammar_scan(const struct grammar *grammar, const char *text, size_t length,
                  struct scan *scan) {
    tokens_read(&scan->tokens, text, length, grammar->vocabulary, NULL);
    size_t count = scan->tokens.count;
    scan->edge_first = memory_reserve(scan->edge_first, &scan->edge_first_capacity, count + 2,
                                      sizeof *scan->edge_first);
    scan->edge_mask = memory_reserve(scan->edge_mask, &scan->edge_mask_capacity, count + 2,
                                     sizeof *scan->edge_mask);
    scan->hit_count = scan->edge_count = 0;
    struct scanner scanner = {.grammar = grammar, .scan = scan};
    for (size_t start = count; start-- > 0;)
        scan_token(&scanner, start);
}
