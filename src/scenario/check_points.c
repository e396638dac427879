/* Whether every mark can be had and every stage be scored. */
#include <stdlib.h>
#include <string.h>

#include "scenario/check.h"

static void learn_marks(void *context, uint32_t node, const struct change *change,
                        const struct expression *condition) {
    struct checker *checker = context;
    if (!checker->reached[node] || never_holds(checker, condition))
        return;
    for (uint32_t i = 0; i < change->mark_count; i++) {
        const struct mark *mark = &change->marks[i];
        if (mark->halves || point_is_trip(&checker->scenario->points[mark->point]))
            checker->earnable[mark->point] = true;
    }
}

void learn_points(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    bool typed = false;
    memset(checker->earnable, false, scenario->point_count);
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        typed |= checker->reached[i] && scenario->nodes[i].accepts_typed;
        each_change(scenario, i, learn_marks, checker);
    }
    if (scenario->second_line.need_count && scenario->second_line.point != POINT_NONE)
        checker->earnable[scenario->second_line.point] = true;
    for (uint32_t i = 0; i < scenario->point_count; i++)
        checker->earnable[i] |= (typed && scenario->points[i].rule >= 0) ||
                                scenario->points[i].on_ticket || scenario->points[i].tells_card;
}

/* ---- order ---- */

enum { UNSEEN, OPEN, DONE };

static bool order_runs_round(const struct scenario *scenario, uint32_t number, uint8_t *seen) {
    const struct point *point = &scenario->points[number];
    if (seen[number] != UNSEEN)
        return seen[number] == OPEN;
    seen[number] = OPEN;
    bool round = false;
    for (uint32_t i = 0; i < point->after_count && !round; i++)
        round = order_runs_round(scenario, point->after[i], seen);
    seen[number] = DONE;
    return round;
}

static void check_order(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    uint8_t *seen = memory_new(scenario->point_count + 1);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (seen[i] == UNSEEN && order_runs_round(scenario, i, seen))
            check_thing(
                checker, &scenario->points[i], "after", CODE_ORDER_CYCLE,
                _("`%s` and the points it comes after wait for each other: none can be earned"),
                scenario->points[i].id);
    free(seen);
}

/* ---- stages ---- */

struct stage_sum {
    uint32_t weight, negative, points, required;
};

static void sum_stages(const struct scenario *scenario, struct stage_sum sums[STAGE_COUNT]) {
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        struct stage_sum *sum = &sums[point->stage];
        sum->points++;
        sum->weight += point->weight;
        sum->negative += point_is_trip(point) ? point->weight : 0;
    }
    for (uint32_t i = 0; i < scenario->requirement_count; i++)
        sums[scenario->required[i].stage].required++;
}

static void check_stage(struct checker *checker, enum stage stage, const struct stage_sum *sum) {
    const struct scenario *scenario = checker->scenario;
    const char *word = stage_word(stage);
    if (!scenario->stage_weights[stage]) {
        if (sum->points)
            check_thing(checker, scenario, "weights", CODE_STAGE_WEIGHTLESS,
                        _("stage `%s` has points and no weight: they count for nothing"), word);
    } else if (!sum->points) {
        check_thing(checker, scenario, "points", CODE_STAGE_UNSCORED,
                    _("stage `%s` has a weight and no point: add one, or set its weight to 0"),
                    word);
    } else if (!sum->required) {
        check_thing(
            checker, scenario, "required", CODE_STAGE_UNREQUIRED,
            _("no point of stage `%s` is required: a call could leave it out and lose nothing"),
            word);
    }
    if (5 * sum->negative > sum->weight)
        check_thing(
            checker, scenario, "points", CODE_NEGATIVE_WEIGHT,
            _("negative and critical points hold %u of %u of stage `%s`; at most a fifth may, "
              "else saying nothing earns much"),
            sum->negative, sum->weight, word);
}

/* ---- points and objectives ---- */

static void check_point(struct checker *checker, uint32_t number) {
    const struct point *point = &checker->scenario->points[number];
    if (checker->earnable[number])
        return;
    check_thing(
        checker, point, "id", CODE_UNEARNABLE_POINT,
        point_is_trip(point)
            ? _("nothing can trip `%s`: name it in some `trips`, or give it a `typed` rule")
            : _("nothing can earn `%s`: name it in some `marks`, or give it a `typed` rule"),
        point->id);
}

static void check_objective(struct checker *checker, const struct objective *objective) {
    for (uint32_t i = 0; i < objective->point_count; i++)
        if (checker->earnable[objective->points[i]])
            return;
    check_thing(checker, objective, "evidence", CODE_OBJECTIVE_UNSHOWN,
                _("no call can show objective `%s`: none of its points can be earned"),
                objective->id);
}

void check_points(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    struct stage_sum sums[STAGE_COUNT] = {0};
    for (uint32_t i = 0; i < scenario->point_count; i++)
        check_point(checker, i);
    for (uint32_t i = 0; i < scenario->objective_count; i++)
        check_objective(checker, &scenario->objectives[i]);
    sum_stages(scenario, sums);
    for (int i = 0; i < STAGE_COUNT; i++)
        check_stage(checker, (enum stage)i, &sums[i]);
    check_order(checker);
}
