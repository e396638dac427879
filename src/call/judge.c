/* From what a typed reply shows to what it earns and where it leads. docs/scenario-format.md, "How
 * typed replies find their way", is the same in words. */
#include "call/state.h"

#include <string.h>

/* Below this likeness (Dice of character bigrams) a typed reply is like no listed one. */
#define LIKE_ENOUGH 0.35

static void copy_spans(struct judged_point *judged, const struct found *found) {
    judged->span_count = found->span_count;
    memcpy(judged->spans, found->spans, sizeof judged->spans);
}

/* A negative point is tripped by the whole pattern only: half an accusation is none. */
static bool shows(const struct point *point, enum verdict verdict) {
    if (verdict == VERDICT_UNSURE || verdict == VERDICT_MET)
        return true;
    return verdict == VERDICT_PARTIAL && !point_is_trip(point);
}

/* One clause earns marks for at most this many points: said in one breath, phrases that fit many
 * rules are worth no more than a good sentence. Trips are not limited. */
#define CLAUSE_POINTS 2

static bool clause_is_full(const struct call *call, const struct reading *reading,
                           const struct judgement *judgement, const struct found *found) {
    uint32_t clause = reading_clause(reading, found->spans[0].from), earned = 0;
    for (uint32_t i = 0; i < judgement->point_count; i++) {
        const struct judged_point *other = &judgement->points[i];
        bool trips = point_is_trip(&call->scenario->points[other->point]);
        earned += !trips && call->halves[other->point] < 2 && other->span_count &&
                  reading_clause(reading, other->spans[0].from) == clause;
    }
    return earned >= CLAUSE_POINTS;
}

/* The named parts of a point's rule that a reply did not hold; none when it held all that counts.
 */
static uint8_t lacking(const struct call *call, uint32_t index, const struct found *found) {
    const struct point *point = &call->scenario->points[index];
    uint32_t parts = lexicon_rule_parts(call->scenario->lexicon, (uint32_t)point->rule);
    return found->verdict == VERDICT_MET ? 0 : (uint8_t)(parts & ~(uint32_t)found->groups);
}

static void judge_point(const struct call *call, const struct reading *reading, uint32_t index,
                        struct judgement *judgement) {
    const struct point *point = &call->scenario->points[index];
    const struct found *found = &reading->rules[point->rule];
    if (judgement->point_count == JUDGED_POINTS ||
        (!point_is_trip(point) && found->span_count &&
         clause_is_full(call, reading, judgement, found)))
        return;
    struct judged_point *judged = &judgement->points[judgement->point_count++];
    *judged = (struct judged_point){
        .point = index, .verdict = found->verdict, .lacks = lacking(call, index, found)};
    copy_spans(judged, found);
}

/* Where law or policy needs the very words: one phrase of every group, and the rule as a whole. */
static bool says_strictly(const struct point *point, enum verdict verdict, const char *text,
                          size_t length) {
    if (verdict == VERDICT_PARTIAL)
        return false;
    for (const char *const *const *group = point->phrases; *group; group++) {
        bool said = false;
        for (const char *const *phrase = *group; *phrase && !said; phrase++)
            said = language_says(text, length, *phrase);
        if (!said)
            return false;
    }
    return true;
}

/* What was met first, then what was half met: the clause goes to the better mark. */
static void judge_points(const struct call *call, const struct reading *reading, const char *text,
                         size_t length, struct judgement *judgement) {
    static const enum verdict order[] = {VERDICT_MET, VERDICT_PARTIAL, VERDICT_UNSURE};
    const struct scenario *scenario = call->scenario;
    for (size_t pass = 0; pass < sizeof order / sizeof *order; pass++)
        for (uint32_t i = 0; i < scenario->point_count; i++) {
            const struct point *point = &scenario->points[i];
            if (point->rule >= 0 && reading->rules[point->rule].verdict == order[pass] &&
                shows(point, order[pass]) && call_point_open(call, point) &&
                (!point->phrases || says_strictly(point, order[pass], text, length)))
                judge_point(call, reading, i, judgement);
        }
}

/* Where the script says that any words may do, a reply that shows nothing known is for a person to
 * judge: each point that can still be earned here is UNSURE. */
static void judge_free(const struct call *call, size_t length, struct judgement *judgement) {
    const struct node *node = call_node(call);
    if (!node->free_text || length == 0 || judgement->point_count ||
        judgement->route == ROUTE_TYPED_RULE)
        return;
    for (uint32_t i = 0; i < node->point_count && judgement->point_count < JUDGED_POINTS; i++) {
        const struct point *point = &call->scenario->points[node->points[i]];
        if (!point_is_trip(point) && !call->halves[node->points[i]] &&
            call_holds(call, point->condition))
            judgement->points[judgement->point_count++] =
                (struct judged_point){.point = node->points[i], .verdict = VERDICT_UNSURE};
    }
}

/* Too few of a point's named parts for a mark: kept, so that the receipt can say which are missing.
 */
static void judge_parts(const struct call *call, const struct reading *reading,
                        struct judgement *judgement) {
    const struct scenario *scenario = call->scenario;
    for (uint32_t i = 0; i < scenario->point_count && judgement->point_count < JUDGED_POINTS; i++) {
        const struct point *point = &scenario->points[i];
        if (point->rule < 0 || point_is_trip(point) || point->stage != call_node(call)->stage ||
            call->halves[i] || !call_holds(call, point->condition))
            continue;
        const struct found *found = &reading->rules[point->rule];
        uint32_t parts = lexicon_rule_parts(scenario->lexicon, (uint32_t)point->rule);
        if (found->verdict == VERDICT_NOT && found->groups & parts) {
            struct judged_point *judged = &judgement->points[judgement->point_count++];
            *judged = (struct judged_point){
                .point = i, .verdict = VERDICT_NOT, .lacks = lacking(call, i, found)};
            copy_spans(judged, found);
        }
    }
}

static void judge_behaviours(const struct reading *reading, struct judgement *judgement) {
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        const struct found *found = &reading->behaviours[i];
        if (found->verdict >= VERDICT_PARTIAL)
            judgement->behaviours |= 1u << i;
        else if (found->verdict == VERDICT_UNSURE)
            judgement->unsure |= 1u << i;
        if (found->verdict != VERDICT_NOT && found->span_count)
            judgement->behaviour_spans[i] = found->spans[0];
    }
}

static bool asks_rating(const struct reading *reading) {
    const struct found *found = &reading->behaviours[BEHAVIOUR_CONFIRM_SATISFACTION];
    for (int i = 0; found->verdict >= VERDICT_PARTIAL && i < FOUND_DETAILS; i++)
        if (found->details[i] && !strcmp(found->details[i], "rating"))
            return true;
    return false;
}

static const struct judged_point *judged(const struct judgement *judgement, uint32_t point) {
    for (uint32_t i = 0; i < judgement->point_count; i++)
        if (judgement->points[i].point == point && judgement->points[i].verdict != VERDICT_UNSURE)
            return &judgement->points[i];
    return NULL;
}

/* ---- the way on ---- */

static bool route_by_rule(const struct call *call, const struct reading *reading,
                          struct judgement *judgement) {
    const struct node *node = call_node(call);
    for (uint32_t i = 0; i < node->typed_rule_count; i++) {
        const struct typed_rule *rule = &node->typed_rules[i];
        if (reading->rules[rule->rule].verdict != VERDICT_MET || !call_holds(call, rule->condition))
            continue;
        judgement->route = ROUTE_TYPED_RULE;
        judgement->route_index = i;
        return true;
    }
    return false;
}

/* How much of what a listed reply shows the typed one showed too, and how many trips of the listed
 * one it did not make. */
struct fit {
    uint32_t shared, untrue;
    double likeness;
};

static struct fit fit_of(const struct call *call, const struct reply *reply,
                         const struct judgement *judgement, const char *text, size_t length) {
    struct fit fit = {0};
    for (uint32_t i = 0; i < reply->change.mark_count; i++) {
        const struct mark *mark = &reply->change.marks[i];
        bool trips = point_is_trip(&call->scenario->points[mark->point]);
        if (!trips && !mark->halves)
            continue;
        if (judged(judgement, mark->point))
            fit.shared++;
        else if (trips)
            fit.untrue++;
    }
    for (uint32_t i = 0; i < reply->change.reveal_count; i++)
        fit.shared += judgement_asks(judgement, reply->change.reveals[i]);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char *says = reply->says.in[language];
        double likeness = language_likeness(text, length, says, strlen(says));
        fit.likeness = likeness > fit.likeness ? likeness : fit.likeness;
    }
    return fit;
}

static bool fits_better(const struct fit *a, const struct fit *b) {
    if (a->shared != b->shared)
        return a->shared > b->shared;
    if (a->shared && a->untrue != b->untrue)
        return a->untrue < b->untrue;
    return a->likeness > b->likeness;
}

static void route_by_reply(const struct call *call, const char *text, size_t length,
                           struct judgement *judgement) {
    const struct node *node = call_node(call);
    struct fit best = {0};
    bool found = false;
    if (judgement->fact_count)
        judgement->route = ROUTE_FACT;
    for (uint32_t i = 0; i < node->reply_count; i++) {
        if (!call_offers(call, &node->replies[i]))
            continue;
        struct fit fit = fit_of(call, &node->replies[i], judgement, text, length);
        if ((!fit.shared && (fit.likeness < LIKE_ENOUGH || judgement->fact_count)) || (found && !fits_better(&fit, &best)))
            continue;
        best = fit;
        found = true;
        judgement->route = ROUTE_REPLY;
        judgement->route_index = i;
    }
}

void call_judge(const struct call *call, const struct utterance *context, size_t context_count,
                const char *text, size_t length, struct reading *reading,
                struct judgement *judgement) {
    *judgement = (struct judgement){.route = ROUTE_OTHERWISE};
    language_read(call->scenario->lexicon, context, context_count, text, length, reading);
    judge_behaviours(reading, judgement);
    judgement->rating = call->scenario->reacts && asks_rating(reading);
    judge_points(call, reading, text, length, judgement);
    call_judge_facts(call, reading, judgement);
    if (!route_by_rule(call, reading, judgement))
        route_by_reply(call, text, length, judgement);
    judge_free(call, length, judgement);
    judge_parts(call, reading, judgement);
}
