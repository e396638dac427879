/* A scenario from a text, for tests: written to a temporary file and loaded without packs. */
#ifndef ITR_TESTS_SCRIPT_H
#define ITR_TESTS_SCRIPT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call/call.h"

static inline struct scenario *script_load(const char *json) {
    char path[] = "/tmp/itr-script-XXXXXX.json";
    struct findings findings = {0};
    struct error error = {0};
    int descriptor = mkstemps(path, 5);
    bool written = descriptor >= 0 && file_write(descriptor, json, strlen(json), &error);
    struct scenario *scenario = written ? scenario_load(path, NULL, &findings) : NULL;
    for (size_t i = 0; !scenario && i < findings.count; i++)
        fprintf(stderr, "%zu:%zu %s: %s\n", findings.items[i].line, findings.items[i].column,
                findings.items[i].code, findings.items[i].text);
    findings_free(&findings);
    if (descriptor >= 0)
        close(descriptor);
    unlink(path);
    return scenario;
}

/* Opens a call at time 0 and applies events by hand. */
static inline struct call *script_open(const struct scenario *scenario, enum mode mode) {
    struct call *call = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED, .mode = mode, .language = LANGUAGE_EN, .seed = 7};
    call_apply(call, &opened, NULL);
    return call;
}

static inline uint32_t script_node(const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    return view.node;
}

static inline enum call_refusal script_do(struct call *call, enum event_kind kind, int64_t t_ms,
                                          uint32_t ref, struct call_outcome *outcome) {
    struct event event = {.kind = kind, .t_ms = t_ms, .node = script_node(call), .ref = ref};
    enum call_refusal refusal = call_allows(call, &event);
    if (refusal == CALL_ALLOWED)
        call_apply(call, &event, outcome);
    return refusal;
}

/* Gives the reply of this id where the call stands. */
static inline enum call_refusal script_say(struct call *call, const char *id, int64_t t_ms,
                                           struct call_outcome *outcome) {
    const struct node *node = &call_scenario(call)->nodes[script_node(call)];
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (!strcmp(node->replies[i].id, id))
            return script_do(call, EVENT_REPLY, t_ms, i, outcome);
    return CALL_NO_SUCH_REPLY;
}

#endif
