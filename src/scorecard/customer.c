/* What the scorecard counts apart, beside the marks: moments of truth, and how well the trainee
 * reads the customer. */
#include "scorecard/inside.h"

/* ---- moments of truth ---- */

/* What a moment asked for and got; nothing where nothing of it counts. A trip loses the moment. */
static bool weigh_moment(const struct scorecard *scorecard, const struct node *node,
                         uint32_t *earned, uint32_t *possible) {
    bool tripped = false;
    *earned = *possible = 0;
    for (uint32_t i = 0; i < node->point_count; i++) {
        const struct point *point = &scorecard->scenario->points[node->points[i]];
        const struct scorecard_point *at = &scorecard->points[node->points[i]];
        if (point_is_trip(point)) {
            tripped |= !at->halves;
        } else if (at->counts) {
            *earned += (uint32_t)point->weight * at->halves;
            *possible += 2u * point->weight;
        }
    }
    return *possible && !tripped && 2 * *earned >= *possible;
}

void scorecard_count_moments(struct scorecard *scorecard, const struct call *call) {
    const struct scenario *scenario = scorecard->scenario;
    scorecard->moments = (struct scorecard_moments){0};
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        uint32_t earned, possible;
        if (!scenario->nodes[i].moment || !call_visits(call, i))
            continue;
        bool hit = weigh_moment(scorecard, &scenario->nodes[i], &earned, &possible);
        if (!possible)
            continue;
        scorecard->moments.met++;
        scorecard->moments.hit += hit;
        scorecard->moments.earned += earned;
        scorecard->moments.possible += possible;
    }
}

/* ---- reading the customer ---- */

void scorecard_note_feeling(struct scorecard *scorecard, enum feeling read, int32_t mood) {
    scorecard->feelings[read][feeling_of(mood)]++;
}

bool scorecard_feelings(const struct scorecard *scorecard, struct scorecard_reading *reading) {
    double value;
    *reading = (struct scorecard_reading){0};
    for (int i = 0; i < FEELING_COUNT; i++)
        for (int j = 0; j < FEELING_COUNT; j++) {
            reading->count += scorecard->feelings[i][j];
            reading->right += i == j ? scorecard->feelings[i][j] : 0;
        }
    if (!kappa(scorecard->feelings[0], FEELING_COUNT, KAPPA_LINEAR, &value))
        return false;
    reading->kappa_hundredths = (int32_t)(value < 0 ? 100 * value - 0.5 : 100 * value + 0.5);
    return true;
}
