/* The words of the room: in files, and for people. All made from the lists in scenario.h. */
#include "scenario/words.h"
#include "scenario/scenario.h"

#include <string.h>

#define WORD(name, word, label) word,
#define LABEL(name, word, label) label,
#define ACTION_WORD(name, word, stage, label) word,
#define ACTION_LABEL(name, word, stage, label) label,
#define ACTION_STAGE(name, word, stage, label) STAGE_##stage,
#define BEHAVIOUR_WORD(name, word) word,

const char *const stage_words[] = {STAGES(WORD) NULL};
const char *const key_action_words[] = {KEY_ACTIONS(ACTION_WORD) NULL};
const char *const level_words[] = {LEVELS(WORD) NULL};
const char *const dimension_words[] = {DIMENSIONS(WORD) NULL};
const char *const point_kind_words[] = {POINT_KINDS(WORD) NULL};
const char *const harm_words[] = {HARMS(WORD) NULL};
const char *const outcome_words[] = {OUTCOMES(WORD) NULL};
const char *const complaint_words[] = {COMPLAINT_TYPES(WORD) NULL};
const char *const job_words[] = {JOBS(WORD) NULL};
const char *const ticket_kind_words[] = {TICKET_KINDS(BEHAVIOUR_WORD) NULL};
const char *const behaviour_words[] = {BEHAVIOURS(BEHAVIOUR_WORD) NULL};

static const char *const stage_labels[] = {STAGES(LABEL)};
static const char *const key_action_labels[] = {KEY_ACTIONS(ACTION_LABEL)};
static const char *const level_labels[] = {LEVELS(LABEL)};
static const char *const outcome_labels[] = {OUTCOMES(LABEL)};
static const char *const harm_labels[] = {HARMS(LABEL)};
static const char *const job_labels[] = {JOBS(LABEL)};
static const char *const grade_words[] = {GRADES(WORD)};
static const char *const grade_labels[] = {GRADES(LABEL)};
static const enum stage key_action_stages[] = {KEY_ACTIONS(ACTION_STAGE)};

const char *stage_word(enum stage stage) {
    return stage_words[stage];
}

const char *stage_label(enum stage stage) {
    return _(stage_labels[stage]);
}

const char *key_action_word(enum key_action action) {
    return key_action_words[action];
}

const char *key_action_label(enum key_action action) {
    return _(key_action_labels[action]);
}

enum stage key_action_stage(enum key_action action) {
    return key_action_stages[action];
}

const char *level_word(enum level level) {
    return level_words[level];
}

const char *level_label(enum level level) {
    return _(level_labels[level]);
}

const char *dimension_word(enum dimension dimension) {
    return dimension_words[dimension];
}

const char *outcome_word(enum outcome outcome) {
    return outcome_words[outcome];
}

const char *outcome_label(enum outcome outcome) {
    return _(outcome_labels[outcome]);
}

const char *harm_label(enum harm harm) {
    return _(harm_labels[harm]);
}

const char *job_word(enum job job) {
    return job_words[job];
}

const char *job_label(enum job job) {
    return _(job_labels[job]);
}

#define STEP(stage, label) [STAGE_##stage] = label,
const char *complaint_step_label(enum stage stage) {
    static const char *const labels[STAGE_COUNT] = {COMPLAINT_STEPS(STEP)};
    return _(labels[stage]);
}

const char *grade_word(enum grade grade) {
    return grade_words[grade];
}

const char *grade_label(enum grade grade) {
    return _(grade_labels[grade]);
}

int grade_from(const char *word) {
    for (int i = 0; i < GRADE_COUNT; i++)
        if (!strcmp(grade_words[i], word))
            return i;
    return -1;
}
