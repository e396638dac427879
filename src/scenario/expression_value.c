/* Running an expression, and the arithmetic that parser, range and loop share. */
#include "scenario/expression.h"

static bool saturates(int64_t value) {
    return value > EXPRESSION_LIMIT || value < -EXPRESSION_LIMIT;
}

static inline int64_t saturated(int64_t value) {
    if (!saturates(value))
        return value;
    return value > 0 ? EXPRESSION_LIMIT : -EXPRESSION_LIMIT;
}

static int64_t product(int64_t a, int64_t b) {
    int64_t result;
    if (__builtin_mul_overflow(a, b, &result))
        return (a < 0) == (b < 0) ? EXPRESSION_LIMIT : -EXPRESSION_LIMIT;
    return saturated(result);
}

static inline int64_t combined(enum operation operation, int64_t a, int64_t b) {
    switch (operation) {
    case DO_OR:
        return a | b;
    case DO_AND:
        return a & b;
    case DO_EQUAL:
        return a == b;
    case DO_UNEQUAL:
        return a != b;
    case DO_LESS:
        return a < b;
    case DO_AT_MOST:
        return a <= b;
    case DO_MORE:
        return a > b;
    case DO_AT_LEAST:
        return a >= b;
    case DO_PLUS:
        return saturated(a + b);
    case DO_MINUS:
        return saturated(a - b);
    default:
        return product(a, b);
    }
}

int64_t expression_saturated(int64_t value) {
    return saturated(value);
}

int64_t expression_combined(enum operation operation, int64_t a, int64_t b) {
    return combined(operation, a, b);
}

static int64_t said_any(const struct expression *expression, int64_t reply, const uint8_t *used) {
    for (uint32_t i = (uint32_t)reply; i != UINT32_MAX; i = expression->same[i])
        if (used[i / 8] >> (i % 8) & 1)
            return 1;
    return 0;
}

/* The hot loop of the program: one switch an instruction and nothing called but for said(). */
int64_t expression_value(const struct expression *expression,
                         const struct expression_world *world) {
    int64_t stack[EXPRESSION_STACK + 1], *top = stack;
    const struct instruction *at = expression->code, *end = at + expression->count;
    *top = 0;
    for (; at < end; at++) {
        switch (at->operation) {
        case DO_PUSH:
            *++top = at->argument;
            break;
        case DO_VARIABLE:
            *++top = world->variables[at->argument];
            break;
        case DO_MOOD:
            *++top = world->mood;
            break;
        case DO_PATIENCE:
            *++top = world->patience;
            break;
        case DO_ELAPSED:
            *++top = world->elapsed_s;
            break;
        case DO_CASE_TIME:
            *++top = world->case_s;
            break;
        case DO_VISITS:
            *++top = world->visits[at->argument];
            break;
        case DO_EARNED:
            *++top = world->point_halves[at->argument] > 0;
            break;
        case DO_SAID:
            *++top = said_any(expression, at->argument, world->replies_used);
            break;
        case DO_DONE:
            *++top = world->actions_done[at->argument];
            break;
        case DO_AMOUNT:
            *++top = world->amount;
            break;
        case DO_TRANSFERS:
            *++top = world->transfers;
            break;
        case DO_READ:
            *++top = world->articles_read >> at->argument & 1;
            break;
        case DO_LOOKUPS:
            *++top = world->lookups;
            break;
        case DO_REPEATS:
            *++top = world->repeats;
            break;
        case DO_SHOWN:
            *++top = world->shown[at->argument];
            break;
        case DO_SUPERVISOR:
            *++top = world->supervisor;
            break;
        case DO_RATING:
            *++top = world->rating;
            break;
        case DO_REVEALED:
            *++top = world->facts[at->argument] & 1;
            break;
        case DO_VERIFIED:
            *++top = world->verified;
            break;
        case DO_TICKET_SAVED:
            *++top = world->ticket_saved;
            break;
        case DO_NEGATE:
            *top = -*top;
            break;
        case DO_NOT:
            *top = !*top;
            break;
        default:
            top--;
            *top = combined(at->operation, *top, top[1]);
        }
    }
    return *top;
}

void expression_numbers(const struct expression *expression,
                        void (*note)(void *user, int64_t number), void *user) {
    for (uint32_t i = 0; expression && i < expression->count; i++)
        if (expression->code[i].operation == DO_PUSH)
            note(user, expression->code[i].argument);
}
