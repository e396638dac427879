/* What follows from the script as a whole. Runs over a script whose every reference is good. */
#include <stdlib.h>
#include <string.h>

#include "scenario/link.h"
#include "scenario/profile_link.h"

static void report_thing(struct reader *reader, const void *thing, enum code code,
                         const char *text) {
    uint32_t document = 0;
    const cJSON *place = place_find(reader->sources, thing, &document);
    reader->json = reader->sources->documents[document];
    report(reader, place ? place : reader->json->root, code, "%s", text);
}

/* ---- the required list ---- */

static void link_requirement(struct reader *reader, struct requirement *requirement) {
    struct point *points = (struct point *)reader->scenario->points;
    requirement->stage = points[requirement->points[0]].stage;
    if (requirement->count == 1)
        points[requirement->points[0]].required = true;
    for (uint32_t i = 1; i < requirement->count; i++)
        if (points[requirement->points[i]].stage != requirement->stage) {
            report_thing(reader, requirement, CODE_MIXED_STAGES,
                         _("these points lie in two stages: one entry belongs to one stage"));
            return;
        }
}

/* ---- what nodes inherit ---- */

static void sort_steps(const struct silence_step *constant, uint32_t count) {
    struct silence_step *steps = (struct silence_step *)constant;
    for (uint32_t i = 1; i < count; i++) {
        struct silence_step moving = steps[i];
        uint32_t to = i;
        for (; to > 0 && steps[to - 1].after_ms > moving.after_ms; to--)
            steps[to] = steps[to - 1];
        steps[to] = moving;
    }
}

/* In order of time; only the last may come again, or those after it would never come. */
static void link_steps(struct reader *reader, const struct silence_step *steps, uint32_t count) {
    sort_steps(steps, count);
    for (uint32_t i = 0; i + 1 < count; i++)
        if (steps[i].repeats)
            report_thing(reader, &steps[i], CODE_OUT_OF_RANGE,
                         _("only the last step in time can repeat: those after it never come"));
}

static void inherit(const struct script *script, struct node *node, const struct change *nothing) {
    if (!node->silence) {
        node->silence = script->silence;
        node->silence_count = script->silence_count;
    }
    if (!node->otherwise)
        node->otherwise = script->otherwise ? script->otherwise : nothing;
}

/* ---- the points on each node's route ---- */

struct route {
    struct reader *reader;
    uint32_t *stamps; /* the node, counted from 1, that saw the point last */
    uint32_t *points, count;
    uint32_t stamp;
};

static void route_add(struct route *route, uint32_t point) {
    if (route->stamps[point] == route->stamp)
        return;
    route->stamps[point] = route->stamp;
    route->points[route->count++] = point;
}

static void route_add_change(struct route *route, const struct change *change) {
    for (uint32_t i = 0; i < change->mark_count; i++)
        route_add(route, change->marks[i].point);
}

/* A typed reply can trip whatever has a rule, so those of the stage lie on the way. */
static void route_add_traps(struct route *route, const struct node *node) {
    const struct scenario *scenario = route->reader->scenario;
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        bool negative = point_is_trip(point);
        if (negative && point->rule >= 0 && point->stage == node->stage)
            route_add(route, i);
    }
}

static void link_route(struct route *route, struct node *node) {
    route->stamp++;
    route->count = 0;
    for (uint32_t i = 0; i < node->reply_count; i++)
        route_add_change(route, &node->replies[i].change);
    for (uint32_t i = 0; i < node->typed_rule_count; i++)
        route_add_change(route, &node->typed_rules[i].change);
    if (node->accepts_typed) {
        route_add_change(route, node->otherwise);
        route_add_traps(route, node);
    }
    size_t size = route->count * sizeof *route->points;
    uint32_t *points = arena_take(route->reader->arena, size);
    memcpy(points, route->points, size);
    node->points = points;
    node->point_count = route->count;
}

static void link_routes(struct reader *reader) {
    const struct scenario *scenario = reader->scenario;
    struct route route = {
        .reader = reader,
        .stamps = memory_new((scenario->point_count + 1) * sizeof *route.stamps),
        .points = memory_new((scenario->point_count + 1) * sizeof *route.points),
    };
    for (uint32_t i = 0; i < scenario->node_count; i++)
        link_route(&route, (struct node *)&scenario->nodes[i]);
    free(route.stamps);
    free(route.points);
}

/* ---- scenes inside scenes ---- */

struct nesting {
    struct reader *reader;
    uint8_t *inside;  /* [scene * count + other]: scene goes through other */
    uint32_t *depths; /* 0: not known yet, UINT32_MAX: being worked out */
};

/* How many scenes are open at most once this one is; each scene is worked out once. */
static uint32_t scene_depth(struct nesting *nesting, uint32_t scene) {
    const struct scenario *scenario = nesting->reader->scenario;
    uint32_t count = scenario->scene_count, deepest = 0;
    if (nesting->depths[scene] == UINT32_MAX) {
        struct buffer text = {0};
        buffer_printf(&text,
                      _("scene `%s` leads into itself; a scene may use others, never itself"),
                      scenario->scenes[scene].id);
        report_thing(nesting->reader, &scenario->scenes[scene], CODE_SCENE_RECURSION,
                     buffer_text(&text));
        buffer_free(&text);
        return 0;
    }
    if (nesting->depths[scene])
        return nesting->depths[scene];
    nesting->depths[scene] = UINT32_MAX;
    for (uint32_t other = 0; other < count; other++)
        if (nesting->inside[scene * count + other]) {
            uint32_t depth = scene_depth(nesting, other);
            deepest = depth > deepest ? depth : deepest;
        }
    return nesting->depths[scene] = deepest + 1;
}

static void note_scene(struct nesting *nesting, const struct node *node,
                       const struct change *change) {
    uint32_t count = nesting->reader->scenario->scene_count;
    if (node->scene != SCENE_NONE && change->scene != SCENE_NONE)
        nesting->inside[node->scene * count + change->scene] = 1;
}

static void note_scenes(struct nesting *nesting, const struct node *node) {
    for (uint32_t i = 0; i < node->reply_count; i++)
        note_scene(nesting, node, &node->replies[i].change);
    for (uint32_t i = 0; i < node->typed_rule_count; i++)
        note_scene(nesting, node, &node->typed_rules[i].change);
    for (uint32_t i = 0; i < node->silence_count; i++)
        note_scene(nesting, node, &node->silence[i].change);
    if (node->otherwise)
        note_scene(nesting, node, node->otherwise);
}

static void link_scenes(struct reader *reader) {
    struct scenario *scenario = reader->scenario;
    uint32_t count = scenario->scene_count;
    struct nesting nesting = {
        .reader = reader,
        .inside = memory_new((size_t)count * count + 1),
        .depths = memory_new((count + 1) * sizeof *nesting.depths),
    };
    for (uint32_t i = 0; i < scenario->node_count; i++)
        if (scenario->nodes[i].scene != SCENE_NONE)
            note_scenes(&nesting, &scenario->nodes[i]);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t depth = scene_depth(&nesting, i);
        if (depth > scenario->scene_depth)
            scenario->scene_depth = depth;
    }
    free(nesting.inside);
    free(nesting.depths);
}

/* ---- all of it ---- */

static void link_order(struct reader *reader) {
    const struct scenario *scenario = reader->scenario;
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        for (uint32_t j = 0; j < point->after_count; j++)
            if (point->after[j] == i)
                report_thing(reader, point, CODE_KIND_MISMATCH,
                             _("a point cannot come after itself"));
    }
}

void link_whole(struct reader *reader, struct script *script) {
    struct scenario *scenario = reader->scenario;
    struct change *nothing = arena_take(reader->arena, sizeof *nothing);
    nothing->scene = SCENE_NONE;
    for (uint32_t i = 0; i < scenario->requirement_count; i++)
        link_requirement(reader, (struct requirement *)&scenario->required[i]);
    profile_link(reader, script);
    link_steps(reader, script->silence, script->silence_count);
    link_steps(reader, scenario->hold, scenario->hold_count);
    link_order(reader);
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        struct node *node = (struct node *)&scenario->nodes[i];
        if (node->silence)
            link_steps(reader, node->silence, node->silence_count);
        inherit(script, node, nothing);
    }
    link_scenes(reader);
    link_facts(reader, scenario);
    link_routes(reader);
}
