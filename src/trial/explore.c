/* Every path of a script, the most promising first.
 *
 * A search over call states with the fold itself as the rule of what follows. The frontier is a
 * heap ordered by an upper bound of Q, so that the best path is found early even where the states
 * do not all fit; only hashes of states that were seen are kept, and a chain of parents to tell the
 * path. */
#include <stdlib.h>
#include <string.h>

#include "trial/step.h"
#include "trial/trial.h"

struct link {
    uint32_t parent; /* index of a link; own index at the root */
    struct trial_step step;
};

struct open_state {
    struct call *call;
    uint32_t link, depth;
    bool typed;    /* some step was a typed rule */
    uint32_t lost; /* weight that can't be earned any more: less is more promising */
    uint32_t earned;
};

struct search {
    const struct scenario *scenario;
    struct trial *trial;
    uint64_t limit;
    struct open_state *heap;
    size_t heap_count, heap_room;
    struct link *links;
    size_t link_count, link_room;
    uint64_t *seen; /* open addressing; 0 is empty */
    size_t seen_count, seen_room;
    struct call *spare; /* to try an event on */
};

/* ---- states seen ---- */

static bool seen_add(uint64_t *seen, size_t room, uint64_t hash) {
    size_t at = hash & (room - 1);
    while (seen[at]) {
        if (seen[at] == hash)
            return false;
        at = (at + 1) & (room - 1);
    }
    seen[at] = hash;
    return true;
}

static bool first_sight(struct search *search, uint64_t hash) {
    if (2 * (search->seen_count + 1) > search->seen_room) {
        size_t room = search->seen_room ? search->seen_room * 2 : 4096;
        uint64_t *seen = memory_new(room * sizeof *seen);
        for (size_t i = 0; i < search->seen_room; i++)
            if (search->seen[i])
                seen_add(seen, room, search->seen[i]);
        free(search->seen);
        search->seen = seen;
        search->seen_room = room;
    }
    bool fresh = seen_add(search->seen, search->seen_room, hash);
    search->seen_count += fresh;
    return fresh;
}

/* ---- the frontier ---- */

static bool more_promising(const struct open_state *a, const struct open_state *b) {
    if (a->typed != b->typed)
        return b->typed;
    if (a->lost != b->lost)
        return a->lost < b->lost;
    if (a->earned != b->earned)
        return a->earned > b->earned;
    return a->depth < b->depth;
}

static void swap_states(struct open_state *a, struct open_state *b) {
    struct open_state kept = *a;
    *a = *b;
    *b = kept;
}

static void heap_push(struct search *search, struct open_state state) {
    search->heap = memory_reserve(search->heap, &search->heap_room, search->heap_count + 1,
                                  sizeof *search->heap);
    size_t at = search->heap_count++;
    search->heap[at] = state;
    while (at && more_promising(&search->heap[at], &search->heap[(at - 1) / 2])) {
        swap_states(&search->heap[at], &search->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static struct open_state heap_pop(struct search *search) {
    struct open_state top = search->heap[0];
    search->heap[0] = search->heap[--search->heap_count];
    for (size_t at = 0;;) {
        size_t best = at, left = 2 * at + 1, right = left + 1;
        if (left < search->heap_count && more_promising(&search->heap[left], &search->heap[best]))
            best = left;
        if (right < search->heap_count && more_promising(&search->heap[right], &search->heap[best]))
            best = right;
        if (best == at)
            return top;
        swap_states(&search->heap[at], &search->heap[best]);
        at = best;
    }
}

/* A point is lost when it was wrong, late or tripped, or was passed by. */
static void weigh(const struct call *call, struct open_state *state) {
    for (uint32_t i = 0; i < call_scenario(call)->point_count; i++) {
        const struct point *point = &call_scenario(call)->points[i];
        struct point_state at = call_point(call, i);
        uint32_t weight = point->kind == POINT_CRITICAL ? 100 : point->weight;
        bool gone = point_is_trip(point) || at.settled || at.on_route;
        if (gone)
            state->lost += weight * (2u - at.halves);
        if (!point_is_trip(point))
            state->earned += weight * at.halves;
    }
}

static uint32_t add_link(struct search *search, uint32_t parent, struct trial_step step) {
    search->links = memory_reserve(search->links, &search->link_room, search->link_count + 1,
                                   sizeof *search->links);
    search->links[search->link_count] = (struct link){parent, step};
    return (uint32_t)search->link_count++;
}

static void push_call(struct search *search, const struct call *call, uint32_t link, uint32_t depth,
                      bool typed) {
    struct open_state state = {.link = link, .depth = depth, .typed = typed};
    state.call = memory_new(call_size(search->scenario));
    call_copy(state.call, call);
    weigh(state.call, &state);
    heap_push(search, state);
}

/* ---- what was found ---- */

static void take_path(const struct search *search, uint32_t link, uint32_t depth,
                      struct trial_path *path) {
    free(path->steps);
    path->steps = memory_new((depth + 1) * sizeof *path->steps);
    path->count = depth;
    while (depth) {
        path->steps[--depth] = search->links[link].step;
        link = search->links[link].parent;
    }
}

static bool is_better(const struct trial_path *best, bool pass, int32_t q, bool fits) {
    if (pass != best->pass)
        return pass;
    if (q != best->q_tenths)
        return q > best->q_tenths;
    return fits && !best->account_fits;
}

static void note_end(struct search *search, const struct open_state *state) {
    struct trial *trial = search->trial;
    struct call_view view;
    int32_t q;
    bool pass = scorecard_quick(state->call, &q);
    call_view(state->call, &view);
    trial->ends++;
    if (view.ending >= 0) {
        trial->ending_ends[view.ending]++;
        trial->ending_fits[view.ending] += !call_account_wrong(state->call, NULL, 0);
    }
    bool fits = !call_account_wrong(state->call, NULL, 0);
    bool better = !state->typed && (!trial->has_best || is_better(&trial->best, pass, q, fits));
    bool worse = !state->typed && (!trial->has_worst || q < trial->worst.q_tenths);
    if (better) {
        take_path(search, state->link, state->depth, &trial->best);
        trial->best.q_tenths = q;
        trial->best.pass = pass;
        trial->best.ticket = view.ticket_saved_ms >= 0;
        trial->best.ending = view.ending;
        trial->best.account_fits = fits;
        trial->has_best = true;
    }
    if (worse) {
        take_path(search, state->link, state->depth, &trial->worst);
        trial->worst.q_tenths = q;
        trial->worst.pass = pass;
        trial->worst.ending = view.ending;
        trial->has_worst = true;
    }
    if (view.no_way_on && (!trial->has_stuck || state->depth < trial->stuck.count)) {
        take_path(search, state->link, state->depth, &trial->stuck);
        trial->stuck.ending = -1;
        trial->has_stuck = true;
    }
}

static void note_state(struct search *search, const struct call *call) {
    struct trial *trial = search->trial;
    const struct scenario *scenario = search->scenario;
    struct call_view view;
    call_view(call, &view);
    trial->node_seen[view.node] = true;
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (call_point(call, i).halves != (point_is_trip(&scenario->points[i]) ? 2 : 0))
            trial->point_earned[i] = true;
    if (view.talk_over)
        return;
    const struct node *node = &scenario->nodes[view.node];
    for (uint32_t i = 0; i < node->reply_count; i++)
        trial->condition_seen[node->replies[i].number] |=
            call_holds(call, node->replies[i].condition) ? 2 : 1;
}

/* ---- expanding ---- */

static void try_event(struct search *search, const struct open_state *from, struct event event,
                      struct trial_step step) {
    call_copy(search->spare, from->call);
    if (!trial_step_apply(search->spare, &event, NULL))
        return;
    bool typed = from->typed || step.rule || step.handover;
    /* The last bit tells typed paths apart; the table keeps 0 for an empty place. */
    if (!first_sight(search, call_hash(search->spare) << 2 | 2 | typed))
        return;
    note_state(search, search->spare);
    push_call(search, search->spare, add_link(search, from->link, step), from->depth + 1, typed);
}

static void try_replies(struct search *search, const struct open_state *from,
                        const struct call_view *view) {
    const struct node *node = &search->scenario->nodes[view->node];
    for (uint32_t i = 0; i < node->reply_count; i++) {
        struct event event = {
            .kind = EVENT_REPLY, .t_ms = view->t_ms, .node = view->node, .ref = i};
        try_event(search, from, event,
                  (struct trial_step){.node = view->node, .reply = &node->replies[i]});
    }
}

static void try_rules(struct search *search, const struct open_state *from,
                      const struct call_view *view) {
    const struct node *node = &search->scenario->nodes[view->node];
    for (uint32_t i = 0; i < node->typed_rule_count; i++) {
        struct judgement judgement = {.route = ROUTE_TYPED_RULE, .route_index = i};
        struct event event = {.kind = EVENT_TYPED,
                              .t_ms = view->t_ms,
                              .node = view->node,
                              .text = "…",
                              .length = strlen("…"),
                              .judgement = &judgement};
        if (call_holds(from->call, node->typed_rules[i].condition))
            try_event(search, from, event,
                      (struct trial_step){.node = view->node, .rule = &node->typed_rules[i]});
    }
}

static void try_later(struct search *search, const struct open_state *from,
                      const struct call_view *view) {
    const struct node *node = &search->scenario->nodes[view->node];
    for (uint32_t i = 0; i < node->later_count; i++) {
        struct event event = {
            .kind = EVENT_LATER, .t_ms = view->t_ms, .node = view->node, .ref = i};
        try_event(search, from, event,
                  (struct trial_step){.node = view->node, .later = &node->later[i]});
    }
}

/* Each action once on a path, with each amount that can make a difference: what an ending expects,
 * one inside policy and one outside. Its number is given rightly. */
static void try_actions(struct search *search, const struct open_state *from,
                        const struct call_view *view) {
    uint32_t actions[ACTIONS_MOST];
    int64_t amounts[TRIAL_AMOUNTS];
    uint32_t count = call_actions(from->call, actions, ACTIONS_MOST);
    for (uint32_t i = 0; i < count; i++) {
        const struct desk_action *action = &search->scenario->actions[actions[i]];
        const char *target = trial_target(search->scenario, action);
        uint32_t amount_count = trial_amounts(from->call, actions[i], amounts);
        if (call_action_done(from->call, actions[i]))
            continue;
        for (uint32_t k = 0; k < amount_count; k++) {
            struct event event = {.kind = EVENT_ACTION,
                                  .t_ms = view->t_ms,
                                  .node = view->node,
                                  .ref = actions[i],
                                  .amount = amounts[k],
                                  .text = target,
                                  .length = strlen(target)};
            try_event(
                search, from, event,
                (struct trial_step){.node = view->node, .action = action, .amount = amounts[k]});
        }
    }
}

static bool earns(const struct call *call, const struct change *change) {
    for (uint32_t i = 0; i < change->mark_count; i++)
        if (change->marks[i].halves && !call_point(call, change->marks[i].point).settled)
            return true;
    return false;
}

/* An article is opened where that is worth something. */
static void try_articles(struct search *search, const struct open_state *from,
                         const struct call_view *view) {
    for (uint32_t i = 0; i < search->scenario->article_count; i++) {
        const struct useful_article *article = &search->scenario->articles[i];
        struct event event = {.kind = EVENT_ARTICLE,
                              .t_ms = view->t_ms,
                              .node = view->node,
                              .ref = i,
                              .text = article->id,
                              .length = strlen(article->id)};
        if (!call_read(from->call, i) && earns(from->call, &article->change))
            try_event(search, from, event,
                      (struct trial_step){.node = view->node, .article = article});
    }
}

/* With a note that holds everything and with an empty one; once on a path. */
static void try_handover(struct search *search, const struct open_state *from,
                         const struct call_view *view) {
    const uint32_t all = (1u << search->scenario->second_line.need_count) - 1;
    struct call_desk desk;
    call_desk(from->call, &desk);
    if (!desk.can_hand_over || desk.transfers)
        return;
    for (int empty = 0; empty < 2; empty++) {
        struct event event = {.kind = EVENT_HANDOVER,
                              .t_ms = view->t_ms,
                              .node = view->node,
                              .needs = empty ? 0 : all};
        try_event(search, from, event, (struct trial_step){.node = view->node, .handover = true});
    }
}

/* A silence that leads somewhere is a way too; the rest of them only wear the customer out. */
static void try_silence(struct search *search, const struct open_state *from,
                        const struct call_view *view) {
    const struct node *node = &search->scenario->nodes[view->node];
    struct event due;
    bool leads = false;
    if (!call_due(from->call, INT64_MAX, &due))
        return;
    for (uint32_t i = due.ref; i < node->silence_count; i++)
        leads |= node->silence[i].change.target.kind != TARGET_STAY;
    if (leads)
        try_event(search, from, due, (struct trial_step){.node = view->node});
}

/* The ticket right, and no ticket at all: the best and the worst of the work after the talk. */
static void end_after_call(struct search *search, const struct open_state *state, bool ticket) {
    struct open_state end = *state;
    end.call = search->spare;
    call_copy(search->spare, state->call);
    trial_after_call(search->spare, ticket);
    note_state(search, search->spare);
    note_end(search, &end);
}

static void expand(struct search *search) {
    struct open_state state = heap_pop(search);
    struct call_view view;
    call_view(state.call, &view);
    search->trial->states++;
    if (view.ended) {
        note_end(search, &state);
    } else if (view.talk_over) {
        end_after_call(search, &state, true);
        end_after_call(search, &state, false);
    } else {
        try_replies(search, &state, &view);
        try_rules(search, &state, &view);
        try_later(search, &state, &view);
        try_actions(search, &state, &view);
        try_articles(search, &state, &view);
        try_handover(search, &state, &view);
        try_silence(search, &state, &view);
    }
    free(state.call);
}

static struct trial *trial_new(const struct scenario *scenario) {
    struct trial *trial = memory_new(sizeof *trial);
    trial->ending_ends = memory_new((scenario->ending_count + 1) * sizeof(uint64_t));
    trial->ending_fits = memory_new((scenario->ending_count + 1) * sizeof(uint64_t));
    trial->node_seen = memory_new(scenario->node_count + 1);
    trial->point_earned = memory_new(scenario->point_count + 1);
    trial->condition_seen = memory_new(scenario->reply_count + 1);
    return trial;
}

static void search_free(struct search *search) {
    for (size_t i = 0; i < search->heap_count; i++)
        free(search->heap[i].call);
    free(search->heap);
    free(search->links);
    free(search->seen);
    free(search->spare);
}

#define FULL_Q 1000
#define BEST_Q_STATES 20000

/* `until_full`: stop at the first path that earns everything, for nothing can be better. */
static struct trial *explore(const struct scenario *scenario, uint64_t limit, bool until_full) {
    struct search search = {.scenario = scenario, .limit = limit};
    search.trial = trial_new(scenario);
    search.spare = call_new(scenario);
    struct call *start = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED, .node = scenario->start, .mode = MODE_PRACTISE};
    call_apply(start, &opened, NULL);
    note_state(&search, start);
    push_call(&search, start, add_link(&search, 0, (struct trial_step){0}), 0, false);
    while (search.heap_count && search.trial->states < limit &&
           !(until_full && search.trial->has_best && search.trial->best.q_tenths == FULL_Q))
        expand(&search);
    search.trial->exact = search.heap_count == 0;
    free(start);
    search_free(&search);
    return search.trial;
}

struct trial *trial_explore(const struct scenario *scenario, uint64_t limit) {
    return explore(scenario, limit, false);
}

struct trial *trial_explore_best(const struct scenario *scenario) {
    return explore(scenario, BEST_Q_STATES, true);
}

int32_t trial_best_q(const struct scenario *scenario, bool *exact) {
    struct trial *trial = trial_explore_best(scenario);
    int32_t best = trial->has_best ? trial->best.q_tenths : 0;
    *exact = trial->exact || best == FULL_Q;
    trial_free(trial);
    return *exact ? best : FULL_Q;
}

void trial_free(struct trial *trial) {
    if (!trial)
        return;
    free(trial->best.steps);
    free(trial->worst.steps);
    free(trial->stuck.steps);
    free(trial->ending_ends);
    free(trial->ending_fits);
    free(trial->node_seen);
    free(trial->point_earned);
    free(trial->condition_seen);
    free(trial);
}
