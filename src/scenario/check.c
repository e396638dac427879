#include "scenario/check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- findings ---- */

static void check_at(struct checker *checker, uint32_t document, const cJSON *value, enum code code,
                     const char *format, va_list arguments) {
    struct buffer text = {0};
    buffer_vprintf(&text, format, arguments);
    json_find(checker->sources->documents[document], value, checker->findings,
              code_table[code].severity, code_table[code].word, "%s", buffer_text(&text));
    buffer_free(&text);
}

void check_value(struct checker *checker, uint32_t document, const cJSON *value, enum code code,
                 const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    check_at(checker, document, value, code, format, arguments);
    va_end(arguments);
}

void check_thing(struct checker *checker, const void *thing, const char *key, enum code code,
                 const char *format, ...) {
    uint32_t document = 0;
    const cJSON *place = place_find(checker->sources, thing, &document);
    const cJSON *member = place && key ? member_of(place, key) : NULL;
    if (!place)
        place = checker->sources->documents[document]->root;
    va_list arguments;
    va_start(arguments, format);
    check_at(checker, document, member ? member : place, code, format, arguments);
    va_end(arguments);
}

/* ---- walking ---- */

static void each_step(const struct silence_step *steps, uint32_t count, uint32_t node,
                      change_visitor *visit, void *context) {
    for (uint32_t i = 0; i < count; i++)
        visit(context, node, &steps[i].change, NULL);
}

void each_change(const struct scenario *scenario, uint32_t number, change_visitor *visit,
                 void *context) {
    const struct node *node = &scenario->nodes[number];
    /* Without typing a listed reply is the only way to reply; with it both are. */
    for (uint32_t i = 0; i < node->reply_count; i++)
        visit(context, number, &node->replies[i].change, node->replies[i].condition);
    for (uint32_t i = 0; node->accepts_typed && i < node->typed_rule_count; i++)
        visit(context, number, &node->typed_rules[i].change, node->typed_rules[i].condition);
    if (node->accepts_typed)
        visit(context, number, node->otherwise, NULL);
    for (uint32_t i = 0; i < node->later_count; i++)
        visit(context, number, &node->later[i].change, node->later[i].condition);
    each_step(node->silence, node->silence_count, number, visit, context);
    each_step(scenario->hold, scenario->hold_count, number, visit, context);
    for (uint32_t i = 0; i < scenario->action_count; i++) {
        visit(context, number, &scenario->actions[i].change, scenario->actions[i].condition);
        if (scenario->actions[i].outside)
            visit(context, number, scenario->actions[i].outside, scenario->actions[i].condition);
    }
    for (uint32_t i = 0; i < scenario->article_count; i++)
        visit(context, number, &scenario->articles[i].change, NULL);
    for (uint32_t i = 0; i < scenario->proposal_count; i++)
        visit(context, number, &scenario->proposals[i].change, scenario->proposals[i].condition);
    if (scenario->second_line.need_count)
        visit(context, number, &scenario->second_line.change, scenario->second_line.condition);
}

/* ---- what variables can be ---- */

static struct interval variable_bounds(const void *context, uint32_t variable) {
    const struct checker *checker = context;
    return checker->variables[variable];
}

static bool point_bounds(const void *context, uint32_t point) {
    const struct checker *checker = context;
    return checker->earnable[point];
}

static bool node_bounds(const void *context, uint32_t node) {
    const struct checker *checker = context;
    return checker->reached[node];
}

/* Hidden facts may come out, the others are out from the start. */
static struct interval fact_bounds(const void *context, uint32_t fact) {
    const struct checker *checker = context;
    return (struct interval){!checker->scenario->facts[fact].hidden, 1};
}

static struct interval verified_bounds(const void *context) {
    const struct checker *checker = context;
    return (struct interval){0, checker->verifies};
}

struct expression_bounds check_bounds(const struct checker *checker) {
    return (struct expression_bounds){.variable = variable_bounds,
                                      .earnable = point_bounds,
                                      .reachable = node_bounds,
                                      .revealed = fact_bounds,
                                      .verified = verified_bounds,
                                      .context = checker};
}

bool never_holds(const struct checker *checker, const struct expression *condition) {
    if (!condition)
        return false;
    struct expression_bounds bounds = check_bounds(checker);
    return expression_range(condition, &bounds).high == 0;
}

static void learn_effect(struct checker *checker, const struct effect *effect) {
    const struct variable *variable = &checker->scenario->variables[effect->variable];
    struct interval *known = &checker->variables[effect->variable];
    const struct expression *value = effect->value;
    if (value->count == 1 && value->code[0].operation == DO_PUSH) {
        int64_t set = value->code[0].argument;
        known->low = set < known->low ? set : known->low;
        known->high = set > known->high ? set : known->high;
    } else if (variable->truth) {
        *known = (struct interval){0, 1};
    } else {
        *known = (struct interval){-EXPRESSION_LIMIT, EXPRESSION_LIMIT};
    }
}

static void learn_change(void *context, uint32_t node, const struct change *change,
                         const struct expression *condition) {
    struct checker *checker = context;
    checker->verifies |= change->verifies;
    for (uint32_t i = 0; i < change->effect_count; i++)
        learn_effect(checker, &change->effects[i]);
}

/* A variable is where it starts and whatever anything sets it to, wherever that is. */
void learn_variables(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    for (uint32_t i = 0; i < scenario->variable_count; i++) {
        int64_t start = scenario->variables[i].start;
        checker->variables[i] = (struct interval){start, start};
    }
    for (uint32_t i = 0; i < scenario->node_count; i++)
        each_change(scenario, i, learn_change, checker);
}

/* ---- the whole ---- */

static void start_checker(struct checker *checker, const struct scenario *scenario) {
    checker->reached = memory_new(scenario->node_count + 1);
    checker->ending_reached = memory_new(scenario->ending_count + 1);
    checker->scene_used = memory_new(scenario->scene_count + 1);
    checker->earnable = memory_new(scenario->point_count + 1);
    checker->variable_read = memory_new(scenario->variable_count + 1);
    checker->variables = memory_new((scenario->variable_count + 1) * sizeof *checker->variables);
    memset(checker->reached, true, scenario->node_count);
    memset(checker->earnable, true, scenario->point_count);
}

static void free_checker(struct checker *checker) {
    free(checker->reached);
    free(checker->ending_reached);
    free(checker->scene_used);
    free(checker->earnable);
    free(checker->variable_read);
    free(checker->variables);
}

void scenario_check(const struct scenario *scenario, struct findings *findings) {
    struct checker checker = {
        .scenario = scenario, .sources = scenario->sources, .findings = findings};
    start_checker(&checker, scenario);
    learn_variables(&checker);
    check_graph(&checker);
    learn_points(&checker);
    check_points(&checker);
    check_conditions(&checker);
    check_texts(&checker);
    check_facts(&checker);
    check_examples(&checker);
    free_checker(&checker);
    findings_sort(findings);
}
