/* What a loaded script is; bundles, peeks, the schema; odd graphs; damaged files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenario_case.h"

/* ---- what was read ---- */

static struct script_case sound;

static const struct node *node_of(const char *id) {
    int number = scenario_node(sound.scenario, id);
    assert_true(number >= 0);
    return &sound.scenario->nodes[number];
}

static void the_head_is_read(void **state) {
    const struct scenario *scenario = sound.scenario;
    assert_string_equal(scenario->id, "whole");
    assert_int_equal(scenario->version, 3);
    assert_int_equal(scenario->level, LEVEL_ADVANCED);
    assert_string_equal(scenario->module, "product");
    assert_int_equal(scenario->stage_weights[STAGE_DIAGNOSIS], 300);
    assert_int_equal(scenario->mood, -10);
    assert_int_equal(scenario->complaint_type, COMPLAINT_SOLVE);
    assert_int_equal(scenario->hang_up, scenario_ending(scenario, "gone"));
    assert_int_equal(scenario->start, scenario_node(scenario, "open"));
    assert_string_equal(scenario->reserved[0], "13800000000");
    assert_null(scenario->reserved[1]);
    assert_string_equal(scenario->facts[0].said[1], "last night");
    assert_null(scenario->facts[0].said[2]);
    assert_int_equal(scenario->scene_depth, 1);
    assert_int_equal(scenario_node(scenario, "done"), -1);
    assert_int_equal(scenario_ending(scenario, "open"), -1);
}

static void placeholders_stand_in_each_language(void **state) {
    const struct text *hello = &node_of("open")->replies[0].says;
    assert_string_equal(hello->in[LANGUAGE_EN], "Hello, Lin.");
    assert_string_equal(hello->in[LANGUAGE_ZH], "您好，林。");
    assert_string_equal(sound.scenario->title.in[LANGUAGE_EN], "The router of Lin");
    assert_string_equal(node_of("open")->says.items[0].variants[0].in[LANGUAGE_EN],
                        "Hello, my R-200 is down.");
}

static void nodes_inherit_and_keep_order(void **state) {
    const struct node *open = node_of("open"), *ask = node_of("ask"), *mend = node_of("mend");
    assert_int_equal(open->silence_count, 2);
    assert_int_equal(open->silence[0].after_ms, 10000);
    assert_int_equal(open->silence[1].change.patience, -10);
    assert_int_equal(ask->silence_count, 0);
    assert_true(open->otherwise->answers.items[0].variant_count == 2);
    assert_string_equal(ask->otherwise->answers.items[0].variants->in[LANGUAGE_EN], "You ask me?");
    assert_true(mend->accepts_choice && !mend->accepts_typed);
    assert_true(node_of("bye")->free_text);
    assert_int_equal(node_of("check.told")->scene, 0);
    assert_string_equal(node_of("leave.wait")->id, "leave.wait");
    for (uint32_t i = 0, number = 0; i < sound.scenario->node_count; i++)
        for (uint32_t j = 0; j < sound.scenario->nodes[i].reply_count; j++)
            assert_int_equal(sound.scenario->nodes[i].replies[j].number, number++);
}

static void changes_lead_where_they_say(void **state) {
    const struct change *hello = &node_of("open")->replies[0].change;
    const struct change *what = &node_of("open")->replies[1].change;
    assert_int_equal(hello->scene, 0);
    assert_int_equal(hello->target.kind, TARGET_NODE);
    assert_int_equal(hello->target.index, scenario_node(sound.scenario, "ask"));
    assert_int_equal(what->scene, SCENE_NONE);
    assert_int_equal(what->effect_count, 2);
    assert_int_equal(what->marks[0].halves, 1);
    assert_int_equal(node_of("ask")->replies[0].change.target.kind, TARGET_STAY);
    assert_int_equal(node_of("leave.wait")->replies[0].change.target.kind, TARGET_RETURN);
    assert_int_equal(node_of("leave.wait")->replies[1].change.target.kind, TARGET_ENDING);
    assert_true(node_of("mend")->replies[2].change.transfer);
}

static bool on_route(const struct node *node, const char *point) {
    for (uint32_t i = 0; i < node->point_count; i++)
        if ((int)node->points[i] == scenario_point(sound.scenario, point))
            return true;
    return false;
}

static void the_route_holds_what_replies_can_mark(void **state) {
    const struct node *ask = node_of("ask");
    assert_int_equal(ask->point_count, 3);
    assert_true(on_route(ask, "when") && on_route(ask, "cause") && on_route(ask, "guess"));
    assert_int_equal(node_of("leave.wait")->point_count, 0);
}

static void points_are_read(void **state) {
    const struct scenario *scenario = sound.scenario;
    const struct point *greet = &scenario->points[scenario_point(scenario, "greet")];
    const struct point *plan = &scenario->points[scenario_point(scenario, "plan")];
    const struct point *promise = &scenario->points[scenario_point(scenario, "promise")];
    assert_true(greet->required && greet->kind == POINT_TIMED && greet->within_ms == 30000);
    assert_true(!plan->required && plan->before_count == 1 && plan->stage == STAGE_SOLUTION);
    assert_true(promise->harm == HARM_BUSINESS && promise->rule == -1);
    assert_true(scenario->points[scenario_point(scenario, "when")].rule >= 0);
    assert_string_equal(plan->better.in[LANGUAGE_ZH], "");
    assert_int_equal(scenario->requirement_count, 4);
    assert_int_equal(scenario->required[2].count, 2);
    assert_int_equal(scenario->required[2].stage, STAGE_SOLUTION);
}

/* ---- bundles, peek, schema, places ---- */

static void a_bundle_loads_as_the_same(void **state) {
    struct buffer once = {0}, twice = {0};
    struct findings findings = {0};
    scenario_bundle(sound.scenario, &once);
    struct scenario *again = scenario_load_bundle("kept", once.bytes, once.length, &findings);
    assert_non_null(again);
    scenario_bundle(again, &twice);
    assert_int_equal(once.length, twice.length);
    assert_memory_equal(once.bytes, twice.bytes, once.length);
    assert_string_equal(scenario_hash(again), scenario_hash(sound.scenario));
    char hex[HASH_HEX_SIZE];
    hash_sha256(once.bytes, once.length, hex);
    assert_string_equal(hex, scenario_hash(again));
    scenario_free(again);
    buffer_free(&once);
    buffer_free(&twice);
}

static void a_changed_scene_is_another_bundle(void **state) {
    struct script_case other;
    case_start(&other);
    case_replace(&other.scene, "Thank you.", "Thanks a lot.");
    case_load(&other, NULL);
    assert_string_not_equal(scenario_hash(other.scenario), scenario_hash(sound.scenario));
    case_end(&other);
}

static void bad_bundle(const char *text, const char *code) {
    struct findings findings = {0};
    assert_null(scenario_load_bundle("kept", text, strlen(text), &findings));
    assert_true(findings.errors > 0);
    assert_string_equal(findings.items[0].code, code);
    findings_free(&findings);
}

static void damaged_bundles_are_refused(void **state) {
    bad_bundle("", "json-syntax");
    bad_bundle("[]", "bad-bundle");
    bad_bundle("{\"format\":\"itr-bundle/2\"}", "bad-bundle");
    bad_bundle("{\"format\":\"itr-bundle/1\",\"main\":\"a\"}", "bad-bundle");
    bad_bundle("{\"format\":\"itr-bundle/1\",\"main\":\"a\",\"files\":[{\"name\":\"a\"}]}",
               "bad-bundle");
    bad_bundle("{\"format\":\"itr-bundle/1\",\"main\":\"a\",\"files\":[]}", "unreadable");
}

static void a_peek_is_enough_for_the_list(void **state) {
    struct scenario_peek peek;
    struct error error = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/whole.json", sound.folder);
    assert_true(scenario_peek(path, &peek, &error));
    assert_string_equal(peek.id, "whole");
    assert_string_equal(peek.title[LANGUAGE_EN], "The router of Lin");
    assert_string_equal(peek.summary[LANGUAGE_ZH], "网络断了。");
    assert_int_equal(peek.minutes, 8);
    assert_int_equal(peek.level, LEVEL_ADVANCED);
    scenario_peek_free(&peek);
    snprintf(path, sizeof path, "%s/scenes/check.json", sound.folder);
    assert_false(scenario_peek(path, &peek, &error));
    assert_non_null(strstr(error.text, "check.json"));
}

static void the_kept_schema_is_the_tables(void **state) {
    struct buffer schema = {0}, kept = {0};
    struct error error = {0};
    scenario_schema(&schema);
    assert_true(file_read(source_path("scenarios/schema/itr-scenario.schema.json"), JSON_SIZE,
                          &kept, &error));
    assert_string_equal(buffer_text(&kept), buffer_text(&schema));
    buffer_free(&schema);
    buffer_free(&kept);
}

/* Keywords of draft 2020-12 that hold schemas by name, schemas in a list, one schema, or a value.
 */
static const char *const of_names[] = {"properties", "patternProperties", "$defs", NULL};
static const char *const of_lists[] = {"anyOf", "oneOf", NULL};
static const char *const of_values[] = {
    "$schema", "title",     "description", "type",     "required", "enum",    "const",
    "pattern", "minLength", "minItems",    "maxItems", "minimum",  "maximum", NULL};

static bool is_among(const char *word, const char *const *words) {
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

static void check_schema(const cJSON *schema, const cJSON *definitions);

static void check_keyword(const cJSON *member, const cJSON *definitions) {
    const cJSON *child;
    const char *word = member->string, *prefix = "#/$defs/";
    if (is_among(word, of_names) || is_among(word, of_lists)) {
        cJSON_ArrayForEach(child, member) check_schema(child, definitions);
    } else if (strcmp(word, "items") == 0 || strcmp(word, "additionalProperties") == 0) {
        check_schema(member, definitions);
    } else if (strcmp(word, "$ref") == 0) {
        assert_memory_equal(member->valuestring, prefix, strlen(prefix));
        if (!cJSON_GetObjectItemCaseSensitive(definitions, member->valuestring + strlen(prefix)))
            fail_msg("nothing is defined as %s", member->valuestring);
    } else if (!is_among(word, of_values)) {
        fail_msg("%s is no keyword that is used here", word);
    }
}

static void check_schema(const cJSON *schema, const cJSON *definitions) {
    const cJSON *member;
    assert_true(cJSON_IsObject(schema) || cJSON_IsBool(schema));
    cJSON_ArrayForEach(member, schema) check_keyword(member, definitions);
}

static void the_schema_is_a_schema(void **state) {
    struct buffer text = {0};
    struct findings findings = {0};
    scenario_schema(&text);
    struct json *schema = json_parse("schema", text.bytes, text.length, &findings);
    assert_non_null(schema);
    check_schema(schema->root, cJSON_GetObjectItemCaseSensitive(schema->root, "$defs"));
    json_free(schema);
    buffer_free(&text);
}

static void things_are_found_in_their_file(void **state) {
    struct findings findings = {0};
    scenario_find(sound.scenario, node_of("check.told"), &findings, FINDING_WARNING, "here", "%d",
                  1);
    scenario_find(sound.scenario, &node_of("mend")->replies[1], &findings, FINDING_WARNING, "here",
                  "%d", 2);
    assert_non_null(strstr(findings.items[0].file, "check.json"));
    assert_int_equal(findings.items[0].line, 17);
    assert_non_null(strstr(findings.items[1].file, "whole.json"));
    const char *at = sound.script.bytes;
    for (size_t line = 1; line < findings.items[1].line; at++)
        line += *at == '\n';
    assert_memory_equal(at + findings.items[1].column - 1, "{\"id\": \"free\"", 13);
    findings_free(&findings);
}

/* ---- graphs ---- */

static struct scenario *load_text(const struct buffer *text, struct findings *findings) {
    struct buffer bundle = {0};
    buffer_add_text(
        &bundle,
        "{\"format\":\"itr-bundle/1\",\"main\":\"a\",\"files\":[{\"name\":\"a\",\"text\":");
    json_add_string(&bundle, buffer_text(text), text->length);
    buffer_add_text(&bundle, "},{\"name\":\"scenes/check.json\",\"text\":");
    json_add_string(&bundle, sound.scene.bytes, sound.scene.length);
    buffer_add_text(&bundle, "}]}");
    struct scenario *scenario = scenario_load_bundle("a", bundle.bytes, bundle.length, findings);
    buffer_free(&bundle);
    return scenario;
}

static const char graph_head[] =
    "{\"format\":\"itr-scenario/"
    "1\",\"id\":\"graph\",\"version\":1,\"title\":\"t\",\"summary\":\"s\","
    "\"level\":\"basic\",\"module\":\"order\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"t\",\"evidence\":[\"p\"]}],"
    "\"points\":[{\"id\":\"p\",\"action\":\"respond\",\"dimension\":\"K\",\"weight\":1,\"text\":"
    "\"t\"}],"
    "\"required\":[\"p\"],\"weights\":{\"intake\":1},"
    "\"customer\":{\"name\":\"n\",\"complaint\":\"none\",\"mood\":0,\"patience\":50},"
    "\"issue\":{\"symptom\":\"s\",\"cause\":\"c\",\"urgency\":1,\"impact\":1},"
    "\"hang_up\":\"gone\",\"start\":\"n0\",\"endings\":["
    "{\"id\":\"end\",\"outcome\":\"resolved\",\"text\":\"t\"},"
    "{\"id\":\"gone\",\"outcome\":\"abandoned\",\"text\":\"t\"}],"
    "\"nodes\":[";

static void add_node(struct buffer *out, unsigned number) {
    buffer_printf(out,
                  "%s{\"id\":\"n%u\",\"stage\":\"intake\",\"accepts\":\"choice\",\"replies\":[",
                  number ? "," : "", number);
}

static void add_reply(struct buffer *out, unsigned number, const char *to) {
    buffer_printf(out, "%s{\"id\":\"r%u\",\"says\":\"s%u\",\"marks\":{\"p\":1},\"to\":\"%s\"}",
                  number ? "," : "", number, number, to);
}

/* Of this process alone: others may keep the machine busy. */
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void expect_sound(const struct buffer *script, double *seconds) {
    struct findings findings = {0};
    double start_time = now();
    struct scenario *scenario = load_text(script, &findings);
    if (scenario)
        scenario_check(scenario, &findings);
    *seconds = now() - start_time;
    print_message("%u nodes: %.1f ms\n", scenario ? scenario->node_count : 0, *seconds * 1e3);
    if (findings.count)
        fail_msg("%s: %s", findings.items[0].code, findings.items[0].text);
    assert_non_null(scenario);
    scenario_free(scenario);
    findings_free(&findings);
}

static void sixty_nodes_all_linked_are_quick(void **state) {
    struct buffer script = {0};
    double seconds;
    buffer_add_text(&script, graph_head);
    for (unsigned i = 0; i < 60; i++) {
        add_node(&script, i);
        for (unsigned j = 0; j < 60; j++) {
            char to[16];
            snprintf(to, sizeof to, "n%u", j);
            add_reply(&script, j, i == j ? "end" : to);
        }
        buffer_add_text(&script, "]}");
    }
    buffer_add_text(&script, "]}");
    expect_sound(&script, &seconds);
    /* Sanitizers slow this several times; the limit of 50 ms is for what people run. */
#if defined(__SANITIZE_ADDRESS__)
    assert_true(seconds < 1);
#else
    assert_true(seconds < 0.05);
#endif
    buffer_free(&script);
}

/* Ways that part and meet again, over and over: 2^30 paths, and nothing to complain about. */
static void diamonds_are_no_loops(void **state) {
    struct buffer script = {0};
    double seconds;
    buffer_add_text(&script, graph_head);
    for (unsigned i = 0; i < 30; i++) {
        char to[16];
        add_node(&script, 3 * i);
        snprintf(to, sizeof to, "n%u", 3 * i + 1);
        add_reply(&script, 0, to);
        snprintf(to, sizeof to, "n%u", 3 * i + 2);
        add_reply(&script, 1, to);
        for (unsigned side = 1; side <= 2; side++) {
            snprintf(to, sizeof to, "n%u", 3 * i + 3);
            buffer_add_text(&script, "]}");
            add_node(&script, 3 * i + side);
            add_reply(&script, 0, i == 29 ? "end" : to);
        }
        buffer_add_text(&script, "]}");
    }
    buffer_add_text(&script, "]}");
    expect_sound(&script, &seconds);
    buffer_free(&script);
}

static void a_hundred_thousand_nodes_load(void **state) {
    struct buffer script = {0};
    double seconds;
    buffer_add_text(&script, graph_head);
    for (unsigned i = 0; i < 100000; i++) {
        char to[16];
        snprintf(to, sizeof to, "n%u", i + 1);
        add_node(&script, i);
        add_reply(&script, 0, i == 99999 ? "end" : to);
        buffer_add_text(&script, "]}");
    }
    buffer_add_text(&script, "]}");
    expect_sound(&script, &seconds);
    assert_true(seconds < 20);
    buffer_free(&script);
}

/* ---- damage ---- */

static void damage(struct buffer *text, uint64_t *seed) {
    static const char odd[] = "{}[]\",:\\\0\x7f\xff\xc3-0eE.tfn \n{}card:name";
    size_t count = 1 + hash_random(seed) % 3;
    while (count--) {
        size_t at = hash_random(seed) % text->length;
        uint64_t how = hash_random(seed) % 4;
        if (how == 0)
            text->bytes[at] ^= (char)(1 << hash_random(seed) % 8);
        else if (how == 1)
            text->bytes[at] = odd[hash_random(seed) % (sizeof odd - 1)];
        else if (how == 2)
            memmove(text->bytes + at, text->bytes + at + 1, text->length-- - at);
        else
            text->bytes[at] = text->bytes[hash_random(seed) % text->length];
    }
}

/* The bytes of the sound script with a few changed: loaded whole, or refused with a place in it. */
static void every_damage_is_answered(void **state) {
    size_t rounds = getenv("ITR_LONG") ? 10000 : 500, loaded = 0;
    uint64_t seed = 7;
    for (size_t i = 0; i < rounds; i++) {
        struct buffer text = {0};
        struct findings findings = {0};
        buffer_add(&text, sound.script.bytes, sound.script.length);
        damage(&text, &seed);
        struct scenario *scenario = load_text(&text, &findings);
        assert_true(!scenario == (findings.errors > 0));
        for (size_t j = 0; j < findings.count; j++)
            assert_true(findings.items[j].line >= 1 && findings.items[j].column >= 1);
        if (scenario)
            scenario_check(scenario, &findings);
        loaded += scenario != NULL;
        scenario_free(scenario);
        findings_free(&findings);
        buffer_free(&text);
    }
    assert_true(loaded > rounds / 20 && loaded < rounds);
}

static int start(void **state) {
    case_start(&sound);
    case_load(&sound, NULL);
    return sound.scenario && !sound.findings.count ? 0 : 1;
}

static int end(void **state) {
    case_end(&sound);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_is_read),
        cmocka_unit_test(placeholders_stand_in_each_language),
        cmocka_unit_test(nodes_inherit_and_keep_order),
        cmocka_unit_test(changes_lead_where_they_say),
        cmocka_unit_test(the_route_holds_what_replies_can_mark),
        cmocka_unit_test(points_are_read),
        cmocka_unit_test(a_bundle_loads_as_the_same),
        cmocka_unit_test(a_changed_scene_is_another_bundle),
        cmocka_unit_test(damaged_bundles_are_refused),
        cmocka_unit_test(a_peek_is_enough_for_the_list),
        cmocka_unit_test(the_kept_schema_is_the_tables),
        cmocka_unit_test(the_schema_is_a_schema),
        cmocka_unit_test(things_are_found_in_their_file),
        cmocka_unit_test(sixty_nodes_all_linked_are_quick),
        cmocka_unit_test(diamonds_are_no_loops),
        cmocka_unit_test(a_hundred_thousand_nodes_load),
        cmocka_unit_test(every_damage_is_answered),
    };
    return cmocka_run_group_tests(tests, start, end);
}
