/* Where a call can go: nodes nobody reaches, nodes nobody gets away from.
 *
 * An edge is a change; it may go through a scene first and then needs the scene to return. Two
 * facts are worked out for every node, backwards from endings and returns, each edge looked at only
 * when something it depends on has changed: whether an ending can be reached from it, and whether
 * the scene it lies in can be left by "return". Then one walk forward finds what is reached. A
 * visited mark per node is all that stands between this and endless loops; that ways meet again is
 * nothing to complain about. */
#include <stdlib.h>
#include <string.h>

#include "scenario/check.h"

#define NOWHERE_NODE UINT32_MAX

struct edge {
    uint32_t from;
    uint32_t scene; /* its first node is gone to, or SCENE_NONE */
    struct target target;
};

struct graph {
    struct checker *checker;
    struct edge *edges;
    size_t count, capacity;
    uint32_t *first_from; /* edges of node n: first_from[n] … first_from[n + 1] */
    uint32_t *first_use;  /* the same in `uses`: edges whose worth depends on node n */
    uint32_t *uses;
    bool *ends, *returns;
    uint32_t *work; /* nodes still to be looked at */
    size_t work_count;
};

static void add_edge(void *context, uint32_t node, const struct change *change,
                     const struct expression *condition) {
    struct graph *graph = context;
    if (change->target.kind == TARGET_STAY && change->scene == SCENE_NONE)
        return;
    if (never_holds(graph->checker, condition))
        return;
    graph->edges =
        memory_reserve(graph->edges, &graph->capacity, graph->count + 1, sizeof *graph->edges);
    graph->edges[graph->count++] = (struct edge){node, change->scene, change->target};
}

static uint32_t scene_start(const struct graph *graph, const struct edge *edge) {
    if (edge->scene == SCENE_NONE)
        return NOWHERE_NODE;
    return graph->checker->scenario->scenes[edge->scene].start;
}

/* The node the call stands at after the edge: staying means the node it came from. */
static uint32_t next_node(const struct edge *edge) {
    if (edge->target.kind == TARGET_NODE)
        return edge->target.index;
    return edge->target.kind == TARGET_STAY ? edge->from : NOWHERE_NODE;
}

static void count_use(struct graph *graph, uint32_t node, uint32_t edge, bool place) {
    if (node == NOWHERE_NODE)
        return;
    if (place)
        graph->uses[graph->first_use[node + 1]++] = edge;
    else
        graph->first_use[node + 2]++;
}

/* Counting sort of edges by the nodes they depend on. */
static void index_uses(struct graph *graph, uint32_t nodes) {
    graph->first_use = memory_new((nodes + 3) * sizeof *graph->first_use);
    graph->uses = memory_new((2 * graph->count + 1) * sizeof *graph->uses);
    for (int place = 0; place < 2; place++) {
        for (uint32_t i = 0; i < graph->count; i++) {
            count_use(graph, next_node(&graph->edges[i]), i, place);
            count_use(graph, scene_start(graph, &graph->edges[i]), i, place);
        }
        for (uint32_t i = 0; !place && i < nodes + 1; i++)
            graph->first_use[i + 1] += graph->first_use[i];
    }
}

static void build(struct graph *graph) {
    const struct scenario *scenario = graph->checker->scenario;
    graph->first_from = memory_new((scenario->node_count + 1) * sizeof *graph->first_from);
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        graph->first_from[i] = (uint32_t)graph->count;
        each_change(scenario, i, add_edge, graph);
    }
    graph->first_from[scenario->node_count] = (uint32_t)graph->count;
    index_uses(graph, scenario->node_count);
    graph->ends = memory_new(scenario->node_count + 1);
    graph->returns = memory_new(scenario->node_count + 1);
    graph->work = memory_new((scenario->node_count * 2 + 1) * sizeof *graph->work);
}

/* What an edge is worth to the node it leaves; true when that was news. */
static bool weigh(struct graph *graph, const struct edge *edge) {
    uint32_t start = scene_start(graph, edge), next = next_node(edge);
    bool ends = start != NOWHERE_NODE && graph->ends[start], returns = false;
    if (start == NOWHERE_NODE || graph->returns[start]) {
        ends |= edge->target.kind == TARGET_ENDING || (next != NOWHERE_NODE && graph->ends[next]);
        returns |=
            edge->target.kind == TARGET_RETURN || (next != NOWHERE_NODE && graph->returns[next]);
    }
    bool news = (ends && !graph->ends[edge->from]) || (returns && !graph->returns[edge->from]);
    graph->ends[edge->from] |= ends;
    graph->returns[edge->from] |= returns;
    return news;
}

static void weigh_backwards(struct graph *graph) {
    for (size_t i = 0; i < graph->count; i++)
        if (weigh(graph, &graph->edges[i]))
            graph->work[graph->work_count++] = graph->edges[i].from;
    while (graph->work_count) {
        uint32_t node = graph->work[--graph->work_count];
        for (uint32_t i = graph->first_use[node]; i < graph->first_use[node + 1]; i++) {
            const struct edge *edge = &graph->edges[graph->uses[i]];
            if (weigh(graph, edge))
                graph->work[graph->work_count++] = edge->from;
        }
    }
}

static void reach(struct graph *graph, uint32_t node) {
    if (node == NOWHERE_NODE || graph->checker->reached[node])
        return;
    graph->checker->reached[node] = true;
    graph->work[graph->work_count++] = node;
}

static void follow(struct graph *graph, const struct edge *edge) {
    uint32_t start = scene_start(graph, edge);
    reach(graph, start);
    if (start != NOWHERE_NODE) {
        graph->checker->scene_used[edge->scene] = true;
        if (!graph->returns[start])
            return;
    }
    reach(graph, next_node(edge));
    if (edge->target.kind == TARGET_ENDING)
        graph->checker->ending_reached[edge->target.index] = true;
}

/* Where the customer who asks for a supervisor is taken, from anywhere. */
static void reach_supervisor(struct graph *graph, const struct profile *profile) {
    struct target target = profile ? profile->supervisor.target : (struct target){TARGET_STAY, 0};
    if (target.kind == TARGET_NODE)
        reach(graph, target.index);
    else if (target.kind == TARGET_ENDING)
        graph->checker->ending_reached[target.index] = true;
}

static void walk_forward(struct graph *graph) {
    const struct scenario *scenario = graph->checker->scenario;
    memset(graph->checker->reached, false, scenario->node_count);
    reach(graph, scenario->start);
    reach_supervisor(graph, scenario->profile);
    while (graph->work_count) {
        uint32_t node = graph->work[--graph->work_count];
        for (uint32_t i = graph->first_from[node]; i < graph->first_from[node + 1]; i++)
            follow(graph, &graph->edges[i]);
    }
    graph->checker->ending_reached[scenario->hang_up] = true;
}

/* ---- findings ---- */

static void check_node(struct graph *graph, uint32_t number) {
    struct checker *checker = graph->checker;
    const struct node *node = &checker->scenario->nodes[number];
    bool in_unused = node->scene != SCENE_NONE && !checker->scene_used[node->scene];
    if (in_unused)
        return; /* said once, of the scene */
    if (!checker->reached[number])
        check_thing(checker, node, "id", CODE_UNREACHABLE_NODE,
                    _("no way leads to node `%s`: name it in some `to`, or take it out"), node->id);
    else if (!graph->ends[number] && !graph->returns[number])
        check_thing(checker, node, "id", CODE_DEAD_END,
                    _("from node `%s` no ending can be reached: give one of its replies a `to`"),
                    node->id);
}

static void check_scene(struct graph *graph, uint32_t number) {
    struct checker *checker = graph->checker;
    const struct scene *scene = &checker->scenario->scenes[number];
    if (!checker->scene_used[number])
        check_thing(checker, scene, "id", CODE_UNUSED_SCENE, _("nothing goes through scene `%s`"),
                    scene->id);
    else if (!graph->returns[scene->start])
        check_thing(checker, scene, "id", CODE_NO_RETURN,
                    _("scene `%s` never returns: give one of its replies \"to\": \"return\""),
                    scene->id);
}

static bool is_good(const struct ending *ending) {
    return ending->outcome == OUTCOME_RESOLVED || ending->outcome == OUTCOME_ESCALATED ||
           ending->outcome == OUTCOME_TRANSFERRED;
}

static void check_endings(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    bool good = false, bad = false;
    for (uint32_t i = 0; i < scenario->ending_count; i++) {
        const struct ending *ending = &scenario->endings[i];
        if (!checker->ending_reached[i])
            check_thing(checker, ending, "id", CODE_UNREACHABLE_ENDING,
                        _("no way leads to ending `%s`: name it in some `to`, or take it out"),
                        ending->id);
        good |= checker->ending_reached[i] && is_good(ending);
        bad |= checker->ending_reached[i] && !is_good(ending);
    }
    if (!good)
        check_thing(checker, scenario, "endings", CODE_NO_GOOD_ENDING,
                    _("no call of this script can end resolved, escalated or transferred"));
    if (!bad)
        check_thing(checker, scenario, "endings", CODE_NO_BAD_ENDING,
                    _("every ending is a good one: whatever is said, it ends well"));
}

void check_graph(struct checker *checker) {
    struct graph graph = {.checker = checker};
    build(&graph);
    weigh_backwards(&graph);
    walk_forward(&graph);
    for (uint32_t i = 0; i < checker->scenario->node_count; i++)
        check_node(&graph, i);
    for (uint32_t i = 0; i < checker->scenario->scene_count; i++)
        check_scene(&graph, i);
    check_endings(checker);
    free(graph.edges);
    free(graph.first_from);
    free(graph.first_use);
    free(graph.uses);
    free(graph.ends);
    free(graph.returns);
    free(graph.work);
}
