/* The scan: see grammar.h. Positions are tokens; an *edge* says that a symbol stands from a token
 * to another. What a token's own word carries is known from its view and needs no edges; edges are
 * for classes and slots that were found. Those of a token are complete before the token to its left
 * is looked at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/view.h"

enum { STEPS_MOST = 600, EDGES_MOST = 96 };

struct scanner {
    const struct grammar *grammar;
    struct scan *scan;
    size_t start; /* the token whose edges are being found */
    size_t steps; /* what is left of its budget */
};

void scan_free(struct scan *scan) {
    tokens_free(&scan->tokens);
    views_free(scan->views);
    free(scan->hits);
    free(scan->edges);
    free(scan->edge_first);
    free(scan->view);
    free(scan->edge_mask);
    *scan = (struct scan){0};
}

/* ---- edges ---- */

static void add_edge(struct scanner *scanner, uint32_t symbol, uint32_t last) {
    struct scan *scan = scanner->scan;
    size_t first = scan->edge_first[scanner->start];
    if (last == scanner->start + 1 && view_has(scan->view[scanner->start], symbol))
        return;
    for (size_t i = first;
         scan->edge_mask[scanner->start] & symbol_bit(symbol) && i < scan->edge_count; i++)
        if (scan->edges[i].symbol == symbol && scan->edges[i].last == last)
            return;
    if (scan->edge_count - first >= EDGES_MOST)
        return;
    scan->edges = memory_reserve(scan->edges, &scan->edge_capacity, scan->edge_count + 1,
                                 sizeof *scan->edges);
    scan->edges[scan->edge_count++] = (struct edge){symbol, last};
    scan->edge_mask[scanner->start] |= symbol_bit(symbol);
}

/* Adds an edge and those of all classes that its symbol alone makes. */
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
    scan->hits[scan->hit_count++] = (struct hit){alternative, (uint32_t)scanner->start, last};
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
    const struct node *of = &trie->nodes[node];
    const struct child *children = trie->children + of->child_first;
    for (uint32_t i = 0; (scan->view[at]->mask & of->mask) && i < of->child_count; i++)
        if (view_has(scan->view[at], children[i].symbol))
            walk(scanner, children[i].node, at + 1);
    if (!(scan->edge_mask[at] & of->mask))
        return;
    /* edges of `at` end where those of the token to its left begin */
    for (size_t i = scan->edge_first[at]; i < scan->edge_first[at - 1]; i++) {
        struct edge edge = scan->edges[i];
        uint32_t child = 0;
        if (of->child_count > LIGHT_CHILDREN)
            child = trie_child(trie, node, edge.symbol);
        for (uint32_t k = 0; k < of->child_count && child == 0 && of->child_count <= LIGHT_CHILDREN;
             k++)
            child = children[k].symbol == edge.symbol ? children[k].node : 0;
        if (child != 0)
            walk(scanner, child, edge.last);
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

/* ---- what a token is besides its word ---- */

static void add_symbols(struct scanner *scanner, uint32_t word, uint32_t last) {
    struct symbols symbols = vocabulary_symbols(scanner->grammar->vocabulary, word);
    for (size_t i = 0; i < symbols.count; i++)
        add_edge(scanner, symbols.items[i], last);
}

static void add_han_number(struct scanner *scanner, const struct token *token) {
    struct scan *scan = scanner->scan;
    const struct letters *letters = &scan->tokens.letters;
    size_t taken;
    uint64_t value =
        slot_han_number(letters->items + token->first, letters->count - token->first, &taken);
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
        add_symbols(scanner, word, (uint32_t)last);
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

static void add_slots(struct scanner *scanner, const struct token *token) {
    const struct letters *letters = &scanner->scan->tokens.letters;
    uint32_t last = (uint32_t)scanner->start + 1;
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

/* ---- a token ---- */

static void merge_rows(uint64_t *row, const uint64_t *other, size_t words) {
    for (size_t i = 0; i < words; i++)
        row[i] |= other[i];
}

/* Keeps in `ahead` from which heavy children of the root the tokens from the start on, as far as
 * the sentence goes, lead on behind a gap. */
static void note_ahead(struct scanner *scanner) {
    struct scan *scan = scanner->scan;
    struct views *views = scan->views;
    size_t start = scanner->start, words = views->heavy_words;
    if (scan->view[start]->jumps_any)
        merge_rows(views->ahead, scan->view[start]->begins + 2 * words, words);
    for (size_t i = scan->edge_first[start]; i < scan->edge_count; i++) {
        const uint64_t *rows = views_rows(views, scan->edges[i].symbol);
        if (rows != views->empty)
            merge_rows(views->ahead, rows + 2 * words, words);
    }
    if (scan->tokens.items[start].before > BREAK_COMMA)
        memset(views->ahead, 0, words * sizeof *views->ahead);
}

/* Notes in `live` the heavy children of the root that the next tokens may lead on from: a few too
 * many, never too few. */
static void find_live(struct scanner *scanner, uint64_t *live) {
    struct scan *scan = scanner->scan;
    struct views *views = scan->views;
    size_t next = scanner->start + 1, words = views->heavy_words;
    for (size_t k = 0; k < words; k++)
        live[k] = views->ends[k] | views->ahead[k];
    if (next == scan->tokens.count || scan->tokens.items[next].before > BREAK_SOFT)
        return;
    merge_rows(live, scan->view[next]->begins + words, words);
    for (size_t i = scan->edge_first[next]; i < scan->edge_first[next - 1]; i++) {
        const uint64_t *rows = views_rows(views, scan->edges[i].symbol);
        if (rows != views->empty)
            merge_rows(live, rows + words, words);
    }
}

/* Whether a light child of the root is complete, or may be led on from by the next token. */
static inline bool may_live(const struct scanner *scanner, uint32_t root) {
    const struct scan *scan = scanner->scan;
    const struct trie *trie = &scanner->grammar->trie;
    const struct node *of = &trie->nodes[root];
    size_t next = scanner->start + 1;
    if (of->outputs != 0)
        return true;
    if (next == scan->tokens.count || scan->tokens.items[next].before > BREAK_SOFT)
        return false;
    const struct view *view = scan->view[next];
    return (view->mask | scan->edge_mask[next]) & of->mask;
}

static void walk_word(struct scanner *scanner) {
    struct scan *scan = scanner->scan;
    struct views *views = scan->views;
    const struct view *view = scan->view[scanner->start];
    if (view == &views->nothing)
        return;
    for (uint32_t i = 0; i < view->light_count; i++)
        if (may_live(scanner, view->light[i]))
            walk(scanner, view->light[i], scanner->start + 1);
    if (!view->begins_any)
        return;
    find_live(scanner, views->live);
    for (size_t k = 0; k < views->heavy_words; k++)
        for (uint64_t bits = view->begins[k] & views->live[k]; bits != 0; bits &= bits - 1)
            walk(scanner, views->heavy[k * 64 + (size_t)__builtin_ctzll(bits)], scanner->start + 1);
}

static void scan_token(struct scanner *scanner, size_t start) {
    struct scan *scan = scanner->scan;
    const uint32_t *roots = scanner->grammar->trie.roots;
    scanner->start = start;
    scanner->steps = STEPS_MOST;
    scan->edge_first[start] = (uint32_t)scan->edge_count;
    scan->edge_mask[start] = 0;
    add_slots(scanner, &scan->tokens.items[start]);
    walk_word(scanner);
    for (size_t i = scan->edge_first[start]; i < scan->edge_count; i++) {
        uint32_t child = roots[scan->edges[i].symbol];
        if (child != 0)
            walk(scanner, child, scan->edges[i].last);
    }
    note_ahead(scanner);
}

bool scan_has(const struct scan *scan, size_t token, uint32_t symbol) {
    if (view_has(scan->view[token], symbol))
        return true;
    size_t last = token == 0 ? scan->edge_count : scan->edge_first[token - 1];
    for (size_t i = scan->edge_first[token]; i < last; i++)
        if (scan->edges[i].symbol == symbol)
            return true;
    return false;
}

void grammar_scan(const struct grammar *grammar, const char *text, size_t length,
                  struct scan *scan) {
    tokens_read(&scan->tokens, text, length, grammar->vocabulary, NULL);
    scan->views = views_for(scan->views, grammar);
    views_start_text(scan->views);
    size_t count = scan->tokens.count;
    scan->edge_first = memory_reserve(scan->edge_first, &scan->edge_first_capacity, count + 2,
                                      sizeof *scan->edge_first);
    scan->view = memory_reserve(scan->view, &scan->view_capacity, count + 1, sizeof *scan->view);
    scan->edge_mask = memory_reserve(scan->edge_mask, &scan->edge_mask_capacity, count + 1,
                                     sizeof *scan->edge_mask);
    scan->hit_count = scan->edge_count = 0;
    for (size_t i = 0; i < count; i++)
        scan->view[i] = views_of(scan->views, &scan->tokens.items[i]);
    struct scanner scanner = {.grammar = grammar, .scan = scan};
    for (size_t start = count; start-- > 0;)
        scan_token(&scanner, start);
}
