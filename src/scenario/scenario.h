/* What a script is: a scenario, loaded from JSON, immutable from then on. The room's one header.
 *
 * docs/scenario-format.md describes the file as a coach sees it. Every name is an index here:
 * nodes, replies, points and endings are arrays in file order, and ids are kept for records and
 * people. */
#ifndef ITR_SCENARIO_H
#define ITR_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "language/language.h"

#define SCENARIO_FORMAT "itr-scenario/1"
#define SCENE_FORMAT "itr-scene/1"

/* One list per concept: the enum, the word in files, the 中文 and English for people. */
#define STAGES(X)                                                                                  \
    X(INTAKE, "intake", N_("Intake"))                                                              \
    X(DIAGNOSIS, "diagnosis", N_("Diagnosis"))                                                     \
    X(SOLUTION, "solution", N_("Solution"))                                                        \
    X(FOLLOW_UP, "follow_up", N_("Follow-up"))
#define KEY_ACTIONS(X)                                                                             \
    X(RESPOND, "respond", INTAKE, N_("Respond quickly"))                                           \
    X(IDENTIFY, "identify", INTAKE, N_("Confirm identity"))                                        \
    X(RECEIVE, "receive", INTAKE, N_("Take in the issue"))                                         \
    X(GATHER, "gather", DIAGNOSIS, N_("Gather facts"))                                             \
    X(CLASSIFY, "classify", DIAGNOSIS, N_("Classify"))                                             \
    X(ROOT_CAUSE, "root_cause", DIAGNOSIS, N_("Find the root cause"))                              \
    X(PLAN, "plan", SOLUTION, N_("Make a plan"))                                                   \
    X(CONFIRM, "confirm", SOLUTION, N_("Explain and agree"))                                       \
    X(CARRY_OUT, "carry_out", SOLUTION, N_("Carry it out"))                                        \
    X(SATISFACTION, "satisfaction", FOLLOW_UP, N_("Check satisfaction"))                           \
    X(CLOSE, "close", FOLLOW_UP, N_("Close the loop"))                                             \
    X(CAPTURE, "capture", FOLLOW_UP, N_("Capture the knowledge"))
#define LEVELS(X)                                                                                  \
    X(BASIC, "basic", N_("basic"))                                                                 \
    X(ADVANCED, "advanced", N_("advanced"))                                                        \
    X(EXPERT, "expert", N_("expert"))
#define DIMENSIONS(X)                                                                              \
    X(KNOWLEDGE, "K", N_("knowledge"))                                                             \
    X(SOLVING, "S", N_("problem solving"))                                                         \
    X(COMMUNICATION, "C", N_("communication"))
#define POINT_KINDS(X)                                                                             \
    X(NORMAL, "normal", N_("normal"))                                                              \
    X(TIMED, "timed", N_("timed"))                                                                 \
    X(ORDERED, "ordered", N_("ordered"))                                                           \
    X(NEGATIVE, "negative", N_("negative"))                                                        \
    X(CRITICAL, "critical", N_("critical"))
#define HARMS(X)                                                                                   \
    X(CUSTOMER, "customer", N_("harms the customer"))                                              \
    X(BUSINESS, "business", N_("outside policy"))                                                  \
    X(COMPLIANCE, "compliance", N_("breaks compliance"))
#define OUTCOMES(X)                                                                                \
    X(RESOLVED, "resolved", N_("resolved"))                                                        \
    X(ESCALATED, "escalated", N_("escalated"))                                                     \
    X(TRANSFERRED, "transferred", N_("transferred"))                                               \
    X(UNRESOLVED, "unresolved", N_("unresolved"))                                                  \
    X(ABANDONED, "abandoned", N_("abandoned"))
#define COMPLAINT_TYPES(X)                                                                         \
    X(NONE, "none", N_("no complaint"))                                                            \
    X(VENT, "vent", N_("wants to vent"))                                                           \
    X(COMPENSATION, "compensation", N_("wants compensation"))                                      \
    X(RECOGNITION, "recognition", N_("wants recognition"))                                         \
    X(SOLVE, "solve", N_("wants it solved"))

#define JOBS(X)                                                                                    \
    X(ANY, "any", N_("any line"))                                                                  \
    X(PRE_SALE, "pre_sale", N_("before the sale"))                                                 \
    X(IN_SALE, "in_sale", N_("during the sale"))                                                   \
    X(AFTER_SALE, "after_sale", N_("after the sale"))
/* Grades, from urgency × impact: 6-9, 3-4, 1-2. */
#define GRADES(X)                                                                                  \
    X(GENERAL, "general", N_("general: in its turn"))                                              \
    X(IMPORTANT, "important", N_("important: soon"))                                               \
    X(URGENT, "urgent", N_("urgent: at once"))
#define TICKET_KINDS(X)                                                                            \
    X(TEXT, "text")                                                                                \
    X(CHOICE, "choice")                                                                            \
    X(URGENCY, "urgency")                                                                          \
    X(IMPACT, "impact")                                                                            \
    X(GRADE, "grade")

/* The four steps of a complaint, one for each stage of the call. */
#define COMPLAINT_STEPS(X)                                                                         \
    X(INTAKE, N_("Soothe"))                                                                        \
    X(DIAGNOSIS, N_("Find the problem"))                                                           \
    X(SOLUTION, N_("Carry out the plan"))                                                          \
    X(FOLLOW_UP, N_("Call back and confirm"))

enum job {
#define X(name, word, label) JOB_##name,
    JOBS(X)
#undef X
        JOB_COUNT
};
enum stage {
#define X(name, word, label) STAGE_##name,
    STAGES(X)
#undef X
        STAGE_COUNT
};
enum key_action {
#define X(name, word, stage, label) ACTION_##name,
    KEY_ACTIONS(X)
#undef X
        ACTION_COUNT
};
enum level {
#define X(name, word, label) LEVEL_##name,
    LEVELS(X)
#undef X
        LEVEL_COUNT
};
enum dimension {
#define X(name, word, label) DIMENSION_##name,
    DIMENSIONS(X)
#undef X
        DIMENSION_COUNT
};
enum point_kind {
#define X(name, word, label) POINT_##name,
    POINT_KINDS(X)
#undef X
        POINT_KIND_COUNT
};
enum harm {
#define X(name, word, label) HARM_##name,
    HARMS(X)
#undef X
        HARM_COUNT
};
enum outcome {
#define X(name, word, label) OUTCOME_##name,
    OUTCOMES(X)
#undef X
        OUTCOME_COUNT
};
enum grade {
#define X(name, word, label) GRADE_##name,
    GRADES(X)
#undef X
        GRADE_COUNT
};
enum ticket_kind {
#define X(name, word) TICKET_##name,
    TICKET_KINDS(X)
#undef X
        TICKET_KIND_COUNT
};
enum complaint_type {
#define X(name, word, label) COMPLAINT_##name,
    COMPLAINT_TYPES(X)
#undef X
        COMPLAINT_COUNT
};

/* The word in files, and the sentence for people in the language in use. */
const char *stage_word(enum stage stage);
const char *stage_label(enum stage stage);
const char *key_action_word(enum key_action action);
const char *key_action_label(enum key_action action);
enum stage key_action_stage(enum key_action action);
const char *complaint_step_label(enum stage stage);
const char *level_word(enum level level);
const char *level_label(enum level level);
const char *dimension_word(enum dimension dimension);
const char *outcome_word(enum outcome outcome);
const char *outcome_label(enum outcome outcome);
const char *harm_label(enum harm harm);
const char *job_word(enum job job);
const char *job_label(enum job job);
const char *grade_word(enum grade grade);
const char *grade_label(enum grade grade);
int grade_from(const char *word); /* -1: none */

/* The key of an issue's grade: of the issue alone, whoever the customer is. Both 1 to 3. */
enum grade scenario_grade(uint32_t urgency, uint32_t impact);

/* A text in both languages; where a script has only one, both point at it. Never NULL. */
struct text {
    const char *in[LANGUAGE_COUNT];
};

/* A condition or a value, compiled; types were checked at load. Whole numbers (truth is 0 or 1). */
struct expression;

/* What an expression can ask about a call. The call room fills it; scenario room runs it. */
struct expression_world {
    const int64_t *variables;
    const uint32_t *visits;      /* per node */
    const uint8_t *point_halves; /* per point: credit so far, in half-points */
    const uint8_t *replies_used; /* bitset over all replies */
    uint64_t articles_read;      /* bitset over the script's articles */
    int64_t lookups;
    int64_t mood, patience, elapsed_s;
    const uint16_t *actions_done; /* per action */
    int64_t amount, transfers, repeats;
    int64_t case_s;        /* the case clock: call time and what was skipped */
    const uint32_t *shown; /* per behaviour: how many replies showed it */
    int64_t supervisor;    /* the customer has asked for one */
    int64_t rating;        /* 1 to 5, 0: not given */
    const uint8_t *facts;  /* per fact: odd when the trainee knows it */
    bool verified, ticket_saved;
};
int64_t expression_value(const struct expression *expression, const struct expression_world *world);

/* Calls `note` for every number that stands in an expression (NULL: in none). */
void expression_numbers(const struct expression *expression,
                        void (*note)(void *user, int64_t number), void *user);

/* Compiles one for tests, fuzzing and the editor: NULL with a finding at line 1 and the column in
 * the expression. Names are looked up in `scenario` (NULL: only mood, patience, elapsed). */
struct scenario;
struct expression *expression_parse(const char *source, const struct scenario *scenario,
                                    struct arena *arena, struct findings *findings);

/* Something the customer says: one of the variants, if the condition (or NULL) holds. */
struct line {
    const struct text *variants;
    uint32_t variant_count; /* at least 1 */
    uint32_t number;        /* over all lines with several variants */
    const struct expression *condition;
};
struct lines {
    const struct line *items;
    uint32_t count;
};

/* Where a reply leads. NODE and ENDING use `index`. */
enum target_kind { TARGET_STAY, TARGET_NODE, TARGET_ENDING, TARGET_RETURN };
struct target {
    enum target_kind kind;
    uint32_t index;
};

/* Sets a variable. Effects of one change are applied in file order. */
struct effect {
    uint32_t variable;
    const struct expression *value;
};

/* A mark for a point: credit in half-points (0, 1, 2); for a negative or critical point: a trip. */
struct mark {
    uint32_t point;
    uint8_t halves;
};

/* What happens in the call, whoever caused it: a reply, a silence, a typed rule, no rule at all. */
struct change {
    struct lines answers; /* what the customer says at once */
    int32_t mood, patience;
    const struct effect *effects;
    uint32_t effect_count;
    const struct mark *marks; /* first the earned, then the tripped */
    uint32_t mark_count;
    uint32_t scene; /* sub-scene to visit first, or SCENE_NONE */
    struct target target;
    bool transfer;    /* the second line takes the phone */
    bool back;        /* … and hands it back to the trainee */
    bool calls_again; /* the customer had to call again about the same matter */
    bool rating;      /* asks the customer for a rating */
    bool verifies;    /* the caller is who he says: the card shows its private fields from here */
    const uint32_t *reveals; /* facts that come out */
    uint32_t reveal_count;
};
#define SCENE_NONE UINT32_MAX

struct reply {
    const char *id;
    struct text says;
    struct text why; /* the author's reason for the marks; may be "" */
    const struct expression *condition;
    bool once;
    uint32_t shows;  /* bitset of enum behaviour: what it shows, for the customer's profile */
    uint32_t number; /* over all replies of the scenario, for bitsets */
    bool tells_card; /* it says a private value of the card */
    struct change change;
};

/* A rule of a node for typed replies. */
struct typed_rule {
    const char *id;
    int rule; /* number in the lexicon */
    const struct expression *condition;
    struct change change;
};

/* When nobody says anything (or the customer is on hold) for so long. */
struct silence_step {
    uint32_t after_ms;
    bool repeats;         /* the last one: again at every multiple of its time */
    bool interrupt;       /* the customer cuts in by himself: no silence of the trainee's */
    struct change change; /* its answers are what the customer says */
};

/* Time skipped in the case, not in the call: "a day later". */
struct later_step {
    uint32_t after_ms;
    struct text text; /* what the trainee lets pass, in words; may be "" */
    const struct expression *condition;
    struct change change;
};

struct node {
    const char *id; /* "id", or "scene.id" inside a scene */
    enum stage stage;
    uint32_t scene; /* or SCENE_NONE */
    struct lines says;
    const struct silence_step *silence; /* the node's own, else the scenario's */
    uint32_t silence_count;
    const struct reply *replies;
    uint32_t reply_count;
    const struct typed_rule *typed_rules;
    uint32_t typed_rule_count;
    bool accepts_choice, accepts_typed;
    bool free_text;                 /* nothing matched is UNSURE, not NOT */
    bool moment;                    /* a moment of truth */
    const struct change *otherwise; /* when a typed reply fits nothing; never NULL if typed */
    const struct later_step *later; /* by how much case time can be skipped here, each once */
    uint32_t later_count;
    const uint32_t *points; /* points that lie on the route when a reply is given here */
    uint32_t point_count;
};

struct point {
    const char *id;
    enum stage stage;
    enum key_action action;
    enum dimension dimension;
    enum point_kind kind;
    enum harm harm;        /* of a critical point */
    uint8_t weight;        /* 1 to 3 */
    bool required;         /* alone on the required list */
    uint32_t within_ms;    /* of a timed point: since the call began */
    bool by_case;          /* … by the case clock */
    uint32_t within_turns; /* earned in so many replies of the trainee; 0: whenever */
    bool tells_card; /* tripped by telling what the card masks before the caller was verified */
    bool on_ticket;  /* fields of the ticket earn it */
    const uint32_t *after, *before; /* of an ordered point: these first / none of these yet */
    uint32_t after_count, before_count;
    const struct expression *condition; /* when it can be earned or tripped at all; NULL always */
    int rule; /* number in the lexicon of its typed rule, -1: choice only */
    /* Strict wording: of each group one of these must be said word for word; NULL: flexible. Both
     * lists end with NULL. */
    const char *const *const *phrases;
    struct text text;   /* one plain sentence */
    struct text better; /* what a better reply would be; may be "" */
};

/* Negative and critical points start full and are tripped; the others are earned. */
static inline bool point_is_trip(const struct point *point) {
    return point->kind == POINT_NEGATIVE || point->kind == POINT_CRITICAL;
}

/* One entry of the required list: any of these points will do. */
struct requirement {
    enum stage stage;
    const uint32_t *points;
    uint32_t count;
};

struct ending {
    const char *id;
    enum outcome outcome;
    struct text text; /* what came of it, for the trainee */
    struct lines says;
    const struct effect *account; /* what the account should hold then */
    uint32_t account_count;
};

struct scene {
    const char *id;
    uint32_t start; /* node */
};

struct card_field {
    const char *id;
    struct text label, value;
    bool private; /* masked until the caller is verified */
};

struct fact {
    const char *id;
    const char *const *said; /* ways to say it, NULL-terminated */
    struct text label;       /* for people; the id where the script has none */
    bool hidden;             /* it comes out only when it is asked for; else it is always known */
    bool needed;             /* good work finds it out */
    int rule;                /* number in the lexicon of the question that reveals it, -1: none */
    const struct expression *condition; /* only then it comes out; NULL always */
    struct lines tells;                 /* what the customer says when it comes out */
    struct lines cue; /* said once on arrival at cue_at; before that the fact stays hidden */
    uint32_t cue_at;  /* node, or CUE_NONE */
};
#define CUE_NONE UINT32_MAX

/* One field of the ticket. */
struct ticket_option {
    const char *id;
    struct text text;
    bool right;
};
struct ticket_field {
    const char *id;
    struct text label;
    enum ticket_kind kind;
    int rule; /* number in the lexicon of what a text must say, -1: none */
    const struct ticket_option *options; /* of a choice */
    uint32_t option_count;
    const uint32_t *needs; /* facts that the right choice rests on: without them it is a guess */
    uint32_t need_count;
    struct text example; /* a text that is right; may be "" */
    uint32_t point;      /* that it earns with the other fields of this point, or TICKET_NO_POINT */
};
#define TICKET_FIELDS 16
#define TICKET_NO_POINT UINT32_MAX

struct objective {
    const char *id;
    struct text text;
    const uint32_t *points;
    uint32_t point_count;
};

/* An article of the knowledge base that matters in this call, and what reading it does. */
struct useful_article {
    const char *id;
    struct change change;
};
#define USEFUL_ARTICLES 64 /* at most */

struct variable {
    const char *name;
    bool truth; /* true/false, else a whole number */
    int64_t start;
};

/* ---- the desk: a simulated account, what can be done to it, and whom a call is handed on to ----
 */

/* An entry of the account: a variable that the desk shows. */
struct account_entry {
    const char *name;
    struct text label;
    uint32_t variable;
};

enum action_target { ACTION_ON_NOTHING, ACTION_ON_FACT, ACTION_ON_CARD };

/* Something the trainee can do at the desk. */
struct desk_action {
    const char *id;
    struct text label;
    struct text limit; /* the policy in words, for the trainee; may be "" */
    bool takes_amount;
    int32_t least, most;
    enum action_target on; /* the trainee names it by a number, which must be the right one */
    uint32_t target;       /* fact or card field */
    const struct expression *condition, *policy; /* offered at all; inside policy; NULL always */
    struct change change;
    const struct change *outside; /* outside policy, instead of `change`; NULL: it is refused */
};
#define ACTIONS_MOST 32

/* What the second line must know, or ask the customer again. */
struct handover_need {
    const char *id;
    struct text label, asks; /* `asks`: what the second line says when the note lacks it */
    int rule;                /* number in the lexicon */
};
#define NEEDS_MOST 16

struct second_line {
    const struct handover_need *needs;
    uint32_t need_count;                /* 0: the script has no second line */
    int32_t patience;                   /* lost for each thing the customer is asked again */
    struct lines says;                  /* what the second line says on taking over */
    const struct expression *condition; /* when a call can be handed on; NULL always */
    uint32_t point;                     /* marked by how much of it the note held, or POINT_NONE */
    struct change change;               /* where the call goes on */
};
#define POINT_NONE UINT32_MAX
#include "scenario/profile.h"

/* When a case should have got so far, by its own clock; 0: the script does not say. */
struct case_targets {
    uint32_t first_response_ms, first_plan_ms, closure_ms;
};

struct scenario {
    const char *id;
    uint32_t version;
    struct text title, summary;
    enum level level;
    const char *module;
    enum job job;
    uint32_t minutes;

    const struct objective *objectives;
    uint32_t objective_count;
    const struct point *points;
    uint32_t point_count;
    const struct requirement *required;
    uint32_t requirement_count;
    uint32_t stage_weights[STAGE_COUNT]; /* thousandths, sum 1000 */

    struct text customer_name;
    const struct card_field *card;
    uint32_t card_count;
    enum complaint_type complaint_type;
    int32_t mood, patience;             /* at the start: -100 to 100, 1 to 100 */
    const struct profile *profile;      /* how the customer reacts; NULL: only as replies say */
    const struct expression *satisfied; /* the need was met; NULL: something was carried out */
    const struct text *rates;           /* what the customer says giving 1 to 5; NULL: nothing */
    uint32_t rate_count;                /* 5 or 0 */
    bool reacts;                        /* any of this: profile, shown(…), a rating */
    uint32_t asked_behaviours;          /* bitset: those that some shown(…) asks about */
    uint32_t line_count;                /* lines with several variants */
    struct text symptom, cause;
    uint32_t urgency, impact; /* 1 to 3 each; their product is the grade */

    const struct fact *facts;
    uint32_t fact_count;
    uint32_t hidden_count, needed_count; /* of the facts */
    const struct ticket_field *ticket;
    uint32_t ticket_count; /* at most TICKET_FIELDS */
    bool after_call;       /* work goes on when the talk is over: asked for, or there is a ticket */
    const char *const *reserved; /* numbers that are never masked, NULL-terminated */
    const struct variable *variables;
    uint32_t variable_count;

    const struct useful_article *articles;
    uint32_t article_count;
    const struct typed_rule *proposals; /* what a proposed article earns: the first rule met */
    uint32_t proposal_count;

    const struct node *nodes;
    uint32_t node_count;
    uint32_t reply_count; /* over all nodes */
    uint32_t start;       /* node */
    const struct scene *scenes;
    uint32_t scene_count;
    uint32_t scene_depth; /* most scenes that can be open inside each other */
    const struct ending *endings;
    uint32_t ending_count;
    struct case_targets case_targets;
    uint32_t drill_ms;               /* for each reply in drill mode */
    uint32_t hang_up;                /* ending when patience is gone */
    const struct silence_step *hold; /* steps while the customer waits on hold */
    uint32_t hold_count;

    const struct account_entry *account;
    uint32_t account_count;
    const struct desk_action *actions;
    uint32_t action_count;
    struct second_line second_line;
    bool asks_done, asks_transfers, asks_repeats; /* some expression of the script does */

    const struct lexicon *lexicon; /* packs, points' and typed rules */
    struct arena *arena;
    struct scenario_sources *sources;
};

/* ---- loading ---- */

/* Reads FILE with its scenes (relative to it) and the packs of `behaviours` (a folder; NULL: none).
 * All errors of all files become findings in one go; NULL when there was one. Warnings may be added
 * and the scenario still be returned. Never half-loaded. Free with scenario_free. */
struct scenario *scenario_load(const char *file, const char *behaviours, struct findings *findings);

/* The same from a bundle that scenario_bundle wrote. */
struct scenario *scenario_load_bundle(const char *name, const char *bytes, size_t length,
                                      struct findings *findings);

/* Everything the scenario was made from as one JSON text (format "itr-bundle/1"), and its SHA-256
 * in hex: what a record names. The hash is worked out when first asked for (hashing 10 MB takes as
 * long as loading it) and belongs to the scenario. */
void scenario_bundle(const struct scenario *scenario, struct buffer *out);
const char *scenario_hash(const struct scenario *scenario);

void scenario_free(struct scenario *scenario); /* NULL is fine */

/* What the home screen needs of a script, without packs and rules: cheap. False when the file is no
 * scenario that loads that far; texts belong to *peek, free with scenario_peek_free. */
struct scenario_peek {
    char *file, *id, *title[LANGUAGE_COUNT], *summary[LANGUAGE_COUNT], *module;
    enum level level;
    enum job job;
    uint32_t minutes, version;
};
bool scenario_peek(const char *file, struct scenario_peek *peek, struct error *error);
void scenario_peek_free(struct scenario_peek *peek);

/* Static findings of `itr check` beyond load errors: nodes nobody reaches, dead ends, points nobody
 * can earn, stages never scored, objectives without evidence, texts missing in a language, negative
 * weight over 20 %, examples that do not score as said. */
void scenario_check(const struct scenario *scenario, struct findings *findings);

/* Where a thing stands in the script, for findings that later rooms make. */
void scenario_find(const struct scenario *scenario, const void *thing, struct findings *findings,
                   enum finding_severity severity, const char *code, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Every code that a finding of this room may have; docs/diagnostics.md has a section for each. */
struct scenario_code {
    const char *word;
    enum finding_severity severity;
    const char *text; /* what it says in one sentence; translated with gettext */
};
const struct scenario_code *scenario_codes(size_t *count);

/* The JSON Schema (draft 2020-12) of the format, made from the tables the loader reads by. */
void scenario_schema(struct buffer *out);

/* Index by id, or -1. */
int scenario_node(const struct scenario *scenario, const char *id);
int scenario_point(const struct scenario *scenario, const char *id);
int scenario_ending(const struct scenario *scenario, const char *id);
int scenario_action(const struct scenario *scenario, const char *id);
int scenario_article(const struct scenario *scenario, const char *id);
int scenario_fact(const struct scenario *scenario, const char *id);
int scenario_ticket(const struct scenario *scenario, const char *id);

/* ---- the ticket ---- */

/* What stands before a field: the script's own label, else that of a standard id. */
const char *ticket_label(const struct ticket_field *field, enum language language);

/* The values a field can be given, numbered from 0: options of a choice, 1 to 3 of urgency and
 * impact, grades. 0 of them: it takes a text. */
uint32_t ticket_values(const struct ticket_field *field);
const char *ticket_value(const struct ticket_field *field, uint32_t number); /* word in records */
const char *ticket_value_label(const struct ticket_field *field, uint32_t number,
                               enum language language);

/* Is this value the key? Urgency, impact and grade have it from the issue alone. */
bool ticket_right(const struct scenario *scenario, const struct ticket_field *field,
                  uint32_t number);

#endif
