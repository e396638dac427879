/* The lexicon from inside: rules as data, what their alternatives are for, and the guards. */
#ifndef ITR_LANGUAGE_LEXICON_H
#define ITR_LANGUAGE_LEXICON_H

#include "language/grammar.h"
#include "language/language.h"
#include "language/limit.h"

/* Kinds of words that change what stands beside them ("guards" of a pack). */
#define GUARDS(X)                                                                                  \
    X(NEGATION, "negation")       /* not, 没有 */                                                \
    X(SET_PHRASE, "set-phrase")   /* 没问题, "no problem": no negation in it counts */          \
    X(CONDITIONAL, "conditional") /* if, 如果 */                                                 \
    X(REPORTED, "reported")       /* "you said", 您说 */                                         \
    X(HEDGE, "hedge")             /* maybe, 可能 */                                              \
    X(TURN, "turn")               /* but, 但是: a negation before it reaches no further */       \
    X(LEAD, "lead")               /* "ok, so", 好的: the clause begins behind it */              \
    X(STOP, "stop")               /* words that say nothing of the matter: no overlap by them */   \
    X(ASSENT, "assent")           /* yes, 对: what the other asked or offered is said */          \
    X(OFFER, "offer")             /* "so I'll", 那我先: what a yes agrees to */

enum guard {
#define X(name, word) GUARD_##name,
    GUARDS(X)
#undef X
        GUARD_COUNT
};

#define ASKINGS(X)                                                                                 \
    X(ANY, "any")                                                                                  \
    X(YES_NO, "yes_no")                                                                            \
    X(WHEN, "when")                                                                                \
    X(WHAT, "what")                                                                                \
    X(WHERE, "where")                                                                              \
    X(WHO, "who")                                                                                  \
    X(WHY, "why")                                                                                  \
    X(HOW, "how")

enum asking {
#define X(name, word) ASKING_##name,
    ASKINGS(X)
#undef X
        ASKING_COUNT
};

enum role {
    ROLE_GROUP,
    ROLE_UNLESS,
    ROLE_CUSTOMER,
    ROLE_AGENT,
    ROLE_ASKED, /* like ROLE_CUSTOMER, in the line that is answered */
    ROLE_GUARD,
    ROLE_ASKING
};

struct alternative {
    uint32_t rule; /* or the guard, or the kind of asking */
    uint8_t role;  /* enum role */
    uint8_t group;
    uint8_t anchors;
    bool holds_negation;       /* its own words negate: a negation inside is no guard's business */
    bool holds_conditional;    /* its own words are a condition */
    bool weak;                 /* right about half the time: UNSURE by itself */
    const struct limit *limit; /* on the value of what matched; NULL: none */
};

enum scope { SCOPE_CLAUSE, SCOPE_SENTENCE, SCOPE_REPLY };

/* What a rule needs besides its words. */
#define NEEDS(X)                                                                                   \
    X(OVERLAP, "overlap")             /* shares words of the matter with the customer */           \
    X(NOTHING_ASKED, "nothing-asked") /* no question by the agent yet */                           \
    X(UNHEDGED, "unhedged")           /* no hedge in the sentence */                               \
    X(NEW, "new")                     /* nobody used these words before */                         \
    X(SPOKEN, "spoken")               /* the customer has spoken before */                         \
    X(NO_QUESTION, "no-question")     /* nothing in the reply asks */                              \
    X(OVERLAP_NEAR, "overlap-near")   /* shares words of the matter in the clause of the match */  \
    X(OVERLAP_TWO, "overlap-two")     /* shares two of them in the sentence */

#define GROUPS_MOST 8
#define DETAILS_MOST 4

struct group {
    bool core, wants_negation;
    uint8_t askings; /* bits of enum asking: a clause that asks so matches */
    const char *example;
    const char *name[LANGUAGE_COUNT]; /* what people call it; NULL: it has none */
};

struct rule {
    const char *id;
    const char *detail;
    int behaviour;  /* what it shows; -1: a script's rule */
    uint32_t wants; /* a script's: bits of behaviours, any of which is one core group */
    struct group groups[GROUPS_MOST];
    uint8_t group_count;
    uint8_t scope, unless_scope;
    uint8_t needs;    /* bits of NEEDS */
    uint8_t question; /* 0 no matter, 1 only in a question, 2 only outside one */
    bool lifts_negation, lifts_conditional, lifts_quoted;
    bool unsure; /* at most UNSURE */
    bool wants_customer, wants_agent, wants_asked;
    uint32_t with,
        without;      /* bits of behaviours that must (one of them), must not (any) be there */
    uint16_t longest; /* tokens of the reply, 0 no matter */
};

enum need_bit {
#define X(name, word) NEED_INDEX_##name,
    NEEDS(X)
#undef X
        NEED_COUNT
};
#define NEED(name) (1u << NEED_INDEX_##name)

struct lexicon {
    struct grammar *grammar;
    struct arena *arena;
    struct rule *rules;
    size_t rule_count, rule_capacity;
    struct alternative *alternatives;
    size_t alternative_count, alternative_capacity;
    size_t script_rules; /* how many rules were added by lexicon_add_rule */
    uint32_t *script;    /* their numbers among all rules */
    size_t script_capacity;
    uint32_t guards[GUARD_COUNT]; /* class symbols */
    uint32_t any_fact;
    size_t facts;
    bool finished;
    struct mention *mentions; /* of classes that were named before they were made */
    size_t mention_count, mention_capacity, classes_looked_at;
};

/* Where a class was first named, for the finding when nothing makes it. Texts in the arena. */
struct mention {
    const char *name, *file;
    size_t line, column;
};

/* Notes the places of the classes that were named since the last call and that nothing makes yet:
 * `node` is what was read since then. */
void lexicon_note_mentions(struct lexicon *lexicon, const struct json *json, const cJSON *node);

/* Adds an alternative; false with a reason when `pattern` is none. `plain`: as a phrase. */
bool lexicon_add_alternative(struct lexicon *lexicon, struct alternative alternative,
                             const char *pattern, bool plain, struct error *error);

/* A new rule with this id; its number. */
uint32_t lexicon_new_rule(struct lexicon *lexicon, const char *id);

/* Reads "any" (a list of alternatives) into group `group` of `rule`. */
bool rule_read_any(struct lexicon *lexicon, uint32_t rule, unsigned group, const struct json *json,
                   const cJSON *any, bool pattern, struct findings *findings);

/* Reads "groups". */
bool rule_read_groups(struct lexicon *lexicon, uint32_t rule, const struct json *json,
                      const cJSON *groups, bool pattern, bool core, struct findings *findings);

/* The place of `word` among `names`, with a finding when it is none of them: -1. */
int rule_choose(const struct json *json, const cJSON *node, const char *const *names,
                const char *what, struct findings *findings);

/* The bits of a list of behaviour names; false with findings. */
bool rule_read_behaviours(const struct json *json, const cJSON *list, uint32_t *bits,
                          struct findings *findings);

#endif
