/* What happens in a call: events folded over a scenario. The room's one header.
 *
 *     state' = call_apply(scenario, state, event)
 *
 * Pure and deterministic: no terminal, no file, no clock, no chance but the seed in the first
 * event. Time enters only as `t_ms` of an event. A person in real time, a test in virtual time, an
 * explorer over all paths and a record on disk all drive this same code:
 *
 *     while (call_due(call, now, &event))    // what the customer does on his own
 *         write(event), call_apply(call, &event, &outcome);
 *     if (call_allows(call, &event) == CALL_ALLOWED)
 *         write(event), call_apply(call, &event, &outcome);
 */
#ifndef ITR_CALL_H
#define ITR_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenario/scenario.h"

#define MODES(X)                                                                                   \
    X(LEARN, "learn", N_("learn"))                                                                 \
    X(PRACTISE, "practise", N_("practise"))                                                        \
    X(DRILL, "drill", N_("drill"))                                                                 \
    X(EXAM, "exam", N_("exam"))
enum mode {
#define X(name, word, label) MODE_##name,
    MODES(X)
#undef X
        MODE_COUNT
};

#define PHASES(X)                                                                                  \
    X(OPEN, "open", N_("open"))                                                                    \
    X(HANDLING, "handling", N_("handling"))                                                        \
    X(ON_HOLD, "on_hold", N_("on hold"))                                                           \
    X(TRANSFERRED, "transferred", N_("transferred"))                                               \
    X(CLOSED, "closed", N_("closed"))                                                              \
    X(AFTER_CALL, "after_call", N_("after the call"))
enum phase {
#define X(name, word, label) PHASE_##name,
    PHASES(X)
#undef X
        PHASE_COUNT
};

/* The kinds of rows in a record. REFUSED rows are written for the reader and skipped by the fold.
 */
#define EVENT_KINDS(X)                                                                             \
    X(OPENED, "opened")             /* first row: seed, mode, language, who, what */               \
    X(REPLY, "reply")               /* a listed reply */                                           \
    X(TYPED, "typed")               /* a typed reply, with its judgement */                        \
    X(SILENCE, "silence")           /* the customer speaks up, or acts, because nobody did */      \
    X(HOLD, "hold")                 /* the trainee puts the customer on hold */                    \
    X(RESUME, "resume")             /* … and takes him back */                                   \
    X(SKIP, "skip")                 /* the trainee knowingly goes on to a locked stage */          \
    X(LATER, "later")               /* case time is skipped: a day later */                        \
    X(UNDO, "undo")                 /* learn: back to before the last replies; both are kept */    \
    X(HINT, "hint")                 /* learn: what to do here, for half of its worth */            \
    X(SURE, "sure")                 /* how sure the trainee is of the reply that follows */        \
    X(TIMEOUT, "timeout")           /* drill: no reply in time, which is an answer too */          \
    X(BREATHE, "breathe")           /* the trainee takes a breath: it costs no patience */         \
    X(MOOD_READ, "mood_read")       /* the trainee says how the customer feels */                  \
    X(END, "end")                   /* the trainee hangs up */                                     \
    X(GAP, "gap")                   /* the clock stood still: resumed, suspended, full disk */     \
    X(REFUSED, "refused")           /* what was not allowed, and why */                            \
    X(ACTION, "action")             /* done at the desk: ref action, amount, text its target */    \
    X(HANDOVER, "handover")         /* to the second line; text the note, needs what it held */    \
    X(NOTE, "note")                 /* the trainee's own note */                                   \
    X(TICKET, "ticket")             /* a field of the ticket: ref field, text value */             \
    X(TICKET_SAVED, "ticket_saved") /* the ticket is saved */                                      \
    X(DONE, "done")                 /* the work after the call is done */                          \
    X(LOOKUP, "lookup")             /* the knowledge base: text the words, ids what it found */    \
    X(ARTICLE, "article")           /* an article was opened: ids names it, text is its title */   \
    X(PROPOSED, "proposed")         /* the trainee wants this to be kept: "TITLE: TEXT" */         \
    X(SAID, "said")                 /* two seats: the words of whoever plays the customer */       \
    X(RATED, "rated")               /* two seats: one player rates the other, 1 to 5 */            \
    X(CLOSED, "closed")             /* last row: outcome, Q, verdicts, digest */
enum event_kind {
#define X(name, word) EVENT_##name,
    EVENT_KINDS(X)
#undef X
        EVENT_KIND_COUNT
};

/* How the customer feels, for people: five bands of the mood. */
#define FEELINGS(X)                                                                                \
    X(FURIOUS, "furious", N_("furious"))                                                           \
    X(UPSET, "upset", N_("upset"))                                                                 \
    X(CALM, "calm", N_("calm"))                                                                    \
    X(PLEASED, "pleased", N_("pleased"))                                                           \
    X(DELIGHTED, "delighted", N_("delighted"))
enum feeling {
#define X(name, word, label) FEELING_##name,
    FEELINGS(X)
#undef X
        FEELING_COUNT
};

/* Below -60, below -20, below 20, below 60, from 60 on. */
enum feeling feeling_of(int32_t mood);
const char *feeling_word(enum feeling feeling);
const char *feeling_label(enum feeling feeling);
int feeling_from(const char *word);

const char *mode_word(enum mode mode);
const char *mode_label(enum mode mode);
int mode_from(const char *word);
const char *phase_word(enum phase phase);
const char *phase_label(enum phase phase);
const char *event_kind_word(enum event_kind kind);
int event_kind_from(const char *word);

/* ---- judgements: what a typed reply showed, found once and kept as an outcome ---- */

#define JUDGED_POINTS 24
#define JUDGED_FACTS 16
#define ROUTE_SPANS FOUND_SPANS

/* FACT: no rule and no reply fits, and the customer tells the facts that were asked for. */
enum route_kind { ROUTE_OTHERWISE, ROUTE_TYPED_RULE, ROUTE_REPLY, ROUTE_FACT };

struct judged_point {
    uint32_t point;
    /* MET, PARTIAL, UNSURE; for a negative point MET means tripped. NOT with `lacks`: some named
     * parts were there, too few for a mark. */
    enum verdict verdict;
    uint8_t lacks; /* bitset of the named parts of its rule that were not said */
    uint8_t span_count;
    struct span spans[FOUND_SPANS]; /* into the event's text */
};
struct judgement {
    enum route_kind route;
    uint32_t route_index; /* of the node's typed rules / replies */
    uint32_t point_count;
    struct judged_point points[JUDGED_POINTS];
    uint32_t behaviours;                          /* bitset of enum behaviour, MET or PARTIAL */
    uint32_t unsure;                              /* bitset, UNSURE */
    struct span behaviour_spans[BEHAVIOUR_COUNT]; /* the first span of each; empty if none */
    bool rating;                                  /* asks the customer for a rating */
    uint32_t fact_count;
    uint32_t facts[JUDGED_FACTS]; /* asked for and ready to come out, known already or not */
};

/* Who did it. 0 in calls with one seat, and in rows that are nobody's. */
enum { SEAT_AGENT = 1, SEAT_CUSTOMER = 2 };

#define CALL_NONE UINT32_MAX
struct event {
    enum event_kind kind;
    int64_t t_ms; /* since the call began */
    uint32_t seat;
    uint32_t node; /* where the call stood; checked against the state */
    /* REPLY: index in the node; SILENCE: step; SKIP: stage; REFUSED: call_refusal; LATER: index in
     * the node; UNDO: replies taken back; HINT: point; SURE: 1 to 3; MOOD_READ: enum feeling;
     * TICKET: field; RATED: 1 to 5, given by `seat` to the other */
    uint32_t ref;
    /* UNDO: record row after which the call stands again; HINT: 1 names what to do, 2 shows it;
     * OPENED: 0, or node + 1 where a drill begins in the middle of a script */
    uint32_t number;
    const char *text; /* TYPED: what was typed (masked); REPLY: what it says; TICKET: the value;
                         GAP: why; or NULL */
    size_t length;
    const struct judgement *judgement; /* TYPED */
    enum verdict verdict;              /* TICKET: what a text was judged to be worth */
    /* LOOKUP: the articles found, best first; ARTICLE: the one opened. Spaces between, or NULL. ref
     * of ARTICLE: index into the script's articles, of PROPOSED into its rules; CALL_NONE: none. */
    const char *ids;
    /* OPENED */
    uint64_t seed;
    enum mode mode;
    enum language language;
    int64_t amount; /* ACTION */
    uint32_t needs; /* HANDOVER: bitset of the second line's needs that the note held */
    uint32_t plays; /* how often this trainee played this script before */
    uint32_t fold;  /* the version of the fold it was played under; 0 is 1 */
    uint32_t seats; /* 2: a person plays the customer; 0: the script does */
};

/* The version of the fold: raised when the same events would fold to another state. 1: the seed
 * draws which variant of a line is said. 2: the variant least recently heard is said. Records are
 * folded under the version in their first row. */
#define CALL_FOLD_VERSION 2

/* ---- the state ---- */

/* One flat block of constant size for its scenario: it can be copied with call_copy and compared.
 */
struct call;
struct call *call_new(const struct scenario *scenario); /* before OPENED; free() it */
/* A call that was opened and stands at `node`, as if it had come there: for judging single replies
 * and trying a node out. free() it. */
struct call *call_new_at(const struct scenario *scenario, uint32_t node, enum language language);
size_t call_size(const struct scenario *scenario);
/* Both of one scenario; `to` comes from call_new, or from memory_new(call_size) and then holds no
 * replies to take back. */
void call_copy(struct call *to, const struct call *from);

enum call_refusal {
    CALL_ALLOWED,
    CALL_NOT_OPEN,       /* nothing but OPENED may come first, and only once */
    CALL_CLOSED,         /* the call is over */
    CALL_WRONG_PHASE,    /* e.g. a reply while on hold, resume while not */
    CALL_NO_SUCH_REPLY,  /* not offered here, or not now */
    CALL_NOT_TYPED,      /* this node takes listed replies only (or the other way round) */
    CALL_LOCKED,         /* leads into a stage whose earlier stages are not done: skip knowingly */
    CALL_TIME_BACK,      /* earlier than the event before it */
    CALL_TIMER_FIRST,    /* the customer acts before this time: apply what call_due gives */
    CALL_NOT_ENDED,      /* closed before an ending was reached */
    CALL_WRONG_NODE,     /* the event speaks of another node than the call stands at */
    CALL_EMPTY,          /* nothing was typed */
    CALL_NO_SUCH_ACTION, /* not offered now */
    CALL_WRONG_AMOUNT,   /* more or less than the action takes */
    CALL_WRONG_TARGET,   /* the number given is not the right one */
    CALL_OUTSIDE_POLICY, /* and the desk does not let it through */
    CALL_NO_SECOND_LINE, /* nobody to hand the call on to, or not now */
    CALL_WRONG_MODE,     /* this way of practising does not have it */
    CALL_NOTHING_LEFT,   /* no reply to take back, no hint to give, no time to skip here */
    CALL_NO_SUCH_VALUE,  /* the ticket has no such field, or the field no such value */
    CALL_REFUSAL_COUNT
};
const char *call_refusal_sentence(enum call_refusal refusal); /* for people, translated */
const char *call_refusal_word(enum call_refusal refusal);     /* for the record */

enum call_refusal call_allows(const struct call *call, const struct event *event);

/* The stage that a reply (listed or typed) would lead into, or -1: it stays, or ends the call. */
int call_next_stage(const struct call *call, const struct event *event);

/* What one event did: enough to tell the call, draw it and score it, without asking the state. */
#define OUTCOME_LINES 48
#define OUTCOME_CREDITS 64
#define OUTCOME_FACTS 32
enum spoken_by { SPOKEN_CUSTOMER, SPOKEN_SECOND_LINE };
struct spoken {
    const struct text *text; /* of the chosen variant */
    enum spoken_by who;
};
struct credit {
    uint32_t point;
    uint8_t before, after; /* half-points; for a trip 2 → 0 */
    enum verdict verdict;  /* what this reply showed, credited or not */
    bool counted;          /* false: not the first time, too late, wrong order, UNSURE */
    /* NULL, or "late" "order" "again" "unsure" "condition" "wrong" "hint" "timeout" "parts"
     * "guessed" "ticket" */
    const char *reason;
    uint8_t lacks; /* bitset of named parts that were not said */
    uint8_t span_count;
    struct span spans[FOUND_SPANS];
};
struct call_outcome {
    uint32_t line_count;
    struct spoken lines[OUTCOME_LINES]; /* the customer's, in order */
    uint32_t credit_count;
    struct credit credits[OUTCOME_CREDITS];
    int32_t mood_before, mood, patience_before, patience;
    int64_t case_ms; /* the case clock after it */
    uint32_t sure;   /* of a reply: how sure the trainee said to be, 0: did not say */
    bool asked;      /* of a reply: something could be earned where it was given */
    bool talk_over;  /* nobody is on the line any more */
    uint32_t node_before, node;
    uint32_t fact_count;
    uint32_t facts[OUTCOME_FACTS]; /* that came out */
    bool moved, ended;
    bool outside;     /* ACTION: it was outside policy */
    bool repeat;      /* asked what was answered already */
    bool interrupted; /* the customer cut in */
    bool escalated;   /* the customer asked for a supervisor */
    uint8_t rating;   /* given now: 1 to 5, 0: none */
    bool talk_ended;  /* by this event; with work after the call `ended` comes later */
};

/* Applies an event that call_allows allowed (asking is the caller's duty; applying what was refused
 * is a mistake). `outcome` may be NULL where nobody looks. */
void call_apply(struct call *call, const struct event *event, struct call_outcome *outcome);

/* When the customer will act if nobody does: the time of the next timer, or -1 for none. */
int64_t call_next_due(const struct call *call);

/* The next timer due at or before `now_ms`, as the event to write and apply; false when none is. */
bool call_due(const struct call *call, int64_t now_ms, struct event *event);

/* Judges a typed reply where the call stands. `context`: turns before it, oldest first. `reading`
 * is the caller's, reused. Changes nothing. */
void call_judge(const struct call *call, const struct utterance *context, size_t context_count,
                const char *text, size_t length, struct reading *reading,
                struct judgement *judgement);

/* The rule among the script's proposals that this text meets, or CALL_NONE: ref of PROPOSED. */
uint32_t call_judge_proposal(const struct call *call, const char *text, size_t length,
                             struct reading *reading);

/* ---- asking the state ---- */

struct call_view {
    enum phase phase;
    enum mode mode;
    enum language language;
    uint64_t seed;
    int64_t t_ms;     /* of the last event */
    int64_t quiet_ms; /* since when nobody spoke: t_ms of the last reply or line */
    int32_t mood, patience;
    uint32_t node;
    enum stage stage;
    bool ended;       /* an ending (or no way on) was reached; only CLOSED may follow */
    int ending;       /* index, -1: none, or no way on */
    bool no_way_on;   /* every option was filtered away */
    bool transferred; /* the second line took the phone at some time */
    enum outcome outcome;
    uint32_t turns;       /* replies given so far */
    uint32_t gaps;        /* how often the clock stood still */
    int64_t case_ms;      /* the case clock: t_ms and what was skipped */
    uint32_t sure;        /* said before the next reply, 0: not said */
    uint32_t undoable;    /* replies that can be taken back */
    uint32_t undone;      /* … that were */
    uint32_t timeouts;    /* replies that came too late in a drill */
    int64_t reply_due_ms; /* drill: when the countdown runs out; -1: none runs */
    /* the customer */
    uint8_t rating;          /* 1 to 5, 0: none given */
    bool supervisor;         /* he asked for one */
    uint32_t asked_again;    /* questions that were answered before */
    bool verified;           /* the caller is who he says: the card shows its private fields */
    bool talk_over;          /* nobody is on the line; in AFTER_CALL work goes on */
    int64_t talk_end_ms;     /* when the talk was over, -1: it is not */
    int64_t ticket_saved_ms; /* when the ticket was saved first, -1: it was not */
    uint32_t lookups;        /* how often the knowledge base was asked */
    /* two seats */
    bool two_seats;
    bool customers_turn;                 /* the keyboard is with whoever plays the customer */
    uint8_t rated_agent, rated_customer; /* by the other player, 1 to 5; 0: not rated */
};
void call_view(const struct call *call, struct call_view *view);
const struct scenario *call_scenario(const struct call *call);

/* The listed replies offered now (none while on hold), in the order shown (shuffled by the seed,
 * the same every time the state is the same): indexes into the node's replies. Returns the count,
 * at most `room`. */
uint32_t call_options(const struct call *call, uint32_t *options, uint32_t room);

/* Credit so far of a point in half-points; whether it lies on the route taken; was tripped; was
 * tried at all; time of the first credit (-1: none). */
struct point_state {
    uint8_t halves;
    bool on_route, tried, unsure;
    bool settled; /* nothing said from here on can better it: wrong, late or tripped */
    int64_t t_ms;
};
struct point_state call_point(const struct call *call, uint32_t point);

/* ---- two seats ---- */

/* The next of the customer's steps when nobody speaks: ref of a SILENCE of seat 2. In a call with
 * two seats no timer runs it; the player does. False: there is none. */
bool call_silence_step(const struct call *call, uint32_t *step);
/* The silence (or hold) steps in force now. */
const struct silence_step *call_steps(const struct call *call, uint32_t *count);

/* ---- ways to practise ---- */

#define CALL_UNDO 8                             /* replies that can be taken back, at most */
bool event_can_be_undone(enum event_kind kind); /* an undo counts these */

/* Learn mode: what a hint would be about, with the level it would have: 1 names the key action and
 * what is asked, 2 shows an example. False: nothing can be hinted at here. A point that was hinted
 * at is worth half at most. */
bool call_hint(const struct call *call, uint32_t *point, uint32_t *level);
uint32_t call_hinted(const struct call *call, uint32_t point); /* level so far, 0: none */

/* The time skips offered now: indexes into the node's `later`. */
uint32_t call_later(const struct call *call, uint32_t *steps, uint32_t room);
/* Does the trainee know this fact? One that is not hidden is known from the start. */
bool call_fact_revealed(const struct call *call, uint32_t fact);

/* Adds what the agent's screen shows of a card field now: a private one is masked (first and last
 * character, stars between) until the caller was verified. */
void call_card_value(const struct call *call, uint32_t field, struct buffer *out);

/* A field of the ticket as it was filled in last. */
struct ticket_entry {
    uint8_t value;  /* 0: empty; a text: 1; else the number of its value + 1 */
    uint8_t halves; /* what it is worth: 2 right */
    bool guessed;   /* right without the facts it rests on */
};
struct ticket_entry call_ticket(const struct call *call, uint32_t field);

/* The number of a value by its word; -1: the field has none such. */
int call_ticket_value(const struct ticket_field *field, const char *text, size_t length);

/* Judges the text of a field of kind text. `reading` is the caller's, reused. */
enum verdict call_judge_ticket(const struct call *call, uint32_t field, const char *text,
                               size_t length, struct reading *reading);

/* How often the call came to this node. */
uint32_t call_visits(const struct call *call, uint32_t node);

/* Is this stage skipped knowingly? Which required points keep `stage` locked: returns the count of
 * requirements not met in stages before it, their indexes in `missing` (at most `room`). */
bool call_skipped(const struct call *call, enum stage stage);
uint32_t call_missing(const struct call *call, enum stage stage, uint32_t *missing, uint32_t room);

/* ---- the desk ---- */

/* The actions offered now, in the order of the script: indexes. Returns the count, at most `room`.
 */
uint32_t call_actions(const struct call *call, uint32_t *actions, uint32_t room);
uint32_t call_action_done(const struct call *call, uint32_t action); /* how often */
bool call_in_policy(const struct call *call, uint32_t action, int64_t amount);

/* What `given` names as the target of an action: the script's own spelling of it when it is the
 * right one (spaces, hyphens and case do not matter), else NULL. "" when the action has none. */
const char *call_target(const struct call *call, uint32_t action, const char *given, size_t length);

int64_t call_account(const struct call *call, uint32_t entry);
int64_t call_variable(const struct call *call, uint32_t variable);
int64_t call_expected(const struct call *call,
                      uint32_t entry); /* entry of the ending's `account` */

/* At an ending: does the account hold what the ending expects? Where it does not, the number of
 * entries, their indexes into the ending's `account` in `wrong` (at most `room`). */
uint32_t call_account_wrong(const struct call *call, uint32_t *wrong, uint32_t room);

struct call_desk {
    bool can_hand_over;
    uint32_t transfers; /* how often the call was handed on, with a note or without */
    uint32_t repeats;   /* how often the customer was asked for what he had told */
    uint32_t asked;     /* bitset of needs: what he was asked for again */
    uint32_t calls;     /* how often he had to call again */
    bool sent_round;    /* handed on more than once: ping-pong */
};
void call_desk(const struct call *call, struct call_desk *desk);

/* What of the second line's needs a note holds: a bitset. Found once, kept in the row. */
uint32_t call_judge_note(const struct call *call, const char *text, size_t length,
                         struct reading *reading);
/* Was this article of the script opened? */
bool call_read(const struct call *call, uint32_t article);

/* A person decides a point that was left UNSURE: MET, PARTIAL or NOT (for a negative or critical
 * point MET is tripped). No part of the fold: it is done to the state of a call that is over, for a
 * second scorecard beside the record. False when the point does not wait for anybody. */
bool call_decide(struct call *call, uint32_t point, enum verdict verdict);

/* Does a condition of the script hold now? NULL always does. */
bool call_holds(const struct call *call, const struct expression *condition);

/* One number for states that go on alike: it leaves out time, the choice of lines, and how often
 * beyond three a node was visited. For explorers, in memory only. */
uint64_t call_hash(const struct call *call);

/* Digest of the whole state: the same state of the same script has the same digest on any machine.
 */
void call_digest(const struct call *call, char hex[17]);

#endif
