/* Rows 48 and 130: strict where the very words are needed, flexible elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

#define RULE                                                                                       \
    "\"typed\":{\"groups\":[{\"any\":[\"this call is recorded\",\"本次通话会录音\","        \
    "{\"words\":[\"we\",\"record\",\"call\"],\"within\":6},"                                       \
    "{\"words\":[\"通话\",\"录音\"],\"within\":6}]}]}"
#define POINT(id, wording)                                                                         \
    "{\"id\":\"" id "\",\"action\":\"gather\",\"dimension\":\"C\",\"weight\":1,\"text\":\"p\","    \
    "\"wording\":\"" wording "\"," RULE "}"
#define SCRIPT(points)                                                                             \
    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\",\"summary\":\"S\"," \
    "\"level\":\"basic\",\"module\":\"product\",\"minutes\":5,"                                    \
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"free\"]}],"                      \
    "\"points\":[" points "],\"required\":[\"free\"],"                                             \
    "\"weights\":{\"intake\":0,\"diagnosis\":1,\"solution\":0,\"follow_up\":0},"                   \
    "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":0,\"patience\":50,"            \
    "\"card\":[]},\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"       \
    "\"hang_up\":\"e\",\"start\":\"n\",\"nodes\":[{\"id\":\"n\",\"stage\":\"diagnosis\","          \
    "\"typed\":[{\"id\":\"bye\",\"when\":{\"groups\":[{\"any\":[\"goodbye\"]}]},\"to\":\"e\"}]}]," \
    "\"endings\":[{\"id\":\"e\",\"outcome\":\"resolved\",\"text\":\"ok\"}]}"

static bool earned(const struct scenario *scenario, const char *point, const char *text) {
    struct call *call = script_open(scenario, MODE_PRACTISE);
    struct reading reading = {0};
    struct judgement judgement;
    bool met = false;
    call_judge(call, NULL, 0, text, strlen(text), &reading, &judgement);
    for (uint32_t i = 0; i < judgement.point_count; i++)
        met |= judgement.points[i].point == (uint32_t)scenario_point(scenario, point) &&
               judgement.points[i].verdict == VERDICT_MET;
    reading_free(&reading);
    free(call);
    return met;
}

static void paraphrase(void **state) {
    static const struct {
        const char *text;
        bool strict;
    } table[] = {
        {"This call is recorded.", true}, {"THIS call is  recorded, thank you", true},
        {"您好，本次通话会录音。", true}, {"We record every call.", false},
        {"This call is recorted.", false}, /* a slip: meant, but not the words */
        {"这个通话是要录音的", false},
    };
    struct scenario *scenario =
        script_load(SCRIPT(POINT("free", "flexible") "," POINT("law", "strict")));
    assert_non_null(scenario);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!earned(scenario, "free", table[i].text))
            fail_msg("flexible does not take: %s", table[i].text);
        if (earned(scenario, "law", table[i].text) != table[i].strict)
            fail_msg("strict is wrong about: %s", table[i].text);
    }
    scenario_free(scenario);
}

static void words_in_a_row(void **state) {
    static const char text[] = "Yes: we AGREE, to that.";
    assert_true(language_says(text, strlen(text), "we agree to"));
    assert_true(language_says(text, strlen(text), "Yes"));
    assert_false(language_says(text, strlen(text), "we agree that"));
    assert_false(language_says(text, strlen(text), "agre"));
    assert_false(language_says(text, strlen(text), "gree to"));
    assert_false(language_says(text, strlen(text), "…"));
    assert_false(language_says("", 0, "we"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paraphrase),
        cmocka_unit_test(words_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
