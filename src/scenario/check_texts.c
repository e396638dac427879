/* Texts that are missing in a language, and replies that a trainee could not tell apart. */
#include <string.h>

#include "scenario/check.h"

/* A walk over the JSON by the tables of the format: `visit` sees every text of the script. */
struct walk {
    struct checker *checker;
    uint32_t document;
    bool in_both; /* some text stands in both languages */
    void (*visit)(struct walk *walk, const cJSON *text);
};

static void walk_shape(struct walk *walk, const struct shape *shape, const cJSON *object);

static bool is_form(const struct field *form, const cJSON *value) {
    if (form->kind == FIELD_OBJECT)
        return cJSON_IsObject(value) && member_of(value, form->shape->fields[0].key);
    return form->kind == FIELD_TEXT;
}

static void walk_value(struct walk *walk, const struct field *field, const cJSON *value) {
    const cJSON *child;
    if (field->kind == FIELD_TEXT) {
        walk->visit(walk, value);
    } else if (field->kind == FIELD_OBJECT) {
        walk_shape(walk, field->shape, value);
    } else if (field->kind == FIELD_LIST) {
        cJSON_ArrayForEach(child, value) walk_value(walk, field->element, child);
    } else if (field->kind == FIELD_FORMS) {
        for (uint32_t i = 0; i < field->form_count; i++)
            if (is_form(&field->forms[i], value)) {
                walk_value(walk, &field->forms[i], value);
                return;
            }
    }
}

static void walk_shape(struct walk *walk, const struct shape *shape, const cJSON *object) {
    const cJSON *member;
    cJSON_ArrayForEach(member, object) for (uint32_t i = 0; i < shape->field_count;
                                            i++) if (strcmp(shape->fields[i].key, member->string) ==
                                                     0) walk_value(walk, &shape->fields[i], member);
}

static void walk_all(struct walk *walk) {
    const struct scenario_sources *sources = walk->checker->sources;
    for (uint32_t i = 0; i < sources->document_count; i++) {
        walk->document = i;
        walk_shape(walk, i ? &shape_scene_file : &shape_scenario, sources->documents[i]->root);
    }
}

/* ---- languages ---- */

static void note_languages(struct walk *walk, const cJSON *text) {
    if (cJSON_IsObject(text) && member_of(text, "zh") && member_of(text, "en"))
        walk->in_both = true;
}

static bool is_han(uint32_t codepoint) {
    return (codepoint >= 0x3400 && codepoint <= 0x9FFF) || codepoint >= 0x20000;
}

/* What a string for both languages is written in: numbers, names and product codes are neither. */
static void count_script(const char *text, size_t *han, size_t *words) {
    size_t length = strlen(text), letters = 0;
    for (size_t at = 0; at < length;) {
        uint32_t codepoint;
        at += utf8_decode(text + at, length - at, &codepoint);
        bool letter = (codepoint | 32) >= 'a' && (codepoint | 32) <= 'z';
        *han += is_han(codepoint);
        letters = letter ? letters + 1 : 0;
        *words += letters == 2;
    }
}

#define SENTENCE 4 /* so many Latin words are a sentence and no name */

static void find_missing(struct walk *walk, const cJSON *text) {
    size_t han = 0, words = 0;
    bool zh = member_of(text, "zh") != NULL, en = member_of(text, "en") != NULL;
    if (cJSON_IsString(text)) {
        count_script(text->valuestring, &han, &words);
        zh = han || words < SENTENCE;
        en = !han;
    }
    if (!zh)
        check_value(walk->checker, walk->document, text, CODE_TEXT_MISSING,
                    _("this text is missing in Chinese: write it under `zh`"));
    if (!en)
        check_value(walk->checker, walk->document, text, CODE_TEXT_MISSING,
                    _("this text is missing in English: write it under `en`"));
}

/* ---- twins ---- */

static bool reads_the_same(const struct reply *a, const struct reply *b) {
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(a->says.in[i], b->says.in[i]) == 0)
            return true;
    return false;
}

/* Replies that hang on conditions may well say the same at different times. */
static void check_twins(struct checker *checker, const struct node *node) {
    for (uint32_t i = 0; i < node->reply_count; i++)
        for (uint32_t j = 0; j < i; j++) {
            const struct reply *a = &node->replies[i], *b = &node->replies[j];
            if (!a->condition && !b->condition && reads_the_same(a, b)) {
                check_thing(checker, a, "says", CODE_DUPLICATE_REPLY,
                            _("reply `%s` says the same as `%s`: nobody can tell them apart"),
                            a->id, b->id);
                break;
            }
        }
}

void check_texts(struct checker *checker) {
    struct walk walk = {.checker = checker, .visit = note_languages};
    walk_all(&walk);
    walk.visit = find_missing;
    if (walk.in_both)
        walk_all(&walk);
    for (uint32_t i = 0; i < checker->scenario->node_count; i++)
        check_twins(checker, &checker->scenario->nodes[i]);
}
