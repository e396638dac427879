/* From what a typed reply shows to what it earns and where it leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

#define POINT(id, word)                                                                            \
    "{\"id\":\"" id "\",\"action\":\"gather\",\"dimension\":\"S\",\"weight\":1,\"text\":\"p\","    \
    "\"typed\":{\"groups\":[{\"any\":[\"" word "\"],\"core\":true}]}}"

static const char script[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"t\",\"version\":1,\"title\":\"T\",\"summary\":\"S\","
    "\"level\":\"basic\",\"module\":\"product\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"x\",\"evidence\":[\"lamp\"]}],"
    "\"points\":[" POINT("lamp", "lamp") "," POINT("cable", "cable") "," POINT(
        "button",
        "button") ","
                  "{\"id\":\"shout\",\"action\":\"gather\",\"dimension\":\"C\",\"weight\":1,"
                  "\"kind\":\"negative\",\"text\":\"n\",\"typed\":{\"groups\":[{\"any\":["
                  "\"nonsense\"]}]}}],"
                  "\"required\":[\"lamp\"],\"weights\":{\"intake\":0,\"diagnosis\":1,\"solution\":"
                  "0,"
                  "\"follow_up\":0},"
                  "\"customer\":{\"name\":\"Li\",\"complaint\":\"solve\",\"mood\":0,\"patience\":"
                  "50,\"card\":[]},"
                  "\"issue\":{\"symptom\":\"x\",\"cause\":\"y\",\"urgency\":1,\"impact\":1},"
                  "\"hang_up\":\"e\",\"start\":\"n\",\"otherwise\":{\"answers\":[\"Sorry?\"],"
                  "\"patience\":-1},"
                  "\"nodes\":[{\"id\":\"n\",\"stage\":\"diagnosis\",\"replies\":["
                  "{\"id\":\"look\",\"says\":\"Is the little lamp on the front "
                  "lit?\",\"marks\":{\"lamp\":1},"
                  "\"to\":\"e\"},"
                  "{\"id\":\"wire\",\"says\":\"How does the cable sit in the "
                  "socket?\",\"marks\":{\"cable\":1},"
                  "\"to\":\"e\"},"
                  "{\"id\":\"scold\",\"says\":\"That is "
                  "nonsense\",\"trips\":[\"shout\"],\"to\":\"e\"}],"
                  "\"typed\":[{\"id\":\"bye\",\"when\":{\"groups\":[{\"any\":[\"goodbye\"],"
                  "\"core\":true}]},"
                  "\"to\":\"e\"}]}],"
                  "\"endings\":[{\"id\":\"e\",\"outcome\":\"resolved\",\"text\":\"ok\"}]}";

static struct scenario *scenario;
static struct call *call;
static struct reading reading;
static struct judgement judgement;

static int load(void **state) {
    scenario = script_load(script);
    call = scenario ? script_open(scenario, MODE_PRACTISE) : NULL;
    return call ? 0 : -1;
}

static int unload(void **state) {
    reading_free(&reading);
    free(call);
    scenario_free(scenario);
    return 0;
}

static void judge(const char *text) {
    call_judge(call, NULL, 0, text, strlen(text), &reading, &judgement);
}

static void leads_to(enum route_kind route, uint32_t index) {
    assert_int_equal(judgement.route, route);
    if (route != ROUTE_OTHERWISE)
        assert_int_equal(judgement.route_index, index);
}

static void the_spans_are_the_words(void **state) {
    const char *text = "Now, is the lamp lit?";
    judge(text);
    assert_int_equal(judgement.point_count, 1);
    assert_int_equal(judgement.points[0].verdict, VERDICT_MET);
    struct span span = judgement.points[0].spans[0];
    assert_memory_equal(text + span.from, "lamp", 4);
    assert_int_equal(span.to - span.from, 4);
}

/* One clause earns marks for at most two points; three clauses may earn three. */
static void one_clause_two_points(void **state) {
    judge("lamp cable button");
    assert_int_equal(judgement.point_count, 2);
    judge("Look at the lamp. Then the cable. And the button?");
    assert_int_equal(judgement.point_count, 3);
}

static void a_negative_point_is_tripped(void **state) {
    judge("This is nonsense");
    assert_int_equal(judgement.point_count, 1);
    assert_int_equal(judgement.points[0].point, scenario_point(scenario, "shout"));
    leads_to(ROUTE_REPLY, 2);
}

static void the_way_by_rule_evidence_likeness(void **state) {
    judge("Well, goodbye, and mind the lamp");
    leads_to(ROUTE_TYPED_RULE, 0);
    judge("and that cable?");
    leads_to(ROUTE_REPLY, 1);
    judge("Is the little light on the front lit?");
    leads_to(ROUTE_REPLY, 0);
    assert_int_equal(judgement.point_count, 0);
    judge("My aunt plays chess");
    leads_to(ROUTE_OTHERWISE, 0);
}

/* At a node where any words may do, words that show nothing known are for a person to judge. */
static void nothing_known_at_a_free_node_is_unsure(void **state) {
    static const char free_mark[] = "\"typed\":[{\"id\":\"bye\"";
    const char *at = strstr(script, free_mark);
    char text[sizeof script + 16];
    snprintf(text, sizeof text, "%.*s\"free\":true,%s", (int)(at - script), script, at);
    struct scenario *any_words = script_load(text);
    assert_non_null(any_words);
    struct call *open = script_open(any_words, MODE_PRACTISE);
    static const char odd[] = "My aunt plays chess", lamp[] = "Is the lamp lit?";
    call_judge(open, NULL, 0, odd, strlen(odd), &reading, &judgement);
    assert_int_equal(judgement.point_count, 2);
    for (uint32_t i = 0; i < judgement.point_count; i++) {
        assert_int_equal(judgement.points[i].verdict, VERDICT_UNSURE);
        assert_false(point_is_trip(&any_words->points[judgement.points[i].point]));
    }
    call_judge(open, NULL, 0, lamp, strlen(lamp), &reading, &judgement);
    assert_int_equal(judgement.point_count, 1);
    assert_int_equal(judgement.points[0].verdict, VERDICT_MET);
    judge(odd);
    assert_int_equal(judgement.point_count, 0);
    free(open);
    scenario_free(any_words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_spans_are_the_words),
        cmocka_unit_test(one_clause_two_points),
        cmocka_unit_test(a_negative_point_is_tripped),
        cmocka_unit_test(the_way_by_rule_evidence_likeness),
        cmocka_unit_test(nothing_known_at_a_free_node_is_unsure),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
