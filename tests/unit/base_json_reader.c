/* The quick reader: what it accepts json_parse_line accepts with the same texts, whatever bytes a
 * line is made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/json_reader.h"

/* The text under "text" of a line, if the reader accepts it. */
static bool read_text(struct json_reader *reader, const char *line, size_t length,
                      struct json_text *text) {
    struct json_inside object;
    struct json_text key;
    *text = (struct json_text){0};
    json_reader_start(reader, line, length);
    json_open(reader, '{', &object);
    while (json_next_key(reader, &object, &key)) {
        if (json_text_is(&key, "text") && json_peek(reader) == '"')
            json_read_text(reader, text);
        else
            json_skip(reader);
    }
    return json_reader_ended(reader);
}

static void assert_reads(const char *line, const char *expected) {
    struct json_reader reader = {0};
    struct json_text text;
    assert_true(read_text(&reader, line, strlen(line), &text));
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.length);
    json_reader_free(&reader);
}

static void reads_usual_lines(void **state) {
    (void)state;
    assert_reads("{\"text\": \"plain\"}", "plain");
    assert_reads(" { \"id\" : 12.5 , \"text\":\"您好，请问\" , \"x\":[1,{\"y\":[]},null,true] }\t",
                 "您好，请问");
    assert_reads("{\"text\":\"a \\\"b\\\" \\\\ \\/ \\n\\t\\u0041\\u60a8\\ud83d\\ude00!\"}",
                 "a \"b\" \\ / \n\tA您😀!");
    assert_reads("{\"text\":\"\"}", "");
    assert_reads("{\"text\":\"é ñ 😀 1234567\"}", "é ñ 😀 1234567");
}

static void gives_up_on_the_rest(void **state) {
    static const char *const lines[] = {"",
                                        "{",
                                        "[]",
                                        "{\"text\":\"a\",}",
                                        "{\"text\":\"a\" \"b\":1}",
                                        "{\"text\":\"a\",\"text\":\"b\"}",
                                        "{\"text\":\"a\",\"te\\u0078t\":\"b\"}",
                                        "{\"text\":\"a}",
                                        "{\"text\":\"\\u0000\"}",
                                        "{\"text\":\"\\ud83d\"}",
                                        "{\"text\":\"\\q\"}",
                                        "{\"text\":\"\t\"}",
                                        "{\"text\":\"\xC0\xAF\"}",
                                        "{\"text\":\"\xED\xA0\x80\"}",
                                        "{\"text\":\"a\"} x",
                                        "{\"text\":\"a\",\"n\":01}",
                                        "{\"text\":\"a\",\"n\":nul}",
                                        "{\"text\":\"a\",\"n\":1e5}",
                                        "\xEF\xBB\xBF{\"text\":\"a\"}"};
    struct json_reader reader = {0};
    struct json_text text;
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_false(read_text(&reader, lines[i], strlen(lines[i]), &text));
    json_reader_free(&reader);
}

/* Damages a sound line at random and holds both readers against each other. */
static void accepts_no_more_than_the_tree(void **state) {
    static const char sound[] = "{\"id\":\"r1\",\"lang\":\"zh\",\"n\":[-1.5,true,{\"k\":null}],"
                                "\"text\":\"您好 \\\"x\\\" caf\xC3\xA9 \\u4f60 12345678\"}";
    static const char bytes[] = "\"\\{}[],:u0d8 \t\x01\xE4\xBD\xA0\xC3\xED\xFF.-et";
    struct json_reader reader = {0};
    uint64_t seed = 11;
    size_t accepted = 0;
    (void)state;
    for (int round = 0; round < 40000; round++) {
        char line[sizeof sound];
        size_t length = sizeof sound - 1;
        struct json_text text;
        struct error error;
        memcpy(line, sound, sizeof sound);
        for (uint64_t changes = 1 + hash_random(&seed) % 3; changes > 0; changes--)
            line[hash_random(&seed) % length] = bytes[hash_random(&seed) % (sizeof bytes - 1)];
        if (!read_text(&reader, line, length, &text))
            continue;
        cJSON *tree = json_parse_line(line, length, &error);
        assert_non_null(tree);
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(tree, "text");
        assert_int_equal(text.bytes != NULL, cJSON_IsString(member));
        if (text.bytes != NULL) {
            assert_int_equal(text.length, strlen(member->valuestring));
            assert_memory_equal(text.bytes, member->valuestring, text.length);
        }
        cJSON_Delete(tree);
        accepted++;
    }
    assert_true(accepted > 1000);
    json_reader_free(&reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_usual_lines),
        cmocka_unit_test(gives_up_on_the_rest),
        cmocka_unit_test(accepts_no_more_than_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
