#include "language/view.h"

#include <stdlib.h>
#include <string.h>

struct views {
    const struct grammar *grammar;
    uint64_t serial;
    const struct view **by_word, **by_class; /* NULL: not met yet */
    const struct view *nothing;
    struct arena *arena;
    struct arc *pairs; /* work space: what follows the word at hand */
    struct jump *jumps;
    uint32_t *shows, *heavy;
    size_t heavy_capacity, pair_capacity, jump_capacity, show_capacity;
};

void views_free(struct views *views) {
    if (views == NULL)
        return;
    arena_free(views->arena);
    free(views->by_word);
    free(views->by_class);
    free(views->pairs);
    free(views->jumps);
    free(views->shows);
    free(views->heavy);
    free(views);
}

/* ---- making a view ---- */

static void add_pairs(struct views *views, struct view *view, const struct state *root) {
    const struct arc *arcs = views->grammar->automaton.arcs;
    views->pairs =
        memory_reserve(views->pairs, &views->pair_capacity,
                       view->pair_count + root[1].arcs - root[0].arcs, sizeof *views->pairs);
    for (uint32_t i = root[0].arcs; i < root[1].arcs; i++)
        views->pairs[view->pair_count++] = arcs[i];
}

static void add_jumps(struct views *views, struct view *view, const struct state *root) {
    const struct jump *jumps = views->grammar->automaton.jumps;
    views->jumps =
        memory_reserve(views->jumps, &views->jump_capacity,
                       view->jump_count + root[1].jumps - root[0].jumps, sizeof *views->jumps);
    for (uint32_t i = root[0].jumps; i < root[1].jumps; i++)
        views->jumps[view->jump_count++] = jumps[i];
}

static void add_show(struct views *views, struct view *view, uint32_t output) {
    views->shows = memory_reserve(views->shows, &views->show_capacity, view->show_count + 1,
                                  sizeof *views->shows);
    views->shows[view->show_count++] = output;
}

static void add_heavy(struct views *views, struct view *view, uint32_t state) {
    views->heavy = memory_reserve(views->heavy, &views->heavy_capacity, view->heavy_count + 1,
                                  sizeof *views->heavy);
    views->heavy[view->heavy_count++] = state;
    view->begins |= heavy_bit(state);
}

static void add_root(struct views *views, struct view *view, const struct meaning *meaning) {
    const struct automaton *automaton = &views->grammar->automaton;
    if (meaning->root & TARGET_SHOWS) {
        add_show(views, view, meaning->root & ~TARGET_SHOWS);
        return;
    }
    const struct state *root = &automaton->states[meaning->root];
    for (uint32_t i = root[0].outputs; i < root[1].outputs; i++)
        add_show(views, view, automaton->outputs[i]);
    if (meaning->heavy)
        add_heavy(views, view, meaning->root);
    else
        add_pairs(views, view, root);
    add_jumps(views, view, root);
}

static void add_symbol(struct views *views, struct view *view, const struct meaning *meaning) {
    view->leads |= meaning->leads;
    if (meaning->inner)
        signature_add(view->signature, meaning->symbol);
    if (meaning->jumped)
        signature_add(view->jumped, meaning->symbol);
    if (meaning->root != 0)
        add_root(views, view, meaning);
}

static const void *keep(struct arena *arena, const void *items, size_t size) {
    void *kept = arena_take(arena, size);
    if (size > 0)
        memcpy(kept, items, size);
    return kept;
}

static uint32_t mask_for(size_t count) {
    uint32_t places = 4;
    while (places < 2 * count)
        places *= 2;
    return places - 1;
}

/* Puts the inner ones of these symbols into the view's table. */
static void make_table(struct view *view, const struct meaning *meanings, const uint32_t *symbols,
                       size_t count, struct arena *arena) {
    size_t inner = 0;
    for (size_t i = 0; i < count; i++)
        inner += meanings[symbols[i]].inner;
    view->table_mask = mask_for(inner);
    uint32_t *table = arena_take(arena, ((size_t)view->table_mask + 1) * sizeof *table);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = view_place(symbols[i], view->table_mask);
        while (meanings[symbols[i]].inner && table[at] != 0)
            at = (at + 1) & view->table_mask;
        if (meanings[symbols[i]].inner)
            table[at] = symbols[i];
    }
    view->table = table;
}

static const struct view *make_view(struct views *views, const uint32_t *symbols, size_t count,
                                    struct arena *arena) {
    const struct meaning *meanings = views->grammar->automaton.meanings;
    struct view *view = arena_take(arena, sizeof *view);
    for (size_t i = 0; i < count; i++)
        add_symbol(views, view, &meanings[symbols[i]]);
    make_table(view, meanings, symbols, count, arena);
    view->pairs = keep(arena, views->pairs, view->pair_count * sizeof *view->pairs);
    view->jumps = keep(arena, views->jumps, view->jump_count * sizeof *view->jumps);
    view->heavy = keep(arena, views->heavy, view->heavy_count * sizeof *view->heavy);
    view->shows = keep(arena, views->shows, view->show_count * sizeof *view->shows);
    return view;
}

static struct views *new_views(const struct grammar *grammar) {
    struct views *views = memory_new(sizeof *views);
    views->grammar = grammar;
    views->serial = grammar->serial;
    views->arena = arena_new();
    views->by_word =
        memory_new((vocabulary_count(grammar->vocabulary) + 1) * sizeof *views->by_word);
    views->by_class = memory_new(grammar->symbol_count * sizeof *views->by_class);
    views->nothing = make_view(views, NULL, 0, views->arena);
    return views;
}

struct views *views_for(struct views *old, const struct grammar *grammar) {
    if (old != NULL && old->serial == grammar->serial)
        return old;
    views_free(old);
    return new_views(grammar);
}

/* ---- views of tokens ---- */

static const struct view *make_kept(struct views *views, const uint32_t *symbols, size_t count) {
    return count == 0 ? views->nothing : make_view(views, symbols, count, views->arena);
}

const struct view *views_of_word(struct views *views, uint32_t word) {
    if (views->by_word[word] == NULL) {
        struct symbols symbols = vocabulary_symbols(views->grammar->vocabulary, word);
        views->by_word[word] = make_kept(views, symbols.items, symbols.count);
    }
    return views->by_word[word];
}

const struct view *views_of_class(struct views *views, uint32_t symbol) {
    if (views->by_class[symbol] == NULL) {
        const uint32_t *first = &views->grammar->risen_first[symbol];
        views->by_class[symbol] =
            make_kept(views, views->grammar->risen + first[0], first[1] - first[0]);
    }
    return views->by_class[symbol];
}

/* The view of a token whose slip may have meant several words: any of them. */
static const struct view *mix(struct views *views, const struct token *token, struct arena *arena) {
    const struct vocabulary *vocabulary = views->grammar->vocabulary;
    size_t most = 0, count = 0;
    for (size_t i = 0; i < token->near_count; i++)
        most += vocabulary_symbols(vocabulary, token->near[i]).count;
    uint32_t *symbols = arena_take(arena, (most + 1) * sizeof *symbols);
    for (size_t i = 0; i < token->near_count; i++) {
        struct symbols one = vocabulary_symbols(vocabulary, token->near[i]);
        for (size_t k = 0; k < one.count; k++) {
            bool known = false;
            for (size_t m = 0; m < count && !known; m++)
                known = symbols[m] == one.items[k];
            if (!known)
                symbols[count++] = one.items[k];
        }
    }
    return make_view(views, symbols, count, arena);
}

const struct view *views_of(struct views *views, const struct token *token, struct arena **arena) {
    if (token->word != WORD_NONE)
        return views_of_word(views, token->word);
    if (token->near_count == 0)
        return views->nothing;
    if (token->near_count == 1)
        return views_of_word(views, token->near[0]);
    if (*arena == NULL)
        *arena = arena_new();
    return mix(views, token, *arena);
}
