/* What a reply says: normalised, searched for phrases, and judged for behaviours and points. The
 * room's one header.
 *
 * Rules are data. A *rule* is a list of groups; a *group* is a set of alternatives; a *behaviour*
 * is what many rules of a pack may show. All phrases of all rules are one automaton, so that a
 * reply costs its length and not the number of rules.
 *
 *     lexicon_new → lexicon_add_folder (packs) → lexicon_add_rule / lexicon_add_fact (script)
 *                 → lexicon_finish → language_read, any number of times
 *
 * Nothing here knows scenarios, calls or marks: it says what was found and where. */
#ifndef ITR_LANGUAGE_H
#define ITR_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

/* The rule version: judgements under one version are the same for ever. Raised when any change here
 * or in the packs can change a judgement. */
#define LANGUAGE_RULES_VERSION 2

/* The behaviours (the names are a contract). The last five are negative. */
#define BEHAVIOURS(X)                                                                              \
    X(GREETING, "greeting")                                                                        \
    X(OFFER_HELP, "offer_help")                                                                    \
    X(IDENTITY_CHECK, "identity_check")                                                            \
    X(RESTATE, "restate")                                                                          \
    X(EMPATHY, "empathy")                                                                          \
    X(APOLOGY, "apology")                                                                          \
    X(PROBE, "probe")                                                                              \
    X(TRIAGE, "triage")                                                                            \
    X(ROOT_CAUSE, "root_cause")                                                                    \
    X(PLAN, "plan")                                                                                \
    X(FEASIBILITY, "feasibility")                                                                  \
    X(PROMISE_TIME, "promise_time")                                                                \
    X(HANDOVER, "handover")                                                                        \
    X(CONFIRM_SATISFACTION, "confirm_satisfaction")                                                \
    X(CLOSING, "closing")                                                                          \
    X(THANKS, "thanks")                                                                            \
    X(BLAME, "blame")                                                                              \
    X(BRUSH_OFF, "brush_off")                                                                      \
    X(JARGON, "jargon")                                                                            \
    X(JUMP_CONCLUSION, "jump_conclusion")                                                          \
    X(OVERPROMISE, "overpromise")

enum behaviour {
#define X(name, word) BEHAVIOUR_##name,
    BEHAVIOURS(X)
#undef X
        BEHAVIOUR_COUNT
};
#define BEHAVIOUR_FIRST_NEGATIVE BEHAVIOUR_BLAME

const char *behaviour_name(enum behaviour behaviour);
int behaviour_from(const char *name); /* -1 when there is none */

/* h of m groups matched: MET all, PARTIAL at least half and every core group, else NOT. UNSURE: a
 * person decides (SCORING "Typed replies" 4 and 5). Ordered by what they are worth. */
enum verdict { VERDICT_NOT, VERDICT_UNSURE, VERDICT_PARTIAL, VERDICT_MET };
const char *verdict_name(enum verdict verdict); /* "NOT" "UNSURE" "PARTIAL" "MET" */
int verdict_from(const char *name);

/* ---- the lexicon: all rules, compiled; immutable after lexicon_finish ---- */

struct lexicon;
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon); /* NULL is fine */

/* Adds every pack of FOLDER/{zh,en}/ (JSON files, sorted by name). Problems become findings; false
 * when there was an error (the lexicon is then only good for lexicon_free). */
bool lexicon_add_folder(struct lexicon *lexicon, const char *folder, struct findings *findings);

/* Adds one pack from its bytes (a pack kept in a bundle). */
bool lexicon_add_pack(struct lexicon *lexicon, const char *name, const char *bytes, size_t length,
                      struct findings *findings);

/* Adds a rule from JSON: {"behaviours": […], "groups": [{"core": …, "any": […]}], "question": …} as
 * docs/scenario-format.md ("Rules") says. Returns its number, counted from 0 in order of adding, or
 * -1 with findings. `id` is copied. */
int lexicon_add_rule(struct lexicon *lexicon, const char *id, const struct json *json,
                     const cJSON *rule, struct findings *findings);

/* The named groups of a script's rule ("the time", "the steps"), by the rule's number: a bitset,
 * and the name of one. Which of them a reply held is `groups` of what was found. */
uint32_t lexicon_rule_parts(const struct lexicon *lexicon, uint32_t rule);
const char *lexicon_part_name(const struct lexicon *lexicon, uint32_t rule, unsigned group,
                              enum language language);

/* Adds one way to say a fact of this call: {"fact": ID} in a rule and restating need one. */
void lexicon_add_fact(struct lexicon *lexicon, const char *id, const char *text);

/* Adds a private value of the customer's card, for {"card": ID} in a rule. */
void lexicon_add_card(struct lexicon *lexicon, const char *id, const char *text);

/* Builds the automaton. After it nothing more can be added. */
bool lexicon_finish(struct lexicon *lexicon, struct findings *findings);

/* ---- reading a reply ---- */

enum speaker { SPEAKER_CUSTOMER, SPEAKER_AGENT };
struct utterance {
    enum speaker who;
    const char *text;
    size_t length;
};

/* Byte offsets into the original text, `from` included, `to` not. */
struct span {
    uint32_t from, to;
};
#define FOUND_SPANS 4
#define FOUND_DETAILS 3

struct found {
    enum verdict verdict;
    uint8_t span_count;
    uint8_t groups;                 /* bitset of those matched; of a script's rule */
    struct span spans[FOUND_SPANS]; /* in order, not overlapping, on character boundaries */
    const char *rule;               /* id of the rule that decided; lives in the lexicon */
    const char *detail;             /* kind: "when_started", "warm", "anything_else", … or NULL */
    const char *details[FOUND_DETAILS]; /* all kinds found, the first is `detail`; NULL fills up */
    const char *missed;                 /* nearest missed group: an alternative of it, or NULL */
    const char *why;                    /* one static word for the guard that decided: "matched",
                                           "negated", "quoted", "conditional", "not-a-question",
                                           "question", "context", "stacked", "hesitant", "half",
                                           "assent" (a yes to what was asked),
                                           "nothing" */
};

/* What a reply shows. Start with `= {0}`, reuse for the next reply, free at the end. */
struct reading {
    struct found behaviours[BEHAVIOUR_COUNT];
    struct found *rules; /* one for each lexicon_add_rule, by its number */
    size_t rule_count;
    bool question; /* some clause asks */
    void *room;    /* work space of the reader, kept between replies */
};
void reading_free(struct reading *reading);

/* The number of the clause that holds this byte of the text read last (clauses end at sentence
 * marks and commas). */
uint32_t reading_clause(const struct reading *reading, uint32_t offset);

/* Judges `text` given the turns before it, oldest first (only the last few matter). Any bytes are
 * fine; time grows with the length, never with the number of rules. Deterministic. */
void language_read(const struct lexicon *lexicon, const struct utterance *context,
                   size_t context_count, const char *text, size_t length, struct reading *reading);

/* How alike two texts are, 0 to 1: share of common character bigrams (Dice) after normalising. */
double language_likeness(const char *a, size_t a_length, const char *b, size_t b_length);

/* The words to search a text by, in order, as UTF-8 that compares equal whatever width, case or
 * Chinese script it was written in: Latin words and numbers whole; of a run of Han characters each
 * pair of neighbours, and its last character alone unless `query` (so that one character finds, as
 * the beginning of a pair, wherever it stands). `from` and `to` are bytes of `text`. Stops when
 * `word` returns false. */
typedef bool language_word(void *user, const char *word, size_t length, uint32_t from, uint32_t to);
void language_words(const char *text, size_t length, bool query, language_word *word, void *user);

/* Does the text hold these words one after the other? Width, case, marks and spaces don't matter;
 * anything else between them, or half a word, does. */
bool language_says(const char *text, size_t length, const char *phrase);

/* ---- how long a text takes to say ---- */

/* How much a text is to say: Chinese characters, and words of other scripts. */
struct speech {
    uint32_t han, words;
    uint32_t last; /* the last character that is no space; 0: none */
};
struct speech text_speech(const char *text, size_t length);

/* How fast people talk, in tenths of a character and of a word a second. */
struct speech_rate {
    uint32_t han_tenths, word_tenths;
};
#define SPEECH_RATE ((struct speech_rate){40, 25})
int64_t speech_ms(struct speech speech, struct speech_rate rate);

/* ---- private data ---- */

/* Copies `text` to `out` with phone, identity-card and bank-card numbers and e-mail addresses
 * replaced by `<phone>` `<id>` `<card>` `<email>`; byte-exact elsewhere. Numbers in `clear`
 * (NULL-terminated or NULL; digits only) are never masked. Returns how many were masked. */
size_t language_mask(const char *text, size_t length, const char *const *clear, struct buffer *out);

#endif
