/* Players with a simple strategy. */
#include <stdlib.h>
#include <string.h>

#include "trial/step.h"
#include "trial/trial.h"

#define OPTION_ROOM 64

#define X(name, word, label) word,
static const char *const words[] = {POLICIES(X)};
#undef X

const char *policy_word(enum policy policy) {
    return words[policy];
}

/* Half-points that a reply gives, weighted; what it trips counts against it. */
static int marks_of(const struct scenario *scenario, const struct reply *reply) {
    int sum = 0;
    for (uint32_t i = 0; i < reply->change.mark_count; i++) {
        const struct mark *mark = &reply->change.marks[i];
        const struct point *point = &scenario->points[mark->point];
        sum += point_is_trip(point) ? -4 * point->weight : mark->halves * point->weight;
    }
    return sum;
}

struct rated {
    const struct scenario *scenario;
    enum policy policy;
    enum language language;
};

static long rate(const struct rated *rated, const struct reply *reply, uint32_t place) {
    size_t length = strlen(reply->says.in[rated->language]);
    switch (rated->policy) {
    case POLICY_FIRST:
        return -(long)place;
    case POLICY_LAST:
        return (long)place;
    case POLICY_LONGEST:
        return (long)length;
    case POLICY_SHORTEST:
        return -(long)length;
    case POLICY_GREEDY:
        return marks_of(rated->scenario, reply);
    case POLICY_CARELESS:
        return -marks_of(rated->scenario, reply);
    default:
        return 0;
    }
}

/* The options in the order of the script, so that `first` means what the author wrote first. */
static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t choose(const struct rated *rated, const struct node *node, uint32_t *options,
                       uint32_t count, uint64_t *chance) {
    if (rated->policy == POLICY_RANDOM)
        return options[hash_random(chance) % count];
    qsort(options, count, sizeof *options, by_number);
    uint32_t best = options[0];
    for (uint32_t i = 1; i < count; i++)
        if (rate(rated, &node->replies[options[i]], options[i]) >
            rate(rated, &node->replies[best], best))
            best = options[i];
    return best;
}

bool policy_next(const struct call *call, enum policy policy, enum language language,
                 uint64_t *chance, struct event *event) {
    const struct rated rated = {call_scenario(call), policy, language};
    uint32_t options[OPTION_ROOM];
    struct call_view view;
    call_view(call, &view);
    if (view.talk_over)
        return false;
    *event = (struct event){.t_ms = view.t_ms, .node = view.node};
    uint32_t count = call_options(call, options, OPTION_ROOM);
    if (count) {
        event->kind = EVENT_REPLY;
        event->ref = choose(&rated, &rated.scenario->nodes[view.node], options, count, chance);
    } else if (call_later(call, options, OPTION_ROOM)) {
        event->kind = EVENT_LATER;
        event->ref = options[0];
    } else if (!call_due(call, INT64_MAX, event)) {
        event->kind = EVENT_END;
    }
    return true;
}

void trial_open(struct call *call, enum language language, uint64_t seed) {
    const struct event opened = {.kind = EVENT_OPENED,
                                 .node = call_scenario(call)->start,
                                 .mode = MODE_PRACTISE,
                                 .language = language,
                                 .seed = seed};
    call_apply(call, &opened, NULL);
}

uint32_t trial_play(struct call *call, enum policy policy, enum language language, uint64_t seed) {
    uint64_t chance = seed;
    struct event event;
    trial_open(call, language, seed);
    uint32_t turn = 0;
    while (turn < TRIAL_TURNS && policy_next(call, policy, language, &chance, &event)) {
        trial_step_apply(call, &event, NULL);
        turn++;
    }
    struct call_view view;
    call_view(call, &view);
    if (view.phase == PHASE_AFTER_CALL)
        trial_after_call(call, policy == POLICY_GREEDY);
    return turn;
}
