#include "language/view.h"

#include <stdlib.h>
#include <string.h>

static void set_bit(uint64_t *row, size_t bit) {
    row[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static void merge(uint64_t *row, const uint64_t *other, size_t words) {
    for (size_t i = 0; i < words; i++)
        row[i] |= other[i];
}

static uint64_t *new_row(struct arena *arena, size_t words) {
    return arena_take(arena, words * sizeof(uint64_t));
}

static struct view new_view(const struct views *views, struct arena *arena) {
    return (struct view){.symbols = new_row(arena, views->symbol_words),
                         .begins = new_row(arena, 3 * views->heavy_words)};
}

void views_free(struct views *views) {
    if (views == NULL)
        return;
    arena_free(views->arena);
    arena_free(views->text_arena);
    free(views->by_word);
    free(views->by_symbol);
    free(views->heavy);
    free(views->heavy_of);
    free(views);
}

static bool is_heavy(const struct trie *trie, uint32_t node) {
    return trie->nodes[node].child_count > LIGHT_CHILDREN || trie->nodes[node].gaps != 0;
}

static void find_heavy(struct views *views, const struct trie *trie) {
    views->heavy = memory_new((trie->root_count + 1) * sizeof *views->heavy);
    views->heavy_of = memory_new((trie->root_count + 1) * sizeof *views->heavy_of);
    for (uint32_t i = 0; i < trie->root_count; i++)
        if (is_heavy(trie, trie->children[i].node)) {
            views->heavy[views->heavy_count++] = trie->children[i].node;
            views->heavy_of[i] = (uint32_t)views->heavy_count;
        }
    views->heavy_words = views->heavy_count / 64 + 1;
    views->ends = new_row(views->arena, views->heavy_words);
    views->live = new_row(views->arena, views->heavy_words);
    views->ahead = new_row(views->arena, views->heavy_words);
    for (size_t i = 0; i < views->heavy_count; i++)
        if (trie->nodes[views->heavy[i]].outputs != 0)
            set_bit(views->ends, i);
}

static struct views *new_views(const struct grammar *grammar) {
    struct views *views = memory_new(sizeof *views);
    views->grammar = grammar;
    views->serial = grammar->serial;
    views->arena = arena_new();
    views->symbol_words = grammar->symbol_count / 64 + 1;
    views->by_word =
        memory_new((vocabulary_count(grammar->vocabulary) + 1) * sizeof *views->by_word);
    views->by_symbol = memory_new(grammar->symbol_count * sizeof *views->by_symbol);
    find_heavy(views, &grammar->trie);
    views->nothing = new_view(views, views->arena);
    views->empty = new_row(views->arena, 3 * views->heavy_words);
    return views;
}

struct views *views_for(struct views *old, const struct grammar *grammar) {
    if (old != NULL && old->serial == grammar->serial)
        return old;
    views_free(old);
    return new_views(grammar);
}

void views_start_text(struct views *views) {
    if (views->text_arena != NULL)
        arena_free(views->text_arena);
    views->text_arena = NULL;
    memset(views->ahead, 0, views->heavy_words * sizeof *views->ahead);
}

/* ---- rows by symbol ---- */

static bool leads_behind_gap(const struct trie *trie, uint32_t node, uint32_t symbol) {
    for (uint32_t gap = trie->nodes[node].gaps; gap != 0; gap = trie->nodes[gap].next)
        if (trie_child(trie, gap, symbol) != 0)
            return true;
    return false;
}

const uint64_t *views_rows(struct views *views, uint32_t symbol) {
    if (views->by_symbol[symbol] != NULL)
        return views->by_symbol[symbol];
    const struct trie *trie = &views->grammar->trie;
    uint64_t *rows = memory_new(3 * views->heavy_words * sizeof *rows);
    uint32_t root = trie->roots[symbol];
    bool any = false;
    for (size_t i = 0; i < views->heavy_count; i++) {
        bool begins = views->heavy[i] == root;
        bool goes_on = trie_child(trie, views->heavy[i], symbol) != 0;
        bool jumps = leads_behind_gap(trie, views->heavy[i], symbol);
        if (begins)
            set_bit(rows, i);
        if (goes_on)
            set_bit(rows + views->heavy_words, i);
        if (jumps)
            set_bit(rows + 2 * views->heavy_words, i);
        any |= begins || goes_on || jumps;
    }
    uint64_t *kept = views->empty;
    if (any) {
        kept = new_row(views->arena, 3 * views->heavy_words);
        memcpy(kept, rows, 3 * views->heavy_words * sizeof *rows);
    }
    free(rows);
    return views->by_symbol[symbol] = kept;
}

/* ---- views of words ---- */

static void add_symbol(struct views *views, struct view *view, uint32_t symbol) {
    const struct trie *trie = &views->grammar->trie;
    uint32_t bit = (symbol * UINT32_C(0x9E3779B1)) >> 24, root = trie->roots[symbol];
    set_bit(view->signature, bit);
    view->mask |= symbol_bit(symbol);
    set_bit(view->symbols, symbol);
    merge(view->begins, views_rows(views, symbol), 3 * views->heavy_words);
    if (root != 0 && !is_heavy(trie, root))
        view->light[view->light_count++] = root;
}

static bool any_bit(const uint64_t *row, size_t words) {
    uint64_t bits = 0;
    for (size_t i = 0; i < words; i++)
        bits |= row[i];
    return bits != 0;
}

static void note_rows(const struct views *views, struct view *view) {
    size_t words = views->heavy_words;
    view->begins_any = any_bit(view->begins, words);
    view->jumps_any = any_bit(view->begins + 2 * words, words);
}

static void fill_view(struct views *views, struct view *view, uint32_t word) {
    struct symbols symbols = vocabulary_symbols(views->grammar->vocabulary, word);
    *view = new_view(views, views->arena);
    view->light = arena_take(views->arena, (symbols.count + 1) * sizeof *view->light);
    for (size_t i = 0; i < symbols.count; i++)
        add_symbol(views, view, symbols.items[i]);
    note_rows(views, view);
}

static const struct view *view_of_word(struct views *views, uint32_t word) {
    struct view *view = &views->by_word[word];
    if (view->symbols == NULL)
        fill_view(views, view, word);
    return view;
}

static void add_light(struct view *view, const struct view *one) {
    for (uint32_t i = 0; i < one->light_count; i++) {
        bool known = false;
        for (uint32_t k = 0; k < view->light_count && !known; k++)
            known = view->light[k] == one->light[i];
        if (!known)
            view->light[view->light_count++] = one->light[i];
    }
}

/* The view of a token whose slip may have meant several words: any of them. */
static const struct view *mix(struct views *views, const struct token *token) {
    if (views->text_arena == NULL)
        views->text_arena = arena_new();
    struct view *view = arena_take(views->text_arena, sizeof *view);
    const struct view *one[WORD_NEAR];
    size_t lights = 1;
    for (size_t i = 0; i < token->near_count; i++) {
        one[i] = view_of_word(views, token->near[i]);
        lights += one[i]->light_count;
    }
    *view = new_view(views, views->text_arena);
    view->light = arena_take(views->text_arena, lights * sizeof *view->light);
    for (size_t i = 0; i < token->near_count; i++) {
        merge(view->signature, one[i]->signature, 4);
        view->mask |= one[i]->mask;
        merge(view->symbols, one[i]->symbols, views->symbol_words);
        merge(view->begins, one[i]->begins, 3 * views->heavy_words);
        add_light(view, one[i]);
    }
    note_rows(views, view);
    return view;
}

const struct view *views_of(struct views *views, const struct token *token) {
    if (token->word != WORD_NONE)
        return view_of_word(views, token->word);
    if (token->near_count == 0)
        return &views->nothing;
    return token->near_count == 1 ? view_of_word(views, token->near[0]) : mix(views, token);
}
