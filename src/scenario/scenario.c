/* Asking a loaded scenario: by id, by expression, and for the place of a thing. */
#include "scenario/scenario.h"

#include <stdarg.h>
#include <string.h>

#include "scenario/source.h"

static int find(const struct names *names, const char *id, bool ending) {
    int64_t number = names_find(names, id, strlen(id));
    if (number < 0 || !(number & PLACE_ENDING) == ending)
        return -1;
    return (int)(number & ~(int64_t)PLACE_ENDING);
}

int scenario_node(const struct scenario *scenario, const char *id) {
    return find(&scenario->sources->places_by_id, id, false);
}

int scenario_point(const struct scenario *scenario, const char *id) {
    return find(&scenario->sources->points, id, false);
}

int scenario_ending(const struct scenario *scenario, const char *id) {
    return find(&scenario->sources->places_by_id, id, true);
}

int scenario_action(const struct scenario *scenario, const char *id) {
    return find(&scenario->sources->actions, id, false);
}

int scenario_article(const struct scenario *scenario, const char *id) {
    for (uint32_t i = 0; i < scenario->article_count; i++)
        if (!strcmp(scenario->articles[i].id, id))
            return (int)i;
    return -1;
}

/* ---- expressions ---- */

static void note_reply(struct reply_names *names, struct arena *arena, uint32_t *same,
                       const struct reply *reply) {
    uint32_t first = reply->number;
    same[reply->number] = UINT32_MAX;
    if (!reply->id || names_add(&names->first, arena, reply->id, &first))
        return;
    same[reply->number] = same[first];
    same[first] = reply->number;
}

/* Only scripts that ask said() pay for this table. */
static const struct reply_names *reply_names(void *context) {
    const struct scenario *scenario = context;
    struct scenario_sources *sources = scenario->sources;
    if (sources->replies_known)
        return &sources->replies;
    sources->replies_known = true;
    uint32_t *same = arena_take(scenario->arena, (scenario->reply_count + 1) * sizeof *same);
    for (uint32_t i = 0; i < scenario->node_count; i++)
        for (uint32_t j = 0; j < scenario->nodes[i].reply_count; j++)
            note_reply(&sources->replies, scenario->arena, same, &scenario->nodes[i].replies[j]);
    sources->replies.same = same;
    return &sources->replies;
}

struct expression *scenario_compile(const struct scenario *scenario, const char *source,
                                    uint32_t scene, struct arena *arena,
                                    struct expression_fault *fault) {
    const struct scenario_sources *sources = scenario->sources;
    const struct expression_names names = {
        .variables = &sources->variables,
        .variable_list = scenario->variables,
        .places = &sources->places_by_id,
        .points = &sources->points,
        .actions = &sources->actions,
        .articles = &sources->articles,
        .facts = &sources->facts,
        .replies = reply_names,
        .context = (void *)scenario,
        .scene = scene == SCENE_NONE ? NULL : scenario->scenes[scene].id,
    };
    return expression_compile(source, &names, arena, fault);
}

struct expression *expression_parse(const char *source, const struct scenario *scenario,
                                    struct arena *arena, struct findings *findings) {
    struct expression_fault fault;
    const struct expression_names nothing = {0};
    struct expression *expression =
        scenario ? scenario_compile(scenario, source, SCENE_NONE, arena, &fault)
                 : expression_compile(source, &nothing, arena, &fault);
    if (!expression)
        findings_add(findings, FINDING_ERROR, code_table[fault.code].word, "", 1,
                     utf8_count(source, fault.at) + 1, "%s", fault.text);
    return expression;
}

/* ---- places ---- */

void scenario_find(const struct scenario *scenario, const void *thing, struct findings *findings,
                   enum finding_severity severity, const char *code, const char *format, ...) {
    struct scenario_sources *sources = scenario->sources;
    struct buffer text = {0};
    uint32_t document = 0;
    const cJSON *place = thing ? place_find(sources, thing, &document) : NULL;
    const struct json *json = sources->documents[document];
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    json_find(json, place ? place : json->root, findings, severity, code, "%s", buffer_text(&text));
    buffer_free(&text);
}
