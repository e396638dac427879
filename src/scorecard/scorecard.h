/* What a call was worth: another fold of the same events. The room's one header.
 *
 * A trainee can recompute every figure by hand from the receipt: S_stage = 100 × Σ w·v / Σ w over
 * the points that count, Q = Σ a·S. Verdicts are whole half-points, so sums are exact integers;
 * only the printed figure is rounded (half up, one decimal). Source of the formulas:
 * docs/scoring.md. */
#ifndef ITR_SCORECARD_H
#define ITR_SCORECARD_H

#include "call/call.h"

#define PASS_Q 80     /* Q to pass */
#define PASS_STAGE 60 /* each stage to pass */
#define FRT_S 30      /* target of the first reply, in seconds */

struct scorecard_point {
    bool counts; /* on the route or required (and not replaced by its alternative) */
    bool tried;
    uint8_t halves; /* 0, 1, 2 */
    enum verdict verdict;
    const char *reason; /* why less than full: "late" "order" "unsure" … or NULL */
    uint32_t row;       /* record row that decided it; 0: none */
    int64_t t_ms;
    bool typed;  /* by typing, not by choosing */
    char *words; /* the trainee's reply that decided it, or NULL */
    size_t words_length;
    uint8_t lacks; /* bitset of the named parts of its rule that were not said */
    uint8_t span_count;
    struct span spans[FOUND_SPANS];
    const struct reply *reply; /* by choosing: the reply, for its `why` */
};

struct scorecard_stage {
    uint32_t earned;   /* Σ weight × halves */
    uint32_t possible; /* 2 × Σ weight */
    bool scored;       /* possible > 0 */
    bool reached;
};

/* How sure the trainee said to be of replies, and how right they were: a reply is right when it
 * earned something, or nothing was to be earned, and it did no harm. */
#define SURE_ROWS 16
struct scorecard_sure {
    uint32_t said[4], right[4]; /* per level 1 to 3 */
    struct {
        uint32_t row;
        int64_t t_ms;
    } wrong[SURE_ROWS];   /* the first replies of which one was quite sure, and that were wrong */
    uint32_t wrong_count; /* all of them */
};

/* ---- the clocks of a call: a fold of its events, so that any record gives them again ---- */

#define OPENING_MS 30000 /* the three things of the opening */
#define SILENCE_MS 5000  /* a pause longer than this is dead air, all of it */
#define LONG_REPLY_MS                                                                              \
    40000 /* a reply that takes longer to say (at SPEECH_RATE) is too long to listen to */
#define KPI_ROWS 8

enum opening { OPENING_HELP, OPENING_QUESTION, OPENING_RESTATE, OPENING_COUNT };

struct kpi_flag {
    uint32_t row;
    bool broken; /* no word in it, or it ends in the middle; else: too long */
};

struct kpi {
    int64_t opening_ms[OPENING_COUNT]; /* when each was first done; -1: never */
    int64_t dead_ms, hold_ms, talk_ms, after_ms;
    uint32_t silences, holds;
    struct speech said, heard; /* by the trainee, by the customer */
    int64_t typing_ms;         /* from the last word spoken to each typed reply */
    int64_t response_ms, plan_ms,
        closure_ms;      /* by the case clock: first reply, plan, closing; -1 */
    int64_t case_ms;     /* the case clock at the end */
    uint32_t flag_count; /* of all; the first KPI_ROWS are kept */
    struct kpi_flag flags[KPI_ROWS];
    /* The fold's own: when somebody spoke last, the hold began (-1), the call was over (-1). */
    int64_t spoke_ms, hold_since, over_ms;
    bool two_seats; /* a person plays the customer */
};

/* Handling time: talk, hold and after-call work. */
int64_t kpi_aht_ms(const struct kpi *kpi);

/* In time: the limit itself is. Early is worth no more than in time. */
bool kpi_met(int64_t ms, int64_t target_ms);

/* Nodes marked as a moment of truth that the call came through: hit when at least half of what
 * counts there was earned and nothing tripped. */
struct scorecard_moments {
    uint32_t met, hit;
    uint32_t earned, possible; /* Σ weight × halves, 2 × Σ weight */
};

struct scorecard {
    const struct scenario *scenario;
    struct speech_rate rate; /* for showing: SPEECH_RATE, unless the owner sets another */
    struct kpi kpi;
    enum language language; /* of the call */
    struct scorecard_point *points;
    struct scorecard_stage stages[STAGE_COUNT];
    int32_t q_tenths; /* Q × 10, rounded half up: for people */
    bool q_passes;    /* exact comparison with PASS_Q */
    bool stage_passes[STAGE_COUNT];
    bool critical;              /* a critical point was tripped */
    bool unsure;                /* some verdict waits for a person: the score is a range */
    int32_t q_upper_tenths;     /* upper end of the range */
    int32_t q_reachable_tenths; /* an upper bound of what could still be reached from here */
    bool pass;
    uint32_t gathered, gatherable; /* facts asked for, of those that the script has points for */
    uint32_t facts_found, facts_needed; /* of the facts that good work finds out */
    bool case_closed;              /* resolved, and the loop was closed with the customer */
    bool first_contact;            /* FCR: closed by this call with no transfer */
    uint32_t turns, typed_turns;
    struct scorecard_moments moments;
    uint32_t feelings[FEELING_COUNT][FEELING_COUNT]; /* how often [read as] [was] */
    int64_t first_reply_ms; /* FRT: customer's first line to first reply, -1 none */
    struct scorecard_sure sure;
    uint32_t
        right_turns; /* replies that earned something, where there was something, without harm */
};

struct scorecard *scorecard_new(const struct scenario *scenario);
void scorecard_free(struct scorecard *scorecard);

/* Folds one applied event with what it did; `row` is its line in the record (0 where there is
 * none). */
void scorecard_apply(struct scorecard *scorecard, const struct event *event,
                     const struct call_outcome *outcome, uint32_t row);

/* Works the figures out from the points; call it when they are wanted, any number of times. */
void scorecard_close(struct scorecard *scorecard, const struct call *call);

/* S of a stage × 10 rounded half up, -1 when nothing counts there. */
int32_t scorecard_stage_tenths(const struct scorecard *scorecard, enum stage stage);

/* How well the trainee read the customer's mood against the truth: Cohen's kappa with linear
 * weights. False where there is none: nothing read, or no difference that chance could miss. */
struct scorecard_reading {
    uint32_t count, right;
    int32_t kappa_hundredths;
};
bool scorecard_feelings(const struct scorecard *scorecard, struct scorecard_reading *reading);

/* "87.5" from tenths. */
const char *tenths_text(int32_t tenths, char text[16]);

/* How far two raters (or an answer and the key) agree beyond chance, Cohen's kappa. `table` holds
 * counts[a * categories + b]. LINEAR weighs a miss by its distance in ordered categories: urgent
 * for general is twice as wrong as urgent for important. 1 is full agreement, 0 chance. False when
 * there is nothing to say: no counts, or both always in one category. */
enum kappa_weights { KAPPA_PLAIN, KAPPA_LINEAR };
bool kappa(const uint32_t *table, uint32_t categories, enum kappa_weights weights, double *value);

/* Q × 10 of bare half-points without evidence: for players in bulk (trial/). */
bool scorecard_quick(const struct call *call, int32_t *q_tenths);

#endif
