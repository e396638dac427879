/* Conditions and values: what they give, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenario_case.h"

#define LIMIT ((int64_t)1 << 53)

static struct script_case sound;
static int64_t variables[8];
static uint32_t visits[16];
static uint8_t halves[16], used[8];
static struct expression_world world = {.variables = variables,
                                        .visits = visits,
                                        .point_halves = halves,
                                        .replies_used = used,
                                        .mood = -30,
                                        .patience = 40,
                                        .elapsed_s = 95};

static struct expression *parse(const char *source, struct findings *findings,
                                struct arena *arena) {
    return expression_parse(source, sound.scenario, arena, findings);
}

static int64_t value_of(const char *source) {
    struct findings findings = {0};
    struct arena *arena = arena_new();
    struct expression *expression = parse(source, &findings, arena);
    if (!expression)
        fail_msg("%s: %s", source, findings.items[0].text);
    int64_t value = expression_value(expression, &world);
    arena_free(arena);
    return value;
}

static void operators_bind_as_the_format_says(void **state) {
    static const struct {
        const char *source;
        int64_t value;
    } cases[] = {
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"10 - 3 - 2", 5},
        {"-2 * -3", 6},
        {"- - 4", 4},
        {"2 - -2", 4},
        {"1 + 1 == 2", 1},
        {"not 1 == 2", 1},
        {"not true or true", 1},
        {"not (true or true)", 0},
        {"true or false and false", 1},
        {"(true or false) and false", 0},
        {"1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2", 1},
        {"true == false", 0},
        {"true != (1 > 2)", 1},
        {"not not false", 0},
        {"mood", -30},
        {"patience - mood", 70},
        {"elapsed > 90", 1},
        {"\t 1\n+\r 1 ", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (value_of(cases[i].source) != cases[i].value)
            fail_msg("%s is %lld", cases[i].source, (long long)value_of(cases[i].source));
}

static void results_saturate(void **state) {
    assert_true(value_of("9007199254740992 + 1") == LIMIT);
    assert_true(value_of("-9007199254740992 - 1") == -LIMIT);
    assert_true(value_of("99999999999999999999999999") == LIMIT);
    assert_true(value_of("9007199254740992 * 9007199254740992") == LIMIT);
    assert_true(value_of("9007199254740992 * -9007199254740992") == -LIMIT);
    assert_true(value_of("mood * 9007199254740992") == -LIMIT);
}

static void the_world_is_asked(void **state) {
    int when = scenario_point(sound.scenario, "when");
    int ask = scenario_node(sound.scenario, "ask"),
        inside = scenario_node(sound.scenario, "check.ask");
    halves[when] = 1;
    visits[ask] = 3;
    visits[inside] = 5;
    assert_int_equal(value_of("earned(when)"), 1);
    assert_int_equal(value_of("earned(plan-two)"), 0);
    assert_int_equal(value_of("visits(ask)"), 3);
    assert_int_equal(value_of("visits(check.ask) + 1"), 6);
    for (uint32_t i = 0; i < sound.scenario->variable_count; i++)
        variables[i] = sound.scenario->variables[i].start + 5;
    assert_int_equal(value_of("calls"), 7);
    assert_int_equal(value_of("said(guess)"), 0);
    const struct node *node = &sound.scenario->nodes[ask];
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (strcmp(node->replies[i].id, "guess") == 0)
            used[node->replies[i].number / 8] |= (uint8_t)(1 << node->replies[i].number % 8);
    assert_int_equal(value_of("said(guess)"), 1);
    assert_int_equal(value_of("said(swap)"), 0);
}

static void refused(const char *source, const char *code, size_t column) {
    struct findings findings = {0};
    struct arena *arena = arena_new();
    if (parse(source, &findings, arena))
        fail_msg("%s was read", source);
    assert_int_equal(findings.count, 1);
    if (strcmp(findings.items[0].code, code) != 0 || findings.items[0].column != column)
        fail_msg("%s: %s at %zu: %s", source, findings.items[0].code, findings.items[0].column,
                 findings.items[0].text);
    findings_free(&findings);
    arena_free(arena);
}

static void what_is_no_expression_is_refused_in_its_place(void **state) {
    refused("", "expression-syntax", 1);
    refused("1 +", "expression-syntax", 4);
    refused("(1", "expression-syntax", 3);
    refused("1 2", "expression-syntax", 3);
    refused("1 = 1", "expression-syntax", 3);
    refused("6 / 2", "expression-syntax", 3);
    refused("1.5", "expression-syntax", 2);
    refused("12ab", "expression-syntax", 1);
    refused("mood ，1", "expression-syntax", 6);
    refused("visits", "expression-syntax", 7);
    refused("visits()", "expression-syntax", 8);
    refused("visits(ask", "expression-syntax", 11);
    refused("earned(nope)", "expression-name", 8);
    refused("visits(done)", "expression-name", 8);
    refused("1 + nope", "expression-name", 5);
    refused("1 + true", "expression-type", 3);
    refused("not 1", "expression-type", 1);
    refused("true < false", "expression-type", 6);
    refused("1 < 2 < 3", "expression-type", 7);
    refused("1 == true", "expression-type", 3);
}

/* Nothing is run as code: what looks like a command or a program is no expression at all. */
static void commands_are_syntax_errors(void **state) {
    refused("$(rm -rf /)", "expression-syntax", 1);
    refused("rm -rf /", "expression-syntax", 8);
    refused("`id`", "expression-syntax", 1);
    refused("system(\"id\")", "expression-syntax", 1);
    refused("__import__('os').system('id')", "expression-syntax", 1);
    refused("mood; DROP TABLE calls", "expression-syntax", 5);
    refused("%n%n%s", "expression-syntax", 1);
    refused("mood && 1", "expression-syntax", 6);
    refused("while(true) mood", "expression-syntax", 1);
}

static void depth_and_length_are_bounded(void **state) {
    struct buffer deep = {0};
    for (int i = 0; i < 100000; i++)
        buffer_add_byte(&deep, '(');
    refused(buffer_text(&deep), "expression-syntax", 25);
    buffer_clear(&deep);
    for (int i = 0; i < 50000; i++)
        buffer_add_text(&deep, "not ");
    refused(buffer_text(&deep), "expression-syntax", 97);
    buffer_clear(&deep);
    buffer_add_text(&deep, "mood");
    for (int i = 0; i < 300; i++)
        buffer_add_text(&deep, "+mood");
    struct findings findings = {0};
    struct arena *arena = arena_new();
    assert_null(parse(buffer_text(&deep), &findings, arena));
    findings_free(&findings);
    arena_free(arena);
    buffer_clear(&deep);
    buffer_add_byte(&deep, '1');
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&deep, "+1");
    assert_int_equal(value_of(buffer_text(&deep)), 1001);
    buffer_free(&deep);
}

static int start(void **state) {
    case_start(&sound);
    case_load(&sound, NULL);
    return sound.scenario ? 0 : 1;
}

static int end(void **state) {
    case_end(&sound);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_as_the_format_says),
        cmocka_unit_test(results_saturate),
        cmocka_unit_test(the_world_is_asked),
        cmocka_unit_test(what_is_no_expression_is_refused_in_its_place),
        cmocka_unit_test(commands_are_syntax_errors),
        cmocka_unit_test(depth_and_length_are_bounded),
    };
    return cmocka_run_group_tests(tests, start, end);
}
