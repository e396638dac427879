/* A short script and a trainee who plays it into a record, for tests of what records hold. */
#ifndef ITR_TESTS_RECORD_CALL_H
#define ITR_TESTS_RECORD_CALL_H

#include "record_sample.h"
#include "script.h"

/* Choice and typed replies, a scene, a lock, silence, hold, a point of each kind. %s: where a test
 * puts another reply in. */
#define CALL_SCRIPT                                                                                \
    "{\"format\":\"itr-scenario/1\",\"id\":\"short\",\"version\":3,\"title\":\"T\","               \
    "\"summary\":\"S\",\"level\":\"basic\",\"module\":\"product\",\"minutes\":5,"                  \
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"greet\"]}],"                     \
    "\"points\":["                                                                                 \
    "{\"id\":\"greet\",\"action\":\"respond\",\"dimension\":\"C\",\"weight\":1,\"text\":"          \
    "\"greet\","                                                                                   \
    "\"typed\":{\"groups\":[{\"any\":[\"good morning\",\"您好\"],\"core\":true}]}},"             \
    "{\"id\":\"probe\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":2,\"text\":\"probe\"," \
    "\"typed\":{\"groups\":[{\"any\":[\"since when\",\"什么时候\"],\"core\":true},"            \
    "{\"any\":[\"broken\",\"坏\"]}]}},"                                                           \
    "{\"id\":\"do\",\"action\":\"carry_out\",\"dimension\":\"S\",\"weight\":3,\"text\":\"do "      \
    "it\"},"                                                                                       \
    "{\"id\":\"ask\",\"action\":\"satisfaction\",\"dimension\":\"C\",\"weight\":1,\"text\":"       \
    "\"ask\"}"                                                                                     \
    "],"                                                                                           \
    "\"required\":[\"greet\",\"probe\",\"do\",\"ask\"],"                                           \
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":-10,\"patience\":50,"          \
    "\"card\":[]},"                                                                                \
    "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"                    \
    "\"silence\":[{\"after_s\":20,\"answers\":[\"Hello?\"],\"patience\":-5},"                      \
    "{\"after_s\":60,\"to\":\"gone\"}],"                                                           \
    "\"hold\":[{\"after_s\":90,\"answers\":[\"How long?\"],\"patience\":-10}],"                    \
    "\"hang_up\":\"gone\",\"start\":\"hi\","                                                       \
    "\"nodes\":["                                                                                  \
    "{\"id\":\"hi\",\"stage\":\"intake\",\"says\":[{\"variants\":[\"It is dead\",\"Nothing "       \
    "works\",\"Help\"]}],\"replies\":["                                                            \
    "{\"id\":\"hello\",\"says\":{\"zh\":\"您好\",\"en\":\"Good morning\"},"                      \
    "\"marks\":{\"greet\":1},\"scene\":\"verify\",\"to\":\"look\"},"                               \
    "{\"id\":\"grunt\",\"says\":\"Yes?\",\"patience\":-20,\"to\":\"look\"}]},"                     \
    "{\"id\":\"look\",\"stage\":\"diagnosis\",\"replies\":[%s"                                     \
    "{\"id\":\"since\",\"says\":\"Since when?\",\"marks\":{\"probe\":0.5}},"                       \
    "{\"id\":\"fix\",\"says\":\"I will fix it\",\"to\":\"after\",\"marks\":{\"do\":1}}],"          \
    "\"typed\":[{\"id\":\"asks\",\"when\":{\"groups\":[{\"any\":[\"since when\"]}]},"              \
    "\"answers\":[\"Since Monday\"],\"mood\":10}]},"                                               \
    "{\"id\":\"after\",\"stage\":\"follow_up\",\"replies\":["                                      \
    "{\"id\":\"happy\",\"says\":\"All well?\",\"marks\":{\"ask\":1},\"to\":\"good\"}]}],"          \
    "\"scenes\":[{\"id\":\"verify\",\"start\":\"name\",\"nodes\":["                                \
    "{\"id\":\"name\",\"stage\":\"intake\",\"says\":[\"Li\"],\"replies\":["                        \
    "{\"id\":\"number\",\"says\":\"Your number?\",\"to\":\"return\"}]}]}],"                        \
    "\"endings\":[{\"id\":\"good\",\"outcome\":\"resolved\",\"text\":\"ok\"},"                     \
    "{\"id\":\"gone\",\"outcome\":\"abandoned\",\"text\":\"gone\"}]}"

static inline struct scenario *call_script(const char *added) {
    struct buffer json = {0};
    buffer_printf(&json, CALL_SCRIPT, added);
    struct scenario *scenario = script_load(json.bytes);
    buffer_free(&json);
    assert_non_null(scenario);
    return scenario;
}

/* A trainee at a call, with no more than this room offers. */
struct trainee {
    const struct scenario *scenario;
    struct call *call;
    struct scorecard *scorecard;
    struct record_writer *writer;
    struct record_turns turns;
    struct reading reading;
    struct buffer room;
    enum language language;
    char *path; /* of the record, .open */
};

static inline void trainee_write(struct trainee *trainee, struct record_row *row) {
    struct error error;
    if (!record_append(trainee->writer, row, &error))
        fail_msg("%s", error.text);
}

static inline void trainee_apply(struct trainee *trainee, const struct event *event, uint32_t row) {
    struct call_outcome outcome;
    call_apply(trainee->call, event, &outcome);
    scorecard_apply(trainee->scorecard, event, &outcome, row);
    record_turns_add(&trainee->turns, event, &outcome, trainee->language, row);
}

static inline void trainee_open(struct trainee *trainee, const struct scenario *scenario,
                                const char *data, const char *name, const char *start) {
    struct record_opening opening = {.trainee = name,
                                     .scenario_id = scenario->id,
                                     .bundle = scenario_hash(scenario),
                                     .program = "0.1.0",
                                     .scenario_version = scenario->version,
                                     .rules = LANGUAGE_RULES_VERSION,
                                     .mode = MODE_PRACTISE,
                                     .language = LANGUAGE_EN,
                                     .seed = UINT64_MAX - 6,
                                     .plays = 2};
    struct record_row row;
    struct error error;
    snprintf(opening.start, sizeof opening.start, "%s", start);
    *trainee = (struct trainee){.scenario = scenario,
                                .call = call_new(scenario),
                                .scorecard = scorecard_new(scenario),
                                .language = opening.language};
    trainee->writer = record_create(data, scenario->id, SAMPLE_START, true, &error);
    if (!trainee->writer)
        fail_msg("%s", error.text);
    trainee->path = memory_text(record_writer_path(trainee->writer));
    record_row_from_opening(&opening, &row, &trainee->room);
    trainee_write(trainee, &row);
    struct event event = {.kind = EVENT_OPENED,
                          .seed = opening.seed,
                          .mode = opening.mode,
                          .language = opening.language,
                          .node = scenario->start};
    trainee_apply(trainee, &event, row.row);
}

static inline uint32_t trainee_node(const struct trainee *trainee) {
    struct call_view view;
    call_view(trainee->call, &view);
    return view.node;
}

static inline void trainee_commit(struct trainee *trainee, const struct event *event) {
    struct record_row row;
    enum call_refusal refusal = call_allows(trainee->call, event);
    if (refusal != CALL_ALLOWED)
        fail_msg("%s: %s", event_kind_word(event->kind), call_refusal_word(refusal));
    record_row_from_event(trainee->call, event, &row, &trainee->room);
    trainee_write(trainee, &row);
    trainee_apply(trainee, event, row.row);
}

static inline void trainee_wait(struct trainee *trainee, int64_t now_ms) {
    struct event due;
    while (call_due(trainee->call, now_ms, &due))
        trainee_commit(trainee, &due);
}

static inline void trainee_do(struct trainee *trainee, enum event_kind kind, int64_t t_ms,
                              uint32_t ref) {
    trainee_wait(trainee, t_ms);
    struct event event = {.kind = kind, .t_ms = t_ms, .node = trainee_node(trainee), .ref = ref};
    if (kind == EVENT_GAP) {
        event.text = "suspended";
        event.length = strlen(event.text);
    }
    trainee_commit(trainee, &event);
}

static inline void trainee_say(struct trainee *trainee, const char *id, int64_t t_ms) {
    trainee_wait(trainee, t_ms);
    const struct node *node = &trainee->scenario->nodes[trainee_node(trainee)];
    struct event event = {.kind = EVENT_REPLY, .t_ms = t_ms, .node = trainee_node(trainee)};
    while (event.ref < node->reply_count && strcmp(node->replies[event.ref].id, id) != 0)
        event.ref++;
    assert_true(event.ref < node->reply_count);
    event.text = node->replies[event.ref].says.in[trainee->language];
    event.length = strlen(event.text);
    trainee_commit(trainee, &event);
}

static inline void trainee_type(struct trainee *trainee, const char *text, int64_t t_ms) {
    struct judgement judgement;
    trainee_wait(trainee, t_ms);
    call_judge(trainee->call, trainee->turns.items, trainee->turns.count, text, strlen(text),
               &trainee->reading, &judgement);
    struct event event = {.kind = EVENT_TYPED,
                          .t_ms = t_ms,
                          .node = trainee_node(trainee),
                          .text = text,
                          .length = strlen(text),
                          .judgement = &judgement};
    trainee_commit(trainee, &event);
}

/* Writes what was refused, as a seat does. */
static inline void trainee_refused(struct trainee *trainee, const char *text,
                                   enum call_refusal refusal, int64_t t_ms) {
    struct record_row row;
    struct event event = {.kind = EVENT_REFUSED,
                          .t_ms = t_ms,
                          .node = trainee_node(trainee),
                          .ref = refusal,
                          .text = text,
                          .length = strlen(text)};
    record_row_from_event(trainee->call, &event, &row, &trainee->room);
    trainee_write(trainee, &row);
}

/* Writes `closed`, renames the record; trainee->path is the .csv then. */
static inline void trainee_close(struct trainee *trainee, int64_t t_ms) {
    struct record_row row;
    struct error error;
    scorecard_close(trainee->scorecard, trainee->call);
    record_row_from_closing(trainee->call, trainee->scorecard, t_ms, &row, &trainee->room);
    trainee_write(trainee, &row);
    struct event event = {.kind = EVENT_CLOSED, .t_ms = t_ms, .node = trainee_node(trainee)};
    trainee_apply(trainee, &event, row.row);
    assert_true(record_close(trainee->writer, &error));
    trainee->writer = NULL;
    memcpy(trainee->path + strlen(trainee->path) - strlen(".open"), ".csv", sizeof ".csv");
}

static inline void trainee_free(struct trainee *trainee) {
    record_abandon(trainee->writer);
    record_turns_free(&trainee->turns);
    reading_free(&trainee->reading);
    buffer_free(&trainee->room);
    scorecard_free(trainee->scorecard);
    free(trainee->call);
    free(trainee->path);
}

/* A call that makes a row of every kind. */
static inline void trainee_play(struct trainee *trainee) {
    trainee_wait(trainee, 25000); /* Hello? */
    trainee_type(trainee, "Good morning, what can I do?", 26000);
    trainee_say(trainee, "number", 31000);
    trainee_refused(trainee, "I will fix it", CALL_LOCKED, 33000);
    trainee_type(trainee, "是从什么时候开始的？机器坏了吗", 40000);
    trainee_do(trainee, EVENT_MOOD_READ, 41000, FEELING_UPSET);
    trainee_do(trainee, EVENT_BREATHE, 42000, 0);
    trainee_do(trainee, EVENT_HOLD, 50000, 0);
    trainee_do(trainee, EVENT_RESUME, 150000, 0);
    trainee_type(trainee, "since when then", 151000);
    trainee_do(trainee, EVENT_GAP, 151000, 0);
    trainee_say(trainee, "fix", 160000);
    trainee_say(trainee, "happy", 170000);
    trainee_close(trainee, 171000);
}

#endif
