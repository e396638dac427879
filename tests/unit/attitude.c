/* The attitude behind the words, with the shipped packs: rows 33, 38, 39, 40, 42 and 58. */
#include "language_sample.h"

static struct lexicon *lexicon;

static int load(void **state) {
    lexicon = load_packs();
    return 0;
}

static int unload(void **state) {
    lexicon_free(lexicon);
    return 0;
}

/* Row 39: acknowledges the feeling and commits to act, in words of one's own. The first of each
 * language is the plain sentence, the other ten say it differently. */
static const char *const plain_empathy[] = {
    "等了这么久还没解决，换谁都会着急，我马上帮您查。",
    "我能理解您着急，我这就帮您处理。",
    "您白跑了一趟，确实让人恼火，我马上给您重新安排。",
    "这事搁谁身上都会生气，我来帮您解决。",
    "我明白您的心情，我现在就帮您查一下。",
    "让您等这么久，您生气是应该的，我马上帮您跟进。",
    "我知道您很失望，我来帮您处理这件事。",
    "换成是我也会着急的，我立刻给您核实。",
    "理解您的不满，我马上帮您处理好。",
    "您的感受我能体会，我会帮您跟进到底。",
    "能感受到您很着急，我现在就帮您联系仓库。",
    "Waiting this long would upset anyone. I will look into it right now.",
    "I understand how frustrating this is, and I will fix it for you.",
    "I can see why you are upset. I will sort this out for you.",
    "I'm sorry you have had to go through this. I will take care of it now.",
    "I know how annoying that must be. I'll check your order right away.",
    "That sounds really frustrating. I will get this sorted for you.",
    "I would be upset too. Let me look into it for you.",
    "I completely understand your frustration, and I'll help you with this.",
    "I'm so sorry to hear that. I will check with the warehouse now.",
    "I can imagine how stressful this is. I'll arrange a new delivery for you.",
    "I hear how worried you are, and I will check on it until it is solved.",
};

static void plain_empathy_passes(void **state) {
    int missed = 0;
    for (size_t i = 0; i < sizeof plain_empathy / sizeof *plain_empathy; i++) {
        bool feeling = shows(lexicon, BEHAVIOUR_EMPATHY, plain_empathy[i]);
        bool act = shows(lexicon, BEHAVIOUR_PLAN, plain_empathy[i]) ||
                   shows(lexicon, BEHAVIOUR_OFFER_HELP, plain_empathy[i]) ||
                   shows(lexicon, BEHAVIOUR_PROMISE_TIME, plain_empathy[i]);
        if (!feeling || !act)
            print_error("%s:%s%s\n", plain_empathy[i], feeling ? "" : " no empathy",
                        act ? "" : " no act");
        missed += !feeling || !act;
    }
    assert_int_equal(missed, 0);
}

/* Row 39: the feeling alone does not act, and the act alone does not feel. */
static void half_is_not_both(void **state) {
    assert_false(shows(lexicon, BEHAVIOUR_PLAN, "我能理解您着急。"));
    assert_false(shows(lexicon, BEHAVIOUR_EMPATHY, "我马上帮您查。"));
    assert_false(shows(lexicon, BEHAVIOUR_PLAN, "I understand how frustrating this is."));
    assert_false(shows(lexicon, BEHAVIOUR_EMPATHY, "I will look into it right now."));
}

/* Row 58: at the moment of truth, one sentence of a bank's counter. */
static void at_the_counter(void **state) {
    assert_true(shows(lexicon, BEHAVIOUR_EMPATHY,
                      "您的卡被吞了，又急着用钱，我能理解您的心情，我马上帮您处理。"));
    assert_true(shows(lexicon, BEHAVIOUR_EMPATHY,
                      "Your card is gone and you need the money today: I understand how worrying "
                      "that is. I will help you right now."));
}

/* Row 40: said twice, a phrase shows no more than said once. */
static void stacking_earns_nothing(void **state) {
    static const char *const phrases[] = {"我能理解您的心情。", "非常抱歉给您带来不便。",
                                          "I understand how frustrating this is.",
                                          "I am sorry for the inconvenience."};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        char twice[256];
        snprintf(twice, sizeof twice, "%s%s", phrases[i], phrases[i]);
        for (int b = 0; b < BEHAVIOUR_COUNT; b++)
            if (verdict_on(lexicon, (enum behaviour)b, twice) >
                verdict_on(lexicon, (enum behaviour)b, phrases[i]))
                fail_msg("%s: doubled it shows more %s", phrases[i],
                         behaviour_name((enum behaviour)b));
    }
}

/* Row 42: blame in both languages, and what only sounds like it. */
static void blame(void **state) {
    static const char *const blaming[] = {"这是您自己没看清楚。", "是您自己操作不当造成的。",
                                          "You should have read the instructions.",
                                          "That is your own fault."};
    static const char *const fair[] = {"这不是您的错。", "是我们没有说清楚。",
                                       "This is not your fault.",
                                       "We should have told you earlier."};
    for (size_t i = 0; i < 4; i++) {
        if (!shows(lexicon, BEHAVIOUR_BLAME, blaming[i]))
            fail_msg("no blame: %s", blaming[i]);
        if (shows(lexicon, BEHAVIOUR_BLAME, fair[i]))
            fail_msg("blame: %s", fair[i]);
    }
}

/* Row 33: passing the buck and vagueness in both languages; beside each what is no brush-off, for
 * it gives a reason, regret, or a way on. */
static void passing_the_buck(void **state) {
    static const char *const brushed[] = {
        "这不归我们管。",
        "这个我也没办法。",
        "您自己去官网上看。",
        "我们规定就是这样。",
        "That's not our department.",
        "There is nothing I can do.",
        "Just google it.",
        "It's on our website, look it up yourself.",
    };
    static const char *const handled[] = {
        "这不归我们管，我帮您转给维修部，他们今天会联系您。",
        "这个我这边办不了，很抱歉，我帮您问一下主管，下午三点前给您回话。",
        "您可以在官网的订单页看到，我现在也帮您查一下。",
        "规定是三十天，今天是第四十一天，很抱歉退不了，可以免费维修。",
        "That's not our department, but I will put you through to repairs and brief them first.",
        "I'm sorry, I can't refund it after thirty days. I can have it repaired free of charge.",
        "You can see it on your order page. Let me check it for you as well.",
        "I don't know yet. I will ask the warehouse and call you back by three.",
    };
    for (size_t i = 0; i < sizeof brushed / sizeof *brushed; i++) {
        if (!shows(lexicon, BEHAVIOUR_BRUSH_OFF, brushed[i]))
            fail_msg("no brush-off: %s", brushed[i]);
        if (shows(lexicon, BEHAVIOUR_BRUSH_OFF, handled[i]))
            fail_msg("brush-off: %s", handled[i]);
    }
}

/* Row 38: plain acknowledgement and no unexplained jargon; the word is named by its span. */
static void jargon_is_named(void **state) {
    static const struct {
        const char *text, *word; /* NULL: none */
    } table[] = {
        {"您这单在履约环节卡住了。", "履约"},
        {"您这单还没有从仓库发出来。", NULL},
        {"履约，就是仓库把货发给您这一步。", NULL},
        {"You would have to lower the MTU for that.", "MTU"},
        {"Your parcel has not left the warehouse yet.", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct reading reading = {0};
        language_read(lexicon, NULL, 0, table[i].text, strlen(table[i].text), &reading);
        const struct found *found = &reading.behaviours[BEHAVIOUR_JARGON];
        if ((found->verdict >= VERDICT_PARTIAL) != (table[i].word != NULL))
            fail_msg("%s: %s", table[i].text, verdict_name(found->verdict));
        if (table[i].word) {
            assert_true(found->span_count > 0);
            assert_memory_equal(table[i].text + found->spans[0].from, table[i].word,
                                strlen(table[i].word));
        }
        reading_free(&reading);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_empathy_passes),
        cmocka_unit_test(half_is_not_both),
        cmocka_unit_test(at_the_counter),
        cmocka_unit_test(stacking_earns_nothing),
        cmocka_unit_test(blame),
        cmocka_unit_test(passing_the_buck),
        cmocka_unit_test(jargon_is_named),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
