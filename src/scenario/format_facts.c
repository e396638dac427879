/* The tables of what is hidden in a call: facts, the masked card, the ticket. */
#include <string.h>

#include "scenario/format_tables.h"
#include "scenario/words.h"

const struct field reference_to_fact = {
    .kind = FIELD_REFERENCE, .space = SPACE_FACT, .size = sizeof(uint32_t)};

/* ---- the card ---- */

static const struct field card_fields[] = {
    {"id", FIELD_ID, AT(card_field, id), .required = true, .help = N_("for {card:ID} in texts")},
    {"label", FIELD_TEXT, AT(card_field, label), .required = true, .help = N_("the field's name")},
    {"value", FIELD_TEXT, AT(card_field, value), .required = true, .help = N_("what stands there")},
    {"private", FIELD_TRUTH, AT(card_field, private),
     .help = N_("masked until a change `verifies` the caller")},
};
static const struct shape shape_card = {N_("card field"), N_("a line of the customer's card"),
                                        FIELDS(card_fields), sizeof(struct card_field),
                                        .space = SPACE_CARD};
const struct field a_card_field = {.kind = FIELD_OBJECT, .shape = &shape_card};

/* ---- facts ---- */

static void read_fact_rule(struct reader *reader, const struct field *field, const cJSON *value,
                           char *base) {
    struct fact *fact = (struct fact *)base;
    read_rule(reader, value, base ? &fact->rule : NULL, base ? &fact->id : NULL);
}

static void finish_fact(struct reader *reader, const cJSON *object, char *base) {
    struct fact *fact = (struct fact *)base;
    bool cue = member_of(object, "cue") != NULL, place = member_of(object, "cue_at") != NULL;
    if (cue != place)
        report(reader, object, CODE_MISSING_KEY,
               _("`cue` and `cue_at` belong together: what the customer lets fall, and where"));
    if (!fact)
        return;
    fact->hidden = fact->rule >= 0 || member_of(object, "asked_by") || fact->tells.count || cue ||
                   fact->needed || member_of(object, "if");
    if (!fact->label.in[LANGUAGE_ZH])
        fact->label = (struct text){{fact->id, fact->id}};
}

static const struct fact blank_fact = {.rule = -1, .cue_at = CUE_NONE};
static const struct field fact_fields[] = {
    {"id", FIELD_ID, AT(fact, id), .required = true, .help = N_("for {\"fact\": ID} in rules")},
    {"said", .kind = FIELD_LIST, .offset = offsetof(struct fact, said), .count_offset = NOWHERE,
     .size = sizeof(char *), .required = true, .low = 1, .high = 200, .element = &a_string,
     .help = N_("the ways to say it, in any language")},
    {"label", FIELD_TEXT, AT(fact, label), .help = N_("what it is about, for the receipt")},
    {"needed", FIELD_TRUTH, AT(fact, needed),
     .help = N_("good work finds it out; the receipt counts these")},
    {"asked_by", FIELD_OBJECT, UNSTORED, .shape = &shape_rule, .read = read_fact_rule,
     .help = N_("the typed question that makes the customer tell it")},
    {"if", FIELD_CONDITION, AT(fact, condition), .help = N_("it comes out only when this holds")},
    {"tells", LIST(fact, tells.items, tells.count, 0, 16), .element = &a_line,
     .help = N_("what the customer says when it comes out")},
    {"cue", LIST(fact, cue.items, cue.count, 1, 16), .element = &a_line,
     .help = N_("what the customer lets fall once; before that the fact does not come out")},
    {"cue_at", FIELD_REFERENCE, AT(fact, cue_at), .space = SPACE_NODE,
     .help = N_("the node where the customer lets it fall")},
};
static const struct shape shape_fact = {
    N_("fact"),          N_("something that is so with this customer"),
    FIELDS(fact_fields), sizeof(struct fact),
    &blank_fact,         SPACE_FACT,
    finish_fact};
const struct field a_fact = {.kind = FIELD_OBJECT, .shape = &shape_fact};

/* ---- the ticket ---- */

static void read_ticket_rule(struct reader *reader, const struct field *field, const cJSON *value,
                             char *base) {
    struct ticket_field *ticket = (struct ticket_field *)base;
    read_rule(reader, value, base ? &ticket->rule : NULL, base ? &ticket->id : NULL);
}

static void check_options(struct reader *reader, const cJSON *object,
                          const struct ticket_field *field) {
    uint32_t right = 0;
    for (uint32_t i = 0; i < field->option_count; i++) {
        right += field->options[i].right;
        for (uint32_t k = 0; k < i; k++)
            if (field->options[i].id && field->options[k].id &&
                !strcmp(field->options[i].id, field->options[k].id))
                report(reader, object, CODE_DUPLICATE_ID, _("two options have the id `%s`"),
                       field->options[i].id);
    }
    if (!right || right == field->option_count)
        report(reader, object, CODE_OUT_OF_RANGE,
               _("some of the options must be `right`, and some not"));
}

/* A field is of the kind it says, else of the kind its id stands for, else one by its options. */
static enum ticket_kind kind_of(const cJSON *object, const struct ticket_field *field) {
    static const struct {
        const char *id;
        enum ticket_kind kind;
    } standard[] = {
        {"urgency", TICKET_URGENCY}, {"impact", TICKET_IMPACT}, {"grade", TICKET_GRADE}};
    if (member_of(object, "kind"))
        return field->kind;
    for (size_t i = 0; i < COUNT(standard); i++)
        if (field->id && !strcmp(field->id, standard[i].id))
            return standard[i].kind;
    return member_of(object, "options") ? TICKET_CHOICE : TICKET_TEXT;
}

static void only_with(struct reader *reader, const cJSON *object, const char *key, bool wanted,
                      bool needed, const char *kind) {
    const cJSON *member = member_of(object, key);
    if (member && !wanted)
        report_key(reader, member, CODE_KIND_MISMATCH, _("`%s` is for fields of kind `%s` only"),
                   key, kind);
    if (!member && needed)
        report(reader, object, CODE_KIND_MISMATCH, _("a field of kind `%s` needs `%s`"), kind, key);
}

static void finish_ticket_field(struct reader *reader, const cJSON *object, char *base) {
    struct ticket_field *field = (struct ticket_field *)base;
    if (!field)
        return;
    field->kind = kind_of(object, field);
    bool text = field->kind == TICKET_TEXT, choice = field->kind == TICKET_CHOICE;
    only_with(reader, object, "typed", text, text && member_of(object, "point"), "text");
    only_with(reader, object, "example", text, false, "text");
    only_with(reader, object, "options", choice, choice, "choice");
    only_with(reader, object, "needs", choice, false, "choice");
    if (choice && field->options)
        check_options(reader, object, field);
    if (!field->label.in[LANGUAGE_ZH])
        field->label = (struct text){{"", ""}};
    if (!field->example.in[LANGUAGE_ZH])
        field->example = (struct text){{"", ""}};
}

static const struct field option_fields[] = {
    {"id", FIELD_ID, AT(ticket_option, id), .required = true,
     .help = N_("its name in records, for ever")},
    {"text", FIELD_TEXT, AT(ticket_option, text), .required = true, .help = N_("what it says")},
    {"right", FIELD_TRUTH, AT(ticket_option, right), .help = N_("it is the right one")},
};
static const struct shape shape_option = {N_("option"), N_("something to pick on the ticket"),
                                          FIELDS(option_fields), sizeof(struct ticket_option)};
static const struct field an_option = {.kind = FIELD_OBJECT, .shape = &shape_option};

static const struct ticket_field blank_ticket_field = {.rule = -1, .point = TICKET_NO_POINT};
static const struct field ticket_fields[] = {
    {"id", FIELD_ID, AT(ticket_field, id), .required = true,
     .help = N_("who what since category urgency impact grade cause solution next, or another")},
    {"label", FIELD_TEXT, AT(ticket_field, label), .help = N_("what stands before it")},
    {"kind", FIELD_WORD, AT(ticket_field, kind), .words = ticket_kind_words,
     .help = N_("text, choice, urgency, impact or grade; else by id and options")},
    {"typed", FIELD_OBJECT, UNSTORED, .shape = &shape_rule, .read = read_ticket_rule,
     .help = N_("what a text must say to be right")},
    {"example", FIELD_TEXT, AT(ticket_field, example),
     .help = N_("a text that is right; `itr check` tries it")},
    {"options", LIST(ticket_field, options, option_count, 2, 20), .element = &an_option,
     .help = N_("what to pick from")},
    {"needs", LIST(ticket_field, needs, need_count, 1, 16), .element = &reference_to_fact,
     .help = N_("facts the right choice rests on; without them it counts half, as a guess")},
    {"point", FIELD_REFERENCE, AT(ticket_field, point), .space = SPACE_POINT,
     .help = N_("the point it earns when the ticket is saved, with all its other fields")},
};
static const struct shape shape_ticket_field = {
    N_("ticket field"),    N_("something the trainee writes on the ticket"),
    FIELDS(ticket_fields), sizeof(struct ticket_field),
    &blank_ticket_field,   SPACE_TICKET,
    finish_ticket_field};
const struct field a_ticket_field = {.kind = FIELD_OBJECT, .shape = &shape_ticket_field};
