#include "scenario/expression.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NESTING 24

/* Operators of two operands in the order of DO_OR…; how tightly each binds, what it takes and
 * gives. */
static const struct operator{
    const char *sign;
    uint8_t binding;
    enum value_type takes, gives;
}
operators[] = {
    {"or", 1, VALUE_TRUTH, VALUE_TRUTH},   {"and", 2, VALUE_TRUTH, VALUE_TRUTH},
    {"==", 4, VALUE_UNKNOWN, VALUE_TRUTH}, {"!=", 4, VALUE_UNKNOWN, VALUE_TRUTH},
    {"<", 4, VALUE_NUMBER, VALUE_TRUTH},   {"<=", 4, VALUE_NUMBER, VALUE_TRUTH},
    {">", 4, VALUE_NUMBER, VALUE_TRUTH},   {">=", 4, VALUE_NUMBER, VALUE_TRUTH},
    {"+", 5, VALUE_NUMBER, VALUE_NUMBER},  {"-", 5, VALUE_NUMBER, VALUE_NUMBER},
    {"*", 6, VALUE_NUMBER, VALUE_NUMBER},
};
#define OPERATORS (sizeof operators / sizeof *operators)
#define BINDING_NOT 3
#define BINDING_NEGATE 7

struct parser {
    const char *source;
    size_t at;  /* the token: from here … */
    size_t end; /* … to here */
    const struct expression_names *names;
    size_t count;
    int nesting, height;
    const uint32_t *same;
    bool broken;  /* by a fault that ends the parse */
    bool faulted; /* fault is set */
    struct expression_fault *fault;
    struct instruction code[EXPRESSION_PARTS];
};

/* ---- faults ---- */

/* A syntax fault ends the parse and outranks a fault of names or types found before it: what is no
 * expression at all should be called that. */
__attribute__((format(printf, 4, 5))) static void fault_at(struct parser *parser, enum code code,
                                                           size_t at, const char *format, ...) {
    bool syntax = code == CODE_EXPRESSION_SYNTAX;
    if (parser->broken || (parser->faulted && !syntax))
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(parser->fault->text, sizeof parser->fault->text, format, arguments);
    va_end(arguments);
    parser->fault->code = code;
    parser->fault->at = at;
    parser->faulted = true;
    parser->broken = syntax;
}

/* ---- tokens ---- */

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static size_t token_end(const char *source, size_t at) {
    if (is_letter(source[at]) || is_digit(source[at])) {
        while (is_letter(source[at]) || is_digit(source[at]))
            at++;
        return at;
    }
    if (strchr("=!<>", source[at]) && source[at] && source[at + 1] == '=')
        return at + 2;
    return source[at] ? at + 1 : at;
}

static void advance(struct parser *parser) {
    parser->at = parser->end;
    while (strchr(" \t\r\n", parser->source[parser->at]) && parser->source[parser->at])
        parser->at++;
    parser->end = token_end(parser->source, parser->at);
}

static bool token_is(const struct parser *parser, const char *text) {
    size_t length = parser->end - parser->at;
    return length == strlen(text) && memcmp(parser->source + parser->at, text, length) == 0;
}

/* The token for a message: a whole character even where the lexer took one byte of it. */
static int token_length(const struct parser *parser) {
    size_t length = parser->end - parser->at;
    while (length && length < 4 &&
           ((unsigned char)parser->source[parser->at + length] & 0xC0) == 0x80)
        length++;
    return length > 60 ? 60 : (int)length;
}

static void unexpected(struct parser *parser, const char *wanted) {
    if (!parser->source[parser->at])
        fault_at(parser, CODE_EXPRESSION_SYNTAX, parser->at,
                 _("the expression ends where %s should stand"), wanted);
    else
        fault_at(parser, CODE_EXPRESSION_SYNTAX, parser->at,
                 _("`%.*s` stands where %s should stand"), token_length(parser),
                 parser->source + parser->at, wanted);
}

/* ---- code ---- */

static void emit(struct parser *parser, enum operation operation, int64_t argument) {
    if (parser->count == EXPRESSION_PARTS)
        fault_at(parser, CODE_EXPRESSION_SYNTAX, parser->at,
                 _("more than %d parts; use a variable for some of them"), EXPRESSION_PARTS);
    else
        parser->code[parser->count++] = (struct instruction){operation, argument};
}

static void emit_value(struct parser *parser, enum operation operation, int64_t argument) {
    emit(parser, operation, argument);
    if (++parser->height > EXPRESSION_STACK)
        fault_at(parser, CODE_EXPRESSION_SYNTAX, parser->at,
                 _("too many parts inside each other; use a variable for some of them"));
}

static void emit_one(struct parser *parser, enum operation operation) {
    struct instruction *last = parser->count ? &parser->code[parser->count - 1] : NULL;
    if (last && last->operation == DO_PUSH)
        last->argument = operation == DO_NOT ? !last->argument : -last->argument;
    else
        emit(parser, operation, 0);
}

static void emit_two(struct parser *parser, enum operation operation) {
    struct instruction *code = parser->code;
    size_t count = parser->count;
    parser->height--;
    if (count >= 2 && code[count - 1].operation == DO_PUSH &&
        code[count - 2].operation == DO_PUSH) {
        code[count - 2].argument =
            expression_combined(operation, code[count - 2].argument, code[count - 1].argument);
        parser->count--;
        return;
    }
    emit(parser, operation, 0);
}

/* ---- grammar ---- */

static const char *type_name(enum value_type type) {
    return type == VALUE_TRUTH ? _("true/false") : _("a number");
}

static void want_type(struct parser *parser, size_t at, enum value_type wanted, enum value_type got,
                      const char *sign) {
    if (wanted != VALUE_UNKNOWN && got != VALUE_UNKNOWN && wanted != got)
        fault_at(parser, CODE_EXPRESSION_TYPE, at, _("`%s` wants %s here, and this is %s"), sign,
                 type_name(wanted), type_name(got));
}

static enum value_type parse_binary(struct parser *parser, int binding);

static enum value_type parse_digits(struct parser *parser) {
    int64_t value = 0;
    for (size_t i = parser->at; i < parser->end; i++) {
        if (!is_digit(parser->source[i])) {
            unexpected(parser, _("a number or a name"));
            return VALUE_UNKNOWN;
        }
        value = expression_saturated(value * 10 + (parser->source[i] - '0'));
    }
    emit_value(parser, DO_PUSH, value);
    advance(parser);
    return VALUE_NUMBER;
}

/* The id between the brackets of visits(…), earned(…), said(…), which may hold hyphens and a dot.
 */
static bool parse_id(struct parser *parser, char *id, size_t room, size_t *at) {
    if (!token_is(parser, "(")) {
        unexpected(parser, "`(`");
        return false;
    }
    advance(parser);
    size_t end = *at = parser->at;
    while (is_letter(parser->source[end]) || is_digit(parser->source[end]) ||
           parser->source[end] == '-' || parser->source[end] == '.')
        end++;
    if (end == *at || end - *at >= room) {
        unexpected(parser, _("an id"));
        return false;
    }
    memcpy(id, parser->source + *at, end - *at);
    id[end - *at] = '\0';
    parser->end = end;
    advance(parser);
    if (!token_is(parser, ")")) {
        unexpected(parser, "`)`");
        return false;
    }
    advance(parser);
    return true;
}

static void unknown_name(struct parser *parser, size_t at, const char *what, const char *name,
                         const struct names *names) {
    const char *nearest = names ? names_nearest(names, name) : NULL;
    if (nearest)
        fault_at(parser, CODE_EXPRESSION_NAME, at, _("no %s `%s`; did you mean `%s`?"), what, name,
                 nearest);
    else
        fault_at(parser, CODE_EXPRESSION_NAME, at, _("no %s `%s`"), what, name);
}

static int64_t find_in(const struct names *names, const char *name) {
    return names ? names_find(names, name, strlen(name)) : -1;
}

/* Inside a scene its own nodes are meant first. */
static int64_t find_node(const struct parser *parser, const char *id) {
    char inside[160];
    int64_t number = -1;
    if (parser->names->scene) {
        snprintf(inside, sizeof inside, "%s.%s", parser->names->scene, id);
        number = find_in(parser->names->places, inside);
    }
    if (number < 0)
        number = find_in(parser->names->places, id);
    return number >= 0 && (number & PLACE_ENDING) ? -1 : number;
}

static int64_t find_reply(struct parser *parser, const char *id, const struct names **names) {
    if (!parser->names->replies)
        return -1;
    const struct reply_names *replies = parser->names->replies(parser->names->context);
    parser->same = replies->same;
    *names = &replies->first;
    return find_in(&replies->first, id);
}

/* What can be asked about a thing of the script: word(id). */
static const struct question {
    const char *word;
    enum operation operation;
    enum value_type type;
    const char *what; /* the kind of thing, for messages */
} questions[] = {
    {"visits", DO_VISITS, VALUE_NUMBER, N_("node")},
    {"earned", DO_EARNED, VALUE_TRUTH, N_("point")},
    {"said", DO_SAID, VALUE_TRUTH, N_("reply")},
    {"done", DO_DONE, VALUE_NUMBER, N_("action")},
    {"shown", DO_SHOWN, VALUE_NUMBER, N_("behaviour")},
    {"read", DO_READ, VALUE_TRUTH, N_("article")},
    {"revealed", DO_REVEALED, VALUE_TRUTH, N_("fact")},
};
#define QUESTIONS (sizeof questions / sizeof *questions)

static int64_t find_asked(struct parser *parser, enum operation operation, const char *id,
                          const struct names **names) {
    switch (operation) {
    case DO_VISITS:
        *names = parser->names->places;
        return find_node(parser, id);
    case DO_SAID:
        *names = parser->names->places;
        return find_reply(parser, id, names);
    case DO_SHOWN:
        *names = NULL;
        return behaviour_from(id);
    case DO_EARNED:
        *names = parser->names->points;
        break;
    case DO_READ:
        *names = parser->names->articles;
        break;
    case DO_REVEALED:
        *names = parser->names->facts;
        break;
    default:
        *names = parser->names->actions;
    }
    return find_in(*names, id);
}

static enum value_type parse_question(struct parser *parser, const struct question *question) {
    char id[136];
    size_t at;
    const struct names *names;
    advance(parser);
    if (!parse_id(parser, id, sizeof id, &at))
        return VALUE_UNKNOWN;
    int64_t number = find_asked(parser, question->operation, id, &names);
    if (number < 0)
        unknown_name(parser, at, _(question->what), id, names);
    emit_value(parser, question->operation, number);
    return question->type;
}

static const struct {
    const char *word;
    enum operation operation;
    int64_t argument;
    enum value_type type;
} constants[] = {
    {"true", DO_PUSH, 1, VALUE_TRUTH},
    {"false", DO_PUSH, 0, VALUE_TRUTH},
    {"mood", DO_MOOD, 0, VALUE_NUMBER},
    {"patience", DO_PATIENCE, 0, VALUE_NUMBER},
    {"elapsed", DO_ELAPSED, 0, VALUE_NUMBER},
    {"amount", DO_AMOUNT, 0, VALUE_NUMBER},
    {"transfers", DO_TRANSFERS, 0, VALUE_NUMBER},
    {"repeats", DO_REPEATS, 0, VALUE_NUMBER},
    {"case_s", DO_CASE_TIME, 0, VALUE_NUMBER},
    {"supervisor", DO_SUPERVISOR, 0, VALUE_TRUTH},
    {"rating", DO_RATING, 0, VALUE_NUMBER},
    {"lookups", DO_LOOKUPS, 0, VALUE_NUMBER},
    {"verified", DO_VERIFIED, 0, VALUE_TRUTH},
    {"ticket_saved", DO_TICKET_SAVED, 0, VALUE_TRUTH},
};
#define CONSTANTS (sizeof constants / sizeof *constants)

/* The words of the first day: no variable may ever have been called so. A script may have a
 * variable of a name that expressions learnt later; there the name stays the variable's. */
#define FIRST_CONSTANTS 5
#define FIRST_QUESTIONS 3

bool expression_word(const char *word) {
    for (size_t i = 0; i < FIRST_CONSTANTS; i++)
        if (strcmp(constants[i].word, word) == 0)
            return true;
    for (size_t i = 0; i < FIRST_QUESTIONS; i++)
        if (strcmp(questions[i].word, word) == 0)
            return true;
    return !strcmp(word, "and") || !strcmp(word, "or") || !strcmp(word, "not");
}

static enum value_type parse_variable(struct parser *parser) {
    char name[72];
    size_t at = parser->at;
    snprintf(name, sizeof name, "%.*s", token_length(parser), parser->source + at);
    int64_t number = find_in(parser->names->variables, name);
    if (number < 0)
        unknown_name(parser, at, _("variable"), name, parser->names->variables);
    advance(parser);
    if (token_is(parser, "("))
        fault_at(parser, CODE_EXPRESSION_SYNTAX, at,
                 _("`%s(` is nothing one can ask; there are visits(…), earned(…), said(…), "
                   "done(…), shown(…), read(…) and revealed(…)"),
                 name);
    emit_value(parser, DO_VARIABLE, number);
    if (number < 0)
        return VALUE_UNKNOWN;
    return parser->names->variable_list[number].truth ? VALUE_TRUTH : VALUE_NUMBER;
}

static bool is_variable(const struct parser *parser) {
    const struct names *names = parser->names->variables;
    return names && names_find(names, parser->source + parser->at, parser->end - parser->at) >= 0;
}

static enum value_type parse_name(struct parser *parser) {
    if (is_variable(parser))
        return parse_variable(parser);
    for (size_t i = 0; i < CONSTANTS; i++)
        if (token_is(parser, constants[i].word)) {
            emit_value(parser, constants[i].operation, constants[i].argument);
            advance(parser);
            return constants[i].type;
        }
    for (size_t i = 0; i < QUESTIONS; i++)
        if (token_is(parser, questions[i].word))
            return parse_question(parser, &questions[i]);
    if (token_is(parser, "and") || token_is(parser, "or")) {
        unexpected(parser, _("a number or a name"));
        return VALUE_UNKNOWN;
    }
    return parse_variable(parser);
}

static enum value_type parse_prefixed(struct parser *parser, enum operation operation, int binding,
                                      enum value_type type, const char *sign) {
    size_t at = parser->at;
    advance(parser);
    want_type(parser, at, type, parse_binary(parser, binding), sign);
    emit_one(parser, operation);
    return type;
}

static enum value_type parse_bracket(struct parser *parser) {
    advance(parser);
    enum value_type type = parse_binary(parser, 0);
    if (!token_is(parser, ")"))
        unexpected(parser, "`)`");
    advance(parser);
    return type;
}

static enum value_type parse_operand(struct parser *parser) {
    enum value_type type = VALUE_UNKNOWN;
    if (++parser->nesting > NESTING)
        fault_at(parser, CODE_EXPRESSION_SYNTAX, parser->at,
                 _("more than %d things inside each other; use a variable for some of them"),
                 NESTING);
    if (parser->broken)
        type = VALUE_UNKNOWN;
    else if (token_is(parser, "not"))
        type = parse_prefixed(parser, DO_NOT, BINDING_NOT, VALUE_TRUTH, "not");
    else if (token_is(parser, "-"))
        type = parse_prefixed(parser, DO_NEGATE, BINDING_NEGATE, VALUE_NUMBER, "-");
    else if (token_is(parser, "("))
        type = parse_bracket(parser);
    else if (is_digit(parser->source[parser->at]))
        type = parse_digits(parser);
    else if (is_letter(parser->source[parser->at]))
        type = parse_name(parser);
    else
        unexpected(parser, _("a number or a name"));
    parser->nesting--;
    return type;
}

static int operator_here(const struct parser *parser) {
    for (size_t i = 0; i < OPERATORS; i++)
        if (token_is(parser, operators[i].sign))
            return (int)i;
    return -1;
}

static enum value_type parse_binary(struct parser *parser, int binding) {
    enum value_type left = parse_operand(parser);
    int found;
    while (!parser->broken && (found = operator_here(parser)) >= 0) {
        const struct operator* operator= & operators[found];
        size_t at = parser->at;
        if (operator->binding <= binding)
            break;
        advance(parser);
        enum value_type right = parse_binary(parser, operator->binding);
        want_type(parser, at, operator->takes, left, operator->sign);
        want_type(parser, at, operator->takes == VALUE_UNKNOWN ? left : operator->takes,
                  right, operator->sign);
        emit_two(parser, DO_OR + (enum operation)found);
        left = operator->gives;
    }
    return left;
}

/* ---- from outside ---- */

static struct expression *finished(struct arena *arena, const struct instruction *code,
                                   size_t count, enum value_type type, const uint32_t *same) {
    struct expression *expression = arena_take(arena, sizeof *expression);
    struct instruction *kept = arena_take(arena, count * sizeof *kept);
    memcpy(kept, code, count * sizeof *kept);
    expression->code = kept;
    expression->count = (uint32_t)count;
    expression->type = type;
    expression->same = same;
    return expression;
}

struct expression *expression_compile(const char *source, const struct expression_names *names,
                                      struct arena *arena, struct expression_fault *fault) {
    struct parser parser; /* its code needs no clearing */
    memset(&parser, 0, offsetof(struct parser, code));
    parser.source = source;
    parser.names = names;
    parser.fault = fault;
    advance(&parser);
    enum value_type type = parse_binary(&parser, 0);
    if (!parser.broken && source[parser.at])
        unexpected(&parser, _("an operator or the end"));
    return parser.faulted ? NULL : finished(arena, parser.code, parser.count, type, parser.same);
}

struct expression *expression_constant(int64_t value, enum value_type type, struct arena *arena) {
    struct instruction push = {DO_PUSH, expression_saturated(value)};
    return finished(arena, &push, 1, type, NULL);
}
