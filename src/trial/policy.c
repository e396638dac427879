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

int policy_from(const char *word) {
    for (int i = 0; i < POLICY_COUNT; i++)
        if (!strcmp(words[i], word))
            return i;
    return -1;
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

uint32_t trial_play(struct call *call, enum policy policy, enum language language, uint64_t seed) {
    const struct scenario *scenario = call_scenario(call);
    struct rated rated = {scenario, policy, language};
    uint64_t chance = seed;
    struct call_view view;
    struct event event = {.kind = EVENT_OPENED,
                          .node = scenario->start,
                          .mode = MODE_PRACTISE,
                          .language = language,
                          .seed = seed};
    call_apply(call, &event, NULL);
    uint32_t turn = 0;
    for (; turn < TRIAL_TURNS; turn++) {
        uint32_t options[OPTION_ROOM];
        call_view(call, &view);
        if (view.ended)
            break;
        uint32_t count = call_options(call, options, OPTION_ROOM);
        if (count) {
            const struct node *node = &scenario->nodes[view.node];
            event = (struct event){.kind = EVENT_REPLY,
                                   .t_ms = view.t_ms,
                                   .node = view.node,
                                   .ref = choose(&rated, node, options, count, &chance)};
            trial_step_apply(call, &event);
        } else if (call_later(call, options, OPTION_ROOM)) {
            event = (struct event){
                .kind = EVENT_LATER, .t_ms = view.t_ms, .node = view.node, .ref = options[0]};
            trial_step_apply(call, &event);
        } else if (call_due(call, INT64_MAX, &event)) {
            call_apply(call, &event, NULL);
        } else {
            event = (struct event){.kind = EVENT_END, .t_ms = view.t_ms, .node = view.node};
            call_apply(call, &event, NULL);
        }
    }
    return turn;
}
