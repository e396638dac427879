#include "scenario/format_case.h"

#include <string.h>

/* ---- skipping time ---- */

static void finish_later(struct reader *reader, const cJSON *object, char *base) {
    struct later_step *step = (struct later_step *)base;
    finish_change(reader, object, (char *)&step->change);
    if (!member_of(object, "to"))
        report(reader, object, CODE_MISSING_KEY, _("this %s needs the key `%s`: %s"),
               _("skip of time"), "to", _("where the call goes on: a node or an ending"));
    if (!step->text.in[LANGUAGE_ZH])
        step->text = (struct text){{"", ""}};
}

static const struct later_step blank_later = {.change = {.scene = SCENE_NONE}};
static const struct field later_fields[] = {
    {"after_s", FIELD_WHOLE, AT(later_step, after_ms), .required = true, .low = 1,
     .high = CASE_LONGEST_S, .scale = 1000, .help = N_("seconds of case time that pass")},
    {"text", FIELD_TEXT, AT(later_step, text), .help = N_("what the trainee lets pass, in words")},
    {"if", FIELD_CONDITION, AT(later_step, condition), .help = N_("only when this holds")},
    CHANGE_FIELDS(later_step, change.),
};
static const struct shape shape_later = {
    N_("skip of time"),   N_("case time that can be skipped here"),
    FIELDS(later_fields), sizeof(struct later_step),
    &blank_later,         SPACE_NONE,
    finish_later};
const struct field a_later_step = {.kind = FIELD_OBJECT, .shape = &shape_later};

static const cJSON *length_of(const cJSON *object, uint32_t index) {
    const cJSON *step = member_of(object, "later")->child;
    while (index--)
        step = step->next;
    return member_of(step, "after_s");
}

void check_later_steps(struct reader *reader, const cJSON *object, const struct node *node) {
    for (uint32_t i = 0; i < node->later_count; i++)
        for (uint32_t j = 0; j < i && node->later[i].after_ms; j++)
            if (node->later[i].after_ms == node->later[j].after_ms)
                report(reader, length_of(object, i), CODE_DUPLICATE_ID,
                       _("another `later` of this node skips as much; records name it by that"));
}

/* ---- targets ---- */

#define TARGET(member)                                                                             \
    .offset = offsetof(struct scenario, case_targets.member), .size = sizeof(uint32_t)
static const struct field case_fields[] = {
    {"first_response_s", FIELD_WHOLE, TARGET(first_response_ms), .low = 1, .high = CASE_LONGEST_S,
     .scale = 1000, .help = N_("the first reply, in seconds of the case clock")},
    {"first_plan_s", FIELD_WHOLE, TARGET(first_plan_ms), .low = 1, .high = CASE_LONGEST_S,
     .scale = 1000, .help = N_("the first point of the key action `plan`")},
    {"closure_s", FIELD_WHOLE, TARGET(closure_ms), .low = 1, .high = CASE_LONGEST_S, .scale = 1000,
     .help = N_("the first point of the key action `close`")},
};
const struct shape shape_case = {N_("set of case targets"),
                                 N_("when the case should have got so far"), FIELDS(case_fields)};

/* ---- which clock ---- */

const char *const clock_words[] = {"call", "case", NULL};

void read_clock(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    const struct field word = {.kind = FIELD_WORD, .words = field->words, .size = sizeof(int)};
    int chosen = 0;
    field_read(reader, &word, value, (char *)&chosen);
    if (base)
        ((struct point *)base)->by_case = chosen == 1;
}

/* ---- strict wording ---- */

const char *const wording_words[] = {"flexible", "strict", NULL};

static const char *const *phrases_of(struct reader *reader, const cJSON *group) {
    const cJSON *item;
    uint32_t room = 1, count = 0;
    cJSON_ArrayForEach(item, member_of(group, "any")) room++;
    const char **phrases = arena_take(reader->arena, room * sizeof *phrases);
    cJSON_ArrayForEach(item, member_of(group, "any")) {
        if (cJSON_IsString(item))
            phrases[count++] = item->valuestring;
    }
    return count ? phrases : NULL;
}

void finish_wording(struct reader *reader, const cJSON *object, char *base) {
    const cJSON *wording = member_of(object, "wording"), *group;
    const cJSON *groups = member_of(member_of(object, "typed"), "groups");
    if (!cJSON_IsString(wording) || strcmp(wording->valuestring, "strict") != 0)
        return;
    uint32_t room = 1, count = 0;
    cJSON_ArrayForEach(group, groups) room++;
    const char *const **list = arena_take(reader->arena, room * sizeof *list);
    bool whole = room > 1;
    cJSON_ArrayForEach(group, groups) {
        list[count] = phrases_of(reader, group);
        whole = whole && list[count++];
    }
    if (!whole)
        report_key(reader, wording, CODE_MISSING_KEY,
                   _("strict wording needs a phrase in every group of `typed`: only what is given "
                     "can be asked for word for word"));
    else
        ((struct point *)base)->phrases = list;
}
