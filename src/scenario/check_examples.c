/* The good and bad examples of each point are tests of its typed rule: they are run. */
#include <string.h>

#include "scenario/check.h"

struct example {
    struct checker *checker;
    const struct point *point;
    struct reading *reading;
    uint32_t document;
    bool good;
};

static void tell_good(const struct example *example, const cJSON *text, const struct found *found) {
    if (found->missed)
        check_value(example->checker, example->document, text, CODE_EXAMPLE_GOOD,
                    _("this good example of `%s` is %s, not MET; nearest miss: %s"),
                    example->point->id, verdict_name(found->verdict), found->missed);
    else
        check_value(example->checker, example->document, text, CODE_EXAMPLE_GOOD,
                    _("this good example of `%s` is %s, not MET (%s)"), example->point->id,
                    verdict_name(found->verdict), found->why ? found->why : "nothing");
}

static void run_example(const struct example *example, const cJSON *text) {
    if (!cJSON_IsString(text))
        return;
    language_read(example->checker->scenario->lexicon, NULL, 0, text->valuestring,
                  strlen(text->valuestring), example->reading);
    const struct found *found = &example->reading->rules[example->point->rule];
    bool met = found->verdict == VERDICT_MET;
    if (example->good && !met)
        tell_good(example, text, found);
    if (!example->good && met)
        check_value(example->checker, example->document, text, CODE_EXAMPLE_BAD,
                    _("this bad example of `%s` is MET: tighten the rule, or take the example out"),
                    example->point->id);
}

static void run_examples(const struct example *example, const cJSON *examples) {
    const cJSON *list, *text;
    cJSON_ArrayForEach(list, examples) if (!key_is_free(list->string))
        cJSON_ArrayForEach(text, list) run_example(example, text);
}

static void check_point_examples(struct checker *checker, const struct point *point,
                                 struct reading *reading) {
    uint32_t document = 0;
    const cJSON *place = place_find(checker->sources, point, &document);
    const cJSON *good = member_of(place, "good"), *bad = member_of(place, "bad");
    if (point->rule < 0) {
        if (good || bad)
            check_value(checker, document, good ? good : bad, CODE_EXAMPLE_UNTESTED,
                        _("examples of `%s` test nothing: it has no `typed` rule"), point->id);
        return;
    }
    if (!checker->sources->pack_count)
        return; /* rules that name behaviours find nothing then, and that says nothing of the script
                 */
    struct example example = {checker, point, reading, document, true};
    run_examples(&example, good);
    example.good = false;
    run_examples(&example, bad);
}

/* What the script calls right on the ticket is right. */
static void check_ticket_example(struct checker *checker, const struct ticket_field *field,
                                 struct reading *reading) {
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *text = field->example.in[i];
        if (field->rule < 0 || !*text)
            continue;
        language_read(checker->scenario->lexicon, NULL, 0, text, strlen(text), reading);
        if (reading->rules[field->rule].verdict == VERDICT_MET)
            continue;
        check_thing(checker, field, "example", CODE_EXAMPLE_GOOD,
                    _("the ticket's rule for `%s` does not find its own example \"%s\" right"),
                    field->id, text);
        return;
    }
}

void check_examples(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    struct reading reading = {0};
    for (uint32_t i = 0; i < scenario->point_count; i++)
        check_point_examples(checker, &scenario->points[i], &reading);
    for (uint32_t i = 0; i < scenario->ticket_count; i++)
        check_ticket_example(checker, &scenario->ticket[i], &reading);
    reading_free(&reading);
}
