/* Loading a large script with everything checked, beside bare cJSON on the same bytes; and what a
 * condition costs. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"
#include "scenario/scenario.h"

#define SIZE ((size_t)10 << 20)

struct document {
    struct buffer text;
    char path[64];
};

static const char head[] =
    "{\n  \"format\": \"itr-scenario/1\", \"id\": \"large\", \"version\": 1, \"title\": \"t\",\n"
    "  \"summary\": \"s\", \"level\": \"basic\", \"module\": \"order\", \"minutes\": 5,\n"
    "  \"objectives\": [{\"id\": \"o\", \"text\": \"t\", \"evidence\": [\"asked\"]}],\n"
    "  \"points\": [{\"id\": \"asked\", \"action\": \"gather\", \"dimension\": \"S\", \"weight\": "
    "2, "
    "\"text\": \"t\"}],\n"
    "  \"required\": [\"asked\"], \"weights\": {\"diagnosis\": 1},\n"
    "  \"customer\": {\"name\": {\"zh\": \"林\", \"en\": \"Lin\"}, \"complaint\": \"none\", "
    "\"mood\": 0, "
    "\"patience\": 50},\n"
    "  \"issue\": {\"symptom\": \"s\", \"cause\": \"c\", \"urgency\": 1, \"impact\": 1},\n"
    "  \"variables\": {\"calls\": 0}, \"otherwise\": {\"answers\": [\"?\"]},\n"
    "  \"hang_up\": \"gone\", \"start\": \"node-0\",\n"
    "  \"endings\": [{\"id\": \"gone\", \"outcome\": \"abandoned\", \"text\": \"t\"}],\n"
    "  \"nodes\": [\n";

/* Nodes as a script has them: short keys, texts in two languages, conditions, marks, links. */
static void make_script(struct buffer *out) {
    uint64_t seed = 1;
    buffer_add_text(out, head);
    for (unsigned i = 0; out->length < SIZE; i++) {
        unsigned chance = (unsigned)(hash_random(&seed) % 1000);
        buffer_printf(
            out,
            "%s    {\n      \"id\": \"node-%u\",\n      \"stage\": \"diagnosis\",\n"
            "      \"says\": [{\"zh\": \"我昨天收到的机器，今天早上按了电源键没有反应。\", "
            "\"en\": \"It came yesterday; this morning I pressed the power key and nothing "
            "happened.\"}],\n"
            "      \"replies\": [\n        {\"id\": \"light\", \"mood\": %d, \"patience\": -%u, "
            "\"once\": true, \"if\": \"mood > %d and visits(node-%u) < 3\",\n"
            "         \"says\": {\"zh\": \"{name}，请问指示灯亮吗？\", \"en\": \"Is the "
            "\\\"power\\\" "
            "light on, {name}?\"},\n"
            "         \"marks\": {\"asked\": 0.5}, \"set\": {\"calls\": \"calls + 1\"}, \"to\": "
            "\"node-%u\"},\n"
            "        {\"id\": \"end\", \"says\": {\"zh\": \"再见。\", \"en\": \"Goodbye.\"}, "
            "\"to\": "
            "\"gone\"}\n      ]\n    }",
            i ? ",\n" : "", i, (int)(chance % 40) - 20, chance % 60, -(int)(chance % 100),
            i ? chance % i : 0, i ? chance % i : 0);
    }
    buffer_add_text(out, "\n  ]\n}\n");
}

static void ours(void *data) {
    struct document *document = data;
    struct findings findings = {0};
    struct scenario *scenario = scenario_load(document->path, NULL, &findings);
    if (!scenario)
        abort();
    scenario_free(scenario);
}

/* cJSON as it comes, with the C library's memory, and the file read as we read it. */
static void peer(void *data) {
    struct document *document = data;
    struct buffer text = {0};
    struct error error;
    if (!file_read(document->path, JSON_SIZE, &text, &error))
        abort();
    cJSON_InitHooks(NULL);
    cJSON *root = cJSON_ParseWithLength(text.bytes, text.length);
    if (!root)
        abort();
    cJSON_Delete(root);
    buffer_free(&text);
}

#define VALUES 1000000

static volatile int64_t sink;

static void conditions(void *data) {
    const struct expression *expression = data;
    struct expression_world world = {.mood = -20, .patience = 30};
    for (int i = 0; i < VALUES; i++) {
        world.elapsed_s = i;
        sink += expression_value(expression, &world);
    }
}

static void plain_c(void *data) {
    volatile int64_t mood = -20, patience = 30;
    for (int i = 0; i < VALUES; i++) {
        volatile int64_t elapsed = i;
        sink += (mood < -10 && elapsed > 30) || patience == 0;
    }
}

int main(void) {
    struct document document = {.path = "/tmp/itr-bench-XXXXXX"};
    struct findings findings = {0};
    struct error error;
    struct arena *arena = arena_new();
    struct expression *expression =
        expression_parse("mood < -10 and elapsed > 30 or patience == 0", NULL, arena, &findings);
    int descriptor = mkstemp(document.path);
    if (descriptor < 0 || !expression)
        return 1;
    make_script(&document.text);
    if (!file_write(descriptor, document.text.bytes, document.text.length, &error))
        return 1;
    close(descriptor);
    bench_heading();
    bench_row_speed("load a script, 10 MB, all checked", "MB/s", (double)document.text.length / 1e6,
                    "cJSON_Parse", bench_compare(ours, peer, &document));
    bench_row_speed("conditions", "M/s", VALUES / 1e6, "the same in C",
                    bench_compare(conditions, plain_c, expression));
    unlink(document.path);
    arena_free(arena);
    buffer_free(&document.text);
    return 0;
}
