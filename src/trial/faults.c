/* Bad calls to learn from: any script is one, with the author's own reasons as the key. */
#include <stdlib.h>
#include <string.h>

#include "trial/step.h"
#include "trial/trial.h"

#define TRIES 64
#define PATIENT 16    /* after so many tries one turn in three is faulty, then in four … */
#define ENOUGH 3      /* faults, and sound turns */
#define TURNS_MOST 60 /* a longer call is no exercise */
#define OPTIONS 64
#define CONTEXT 6 /* turns that a wording is judged by */

/* ---- what is wrong with a reply ---- */

static uint32_t earned_by(const struct scenario *scenario, const struct reply *reply) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < reply->change.mark_count; i++) {
        const struct mark *mark = &reply->change.marks[i];
        if (!point_is_trip(&scenario->points[mark->point]))
            sum += mark->halves;
    }
    return sum;
}

static bool is_faulty(const struct scenario *scenario, const struct reply *reply) {
    const struct change *change = &reply->change;
    for (uint32_t i = 0; i < change->mark_count; i++)
        if (point_is_trip(&scenario->points[change->marks[i].point]) || !change->marks[i].halves)
            return true;
    return (change->mood < 0 || change->patience < 0) && !earned_by(scenario, reply);
}

/* ---- making one ---- */

static struct fault_turn *add_turn(struct faults *faults, enum speaker who, const char *text) {
    faults->turns =
        memory_reserve(faults->turns, &faults->capacity, faults->count + 1, sizeof *faults->turns);
    struct fault_turn *turn = &faults->turns[faults->count++];
    *turn = (struct fault_turn){.who = who, .text = text};
    return turn;
}

static void add_reply(struct faults *faults, const struct call *call, const struct event *event) {
    const struct scenario *scenario = faults->scenario;
    const struct reply *reply = &scenario->nodes[event->node].replies[event->ref];
    struct fault_turn *turn = add_turn(faults, SPEAKER_AGENT, reply->says.in[faults->language]);
    turn->reply = reply;
    turn->faulty = is_faulty(scenario, reply);
    turn->before = call_new(scenario);
    call_copy(turn->before, call);
    faults->agent_count++;
    faults->fault_count += turn->faulty;
}

static void add_lines(struct faults *faults, const struct call_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->line_count; i++)
        add_turn(faults, SPEAKER_CUSTOMER, outcome->lines[i].text->in[faults->language]);
}

/* One of the faulty replies offered, by chance; false: all are sound, or none is offered. */
static bool go_wrong(const struct call *call, uint64_t *chance, struct event *event) {
    const struct scenario *scenario = call_scenario(call);
    uint32_t options[OPTIONS], faulty = 0;
    struct call_view view;
    call_view(call, &view);
    const struct node *node = &scenario->nodes[view.node];
    uint32_t count = view.talk_over ? 0 : call_options(call, options, OPTIONS);
    for (uint32_t i = 0; i < count; i++)
        if (is_faulty(scenario, &node->replies[options[i]]))
            options[faulty++] = options[i];
    if (faulty)
        *event = (struct event){.kind = EVENT_REPLY,
                                .t_ms = view.t_ms,
                                .node = view.node,
                                .ref = options[hash_random(chance) % faulty]};
    return faulty > 0;
}

static void play(struct faults *faults, uint64_t seed, uint64_t odds) {
    struct call *call = call_new(faults->scenario);
    struct call_outcome outcome = {0};
    struct event event = {.kind = EVENT_OPENED,
                          .node = faults->scenario->start,
                          .mode = MODE_PRACTISE,
                          .language = faults->language,
                          .seed = seed};
    uint64_t chance = seed;
    call_apply(call, &event, &outcome);
    add_lines(faults, &outcome);
    for (uint32_t turn = 0; turn < TURNS_MOST; turn++) {
        bool wrong = hash_random(&chance) % odds == 0 && go_wrong(call, &chance, &event);
        if (!wrong && !policy_next(call, POLICY_GREEDY, faults->language, &chance, &event))
            break;
        if (event.kind == EVENT_REPLY)
            add_reply(faults, call, &event);
        if (trial_step_apply(call, &event, &outcome))
            add_lines(faults, &outcome);
    }
    free(call);
}

/* The scarcer of the two kinds of turns: an exercise needs both. */
static uint32_t worth(const struct faults *faults) {
    uint32_t sound = faults->agent_count - faults->fault_count;
    return sound < faults->fault_count ? sound : faults->fault_count;
}

struct faults *trial_faults(const struct scenario *scenario, enum language language,
                            uint64_t seed) {
    struct faults *best = NULL;
    for (uint64_t i = 0; i < TRIES && (!best || worth(best) < ENOUGH); i++) {
        struct faults *faults = memory_new(sizeof *faults);
        faults->scenario = scenario;
        faults->language = language;
        play(faults, seed + i, 2 + i / PATIENT);
        bool better = !best || worth(faults) > worth(best);
        trial_faults_free(better ? best : faults);
        if (better)
            best = faults;
    }
    return best;
}

void trial_faults_free(struct faults *faults) {
    if (!faults)
        return;
    for (uint32_t i = 0; i < faults->count; i++)
        free(faults->turns[i].before);
    free(faults->turns);
    free(faults);
}

/* ---- marking and rewriting ---- */

struct fault_score trial_faults_score(const struct faults *faults, const bool *marked) {
    struct fault_score score = {.faults = faults->fault_count};
    for (uint32_t i = 0; i < faults->count; i++) {
        score.marked += marked[i];
        score.hits += marked[i] && faults->turns[i].faulty;
    }
    return score;
}

static size_t context_of(const struct faults *faults, uint32_t turn, struct utterance *context) {
    uint32_t from = turn > CONTEXT ? turn - CONTEXT : 0;
    for (uint32_t i = from; i < turn; i++)
        context[i - from] = (struct utterance){faults->turns[i].who, faults->turns[i].text,
                                               strlen(faults->turns[i].text)};
    return turn - from;
}

static bool best_reply(const struct call *call, enum language language, struct event *event) {
    return policy_next(call, POLICY_GREEDY, language, &(uint64_t){0}, event) &&
           event->kind == EVENT_REPLY;
}

/* Half-points given; whether anything was tripped. */
static uint32_t gained(const struct call_outcome *outcome, bool *tripped) {
    uint32_t sum = 0;
    *tripped = false;
    for (uint32_t i = 0; i < outcome->credit_count; i++) {
        const struct credit *credit = &outcome->credits[i];
        if (credit->after < credit->before)
            *tripped = true;
        else
            sum += credit->after - credit->before;
    }
    return sum;
}

static uint32_t gain_of(const struct call *before, const struct event *event,
                        struct call_outcome *outcome, bool *tripped) {
    struct call *after = call_new(call_scenario(before));
    call_copy(after, before);
    *outcome = (struct call_outcome){0};
    *tripped = !trial_step_apply(after, event, outcome);
    free(after);
    return *tripped ? 0 : gained(outcome, tripped);
}

enum verdict trial_faults_rewrite(const struct faults *faults, uint32_t turn, const char *text,
                                  size_t length, struct reading *reading,
                                  struct call_outcome *credits) {
    const struct call *before = faults->turns[turn].before;
    struct utterance context[CONTEXT];
    struct judgement judgement;
    struct call_view view;
    struct event best;
    bool tripped;
    uint32_t most =
        best_reply(before, faults->language, &best) ? gain_of(before, &best, credits, &tripped) : 0;
    call_view(before, &view);
    call_judge(before, context, context_of(faults, turn, context), text, length, reading,
               &judgement);
    struct event typed = {.kind = EVENT_TYPED,
                          .t_ms = view.t_ms,
                          .node = view.node,
                          .text = text,
                          .length = length,
                          .judgement = &judgement};
    uint32_t gain = gain_of(before, &typed, credits, &tripped);
    if (tripped)
        return VERDICT_NOT;
    if (!most)
        return credits->mood >= credits->mood_before &&
                       credits->patience >= credits->patience_before
                   ? VERDICT_MET
                   : VERDICT_NOT;
    return gain >= most ? VERDICT_MET : gain ? VERDICT_PARTIAL : VERDICT_NOT;
}
