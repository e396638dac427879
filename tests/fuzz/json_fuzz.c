/* Any bytes: parsed or refused at a place inside them; what was parsed is where it is said to be,
 * and is the same again after it was written. */
#include <string.h>

#include "base/base.h"
#include "fuzz.h"

static void check_refusal(const char *bytes, size_t length, const struct findings *findings) {
    size_t lines = 1;

    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    fuzz_require(findings->errors > 0 && findings->count > 0);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        fuzz_require(finding->line >= 1 && finding->line <= lines);
        fuzz_require(finding->column >= 1 && finding->column <= length + 1);
        fuzz_require(finding->text[0]);
    }
}

/* The byte that a value of this type begins with. */
static void check_node(const struct json *json, const cJSON *node) {
    size_t offset = json_offset(node);
    char first;

    fuzz_require(offset < json->length);
    first = json->bytes[offset];
    if (cJSON_IsObject(node))
        fuzz_require(first == '{');
    else if (cJSON_IsArray(node))
        fuzz_require(first == '[');
    else if (cJSON_IsString(node))
        fuzz_require(first == '"' && utf8_check(node->valuestring, strlen(node->valuestring)) ==
                                         strlen(node->valuestring));
    else if (cJSON_IsNumber(node))
        fuzz_require(first == '-' || (first >= '0' && first <= '9'));
    else
        fuzz_require(first == 't' || first == 'f' || first == 'n');
    if (node->string) {
        size_t key = json_key_offset(json, node);
        fuzz_require(key < offset && json->bytes[key] == '"');
    }
}

static void write_node(struct buffer *out, const cJSON *node);

static void write_children(struct buffer *out, const cJSON *node, char open, char close) {
    buffer_add_byte(out, open);
    for (const cJSON *child = node->child; child; child = child->next) {
        if (child != node->child)
            buffer_add_byte(out, ',');
        if (child->string) {
            json_add_string(out, child->string, strlen(child->string));
            buffer_add_byte(out, ':');
        }
        write_node(out, child);
    }
    buffer_add_byte(out, close);
}

static void write_node(struct buffer *out, const cJSON *node) {
    if (cJSON_IsObject(node))
        write_children(out, node, '{', '}');
    else if (cJSON_IsArray(node))
        write_children(out, node, '[', ']');
    else if (cJSON_IsString(node))
        json_add_string(out, node->valuestring, strlen(node->valuestring));
    else if (cJSON_IsNumber(node))
        buffer_printf(out, "%.17g", node->valuedouble);
    else
        buffer_add_text(out, cJSON_IsNull(node) ? "null" : cJSON_IsTrue(node) ? "true" : "false");
}

static void check_tree(const struct json *json, const cJSON *node) {
    check_node(json, node);
    for (const cJSON *child = node->child; child; child = child->next)
        check_tree(json, child);
}

static void check_again(const struct json *json) {
    struct findings findings = {0};
    struct buffer once = {0}, twice = {0};
    struct json *again;

    write_node(&once, json->root);
    again = json_parse("again", once.bytes, once.length, &findings);
    fuzz_require(again && findings.count == 0);
    fuzz_require(cJSON_Compare(json->root, again->root, 1));
    write_node(&twice, again->root);
    fuzz_require(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
    json_free(again);
    buffer_free(&once);
    buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct findings findings = {0};
    struct error error = {0};
    struct json *json = json_parse("fuzz", (const char *)bytes, length, &findings);
    cJSON *line = json_parse_line((const char *)bytes, length, &error);

    fuzz_require(!json == !line && !line == !!error.text[0]);
    if (json) {
        fuzz_require(findings.count == 0);
        check_tree(json, json->root);
        check_again(json);
    } else {
        check_refusal((const char *)bytes, length, &findings);
    }
    cJSON_Delete(line);
    json_free(json);
    findings_free(&findings);
    return 0;
}
