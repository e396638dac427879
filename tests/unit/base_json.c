/* JSON: where values and keys stand, what is refused beyond the grammar, and writing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

static struct json *parse(const char *text, struct findings *findings) {
    return json_parse("f.json", text, strlen(text), findings);
}

static struct json *read(const char *text) {
    struct findings findings = {0};
    struct json *json = parse(text, &findings);

    if (!json)
        fail_msg("%s", findings.items[0].text);
    return json;
}

static void stands_at(const struct json *json, size_t offset, size_t line, size_t column) {
    size_t found_line, found_column;

    json_position(json, offset, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
}

static void values_and_keys_know_their_place(void **state) {
    struct json *json =
        read("{\n  \"名字\" : \"你好\", \"n\":-1,\n\t\"list\": [ 1, {\"x\\\"\": null} ]\n}\n");
    const cJSON *name = json->root->child, *n = name->next, *list = n->next;
    const cJSON *object = list->child->next;

    stands_at(json, json_offset(json->root), 1, 1);
    stands_at(json, json_key_offset(json, name), 2, 3);
    stands_at(json, json_offset(name), 2, 10);
    stands_at(json, json_key_offset(json, n), 2, 16);
    stands_at(json, json_offset(n), 2, 20);
    stands_at(json, json_key_offset(json, list), 3, 2);
    stands_at(json, json_offset(list), 3, 10);
    stands_at(json, json_offset(list->child), 3, 12);
    stands_at(json, json_offset(object), 3, 15);
    assert_int_equal(json_key_offset(json, object), json_offset(object));
    stands_at(json, json_key_offset(json, object->child), 3, 16);
    stands_at(json, json_offset(object->child), 3, 23);
    stands_at(json, json->length, 5, 1);
    json_free(json);
}

/* Each value of a generated document begins where it was written. */
static void places_are_right_in_a_large_document(void **state) {
    struct buffer text = {0};
    size_t offsets[5000];

    buffer_add_byte(&text, '[');
    for (size_t i = 0; i < 5000; i++) {
        if (i)
            buffer_add_text(&text, i % 7 ? "," : " ,\n");
        offsets[i] = text.length;
        buffer_printf(&text, i % 3 ? "{\"k\\\\\":[[],\"\\\"\"]}" : "%zu", i);
    }
    buffer_add_byte(&text, ']');
    struct json *json = read(text.bytes);
    const cJSON *node = json->root->child;
    for (size_t i = 0; i < 5000; i++, node = node->next)
        assert_int_equal(json_offset(node), offsets[i]);
    assert_null(node);
    json_free(json);
    buffer_free(&text);
}

static void findings_stand_at_the_node_or_its_key(void **state) {
    struct json *json = read("{\n \"mood\": 200}");
    struct findings findings = {0};

    json_find(json, json->root->child, &findings, FINDING_ERROR, "range", "%d is too much", 200);
    json_find_key(json, json->root->child, &findings, FINDING_WARNING, "key", "a key");
    assert_int_equal(findings.items[0].line, 2);
    assert_int_equal(findings.items[0].column, 10);
    assert_string_equal(findings.items[0].text, "200 is too much");
    assert_int_equal(findings.items[1].column, 2);
    assert_string_equal(findings.items[1].file, "f.json");
    json_free(json);
    assert_int_equal(findings.errors, 1); /* they outlive the document */
    assert_string_equal(findings.items[0].file, "f.json");
    findings_free(&findings);
}

static void all_duplicate_keys_are_named(void **state) {
    struct findings findings = {0};

    assert_null(
        parse("{\"a\":1,\n\"b\":{\"c\":1,\"c\":2},\n\"a\":3,\"\\u0061\":4, \"A\":5}", &findings));
    assert_int_equal(findings.count, 3);
    assert_int_equal(findings.items[0].line, 2);
    assert_int_equal(findings.items[0].column, 12);
    assert_int_equal(findings.items[1].line, 3);
    assert_int_equal(findings.items[1].column, 1);
    assert_int_equal(findings.items[2].column, 7);
    assert_non_null(strstr(findings.items[2].text, "\"a\" stands at line 1, column 2"));
    findings_free(&findings);
}

static void duplicates_before_a_mistake_are_named_too(void **state) {
    struct findings findings = {0};

    assert_null(parse("{\"a\":1,\"a\":2,\"b\" 3}", &findings));
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.items[0].code, "json-duplicate-key");
    assert_string_equal(findings.items[1].code, "json-syntax");
    findings_free(&findings);
}

/* Keys of the same length that begin and end alike share a hash here: that must stay fast. */
static void a_large_object_is_searched_quickly(void **state) {
    struct buffer text = {0};
    struct findings findings = {0};
    clock_t start = clock();

    buffer_add_byte(&text, '{');
    for (int i = 0; i < 200000; i++)
        buffer_printf(&text, "\"beginning-%06d-the-end-\":%d,\n", i, i);
    buffer_add_text(&text, "\"beginning-000777-the-end-\":0}");
    assert_null(parse(text.bytes, &findings));
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].line, 200001);
    assert_non_null(strstr(findings.items[0].text, "line 778,"));
    assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
    findings_free(&findings);
    buffer_free(&text);
}

static void many_duplicates_are_counted(void **state) {
    struct buffer text = {0};
    struct findings findings = {0};

    buffer_add_byte(&text, '{');
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&text, "\"k\":1,");
    buffer_add_text(&text, "\"k\":1}");
    assert_null(parse(text.bytes, &findings));
    assert_int_equal(findings.errors, 100000);
    assert_int_equal(findings.count, FINDINGS_LIMIT);
    findings_free(&findings);
    buffer_free(&text);
}

static void nesting_has_a_limit(void **state) {
    char text[2 * JSON_DEPTH + 3];

    memset(text, '[', JSON_DEPTH);
    memset(text + JSON_DEPTH, ']', JSON_DEPTH);
    text[2 * JSON_DEPTH] = '\0';
    json_free(read(text));
    memset(text, '[', JSON_DEPTH + 1);
    memset(text + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    text[2 * JSON_DEPTH + 2] = '\0';
    struct findings findings = {0};
    assert_null(parse(text, &findings));
    assert_string_equal(findings.items[0].code, "json-depth");
    assert_int_equal(findings.items[0].column, JSON_DEPTH + 1);
    findings_free(&findings);
}

static void a_file_too_large_is_refused(void **state) {
    struct findings findings = {0};
    char *text = memory_new(JSON_SIZE + 1); /* never read, so never in memory */

    assert_null(json_parse("f.json", text, JSON_SIZE + 1, &findings));
    assert_string_equal(findings.items[0].code, "json-size");
    findings_free(&findings);
    free(text);
}

static void a_column_counts_characters_also_far_out(void **state) {
    struct buffer text = {0};
    struct findings findings = {0};

    buffer_add_byte(&text, '[');
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&text, "\"你\",");
    assert_null(parse(text.bytes, &findings));
    assert_int_equal(findings.items[0].column, 400002);
    findings_free(&findings);
    buffer_free(&text);
}

static void a_line_is_read_without_places(void **state) {
    struct error error = {0};
    cJSON *row = json_parse_line("{\"id\":\"r1\",\"n\":5}tail", 17, &error);

    assert_non_null(row);
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(row, "id")->valuestring, "r1");
    assert_true(cJSON_GetObjectItemCaseSensitive(row, "n")->valuedouble == 5);
    cJSON_Delete(row);
    assert_null(json_parse_line("{\"你\":1,}", 10, &error));
    assert_string_equal(error.text, "column 8: remove the comma before “}”");
    assert_null(json_parse_line("{\"a\":1,\"\\u0061\":2}", 18, &error));
    assert_string_equal(error.text, "column 8: a key stands twice");
}

static void a_long_line_is_read_too(void **state) {
    struct buffer text = {0}, row = {0};

    buffer_add_repeated(&text, 'x', 100000);
    json_add_string(&row, text.bytes, text.length);
    cJSON *string = json_parse_line(row.bytes, row.length, NULL);
    assert_string_equal(string->valuestring, text.bytes);
    cJSON_Delete(string);
    buffer_free(&text);
    buffer_free(&row);
}

static void written(const char *text, size_t length, const char *expected) {
    struct buffer out = {0};

    json_add_string(&out, text, length);
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
}

static void strings_are_written_so_that_they_are_read_again(void **state) {
    written("", 0, "\"\"");
    written("你好", 6, "\"你好\"");
    written("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
    written("\b\t\n\v\f\r\x1B", 7, "\"\\b\\t\\n\\u000b\\f\\r\\u001b\"");
    written("a\xFFz", 3, "\"a\xEF\xBF\xBDz\"");
    written("a\0z", 3, "\"a\xEF\xBF\xBDz\"");
}

/* Trees that others build and free go through the same hooks, also after a document was parsed. */
static void other_trees_live_beside_a_document(void **state) {
    cJSON *before = cJSON_Parse("{\"a\":[1,2,3]}");
    struct json *json = read("{\"b\":[4,5,6]}");
    cJSON *after = cJSON_Duplicate(json->root, 1);

    cJSON_Delete(before);
    json_free(json);
    char *text = cJSON_PrintUnformatted(after);
    assert_string_equal(text, "{\"b\":[4,5,6]}");
    cJSON_free(text);
    cJSON_Delete(after);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_keys_know_their_place),
        cmocka_unit_test(places_are_right_in_a_large_document),
        cmocka_unit_test(findings_stand_at_the_node_or_its_key),
        cmocka_unit_test(all_duplicate_keys_are_named),
        cmocka_unit_test(duplicates_before_a_mistake_are_named_too),
        cmocka_unit_test(a_large_object_is_searched_quickly),
        cmocka_unit_test(many_duplicates_are_counted),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_file_too_large_is_refused),
        cmocka_unit_test(a_column_counts_characters_also_far_out),
        cmocka_unit_test(a_line_is_read_without_places),
        cmocka_unit_test(a_long_line_is_read_too),
        cmocka_unit_test(strings_are_written_so_that_they_are_read_again),
        cmocka_unit_test(other_trees_live_beside_a_document),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
