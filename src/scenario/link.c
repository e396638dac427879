#include "scenario/link.h"

#include <stdlib.h>
#include <string.h>

/* ---- placeholders ---- */

static bool is_customers_own(const struct scenario *scenario, const void *where) {
    const char *at = where;
    const char *card = (const char *)scenario->card;
    const char *name = (const char *)&scenario->customer_name;
    return (at >= name && at < name + sizeof scenario->customer_name) ||
           (card && at >= card && at < card + scenario->card_count * sizeof *scenario->card);
}

static const char *placeholder(const struct reader *reader, const char *word, size_t length,
                               int language) {
    const struct scenario *scenario = reader->scenario;
    if (length == 4 && memcmp(word, "name", 4) == 0)
        return scenario->customer_name.in[language];
    if (length <= 5 || memcmp(word, "card:", 5) != 0)
        return NULL;
    int64_t field = names_find(&reader->sources->card, word + 5, length - 5);
    return field < 0 ? NULL : scenario->card[field].value.in[language];
}

static void bad_placeholder(struct reader *reader, const struct later *later, const char *word,
                            size_t length) {
    struct buffer guess = {0};
    char *name = memory_text_of(word, length);
    /* A string that serves both languages is read twice and told once. */
    if (later->detail == LANGUAGE_ZH || !cJSON_IsString(later->node)) {
        if (length > 5 && memcmp(word, "card:", 5) == 0)
            report(reader, later->node, CODE_BAD_PLACEHOLDER, _("no card field %s"),
                   with_guess(reader, name + 5, NULL, &reader->sources->card, &guess));
        else
            report(reader, later->node, CODE_BAD_PLACEHOLDER,
                   _("`{%s}` stands for nothing: there are {name} and {card:ID}; `{{` is a plain "
                     "brace"),
                   name);
    }
    buffer_free(&guess);
    free(name);
}

static void put_placeholder(struct reader *reader, const struct later *later, const char **at,
                            struct buffer *out) {
    const char *word = *at + 1;
    size_t length = strcspn(word, "{}");
    const char *value = placeholder(reader, word, length, later->detail);
    bool own = is_customers_own(reader->scenario, later->where);
    if (value && word[length] == '}' && !own)
        buffer_add_text(out, value);
    else
        bad_placeholder(reader, later, word, length);
    *at = word + length + (word[length] == '}');
}

static void link_placeholder(struct reader *reader, const struct later *later) {
    const char **where = later->where, *at = *where;
    struct buffer *out = &reader->work;
    buffer_clear(out);
    while (*at) {
        size_t plain = strcspn(at, "{");
        buffer_add(out, at, plain);
        at += plain;
        if (at[0] == '{' && ((at[1] >= 'a' && at[1] <= 'z') || (at[1] >= 'A' && at[1] <= 'Z')))
            put_placeholder(reader, later, &at, out);
        else if (*at) {
            buffer_add_byte(out, '{');
            at += at[1] == '{' ? 2 : 1;
        }
    }
    *where = arena_text_of(reader->arena, buffer_text(out), out->length);
}

/* ---- ids ---- */

static const char *space_name(enum space space) {
    switch (space) {
    case SPACE_NODE:
        return _("node");
    case SPACE_ENDING:
        return _("ending");
    case SPACE_POINT:
        return _("point");
    case SPACE_SCENE:
        return _("scene");
    case SPACE_CARD:
        return _("card field");
    default:
        return _("fact");
    }
}

static const struct names *space_names(const struct reader *reader, enum space space) {
    switch (space) {
    case SPACE_POINT:
        return &reader->sources->points;
    case SPACE_SCENE:
        return &reader->sources->scenes_by_id;
    case SPACE_FACT:
        return &reader->sources->facts;
    case SPACE_CARD:
        return &reader->sources->card;
    default:
        return &reader->sources->places_by_id;
    }
}

/* The place an id names where it stands: in a scene its own node, else a node or ending of the
 * script. A scene does not lead to nodes outside it. -1 when there is none. */
static int64_t find_place(const struct reader *reader, const char *id, uint32_t scene) {
    const struct names *names = &reader->sources->places_by_id;
    if (scene == SCENE_NONE)
        return strchr(id, '.') ? -1 : names_find(names, id, strlen(id));
    struct buffer full = {0};
    buffer_printf(&full, "%s.%s", reader->scenario->scenes[scene].id, id);
    int64_t number = names_find(names, buffer_text(&full), full.length);
    buffer_free(&full);
    if (number >= 0)
        return number;
    number = names_find(names, id, strlen(id));
    return number >= 0 && (number & PLACE_ENDING) ? number : -1;
}

static int64_t find_thing(const struct reader *reader, enum space space, const char *id,
                          uint32_t scene) {
    if (space != SPACE_NODE && space != SPACE_ENDING)
        return names_find(space_names(reader, space), id, strlen(id));
    int64_t number = find_place(reader, id, scene);
    if (number < 0 || !(number & PLACE_ENDING) != (space == SPACE_NODE))
        return -1;
    return number & ~(int64_t)PLACE_ENDING;
}

static void no_such(struct reader *reader, const cJSON *node, bool at_key, const char *what,
                    const char *id, const struct names *names) {
    struct buffer guess = {0};
    bool elsewhere = names_find(names, id, strlen(id)) >= 0;
    with_guess(reader, id, NULL, elsewhere ? NULL : names, &guess);
    const char *why =
        elsewhere ? _("; what has this name is of another kind, or cannot be reached from here")
                  : "";
    if (at_key)
        report_key(reader, node, CODE_UNKNOWN_ID, _("no %s %s%s"), what, buffer_text(&guess), why);
    else
        report(reader, node, CODE_UNKNOWN_ID, _("no %s %s%s"), what, buffer_text(&guess), why);
    buffer_free(&guess);
}

static void link_reference(struct reader *reader, const struct later *later) {
    enum space space = later->detail;
    const char *id = later->node->valuestring;
    int64_t number = find_thing(reader, space, id, later->scene);
    if (number < 0)
        no_such(reader, later->node, false, space_name(space), id, space_names(reader, space));
    else if (later->where)
        *(uint32_t *)later->where = (uint32_t)number;
}

static void link_target(struct reader *reader, const struct later *later) {
    struct target *target = later->where;
    const char *id = later->node->valuestring;
    if (strcmp(id, "return") == 0) {
        *target = (struct target){TARGET_RETURN, 0};
        if (later->scene == SCENE_NONE)
            report(
                reader, later->node, CODE_RETURN_OUTSIDE,
                _("\"return\" goes back from a scene, and this is none: name a node or an ending"));
        return;
    }
    int64_t number = find_place(reader, id, later->scene);
    if (number < 0)
        no_such(reader, later->node, false, _("node or ending"), id,
                &reader->sources->places_by_id);
    else if (number & PLACE_ENDING)
        *target = (struct target){TARGET_ENDING, (uint32_t)number & ~PLACE_ENDING};
    else
        *target = (struct target){TARGET_NODE, (uint32_t)number};
}

/* ---- marks and trips ---- */

static void link_mark(struct reader *reader, const struct later *later) {
    bool trip = later->kind == LATER_TRIP;
    const char *id = trip ? later->node->valuestring : later->node->string;
    const struct names *names = &reader->sources->points;
    struct mark *mark = later->where;
    int64_t number = names_find(names, id, strlen(id));
    if (number < 0) {
        no_such(reader, later->node, !trip, _("point"), id, names);
        return;
    }
    enum point_kind kind = reader->scenario->points[number].kind;
    bool negative = kind == POINT_NEGATIVE || kind == POINT_CRITICAL;
    mark->point = (uint32_t)number;
    if (trip && !negative)
        report(reader, later->node, CODE_KIND_MISMATCH,
               _("`%s` is earned, not tripped: put it under `marks`"), id);
    if (!trip && negative)
        report_key(reader, later->node, CODE_KIND_MISMATCH,
                   _("`%s` is tripped, not earned: put it under `trips`"), id);
}

/* ---- expressions ---- */

/* What no expression asks for need not be told apart when states are compared. */
static void note_asked(struct scenario *scenario, const struct expression *expression) {
    for (uint32_t i = 0; i < expression->count; i++) {
        const struct instruction *at = &expression->code[i];
        if (at->operation == DO_SHOWN)
            scenario->asked_behaviours |= 1u << at->argument;
        scenario->asks_done |= at->operation == DO_DONE;
        scenario->asks_transfers |= at->operation == DO_TRANSFERS;
        scenario->asks_repeats |= at->operation == DO_REPEATS;
    }
}

static struct expression *compile(struct reader *reader, const struct later *later) {
    struct expression_fault fault;
    size_t line, column;
    struct expression *expression = scenario_compile(reader->scenario, later->node->valuestring,
                                                     later->scene, reader->arena, &fault);
    if (!expression) {
        json_position(reader->json, string_offset(reader->json, later->node, fault.at), &line,
                      &column);
        findings_add(reader->findings, FINDING_ERROR, code_table[fault.code].word,
                     reader->json->name, line, column, "%s", fault.text);
        return NULL;
    }
    expression->document = later->document;
    expression->place = later->node;
    note_asked(reader->scenario, expression);
    return expression;
}

static void link_expression(struct reader *reader, const struct later *later) {
    struct expression *expression = compile(reader, later);
    if (expression && later->detail == VALUE_TRUTH && expression->type == VALUE_NUMBER)
        report(reader, later->node, CODE_EXPRESSION_TYPE,
               _("a condition must be true or false, and this is a number: compare it with one"));
    *(const struct expression **)later->where = expression;
}

static struct expression *value_of(struct reader *reader, const struct later *later) {
    const cJSON *node = later->node;
    if (cJSON_IsString(node))
        return compile(reader, later);
    enum value_type type = cJSON_IsBool(node) ? VALUE_TRUTH : VALUE_NUMBER;
    int64_t value = type == VALUE_TRUTH ? cJSON_IsTrue(node) : (int64_t)node->valuedouble;
    struct expression *expression = expression_constant(value, type, reader->arena);
    expression->document = later->document;
    expression->place = node;
    return expression;
}

static void link_set(struct reader *reader, const struct later *later) {
    struct effect *effect = later->where;
    const char *name = later->node->string;
    int64_t number = names_find(&reader->sources->variables, name, strlen(name));
    struct expression *value = value_of(reader, later);
    if (number < 0) {
        no_such(reader, later->node, true, _("variable"), name, &reader->sources->variables);
        return;
    }
    bool truth = reader->scenario->variables[number].truth;
    if (value && (value->type == VALUE_TRUTH) != truth)
        report(reader, later->node, CODE_EXPRESSION_TYPE,
               truth ? _("`%s` is true or false, and this is a number")
                     : _("`%s` is a number, and this is true or false"),
               name);
    *effect = (struct effect){(uint32_t)number, value};
}

void link_names(struct reader *reader) {
    typedef void link_function(struct reader *, const struct later *);
    static link_function *const links[] = {
        [LATER_PLACEHOLDER] = link_placeholder,
        [LATER_EXPRESSION] = link_expression,
        [LATER_REFERENCE] = link_reference,
        [LATER_TARGET] = link_target,
        [LATER_SET] = link_set,
        [LATER_MARK] = link_mark,
        [LATER_TRIP] = link_mark,
        [LATER_RULE] = NULL,
    };
    for (size_t i = 0; i < reader->later_count; i++) {
        const struct later *later = &reader->later[i];
        reader->json = reader->sources->documents[later->document];
        if (links[later->kind])
            links[later->kind](reader, later);
    }
}

/* ---- the lexicon ---- */

static void add_rules(struct reader *reader, struct lexicon *lexicon) {
    for (size_t i = 0; i < reader->later_count; i++) {
        const struct later *later = &reader->later[i];
        if (later->kind == LATER_RULE)
            *(int *)later->where =
                lexicon_add_rule(lexicon, *later->id, reader->sources->documents[later->document],
                                 later->node, reader->findings);
    }
}

void link_lexicon(struct reader *reader) {
    const struct scenario *scenario = reader->scenario;
    struct scenario_sources *sources = reader->sources;
    struct lexicon *lexicon = sources->lexicon = lexicon_new();
    size_t errors = reader->findings->errors;
    for (size_t i = 0; i < sources->pack_count; i++) {
        const struct source_file *pack = &sources->packs[i];
        lexicon_add_pack(lexicon, pack->shown, buffer_text(&pack->text), pack->text.length,
                         reader->findings);
    }
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        for (const char *const *said = scenario->facts[i].said; *said; said++)
            lexicon_add_fact(lexicon, scenario->facts[i].id, *said);
    add_rules(reader, lexicon);
    link_card(reader, lexicon);
    if (reader->findings->errors == errors)
        lexicon_finish(lexicon, reader->findings);
    reader->scenario->lexicon = lexicon;
}
