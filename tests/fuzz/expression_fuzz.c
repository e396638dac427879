/* Any text as an expression: refused with one finding inside it, or a value within ±2^53 that is
 * the same each time and stays what it is in brackets. */
#include <string.h>

#include "fuzz.h"
#include "scenario/scenario.h"

static const struct expression_world world = {.mood = -20, .patience = 35, .elapsed_s = 61};

static struct expression *parse(const char *source, struct arena *arena,
                                struct findings *findings) {
    struct expression *expression = expression_parse(source, NULL, arena, findings);
    fuzz_require(!expression == (findings->errors == 1));
    return expression;
}

static void check_refusal(const char *source, const struct findings *findings) {
    fuzz_require(findings->count == 1 && findings->items[0].line == 1);
    fuzz_require(findings->items[0].column <= utf8_count(source, strlen(source)) + 1);
}

static void check_value(const char *source, const struct expression *expression,
                        struct arena *arena) {
    struct findings findings = {0};
    struct buffer bracketed = {0};
    int64_t value = expression_value(expression, &world), limit = (int64_t)1 << 53;
    fuzz_require(value <= limit && value >= -limit);
    fuzz_require(value == expression_value(expression, &world));
    buffer_printf(&bracketed, "(%s)", source);
    struct expression *same = expression_parse(buffer_text(&bracketed), NULL, arena, &findings);
    fuzz_require(!same || expression_value(same, &world) == value); /* may be one too deep */
    buffer_free(&bracketed);
    findings_free(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct findings findings = {0};
    struct arena *arena = arena_new();
    char *source = memory_text_of((const char *)bytes, length);
    struct expression *expression = parse(source, arena, &findings);
    if (expression)
        check_value(source, expression, arena);
    else
        check_refusal(source, &findings);
    free(source);
    arena_free(arena);
    findings_free(&findings);
    return 0;
}
