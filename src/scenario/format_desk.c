/* The tables of the desk: the account, the actions, the second line. */
#include <string.h>

#include "scenario/format_desk.h"

/* ---- the account ---- */

static const struct field account_fields[] = {
    {"id", FIELD_STRING, AT(account_entry, name), .required = true,
     .help = N_("its name in conditions, values and `set`, like a variable's")},
    {"label", FIELD_TEXT, AT(account_entry, label), .required = true,
     .help = N_("what the desk calls it")},
    {"start", FIELD_VALUE, UNSTORED, .required = true, .read = read_account_start,
     .help = N_("what it holds at the start: a whole number, true or false")},
};
static const struct shape shape_account = {.name = N_("account entry"),
                                           .help = N_("a line of the simulated account"),
                                           FIELDS(account_fields),
                                           .size = sizeof(struct account_entry),
                                           .finish = finish_account};
const struct field an_account_entry = {.kind = FIELD_OBJECT, .shape = &shape_account};

/* ---- actions ---- */

static const struct field amount_fields[] = {
    {"least", FIELD_WHOLE, AT(desk_action, least), .required = true, .low = 0, .high = 1000000000,
     .help = N_("the least amount that can be given")},
    {"most", FIELD_WHOLE, AT(desk_action, most), .required = true, .low = 0, .high = 1000000000,
     .help = N_("the most that can be given; what policy allows is another question")},
};
static const struct shape shape_amount = {.name = N_("amount"),
                                          .help = N_("the amounts that can be given"),
                                          FIELDS(amount_fields),
                                          .finish = finish_amount};

static const struct field on_fact_fields[] = {
    {"fact", FIELD_REFERENCE, AT(desk_action, target), .required = true, .space = SPACE_FACT,
     .help = N_("a fact that the customer has told, such as the order number")}};
static const struct field on_card_fields[] = {{"card", FIELD_REFERENCE, AT(desk_action, target),
                                               .required = true, .space = SPACE_CARD,
                                               .help = N_("a field of the card")}};
static const struct shape shape_on_fact = {
    .name = N_("fact to act on"), .help = N_("what it is done to"), FIELDS(on_fact_fields)};
static const struct shape shape_on_card = {
    .name = N_("card field to act on"), .help = N_("what it is done to"), FIELDS(on_card_fields)};
static const struct field target_forms[] = {
    {.kind = FIELD_OBJECT, .shape = &shape_on_fact},
    {.kind = FIELD_OBJECT, .shape = &shape_on_card},
};

static const struct desk_action blank_action = {.change = {.scene = SCENE_NONE}};
static const struct field action_fields[] = {
    {"id", FIELD_ID, AT(desk_action, id), .required = true,
     .help = N_("its name in records, for ever")},
    {"label", FIELD_TEXT, AT(desk_action, label), .required = true,
     .help = N_("what the desk calls it")},
    {"amount", FIELD_OBJECT, .offset = 0, .shape = &shape_amount, .help = N_("it takes an amount")},
    {"target", FIELD_FORMS, .offset = 0, .forms = target_forms, .form_count = COUNT(target_forms),
     .read = read_action_target,
     .help = N_("the trainee must give this number; another one is refused")},
    {"if", FIELD_CONDITION, AT(desk_action, condition), .help = N_("offered only when this holds")},
    {"policy", FIELD_CONDITION, AT(desk_action, policy),
     .help = N_("inside policy when this holds; it may use `amount`")},
    {"limit", FIELD_TEXT, AT(desk_action, limit),
     .help = N_("the policy in words, for the trainee")},
    {"outside", FIELD_OBJECT, AT(desk_action, outside), .shape = &shape_change,
     .read = read_outside,
     .help = N_("what happens instead outside policy; without it the desk refuses")},
    CHANGE_FIELDS(desk_action, change.),
};
static const struct shape shape_action = {
    N_("action"),          N_("something the trainee can do at the desk"),
    FIELDS(action_fields), sizeof(struct desk_action),
    &blank_action,         SPACE_ACTION,
    finish_action};
const struct field an_action = {.kind = FIELD_OBJECT, .shape = &shape_action};

/* ---- the second line ---- */

static const struct handover_need blank_need = {.rule = -1};
static const struct field need_fields[] = {
    {"id", FIELD_ID, AT(handover_need, id), .required = true,
     .help = N_("its name in records, for ever")},
    {"label", FIELD_TEXT, AT(handover_need, label), .required = true,
     .help = N_("what the second line needs to know")},
    {"typed", FIELD_OBJECT, AT(handover_need, rule), .required = true, .shape = &shape_rule,
     .read = read_need_rule, .help = N_("how a note that holds it is recognised")},
    {"asks", FIELD_TEXT, AT(handover_need, asks), .required = true,
     .help = N_("what the second line asks the customer when the note lacks it")},
};
static const struct shape shape_need = {
    N_("handover need"), N_("something the second line must know"),
    FIELDS(need_fields), sizeof(struct handover_need),
    &blank_need,         SPACE_NEED};
static const struct field a_need = {.kind = FIELD_OBJECT, .shape = &shape_need};

static const struct field second_line_fields[] = {
    {"needs", LIST(second_line, needs, need_count, 1, NEEDS_MOST), .required = true,
     .element = &a_need, .help = N_("what a handover note must hold")},
    {"patience", FIELD_WHOLE, AT(second_line, patience), .low = 0, .high = 100,
     .help = N_("patience lost for each thing the customer is asked again")},
    {"says", LIST(second_line, says.items, says.count, 0, 16), .element = &a_line,
     .help = N_("what the second line says on taking over")},
    {"if", FIELD_CONDITION, AT(second_line, condition),
     .help = N_("a call can be handed on only when this holds")},
    {"point", FIELD_REFERENCE, AT(second_line, point), .space = SPACE_POINT,
     .help = N_("a point that the note earns: full with everything, half with at least half")},
    {"to", FIELD_TARGET, AT(second_line, change.target),
     .help = N_("where the call goes on: a node or an ending")},
};
static const struct second_line blank_second_line = {.point = POINT_NONE,
                                                     .change = {.scene = SCENE_NONE}};
const struct shape shape_second_line = {.name = N_("second line"),
                                        .help = N_("colleagues whom a call can be handed on to"),
                                        FIELDS(second_line_fields),
                                        .size = sizeof(struct second_line),
                                        .blank = &blank_second_line};
