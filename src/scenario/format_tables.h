/* What the tables of the format are written with: format.c and the files beside it, one for each
 * part of a script that came later. */
#ifndef ITR_SCENARIO_FORMAT_TABLES_H
#define ITR_SCENARIO_FORMAT_TABLES_H

#include <stddef.h>

#include "scenario/format.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define MEMBER(type, member) ((struct type *)0)->member
#define AT(type, member)                                                                           \
    .offset = offsetof(struct type, member), .size = sizeof(MEMBER(type, member))
#define LIST(type, items, number, least, most)                                                     \
    .kind = FIELD_LIST, .offset = offsetof(struct type, items),                                    \
    .count_offset = offsetof(struct type, number), .size = sizeof(*MEMBER(type, items)),           \
    .low = (least), .high = (most)
#define UNSTORED .offset = NOWHERE
#define FIELDS(table) .fields = (table), .field_count = COUNT(table)

extern const struct field reference_to_point, a_string, a_string_unstored, a_text, a_line, a_credit,
    an_effect, a_step, a_behaviour;

/* ---- a change, inside the object it belongs to ---- */

#define FACT_CHANGE_FIELDS(type, path)                                                             \
    {"reveals", LIST(type, path reveals, path reveal_count, 0, 16), .element = &reference_to_fact, \
     .help = N_("facts that come out; the customer tells them")},                                  \
    {                                                                                              \
        "verifies", FIELD_TRUTH, AT(type, path verifies),                                          \
            .help = N_("the caller is verified: the card shows its private fields from here on")   \
    }

#define CHANGE_FIELDS(type, path)                                                                  \
    {"answers", LIST(type, path answers.items, path answers.count, 0, 16), .element = &a_line,     \
     .help = N_("what the customer says at once")},                                                \
        {"mood",      FIELD_WHOLE, AT(type, path mood),                                            \
         .low = -200, .high = 200, .help = N_("added to the customer's mood (-100 to 100)")},      \
        {"patience",                                                                               \
         FIELD_WHOLE,                                                                              \
         AT(type, path patience),                                                                  \
         .low = -100,                                                                              \
         .high = 100,                                                                              \
         .help = N_("added to the customer's patience (0 to 100; at 0 the call ends)")},           \
        {"set",                                                                                    \
         FIELD_MAP,                                                                                \
         .offset = offsetof(struct type, path effects),                                            \
         .element = &an_effect,                                                                    \
         .space = SPACE_NONE,                                                                      \
         .high = 32,                                                                               \
         .read = read_effects,                                                                     \
         .count_offset = offsetof(struct type, path effect_count),                                 \
         .help = N_("variables that get a new value")},                                            \
        {"marks",                                                                                  \
         FIELD_MAP,                                                                                \
         UNSTORED,                                                                                 \
         .element = &a_credit,                                                                     \
         .space = SPACE_POINT,                                                                     \
         .high = 16,                                                                               \
         .read = read_marks,                                                                       \
         .help = N_("what this is worth for which point: 1, 0.5 or 0")},                           \
        {"trips",                                                                                  \
         .kind = FIELD_LIST,                                                                       \
         UNSTORED,                                                                                 \
         .count_offset = NOWHERE,                                                                  \
         .high = 8,                                                                                \
         .element = &reference_to_point,                                                           \
         .read = read_trips,                                                                       \
         .help = N_("negative or critical points that this trips")},                               \
        {"scene", FIELD_REFERENCE, AT(type, path scene), .space = SPACE_SCENE,                     \
         .help = N_("a scene to go through first")},                                               \
        {"to", FIELD_TARGET, AT(type, path target),                                                \
         .help = N_("where the call goes on: a node, an ending, or \"return\" in a scene")},       \
        {"transfer", FIELD_TRUTH, AT(type, path transfer),                                         \
         .help = N_("the second line takes the phone from here on")},                              \
        {"back", FIELD_TRUTH, AT(type, path back),                                                 \
         .help = N_("the second line hands the call back to the trainee")},                        \
        {"calls_again", FIELD_TRUTH, AT(type, path calls_again),                                   \
         .help = N_("the customer has to call again about the same matter")},                      \
        FACT_CHANGE_FIELDS(type, path),                                                            \
    {                                                                                              \
        "rating", FIELD_TRUTH, AT(type, path rating), .help = N_("asks the customer for a rating") \
    }

/* ---- tables that stand in files of their own ---- */

extern const struct field reference_to_fact, a_fact, a_card_field, a_ticket_field;

extern const struct change blank_change;
extern const struct shape shape_change, shape_adjust;

extern const struct field a_typed;

/* ---- parts of a script with a file of their own ---- */

extern const struct shape shape_knowledge;

#endif
