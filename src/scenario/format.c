/* The tables of the scenario format: what docs/scenario-format.md says, as data. */
#include <string.h>

#include "scenario/format_case.h"
#include "scenario/format_desk.h"
#include "scenario/words.h"

const struct field reference_to_point = {
    .kind = FIELD_REFERENCE, .space = SPACE_POINT, .size = sizeof(uint32_t)};
const struct field a_string = {.kind = FIELD_STRING};
const struct field a_string_unstored = {.kind = FIELD_STRING, UNSTORED};
const struct field a_text = {.kind = FIELD_TEXT};

/* ---- lines and changes ---- */

static const struct field line_fields[] = {
    {"variants", LIST(line, variants, variant_count, 1, 16), .required = true, .element = &a_text,
     .help = N_("ways to say it; the seed of the call chooses one")},
    {"if", FIELD_CONDITION, AT(line, condition), .help = N_("said only when this holds")},
};
static const struct shape shape_line = {N_("line"),
                                        N_("something the customer says"),
                                        FIELDS(line_fields),
                                        sizeof(struct line),
                                        NULL,
                                        SPACE_NONE,
                                        finish_line};

static const struct field line_forms[] = {
    {.kind = FIELD_OBJECT, .shape = &shape_line},
    {.kind = FIELD_TEXT, .read = read_plain_line},
};
const struct field a_line = {
    .kind = FIELD_FORMS, .forms = line_forms, .form_count = COUNT(line_forms)};

const struct field a_credit = {.kind = FIELD_CREDIT, UNSTORED};
const struct field an_effect = {.kind = FIELD_VALUE, UNSTORED};

const struct change blank_change = {.scene = SCENE_NONE};
static const struct field change_fields[] = {CHANGE_FIELDS(change, )};
const struct shape shape_change = {N_("change"),          N_("what happens in the call"),
                                   FIELDS(change_fields), sizeof(struct change),
                                   &blank_change,         SPACE_NONE,
                                   finish_change};

static const struct silence_step blank_step = {.change = {.scene = SCENE_NONE}};
static const struct field step_fields[] = {
    {"after_s", FIELD_WHOLE, AT(silence_step, after_ms), .required = true, .low = 1, .high = 3600,
     .scale = 1000, .help = N_("seconds since anybody spoke")},
    {"repeats", FIELD_TRUTH, AT(silence_step, repeats),
     .help = N_("the last step: again at every multiple of its time")},
    {"interrupt", FIELD_TRUTH, AT(silence_step, interrupt),
     .help = N_("the customer cuts in on his own; no silence of the trainee's")},
    CHANGE_FIELDS(silence_step, change.),
};
static const struct shape shape_step = {
    N_("step"),          N_("what the customer does when nothing is said for so long"),
    FIELDS(step_fields), sizeof(struct silence_step),
    &blank_step,         SPACE_NONE,
    finish_step};
const struct field a_step = {.kind = FIELD_OBJECT, .shape = &shape_step};

/* ---- rules ---- */

static const char *const details[] = {"when_started",  "what_changed", "happened_before",
                                      "warm",          "cold",         "resolved",
                                      "anything_else", "rating",       NULL};
static const char *const slots[] = {"amount", "number", "time", "date",
                                    "order",  "phone",  "name", NULL};
static const char *const questions[] = {"any", "yes_no", "when", "what", "where",
                                        "who", "why",    "how",  NULL};
static const char *const any_fact[] = {"*", NULL};

static const struct field words_fields[] = {
    {"words", FIELD_LIST, UNSTORED, .required = true, .low = 2, .high = 16,
     .element = &a_string_unstored, .help = N_("these, in this order")},
    {"within", FIELD_WHOLE, UNSTORED, .low = 0, .high = 40,
     .help = N_("at most so many characters (Chinese) or words (Latin) between neighbours")},
};
static const struct shape shape_words = {N_("word group"), N_("words near each other"),
                                         FIELDS(words_fields)};
static const struct field slot_fields[] = {
    {"slot", FIELD_WORD, UNSTORED, .required = true, .words = slots,
     .help = N_("a value of a kind")},
    {"over", FIELD_WHOLE, UNSTORED, .low = 0, .high = 1000000000,
     .help = N_("an amount or a number above this one")},
    {"under", FIELD_WHOLE, UNSTORED, .low = 0, .high = 1000000000,
     .help = N_("an amount or a number below this one")},
};
static const struct shape shape_slot = {N_("slot"), N_("a value of a kind"), FIELDS(slot_fields)};
static const struct field fact_forms[] = {
    {.kind = FIELD_WORD, UNSTORED, .words = any_fact},
    {.kind = FIELD_REFERENCE, UNSTORED, .space = SPACE_FACT},
};
static const struct field fact_match_fields[] = {
    {"fact", FIELD_FORMS, UNSTORED, .required = true, .forms = fact_forms,
     .form_count = COUNT(fact_forms),
     .help = N_("this customer's own fact; \"*\" for any of them")}};
static const struct shape shape_fact_match = {
    N_("fact match"), N_("a fact, said in one of its ways"), FIELDS(fact_match_fields)};
static const struct field card_forms[] = {
    {.kind = FIELD_WORD, UNSTORED, .words = any_fact},
    {.kind = FIELD_REFERENCE, UNSTORED, .space = SPACE_CARD},
};
static const struct field card_match_fields[] = {
    {"card", FIELD_FORMS, UNSTORED, .required = true, .forms = card_forms,
     .form_count = COUNT(card_forms),
     .help = N_("what the card says in a private field; \"*\" for any of them")}};
static const struct shape shape_card_match = {
    N_("card match"), N_("a private value of the card"), FIELDS(card_match_fields)};
static const struct field question_fields[] = {{"question", FIELD_WORD, UNSTORED, .required = true,
                                                .words = questions,
                                                .help = N_("a question of this form")}};
static const struct shape shape_question = {N_("question match"), N_("a question of some form"),
                                            FIELDS(question_fields)};

static const struct field alternative_forms[] = {
    {.kind = FIELD_OBJECT, .shape = &shape_words},
    {.kind = FIELD_OBJECT, .shape = &shape_slot},
    {.kind = FIELD_OBJECT, .shape = &shape_fact_match},
    {.kind = FIELD_OBJECT, .shape = &shape_card_match},
    {.kind = FIELD_OBJECT, .shape = &shape_question},
    {.kind = FIELD_STRING, UNSTORED},
};
static const struct field an_alternative = {
    .kind = FIELD_FORMS, .forms = alternative_forms, .form_count = COUNT(alternative_forms)};
static const struct field group_fields[] = {
    {"any", FIELD_LIST, UNSTORED, .required = true, .low = 1, .high = 1000,
     .element = &an_alternative, .help = N_("alternatives: one of them is enough")},
    {"core", FIELD_TRUTH, UNSTORED, .help = N_("without it the rule is not even half met")},
    {"negated", FIELD_TRUTH, UNSTORED, .help = N_("the match must be negated")},
    {"name", FIELD_TEXT, UNSTORED,
     .help = N_("what it is called; the receipt names it when it is missing")},
};
static const struct shape shape_group = {N_("group"), N_("alternatives of one idea"),
                                         FIELDS(group_fields)};
static const struct field a_group = {.kind = FIELD_OBJECT, .shape = &shape_group};
const struct field a_behaviour = {.kind = FIELD_WORD, UNSTORED, .words = behaviour_words};

static const struct field rule_fields[] = {
    {"behaviours", FIELD_LIST, UNSTORED, .low = 1, .high = 21, .element = &a_behaviour,
     .help = N_("one of these behaviours must show")},
    {"detail", FIELD_WORD, UNSTORED, .words = details, .help = N_("the kind of the behaviour")},
    {"groups", FIELD_LIST, UNSTORED, .low = 1, .high = 32, .element = &a_group,
     .help = N_("what must be said besides")},
    {"question", FIELD_TRUTH, UNSTORED, .help = N_("the match must stand in a question")},
};
const struct shape shape_rule = {.name = N_("rule"),
                                 .help = N_("how a typed reply is recognised"),
                                 FIELDS(rule_fields),
                                 .finish = finish_rule};

/* ---- nodes ---- */

static const struct reply blank_reply = {.change = {.scene = SCENE_NONE}};
static const struct field reply_fields[] = {
    {"id", FIELD_ID, AT(reply, id), .required = true, .help = N_("its name in records, for ever")},
    {"says", FIELD_TEXT, AT(reply, says), .required = true, .help = N_("what the trainee says")},
    {"why", FIELD_TEXT, AT(reply, why), .help = N_("why it is worth what it is worth")},
    {"if", FIELD_CONDITION, AT(reply, condition), .help = N_("offered only when this holds")},
    {"once", FIELD_TRUTH, AT(reply, once), .help = N_("offered until it was used")},
    {"shows", FIELD_LIST, UNSTORED, .count_offset = NOWHERE, .high = 21, .element = &a_behaviour,
     .read = read_shows, .help = N_("the behaviours it shows, for the customer's profile")},
    CHANGE_FIELDS(reply, change.),
};
static const struct shape shape_reply = {
    N_("reply"),  N_("a listed reply"), FIELDS(reply_fields), sizeof(struct reply),
    &blank_reply, SPACE_NONE,           finish_reply};
static const struct field a_reply = {.kind = FIELD_OBJECT, .shape = &shape_reply};

static const struct typed_rule blank_typed = {.rule = -1, .change = {.scene = SCENE_NONE}};
static const struct field typed_fields[] = {
    {"id", FIELD_ID, AT(typed_rule, id), .required = true,
     .help = N_("its name in records, for ever")},
    {"when", FIELD_OBJECT, AT(typed_rule, rule), .required = true, .shape = &shape_rule,
     .read = read_typed_rule, .help = N_("the rule that a typed reply must meet")},
    {"if", FIELD_CONDITION, AT(typed_rule, condition), .help = N_("tried only when this holds")},
    CHANGE_FIELDS(typed_rule, change.),
};
static const struct shape shape_typed = {N_("typed rule"),     N_("what a typed reply does here"),
                                         FIELDS(typed_fields), sizeof(struct typed_rule),
                                         &blank_typed,         SPACE_NONE,
                                         finish_typed};
const struct field a_typed = {.kind = FIELD_OBJECT, .shape = &shape_typed};

static const char *const accepts_words[] = {"both", "choice", "typed", NULL};
static const struct node blank_node = {
    .scene = SCENE_NONE, .accepts_choice = true, .accepts_typed = true};
static const struct field node_fields[] = {
    {"id", FIELD_ID, AT(node, id), .required = true, .help = N_("its name in records, for ever")},
    {"stage", FIELD_WORD, AT(node, stage), .required = true, .words = stage_words,
     .help = N_("the stage of the call")},
    {"says", LIST(node, says.items, says.count, 0, 16), .element = &a_line,
     .help = N_("what the customer says on arrival")},
    {"silence", LIST(node, silence, silence_count, 0, 32), .element = &a_step,
     .help = N_("what the customer does when nothing is said, instead of the script's steps")},
    {"accepts", FIELD_WORD, UNSTORED, .words = accepts_words, .read = read_accepts,
     .help = N_("both, choice (listed replies) or typed")},
    {"replies", LIST(node, replies, reply_count, 0, 100), .element = &a_reply,
     .help = N_("the listed replies")},
    {"typed", LIST(node, typed_rules, typed_rule_count, 0, 100), .element = &a_typed,
     .help = N_("rules for typed replies, tried in order before the listed replies")},
    {"otherwise", FIELD_OBJECT, AT(node, otherwise), .shape = &shape_change,
     .help = N_("when a typed reply fits nothing")},
    {"later", LIST(node, later, later_count, 1, 8), .element = &a_later_step,
     .help = N_("case time that can be skipped here")},
    {"free", FIELD_TRUTH, AT(node, free_text),
     .help = N_("a reply that matches nothing waits for a person instead of counting 0")},
    {"moment_of_truth", FIELD_TRUTH, AT(node, moment),
     .help = N_("what is said here decides how the customer remembers the call")},
};
static const struct shape shape_node = {N_("node"),          N_("a moment of the call"),
                                        FIELDS(node_fields), sizeof(struct node),
                                        &blank_node,         SPACE_NODE,
                                        finish_node};
static const struct field a_node = {.kind = FIELD_OBJECT, .shape = &shape_node};

/* ---- points ---- */

static const struct field examples_fields[] = {
    {"zh", FIELD_LIST, UNSTORED, .high = 100, .element = &a_string_unstored,
     .help = N_("examples in Chinese")},
    {"en", FIELD_LIST, UNSTORED, .high = 100, .element = &a_string_unstored,
     .help = N_("examples in English")},
};
static const struct shape shape_examples = {N_("set of examples"), N_("example replies"),
                                            FIELDS(examples_fields)};

static const struct point blank_point = {.rule = -1};
static const struct field point_fields[] = {
    {"id", FIELD_ID, AT(point, id), .required = true, .help = N_("its name in records, for ever")},
    {"action", FIELD_WORD, AT(point, action), .required = true, .words = key_action_words,
     .help = N_("the key action; it gives the stage")},
    {"dimension", FIELD_WORD, AT(point, dimension), .required = true, .words = dimension_words,
     .help = N_("K knowledge, S problem solving, C communication")},
    {"weight", FIELD_WHOLE, AT(point, weight), .required = true, .low = 1, .high = 3,
     .help = N_("1 to 3")},
    {"kind", FIELD_WORD, AT(point, kind), .words = point_kind_words,
     .help = N_("normal, timed, ordered, negative or critical")},
    {"within_s", FIELD_WHOLE, AT(point, within_ms), .low = 1, .high = CASE_LONGEST_S, .scale = 1000,
     .help = N_("a timed point: in so many seconds since the call began")},
    POINT_CLOCK_FIELD,
    POINT_WORDING_FIELD,
    {"after", LIST(point, after, after_count, 1, 16), .element = &reference_to_point,
     .help = N_("an ordered point: these must be earned first")},
    {"before", LIST(point, before, before_count, 1, 16), .element = &reference_to_point,
     .help = N_("an ordered point: none of these may be earned yet")},
    {"within_turns", FIELD_WHOLE, AT(point, within_turns), .low = 1, .high = 100,
     .help = N_("earned in so many replies of the trainee, or too late")},
    {"tells_card", FIELD_TRUTH, AT(point, tells_card),
     .help = N_("tripped by telling a private field of the card before the caller is verified")},
    {"harm", FIELD_WORD, AT(point, harm), .words = harm_words,
     .help = N_("a critical point: whom or what it harms")},
    {"if", FIELD_CONDITION, AT(point, condition),
     .help = N_("only then it can be earned or tripped")},
    {"text", FIELD_TEXT, AT(point, text), .required = true,
     .help = N_("one plain sentence: what is asked")},
    {"better", FIELD_TEXT, AT(point, better), .help = N_("an example of a good reply")},
    {"typed", FIELD_OBJECT, AT(point, rule), .shape = &shape_rule, .read = read_point_rule,
     .help = N_("how a typed reply earns it (or trips it)")},
    {"good", FIELD_OBJECT, UNSTORED, .shape = &shape_examples,
     .help = N_("replies that must earn it")},
    {"bad", FIELD_OBJECT, UNSTORED, .shape = &shape_examples,
     .help = N_("replies that must not earn it")},
};
static const struct shape shape_point = {N_("point"),          N_("something that is marked"),
                                         FIELDS(point_fields), sizeof(struct point),
                                         &blank_point,         SPACE_POINT,
                                         finish_point};
static const struct field a_point = {.kind = FIELD_OBJECT, .shape = &shape_point};

static const struct field one_of_fields[] = {{"one_of", LIST(requirement, points, count, 1, 16),
                                              .required = true, .element = &reference_to_point,
                                              .help = N_("any of these points will do")}};
static const struct shape shape_one_of = {N_("choice of points"), N_("any of these points will do"),
                                          FIELDS(one_of_fields), sizeof(struct requirement)};
static const struct field requirement_forms[] = {
    {.kind = FIELD_OBJECT, .shape = &shape_one_of},
    {.kind = FIELD_REFERENCE, .space = SPACE_POINT, .read = read_requirement},
};
static const struct field a_requirement = {
    .kind = FIELD_FORMS, .forms = requirement_forms, .form_count = COUNT(requirement_forms)};

static const struct field objective_fields[] = {
    {"id", FIELD_ID, AT(objective, id), .required = true, .help = N_("its name")},
    {"text", FIELD_TEXT, AT(objective, text), .required = true,
     .help = N_("what the trainee can do afterwards")},
    {"evidence", LIST(objective, points, point_count, 1, 100), .required = true,
     .element = &reference_to_point, .help = N_("the points that show it")},
};
static const struct shape shape_objective = {
    N_("objective"), N_("what the trainee must be able to do"), FIELDS(objective_fields),
    sizeof(struct objective), .space = SPACE_OBJECTIVE};
static const struct field an_objective = {.kind = FIELD_OBJECT, .shape = &shape_objective};

/* ---- the rest of a script ---- */

static const struct field customer_fields[] = {
    {"name", FIELD_TEXT, AT(scenario, customer_name), .required = true,
     .help = N_("for {name} in texts")},
    {"complaint", FIELD_WORD, AT(scenario, complaint_type), .required = true,
     .words = complaint_words, .help = N_("what kind of complaint it is")},
    {"mood", FIELD_WHOLE, AT(scenario, mood), .required = true, .low = -100, .high = 100,
     .help = N_("at the start, -100 to 100")},
    {"patience", FIELD_WHOLE, AT(scenario, patience), .required = true, .low = 1, .high = 100,
     .help = N_("at the start, 1 to 100")},
    {"card", LIST(scenario, card, card_count, 0, 50), .element = &a_card_field,
     .help = N_("what the agent's screen shows of the customer")},
    {"profile", FIELD_ID, UNSTORED, .help = N_("how the customer reacts: profiles/ID.json")},
    {"adjust", FIELD_OBJECT, AT(script, adjust), .shape = &shape_adjust,
     .help = N_("what is different from the profile in this script")},
    {"satisfied", FIELD_CONDITION, AT(scenario, satisfied),
     .help = N_("when the need was met: decides the rating")},
    {"rates", LIST(scenario, rates, rate_count, 5, 5), .element = &a_text,
     .help = N_("what the customer says giving 1 to 5")},
};
static const struct shape shape_customer = {N_("customer"), N_("who calls"),
                                            FIELDS(customer_fields)};
static const struct field issue_fields[] = {
    {"symptom", FIELD_TEXT, AT(scenario, symptom), .required = true,
     .help = N_("what the customer sees")},
    {"cause", FIELD_TEXT, AT(scenario, cause), .required = true,
     .help = N_("what is really wrong")},
    {"urgency", FIELD_WHOLE, AT(scenario, urgency), .required = true, .low = 1, .high = 3,
     .help = N_("1 to 3")},
    {"impact", FIELD_WHOLE, AT(scenario, impact), .required = true, .low = 1, .high = 3,
     .help = N_("1 to 3; urgency × impact is the grade")},
};
static const struct shape shape_issue = {N_("issue"), N_("what the call is about"),
                                         FIELDS(issue_fields)};

#define WEIGHT(stage, text)                                                                        \
    {                                                                                              \
        text, FIELD_SHARE, .offset = offsetof(struct scenario, stage_weights[STAGE_##stage]),      \
                           .size = sizeof(uint32_t), .help = N_("share of this stage in Q")        \
    }
static const struct field weights_fields[] = {
    WEIGHT(INTAKE, "intake"), WEIGHT(DIAGNOSIS, "diagnosis"), WEIGHT(SOLUTION, "solution"),
    WEIGHT(FOLLOW_UP, "follow_up")};
static const struct shape shape_weights = {.name = N_("set of weights"),
                                           .help = N_("share of each stage in Q; they sum to 1"),
                                           FIELDS(weights_fields),
                                           .finish = finish_weights};

static const struct field ending_fields[] = {
    {"id", FIELD_ID, AT(ending, id), .required = true, .help = N_("its name in records, for ever")},
    {"outcome", FIELD_WORD, AT(ending, outcome), .required = true, .words = outcome_words,
     .help = N_("what came of the call")},
    {"text", FIELD_TEXT, AT(ending, text), .required = true,
     .help = N_("what came of it, told to the trainee")},
    {"says", LIST(ending, says.items, says.count, 0, 16), .element = &a_line,
     .help = N_("the customer's last words")},
    {"account", FIELD_MAP, .offset = offsetof(struct ending, account), .element = &an_effect,
     .high = 32, .read = read_effects, .count_offset = offsetof(struct ending, account_count),
     .help = N_("what the account should hold then")},
};
static const struct shape shape_ending = {N_("ending"), N_("a way for the call to end"),
                                          FIELDS(ending_fields), sizeof(struct ending),
                                          .space = SPACE_ENDING};
static const struct field an_ending = {.kind = FIELD_OBJECT, .shape = &shape_ending};

static const struct field a_variable = {.kind = FIELD_VALUE, UNSTORED};
#define NODES_FIELD                                                                                \
    {                                                                                              \
        "nodes", .kind = FIELD_LIST, .offset = offsetof(struct scenario, nodes),                   \
                 .count_offset = NOWHERE, .size = sizeof(struct node), .required = true, .low = 1, \
                 .high = 1000000, .element = &a_node, .read = read_nodes,                          \
                 .help = N_("the moments of the call")                                             \
    }
#define POINTS_FIELD(needed)                                                                       \
    {                                                                                              \
        "points", .kind = FIELD_LIST, .offset = offsetof(struct scenario, points),                 \
                  .count_offset = NOWHERE, .size = sizeof(struct point), .required = needed,       \
                  .low = needed, .high = 500, .element = &a_point, .read = read_points,            \
                  .help = N_("what is marked")                                                     \
    }
#define VARIABLES_FIELD                                                                            \
    {                                                                                              \
        "variables", FIELD_MAP, UNSTORED,                                                          \
            .element = &a_variable, .high = 200, .read = read_variables,                           \
            .help = N_("names with the value they start with: a whole number, true or false")      \
    }

static const struct field scene_fields[] = {
    {"id", FIELD_ID, AT(scene, id), .required = true, .help = N_("its name")},
    {"start", FIELD_REFERENCE, AT(scene, start), .required = true, .space = SPACE_NODE,
     .help = N_("its first node")},
    NODES_FIELD,
};
const struct shape shape_scene = {N_("scene"),
                                  N_("a part of a call that comes back"),
                                  FIELDS(scene_fields),
                                  sizeof(struct scene),
                                  NULL,
                                  SPACE_SCENE};
static const char *const scene_format[] = {SCENE_FORMAT, NULL};
static const struct field scene_file_fields[] = {
    {"format", FIELD_FORMAT, UNSTORED, .required = true, .words = scene_format,
     .help = N_("the format of this file")},
    {"id", FIELD_ID, AT(scene, id), .required = true, .help = N_("its name")},
    {"start", FIELD_REFERENCE, AT(scene, start), .required = true, .space = SPACE_NODE,
     .help = N_("its first node")},
    POINTS_FIELD(0),
    VARIABLES_FIELD,
    NODES_FIELD,
};
const struct shape shape_scene_file = {N_("scene file"),
                                       N_("a scene that several scripts share"),
                                       FIELDS(scene_file_fields),
                                       sizeof(struct scene),
                                       NULL,
                                       SPACE_SCENE};
static const struct field scene_place_fields[] = {
    {"file", FIELD_PATH, UNSTORED, .required = true,
     .help = N_("a scene file in the script's folder or below it")}};
const struct shape shape_scene_place = {N_("scene"), N_("a scene in a file of its own"),
                                        FIELDS(scene_place_fields)};
static const struct field scene_forms[] = {
    {.kind = FIELD_OBJECT, UNSTORED, .shape = &shape_scene_place},
    {.kind = FIELD_OBJECT, UNSTORED, .shape = &shape_scene},
};
static const struct field a_scene = {
    .kind = FIELD_FORMS, .forms = scene_forms, .form_count = COUNT(scene_forms)};

static const char *const script_format[] = {SCENARIO_FORMAT, NULL};
static const char *const modules[] = {"product",  "order",    "return", "complaint",
                                      "security", "incident", NULL};
static const struct field a_digit_string = {.kind = FIELD_DIGITS};
static const struct field scenario_fields[] = {
    {"format", FIELD_FORMAT, UNSTORED, .required = true, .words = script_format,
     .help = N_("the format of this file")},
    {"id", FIELD_ID, AT(scenario, id), .required = true,
     .help = N_("the script's name in commands and records")},
    {"version", FIELD_WHOLE, AT(scenario, version), .required = true, .low = 1, .high = 1000000,
     .help = N_("raise it with every change that could change a mark")},
    {"title", FIELD_TEXT, AT(scenario, title), .required = true, .help = N_("for the list")},
    {"summary", FIELD_TEXT, AT(scenario, summary), .required = true,
     .help = N_("for the list; it must not give the answer away")},
    {"level", FIELD_WORD, AT(scenario, level), .required = true, .words = level_words,
     .help = N_("how hard it is")},
    {"module", FIELD_WORD, AT(scenario, module), .required = true, .words = modules,
     .help = N_("what kind of call it is")},
    {"job", FIELD_WORD, AT(scenario, job), .words = job_words,
     .help = N_("the line of work that has such calls: before, during or after the sale")},
    {"minutes", FIELD_WHOLE, AT(scenario, minutes), .required = true, .low = 1, .high = 60,
     .help = N_("planned time")},
    {"objectives", LIST(scenario, objectives, objective_count, 1, 50), .required = true,
     .element = &an_objective, .help = N_("what the trainee must be able to do")},
    POINTS_FIELD(1),
    {"required", LIST(scenario, required, requirement_count, 1, 200), .required = true,
     .element = &a_requirement, .help = N_("points that count even when the route missed them")},
    {"weights", FIELD_OBJECT, .offset = 0, .shape = &shape_weights, .read = read_weights,
     .help = N_("share of each stage in Q; they sum to 1")},
    {"customer", FIELD_OBJECT, .offset = 0, .required = true, .shape = &shape_customer,
     .help = N_("who calls")},
    {"issue", FIELD_OBJECT, .offset = 0, .required = true, .shape = &shape_issue,
     .help = N_("what the call is about")},
    {"facts", LIST(scenario, facts, fact_count, 0, 500), .element = &a_fact,
     .help = N_("facts of this customer and the ways to say them")},
    {"ticket", LIST(scenario, ticket, ticket_count, 1, TICKET_FIELDS), .element = &a_ticket_field,
     .help = N_("the fields of the ticket that the trainee fills in")},
    {"after_call", FIELD_TRUTH, AT(scenario, after_call),
     .help = N_("work goes on after the talk until it is said to be done; with a ticket it does")},
    {"reserved", .kind = FIELD_LIST, .offset = offsetof(struct scenario, reserved),
     .count_offset = NOWHERE, .size = sizeof(char *), .high = 200, .element = &a_digit_string,
     .help = N_("invented numbers that are never masked")},
    VARIABLES_FIELD,
    CASE_FIELDS,
    {"knowledge", FIELD_OBJECT, .offset = 0, .shape = &shape_knowledge,
     .help = N_("what looking things up does in this call")},
    {"silence", LIST(script, silence, silence_count, 0, 32), .element = &a_step,
     .help = N_("what the customer does when nothing is said; a node may have its own")},
    {"hold", LIST(scenario, hold, hold_count, 0, 32), .element = &a_step,
     .help = N_("the same while on hold")},
    {"otherwise", FIELD_OBJECT, AT(script, otherwise), .shape = &shape_change,
     .help = N_("when a typed reply fits nothing; a node may have its own")},
    {"hang_up", FIELD_REFERENCE, AT(scenario, hang_up), .required = true, .space = SPACE_ENDING,
     .help = N_("the ending when patience is gone")},
    {"start", FIELD_REFERENCE, AT(scenario, start), .required = true, .space = SPACE_NODE,
     .help = N_("the first node")},
    NODES_FIELD,
    {"scenes", FIELD_LIST, UNSTORED, .high = 100, .element = &a_scene, .read = read_scenes,
     .help = N_("parts of a call that come back")},
    {"account", LIST(scenario, account, account_count, 1, 32), .element = &an_account_entry,
     .help = N_("a simulated account that actions change")},
    {"actions", LIST(scenario, actions, action_count, 1, ACTIONS_MOST), .element = &an_action,
     .help = N_("what the trainee can do at the desk")},
    {"second_line", FIELD_OBJECT, AT(scenario, second_line), .shape = &shape_second_line,
     .help = N_("colleagues whom a call can be handed on to with a note")},
    {"endings", LIST(scenario, endings, ending_count, 1, 100), .required = true,
     .element = &an_ending, .help = N_("the ways for the call to end")},
};
const struct shape shape_scenario = {.name = N_("script"),
                                     .help = N_("a call to rehearse"),
                                     FIELDS(scenario_fields),
                                     .size = sizeof(struct scenario)};
