/* Turns a second without screen and record, on a 50-node script, beside a bare walk over an array.
 */
#include <stdlib.h>

#include "../unit/script.h"
#include "bench.h"
#include "call/call.h"

#define NODES 50
#define TURNS 2000000

static void add_nodes(struct buffer *json) {
    static const char *const stages[] = {"intake", "diagnosis", "solution", "follow_up"};
    for (int i = 0; i < NODES; i++)
        buffer_printf(json,
                      "%s{\"id\":\"n%d\",\"stage\":\"%s\",\"accepts\":\"choice\",\"says\":[\"a\","
                      "\"b\"],\"replies\":["
                      "{\"id\":\"a%d\",\"says\":\"x\",\"marks\":{\"p%d\":1},\"mood\":1,"
                      "\"set\":{\"k\":\"k + 1\"},\"to\":\"%s%d\"},"
                      "{\"id\":\"b%d\",\"says\":\"y\",\"if\":\"k >= 0\",\"patience\":1,"
                      "\"to\":\"%s%d\"}]}",
                      i ? "," : "", i, stages[i * 4 / NODES], i, i % 12, i + 1 < NODES ? "n" : "e",
                      i + 1, i, i + 1 < NODES ? "n" : "e", i + 1);
}

static void add_points(struct buffer *json) {
    static const char *const actions[] = {"respond",   "identify",     "receive", "gather",
                                          "classify",  "root_cause",   "plan",    "confirm",
                                          "carry_out", "satisfaction", "close",   "capture"};
    for (int i = 0; i < 12; i++)
        buffer_printf(json,
                      "%s{\"id\":\"p%d\",\"action\":\"%s\",\"dimension\":\"S\",\"weight\":1,"
                      "\"text\":\"p\"}",
                      i ? "," : "", i, actions[i]);
}

static struct scenario *make_scenario(void) {
    struct buffer json = {0};
    buffer_add_text(&json, "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,"
                           "\"title\":\"T\",\"summary\":\"S\",\"level\":\"basic\","
                           "\"module\":\"product\",\"minutes\":5,\"variables\":{\"k\":0},"
                           "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"p0\"]}],"
                           "\"required\":[\"p0\",\"p3\",\"p6\",\"p9\"],\"customer\":{"
                           "\"name\":\"L\",\"complaint\":\"solve\",\"mood\":0,\"patience\":50,"
                           "\"card\":[]},\"issue\":{\"symptom\":\"x\",\"cause\":\"y\","
                           "\"urgency\":1,\"impact\":1},\"hang_up\":\"e50\",\"start\":\"n0\","
                           "\"endings\":[{\"id\":\"e50\",\"outcome\":\"resolved\","
                           "\"text\":\"ok\"}],\"points\":[");
    add_points(&json);
    buffer_add_text(&json, "],\"nodes\":[");
    add_nodes(&json);
    buffer_add_text(&json, "]}");
    struct scenario *scenario = script_load(buffer_text(&json));
    buffer_free(&json);
    if (!scenario)
        abort();
    return scenario;
}

struct play {
    const struct scenario *scenario;
    struct call *start, *call;
    uint32_t next[NODES];
    volatile uint64_t sink;
};

/* Each turn as a driver does it: is it allowed, apply it, with what it did. */
static void ours(void *data) {
    struct play *play = data;
    struct call_outcome outcome;
    uint64_t chance = 1;
    call_copy(play->call, play->start);
    for (int turn = 0; turn < TURNS; turn++) {
        struct call_view view;
        call_view(play->call, &view);
        if (view.ended) {
            call_copy(play->call, play->start);
            continue;
        }
        struct event event = {.kind = EVENT_REPLY,
                              .t_ms = view.t_ms,
                              .node = view.node,
                              .ref = (uint32_t)(hash_random(&chance) & 1)};
        if (call_allows(play->call, &event) == CALL_LOCKED)
            event.ref = 0;
        if (call_allows(play->call, &event) == CALL_ALLOWED)
            call_apply(play->call, &event, &outcome);
        else
            call_copy(play->call, play->start);
        play->sink += outcome.line_count;
    }
}

static void peer(void *data) {
    struct play *play = data;
    uint64_t chance = 1;
    uint32_t node = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        node = play->next[(node + (hash_random(&chance) & 1)) % NODES];
        play->sink += node;
    }
}

int main(void) {
    struct play play = {.scenario = make_scenario()};
    play.start = script_open(play.scenario, MODE_PRACTISE);
    play.call = call_new(play.scenario);
    for (uint32_t i = 0; i < NODES; i++)
        play.next[i] = (i * 7 + 3) % NODES;
    bench_heading();
    bench_row_speed("turns, 50 nodes", "/s", TURNS, "array walk", bench_compare(ours, peer, &play));
    free(play.start);
    free(play.call);
    scenario_free((struct scenario *)play.scenario);
    return 0;
}
