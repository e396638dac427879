/* What the tables of the format cannot say alone: values with two shapes, pools that several files
 * fill, and what must hold between the keys of one object. */
#include <math.h>
#include <string.h>

#include "scenario/format_case.h"

/* ---- lines ---- */

void read_plain_line(struct reader *reader, const struct field *field, const cJSON *value,
                     char *base) {
    static const struct field text = {.kind = FIELD_TEXT};
    struct text *variant = arena_take(reader->arena, sizeof *variant);
    field_read(reader, &text, value, (char *)variant);
    if (base)
        *(struct line *)base = (struct line){.variants = variant, .variant_count = 1};
}

/* ---- changes ---- */

static uint32_t members(const cJSON *object) {
    uint32_t count = 0;
    const cJSON *member;
    cJSON_ArrayForEach(member, object) count += !key_is_free(member->string);
    return count;
}

static bool is_map(struct reader *reader, const struct field *field, const cJSON *value) {
    static const struct field object = {.kind = FIELD_OBJECT};
    if (!cJSON_IsObject(value)) {
        field_read(reader, &object, value, NULL); /* says that it must be an object */
        return false;
    }
    if (members(value) <= (uint32_t)field->high)
        return true;
    report(reader, value, CODE_OUT_OF_RANGE, _("more than %d entries in one object"), field->high);
    return false;
}

static bool is_value(struct reader *reader, const cJSON *value) {
    if (cJSON_IsBool(value) || (cJSON_IsString(value) && *value->valuestring))
        return true;
    if (cJSON_IsNumber(value)) {
        double number = value->valuedouble;
        if (number == floor(number) && fabs(number) <= (double)EXPRESSION_LIMIT)
            return true;
        report(reader, value, CODE_OUT_OF_RANGE, _("only whole numbers up to 2^53"));
        return false;
    }
    report(reader, value, CODE_WRONG_TYPE,
           _("this must be a whole number, true, false, or an expression in quotes"));
    return false;
}

void read_effects(struct reader *reader, const struct field *field, const cJSON *value,
                  char *base) {
    const cJSON *member;
    uint32_t count = 0;
    if (!is_map(reader, field, value) || !base)
        return;
    struct effect *effects = arena_take(reader->arena, members(value) * sizeof *effects);
    cJSON_ArrayForEach(member, value) if (!key_is_free(member->string) && is_value(reader, member))
        later_add(reader, LATER_SET, 0, &effects[count++], member);
    memcpy(base + field->offset, &effects, sizeof(effects));
    *(uint32_t *)(base + field->count_offset) = count;
}

void read_marks(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    reader->marks = is_map(reader, field, value) ? value : NULL;
}

void read_trips(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    size_t errors = reader->findings->errors;
    static const struct field string = {.kind = FIELD_STRING, .offset = NOWHERE};
    static const struct field strings = {.kind = FIELD_LIST,
                                         .offset = NOWHERE,
                                         .count_offset = NOWHERE,
                                         .high = 8,
                                         .element = &string};
    field_read(reader, &strings, value, NULL);
    reader->trips = reader->findings->errors == errors ? value : NULL;
}

/* Marks and trips are one list: first the earned, then the tripped. */
void finish_change(struct reader *reader, const cJSON *object, char *base) {
    struct change *change = (struct change *)base;
    const cJSON *member;
    uint32_t room = members(reader->marks), count = 0;
    cJSON_ArrayForEach(member, reader->trips) room++;
    struct mark *marks = room ? arena_take(reader->arena, room * sizeof *marks) : NULL;
    const struct field credit = {
        .kind = FIELD_CREDIT, .offset = offsetof(struct mark, halves), .size = 1};
    cJSON_ArrayForEach(member, reader->marks) {
        if (key_is_free(member->string))
            continue;
        field_read(reader, &credit, member, (char *)&marks[count]);
        later_add(reader, LATER_MARK, 0, &marks[count++], member);
    }
    cJSON_ArrayForEach(member, reader->trips)
        later_add(reader, LATER_TRIP, 0, &marks[count++], member);
    change->marks = marks;
    change->mark_count = count;
    reader->marks = reader->trips = NULL;
}

void finish_step(struct reader *reader, const cJSON *object, char *base) {
    const struct silence_step *step = (const struct silence_step *)base;
    if (step && step->repeats && step->change.patience >= 0)
        report(reader, object, CODE_OUT_OF_RANGE,
               _("a step that repeats must cost patience, or the customer waits for ever"));
    finish_change(reader, object, (char *)&((struct silence_step *)base)->change);
}

void finish_reply(struct reader *reader, const cJSON *object, char *base) {
    struct reply *reply = (struct reply *)base;
    finish_change(reader, object, (char *)&reply->change);
    if (!reply->why.in[LANGUAGE_ZH])
        reply->why = (struct text){{"", ""}};
}

void finish_typed(struct reader *reader, const cJSON *object, char *base) {
    finish_change(reader, object, (char *)&((struct typed_rule *)base)->change);
}

/* ---- rules ---- */

void finish_rule(struct reader *reader, const cJSON *object, char *base) {
    if (!member_of(object, "behaviours") && !member_of(object, "groups"))
        report(reader, object, CODE_MISSING_KEY,
               _("a rule needs `behaviours` or `groups`, else every reply would meet it"));
}

/* A rule goes to the language room only when its shape is right, so that nothing is told twice. */
void read_rule(struct reader *reader, const cJSON *value, int *rule, const char *const *id) {
    size_t errors = reader->findings->errors;
    shape_read(reader, &shape_rule, value, NULL);
    if (!rule || reader->findings->errors != errors)
        return;
    later_add(reader, LATER_RULE, 0, rule, value);
    reader->later[reader->later_count - 1].id = id;
}

void read_typed_rule(struct reader *reader, const struct field *field, const cJSON *value,
                     char *base) {
    struct typed_rule *typed = (struct typed_rule *)base;
    read_rule(reader, value, base ? &typed->rule : NULL, base ? &typed->id : NULL);
}

void read_point_rule(struct reader *reader, const struct field *field, const cJSON *value,
                     char *base) {
    struct point *point = (struct point *)base;
    read_rule(reader, value, base ? &point->rule : NULL, base ? &point->id : NULL);
}

/* ---- nodes ---- */

void read_accepts(struct reader *reader, const struct field *field, const cJSON *value,
                  char *base) {
    enum { BOTH, CHOICE, TYPED };
    const struct field word = {.kind = FIELD_WORD, .words = field->words, .size = sizeof(int)};
    struct node *node = (struct node *)base;
    int chosen = BOTH;
    field_read(reader, &word, value, (char *)&chosen);
    if (node) {
        node->accepts_choice = chosen != TYPED;
        node->accepts_typed = chosen != CHOICE;
    }
}

static const cJSON *child_at(const cJSON *list, uint32_t index) {
    const cJSON *child = list ? list->child : NULL;
    while (child && index--)
        child = child->next;
    return child;
}

/* At most 100 replies stand in a node, so that comparing all pairs is the cheapest way. */
static void find_twins(struct reader *reader, const cJSON *object, const char *key,
                       const char *first, const char *second, uint32_t index) {
    if (!first || !second || strcmp(first, second) != 0)
        return;
    const cJSON *twin = child_at(member_of(object, key), index);
    report(reader, twin ? twin : object, CODE_DUPLICATE_ID,
           _("`%s` is taken by another one of this node"), second);
}

static void check_reply_ids(struct reader *reader, const cJSON *object, const struct node *node) {
    for (uint32_t i = 0; i < node->reply_count; i++)
        for (uint32_t j = 0; j < i; j++)
            find_twins(reader, object, "replies", node->replies[j].id, node->replies[i].id, i);
    for (uint32_t i = 0; i < node->typed_rule_count; i++)
        for (uint32_t j = 0; j < i; j++)
            find_twins(reader, object, "typed", node->typed_rules[j].id, node->typed_rules[i].id,
                       i);
}

void finish_node(struct reader *reader, const cJSON *object, char *base) {
    struct node *node = (struct node *)base;
    if (!node)
        return;
    node->scene = reader->scene;
    for (uint32_t i = 0; i < node->reply_count; i++)
        ((struct reply *)node->replies)[i].number = reader->scenario->reply_count++;
    if (!node->reply_count)
        node->accepts_choice = false;
    check_reply_ids(reader, object, node);
    check_later_steps(reader, object, node);
}

/* ---- points ---- */

static void fits_kind(struct reader *reader, const cJSON *object, const char *key, bool wanted,
                      bool needed, const char *kind) {
    const cJSON *member = member_of(object, key);
    if (member && !wanted)
        report_key(reader, member, CODE_KIND_MISMATCH, _("`%s` is for points of kind `%s` only"),
                   key, kind);
    if (!member && needed)
        report(reader, object, CODE_KIND_MISMATCH, _("a point of kind `%s` needs `%s`"), kind, key);
}

void finish_point(struct reader *reader, const cJSON *object, char *base) {
    struct point *point = (struct point *)base;
    if (!point)
        return;
    bool ordered = point->kind == POINT_ORDERED;
    point->stage = key_action_stage(point->action);
    if (!point->better.in[LANGUAGE_ZH])
        point->better = (struct text){{"", ""}};
    fits_kind(reader, object, "within_s", point->kind == POINT_TIMED, point->kind == POINT_TIMED,
              "timed");
    fits_kind(reader, object, "clock", point->kind == POINT_TIMED, false, "timed");
    fits_kind(reader, object, "harm", point->kind == POINT_CRITICAL, point->kind == POINT_CRITICAL,
              "critical");
    if (point->tells_card && (point->kind != POINT_CRITICAL || point->harm != HARM_COMPLIANCE))
        report(reader, object, CODE_KIND_MISMATCH,
               _("a point with `tells_card` is critical, and its `harm` is `compliance`"));
    if (point->within_turns && point_is_trip(point))
        report(reader, object, CODE_KIND_MISMATCH,
               _("`within_turns` is for points that are earned"));
    fits_kind(reader, object, "after", ordered, ordered && !member_of(object, "before"), "ordered");
    fits_kind(reader, object, "before", ordered, false, "ordered");
    finish_wording(reader, object, base);
}

void read_requirement(struct reader *reader, const struct field *field, const cJSON *value,
                      char *base) {
    static const struct field reference = {.kind = FIELD_REFERENCE, .space = SPACE_POINT};
    uint32_t *point = arena_take(reader->arena, sizeof *point);
    field_read(reader, &reference, value, (char *)point);
    if (base)
        *(struct requirement *)base = (struct requirement){.points = point, .count = 1};
}

/* ---- what several files fill ---- */

static bool is_list(struct reader *reader, const struct field *field, const cJSON *value) {
    struct field plain = *field;
    static const struct shape any = {.name = ""};
    plain.read = NULL;
    plain.offset = NOWHERE;
    plain.element = &(const struct field){.kind = FIELD_OBJECT, .shape = &any};
    if (cJSON_IsArray(value) && value->child) {
        uint32_t count = 0;
        const cJSON *child;
        cJSON_ArrayForEach(child, value) count++;
        if (count <= (uint32_t)field->high)
            return true;
        report(reader, value, CODE_OUT_OF_RANGE,
               _("%u things in this list; at most %d are allowed"), count, field->high);
        return false;
    }
    field_read(reader, &plain, value, NULL); /* says what is wrong with it, if anything is */
    return false;
}

/* The pools are large enough for all files: load.c counted before anything was read. */
static void read_pool(struct reader *reader, const struct field *field, const cJSON *value,
                      const void *pool, uint32_t *read) {
    if (!is_list(reader, field, value))
        return;
    list_read(reader, field, value, (char *)pool + (size_t)*read * field->size);
    const cJSON *child;
    cJSON_ArrayForEach(child, value)++ *read;
}

void read_nodes(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    read_pool(reader, field, value, reader->scenario->nodes, &reader->nodes_read);
}

void read_points(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    read_pool(reader, field, value, reader->scenario->points, &reader->points_read);
}

static bool name_is_good(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    static const char inside[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    if (expression_word(name))
        return false;
    return *name && strspn(name, letters) > 0 && !name[strspn(name, inside)] && strlen(name) <= 64;
}

static void read_variable(struct reader *reader, const cJSON *value, struct variable *variable) {
    if (cJSON_IsString(value)) {
        report(reader, value, CODE_WRONG_TYPE,
               _("a variable starts with a whole number, true or false"));
    } else if (is_value(reader, value)) {
        variable->truth = cJSON_IsBool(value);
        variable->start = variable->truth ? cJSON_IsTrue(value) : (int64_t)value->valuedouble;
    }
}

/* A name stands in the key of its value, or is a value of its own. */
static void report_name(struct reader *reader, const cJSON *place, bool at_key, enum code code,
                        const char *format, const char *name) {
    struct buffer text = {0};
    buffer_printf(&text, format, name);
    (at_key ? report_key : report)(reader, place, code, "%s", buffer_text(&text));
    buffer_free(&text);
}

uint32_t declare_variable(struct reader *reader, const char *name, const cJSON *place,
                          const cJSON *value) {
    uint32_t number = reader->variables_read++, own = number;
    struct variable *variable = (struct variable *)&reader->scenario->variables[number];
    bool at_key = place == value;
    variable->name = name;
    if (!name_is_good(name))
        report_name(reader, place, at_key, CODE_BAD_ID,
                    _("`%s` cannot name a variable: letters, digits and `_`, no digit first, and "
                      "no word of the expressions"),
                    name);
    read_variable(reader, value, variable);
    if (!names_add(&reader->sources->variables, reader->arena, name, &number))
        report_name(reader, place, at_key, CODE_DUPLICATE_ID,
                    _("the script or another scene has a variable `%s` already"), name);
    return own;
}

void read_variables(struct reader *reader, const struct field *field, const cJSON *value,
                    char *base) {
    const cJSON *member;
    if (!is_map(reader, field, value))
        return;
    cJSON_ArrayForEach(member, value) {
        if (key_is_free(member->string))
            continue;
        uint32_t number = declare_variable(reader, member->string, member, member);
        const struct variable *variable = &reader->scenario->variables[number];
        place_add(reader->sources, variable, sizeof *variable, 1, reader->document, member);
    }
}

void read_scenes(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (is_list(reader, field, value))
        ((struct script *)base)->scene_list = value;
}

void read_weights(struct reader *reader, const struct field *field, const cJSON *value,
                  char *base) {
    struct scenario *scenario = (struct scenario *)base;
    memset(scenario->stage_weights, 0, sizeof scenario->stage_weights);
    shape_read(reader, field->shape, value, base);
}

void finish_weights(struct reader *reader, const cJSON *object, char *base) {
    const struct scenario *scenario = (const struct scenario *)base;
    uint32_t sum = 0;
    for (int i = 0; i < STAGE_COUNT; i++)
        sum += scenario->stage_weights[i];
    if (sum != 1000)
        report(reader, object, CODE_WEIGHTS_SUM, _("these shares sum to %u.%03u, and must to 1"),
               sum / 1000, sum % 1000);
}
