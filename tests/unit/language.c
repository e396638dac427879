/* Typed replies: guards, slips, questions, rules of a script, spans, and texts that mean harm. */
#include "language_sample.h"

static struct lexicon *packs;

static int load(void **state) {
    packs = load_packs();
    return 0;
}

static int unload(void **state) {
    lexicon_free(packs);
    return 0;
}

/* ---- normalising ---- */

static void writing_does_not_matter(void **state) {
    static const char *const ways[] = {
        "Could I have your order number please?",
        "COULD I HAVE YOUR ORDER NUMBER PLEASE?",
        "Ｃｏｕｌｄ　Ｉ　ｈａｖｅ　ｙｏｕｒ　ｏｒｄｅｒ　ｎｕｍｂｅｒ　ｐｌｅａｓｅ？",
        "could i have   your order number please",
        "Could I have your order number please?...",
        "Could I have your order nubmer please?"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_true(shows(packs, BEHAVIOUR_IDENTITY_CHECK, ways[i]));
    assert_true(shows(packs, BEHAVIOUR_IDENTITY_CHECK, "麻烦您提供一下订单号"));
    assert_true(shows(packs, BEHAVIOUR_IDENTITY_CHECK, "麻煩您提供一下訂單號"));
}

static void a_slip_makes_no_other_known_word(void **state) {
    assert_true(shows(packs, BEHAVIOUR_APOLOGY, "We apologixe for the mix up."));
    assert_true(shows(packs, BEHAVIOUR_GREETING, "Helo there"));
    assert_false(shows(packs, BEHAVIOUR_GREETING, "Help there"));
    assert_false(shows(packs, BEHAVIOUR_THANKS, "The tanks are for the water."));
}

static void spans_point_at_the_original_bytes(void **state) {
    static const char text[] = "Ｏｋ。 Ｓｏｒｒｙ about that!";
    struct reading reading = {0};
    language_read(packs, NULL, 0, text, strlen(text), &reading);
    const struct found *found = &reading.behaviours[BEHAVIOUR_APOLOGY];
    assert_int_equal(found->verdict, VERDICT_MET);
    assert_int_equal(found->span_count, 1);
    struct span span = found->spans[0];
    assert_memory_equal(text + span.from, "Ｓｏｒｒｙ", strlen("Ｓｏｒｒｙ"));
    assert_true(span.to <= strlen(text));
    reading_free(&reading);
}

/* ---- guards ---- */

static void negation_voids(void **state) {
    assert_false(shows(packs, BEHAVIOUR_OFFER_HELP, "I can not help you with that."));
    assert_false(shows(packs, BEHAVIOUR_PLAN, "We will not refund it."));
    assert_false(shows(packs, BEHAVIOUR_APOLOGY, "I am not sorry."));
    assert_false(shows(packs, BEHAVIOUR_PLAN, "没办法给您修改"));
    assert_true(shows(packs, BEHAVIOUR_EMPATHY, "Don't worry, we will get there."));
    assert_true(shows(packs, BEHAVIOUR_OFFER_HELP, "No problem, I can help you with that."));
    assert_true(shows(packs, BEHAVIOUR_APOLOGY, "不好意思，这款没有货了"));
}

static void quotations_and_conditions_void(void **state) {
    assert_false(shows(packs, BEHAVIOUR_APOLOGY, "you said 'I am sorry' to them"));
    assert_false(shows(packs, BEHAVIOUR_APOLOGY, "您说“非常抱歉”是没有用的"));
    assert_false(shows(packs, BEHAVIOUR_THANKS, "He wrote \"thanks for the help\" on a card."));
    assert_true(shows(packs, BEHAVIOUR_APOLOGY, "\"I am sorry\""));
    assert_false(shows(packs, BEHAVIOUR_OVERPROMISE, "We can not guarantee that it works."));
}

static void questions_need_no_mark(void **state) {
    static const char *const asked[] = {
        "what is your name", "could you tell me more", "did you restart it", "您重启过了吗",
        "请问贵姓",          "when did it start",      "是不是没插电"};
    static const char *const told[] = {"What you need is a cable.", "I did restart it.",
                                       "您的订单已经发货"};
    struct reading reading = {0};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        language_read(packs, NULL, 0, asked[i], strlen(asked[i]), &reading);
        assert_true(reading.question);
    }
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        language_read(packs, NULL, 0, told[i], strlen(told[i]), &reading);
        assert_false(reading.question);
    }
    reading_free(&reading);
}

static void kinds_are_told(void **state) {
    struct reading reading = {0};
    static const char text[] = "Anything else? Please leave us a review.";
    language_read(packs, NULL, 0, text, strlen(text), &reading);
    const struct found *found = &reading.behaviours[BEHAVIOUR_CONFIRM_SATISFACTION];
    assert_int_equal(found->verdict, VERDICT_MET);
    assert_non_null(found->details[1]);
    assert_null(found->details[2]);
    reading_free(&reading);
}

/* ---- context ---- */

static void context_decides(void **state) {
    static const char asked[] = "my speaker does not connect";
    const struct utterance said[] = {{SPEAKER_CUSTOMER, asked, sizeof asked - 1},
                                     {SPEAKER_AGENT, "When did it start?", 18},
                                     {SPEAKER_CUSTOMER, "today", 5}};
    static const char jump[] = "That is a hardware fault!";
    struct reading reading = {0};
    language_read(packs, said, 1, jump, strlen(jump), &reading);
    assert_int_equal(reading.behaviours[BEHAVIOUR_JUMP_CONCLUSION].verdict, VERDICT_MET);
    language_read(packs, said, 3, jump, strlen(jump), &reading);
    assert_int_equal(reading.behaviours[BEHAVIOUR_JUMP_CONCLUSION].verdict, VERDICT_NOT);
    static const char again[] = "So your speaker is not connecting?";
    language_read(packs, said, 1, again, strlen(again), &reading);
    assert_int_equal(reading.behaviours[BEHAVIOUR_RESTATE].verdict, VERDICT_MET);
    language_read(packs, NULL, 0, again, strlen(again), &reading);
    assert_int_equal(reading.behaviours[BEHAVIOUR_RESTATE].verdict, VERDICT_NOT);
    reading_free(&reading);
}

/* ---- a script's rules ---- */

struct script {
    struct lexicon *lexicon;
    struct json *json;
    struct findings findings;
};

static struct script script_with(const char *rule) {
    struct script script = {.lexicon = lexicon_new()};
    char *folder = packs_folder();
    assert_true(lexicon_add_folder(script.lexicon, folder, &script.findings));
    free(folder);
    script.json = json_parse("rule", rule, strlen(rule), &script.findings);
    assert_non_null(script.json);
    assert_int_equal(
        lexicon_add_rule(script.lexicon, "r", script.json, script.json->root, &script.findings), 0);
    lexicon_add_fact(script.lexicon, "lid", "broken lid");
    lexicon_add_fact(script.lexicon, "lid", "盖子坏了");
    lexicon_add_fact(script.lexicon, "sum", "500元");
    assert_true(lexicon_finish(script.lexicon, &script.findings));
    return script;
}

static void script_free(struct script *script) {
    json_free(script->json);
    lexicon_free(script->lexicon);
    findings_free(&script->findings);
}

static struct found rule_on(const struct script *script, const char *text) {
    struct reading reading = {0};
    language_read(script->lexicon, NULL, 0, text, strlen(text), &reading);
    struct found found = reading.rules[0];
    reading_free(&reading);
    return found;
}

static void groups_are_weighed(void **state) {
    struct script script =
        script_with("{\"groups\":[{\"any\":[\"unplug\",\"断电\"],\"core\":true},"
                    "{\"any\":[{\"slot\":\"time\"}]},{\"any\":[\"plug it in\",\"插上\"]},"
                    "{\"any\":[{\"words\":[\"green\",\"light\"],\"within\":2}]}]}");
    assert_int_equal(
        rule_on(&script, "Unplug it, wait two minutes, plug it in, the green little light").verdict,
        VERDICT_MET);
    assert_int_equal(rule_on(&script, "Unplug it and wait 2 minutes").verdict, VERDICT_PARTIAL);
    assert_int_equal(rule_on(&script, "wait 2 minutes and plug it in").verdict, VERDICT_NOT);
    assert_int_equal(rule_on(&script, "先断电两分钟再插上").verdict, VERDICT_PARTIAL);
    assert_string_equal(rule_on(&script, "先断电两分钟再插上").missed, "green");
    assert_int_equal(rule_on(&script, "never unplug it, wait 2 minutes").verdict, VERDICT_NOT);
    script_free(&script);
}

/* What is optional between two gaps may be left out. */
static void gaps_meet(void **state) {
    struct script script =
        script_with("{\"groups\":[{\"any\":[{\"pattern\":\"lamp ..2 [small] ..2 green\"}]}]}");
    assert_int_equal(rule_on(&script, "the lamp is small and green").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "the lamp is green").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "the lamp glows in a faint green").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "the lamp is one of those green").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "the lamp that we sold last year is green").verdict,
                     VERDICT_NOT);
    script_free(&script);
}

static void facts_are_this_customers(void **state) {
    struct script script = script_with("{\"groups\":[{\"any\":[{\"fact\":\"lid\"}]},"
                                       "{\"any\":[{\"fact\":\"sum\"}]}]}");
    assert_int_equal(rule_on(&script, "The broken lid, 500元, I see").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "蓋子壞了，五百元").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "盖子坏了，400元").verdict, VERDICT_PARTIAL);
    script_free(&script);
}

static void wanted_negation_and_question(void **state) {
    struct script script = script_with("{\"groups\":[{\"any\":[\"password\"],\"negated\":true}]}");
    assert_int_equal(rule_on(&script, "I will never ask for your password").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "Tell me your password").verdict, VERDICT_NOT);
    script_free(&script);
    script = script_with("{\"groups\":[{\"any\":[{\"question\":\"when\"}]}]}");
    assert_int_equal(rule_on(&script, "when did it begin").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "是什么时候开始的").verdict, VERDICT_MET);
    assert_int_equal(rule_on(&script, "did it begin?").verdict, VERDICT_NOT);
    script_free(&script);
}

static void behaviours_and_kinds_in_a_rule(void **state) {
    struct script script = script_with("{\"behaviours\":[\"handover\"],\"detail\":\"warm\"}");
    assert_int_equal(rule_on(&script, "I will transfer you to the billing department.").verdict,
                     VERDICT_MET);
    assert_int_equal(rule_on(&script, "Please contact your bank.").verdict, VERDICT_NOT);
    script_free(&script);
}

static void a_stack_of_stock_phrases_is_unsure(void **state) {
    struct script script = script_with("{\"behaviours\":[\"empathy\"]}");
    assert_int_equal(rule_on(&script, "Sorry to hear that.").verdict, VERDICT_MET);
    struct found found = rule_on(&script, "Hello! Sorry to hear that. Did you restart it? You will "
                                          "receive an email. Anything else? Goodbye!");
    assert_int_equal(found.verdict, VERDICT_UNSURE);
    assert_string_equal(found.why, "stacked");
    assert_int_equal(
        rule_on(&script, "您好，别着急，您重启过了吗，给您申请退款，祝您生活愉快").verdict,
        VERDICT_UNSURE);
    assert_int_equal(
        rule_on(&script, "您好，别着急，您的盖子坏了，您重启过了吗，给您申请退款").verdict,
        VERDICT_MET);
    script_free(&script);
}

/* Two sentences that a person would say are no stack, however much of them the packs know. */
static void natural_lines_are_no_stack(void **state) {
    struct script script = script_with("{\"behaviours\":[\"offer_help\"]}");
    assert_int_equal(rule_on(&script, "I'm going to look into it right now. By when do you need it "
                                      "at the latest?")
                         .verdict,
                     VERDICT_MET);
    assert_int_equal(rule_on(&script, "我马上帮您查一下，您最晚什么时候要用？").verdict,
                     VERDICT_MET);
    script_free(&script);
}

/* What a rule comes to when `text` answers the customer's line. */
static struct found answer_to(const struct script *script, const char *asked, const char *text) {
    const struct utterance said = {SPEAKER_CUSTOMER, asked, strlen(asked)};
    struct reading reading = {0};
    language_read(script->lexicon, &said, 1, text, strlen(text), &reading);
    struct found found = reading.rules[0];
    reading_free(&reading);
    return found;
}

/* A yes to what was asked or offered earns what the words would have in full. */
static void yes_to_a_question_says_it(void **state) {
    struct script script =
        script_with("{\"groups\":[{\"any\":[\"拔掉适配器\",\"unplug\"],\"core\":true}]}");
    static const char zh[] = "你是说要我先拔掉适配器吗？", en[] = "So I should unplug it first?";
    static const char *const yes[] = {"对", "是的", "对的，亲", "好的呢", "可以", "嗯嗯", "没错"};
    static const char *const agreed[] = {"Yes.", "yes please", "Right", "Sure, you can.",
                                         "Yes, that's right!"};
    static const char *const other[] = {"不是的", "不用", "好像是", "稍等", "对不对？"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_int_equal(answer_to(&script, zh, yes[i]).verdict, VERDICT_MET);
    for (size_t i = 0; i < sizeof agreed / sizeof *agreed; i++)
        assert_int_equal(answer_to(&script, en, agreed[i]).verdict, VERDICT_MET);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_int_equal(answer_to(&script, zh, other[i]).verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, en, "No, not yet").verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, en, "I'm not sure").verdict, VERDICT_NOT);
    struct found found = answer_to(&script, zh, "嗯，对的");
    assert_string_equal(found.why, "assent");
    assert_int_equal(found.span_count, 1);
    assert_int_equal(found.spans[0].from, 0);
    assert_int_equal(answer_to(&script, "那我先拔掉适配器试试", "好的").verdict, VERDICT_MET);
    assert_int_equal(answer_to(&script, "I could unplug it then.", "Ok").verdict, VERDICT_MET);
    assert_int_equal(answer_to(&script, "上次有人叫他们拔掉适配器", "好的").verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, "什么时候拔掉适配器呢？", "好的").verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, "拔掉适配器还是重启？", "是的").verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, "Should I unplug it or restart it?", "Yes").verdict,
                     VERDICT_NOT);
    script_free(&script);
}

/* I and you change places: the agent's yes is the agent's sentence. */
static void yes_to_a_request_offers_help(void **state) {
    struct script script = script_with("{\"behaviours\":[\"offer_help\"]}");
    assert_int_equal(answer_to(&script, "你能帮我查一下吗", "可以").verdict, VERDICT_MET);
    assert_int_equal(answer_to(&script, "Could you look it up for me?", "Sure").verdict,
                     VERDICT_MET);
    assert_int_equal(answer_to(&script, "你能帮我查一下吗", "不能").verdict, VERDICT_NOT);
    assert_int_equal(answer_to(&script, "昨天退的，收到了吗", "收到了").verdict, VERDICT_NOT);
    script_free(&script);
    script = script_with("{\"behaviours\":[\"plan\"]}");
    assert_int_equal(answer_to(&script, "你的意思是可以帮我申请退款吗", "对的").verdict,
                     VERDICT_MET);
    script_free(&script);
}

static void bad_rules_are_named(void **state) {
    static const char *const bad[] = {"{\"behaviours\":[\"empaty\"]}",
                                      "{\"groups\":[{\"any\":[]}]}",
                                      "{\"groups\":[{\"any\":[{\"slot\":\"colour\"}]}]}",
                                      "{}",
                                      "{\"groups\":[{\"any\":[{\"pattern\":\"(a\"}]}]}",
                                      "{\"groups\":[{\"any\":[\"!\"]}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct findings findings = {0};
        struct lexicon *lexicon = lexicon_new();
        struct json *json = json_parse("rule", bad[i], strlen(bad[i]), &findings);
        assert_non_null(json);
        assert_int_equal(lexicon_add_rule(lexicon, "r", json, json->root, &findings), -1);
        assert_true(findings.errors > 0);
        json_free(json);
        lexicon_free(lexicon);
        findings_free(&findings);
    }
}

/* A pack of one restating rule with these needs, and what it makes of `text` after two turns
 * of the customer. */
static bool needy_rule_fits(const char *needs, const char *text) {
    struct findings findings = {0};
    struct lexicon *lexicon = lexicon_new();
    struct buffer pack = {0};
    buffer_printf(&pack,
                  "{\"format\":\"itr-pack/1\",\"behaviour\":\"restate\",\"rules\":[{\"id\":\"r\","
                  "\"any\":[\"so you\"],\"needs\":[%s]}]}",
                  needs);
    bool sound = lexicon_add_pack(lexicon, "restate", pack.bytes, pack.length, &findings) &&
                 lexicon_finish(lexicon, &findings);
    print_findings(&findings);
    assert_true(sound);
    static const char first[] = "my kettle leaks steam", last[] = "the lid is broken";
    const struct utterance context[] = {{SPEAKER_CUSTOMER, first, strlen(first)},
                                        {SPEAKER_CUSTOMER, last, strlen(last)}};
    struct reading reading = {0};
    language_read(lexicon, context, 2, text, strlen(text), &reading);
    bool fits = reading.behaviours[BEHAVIOUR_RESTATE].verdict == VERDICT_MET;
    reading_free(&reading);
    lexicon_free(lexicon);
    buffer_free(&pack);
    findings_free(&findings);
    return fits;
}

static void shared_words_are_counted_where_wanted(void **state) {
    assert_true(needy_rule_fits("\"overlap\"", "so you say, that kettle"));
    assert_false(needy_rule_fits("\"overlap-near\"", "so you say, that kettle"));
    assert_true(needy_rule_fits("\"overlap-near\"", "so you have a kettle"));
    assert_false(needy_rule_fits("\"overlap-two\"", "so you have a kettle"));
    assert_true(needy_rule_fits("\"overlap-two\"", "so you see steam from the kettle"));
    assert_false(needy_rule_fits("\"overlap-two\"", "so you see steam. the kettle"));
}

/* A class that no pack makes is named where it was first used, also when a later pack is read. */
static void a_missing_class_is_named_at_its_place(void **state) {
    static const char pack[] =
        "{\"format\": \"itr-pack/1\", \"behaviour\": \"plan\", \"rules\": [\n"
        "  {\"id\": \"r\", \"any\": [\"we will\",\n"
        "    \"we (can|may) @nothing\"]}]}";
    static const char later[] = "{\"format\": \"itr-pack/1\", \"words\": {\"some\": [\"thing\"]}}";
    struct findings findings = {0};
    struct lexicon *lexicon = lexicon_new();
    assert_true(lexicon_add_pack(lexicon, "a.json", pack, strlen(pack), &findings));
    assert_true(lexicon_add_pack(lexicon, "b.json", later, strlen(later), &findings));
    assert_false(lexicon_finish(lexicon, &findings));
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].code, "pack-class");
    assert_string_equal(findings.items[0].file, "a.json");
    assert_int_equal(findings.items[0].line, 3);
    assert_int_equal(findings.items[0].column, 5);
    lexicon_free(lexicon);
    findings_free(&findings);
}

/* ---- likeness ---- */

static void likeness_is_dice(void **state) {
    assert_true(language_likeness("night", 5, "nacht", 5) == 0.25);
    assert_true(language_likeness("Same!", 5, "same", 4) == 1);
    assert_true(language_likeness("", 0, "a", 1) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_does_not_matter),
        cmocka_unit_test(a_slip_makes_no_other_known_word),
        cmocka_unit_test(spans_point_at_the_original_bytes),
        cmocka_unit_test(negation_voids),
        cmocka_unit_test(quotations_and_conditions_void),
        cmocka_unit_test(questions_need_no_mark),
        cmocka_unit_test(kinds_are_told),
        cmocka_unit_test(context_decides),
        cmocka_unit_test(groups_are_weighed),
        cmocka_unit_test(gaps_meet),
        cmocka_unit_test(facts_are_this_customers),
        cmocka_unit_test(wanted_negation_and_question),
        cmocka_unit_test(behaviours_and_kinds_in_a_rule),
        cmocka_unit_test(a_stack_of_stock_phrases_is_unsure),
        cmocka_unit_test(natural_lines_are_no_stack),
        cmocka_unit_test(yes_to_a_question_says_it),
        cmocka_unit_test(yes_to_a_request_offers_help),
        cmocka_unit_test(bad_rules_are_named),
        cmocka_unit_test(shared_words_are_counted_where_wanted),
        cmocka_unit_test(a_missing_class_is_named_at_its_place),
        cmocka_unit_test(likeness_is_dice),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
