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
    return (struct view){new_row(arena, views->symbol_words), new_row(arena, views->root_words),
                         new_row(arena, views->root_words), new_row(arena, views->root_words)};
}

void views_free(struct views *views) {
    if (views == NULL)
        return;
    arena_free(views->arena);
    arena_free(views->text_arena);
    free(views->by_word);
    free(views->root_of);
    free(views->by_symbol_goes_on);
    free(views->by_symbol_jumps);
    free(views);
}

static struct views *new_views(const struct grammar *grammar) {
    struct views *views = memory_new(sizeof *views);
    const struct trie *trie = &grammar->trie;
    views->grammar = grammar;
    views->serial = grammar->serial;
    views->symbol_words = grammar->symbol_count / 64 + 1;
    views->root_words = trie->root_count / 64 + 1;
    views->by_word =
        memory_new((vocabulary_count(grammar->vocabulary) + 1) * sizeof *views->by_word);
    views->by_symbol_goes_on =
        memory_new(grammar->symbol_count * sizeof *views->by_symbol_goes_on);
    views->by_symbol_jumps = memory_new(grammar->symbol_count * sizeof *views->by_symbol_jumps);
    views->root_of = memory_new(trie->node_count * sizeof *views->root_of);
    views->arena = arena_new();
    views->nothing = new_view(views, views->arena);
    views->ends = new_row(views->arena, views->root_words);
    views->live = new_row(views->arena, views->root_words);
    views->ahead = new_row(views->arena, views->root_words);
    for (uint32_t i = 0; i < trie->root_count; i++) {
        views->root_of[trie->children[i].node] = i + 1;
        if (trie->nodes[trie->children[i].node].outputs != 0)
            set_bit(views->ends, i);
    }
    return views;
}

struct views *views_for(struct views *old, const struct grammar *grammar) {
    if (old != NULL && old->serial == grammar->serial)
        return old;
    views_free(old);
    return new_views(grammar);
}

void views_start_text(struct views *views) {
    arena_free(views->text_arena);
    views->text_arena = NULL;
    memset(views->ahead, 0, views->root_words * sizeof *views->ahead);
}

/* ---- rows by symbol ---- */

const uint64_t *views_goes_on(struct views *views, uint32_t symbol) {
    if (views->by_symbol_goes_on[symbol] != NULL)
        return views->by_symbol_goes_on[symbol];
    const struct trie *trie = &views->grammar->trie;
    uint64_t *row = new_row(views->arena, views->root_words);
    for (uint32_t i = 0; i < trie->root_count; i++)
        if (trie_child(trie, trie->children[i].node, symbol) != 0)
            set_bit(row, i);
    return views->by_symbol_goes_on[symbol] = row;
}

const uint64_t *views_jumps(struct views *views, uint32_t symbol) {
    if (views->by_symbol_jumps[symbol] != NULL)
        return views->by_symbol_jumps[symbol];
    const struct trie *trie = &views->grammar->trie;
    uint64_t *row = new_row(views->arena, views->root_words);
    for (uint32_t i = 0; i < trie->root_count; i++) {
        uint32_t gap = trie->nodes[trie->children[i].node].gaps;
        for (; gap != 0; gap = trie->nodes[gap].next)
            if (trie_child(trie, gap, symbol) != 0)
                set_bit(row, i);
    }
    return views->by_symbol_jumps[symbol] = row;
}

/* ---- views of words ---- */

static void fill_view(struct views *views, struct view *view, uint32_t word) {
    const struct trie *trie = &views->grammar->trie;
    struct symbols symbols = vocabulary_symbols(views->grammar->vocabulary, word);
    *view = new_view(views, views->arena);
    for (size_t i = 0; i < symbols.count; i++) {
        uint32_t symbol = symbols.items[i];
        set_bit(view->symbols, symbol);
        if (trie->roots[symbol] != 0)
            set_bit(view->begins, views->root_of[trie->roots[symbol]] - 1);
        merge(view->goes_on, views_goes_on(views, symbol), views->root_words);
        merge(view->jumps, views_jumps(views, symbol), views->root_words);
    }
}

static const struct view *view_of_word(struct views *views, uint32_t word) {
    struct view *view = &views->by_word[word];
    if (view->symbols == NULL)
        fill_view(views, view, word);
    return view;
}

/* The view of a token whose slip may have meant several words: any of them. */
static const struct view *mix(struct views *views, const struct token *token) {
    if (views->text_arena == NULL)
        views->text_arena = arena_new();
    struct view *view = arena_take(views->text_arena, sizeof *view);
    *view = new_view(views, views->text_arena);
    for (size_t i = 0; i < token->near_count; i++) {
        const struct view *one = view_of_word(views, token->near[i]);
        merge(view->symbols, one->symbols, views->symbol_words);
        merge(view->begins, one->begins, views->root_words);
        merge(view->goes_on, one->goes_on, views->root_words);
        merge(view->jumps, one->jumps, views->root_words);
    }
    return view;
}

const struct view *views_of(struct views *views, const struct token *token) {
    if (token->word != WORD_NONE)
        return view_of_word(views, token->word);
    if (token->near_count == 0)
        return &views->nothing;
    return token->near_count == 1 ? view_of_word(views, token->near[0]) : mix(views, token);
}
