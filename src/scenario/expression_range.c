/* The range of an expression: its code run over intervals instead of numbers. */
#include "scenario/expression.h"

static struct interval times(struct interval a, struct interval b) {
    const int64_t products[] = {expression_combined(DO_TIMES, a.low, b.low),
                                expression_combined(DO_TIMES, a.low, b.high),
                                expression_combined(DO_TIMES, a.high, b.low),
                                expression_combined(DO_TIMES, a.high, b.high)};
    int64_t low = products[0], high = products[0];
    for (int i = 1; i < 4; i++) {
        low = products[i] < low ? products[i] : low;
        high = products[i] > high ? products[i] : high;
    }
    return (struct interval){low, high};
}

/* Truth as far as it is known: at least, at most. */
static struct interval truth(bool surely, bool possibly) {
    return (struct interval){surely, possibly};
}

static struct interval negated(struct interval a) {
    return truth(!a.high, !a.low);
}

static struct interval equal(struct interval a, struct interval b) {
    bool surely = a.low == a.high && b.low == b.high && a.low == b.low;
    return truth(surely, a.low <= b.high && b.low <= a.high);
}

static struct interval less(struct interval a, struct interval b) {
    return truth(a.high < b.low, a.low < b.high);
}

static struct interval combined(enum operation operation, struct interval a, struct interval b) {
    switch (operation) {
    case DO_OR:
        return truth(a.low || b.low, a.high || b.high);
    case DO_AND:
        return truth(a.low && b.low, a.high && b.high);
    case DO_EQUAL:
        return equal(a, b);
    case DO_UNEQUAL:
        return negated(equal(a, b));
    case DO_LESS:
        return less(a, b);
    case DO_AT_LEAST:
        return negated(less(a, b));
    case DO_MORE:
        return less(b, a);
    case DO_AT_MOST:
        return negated(less(b, a));
    case DO_PLUS:
        return (struct interval){expression_combined(DO_PLUS, a.low, b.low),
                                 expression_combined(DO_PLUS, a.high, b.high)};
    case DO_MINUS:
        return (struct interval){expression_combined(DO_MINUS, a.low, b.high),
                                 expression_combined(DO_MINUS, a.high, b.low)};
    default:
        return times(a, b);
    }
}

static struct interval asked(const struct instruction *instruction,
                             const struct expression_bounds *bounds) {
    uint32_t number = (uint32_t)instruction->argument;
    switch (instruction->operation) {
    case DO_PUSH:
        return (struct interval){instruction->argument, instruction->argument};
    case DO_VARIABLE:
        return bounds->variable(bounds->context, number);
    case DO_MOOD:
        return (struct interval){-100, 100};
    case DO_PATIENCE:
        return (struct interval){0, 100};
    case DO_VISITS:
        return (struct interval){0,
                                 bounds->reachable(bounds->context, number) ? EXPRESSION_LIMIT : 0};
    case DO_EARNED:
        return truth(false, bounds->earnable(bounds->context, number));
    case DO_REVEALED:
        return bounds->revealed(bounds->context, number);
    case DO_VERIFIED:
        return bounds->verified(bounds->context);
    case DO_SAID:
    case DO_SUPERVISOR:
    case DO_TICKET_SAVED:
        return truth(false, true);
    case DO_RATING:
        return (struct interval){0, 5};
    default:
        return (struct interval){0, EXPRESSION_LIMIT};
    }
}

struct interval expression_range(const struct expression *expression,
                                 const struct expression_bounds *bounds) {
    struct interval stack[EXPRESSION_STACK + 1] = {{0, 0}}, *top = stack;
    for (uint32_t i = 0; i < expression->count; i++) {
        const struct instruction *instruction = &expression->code[i];
        enum operation operation = instruction->operation;
        if (operation < DO_NEGATE) {
            *++top = asked(instruction, bounds);
        } else if (operation == DO_NOT) {
            *top = negated(*top);
        } else if (operation == DO_NEGATE) {
            *top = (struct interval){-top->high, -top->low};
        } else {
            top--;
            *top = combined(operation, *top, top[1]);
        }
    }
    return *top;
}
