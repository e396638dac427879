/* The state of a call: one flat block, so that explorers can copy it. The room's own header. */
#ifndef ITR_CALL_STATE_H
#define ITR_CALL_STATE_H

#include "call/call.h"

/* The way back out of sub-scenes. The loader refuses scenes that reach themselves, so depth is the
 * number of scenes nested in one another; deeper than this the call ends as having no way on. */
#define SCENE_DEPTH 8

#define MOOD_LIMIT 100
#define PATIENCE_LIMIT 100

enum point_flag {
    POINT_ON_ROUTE = 1, /* a reply was given at a node where it could be earned */
    POINT_TRIED = 2,    /* some reply went for it */
    POINT_UNSURE = 4,   /* a person decides */
    POINT_WRONG = 8,    /* a listed reply was wrong for it: going back does not erase that */
    POINT_LATE = 16,    /* the time was over */
    POINT_HINTED = 32,  /* a hint named it: worth half at most */
    POINT_SHOWN = 64,   /* … and showed an example */
};

enum fact_flag {
    FACT_REVEALED = 1, /* what expressions see */
    FACT_CUED = 2,     /* the customer let its cue fall */
    FACT_TELLING = 4,  /* comes out in this event; never set between events */
};

struct call_point {
    int64_t t_ms; /* of the first credit; -1: none */
    uint8_t flags;
};

/* What was done at the desk. */
struct desk {
    uint16_t done[ACTIONS_MOST];
    int64_t amount; /* of the last action */
    uint32_t transfers, repeats, asked, calls;
};
#define DESK_NUMBERS (ACTIONS_MOST + 5)
/* What an undo leaves as it is, besides clock, marks and the count of turns. */
struct practice {
    int64_t skipped_ms; /* case time */
    uint32_t sure, undone, timeouts;
    uint32_t moment;                 /* a drill began at node moment - 1 */
    uint32_t past, past_count, room; /* ring of states before replies: first, count, places */
};

/* What the customer's profile remembers; all zero where a script has none. */
struct customer {
    uint64_t reacted;                /* bitset of the reactions that come once */
    int64_t drained_ms;              /* up to when the time was paid for with patience */
    uint32_t shown[BEHAVIOUR_COUNT]; /* replies that showed it; of those that the script asks for */
    uint32_t asked_again;
    uint8_t rating;
    bool supervisor;
    bool breathed, read; /* since the last reply */
};

/* All zero in a call with one seat. */
struct seats {
    uint32_t count; /* 0 or 2 */
    bool customers_turn;
    bool cued;        /* the script had the customer speak in this event */
    uint8_t rated[2]; /* the agent, the customer */
};

struct call {
    const struct scenario *scenario;
    enum phase phase, phase_before_hold;
    enum mode mode;
    enum language language;
    uint64_t seed, chance;
    bool opened, ended, no_way_on, transferred;
    int ending;
    enum outcome outcome;
    int64_t t_ms, quiet_ms; /* last event; since when the trainee has been silent */
    uint32_t steps_run;     /* silence (or hold) steps done since then */
    int32_t mood, patience;
    uint32_t node, turns, gaps;
    uint32_t skipped; /* bitset of stages */
    bool verified;
    int64_t talk_end_ms, ticket_saved_ms; /* -1: not yet */
    struct ticket_entry ticket[TICKET_FIELDS];
    uint32_t depth;
    struct target back[SCENE_DEPTH];
    struct practice practice;
    uint32_t plays, fold;
    struct customer customer;
    struct seats seats;

    struct desk desk;
    uint32_t lookups;
    uint64_t articles_read; /* bitset over the script's articles */

    /* The block behind this struct; pointers set by call_lay_out. What stands before `points` comes
     * back with an undo. */
    int64_t *variables;
    uint32_t *visits;
    uint8_t *replies; /* bitset: used */
    uint8_t *facts;   /* per fact: enum fact_flag */
    struct call_point *points;
    uint8_t *halves; /* per point; negative and critical ones start full */
    uint8_t *heard;  /* per line with variants: which of them comes next, modulo their number */
};

/* Sets the pointers into the block that follows the struct. */
void call_lay_out(struct call *call);

/* ---- apply.c does it, practice.c asks for it ---- */

struct credit *call_note_credit(struct call_outcome *outcome, uint32_t point); /* NULL: no room */
void call_begin_turn(struct call *call);
bool call_order_broken(const struct call *call, const struct point *point);

/* practice.c: `undo`, `hint`, `sure`, `timeout` */
void practice_open(struct call *call, const struct event *event);
void practice_begin_turn(struct call *call, struct call_outcome *outcome);
void practice_remember(struct call *call); /* before a reply is applied */
void practice_copy(struct call *to, const struct call *from, uint32_t room);
enum call_refusal practice_allows(const struct call *call, const struct event *event);
void practice_apply(struct call *call, const struct event *event, struct call_outcome *outcome);
uint8_t practice_halves(const struct call *call, uint32_t point, uint8_t halves);
int64_t practice_due(const struct call *call); /* when the countdown runs out; -1 */

/* case.c: `later` */
int64_t case_ms(const struct call *call);
int64_t case_clock(const struct call *call, const struct point *point); /* the one it goes by */
enum call_refusal case_allows(const struct call *call, const struct event *event);
void case_apply(struct call *call, const struct event *event, struct call_outcome *outcome);

static inline const struct node *call_node(const struct call *call) {
    return &call->scenario->nodes[call->node];
}

/* ---- apply.c, for the parts of the fold that stand in files of their own ---- */

/* The customer says these lines, as far as their conditions hold. Returns how many. */
uint32_t call_say(struct call *call, const struct lines *lines, struct call_outcome *outcome);
void call_follow(struct call *call, struct target target, struct call_outcome *outcome);
void call_end_at(struct call *call, uint32_t ending, struct call_outcome *outcome);

/* ---- customer.c ---- */

/* What a reply is to the customer, found before it changes anything. */
struct heard {
    uint32_t behaviours;
    bool repeat, slow, overlong, rating;
    bool unwelcome; /* the script has it cost mood */
};
struct heard customer_listen(const struct call *call, const struct event *event);

/* The customer reacts to it; false when his patience is gone and the call has ended. */
bool customer_react(struct call *call, const struct heard *heard, struct call_outcome *outcome);
void customer_react_to(struct call *call, enum trigger trigger, struct call_outcome *outcome);

/* Adds to mood and patience. With a profile, steps get smaller near the ends. */
void customer_feel_scaled(struct call *call, int32_t mood, int32_t patience);
static inline int32_t kept_within(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}
static inline void feel_plainly(struct call *call, int32_t mood, int32_t patience) {
    call->mood = kept_within(call->mood + mood, -MOOD_LIMIT, MOOD_LIMIT);
    call->patience = kept_within(call->patience + patience, 0, PATIENCE_LIMIT);
}
static inline void customer_feel(struct call *call, int32_t mood, int32_t patience) {
    (call->scenario->profile ? customer_feel_scaled : feel_plainly)(call, mood, patience);
}
void customer_rate(struct call *call, struct call_outcome *outcome);  /* 1 to 5, the first time */
void customer_limit(struct call *call, struct call_outcome *outcome); /* asks for a supervisor */
void customer_wait(struct call *call); /* time passed up to call->t_ms */
void customer_breathe(struct call *call);

/* ---- vary.c ---- */

/* Which variant of a line is said now; hearing it moves it to the end of the queue. */
uint32_t vary_line(struct call *call, const struct line *line);
/* Marks (or trips) a point; what became of it, or NULL when nobody looks. */
struct credit *call_mark(struct call *call, uint32_t point, uint8_t halves,
                         struct call_outcome *outcome);

/* ---- facts.c: facts, cues, the card ---- */

void call_facts_start(struct call *call);
void call_facts_asked(struct call *call, const struct judgement *judgement,
                      const struct change *change, struct call_outcome *outcome);
void call_facts_change(struct call *call, const struct change *change,
                       struct call_outcome *outcome);
void call_facts_tell(struct call *call, struct call_outcome *outcome); /* what has just come out */
void call_facts_cue(struct call *call, struct call_outcome *outcome);  /* on arrival */
void call_judge_facts(const struct call *call, const struct reading *reading,
                      struct judgement *judgement);
bool judgement_asks(const struct judgement *judgement, uint32_t fact);

/* Can this point be earned or tripped now? */
bool call_point_open(const struct call *call, const struct point *point);
void call_tell_card(struct call *call, const struct reply *reply, struct call_outcome *outcome);

/* ---- ticket.c: the ticket and the time after the talk ---- */

enum call_refusal call_allows_ticket(const struct call *call, const struct event *event);
void call_apply_ticket(struct call *call, const struct event *event);
void call_apply_ticket_saved(struct call *call, struct call_outcome *outcome);
void call_ticket_on_route(struct call *call);
bool call_talk_over(const struct call *call);
void call_hang_up(struct call *call); /* the talk ends; so does the call unless work goes on */

/* What expressions see of it. */
struct expression_world call_world(const struct call *call);

static inline bool reply_used(const struct call *call, const struct reply *reply) {
    return call->replies[reply->number / 8] >> (reply->number % 8) & 1;
}

/* Is this listed reply offered now? */
bool call_offers(const struct call *call, const struct reply *reply);
bool call_takes_choice(const struct call *call);
bool call_takes_typed(const struct call *call);

/* The desk: desk.c. */
enum call_refusal allows_action(const struct call *call, const struct event *event);
enum call_refusal allows_handover(const struct call *call, const struct event *event);
enum call_refusal allows_note(const struct call *call, const struct event *event);
const struct change *call_action_change(const struct call *call, const struct event *event);
bool desk_leads_on(const struct call *call); /* something to do there leads to another node */
void apply_action(struct call *call, const struct event *event, struct call_outcome *outcome);
void apply_handover(struct call *call, const struct event *event, struct call_outcome *outcome);
/* What the digest and the hash take in: nothing in a script without a desk. Returns how many. */
uint32_t desk_numbers(const struct call *call, int64_t numbers[DESK_NUMBERS]);
/* The same for the hash, which tells apart only what can matter to how a call goes on. */
uint32_t desk_told_apart(const struct call *call, int64_t numbers[DESK_NUMBERS]);

/* Shared by the files of the fold. */
bool call_locked(const struct call *call, const struct event *event, const struct change *change);
bool call_talking(const struct call *call);
bool text_is_blank(const char *text, size_t length);
uint32_t say_lines(struct call *call, const struct lines *lines, enum spoken_by who,
                   struct call_outcome *outcome); /* how many were said */
void mark_point(struct call *call, uint32_t point, uint8_t halves, struct call_outcome *outcome);
void mark_change(struct call *call, const struct change *change, struct call_outcome *outcome);
void run_change(struct call *call, const struct change *change, struct call_outcome *outcome);

/* Where a change leads first, for the lock: the node, or -1 (stays, or an ending). */
int64_t call_leads_to(const struct call *call, const struct change *change);

/* The change a typed reply was routed to. */
const struct change *call_route(const struct call *call, const struct judgement *judgement);

/* seats.c: `said`, `rated` */
bool seats_two(const struct call *call);
void seats_open(struct call *call, const struct event *event);
enum call_refusal seats_allows(const struct call *call, const struct event *event);
enum call_refusal seats_allows_silence(const struct call *call, const struct event *event);
void seats_apply(struct call *call, const struct event *event);
void seats_follow(struct call *call, const struct event *event); /* whose turn it is after it */

/* lookup.c: `lookup`, `article`, `proposed` */
enum call_refusal lookup_allows(const struct call *call, const struct event *event);
void lookup_apply(struct call *call, const struct event *event, struct call_outcome *outcome);

#endif
