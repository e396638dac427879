/* Every code: a script that has it, told at the right place, and one that nearly has it and is
 * sound. The scripts are the sound one of tests/unit/scenario with a text changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenario_case.h"

struct change_case {
    const char *code;
    const char *old, *with; /* what makes the script have it */
    const char *at;         /* the finding points at this text */
    const char *near;       /* this instead of `with` is sound */
    const char *says;       /* a part of the message, or NULL */
};

#define NODES "  \"nodes\": [\n"
#define LAST_NODE "    {\"id\": \"bye\""

static const struct change_case cases[] = {
    {"bad-format", "itr-scenario/1", "itr-scenario/2", "\"itr-scenario/2\"", "itr-scenario/1",
     "itr-scenario/1"},
    {"unknown-key", "\"minutes\": 8", "\"minutes\": 8, \"summry\": 1", "\"summry\"",
     "\"minutes\": 8, \"x-summry\": 1", "did you mean `summary`"},
    {"unknown-key", "\"once\": true", "\"onec\": true", "\"onec\"", "\"once\": false",
     "did you mean `once`"},
    {"unknown-key", "\"level\": \"advanced\"", "\"level\": \"advanced\", \"qqqqqqqq\": 1",
     "\"qqqqqqqq\"", "\"level\": \"expert\"", "`format`"},
    {"missing-key", "\"level\": \"advanced\",", "", "{", "\"level\": \"basic\",", "level"},
    {"missing-key", "\"when\": {\"groups\": [{\"any\": [\"电源\", \"power supply\"]}]}",
     "\"when\": {}", "{}", "\"when\": {\"behaviours\": [\"root_cause\"]}", "behaviours"},
    {"wrong-type", "\"weight\": 3, \"kind\": \"timed\"", "\"weight\": \"3\", \"kind\": \"timed\"",
     "\"3\"", "\"weight\": 2, \"kind\": \"timed\"", "a whole number from 1 to 3"},
    {"wrong-type", "\"evidence\": [\"happy\"]", "\"evidence\": \"happy\"", "\"happy\"",
     "\"evidence\": [\"happy\", \"plan\"]", "a list"},
    {"wrong-type", "\"calls\": 2", "\"calls\": \"2\"", "\"2\"", "\"calls\": 3", NULL},
    {"out-of-range", "\"weight\": 3, \"kind\": \"timed\"", "\"weight\": 4, \"kind\": \"timed\"",
     "4, \"kind\"", "\"weight\": 1, \"kind\": \"timed\"", NULL},
    {"out-of-range", "\"minutes\": 8", "\"minutes\": 7.5", "7.5", "\"minutes\": 60", NULL},
    {"out-of-range", "\"evidence\": [\"happy\"]", "\"evidence\": []", "[]",
     "\"evidence\": [\"plan\"]", "at least one"},
    {"out-of-range", "\"plan-two\": 0.5", "\"plan-two\": 0.7", "0.7", "\"plan-two\": 1.0", NULL},
    {"out-of-range", "\"intake\": 0.25", "\"intake\": 0.2505", "0.2505", "\"intake\": 0.250", NULL},
    {"unknown-word", "\"stage\": \"solution\"", "\"stage\": \"soluton\"", "\"soluton\"",
     "\"stage\": \"solution\"", "did you mean `solution`"},
    {"unknown-word", "\"complaint\": \"solve\"", "\"complaint\": \"happy\"", "\"happy\"",
     "\"complaint\": \"vent\"", "`vent`"},
    {"bad-id", "\"id\": \"whole\"", "\"id\": \"Whole\"", "\"Whole\"", "\"id\": \"whole-2\"", NULL},
    {"bad-id", "\"calls\": 2", "\"calls\": 2, \"mood\": 1", "\"mood\": 1",
     "\"calls\": 2, \"x-mood\": 1", NULL},
    {"bad-id", "13800000000", "138-0000", "\"138-0000\"", "138", NULL},
    {"empty-text", "\"zh\": \"您说。\"", "\"zh\": \"\"", "\"\"", "\"zh\": \"说\"", NULL},
    {"empty-text", "{\"zh\": \"您说。\", \"en\": \"Yes?\"}", "{\"notes\": 1}", "{\"notes\": 1}",
     "{\"zh\": \"您说。\", \"en\": \"Yes?\", \"notes\": 1}", NULL},
    {"duplicate-id", "\"id\": \"plan-two\"", "\"id\": \"plan\"",
     "\"plan\", \"action\": \"confirm\"", "\"id\": \"plan-two\"", "the first is at"},
    {"duplicate-id", "{\"id\": \"moved\", \"outcome\"", "{\"id\": \"mend\", \"outcome\"",
     "\"mend\", \"outcome\"", "{\"id\": \"moved\", \"outcome\"", NULL},
    {"duplicate-id", "{\"id\": \"power\", \"says\"", "{\"id\": \"since\", \"says\"",
     "{\"id\": \"since\", \"says\": {\"zh\": \"是", "{\"id\": \"power\", \"says\"", NULL},
    {"duplicate-id", "\"calls\": 2", "\"calls\": 2, \"checked\": true", NULL, "\"calls\": 5", NULL},
    {"unknown-id", "\"to\": \"moved\"", "\"to\": \"moevd\"", "\"moevd\"", "\"to\": \"moved\"",
     "did you mean `moved`"},
    {"unknown-id", "\"marks\": {\"happy\": 1}", "\"marks\": {\"hapy\": 1}", "\"hapy\"",
     "\"marks\": {\"happy\": 0.5}", "did you mean `happy`"},
    {"unknown-id", "\"start\": \"open\"", "\"start\": \"done\"", "\"done\"", "\"start\": \"open\"",
     "no node `done`; what has this name is of another kind"},
    {"unknown-id", "\"hang_up\": \"gone\"", "\"hang_up\": \"open\"", "\"open\"",
     "\"hang_up\": \"moved\"", NULL},
    {"unknown-id", "\"scene\": \"leave\"", "\"scene\": \"leaves\"", "\"leaves\"",
     "\"scene\": \"leave\"", "did you mean `leave`"},
    {"unknown-id", "\"to\": \"moved\"", "\"to\": \"check.ask\"", "\"check.ask\"",
     "\"to\": \"moved\"", NULL},
    {"unknown-id", "\"set\": {\"hurried\": true,", "\"set\": {\"huried\": true,", "\"huried\"",
     "\"set\": {\"hurried\": true,", "did you mean `hurried`"},
    {"unknown-id", "\"any\": [\"电源\"", "\"any\": [{\"fact\": \"sinc\"}, \"电源\"", "\"sinc\"",
     "\"any\": [{\"fact\": \"since\"}, \"电源\"", "did you mean `since`"},
    {"bad-placeholder", "Hello, {name}.", "Hello, {nane}.", "{\"zh\": \"您好，", "Hello, {{nane}.",
     "{name}"},
    {"bad-placeholder", "{card:model} is down", "{card:modle} is down", "{\"zh\": \"喂，我的",
     "{card:model} is dead", "did you mean `model`"},
    {"bad-placeholder", "\"value\": \"R-200\"", "\"value\": \"{name}\"", "\"{name}\"",
     "\"value\": \"{ }\"", NULL},
    {"expression-syntax", "\"not hurried\"", "\"not hurried )\"", ")\"", "\"(not hurried)\"", NULL},
    {"expression-syntax", "\"not hurried\"", "\"hurried = false\"", "= false",
     "\"hurried == false\"", NULL},
    {"expression-syntax", "\"not hurried\"", "\"not\"", "\"}", "\"not  hurried\"", NULL},
    {"expression-name", "\"not hurried\"", "\"not huried\"", "huried\"", "\"not ( hurried )\"",
     "did you mean `hurried`"},
    {"expression-name", "earned(when)", "earned(whn)", "whn", "earned(greet)",
     "did you mean `when`"},
    {"expression-name", "said(guess)", "said(gues)", "gues)", "said(since)",
     "did you mean `guess`"},
    {"expression-type", "\"not hurried\"", "\"not calls\"", "not calls",
     "\"not hurried or calls == 3\"", NULL},
    {"expression-type", "\"not hurried\"", "\"calls\"", "\"calls\"}", "\"calls > 2 or hurried\"",
     NULL},
    {"expression-type", "\"calls\": \"calls + 1\"", "\"calls\": \"calls > 1\"", "\"calls > 1\"",
     "\"calls\": 7", NULL},
    {"kind-mismatch", "\"kind\": \"timed\", \"within_s\": 30", "\"kind\": \"timed\"",
     "{\"id\": \"greet\"", "\"kind\": \"timed\", \"within_s\": 20", "within_s"},
    {"kind-mismatch", "\"kind\": \"negative\"", "\"kind\": \"negative\", \"harm\": \"customer\"",
     "\"harm\": \"customer\"", "\"kind\": \"critical\", \"harm\": \"customer\"", NULL},
    {"kind-mismatch", "\"trips\": [\"guess\"]", "\"marks\": {\"guess\": 1}", "\"guess\": 1",
     "\"trips\": [\"guess\"], \"marks\": {\"cause\": 0}", "trips"},
    {"kind-mismatch", "\"trips\": [\"promise\"]", "\"trips\": [\"plan\", \"promise\"]",
     "\"plan\", \"promise\"", "\"trips\": [\"promise\", \"guess\"]", "marks"},
    {"kind-mismatch", "\"after\": [\"when\"]", "\"after\": [\"cause\"]", "{\"id\": \"cause\"",
     "\"after\": [\"when\", \"greet\"]", NULL},
    {"mixed-stages", "{\"one_of\": [\"plan\", \"plan-two\"]}",
     "{\"one_of\": [\"plan\", \"happy\"]}", "{\"one_of\"", "{\"one_of\": [\"plan-two\", \"plan\"]}",
     NULL},
    {"weights-sum", "\"intake\": 0.25", "\"intake\": 0.3", "{\"intake\"", "\"intake\": 0.25",
     "1.050"},
    {"scene-file", "\"file\": \"scenes/check.json\"", "\"file\": \"../check.json\"", "\"../check",
     "\"file\": \"scenes/check.json\"", NULL},
    {"unreadable", "\"file\": \"scenes/check.json\"", "\"file\": \"scenes/none.json\"",
     "\"scenes/none", "\"file\": \"./scenes/check.json\"", "none.json"},
    {"scene-recursion", "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"to\": \"return\"",
     "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"scene\": \"leave\", \"to\": \"return\"",
     "{\"id\": \"leave\"",
     "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"scene\": \"check\", \"to\": \"return\"", NULL},
    {"return-outside-scene", "\"to\": \"moved\"", "\"to\": \"return\"", "\"return\"",
     "\"to\": \"moved\"", NULL},
    /* what the check says */
    {"unreachable-node", NODES,
     NODES "    {\"id\": \"lost\", \"stage\": \"intake\", \"replies\": [{\"id\": \"a\", \"says\": "
           "{\"zh\": "
           "\"啊\", \"en\": \"Ah\"}, \"to\": \"done\"}]},\n",
     "\"lost\"", NODES, "lost"},
    {"unreachable-ending", "\"to\": \"moved\"", "\"to\": \"done\"", "\"moved\"",
     "\"to\": \"moved\"", NULL},
    {"unused-scene", "\"scene\": \"leave\", ", "", "\"leave\"", "\"scene\": \"leave\", ", NULL},
    {"dead-end", "\"scene\": \"leave\", \"to\": \"done\"", "\"to\": \"hole\"",
     "\"hole\", \"stage\"", "\"scene\": \"leave\", \"to\": \"done\"", NULL},
    {"no-return", "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"to\": \"return\"",
     "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"to\": \"gone\"", "\"leave\"",
     "{\"zh\": \"您说。\", \"en\": \"Yes?\"}, \"to\": \"return\"", NULL},
    {"no-way-on", "\"accepts\": \"choice\",\n     \"replies\": [\n       {\"id\": \"swap\", ",
     "\"accepts\": \"choice\",\n     \"replies\": [\n       {\"id\": \"swap\", \"once\": true, ",
     NULL,
     "\"accepts\": \"both\",\n     \"replies\": [\n       {\"id\": \"swap\", \"once\": true, ",
     NULL},
    {"no-otherwise", "\"otherwise\": {\"answers\": [{\"variants\"",
     "\"x-otherwise\": {\"answers\": [{\"variants\"", NULL,
     "\"otherwise\": {\"answers\": [{\"variants\"", NULL},
    {"unearnable-point", "\"marks\": {\"happy\": 1}", "\"marks\": {\"happy\": 0}",
     "\"happy\", \"action\"", "\"marks\": {\"happy\": 0.5}", NULL},
    {"unearnable-point", "\"trips\": [\"promise\"]", "\"trips\": [\"guess\"]", "\"promise\"",
     "\"trips\": [\"promise\", \"guess\"]", "trip"},
    {"order-cycle", "\"after\": [\"when\"]", "\"after\": [\"plan\"]", "[\"plan\"]",
     "\"after\": [\"greet\"]", NULL},
    {"stage-unscored", "\"action\": \"satisfaction\"", "\"action\": \"confirm\"", NULL,
     "\"action\": \"capture\"", "follow_up"},
    {"stage-unrequired", "\"required\": [\"greet\", \"when\",", "\"required\": [\"greet\",", NULL,
     "\"required\": [\"when\", \"greet\",", "diagnosis"},
    {"stage-weightless", "\"solution\": 0.3, \"follow_up\": 0.15",
     "\"solution\": 0.45, \"follow_up\": 0", "{\"intake\"",
     "\"solution\": 0.44, \"follow_up\": 0.01", "follow_up"},
    {"negative-weight", "\"weight\": 1, \"kind\": \"negative\"",
     "\"weight\": 2, \"kind\": \"negative\"", NULL, "\"weight\": 1, \"kind\": \"negative\"",
     "2 of 7"},
    {"objective-unshown", "\"marks\": {\"happy\": 1}", "\"marks\": {\"happy\": 0}", "[\"happy\"]",
     "\"marks\": {\"happy\": 1}", NULL},
    {"condition-constant", "\"patience < 40 and calls > 2\"", "\"patience < 40 and mood > 100\"",
     "\"patience < 40", "\"patience < 40 and mood > 99\"", "never"},
    {"condition-constant", "\"hurried\": true, ", "\"hurried\": false, ", "\"not hurried\"",
     "\"hurried\": true, ", "always"},
    {"condition-constant", "said(guess) or mood < -50", "said(guess) or visits(mend) >= 0",
     "\"said(guess)", "said(guess) or visits(mend) > 1", "always"},
    {"variable-unused", "\"not hurried\"", "\"mood > 2\"", "false, \"calls\"", "\"hurried\"",
     "hurried"},
    {"text-missing", "\"says\": {\"zh\": \"再见。\", \"en\": \"Goodbye.\"}",
     "\"says\": {\"zh\": \"再见。\"}", "{\"zh\": \"再见。\"}",
     "\"says\": {\"zh\": \"再见。\", \"en\": \"Bye.\"}", "English"},
    {"text-missing", "\"……\"", "\"我很急。\"", "\"我很急。\"", "\"R-200 TX\"", "English"},
    {"text-missing", "\"……\"", "\"please be quick about it\"", "\"please be", "\"Lin & Sons\"",
     "Chinese"},
    {"duplicate-reply", "{\"zh\": \"再见。\", \"en\": \"Goodbye.\"}",
     "{\"zh\": \"再见。\", \"en\": \"Anything else?\"}", "{\"zh\": \"再见。\"",
     "{\"zh\": \"再见。\", \"en\": \"Anything else!\"}", NULL},
    {"example-untested", "\"text\": {\"zh\": \"给出方案。\"",
     "\"good\": {\"en\": [\"a\"]}, \"text\": {\"zh\": \"给出方案。\"", "{\"en\": [\"a\"]}",
     "\"text\": {\"zh\": \"给出方案。\"", NULL},
    {"fact-leak", "{\"zh\": \"嗯……\", \"en\": \"Well…\"}",
     "{\"zh\": \"嗯……\", \"en\": \"Last night, well…\"}", "{\"zh\": \"嗯……\"",
     "{\"zh\": \"嗯……\", \"en\": \"Last nightfall…\"}", "`since`"},
    {"fact-lost", "\"said\": [\"昨天晚上\"", "\"needed\": true, \"said\": [\"昨天晚上\"", "\"since\"",
     "\"needed\": true, \"asked_by\": {\"groups\": [{\"any\": [\"when\"]}]}, \"said\": "
     "[\"昨天晚上\"",
     "`since`"},
    {"card-unguarded", "\"value\": \"R-200\"", "\"value\": \"R-200\", \"private\": true", "\"model\"",
     "\"value\": \"R-200\", \"private\": false", "tells_card"},
    {"card-sealed", "\"value\": \"R-200\"", "\"value\": \"R-200\", \"private\": true", "\"model\"",
     "\"value\": \"R-200\", \"private\": false", "masked"},
    {"kind-mismatch", "\"harm\": \"business\"", "\"harm\": \"business\", \"tells_card\": true",
     NULL, "\"harm\": \"business\", \"tells_card\": false", "compliance"},
    {"kind-mismatch", "\"reserved\":",
     "\"ticket\": [{\"id\": \"cause\", \"needs\": [\"since\"]}], \"reserved\":", NULL,
     "\"ticket\": [{\"id\": \"cause\"}, {\"id\": \"grade\", \"point\": \"happy\"}], "
     "\"reserved\":",
     "`choice`"},
    {"example-good", "\"reserved\":",
     "\"ticket\": [{\"id\": \"who\", \"example\": \"Lin\", \"typed\": {\"groups\": [{\"any\": "
     "[\"Li\"]}]}}], \"reserved\":",
     "\"Lin\"",
     "\"ticket\": [{\"id\": \"who\", \"example\": \"Li\", \"typed\": {\"groups\": [{\"any\": "
     "[\"Li\"]}]}}], \"reserved\":",
     "`who`"},
    {"out-of-range", "\"reserved\":",
     "\"ticket\": [{\"id\": \"cause\", \"options\": [{\"id\": \"a\", \"text\": \"A\"}, "
     "{\"id\": \"b\", \"text\": \"B\"}]}], \"reserved\":",
     NULL, NULL, "right"},
    {"no-good-ending", "\"outcome\": \"resolved\"", "\"outcome\": \"unresolved\"", NULL,
     "\"outcome\": \"escalated\"", NULL},
    {"no-bad-ending", "\"outcome\": \"abandoned\"", "\"outcome\": \"escalated\"", NULL,
     "\"outcome\": \"unresolved\"", NULL},
};

/* Some cases need a second change to stand alone. */
static void second_change(const struct change_case *one, struct buffer *script) {
    if (strcmp(one->code, "dead-end") == 0 && strstr(one->with, "hole"))
        case_replace(script, NODES,
                     NODES
                     "    {\"id\": \"hole\", \"stage\": \"follow_up\", \"replies\": [{\"id\": "
                     "\"a\", \"says\": {\"zh\": \"啊\", \"en\": \"Ah\"}}]},\n");
    if (strcmp(one->code, "no-way-on") == 0) {
        case_replace(script, "{\"id\": \"free\", ", "{\"id\": \"free\", \"once\": true, ");
        case_replace(script, "said(guess) or mood < -50", "said(guess)");
    }
    if (strcmp(one->code, "fact-leak") == 0)
        case_replace(script, "\"said\": [\"昨天晚上\"",
                     "\"asked_by\": {\"groups\": [{\"any\": [\"when\"]}]}, \"said\": "
                     "[\"昨天晚上\"");
    if (strcmp(one->code, "order-cycle") == 0)
        case_replace(script, "\"before\": [\"happy\"]", "\"after\": [\"cause\"]");
    if (strcmp(one->code, "no-good-ending") == 0)
        case_replace(script, "\"outcome\": \"transferred\"", "\"outcome\": \"unresolved\"");
}

static size_t offset_of(const struct buffer *text, const struct finding *finding) {
    size_t at = 0;
    for (size_t line = 1; line < finding->line && at < text->length; at++)
        line += text->bytes[at] == '\n';
    for (size_t column = 1; column < finding->column && at < text->length; column++) {
        uint32_t codepoint;
        at += utf8_decode(text->bytes + at, text->length - at, &codepoint);
    }
    return at;
}

static void tell_all(const struct script_case *script) {
    for (size_t i = 0; i < script->findings.count; i++)
        print_error("  %zu:%zu %s: %s\n", script->findings.items[i].line,
                    script->findings.items[i].column, script->findings.items[i].code,
                    script->findings.items[i].text);
}

static void expect_finding(const struct change_case *one) {
    struct script_case script;
    case_start(&script);
    case_replace(&script.script, one->old, one->with);
    second_change(one, &script.script);
    case_load(&script, NULL);
    const struct finding *found = case_finding(&script, one->code);
    if (!found) {
        tell_all(&script);
        fail_msg("%s: not found after: %s", one->code, one->with);
    }
    const char *there = script.script.bytes + offset_of(&script.script, found);
    if (one->at && strncmp(there, one->at, strlen(one->at)) != 0)
        fail_msg("%s: points at %.30s and not at %s", one->code, there, one->at);
    if (one->says && !strstr(found->text, one->says))
        fail_msg("%s: says %s and not %s", one->code, found->text, one->says);
    assert_true(!script.scenario == (script.findings.errors > 0) || script.scenario);
    case_end(&script);
}

static void expect_silence(const struct change_case *one) {
    struct script_case script;
    case_start(&script);
    case_replace(&script.script, one->old, one->near);
    case_load(&script, NULL);
    if (script.findings.count) {
        tell_all(&script);
        fail_msg("%s: nearly is not quite: %s", one->code, one->near);
    }
    assert_non_null(script.scenario);
    case_end(&script);
}

static void every_code_has_a_script(void **state) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i].with)
            expect_finding(&cases[i]);
}

static void what_is_nearly_wrong_is_sound(void **state) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i].near)
            expect_silence(&cases[i]);
}

static bool is_tested(const char *code) {
    static const char *const elsewhere[] = {"bad-bundle", "example-good", "example-bad"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(elsewhere[i], code) == 0)
            return true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i].with && strcmp(cases[i].code, code) == 0)
            return true;
    return false;
}

static void no_code_is_forgotten(void **state) {
    size_t count;
    const struct scenario_code *codes = scenario_codes(&count);
    for (size_t i = 0; i < count; i++)
        if (!is_tested(codes[i].word))
            fail_msg("no script has %s", codes[i].word);
}

static void has_section(const char *name, const char *code) {
    struct buffer text = {0};
    struct error error = {0};
    char heading[96];
    snprintf(heading, sizeof heading, "\n### `%s`\n", code);
    assert_true(file_read(source_path(name), JSON_SIZE, &text, &error));
    if (!strstr(buffer_text(&text), heading))
        fail_msg("%s has no section for %s", name, code);
    buffer_free(&text);
}

static void every_code_has_a_section(void **state) {
    size_t count;
    const struct scenario_code *codes = scenario_codes(&count);
    for (size_t i = 0; i < count; i++) {
        has_section("docs/diagnostics.md", codes[i].word);
        has_section("docs/diagnostics.zh-CN.md", codes[i].word);
    }
}

static void all_errors_of_all_files_come_at_once(void **state) {
    struct script_case script;
    case_start(&script);
    case_replace(&script.script, "\"minutes\": 8", "\"minutes\": 80");
    case_replace(&script.script, "\"to\": \"moved\"", "\"to\": \"nowhere-at-all\"");
    case_replace(&script.script, "\"not hurried\"", "\"not\"");
    case_replace(&script.scene, "\"weight\": 2", "\"weight\": 9");
    case_load(&script, NULL);
    assert_null(script.scenario);
    assert_int_equal(script.findings.errors, 4);
    const struct finding *first = &script.findings.items[0];
    assert_non_null(strstr(first->file, "scenes/check.json"));
    assert_int_equal(first->line, 6);
    case_end(&script);
}

/* Escapes before the fault are counted as they stand in the file. */
static void a_fault_behind_escapes_is_placed_in_the_file(void **state) {
    struct script_case script;
    case_start(&script);
    case_replace(&script.script, "\"not hurried\"", "\"not\\u0020\\thurried ?\"");
    case_load(&script, NULL);
    const struct finding *found = case_finding(&script, "expression-syntax");
    assert_non_null(found);
    assert_int_equal(script.script.bytes[offset_of(&script.script, found)], '?');
    case_end(&script);
}

#define WHEN_TEXT "\"text\": {\"zh\": \"问什么时候开始的。\""

static void load_with_examples(struct script_case *script, const char *examples) {
    struct buffer with = {0};
    case_start(script);
    buffer_printf(&with, "%s, " WHEN_TEXT, examples);
    case_replace(&script->script, WHEN_TEXT, buffer_text(&with));
    case_load(script, source_path("scenarios/behaviours"));
    buffer_free(&with);
}

/* The packs are read too: what an example shows depends on them. */
static void examples_are_run(void **state) {
    static const struct {
        const char *examples, *code, *at;
    } examples[] = {
        {"\"good\": {\"en\": [\"Since when has it been so?\", \"Good morning.\"]}", "example-good",
         "\"Good morning.\""},
        {"\"good\": {\"zh\": [\"它是什么时候开始的？\"], \"en\": [\"Since when?\"]}", NULL, NULL},
        {"\"bad\": {\"zh\": [\"您好。\", \"请问什么时候开始的？\"]}", "example-bad",
         "\"请问什么时候开始的？\""},
        {"\"bad\": {\"zh\": [\"您好。\"], \"en\": [\"Good morning.\"]}", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct script_case script;
        load_with_examples(&script, examples[i].examples);
        if (script.findings.count != (examples[i].code != NULL)) {
            tell_all(&script);
            fail_msg("%s: %zu findings", examples[i].examples, script.findings.count);
        }
        if (examples[i].code) {
            const struct finding *found = case_finding(&script, examples[i].code);
            assert_non_null(found);
            assert_memory_equal(script.script.bytes + offset_of(&script.script, found),
                                examples[i].at, strlen(examples[i].at));
        }
        case_end(&script);
    }
}

/* Their examples depend on the packs and are run by `itr check`; here it is their form. */
static void shipped_scripts_are_sound(void **state) {
    static const char *const names[] = {
        "angry-repeat-complaint", "device-dead",       "late-return", "office-offline",
        "suspicious-transfer",    "where-is-my-order", "which-tablet"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct script_case script = {0};
        char name[96];
        snprintf(name, sizeof name, "scenarios/%s.json", names[i]);
        script.scenario = scenario_load(source_path(name), NULL, &script.findings);
        if (script.scenario)
            scenario_check(script.scenario, &script.findings);
        if (!script.scenario || script.findings.count) {
            tell_all(&script);
            fail_msg("%s is not sound", name);
        }
        case_end(&script);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_script),
        cmocka_unit_test(what_is_nearly_wrong_is_sound),
        cmocka_unit_test(no_code_is_forgotten),
        cmocka_unit_test(examples_are_run),
        cmocka_unit_test(shipped_scripts_are_sound),
        cmocka_unit_test(every_code_has_a_section),
        cmocka_unit_test(all_errors_of_all_files_come_at_once),
        cmocka_unit_test(a_fault_behind_escapes_is_placed_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
