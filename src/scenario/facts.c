/* What follows from facts, card and ticket of a script, and asking a loaded one for them. */
#include <ctype.h>
#include <string.h>

#include "scenario/link.h"
#include "scenario/words.h"

/* ---- asking ---- */

int scenario_fact(const struct scenario *scenario, const char *id) {
    return (int)names_find(&scenario->sources->facts, id, strlen(id));
}

int scenario_ticket(const struct scenario *scenario, const char *id) {
    return (int)names_find(&scenario->sources->ticket, id, strlen(id));
}

enum grade scenario_grade(uint32_t urgency, uint32_t impact) {
    uint32_t product = urgency * impact;
    return product >= 6 ? GRADE_URGENT : product >= 3 ? GRADE_IMPORTANT : GRADE_GENERAL;
}

const char *ticket_label(const struct ticket_field *field, enum language language) {
    static const char *const standard[][2] = {
        {"who", N_("Who")},           {"what", N_("What")},       {"since", N_("Since when")},
        {"category", N_("Category")}, {"urgency", N_("Urgency")}, {"impact", N_("Impact")},
        {"grade", N_("Grade")},       {"cause", N_("Cause")},     {"solution", N_("Solution")},
        {"next", N_("Next step")},
    };
    if (*field->label.in[language])
        return field->label.in[language];
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        if (!strcmp(field->id, standard[i][0]))
            return _(standard[i][1]);
    return field->id;
}

uint32_t ticket_values(const struct ticket_field *field) {
    switch (field->kind) {
    case TICKET_CHOICE:
        return field->option_count;
    case TICKET_TEXT:
        return 0;
    case TICKET_GRADE:
        return GRADE_COUNT;
    default:
        return 3;
    }
}

const char *ticket_value(const struct ticket_field *field, uint32_t number) {
    static const char *const levels[] = {"1", "2", "3"};
    if (field->kind == TICKET_CHOICE)
        return field->options[number].id;
    return field->kind == TICKET_GRADE ? grade_word((enum grade)number) : levels[number];
}

const char *ticket_value_label(const struct ticket_field *field, uint32_t number,
                               enum language language) {
    static const char *const levels[] = {N_("low"), N_("medium"), N_("high")};
    if (field->kind == TICKET_CHOICE)
        return field->options[number].text.in[language];
    return field->kind == TICKET_GRADE ? grade_label((enum grade)number) : _(levels[number]);
}

bool ticket_right(const struct scenario *scenario, const struct ticket_field *field,
                  uint32_t number) {
    switch (field->kind) {
    case TICKET_CHOICE:
        return field->options[number].right;
    case TICKET_URGENCY:
        return number + 1 == scenario->urgency;
    case TICKET_IMPACT:
        return number + 1 == scenario->impact;
    default:
        return number == scenario_grade(scenario->urgency, scenario->impact);
    }
}

/* ---- linking ---- */

static void hide(struct scenario *scenario, const struct change *change) {
    for (uint32_t i = 0; i < change->reveal_count; i++)
        ((struct fact *)&scenario->facts[change->reveals[i]])->hidden = true;
}

static void hide_steps(struct scenario *scenario, const struct silence_step *steps,
                       uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        hide(scenario, &steps[i].change);
}

/* A fact is hidden when it says how it comes out, or when some change brings it out. */
static void hide_facts(struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        const struct node *node = &scenario->nodes[i];
        for (uint32_t k = 0; k < node->reply_count; k++)
            hide(scenario, &node->replies[k].change);
        for (uint32_t k = 0; k < node->typed_rule_count; k++)
            hide(scenario, &node->typed_rules[k].change);
        hide(scenario, node->otherwise);
        hide_steps(scenario, node->silence, node->silence_count);
    }
    hide_steps(scenario, scenario->hold, scenario->hold_count);
    for (uint32_t i = 0; i < scenario->action_count; i++) {
        hide(scenario, &scenario->actions[i].change);
        if (scenario->actions[i].outside)
            hide(scenario, scenario->actions[i].outside);
    }
    hide(scenario, &scenario->second_line.change);
    for (uint32_t i = 0; i < scenario->article_count; i++)
        hide(scenario, &scenario->articles[i].change);
    for (uint32_t i = 0; i < scenario->proposal_count; i++)
        hide(scenario, &scenario->proposals[i].change);
    for (uint32_t i = 0; i < scenario->fact_count; i++) {
        scenario->hidden_count += scenario->facts[i].hidden;
        scenario->needed_count += scenario->facts[i].needed;
    }
}

static bool tells(const struct scenario *scenario, const struct text *says) {
    for (uint32_t i = 0; i < scenario->card_count; i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            if (scenario->card[i].private &&
                strstr(says->in[language], scenario->card[i].value.in[language]))
                return true;
    return false;
}

static bool has_private(const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->card_count; i++)
        if (scenario->card[i].private)
            return true;
    return false;
}

static void find_tellers(struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->node_count; i++)
        for (uint32_t k = 0; k < scenario->nodes[i].reply_count; k++) {
            struct reply *reply = (struct reply *)&scenario->nodes[i].replies[k];
            reply->tells_card = tells(scenario, &reply->says);
        }
}

/* The digits of a private value, so that it is told from other numbers in what is typed; NULL when
 * it is no number. */
static const char *digits_of(struct arena *arena, const char *value) {
    char digits[32];
    size_t count = 0;
    for (; *value; value++) {
        if (isdigit((unsigned char)*value) && count < sizeof digits - 1)
            digits[count++] = *value;
        else if (!strchr(" -", *value))
            return NULL;
    }
    digits[count] = '\0';
    return count ? arena_text(arena, digits) : NULL;
}

/* Numbers of the card are invented like those that the script reserves: masking one as `<phone>`
 * would hide that the trainee told it. */
static void reserve_private(struct reader *reader, struct scenario *scenario) {
    uint32_t count = 0;
    while (scenario->reserved && scenario->reserved[count])
        count++;
    const char **all = arena_take(
        reader->arena, (count + LANGUAGE_COUNT * scenario->card_count + 1) * sizeof *all);
    memcpy(all, scenario->reserved ? scenario->reserved : all, count * sizeof *all);
    for (uint32_t i = 0; i < scenario->card_count; i++)
        for (int language = 0; scenario->card[i].private && language < LANGUAGE_COUNT; language++) {
            all[count] = digits_of(reader->arena, scenario->card[i].value.in[language]);
            count += all[count] != NULL;
        }
    all[count] = NULL;
    scenario->reserved = all;
}

void link_facts(struct reader *reader, struct scenario *scenario) {
    hide_facts(scenario);
    scenario->after_call |= scenario->ticket_count > 0;
    for (uint32_t i = 0; i < scenario->ticket_count; i++)
        if (scenario->ticket[i].point != TICKET_NO_POINT)
            ((struct point *)&scenario->points[scenario->ticket[i].point])->on_ticket = true;
    if (!has_private(scenario))
        return;
    find_tellers(scenario);
    reserve_private(reader, scenario);
}

/* A point that guards the card recognises its values without a rule of its own. */
static void add_guard(struct reader *reader, struct lexicon *lexicon, struct point *point) {
    static const char rule[] = "{\"groups\": [{\"any\": [{\"card\": \"*\"}]}]}";
    struct json *json = json_parse("", rule, strlen(rule), reader->findings);
    point->rule = lexicon_add_rule(lexicon, point->id, json, json->root, reader->findings);
    json_free(json);
}

void link_card(struct reader *reader, struct lexicon *lexicon) {
    const struct scenario *scenario = reader->scenario;
    if (!has_private(scenario))
        return;
    for (uint32_t i = 0; i < scenario->card_count; i++)
        for (int language = 0; scenario->card[i].private && language < LANGUAGE_COUNT; language++)
            lexicon_add_card(lexicon, scenario->card[i].id, scenario->card[i].value.in[language]);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (scenario->points[i].tells_card && scenario->points[i].rule < 0)
            add_guard(reader, lexicon, (struct point *)&scenario->points[i]);
}
