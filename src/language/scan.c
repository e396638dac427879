/* The scan: see grammar.h. Positions are tokens; an *edge* says that a class or a slot was found
 * from a token to another, and is then like a word that long: it has a view as the token's own word
 * has. Those of a token are complete before the token to its left is looked at: its *place* is then
 * settled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/view.h"

enum { STEPS_MOST = 600, EDGES_MOST = 400, BLOCK = 8, NEAR_WIDTH = BLOCK };
enum { VIEW_LINES = 5 }; /* of the cache, that a usual view takes */

struct place {
    uint64_t signature[4]; /* of the symbols that stand here, by the word or by an edge */
    uint64_t near[4];      /* of those that some jump leads on by, here or up to NEAR_WIDTH on */
    uint64_t leads;        /* bits of the heavy states that these symbols lead on from */
    const struct view *view;
    uint32_t edge_first, edge_last;
    uint8_t before; /* the break before the token */
};

struct scanner {
    const struct grammar *grammar;
    struct scan *scan;
    struct views *views;
    const struct place *places;
    size_t count;
    size_t start;         /* the token whose edges are being found */
    size_t steps;         /* what is left of its budget */
    uint64_t known[4];    /* the signature of its edges, by a key of each */
    uint64_t block[2][4]; /* what jumps lead on by, in this block of tokens and the next */
};

void scan_free(struct scan *scan) {
    tokens_free(&scan->tokens);
    arena_free(scan->arena);
    free(scan->hits);
    free(scan->edges);
    free(scan->places);
    *scan = (struct scan){0};
}

/* ---- what is found ---- */

static bool is_known_edge(const struct scanner *scanner, const struct view *view, size_t last,
                          uint32_t key) {
    const struct scan *scan = scanner->scan;
    if (!signature_has(scanner->known, key))
        return false;
    for (size_t i = scanner->places[scanner->start].edge_first; i < scan->edge_count; i++)
        if (scan->edges[i].view == view && scan->edges[i].last == last)
            return true;
    return false;
}

static void add_edge(struct scanner *scanner, const struct view *view, size_t last) {
    struct scan *scan = scanner->scan;
    uint32_t key = (uint32_t)((uintptr_t)view / sizeof *view + last * 61);
    if (is_known_edge(scanner, view, last, key) ||
        scan->edge_count - scanner->places[scanner->start].edge_first >= EDGES_MOST)
        return;
    if (scan->edge_count == scan->edge_capacity)
        scan->edges = memory_reserve(scan->edges, &scan->edge_capacity, scan->edge_count + 1,
                                     sizeof *scan->edges);
    scan->edges[scan->edge_count++] = (struct edge){view, (uint32_t)last};
    signature_add(scanner->known, key);
}

static void add_class(struct scanner *scanner, uint32_t symbol, size_t last) {
    add_edge(scanner, views_of_class(scanner->views, symbol), last);
}

static void add_hit(struct scanner *scanner, uint32_t alternative, size_t last) {
    struct scan *scan = scanner->scan;
    for (size_t i = scan->hit_count; i-- > 0 && scan->hits[i].first == scanner->start;)
        if (scan->hits[i].alternative == alternative) {
            if (last > scan->hits[i].last)
                scan->hits[i].last = (uint32_t)last;
            return;
        }
    scan->hits =
        memory_reserve(scan->hits, &scan->hit_capacity, scan->hit_count + 1, sizeof *scan->hits);
    scan->hits[scan->hit_count++] =
        (struct hit){alternative, (uint32_t)scanner->start, (uint32_t)last};
}

static void give(struct scanner *scanner, uint32_t output, size_t last) {
    if (output & OUTPUT_CLASS)
        add_class(scanner, output & ~OUTPUT_CLASS, last);
    else
        add_hit(scanner, output, last);
}

/* ---- the walk ---- */

static void walk(struct scanner *scanner, uint32_t target, size_t at);

/* Goes on to `target` if the symbol that leads there stands at `at`, as a word or as an edge. */
static inline void follow(struct scanner *scanner, uint32_t symbol, uint32_t target, size_t at) {
    const struct place *place = &scanner->places[at];
    if (!signature_has(place->signature, symbol))
        return;
    if (view_carries(place->view, symbol))
        walk(scanner, target, at + 1);
    for (uint32_t i = place->edge_first; i < place->edge_last; i++)
        if (view_carries(scanner->scan->edges[i].view, symbol))
            walk(scanner, target, scanner->scan->edges[i].last);
}

static void follow_arcs(struct scanner *scanner, uint32_t state, size_t at) {
    const struct automaton *automaton = &scanner->grammar->automaton;
    uint32_t last = automaton->states[state + 1].arcs;
    for (uint32_t i = automaton->states[state].arcs; i < last; i++)
        follow(scanner, automaton->arcs[i].symbol, automaton->arcs[i].target, at);
}

/* Tries a jump from `at` on. */
static void leap(struct scanner *scanner, const struct jump *jump, size_t at) {
    const struct place *places = scanner->places;
    unsigned most = jump->wide ? BREAK_COMMA : BREAK_SOFT;
    if (jump->width <= NEAR_WIDTH && !signature_has(places[at].near, jump->symbol))
        return;
    for (size_t i = at; i <= at + jump->width && i < scanner->count && places[i].before <= most;
         i++)
        follow(scanner, jump->symbol, jump->target, i);
}

/* What a state is worth at `at`, besides its arcs. */
static void arrive(struct scanner *scanner, uint32_t state, size_t at) {
    const struct automaton *automaton = &scanner->grammar->automaton;
    const struct state *of = &automaton->states[state];
    for (uint32_t i = of[0].outputs; i < of[1].outputs; i++)
        give(scanner, automaton->outputs[i], at);
    for (uint32_t i = of[0].jumps; i < of[1].jumps && at < scanner->count; i++)
        leap(scanner, &automaton->jumps[i], at);
}

static void walk(struct scanner *scanner, uint32_t target, size_t at) {
    if (scanner->steps == 0)
        return;
    scanner->steps--;
    if (target & TARGET_SHOWS) {
        give(scanner, target & ~TARGET_SHOWS, at);
        return;
    }
    arrive(scanner, target, at);
    if (at < scanner->count && scanner->places[at].before <= BREAK_SOFT)
        follow_arcs(scanner, target, at);
}

/* What begins at the start with a word, or a class, that ends before `next`. */
static void begin(struct scanner *scanner, const struct view *view, size_t next) {
    for (uint32_t i = 0; i < view->show_count; i++)
        give(scanner, view->shows[i], next);
    if (next == scanner->count)
        return;
    const struct place *place = &scanner->places[next];
    if (place->before <= BREAK_SOFT) {
        for (uint32_t i = 0; i < view->pair_count; i++)
            follow(scanner, view->pairs[i].symbol, view->pairs[i].target, next);
        for (uint32_t i = 0; view->begins & place->leads && i < view->heavy_count; i++)
            if (place->leads & heavy_bit(view->heavy[i]))
                follow_arcs(scanner, view->heavy[i], next);
    }
    for (uint32_t i = 0; i < view->jump_count; i++)
        leap(scanner, &view->jumps[i], next);
}

/* ---- what a token is besides its word ---- */

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
    add_class(scanner, scanner->grammar->slots[SLOT_NUMBER], last);
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    uint64_t hash = WORD_HASH_START;
    for (int i = 0; i < count; i++)
        hash = word_hash(hash, (uint32_t)digits[i]);
    uint32_t word = vocabulary_find(scanner->grammar->vocabulary, hash);
    if (word != WORD_NONE)
        add_edge(scanner, views_of_word(scanner->views, word), last);
}

static void add_number(struct scanner *scanner, const struct token *token) {
    const uint32_t *slots = scanner->grammar->slots;
    const struct letters *letters = &scanner->scan->tokens.letters;
    uint32_t last = (uint32_t)scanner->start + 1;
    enum slot slot = slot_of_number(letters->items + token->first, token->last - token->first);
    add_class(scanner, slots[SLOT_NUMBER], last);
    if (slot != SLOT_NUMBER)
        add_class(scanner, slots[slot], last);
    if (slot == SLOT_PHONE)
        add_class(scanner, slots[SLOT_ORDER], last);
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
        add_class(scanner, scanner->grammar->slots[token->mask], last);
    else if (token->kind == TOKEN_NUMBER)
        add_number(scanner, token);
    else if (token->kind == TOKEN_HAN)
        add_han_number(scanner, token);
    else if (token->kind == TOKEN_WORD && token->last - token->first > 3 &&
             has_digit(letters, token))
        add_class(scanner, scanner->grammar->slots[SLOT_ORDER], last);
}

/* ---- a token ---- */

static void merge_signature(uint64_t into[4], const uint64_t other[4]) {
    for (size_t i = 0; i < 4; i++)
        into[i] |= other[i];
}

/* Notes what jumps lead on by from the start on: the rest of its block of tokens and the block
 * behind that, so a little more than is near. None leads over the end of a sentence. */
static void settle_near(struct scanner *scanner, struct place *place, const uint64_t jumped[4]) {
    if (scanner->start % BLOCK == BLOCK - 1) {
        memcpy(scanner->block[1], scanner->block[0], sizeof scanner->block[1]);
        memset(scanner->block[0], 0, sizeof scanner->block[0]);
    }
    merge_signature(scanner->block[0], jumped);
    memcpy(place->near, scanner->block[0], sizeof place->near);
    merge_signature(place->near, scanner->block[1]);
    if (place->before > BREAK_COMMA)
        memset(scanner->block, 0, sizeof scanner->block);
}

/* Of the edges only those are kept that lead on from somewhere; the others have begun what they
 * can. */
static void settle_place(struct scanner *scanner, struct place *place) {
    struct scan *scan = scanner->scan;
    uint64_t jumped[4];
    uint32_t kept = place->edge_first;
    place->leads = place->view->leads;
    memcpy(place->signature, place->view->signature, sizeof place->signature);
    memcpy(jumped, place->view->jumped, sizeof jumped);
    for (uint32_t i = place->edge_first; i < scan->edge_count; i++) {
        const struct view *view = scan->edges[i].view;
        if ((view->signature[0] | view->signature[1] | view->signature[2] | view->signature[3]) ==
            0)
            continue;
        scan->edges[kept++] = scan->edges[i];
        place->leads |= view->leads;
        merge_signature(place->signature, view->signature);
        merge_signature(jumped, view->jumped);
    }
    scan->edge_count = place->edge_last = kept;
    settle_near(scanner, place, jumped);
}

static void scan_token(struct scanner *scanner, struct place *place, const struct token *token) {
    scanner->start = (size_t)(place - scanner->places);
    scanner->steps = STEPS_MOST;
    memset(scanner->known, 0, sizeof scanner->known);
    place->edge_first = (uint32_t)scanner->scan->edge_count;
    place->before = token->before;
    add_slots(scanner, token);
    begin(scanner, place->view, scanner->start + 1);
    for (size_t i = place->edge_first; i < scanner->scan->edge_count; i++) /* finds more */
        begin(scanner, scanner->scan->edges[i].view, scanner->scan->edges[i].last);
    settle_place(scanner, place);
}

bool scan_has(const struct scan *scan, size_t token, uint32_t symbol) {
    const struct place *place = &scan->places[token];
    if (!signature_has(place->signature, symbol))
        return false;
    bool has = view_carries(place->view, symbol);
    for (uint32_t i = place->edge_first; i < place->edge_last && !has; i++)
        has = view_carries(scan->edges[i].view, symbol);
    return has;
}

void grammar_scan(const struct grammar *grammar, struct views *views, const char *text,
                  size_t length, struct scan *scan) {
    tokens_read(&scan->tokens, text, length, grammar->vocabulary, NULL);
    size_t count = scan->tokens.count;
    arena_free(scan->arena);
    scan->arena = NULL;
    scan->places =
        memory_reserve(scan->places, &scan->place_capacity, count + 1, sizeof *scan->places);
    scan->hit_count = scan->edge_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct view *view = views_of(views, &scan->tokens.items[i], &scan->arena);
        scan->places[i].view = view;
        for (size_t line = 0; line < VIEW_LINES; line++)
            __builtin_prefetch((const char *)view + line * 64);
    }
    struct scanner scanner = {
        .grammar = grammar, .scan = scan, .views = views, .places = scan->places, .count = count};
    for (size_t start = count; start-- > 0;)
        scan_token(&scanner, &scan->places[start], &scan->tokens.items[start]);
}
