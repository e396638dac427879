/* Conditions and values, compiled to a short list of stack operations.
 *
 * The grammar, loosest first: or · and · not · == != < <= > >= · + - · * · unary - · ( ). The code
 * is in postfix order, so a constant operand is always one PUSH, which makes folding local; no
 * operation jumps, so every expression costs its length and ends. */
#ifndef ITR_SCENARIO_EXPRESSION_H
#define ITR_SCENARIO_EXPRESSION_H

#include "scenario/codes.h"
#include "scenario/names.h"

#define EXPRESSION_LIMIT ((int64_t)1 << 53)
#define EXPRESSION_STACK 32
#define EXPRESSION_PARTS 256

enum operation {
    DO_PUSH, /* argument: the number itself */
    DO_VARIABLE,
    DO_MOOD,
    DO_PATIENCE,
    DO_ELAPSED,
    DO_CASE_TIME,
    DO_VISITS, /* argument: node */
    DO_EARNED, /* point */
    DO_SAID,   /* first of the replies with that id */
    DO_DONE,   /* action */
    DO_READ,   /* article of the script */
    DO_AMOUNT,
    DO_TRANSFERS,
    DO_REPEATS,
    DO_SHOWN, /* behaviour */
    DO_SUPERVISOR,
    DO_RATING,
    DO_LOOKUPS,
    DO_REVEALED, /* fact */
    DO_VERIFIED,
    DO_TICKET_SAVED,
    DO_NEGATE,
    DO_NOT,
    DO_OR, /* from here on two operands, in order of the table of operators */
    DO_AND,
    DO_EQUAL,
    DO_UNEQUAL,
    DO_LESS,
    DO_AT_MOST,
    DO_MORE,
    DO_AT_LEAST,
    DO_PLUS,
    DO_MINUS,
    DO_TIMES,
};

enum value_type { VALUE_NUMBER, VALUE_TRUTH, VALUE_UNKNOWN };

struct instruction {
    enum operation operation;
    int64_t argument;
};

struct expression {
    const struct instruction *code;
    uint32_t count;
    enum value_type type;
    uint32_t document;    /* where it stands, for findings */
    const cJSON *place;   /* or NULL */
    const uint32_t *same; /* the next reply with the same id, for each reply, or UINT32_MAX */
};

/* What names mean where an expression stands. Missing tables know no name. */
struct reply_names {
    struct names first;   /* id: the first reply that has it */
    const uint32_t *same; /* and the next one with the same id */
};
struct expression_names {
    const struct names *facts;
    const struct names *variables, *places, *points; /* `places` holds nodes and endings */
    const struct names *actions, *articles;
    const struct variable *variable_list;
    const struct reply_names *(*replies)(void *context); /* asked when said() is used */
    void *context;
    const char *scene; /* id of the scene whose nodes are meant first, or NULL */
};

/* Why an expression was refused: `at` bytes into it, or at its name when a name is unknown. */
struct expression_fault {
    enum code code;
    size_t at;
    char text[256];
};

/* Compiles `source`; NULL and *fault when it is refused. */
struct expression *expression_compile(const char *source, const struct expression_names *names,
                                      struct arena *arena, struct expression_fault *fault);

/* Is it a word of the expressions, which no variable may have as its name? */
bool expression_word(const char *word);

/* One that is always `value`. */
struct expression *expression_constant(int64_t value, enum value_type type, struct arena *arena);

/* The number, or the limit of its sign. */
int64_t expression_saturated(int64_t value);

/* What an operation on two numbers gives, saturated. */
int64_t expression_combined(enum operation operation, int64_t a, int64_t b);

/* The least and the most an expression can give, whatever happens in the call. `bounds` answers for
 * variables and points; its own answer for everything else. */
struct interval {
    int64_t low, high;
};
struct expression_bounds {
    struct interval (*variable)(const void *context, uint32_t variable);
    bool (*earnable)(const void *context, uint32_t point);
    bool (*reachable)(const void *context, uint32_t node);
    struct interval (*revealed)(const void *context, uint32_t fact);
    struct interval (*verified)(const void *context);
    const void *context;
};
struct interval expression_range(const struct expression *expression,
                                 const struct expression_bounds *bounds);

/* Numbers of places: endings share one table with nodes. */
#define PLACE_ENDING ((uint32_t)1 << 31)

#endif
