/* The tables of a customer's profile, and of what a script changes in it. */
#include <string.h>

#include "scenario/format_tables.h"
#include "scenario/profile_link.h"
#include "scenario/words.h"

#define BEHAVIOUR_WORD(name, word) word,
static const char *const trigger_words[] = {
    BEHAVIOURS(BEHAVIOUR_WORD) "repeat", "silence", "hold", "slow", "long", NULL};

#define FEELINGS(type)                                                                             \
    {"mood",      FIELD_WHOLE, AT(type, mood),                                                     \
     .low = -200, .high = 200, .help = N_("added to the customer's mood (-100 to 100)")},          \
        {"patience",                                                                               \
         FIELD_WHOLE,                                                                              \
         AT(type, patience),                                                                       \
         .low = -100,                                                                              \
         .high = 100,                                                                              \
         .help = N_("added to the customer's patience (0 to 100; at 0 the call ends)")},           \
    {                                                                                              \
        "says", LIST(type, says.items, says.count, 0, 16),                                         \
            .element = &a_line, .help = N_("what the customer says at once")                       \
    }

static const struct field reaction_fields[] = {
    {"on", FIELD_WORD, AT(reaction, trigger), .required = true, .words = trigger_words,
     .help = N_("a behaviour of the reply, or repeat, silence, hold, slow, long")},
    {"if", FIELD_CONDITION, AT(reaction, condition), .help = N_("only when this holds")},
    {"once", FIELD_TRUTH, AT(reaction, once), .help = N_("only the first time in a call")},
    FEELINGS(reaction),
};
static const struct shape shape_reaction = {N_("reaction"), N_("how the customer takes something"),
                                            FIELDS(reaction_fields), sizeof(struct reaction)};
static const struct field a_reaction = {.kind = FIELD_OBJECT, .shape = &shape_reaction};

static const struct reaction blank_repeat = {.trigger = TRIGGER_REPEAT};
static const struct field repeat_fields[] = {FEELINGS(reaction)};
static const struct shape shape_repeat = {
    N_("reaction to a repeat"), N_("how the customer takes a question that was answered"),
    FIELDS(repeat_fields), sizeof(struct reaction), &blank_repeat};

static const struct supervisor blank_supervisor = {.mood = INT32_MIN, .patience = INT32_MIN};
static const struct field supervisor_fields[] = {
    {"patience", FIELD_WHOLE, AT(supervisor, patience), .low = 0, .high = 100,
     .help = N_("asks when patience has come down to this")},
    {"mood", FIELD_WHOLE, AT(supervisor, mood), .low = -100, .high = 100,
     .help = N_("asks when mood has come down to this")},
    {"says", LIST(supervisor, says.items, says.count, 0, 16), .element = &a_line,
     .help = N_("what the customer says then")},
    {"to", FIELD_TARGET, AT(supervisor, target), .help = N_("where the call goes on then")},
};
static const struct shape shape_supervisor = {
    N_("supervisor limit"), N_("when the customer asks for a supervisor"),
    FIELDS(supervisor_fields), sizeof(struct supervisor), &blank_supervisor};

static const struct field drain_fields[] = {
    {"patience_per_min", FIELD_WHOLE, AT(profile, drain), .required = true, .low = 0, .high = 60,
     .help = N_("patience that a minute of the call costs; never the last point")},
};
static const struct shape shape_drain = {N_("drain"), N_("patience that time costs"),
                                         FIELDS(drain_fields)};

static const char *const profile_format[] = {PROFILE_FORMAT, NULL};
static const struct profile blank_profile = {
    .slow_ms = 20000,
    .long_ms = 30000,
    .supervisor = {.mood = INT32_MIN, .patience = INT32_MIN},
};
static const struct field profile_fields[] = {
    {"format", FIELD_FORMAT, UNSTORED, .required = true, .words = profile_format,
     .help = N_("the format of this file")},
    {"id", FIELD_ID, AT(profile, id), .required = true, .help = N_("its name, as its file has it")},
    {"title", FIELD_TEXT, AT(profile, title), .required = true, .help = N_("for the list")},
    {"reactions", LIST(profile, reactions, reaction_count, 0, 48), .element = &a_reaction,
     .help = N_("what the customer reacts to, and how")},
    {"repeat", FIELD_OBJECT, AT(profile, repeat), .shape = &shape_repeat,
     .help = N_("how the customer takes a question that was answered")},
    {"silence", LIST(profile, silence, silence_count, 0, 32), .element = &a_step,
     .help = N_("what the customer does when nothing is said and the script has no steps")},
    {"hold", LIST(profile, hold, hold_count, 0, 32), .element = &a_step,
     .help = N_("the same while on hold")},
    {"supervisor", FIELD_OBJECT, AT(profile, supervisor), .shape = &shape_supervisor,
     .help = N_("when the customer asks for a supervisor")},
    {"drain", FIELD_OBJECT, .offset = 0, .shape = &shape_drain,
     .help = N_("patience that time costs")},
    {"slow_s", FIELD_WHOLE, AT(profile, slow_ms), .low = 1, .high = 600, .scale = 1000,
     .help = N_("a reply later than this is slow")},
    {"long_s", FIELD_WHOLE, AT(profile, long_ms), .low = 1, .high = 600, .scale = 1000,
     .help = N_("a reply that takes longer to say is long")},
    {"rates", LIST(profile, rates, rate_count, 5, 5), .element = &a_text,
     .help = N_("what the customer says giving 1 to 5")},
};
const struct shape shape_profile = {N_("profile"), N_("how a kind of customer reacts"),
                                    FIELDS(profile_fields), sizeof(struct profile), &blank_profile};

static const struct adjust blank_adjust = {
    .scale = 100, .supervisor = {.mood = INT32_MIN, .patience = INT32_MIN}};
static const struct field adjust_fields[] = {
    {"scale", FIELD_WHOLE, AT(adjust, scale), .low = 10, .high = 300,
     .help = N_("percent: how strongly the profile's reactions are felt")},
    {"reactions", LIST(adjust, reactions, reaction_count, 0, 16), .element = &a_reaction,
     .help = N_("reactions of this customer besides the profile's")},
    {"supervisor", FIELD_OBJECT, AT(adjust, supervisor), .shape = &shape_supervisor,
     .help = N_("limits, words and way of this script instead of the profile's")},
};
const struct shape shape_adjust = {N_("adjustment"), N_("what is different from the profile"),
                                   FIELDS(adjust_fields), sizeof(struct adjust), &blank_adjust};

/* ---- beyond the tables ---- */

void finish_line(struct reader *reader, const cJSON *object, char *base) {
    struct line *line = (struct line *)base;
    if (line && line->variant_count > 1)
        line->number = reader->scenario->line_count++;
}

void read_shows(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    struct field plain = *field;
    plain.read = NULL;
    field_read(reader, &plain, value, NULL);
    const cJSON *item;
    if (!base || !cJSON_IsArray(value))
        return;
    cJSON_ArrayForEach(item, value) {
        int behaviour = cJSON_IsString(item) ? behaviour_from(item->valuestring) : -1;
        if (behaviour >= 0)
            ((struct reply *)base)->shows |= 1u << behaviour;
    }
}
