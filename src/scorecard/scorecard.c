#include "scorecard/inside.h"
#include "scorecard/kpi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the fold: what decided each point ---- */

struct scorecard *scorecard_new(const struct scenario *scenario) {
    struct scorecard *scorecard = memory_new(sizeof *scorecard);
    scorecard->scenario = scenario;
    scorecard->points = memory_new((scenario->point_count + 1) * sizeof *scorecard->points);
    scorecard->first_reply_ms = -1;
    scorecard->rate = SPEECH_RATE;
    kpi_start(&scorecard->kpi);
    return scorecard;
}

void scorecard_free(struct scorecard *scorecard) {
    if (!scorecard)
        return;
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++)
        free(scorecard->points[i].words);
    free(scorecard->points);
    free(scorecard);
}

static const struct reply *chosen(const struct scorecard *scorecard, const struct event *event) {
    return event->kind == EVENT_REPLY ? &scorecard->scenario->nodes[event->node].replies[event->ref]
                                      : NULL;
}

static void keep_words(struct scorecard_point *point, const struct scorecard *scorecard,
                       const struct event *event) {
    free(point->words);
    point->words = NULL;
    point->words_length = 0;
    point->reply = chosen(scorecard, event);
    if (point->reply || !event->text)
        return;
    point->words = memory_text_of(event->text, event->length);
    point->words_length = event->length;
}

/* The receipt shows the reply that decided: the one that counted, else the first that tried. */
static bool decides(const struct scorecard_point *point, const struct credit *credit) {
    if (credit->counted)
        return true;
    bool open = !point->tried || (point->reason && !strcmp(point->reason, "parts"));
    return open && (!credit->reason || strcmp(credit->reason, "condition") != 0);
}

static void note_credit(struct scorecard *scorecard, const struct event *event,
                        const struct credit *credit, uint32_t row) {
    struct scorecard_point *point = &scorecard->points[credit->point];
    if (!decides(point, credit))
        return;
    point->tried = true;
    point->verdict = credit->verdict;
    point->reason = credit->reason;
    point->row = row;
    point->t_ms = event->t_ms;
    point->typed = event->kind == EVENT_TYPED;
    point->lacks = credit->lacks;
    point->span_count = credit->span_count;
    memcpy(point->spans, credit->spans, sizeof point->spans);
    keep_words(point, scorecard, event);
}

static bool was_right(const struct call_outcome *outcome) {
    bool earned = false;
    for (uint32_t i = 0; i < outcome->credit_count; i++) {
        const struct credit *credit = &outcome->credits[i];
        if (credit->after < credit->before)
            return false;
        if (credit->reason &&
            (!strcmp(credit->reason, "wrong") || !strcmp(credit->reason, "order")))
            return false;
        earned |= credit->after > credit->before;
    }
    return earned || !outcome->asked;
}

static void note_sure(struct scorecard_sure *sure, const struct event *event,
                      const struct call_outcome *outcome, uint32_t row) {
    uint32_t level = outcome->sure;
    if (level < 1 || level > 3)
        return;
    bool right = was_right(outcome);
    sure->said[level]++;
    sure->right[level] += right;
    if (right || level < 3)
        return;
    if (sure->wrong_count < SURE_ROWS) {
        sure->wrong[sure->wrong_count].row = row;
        sure->wrong[sure->wrong_count].t_ms = event->t_ms;
    }
    sure->wrong_count++;
}

void scorecard_apply(struct scorecard *scorecard, const struct event *event,
                     const struct call_outcome *outcome, uint32_t row) {
    bool reply = event->kind == EVENT_REPLY || event->kind == EVENT_TYPED;
    if (reply) {
        scorecard->turns++;
        scorecard->typed_turns += event->kind == EVENT_TYPED;
        if (scorecard->first_reply_ms < 0)
            scorecard->first_reply_ms = event->t_ms;
        scorecard->stages[scorecard->scenario->nodes[event->node].stage].reached = true;
        scorecard->right_turns += was_right(outcome);
        note_sure(&scorecard->sure, event, outcome, row);
    }
    kpi_apply(scorecard, event, outcome, row);
    if (event->kind == EVENT_MOOD_READ)
        scorecard_note_feeling(scorecard, (enum feeling)event->ref, outcome->mood);
    for (uint32_t i = 0; i < outcome->credit_count; i++)
        note_credit(scorecard, event, &outcome->credits[i], row);
}

/* ---- the figures ---- */

/* A point counts if it lies on the route taken or is required, so that a short cut cannot shrink
 * the denominator. Of a requirement with alternatives, one counts where none lies on the route. */
static bool any_on_route(const struct call *call, const struct requirement *requirement) {
    for (uint32_t i = 0; i < requirement->count; i++)
        if (call_point(call, requirement->points[i]).on_route)
            return true;
    return false;
}

static void find_counting(const struct call *call, bool *counts) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        counts[i] = call_point(call, i).on_route;
    for (uint32_t i = 0; i < scenario->requirement_count; i++) {
        const struct requirement *requirement = &scenario->required[i];
        if (!any_on_route(call, requirement))
            counts[requirement->points[0]] = true;
    }
}

/* Alternatives of one requirement that were not taken do not count against the one that was. */
static void drop_alternatives(const struct call *call, bool *counts) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < scenario->requirement_count; i++) {
        const struct requirement *requirement = &scenario->required[i];
        uint32_t earned = UINT32_MAX;
        for (uint32_t k = 0; k < requirement->count && earned == UINT32_MAX; k++)
            if (call_point(call, requirement->points[k]).halves)
                earned = k;
        for (uint32_t k = 0; earned != UINT32_MAX && k < requirement->count; k++)
            if (!call_point(call, requirement->points[k]).halves)
                counts[requirement->points[k]] = false;
    }
}

struct sums {
    uint32_t earned[STAGE_COUNT], possible[STAGE_COUNT];
};

/* Q = Σ a·S exactly, as a fraction over common denominators: S_i = 100·earned_i/possible_i and a_i
 * in thousandths, so 1000·ΠD·Q = 100·Σ a_i·N_i·Π_{j≠i} D_j. Stages without weight or points drop
 * out. */
__extension__ typedef __int128 wide;
struct ratio {
    wide top, bottom;
};

static struct ratio exact_q(const struct scenario *scenario, const struct sums *sums) {
    struct ratio q = {0, 1000};
    for (int i = 0; i < STAGE_COUNT; i++)
        if (sums->possible[i])
            q.bottom *= sums->possible[i];
    for (int i = 0; i < STAGE_COUNT; i++)
        if (sums->possible[i])
            q.top += (wide)100 * scenario->stage_weights[i] * sums->earned[i] *
                     (q.bottom / 1000 / sums->possible[i]);
    return q;
}

/* Half up, in tenths; both parts are never negative. */
static int32_t ratio_tenths(struct ratio ratio) {
    return (int32_t)((20 * ratio.top + ratio.bottom) / (2 * ratio.bottom));
}

static void add_up(const struct call *call, const bool *counts, bool best_case, struct sums *sums) {
    const struct scenario *scenario = call_scenario(call);
    *sums = (struct sums){0};
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        struct point_state state = call_point(call, i);
        if (!counts[i])
            continue;
        uint32_t halves = best_case && state.unsure ? 2 : state.halves;
        sums->earned[point->stage] += point->weight * halves;
        sums->possible[point->stage] += 2u * point->weight;
    }
}

static void count_points(const struct call *call, bool *counts) {
    find_counting(call, counts);
    drop_alternatives(call, counts);
}

/* Until a person decides an UNSURE trip it is not held against the trainee in the upper end, and is
 * in the lower: the lower end of the range is the one that can pass. */
static void lower_unsure_trips(const struct call *call, const bool *counts, struct sums *sums) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        struct point_state state = call_point(call, i);
        if (counts[i] && point_is_trip(point) && state.unsure)
            sums->earned[point->stage] -= (uint32_t)point->weight * state.halves;
    }
}

/* The best that can still come of this call, as an upper bound: every point of the script counts
 * and all are met but those that are settled. Once the call has ended it is what was earned. */
static struct ratio reachable(const struct call *call, const struct sums *earned) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    call_view(call, &view);
    if (view.ended)
        return exact_q(scenario, earned);
    struct sums sums = {0};
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        struct point_state state = call_point(call, i);
        sums.possible[point->stage] += 2u * point->weight;
        sums.earned[point->stage] += point->weight * (state.settled ? state.halves : 2u);
    }
    return exact_q(scenario, &sums);
}

static void judge(struct scorecard *scorecard, const struct sums *sums) {
    struct ratio q = exact_q(scorecard->scenario, sums);
    scorecard->q_tenths = ratio_tenths(q);
    scorecard->q_passes = q.top >= PASS_Q * q.bottom;
    scorecard->pass = scorecard->q_passes && !scorecard->critical;
    for (int i = 0; i < STAGE_COUNT; i++) {
        struct scorecard_stage *stage = &scorecard->stages[i];
        stage->earned = sums->earned[i];
        stage->possible = sums->possible[i];
        stage->scored = stage->possible > 0;
        scorecard->stage_passes[i] =
            !stage->scored || 100 * stage->earned >= PASS_STAGE * stage->possible;
        scorecard->pass = scorecard->pass && scorecard->stage_passes[i];
    }
}

/* The KPIs of one call: what was gathered of what there was to gather, and whether the case is
 * closed. A call that ends without closing the loop leaves the case open, however well it went till
 * then. */
static void count_case(struct scorecard *scorecard, const struct call *call) {
    const struct scenario *scenario = scorecard->scenario;
    bool loop_closed = false;
    struct call_view view;
    call_view(call, &view);
    scorecard->gathered = scorecard->gatherable = 0;
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        bool earned = !point_is_trip(point) && call_point(call, i).halves;
        if (point->action == ACTION_GATHER && !point_is_trip(point)) {
            scorecard->gatherable++;
            scorecard->gathered += earned;
        }
        loop_closed |= earned && point->action == ACTION_CLOSE;
    }
    scorecard->facts_found = 0;
    scorecard->facts_needed = scenario->needed_count;
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        scorecard->facts_found += scenario->facts[i].needed && call_fact_revealed(call, i);
    scorecard->case_closed = view.ended && view.outcome == OUTCOME_RESOLVED && loop_closed;
    struct call_desk desk;
    call_desk(call, &desk);
    scorecard->first_contact = scorecard->case_closed && !view.transferred && !desk.calls;
}

void scorecard_close(struct scorecard *scorecard, const struct call *call) {
    const struct scenario *scenario = scorecard->scenario;
    bool *counts = memory_new((scenario->point_count + 1) * sizeof *counts);
    count_points(call, counts);
    scorecard->critical = scorecard->unsure = false;
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        struct point_state state = call_point(call, i);
        scorecard->points[i].counts = counts[i];
        scorecard->points[i].halves = state.halves;
        scorecard->unsure |= counts[i] && state.unsure;
        scorecard->critical |= scenario->points[i].kind == POINT_CRITICAL && !state.halves;
    }
    struct sums sums;
    add_up(call, counts, true, &sums);
    scorecard->q_upper_tenths = ratio_tenths(exact_q(scenario, &sums));
    add_up(call, counts, false, &sums);
    lower_unsure_trips(call, counts, &sums);
    judge(scorecard, &sums);
    struct call_view view;
    call_view(call, &view);
    scorecard->pass = scorecard->pass && view.mode != MODE_LEARN;
    count_case(scorecard, call);
    scorecard_count_moments(scorecard, call);
    scorecard->q_reachable_tenths = ratio_tenths(reachable(call, &sums));
    free(counts);
}

int32_t scorecard_stage_tenths(const struct scorecard *scorecard, enum stage stage) {
    const struct scorecard_stage *at = &scorecard->stages[stage];
    if (!at->scored)
        return -1;
    return ratio_tenths((struct ratio){(wide)100 * at->earned, at->possible});
}

const char *tenths_text(int32_t tenths, char text[16]) {
    snprintf(text, 16, "%d.%d", tenths / 10, tenths % 10);
    return text;
}

bool scorecard_quick(const struct call *call, int32_t *q_tenths) {
    struct scorecard *scorecard = scorecard_new(call_scenario(call));
    scorecard_close(scorecard, call);
    *q_tenths = scorecard->q_tenths;
    bool pass = scorecard->pass;
    scorecard_free(scorecard);
    return pass;
}
