/* A script with a customer's profile, in a folder where the shared profiles can be found. */
#ifndef ITR_TESTS_CUSTOMER_SCRIPT_H
#define ITR_TESTS_CUSTOMER_SCRIPT_H

#include <sys/stat.h>

#include "script.h"

/* One node where everything can be said any number of times. %s: what stands in `customer` besides
 * name, complaint and card; then what stands at the top level besides the rest. */
static const char customer_script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\",\"summary\":\"S\","
    "\"level\":\"basic\",\"module\":\"complaint\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"who\"]}],\"points\":["
    "{\"id\":\"who\",\"action\":\"identify\",\"dimension\":\"K\",\"weight\":1,\"text\":\"who\","
    "\"typed\":{\"groups\":[{\"any\":[\"your name\"]}]}},"
    "{\"id\":\"since\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":1,\"text\":\"since\","
    "\"typed\":{\"groups\":[{\"any\":[\"since when\"]}]}},"
    "{\"id\":\"do\",\"action\":\"carry_out\",\"dimension\":\"S\",\"weight\":1,\"text\":\"do\"}],"
    "\"required\":[\"who\"],"
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"vent\",\"card\":[],%s},"
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},%s"
    "\"hang_up\":\"gone\",\"start\":\"talk\",\"nodes\":[{\"id\":\"talk\",\"stage\":\"intake\","
    "\"says\":[{\"variants\":[\"one\",\"two\",\"three\"]}],\"replies\":["
    "{\"id\":\"empathy\",\"says\":\"a\",\"shows\":[\"empathy\"]},"
    "{\"id\":\"apology\",\"says\":\"b\",\"shows\":[\"apology\"]},"
    "{\"id\":\"restate\",\"says\":\"c\",\"shows\":[\"restate\"]},"
    "{\"id\":\"thanks\",\"says\":\"d\",\"shows\":[\"thanks\"]},"
    "{\"id\":\"probe\",\"says\":\"e\",\"shows\":[\"probe\"],\"marks\":{\"since\":1}},"
    "{\"id\":\"who\",\"says\":\"f\",\"shows\":[\"identity_check\"],\"marks\":{\"who\":1}},"
    "{\"id\":\"feasibility\",\"says\":\"g\",\"shows\":[\"feasibility\"]},"
    "{\"id\":\"plan\",\"says\":\"h\",\"shows\":[\"plan\"]},"
    "{\"id\":\"time\",\"says\":\"i\",\"shows\":[\"promise_time\"]},"
    "{\"id\":\"jump\",\"says\":\"j\",\"shows\":[\"jump_conclusion\"]},"
    "{\"id\":\"blame\",\"says\":\"k\",\"shows\":[\"blame\"]},"
    "{\"id\":\"nothing\",\"says\":\"l\"},"
    "{\"id\":\"done\",\"says\":\"m\",\"marks\":{\"do\":1}},"
    "{\"id\":\"nice\",\"says\":\"n\",\"mood\":10,\"patience\":10},"
    "{\"id\":\"nasty\",\"says\":\"o\",\"mood\":-10,\"patience\":-10},"
    "{\"id\":\"unwelcome\",\"says\":\"t\",\"mood\":-10,\"shows\":[\"empathy\"]},"
    "{\"id\":\"again\",\"says\":\"p\",\"to\":\"talk\"},"
    "{\"id\":\"rate\",\"says\":\"q\",\"rating\":true},"
    "{\"id\":\"sermon\",\"says\":\"one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty and again one two three "
    "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty and again one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty and so on one two "
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty one two three four five six seven eight nine ten eleven\"},"
    "{\"id\":\"bye\",\"says\":\"r\",\"to\":\"good\"}]},"
    "{\"id\":\"boss\",\"stage\":\"intake\",\"says\":[\"Supervisor?\"],\"replies\":["
    "{\"id\":\"yes\",\"says\":\"s\",\"to\":\"good\"}]}],"
    "\"endings\":[{\"id\":\"good\",\"outcome\":\"resolved\",\"text\":\"ok\"},"
    "{\"id\":\"gone\",\"outcome\":\"abandoned\",\"text\":\"gone\"}]}";

/* `profile`: the text of the one profile there is, `own`; NULL: the shared ones are there. */
static inline struct scenario *customer_load(const char *customer, const char *top,
                                             const char *profile, struct findings *findings) {
    char folder[] = "/tmp/itr-customer-XXXXXX";
    struct buffer json = {0}, path = {0}, profiles = {0}, shared = {0};
    struct error error = {0};
    if (!mkdtemp(folder))
        return NULL;
    buffer_printf(&json, customer_script, customer, top);
    buffer_printf(&path, "%s/t.json", folder);
    buffer_printf(&profiles, "%s/profiles", folder);
    buffer_printf(&shared, "%s/scenarios/profiles", getenv("ITR_SOURCE"));
    bool made = profile ? mkdir(buffer_text(&profiles), 0700) == 0
                        : symlink(buffer_text(&shared), buffer_text(&profiles)) == 0;
    if (profile) {
        struct buffer own = {0};
        buffer_printf(&own, "%s/own.json", buffer_text(&profiles));
        made &= file_replace(buffer_text(&own), profile, strlen(profile), &error);
        buffer_free(&own);
    }
    struct scenario *scenario = NULL;
    if (made && file_replace(buffer_text(&path), buffer_text(&json), json.length, &error))
        scenario = scenario_load(buffer_text(&path), NULL, findings);
    buffer_clear(&path);
    buffer_printf(&path, "rm -rf '%s'", folder);
    if (system(buffer_text(&path)))
        made = false;
    buffer_free(&json);
    buffer_free(&path);
    buffer_free(&profiles);
    buffer_free(&shared);
    return scenario;
}

/* The same where it must load. */
static inline struct scenario *customer_with(const char *customer, const char *top,
                                             const char *profile) {
    struct findings findings = {0};
    struct scenario *scenario = customer_load(customer, top, profile, &findings);
    for (size_t i = 0; !scenario && i < findings.count; i++)
        fprintf(stderr, "%s:%zu:%zu %s: %s\n", findings.items[i].file, findings.items[i].line,
                findings.items[i].column, findings.items[i].code, findings.items[i].text);
    findings_free(&findings);
    if (!scenario)
        abort();
    return scenario;
}

static inline struct call *customer_call(const struct scenario *scenario, uint64_t seed,
                                         uint32_t plays, struct call_outcome *outcome) {
    struct call *call = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED,
                           .mode = MODE_PRACTISE,
                           .language = LANGUAGE_EN,
                           .seed = seed,
                           .plays = plays,
                           .fold = CALL_FOLD_VERSION};
    call_apply(call, &opened, outcome);
    return call;
}

static inline struct call_view customer_view(const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    return view;
}

/* Gives the reply `id` so many ms after the last event. */
static inline struct call_outcome customer_say(struct call *call, const char *id, int64_t after) {
    struct call_outcome outcome = {0};
    enum call_refusal refusal = script_say(call, id, customer_view(call).t_ms + after, &outcome);
    if (refusal != CALL_ALLOWED) {
        fprintf(stderr, "%s: %s\n", id, call_refusal_word(refusal));
        abort();
    }
    return outcome;
}

#endif
