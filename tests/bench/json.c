/* Loading JSON strictly and with positions, beside what bare cJSON takes for the same bytes. */
#include <stdlib.h>

#include "base/base.h"
#include "bench.h"

#define SIZE ((size_t)10 << 20)

/* Nodes as a script has them: short keys, texts in two languages, numbers, lists, indented. */
static void make_document(struct buffer *out) {
    uint64_t seed = 1;

    buffer_add_text(out, "{\n  \"format\": \"itr-scenario/1\",\n  \"nodes\": [\n");
    for (unsigned i = 0; out->length < SIZE; i++) {
        unsigned number = (unsigned)(hash_random(&seed) % 1000);
        buffer_printf(
            out,
            "%s    {\n      \"id\": \"node-%u\",\n      \"stage\": \"diagnosis\",\n"
            "      \"lines\": [{\"zh\": \"我昨天收到的机器，今天早上按了电源键没有反应。\", "
            "\"en\": \"It came yesterday; this morning I pressed the power key and "
            "nothing happened.\"}],\n"
            "      \"replies\": [\n        {\"id\": \"r%u\", \"mood\": %d, \"patience\": "
            "%u.5, \"once\": true, \"when\": \"mood > %u and not visited\",\n"
            "         \"text\": {\"zh\": \"请问指示灯亮吗？\", \"en\": \"Is the \\\"power\\\" "
            "light on?\"}, \"to\": \"node-%u\"}\n      ]\n    }",
            i ? ",\n" : "", i, number, (int)number - 500, number % 60, number % 100, number);
    }
    buffer_add_text(out, "\n  ]\n}\n");
}

static void ours(void *data) {
    struct buffer *document = data;
    struct findings findings = {0};
    struct json *json = json_parse("bench.json", document->bytes, document->length, &findings);

    if (!json)
        abort();
    json_free(json);
}

/* cJSON as it comes, with the C library's memory. */
static void peer(void *data) {
    struct buffer *document = data;
    cJSON *root;

    cJSON_InitHooks(NULL);
    root = cJSON_ParseWithLength(document->bytes, document->length);
    if (!root)
        abort();
    cJSON_Delete(root);
}

int main(void) {
    struct buffer document = {0};

    make_document(&document);
    bench_heading();
    bench_row_speed("load JSON, 10 MB", "MB/s", (double)document.length / 1e6, "cJSON_Parse",
                    bench_compare(ours, peer, &document));
    buffer_free(&document);
    return 0;
}
