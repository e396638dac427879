/* What a script does when machines play it. The room's one header. */
#ifndef ITR_TRIAL_H
#define ITR_TRIAL_H

#include "call/call.h"
#include "scorecard/scorecard.h"

/* ---- players ---- */

#define POLICIES(X)                                                                                \
    X(FIRST, "first", N_("always the first reply of the script"))                                  \
    X(LAST, "last", N_("always the last"))                                                         \
    X(LONGEST, "longest", N_("always the longest"))                                                \
    X(SHORTEST, "shortest", N_("always the shortest"))                                             \
    X(POLITEST, "politest", N_("the most courteous, whatever it says"))                            \
    X(RANDOM, "random", N_("any"))                                                                 \
    X(GREEDY, "greedy", N_("the reply with the most marks"))                                       \
    X(BEST, "best", N_("the best path there is"))                                                  \
    X(CARELESS, "careless", N_("the reply with the fewest marks"))
enum policy {
#define X(name, word, label) POLICY_##name,
    POLICIES(X)
#undef X
        POLICY_COUNT
};
const char *policy_word(enum policy policy);
const char *policy_label(enum policy policy); /* for people, translated */
int policy_from(const char *word);            /* -1: none */

/* A player of one policy, who knows a script's replies in one language once and for all. It plays
 * from the listed replies, waiting where there is none; where several are equal for its policy it
 * takes the first of the script. `best` follows the best path that trial_explore finds. Greedy and
 * best fill in the ticket. */
struct player;
struct player *player_new(const struct scenario *scenario, enum policy policy,
                          enum language language);
void player_free(struct player *player); /* NULL is fine */

/* What it does next where the call stands, as an event to apply: player_begin first, then once for
 * each step. A call that goes in circles is hung up after TRIAL_TURNS steps. False: it is over. */
#define TRIAL_TURNS 500
void player_begin(struct player *player, uint64_t seed);
bool player_next(struct player *player, const struct call *call, struct event *event);

/* Plays a whole call, work after it included, and leaves it in `call`, which the caller made with
 * call_new and which is not open yet. Locks are skipped knowingly. Returns the number of steps
 * that were allowed. */
uint32_t player_play(struct player *player, struct call *call, uint64_t seed);

/* ---- many calls ---- */

/* What calls came to. Q is kept exactly, by tenths. */
#define SIMULATION_Q 1001
struct simulation {
    uint32_t runs, passes;
    uint64_t turns;
    uint32_t q_counts[SIMULATION_Q];
    uint32_t *endings; /* per ending, then: none */
};
struct simulation *simulation_new(const struct scenario *scenario);
void simulation_free(struct simulation *simulation);

/* Adds a call that is over. */
void simulation_note(struct simulation *simulation, const struct call *call, uint32_t turns);

/* Plays `runs` calls with the seeds from `seed` on and adds them. */
void simulation_run(struct simulation *simulation, struct player *player,
                    const struct scenario *scenario, uint64_t seed, uint32_t runs);

/* The smallest Q × 10 that at least `percent` of the calls do not exceed (0: the least, 100: the
 * most); of no calls 0. */
int32_t simulation_q(const struct simulation *simulation, uint32_t percent);
double simulation_mean(const struct simulation *simulation); /* of Q */

/* What comes after the talk: the ticket filled in as the script has it right and saved, or left
 * empty; then the call is done. */
void trial_after_call(struct call *call, bool ticket);
/* What is right in a field of the ticket, as `/ticket FIELD VALUE` takes it; "" when the script
 * says no example. */
const char *trial_ticket_value(const struct scenario *scenario, uint32_t field,
                               enum language language);

/* ---- all paths ---- */

/* One step of a path: where the call stood and what was said, done at the desk, looked up, or which
 * time was skipped; all NULL: the customer's silence. */
struct trial_step {
    uint32_t node;
    const struct reply *reply;
    const struct typed_rule *rule;
    const struct later_step *later;
    const struct desk_action *action;
    const struct useful_article *article;
    int64_t amount; /* of the action */
    bool handover;  /* with a note, which no machine can write: like a typed step */
};
struct trial_path {
    struct trial_step *steps;
    uint32_t count;
    int32_t q_tenths;
    bool pass;
    bool ticket; /* then the ticket was filled in and saved */
    int ending;  /* -1: no way on */
    bool account_fits;
};

struct trial {
    bool exact;      /* all states were seen; else the most promising `states` */
    uint64_t states; /* that were looked at */
    uint64_t ends;   /* how many of them ended the call */
    bool has_best, has_worst, has_stuck;
    struct trial_path best, worst, stuck; /* stuck: the shortest found that has no way on */
    uint64_t *ending_ends;                /* per ending */
    uint64_t *ending_fits;                /* … and with the account that the ending expects */
    bool *node_seen;                      /* per node */
    bool *point_earned;                   /* per point: some credit (a trip for negative ones) */
    uint8_t *condition_seen;              /* per reply number: 1 seen false, 2 seen true */
};

/* Plays every choice of listed replies and typed rules from the start, in virtual time without
 * waiting, the most promising first, up to `limit` states. Best and worst are of paths of listed
 * replies alone. States that differ only in time, in the variant of a line, or beyond three visits
 * of a node are one. */
struct trial *trial_explore(const struct scenario *scenario, uint64_t limit);
void trial_free(struct trial *trial);

/* What plain mode takes for a step at the desk: "refund 120", "exchange 88001234". */
void trial_act(const struct scenario *scenario, const struct trial_step *step, struct buffer *out);

/* The best Q × 10 of the script. *exact: it is that; else an upper bound, as not all states fit. */
int32_t trial_best_q(const struct scenario *scenario, bool *exact);

/* ---- find the faults ---- */

/* A call that went partly wrong, made from the script: at each node the best listed reply or a
 * faulty one, by chance. What is wrong with a turn is what the script says of it: it trips a point,
 * is marked 0 for one, or costs mood or patience and earns nothing. */
struct fault_turn {
    enum speaker who;
    const char *text; /* the scenario's */
    /* of the agent's */
    bool faulty;
    const struct reply *reply;
    struct call *before; /* where it was said, for judging another wording */
};
struct faults {
    const struct scenario *scenario;
    enum language language;
    struct fault_turn *turns;
    size_t count, capacity;
    uint32_t agent_count, fault_count;
};

/* The same seed makes the same call. Seeds that give fewer than three faults, or fewer than three
 * sound turns, are passed over as long as others are better. Never NULL; free with
 * trial_faults_free. */
struct faults *trial_faults(const struct scenario *scenario, enum language language, uint64_t seed);
void trial_faults_free(struct faults *faults); /* NULL is fine */

/* What marking these turns (a flag each) is worth: precision hits / marked, recall hits / faults.
 */
struct fault_score {
    uint32_t marked, hits, faults;
};
struct fault_score trial_faults_score(const struct faults *faults, const bool *marked);

/* Judges another wording of a faulty turn as if it had been typed there: MET when it earns in full
 * all that the best listed reply there earns and trips nothing (where that earns nothing: when it
 * trips nothing and costs neither mood nor patience); PARTIAL when it earns some of it; else NOT.
 * `credits` tells which points. */
enum verdict trial_faults_rewrite(const struct faults *faults, uint32_t turn, const char *text,
                                  size_t length, struct reading *reading,
                                  struct call_outcome *credits);
/* Nodes that make a short exercise alone: opened there, some of the listed replies fully earns a
 * point and some does not. Returns the count, at most `room`. */
uint32_t trial_moments(const struct scenario *scenario, uint32_t *nodes, uint32_t room);

/* ---- findings ---- */

#define TRIAL_CHECK_STATES 60000

/* What `itr check` finds by playing: states with no reply left, points and nodes nobody gets to,
 * conditions that are always true or false, a script whose best play does not pass. */
void trial_check(const struct scenario *scenario, struct findings *findings);

/* `--audit`: strategies without knowledge that pass. */
void trial_audit(const struct scenario *scenario, struct findings *findings);

#endif
