/* JSON as the public suite of JSON tests has it (github.com/nst/JSONTestSuite: n_ must be refused,
 * y_ must be read): for each of its kinds an input of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define BYTES(text) text, sizeof(text) - 1

struct refusal {
    const char *bytes;
    size_t length;
    size_t line, column;
    const char *code;
};

struct input {
    const char *bytes;
    size_t length;
};

/* clang-format off */
static const struct refusal refusals[] = {
    /* lists */
    {BYTES("[7 false]"), 1, 4, "json-syntax"},
    {BYTES("[\"caf\xE9\"]"), 1, 6, "json-encoding"},
    {BYTES("[\"k\": 7]"), 1, 5, "json-syntax"},
    {BYTES("[\"x\"],"), 1, 6, "json-syntax"},
    {BYTES("[,7]"), 1, 2, "json-syntax"},
    {BYTES("[7,,8]"), 1, 4, "json-syntax"},
    {BYTES("[\"x\",,]"), 1, 6, "json-syntax"},
    {BYTES("[\"x\"]]"), 1, 6, "json-syntax"},
    {BYTES("[\"x\",]"), 1, 6, "json-syntax"},
    {BYTES("[\"x\""), 1, 5, "json-syntax"},
    {BYTES("[y"), 1, 2, "json-syntax"},
    {BYTES("[5[6]]"), 1, 3, "json-syntax"},
    {BYTES("[\xFF]"), 1, 2, "json-encoding"},
    {BYTES("[1:2]"), 1, 3, "json-syntax"},
    {BYTES("[,]"), 1, 2, "json-syntax"},
    {BYTES("[-]"), 1, 3, "json-number"},
    {BYTES("[  , \"x\"]"), 1, 4, "json-syntax"},
    {BYTES("[\"x\",\n5\n,7,"), 3, 4, "json-syntax"},
    {BYTES("[7,]"), 1, 4, "json-syntax"},
    {BYTES("[7,,]"), 1, 4, "json-syntax"},
    {BYTES("[\"\x0Bx\"\x0C]"), 1, 3, "json-control"},
    {BYTES("[*]"), 1, 2, "json-syntax"},
    {BYTES("[7,"), 1, 4, "json-syntax"},
    {BYTES("[7,\n7\n,7"), 3, 3, "json-syntax"},
    {BYTES("[{}"), 1, 4, "json-syntax"},
    /* words */
    {BYTES("[fals]"), 1, 2, "json-syntax"},
    {BYTES("[nul]"), 1, 2, "json-syntax"},
    {BYTES("[tru]"), 1, 2, "json-syntax"},
    {BYTES("[True]"), 1, 2, "json-syntax"},
    {BYTES("xyz"), 1, 1, "json-syntax"},
    {BYTES("a\xC3\xA5"), 1, 1, "json-syntax"},
    {BYTES("\xC3\xA5"), 1, 1, "json-syntax"},
    {BYTES("[<null>]"), 1, 2, "json-syntax"},
    {BYTES("[nulll]"), 1, 2, "json-syntax"},
    {BYTES("[\"x\", truth]"), 1, 7, "json-syntax"},
    /* numbers */
    {BYTES("456\x00"), 1, 4, "json-control"},
    {BYTES("[++12]"), 1, 2, "json-number"},
    {BYTES("[+1]"), 1, 2, "json-number"},
    {BYTES("[+Inf]"), 1, 2, "json-number"},
    {BYTES("[-07]"), 1, 3, "json-number"},
    {BYTES("[-7.0.]"), 1, 6, "json-syntax"},
    {BYTES("[-7.]"), 1, 5, "json-number"},
    {BYTES("[-NaN]"), 1, 3, "json-number"},
    {BYTES("[.-7]"), 1, 2, "json-number"},
    {BYTES("[.7e-3]"), 1, 2, "json-number"},
    {BYTES("[0.7.2]"), 1, 5, "json-syntax"},
    {BYTES("[0.7e+]"), 1, 7, "json-number"},
    {BYTES("[0.7e]"), 1, 6, "json-number"},
    {BYTES("[0.e7]"), 1, 4, "json-number"},
    {BYTES("[0E+]"), 1, 5, "json-number"},
    {BYTES("[0E]"), 1, 4, "json-number"},
    {BYTES("[0e+]"), 1, 5, "json-number"},
    {BYTES("[0e]"), 1, 4, "json-number"},
    {BYTES("[7.0e+]"), 1, 7, "json-number"},
    {BYTES("[7.0e-]"), 1, 7, "json-number"},
    {BYTES("[7.0e]"), 1, 6, "json-number"},
    {BYTES("[7 000]"), 1, 4, "json-syntax"},
    {BYTES("[7eE2]"), 1, 4, "json-number"},
    {BYTES("[7.e+3]"), 1, 4, "json-number"},
    {BYTES("[7.e-3]"), 1, 4, "json-number"},
    {BYTES("[7.e3]"), 1, 4, "json-number"},
    {BYTES("[7.e+]"), 1, 4, "json-number"},
    {BYTES("[Inf]"), 1, 2, "json-syntax"},
    {BYTES("[NaN]"), 1, 2, "json-syntax"},
    {BYTES("[\xEF\xBC\x91]"), 1, 2, "json-syntax"},
    {BYTES("[7+2]"), 1, 3, "json-syntax"},
    {BYTES("[0x7]"), 1, 3, "json-syntax"},
    {BYTES("[0x4F]"), 1, 3, "json-syntax"},
    {BYTES("[Infinity]"), 1, 2, "json-syntax"},
    {BYTES("[0e+-7]"), 1, 5, "json-number"},
    {BYTES("[-7.7bar]"), 1, 6, "json-syntax"},
    {BYTES("[77\xE5]"), 1, 4, "json-encoding"},
    {BYTES("[7e7\xE5]"), 1, 5, "json-encoding"},
    {BYTES("[0\xE5]"), 1, 3, "json-encoding"},
    {BYTES("[-Infinity]"), 1, 3, "json-number"},
    {BYTES("[-bar]"), 1, 3, "json-number"},
    {BYTES("[- 7]"), 1, 3, "json-number"},
    {BYTES("[-07.5]"), 1, 3, "json-number"},
    {BYTES("[-00]"), 1, 3, "json-number"},
    {BYTES("[007]"), 1, 2, "json-number"},
    {BYTES("[00.7]"), 1, 2, "json-number"},
    {BYTES("[-.7]"), 1, 3, "json-number"},
    {BYTES("[-7x]"), 1, 4, "json-syntax"},
    {BYTES("[7ea]"), 1, 4, "json-number"},
    {BYTES("[7e\xE5]"), 1, 4, "json-number"},
    {BYTES("[7.]"), 1, 4, "json-number"},
    {BYTES("[.7]"), 1, 2, "json-number"},
    {BYTES("[7.7a-3]"), 1, 5, "json-syntax"},
    {BYTES("[7.7H-3]"), 1, 5, "json-syntax"},
    {BYTES("[07]"), 1, 2, "json-number"},
    {BYTES("7@"), 1, 2, "json-syntax"},
    /* objects */
    {BYTES("{[\"k\"]: 7}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\", null}"), 1, 5, "json-syntax"},
    {BYTES("{\"k\"::\"v\"}"), 1, 6, "json-syntax"},
    {BYTES("{\xF0\x9F\x98\x80}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\":\"v\" 7}"), 1, 10, "json-syntax"},
    {BYTES("{k: 'v'}"), 1, 2, "json-syntax"},
    {BYTES("{\"\xB9\":\"v\",}"), 1, 3, "json-encoding"},
    {BYTES("{\"k\" v}"), 1, 6, "json-syntax"},
    {BYTES("{:\"v\"}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\" \"v\"}"), 1, 6, "json-syntax"},
    {BYTES("{\"k\":"), 1, 6, "json-syntax"},
    {BYTES("{\"k\""), 1, 5, "json-syntax"},
    {BYTES("{7:7}"), 1, 2, "json-syntax"},
    {BYTES("{7E9999:7}"), 1, 2, "json-syntax"},
    {BYTES("{null:null}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\":0,,,,}"), 1, 8, "json-syntax"},
    {BYTES("{'k':0}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\":0,}"), 1, 8, "json-syntax"},
    {BYTES("{\"k\":\"v\"}/* */"), 1, 10, "json-syntax"},
    {BYTES("{\"k\":\"v\"}// note"), 1, 10, "json-syntax"},
    {BYTES("{\"k\":\"v\"}/"), 1, 10, "json-syntax"},
    {BYTES("{\"k\":\"v\",,\"l\":\"w\"}"), 1, 10, "json-syntax"},
    {BYTES("{k:\"v\"}"), 1, 2, "json-syntax"},
    {BYTES("{\"k\":\"v"), 1, 6, "json-syntax"},
    {BYTES("{ \"k\" : \"v\", \"l\" }"), 1, 18, "json-syntax"},
    {BYTES("{\"k\":\"v\"}#"), 1, 10, "json-syntax"},
    /* strings */
    {BYTES("[\"\\uD801\\\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD801\\u\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD801\\u7\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD801\\u7x\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD801\\n\"]"), 1, 3, "json-string"},
    {BYTES("[\xC3\xA9]"), 1, 2, "json-syntax"},
    {BYTES("[\"\\\x00\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\x41\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\\\\\\"]"), 1, 2, "json-syntax"},
    {BYTES("[\"\\\t\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\\xF0\x9F\x98\x80\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\\"]"), 1, 2, "json-syntax"},
    {BYTES("[\"\\u00A\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD834\\uDd\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uD801\\uD801\\x\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\u\xE5\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\a\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\101\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uzzzz\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\\xE5\"]"), 1, 3, "json-string"},
    {BYTES("[\\u0020\"x\"]"), 1, 2, "json-syntax"},
    {BYTES("[\\n]"), 1, 2, "json-syntax"},
    {BYTES("\""), 1, 1, "json-syntax"},
    {BYTES("['x']"), 1, 2, "json-syntax"},
    {BYTES("[\"\\"), 1, 3, "json-string"},
    {BYTES("[\"x\x00x\"]"), 1, 4, "json-control"},
    {BYTES("[\"x\ny\"]"), 1, 4, "json-control"},
    {BYTES("[\"x\ty\"]"), 1, 4, "json-control"},
    {BYTES("\"\\U4F60\""), 1, 2, "json-string"},
    {BYTES("\"x\"y"), 1, 4, "json-syntax"},
    /* structure */
    {BYTES(""), 1, 1, "json-syntax"},
    {BYTES(" "), 1, 2, "json-syntax"},
    {BYTES("\xE2\x81\xA0"), 1, 1, "json-syntax"},
    {BYTES("\xEF\xBB\xBF"), 1, 1, "json-encoding"},
    {BYTES("<.>"), 1, 1, "json-syntax"},
    {BYTES("[7]x"), 1, 4, "json-syntax"},
    {BYTES("[7]]"), 1, 4, "json-syntax"},
    {BYTES("[\"xyz]"), 1, 2, "json-syntax"},
    {BYTES("7]"), 1, 2, "json-syntax"},
    {BYTES("{\"k\": true,"), 1, 12, "json-syntax"},
    {BYTES("[][]"), 1, 3, "json-syntax"},
    {BYTES("]"), 1, 1, "json-syntax"},
    {BYTES("\xEF\xBB{}"), 1, 1, "json-encoding"},
    {BYTES("\xE5"), 1, 1, "json-encoding"},
    {BYTES("["), 1, 2, "json-syntax"},
    {BYTES("[\x00]"), 1, 2, "json-control"},
    {BYTES("{}}"), 1, 3, "json-syntax"},
    {BYTES("{\"\":"), 1, 5, "json-syntax"},
    {BYTES("{\"k\":/* note */\"v\"}"), 1, 6, "json-syntax"},
    {BYTES("{\"k\": true} \"x\""), 1, 13, "json-syntax"},
    {BYTES("['"), 1, 2, "json-syntax"},
    {BYTES("[,"), 1, 2, "json-syntax"},
    {BYTES("[{"), 1, 3, "json-syntax"},
    {BYTES("[\"x"), 1, 2, "json-syntax"},
    {BYTES("{"), 1, 2, "json-syntax"},
    {BYTES("{]"), 1, 2, "json-syntax"},
    {BYTES("{,"), 1, 2, "json-syntax"},
    {BYTES("{["), 1, 2, "json-syntax"},
    {BYTES("{\"k"), 1, 2, "json-syntax"},
    {BYTES("{'k'"), 1, 2, "json-syntax"},
    {BYTES("[\"\\{[\"\\{[\"\\{"), 1, 3, "json-string"},
    {BYTES("\xE9"), 1, 1, "json-encoding"},
    {BYTES("*"), 1, 1, "json-syntax"},
    {BYTES("{\"k\":\"v\"}#{}"), 1, 10, "json-syntax"},
    {BYTES("[\\u000A\"x\"]"), 1, 2, "json-syntax"},
    {BYTES("[7"), 1, 3, "json-syntax"},
    {BYTES("[ true, nul"), 1, 9, "json-syntax"},
    {BYTES("[ true, fals"), 1, 9, "json-syntax"},
    {BYTES("[ false, tru"), 1, 10, "json-syntax"},
    {BYTES("{\"k\":\"v\""), 1, 9, "json-syntax"},
    {BYTES("[\xE2\x81\xA0]"), 1, 2, "json-syntax"},
    {BYTES("[\x0C]"), 1, 2, "json-control"},
};

static const struct input readable[] = {
    {BYTES("[[]   ]")},
    {BYTES("[\"\"]")},
    {BYTES("[]")},
    {BYTES("[\"x\"]\n")},
    {BYTES("[false]")},
    {BYTES("[null, 7, \"7\", {}]")},
    {BYTES("[null]")},
    {BYTES("[7\n]")},
    {BYTES(" [7]")},
    {BYTES("[7,null,null,null,8]")},
    {BYTES("[8] ")},
    {BYTES("[[[[]]]]")},
    {BYTES("[321e54]")},
    {BYTES("[0e+7]")},
    {BYTES("[0e7]")},
    {BYTES("[ 7]")},
    {BYTES("[-0.000000000000000000000000000000000000000000000000000000000000000000000000000007]")},
    {BYTES("[70e1]")},
    {BYTES("[-0]")},
    {BYTES("[-321]")},
    {BYTES("[-7]")},
    {BYTES("[-0.0]")},
    {BYTES("[7E21]")},
    {BYTES("[7E-3]")},
    {BYTES("[7E+3]")},
    {BYTES("[321e45]")},
    {BYTES("[321.654e78]")},
    {BYTES("[7e-3]")},
    {BYTES("[7e+3]")},
    {BYTES("[321]")},
    {BYTES("[321.654987]")},
    {BYTES("[9007199254740991]")},
    {BYTES("[1.7976931348623157e308]")},
    {BYTES("{\"k\":\"v\"}")},
    {BYTES("{\"k\":\"v\", \"l\":\"w\"}")},
    {BYTES("{}")},
    {BYTES("{\"\":7}")},
    {BYTES("{\"low\": -7.0e+28, \"high\": 7.0e+28}")},
    {BYTES("{\"k\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}")},
    {BYTES("{\"k\":[]}")},
    {BYTES("{\"\\u6807\\u9898\":\"\\u4f60\\u597d\"}")},
    {BYTES("{\n\"k\": \"v\"\n}")},
    {BYTES("{\"k\":{\"k\":{\"k\":7}}}")},
    {BYTES("{\"K\":1,\"k\":2}")},
    {BYTES("[\"\\u0061\\u012b\\u12AC\"]")},
    {BYTES("[\"\\uD801\\udc38\"]")},
    {BYTES("[\"\\ud83d\\ude3a\\ud83d\\udc8e\"]")},
    {BYTES("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]")},
    {BYTES("[\"\\\\u0000\"]")},
    {BYTES("[\"\\\"\"]")},
    {BYTES("[\"x/*y*/z//\"]")},
    {BYTES("[\"\\\\a\"]")},
    {BYTES("[\"\\\\n\"]")},
    {BYTES("[\"\\u0013\"]")},
    {BYTES("[\"\\uFFFE\"]")},
    {BYTES("[\"xyz\"]")},
    {BYTES("[ \"xyz\"]")},
    {BYTES("[\"\\uDBFF\\uDFFE\"]")},
    {BYTES("[\"\\u00A0\"]")},
    {BYTES("[\"\xF4\x8F\xBF\xBF\"]")},
    {BYTES("[\"\xEF\xBF\xBF\"]")},
    {BYTES("[\"\\u002d\"]")},
    {BYTES("[\"\xCF\x80\"]")},
    {BYTES("[\"\xF0\x9B\xBF\xBF\"]")},
    {BYTES("[\"plain \"]")},
    {BYTES("\" \"")},
    {BYTES("[\"\\uD834\\udd1f\"]")},
    {BYTES("[\"\\u0822\"]")},
    {BYTES("[\"\\u0124\"]")},
    {BYTES("[\"\xE2\x80\xA8\"]")},
    {BYTES("[\"\xE2\x80\xA9\"]")},
    {BYTES("[\"\\u0062\\u30AF\"]")},
    {BYTES("[\"one\\u000Atwo\"]")},
    {BYTES("[\"\x7F\"]")},
    {BYTES("[\"\xE4\xBD\xA0\"]")},
    {BYTES("[\"\\u005D\"]")},
    {BYTES("[\"\xE2\x8D\x83\xE3\x88\xB5\"]")},
    {BYTES("[\"\\uDBFF\\uDFFF\"]")},
    {BYTES("[\"\\uD83F\\uDFFF\"]")},
    {BYTES("[\"\\u200C\"]")},
    {BYTES("[\"\\u2063\"]")},
    {BYTES("[\"\\uFDD1\"]")},
    {BYTES("[\"\\u0022\"]")},
    {BYTES("[\"\xE2\x82\xAC\xF0\x9D\x84\x9F\"]")},
    {BYTES("[\"x\x7Fy\"]")},
    {BYTES("[\"\\uabcd\\uABCD\"]")},
    {BYTES("false")},
    {BYTES("77")},
    {BYTES("-0.7")},
    {BYTES("null")},
    {BYTES("\"xyz\"")},
    {BYTES("true")},
    {BYTES("\"\"")},
    {BYTES("[\"x\"]\n\n")},
    {BYTES("[true]")},
    {BYTES(" [] ")},
    {BYTES("\t\x0D\n 7")},
};

/* Read by other parsers, refused here by decision. */
static const struct refusal refused_by_policy[] = {
    {BYTES("{\"k\":\"v\",\"k\":\"w\"}"), 1, 10, "json-duplicate-key"},
    {BYTES("{\"k\":\"v\",\"k\":\"v\"}"), 1, 10, "json-duplicate-key"},
    {BYTES("{\"x\\u0000y\":7}"), 1, 4, "json-string"},
    {BYTES("[\"\\u0000\"]"), 1, 3, "json-string"},
    /* and what that suite leaves open */
    {BYTES("\xEF\xBB\xBF{}"), 1, 1, "json-encoding"},
    {BYTES("\xFF\xFE[\x00]\x00"), 1, 1, "json-encoding"},
    {BYTES("[\"\\uDADA\"]"), 1, 3, "json-string"},
    {BYTES("[\"\\uDFAA\"]"), 1, 3, "json-string"},
    {BYTES("[\"\xED\xA0\x80\"]"), 1, 3, "json-encoding"},
    {BYTES("[\"\xC0\xAF\"]"), 1, 3, "json-encoding"},
    {BYTES("[\"\xF4\xBF\xBF\xBF\"]"), 1, 3, "json-encoding"},
    {BYTES("[7e999]"), 1, 2, "json-number"},
    {BYTES("[-7e999]"), 1, 2, "json-number"},
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The findings of an input that must be refused, at this place with this code. */
static void is_refused(const struct refusal *refusal) {
    struct findings findings = {0};
    struct json *json = json_parse("f.json", refusal->bytes, refusal->length, &findings);
    const struct finding *finding = findings.items;

    if (json || findings.count != 1)
        fail_msg("%s: read, or not one finding", refusal->bytes);
    assert_string_equal(finding->file, "f.json");
    if (finding->line != refusal->line || finding->column != refusal->column ||
        strcmp(finding->code, refusal->code) != 0)
        fail_msg("%s: %zu:%zu %s, not %zu:%zu %s", refusal->bytes, finding->line, finding->column,
                 finding->code, refusal->line, refusal->column, refusal->code);
    assert_int_equal(finding->severity, FINDING_ERROR);
    assert_true(strlen(finding->text) > 10);
    findings_free(&findings);
}

static void a_line_is_refused_too(const struct refusal *refusal) {
    struct error error = {0};

    assert_null(json_parse_line(refusal->bytes, refusal->length, &error));
    assert_true(strlen(error.text) > 10);
}

static void what_is_no_json_is_refused_where_it_stands(void **state) {
    for (size_t i = 0; i < COUNT(refusals); i++) {
        is_refused(&refusals[i]);
        a_line_is_refused_too(&refusals[i]);
    }
}

static void what_we_decided_against_is_refused(void **state) {
    for (size_t i = 0; i < COUNT(refused_by_policy); i++) {
        is_refused(&refused_by_policy[i]);
        a_line_is_refused_too(&refused_by_policy[i]);
    }
}

static void what_is_json_is_read(void **state) {
    for (size_t i = 0; i < COUNT(readable); i++) {
        struct findings findings = {0};
        struct error error = {0};
        struct json *json = json_parse("f.json", readable[i].bytes, readable[i].length, &findings);
        cJSON *line = json_parse_line(readable[i].bytes, readable[i].length, &error);

        if (!json || !line)
            fail_msg("%s: %s", readable[i].bytes, error.text);
        assert_int_equal(findings.count, 0);
        assert_true(cJSON_Compare(json->root, line, 1));
        cJSON_Delete(line);
        json_free(json);
    }
}

/* Any piece of a text that was cut off is refused, and not beyond its end. */
static void what_was_cut_off_is_refused(void **state) {
    static const char text[] =
        "{\"k\": [1, -2.5e3, \"\\ud83d\\ude00 你\", true, null, {}], \"l\": {}}";

    for (size_t length = 0; length < sizeof text - 1; length++) {
        struct findings findings = {0};
        char *cut = memory_text_of(text, length);
        assert_null(json_parse("f.json", cut, length, &findings));
        assert_int_equal(findings.count, 1);
        assert_in_range(findings.items[0].column, 1, length + 1);
        findings_free(&findings);
        free(cut);
    }
}

static void many_open_brackets_are_refused(void **state) {
    struct buffer text = {0};

    for (int i = 0; i < 100000; i++)
        buffer_add_byte(&text, '[');
    is_refused(&(struct refusal){text.bytes, text.length, 1, JSON_DEPTH + 1, "json-depth"});
    buffer_clear(&text);
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&text, "[{\"\":");
    is_refused(&(struct refusal){text.bytes, text.length, 1, JSON_DEPTH / 2 * 5 + 1, "json-depth"});
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_json_is_refused_where_it_stands),
        cmocka_unit_test(what_we_decided_against_is_refused),
        cmocka_unit_test(what_is_json_is_read),
        cmocka_unit_test(what_was_cut_off_is_refused),
        cmocka_unit_test(many_open_brackets_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
