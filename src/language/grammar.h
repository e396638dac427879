/* All phrases of all rules as one automaton.
 *
 * A *symbol* is a word, a slot or a class; a *production* says that a row of symbols makes a class
 * or shows an alternative of a rule. All productions together are one trie. A text is scanned from
 * its end to its beginning: at each token the trie is walked over what is known to begin there and
 * behind it, and classes that come out are known from then on, so that classes may be made of
 * classes. What a token costs depends on how many phrases go on from it, not on how many there are;
 * a budget of steps a token keeps the worst text linear.
 *
 * Patterns, the way in which rules write productions:
 *
 *     words            Latin words with their light endings, Han characters as they stand
 *     =word            this form only
 *     (a|b c|d)        one of these        [a|b]   one of these or nothing
 *     @name            a class of the packs' "words"
 *     <number>         a slot
 *     ..  ..N          up to 4 (N) words or characters between, inside a clause
 *     ...  ...N        up to 8 (N), over commas too
 *     ^ at the start   the clause begins here (lead-ins such as "ok, so" aside); ^^ the reply does
 *     $ at the end     the clause ends here */
#ifndef ITR_LANGUAGE_GRAMMAR_H
#define ITR_LANGUAGE_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "language/slot.h"
#include "language/token.h"

#define ANCHOR_CLAUSE 1 /* ^ */
#define ANCHOR_REPLY 2  /* ^^ */
#define ANCHOR_END 4    /* $ */

struct grammar;
struct grammar *grammar_new(void);
void grammar_free(struct grammar *grammar);

struct vocabulary *grammar_vocabulary(const struct grammar *grammar);

/* The class of this name, made if need be. */
uint32_t grammar_class(struct grammar *grammar, const char *name, size_t length);

/* The next class that nothing makes so far, counted from *at in the order in which classes were
 * first named; *at is then behind it. NULL when there is none. */
const char *grammar_undefined(const struct grammar *grammar, size_t *at);

/* Says that a class may be used though no pattern makes it. */
void grammar_declare(struct grammar *grammar, uint32_t symbol);

/* Says that scan_has will be asked for a class. */
void grammar_keep(struct grammar *grammar, uint32_t symbol);

uint32_t grammar_slot(const struct grammar *grammar, enum slot slot);

/* `pattern` makes the class `symbol` / shows the alternative `alternative`; *anchors is then what
 * whoever reads the hits has to check. False with the reason when it is no pattern. */
bool grammar_add_class_pattern(struct grammar *grammar, uint32_t symbol, const char *pattern,
                               struct error *error);
bool grammar_add_pattern(struct grammar *grammar, uint32_t alternative, const char *pattern,
                         unsigned *anchors, struct error *error);

/* The same for a plain phrase, in which no character has a meaning of its own. */
bool grammar_add_class_phrase(struct grammar *grammar, uint32_t symbol, const char *phrase);
bool grammar_add_phrase(struct grammar *grammar, uint32_t alternative, const char *phrase);

/* The symbol alone shows the alternative. */
void grammar_add_symbol_pattern(struct grammar *grammar, uint32_t alternative, uint32_t symbol);

/* "contraction" → "words it stands for". */
void grammar_add_spelling(struct grammar *grammar, const char *word, const char *words);

/* A word that is known though no rule speaks of it, so that it is never taken for a slip. */
void grammar_add_known(struct grammar *grammar, const char *words);

/* Builds the automaton. After it nothing more can be added. */
void grammar_finish(struct grammar *grammar);

/* Lets go of what only making and grammar_find_holders need. */
void grammar_settle(struct grammar *grammar);

/* ---- scanning ---- */

struct hit {
    uint32_t alternative;
    uint32_t first, last; /* tokens, `last` not included */
};

/* A class that stands from a token to `last`, as if it were a word. */
struct edge {
    const struct view *view;
    uint32_t last;
};

/* What is known of the words that were met before: one for all scans of a reader, who owns it. */
struct views;

/* The views for a grammar: `old` if it is of the same, else new ones in its place. */
struct views *views_for(struct views *old, const struct grammar *grammar);
void views_free(struct views *views);

struct scan {
    struct tokens tokens;
    struct hit *hits; /* by `first` from the end of the text to its beginning */
    size_t hit_count, hit_capacity;
    struct edge *edges; /* besides those of the tokens' own words */
    size_t edge_count, edge_capacity;
    struct place *places; /* by token */
    size_t place_capacity;
    struct arena *arena; /* views of tokens that may be one of several words */
};
void grammar_scan(const struct grammar *grammar, struct views *views, const char *text,
                  size_t length, struct scan *scan);
void scan_free(struct scan *scan);

/* Whether `symbol`, which grammar_keep named, stands at a token (whatever its length). */
bool scan_has(const struct scan *scan, size_t token, uint32_t symbol);

/* Calls `note` for each alternative that may hold a word of the class `symbol`, which grammar_keep
 * named. After grammar_finish and before grammar_settle. */
void grammar_find_holders(const struct grammar *grammar, uint32_t symbol,
                          void (*note)(void *user, uint32_t alternative), void *user);

#endif
