/* Players with a simple strategy. */
#include <stdlib.h>
#include <string.h>

#include "trial/step.h"
#include "trial/trial.h"

#define OPTION_ROOM 64

#define X(name, word, label) word,
static const char *const words[] = {POLICIES(X)};
#undef X

#define X(name, word, label) label,
static const char *const labels[] = {POLICIES(X)};
#undef X

const char *policy_word(enum policy policy) {
    return words[policy];
}

const char *policy_label(enum policy policy) {
    return _(labels[policy]);
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

/* How many of the behaviours that are mere courtesy a text shows, whatever else it says. */
static int courtesy_of(const struct scenario *scenario, const char *text) {
    static const enum behaviour courtesies[] = {BEHAVIOUR_GREETING, BEHAVIOUR_EMPATHY,
                                                BEHAVIOUR_APOLOGY, BEHAVIOUR_THANKS};
    struct reading reading = {0};
    int count = 0;
    language_read(scenario->lexicon, NULL, 0, text, strlen(text), &reading);
    for (size_t i = 0; i < sizeof courtesies / sizeof *courtesies; i++)
        count += reading.behaviours[courtesies[i]].verdict >= VERDICT_PARTIAL;
    reading_free(&reading);
    return count;
}

struct rated {
    const struct scenario *scenario;
    enum policy policy;
    enum language language;
    const long *table; /* by reply number: worked out before; NULL: work it out */
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
    case POLICY_POLITEST:
        return courtesy_of(rated->scenario, reply->says.in[rated->language]);
    case POLICY_GREEDY:
        return marks_of(rated->scenario, reply);
    case POLICY_CARELESS:
        return -marks_of(rated->scenario, reply);
    default:
        return 0;
    }
}

static long worth_of(const struct rated *rated, const struct node *node, uint32_t option) {
    const struct reply *reply = &node->replies[option];
    return rated->table ? rated->table[reply->number] : rate(rated, reply, option);
}

/* Of equals the one that stands first in the script. */
static uint32_t choose(const struct rated *rated, const struct node *node, const uint32_t *options,
                       uint32_t count, uint64_t *chance) {
    if (rated->policy == POLICY_RANDOM)
        return options[hash_random(chance) % count];
    uint32_t best = options[0];
    long most = worth_of(rated, node, best);
    for (uint32_t i = 1; i < count; i++) {
        long worth = worth_of(rated, node, options[i]);
        if (worth > most || (worth == most && options[i] < best)) {
            best = options[i];
            most = worth;
        }
    }
    return best;
}

static bool next_event(const struct call *call, const struct rated *rated, uint64_t *chance,
                       struct event *event) {
    uint32_t options[OPTION_ROOM];
    struct call_view view;
    call_view(call, &view);
    if (view.talk_over)
        return false;
    *event = (struct event){.t_ms = view.t_ms, .node = view.node};
    uint32_t count = call_options(call, options, OPTION_ROOM);
    if (count) {
        event->kind = EVENT_REPLY;
        event->ref = choose(rated, &rated->scenario->nodes[view.node], options, count, chance);
    } else if (call_later(call, options, OPTION_ROOM)) {
        event->kind = EVENT_LATER;
        event->ref = options[0];
    } else if (!call_due(call, INT64_MAX, event)) {
        event->kind = EVENT_END;
    }
    return true;
}

bool policy_next(const struct call *call, enum policy policy, enum language language,
                 uint64_t *chance, struct event *event) {
    const struct rated rated = {call_scenario(call), policy, language, NULL};
    return next_event(call, &rated, chance, event);
}

/* ---- a player, who knows the script's replies once and for all ---- */

struct player {
    struct rated rated;
    long *table;
    struct trial *trial; /* of `best`: what it follows */
    uint64_t chance;
    uint32_t turn, step, field;
};

static void fill_table(struct player *player) {
    const struct scenario *scenario = player->rated.scenario;
    player->table = memory_new((scenario->reply_count + 1) * sizeof *player->table);
    for (uint32_t i = 0; i < scenario->node_count; i++)
        for (uint32_t k = 0; k < scenario->nodes[i].reply_count; k++) {
            const struct reply *reply = &scenario->nodes[i].replies[k];
            player->table[reply->number] = rate(&player->rated, reply, k);
        }
    player->rated.table = player->table;
}

struct player *player_new(const struct scenario *scenario, enum policy policy,
                          enum language language) {
    struct player *player = memory_new(sizeof *player);
    bool best = policy == POLICY_BEST;
    player->rated = (struct rated){scenario, best ? POLICY_GREEDY : policy, language, NULL};
    fill_table(player);
    if (best)
        player->trial = trial_explore_best(scenario);
    return player;
}

void player_free(struct player *player) {
    if (!player)
        return;
    trial_free(player->trial);
    free(player->table);
    free(player);
}

void player_begin(struct player *player, uint64_t seed) {
    player->chance = seed;
    player->turn = player->step = player->field = 0;
}

/* The next step of the best path, as long as the call is where the path has it. */
static bool on_path(struct player *player, const struct call *call, struct event *event) {
    const struct trial_path *path = player->trial ? &player->trial->best : NULL;
    struct call_view view;
    call_view(call, &view);
    if (!path || player->step >= path->count || view.talk_over)
        return false;
    const struct trial_step *step = &path->steps[player->step];
    if (step->node != view.node) {
        player->step = path->count;
        return false;
    }
    player->step++;
    return trial_step_event(call, step, event);
}

static bool fills_in(const struct player *player) {
    return player->trial ? player->trial->best.ticket : player->rated.policy == POLICY_GREEDY;
}

static bool after_call(struct player *player, const struct call *call, struct event *event) {
    const struct scenario *scenario = player->rated.scenario;
    struct call_view view;
    call_view(call, &view);
    if (view.phase != PHASE_AFTER_CALL || view.ended)
        return false;
    uint32_t field = player->field++;
    *event = (struct event){.kind = EVENT_DONE, .t_ms = view.t_ms, .node = view.node};
    if (!scenario->ticket_count || !fills_in(player) || field > scenario->ticket_count)
        return true;
    event->kind = field < scenario->ticket_count ? EVENT_TICKET : EVENT_TICKET_SAVED;
    if (event->kind == EVENT_TICKET) {
        event->ref = field;
        event->text = trial_ticket_value(scenario, field, player->rated.language);
        event->length = strlen(event->text);
        event->verdict = VERDICT_MET;
    }
    return true;
}

bool player_next(struct player *player, const struct call *call, struct event *event) {
    bool more = on_path(player, call, event) ||
                next_event(call, &player->rated, &player->chance, event) ||
                after_call(player, call, event);
    player->turn++;
    if (more && player->turn > TRIAL_TURNS && event->kind != EVENT_DONE) {
        event->kind = player->turn > TRIAL_TURNS + 1 ? EVENT_DONE : EVENT_END;
        event->text = NULL;
        event->length = 0;
    }
    return more && player->turn <= TRIAL_TURNS + 2;
}

uint32_t player_play(struct player *player, struct call *call, uint64_t seed) {
    const struct event opened = {.kind = EVENT_OPENED,
                                 .node = player->rated.scenario->start,
                                 .mode = MODE_PRACTISE,
                                 .language = player->rated.language,
                                 .seed = seed,
                                 .fold = CALL_FOLD_VERSION};
    struct event event;
    uint32_t turns = 0;
    call_apply(call, &opened, NULL);
    player_begin(player, seed);
    while (player_next(player, call, &event))
        turns += trial_step_apply(call, &event, NULL);
    return turns;
}
