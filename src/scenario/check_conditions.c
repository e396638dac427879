/* Conditions that are always the same, variables nobody reads, nodes that may offer nothing. */
#include <stdlib.h>
#include <string.h>

#include "scenario/check.h"

/* ---- every expression of the script ---- */

typedef void expression_visitor(struct checker *checker, const struct expression *expression,
                                bool condition);

static void each_of_lines(struct checker *checker, const struct lines *lines,
                          expression_visitor *visit) {
    for (uint32_t i = 0; i < lines->count; i++)
        if (lines->items[i].condition)
            visit(checker, lines->items[i].condition, true);
}

static void each_of_change(struct checker *checker, const struct change *change,
                           expression_visitor *visit) {
    each_of_lines(checker, &change->answers, visit);
    for (uint32_t i = 0; i < change->effect_count; i++)
        visit(checker, change->effects[i].value, false);
}

static void each_of_steps(struct checker *checker, const struct silence_step *steps, uint32_t count,
                          expression_visitor *visit) {
    for (uint32_t i = 0; i < count; i++)
        each_of_change(checker, &steps[i].change, visit);
}

static void each_of_node(struct checker *checker, const struct node *node,
                         expression_visitor *visit) {
    each_of_lines(checker, &node->says, visit);
    for (uint32_t i = 0; i < node->reply_count; i++) {
        if (node->replies[i].condition)
            visit(checker, node->replies[i].condition, true);
        each_of_change(checker, &node->replies[i].change, visit);
    }
    for (uint32_t i = 0; i < node->typed_rule_count; i++) {
        if (node->typed_rules[i].condition)
            visit(checker, node->typed_rules[i].condition, true);
        each_of_change(checker, &node->typed_rules[i].change, visit);
    }
    for (uint32_t i = 0; i < node->later_count; i++) {
        if (node->later[i].condition)
            visit(checker, node->later[i].condition, true);
        each_of_change(checker, &node->later[i].change, visit);
    }
}

static void each_of_fact(struct checker *checker, const struct fact *fact,
                         expression_visitor *visit) {
    if (fact->condition)
        visit(checker, fact->condition, true);
    each_of_lines(checker, &fact->tells, visit);
    each_of_lines(checker, &fact->cue, visit);
}

/* What nodes inherit is shared by them and visited once. */
static void each_inherited(struct checker *checker, expression_visitor *visit) {
    const struct scenario *scenario = checker->scenario;
    const struct script *script = (const struct script *)scenario;
    each_of_steps(checker, script->silence, script->silence_count, visit);
    each_of_steps(checker, scenario->hold, scenario->hold_count, visit);
    if (script->otherwise)
        each_of_change(checker, script->otherwise, visit);
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        const struct node *node = &scenario->nodes[i];
        if (node->silence != script->silence)
            each_of_steps(checker, node->silence, node->silence_count, visit);
        if (node->otherwise != script->otherwise)
            each_of_change(checker, node->otherwise, visit);
    }
}

static void each_of_desk(struct checker *checker, expression_visitor *visit) {
    const struct scenario *scenario = checker->scenario;
    for (uint32_t i = 0; i < scenario->action_count; i++) {
        const struct desk_action *action = &scenario->actions[i];
        if (action->condition)
            visit(checker, action->condition, true);
        if (action->policy)
            visit(checker, action->policy, true);
        each_of_change(checker, &action->change, visit);
        if (action->outside)
            each_of_change(checker, action->outside, visit);
    }
    for (uint32_t i = 0; i < scenario->article_count; i++)
        each_of_change(checker, &scenario->articles[i].change, visit);
    for (uint32_t i = 0; i < scenario->proposal_count; i++) {
        if (scenario->proposals[i].condition)
            visit(checker, scenario->proposals[i].condition, true);
        each_of_change(checker, &scenario->proposals[i].change, visit);
    }
    if (scenario->second_line.condition)
        visit(checker, scenario->second_line.condition, true);
    each_of_lines(checker, &scenario->second_line.says, visit);
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        for (uint32_t k = 0; k < scenario->endings[i].account_count; k++)
            visit(checker, scenario->endings[i].account[k].value, false);
}

static void each_of_profile(struct checker *checker, const struct profile *profile,
                            expression_visitor *visit) {
    for (uint32_t i = 0; i < profile->reaction_count; i++) {
        if (profile->reactions[i].condition)
            visit(checker, profile->reactions[i].condition, true);
        each_of_lines(checker, &profile->reactions[i].says, visit);
    }
    if (profile->repeat)
        each_of_lines(checker, &profile->repeat->says, visit);
    each_of_lines(checker, &profile->supervisor.says, visit);
}

static void each_expression(struct checker *checker, expression_visitor *visit) {
    const struct scenario *scenario = checker->scenario;
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (scenario->points[i].condition)
            visit(checker, scenario->points[i].condition, true);
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        each_of_fact(checker, &scenario->facts[i], visit);
    for (uint32_t i = 0; i < scenario->node_count; i++)
        each_of_node(checker, &scenario->nodes[i], visit);
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        each_of_lines(checker, &scenario->endings[i].says, visit);
    if (scenario->profile)
        each_of_profile(checker, scenario->profile, visit);
    if (scenario->satisfied)
        visit(checker, scenario->satisfied, true);
    each_inherited(checker, visit);
    each_of_desk(checker, visit);
}

/* ---- constant, unread ---- */

static void note_reads(struct checker *checker, const struct expression *expression,
                       bool condition) {
    for (uint32_t i = 0; i < expression->count; i++)
        if (expression->code[i].operation == DO_VARIABLE)
            checker->variable_read[expression->code[i].argument] = true;
}

static void check_constant(struct checker *checker, const struct expression *expression,
                           bool condition) {
    struct expression_bounds bounds = check_bounds(checker);
    struct interval range = expression_range(expression, &bounds);
    if (!condition || range.low != range.high)
        return;
    check_value(checker, expression->document, expression->place, CODE_CONDITION_CONSTANT,
                range.low ? _("this is always true: leave the condition out, or ask something else")
                          : _("this can never be true: what hangs on it never happens"));
}

/* A shared scene may set variables for scripts that want to know; only the script's own count. */
static void check_variable(struct checker *checker, uint32_t number) {
    const struct variable *variable = &checker->scenario->variables[number];
    uint32_t document = 0;
    const cJSON *place = place_find(checker->sources, variable, &document);
    if (checker->variable_read[number] || document || !place)
        return;
    check_value(checker, document, place, CODE_VARIABLE_UNUSED,
                _("no condition and no value asks for `%s`"), variable->name);
}

/* ---- nodes that may offer nothing ---- */

#define ATOMS 10

struct atoms {
    struct instruction items[ATOMS];
    uint32_t count;
    bool too_hard; /* numbers, or too many: left to `itr explore` */
};

static void note_atom(struct atoms *atoms, const struct instruction *instruction) {
    for (uint32_t i = 0; i < atoms->count; i++)
        if (atoms->items[i].operation == instruction->operation &&
            atoms->items[i].argument == instruction->argument)
            return;
    if (atoms->count == ATOMS)
        atoms->too_hard = true;
    else
        atoms->items[atoms->count++] = *instruction;
}

static void note_atoms(struct atoms *atoms, const struct scenario *scenario,
                       const struct expression *expression) {
    for (uint32_t i = 0; i < expression->count; i++) {
        const struct instruction *instruction = &expression->code[i];
        bool variable = instruction->operation == DO_VARIABLE;
        if (variable && scenario->variables[instruction->argument].truth)
            note_atom(atoms, instruction);
        else if (instruction->operation == DO_EARNED || instruction->operation == DO_SAID ||
                 instruction->operation == DO_REVEALED || instruction->operation == DO_VERIFIED)
            note_atom(atoms, instruction);
        else if (instruction->operation < DO_NEGATE && instruction->operation != DO_PUSH)
            atoms->too_hard = true;
    }
}

struct assumed {
    const struct atoms *atoms;
    uint32_t truths; /* bit i: atom i holds */
};

static bool assumed_of(const struct assumed *assumed, enum operation operation, uint32_t argument) {
    const struct atoms *atoms = assumed->atoms;
    for (uint32_t i = 0; i < atoms->count; i++)
        if (atoms->items[i].operation == operation && atoms->items[i].argument == argument)
            return assumed->truths >> i & 1;
    return false;
}

static int64_t value_assumed(const struct assumed *assumed, const struct expression *expression) {
    int64_t stack[EXPRESSION_STACK + 1] = {0}, *top = stack;
    for (uint32_t i = 0; i < expression->count; i++) {
        const struct instruction *at = &expression->code[i];
        if (at->operation == DO_PUSH)
            *++top = at->argument;
        else if (at->operation < DO_NEGATE)
            *++top = assumed_of(assumed, at->operation, (uint32_t)at->argument);
        else if (at->operation == DO_NOT)
            *top = !*top;
        else if (top--, at->operation == DO_AND)
            *top = *top && top[1];
        else if (at->operation == DO_OR)
            *top = *top || top[1];
        else
            *top = (*top == top[1]) == (at->operation == DO_EQUAL);
    }
    return *top;
}

static bool offers_nothing(const struct node *node, const struct assumed *assumed) {
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (!node->replies[i].once && value_assumed(assumed, node->replies[i].condition))
            return false;
    return true;
}

static const char *atom_name(const struct scenario *scenario, const struct instruction *atom) {
    if (atom->operation == DO_VARIABLE)
        return scenario->variables[atom->argument].name;
    if (atom->operation == DO_REVEALED)
        return scenario->facts[atom->argument].id;
    if (atom->operation == DO_VERIFIED)
        return "verified";
    return atom->operation == DO_EARNED ? scenario->points[atom->argument].id : "said";
}

static void tell_state(struct checker *checker, const struct node *node,
                       const struct assumed *state) {
    struct buffer text = {0};
    for (uint32_t i = 0; i < state->atoms->count; i++)
        buffer_printf(&text, "%s`%s` %s", i ? ", " : "",
                      atom_name(checker->scenario, &state->atoms->items[i]),
                      state->truths >> i & 1 ? _("true") : _("false"));
    if (!text.length)
        buffer_add_text(&text, _("all of them used"));
    check_thing(checker, node, "replies", CODE_NO_WAY_ON,
                _("node `%s` may offer no reply at all (%s): give it one without `if` and `once`"),
                node->id, buffer_text(&text));
    buffer_free(&text);
}

static bool has_way_without_reply(const struct node *node) {
    for (uint32_t i = 0; i < node->silence_count; i++)
        if (node->silence[i].change.target.kind != TARGET_STAY)
            return true;
    return node->accepts_typed || !node->reply_count;
}

static void check_offers(struct checker *checker, const struct node *node) {
    struct atoms atoms = {.count = 0};
    for (uint32_t i = 0; i < node->reply_count; i++) {
        const struct reply *reply = &node->replies[i];
        if (!reply->condition && !reply->once)
            return;
        if (reply->condition && !reply->once)
            note_atoms(&atoms, checker->scenario, reply->condition);
    }
    if (has_way_without_reply(node) || atoms.too_hard)
        return;
    for (uint32_t truths = 0; truths < (uint32_t)1 << atoms.count; truths++) {
        struct assumed assumed = {&atoms, truths};
        if (offers_nothing(node, &assumed)) {
            tell_state(checker, node, &assumed);
            return;
        }
    }
}

static void check_otherwise(struct checker *checker, const struct node *node) {
    const struct change *otherwise = node->otherwise;
    if (node->accepts_typed && !otherwise->answers.count && otherwise->target.kind == TARGET_STAY &&
        otherwise->scene == SCENE_NONE)
        check_thing(
            checker, node, "otherwise", CODE_NO_OTHERWISE,
            _("at node `%s` the customer says nothing when a typed reply fits nothing: give "
              "the node or the script an `otherwise` with `answers`"),
            node->id);
}

void check_conditions(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    each_expression(checker, note_reads);
    each_expression(checker, check_constant);
    for (uint32_t i = 0; i < scenario->variable_count; i++)
        check_variable(checker, i);
    for (uint32_t i = 0; i < scenario->node_count; i++)
        if (checker->reached[i]) {
            check_offers(checker, &scenario->nodes[i]);
            check_otherwise(checker, &scenario->nodes[i]);
        }
}
