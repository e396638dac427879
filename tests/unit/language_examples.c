/* Every rule of every shipped pack has good and bad examples in it; here they are held: a good one
 * shows the pack's behaviour, a bad one does not. */
#include "language_sample.h"

struct tally {
    const struct lexicon *lexicon;
    struct reading reading;
    size_t tried, wrong;
};

static size_t read_context(const cJSON *example, struct utterance *context, size_t most) {
    const cJSON *turn;
    size_t count = 0;
    cJSON_ArrayForEach(turn, cJSON_GetObjectItemCaseSensitive(example, "context")) {
        const char *who = cJSON_GetObjectItemCaseSensitive(turn, "who")->valuestring;
        const char *text = cJSON_GetObjectItemCaseSensitive(turn, "text")->valuestring;
        if (count < most)
            context[count++] = (struct utterance){
                strcmp(who, "agent") == 0 ? SPEAKER_AGENT : SPEAKER_CUSTOMER, text, strlen(text)};
    }
    return count;
}

/* What an example has to come to. */
enum expected { EXPECT_FOUND, EXPECT_NOT_FOUND, EXPECT_UNSURE };

static void try_example(struct tally *tally, const char *file, int behaviour, const cJSON *example,
                        enum expected expected) {
    struct utterance context[8];
    size_t count = cJSON_IsObject(example) ? read_context(example, context, 8) : 0;
    const cJSON *text =
        cJSON_IsObject(example) ? cJSON_GetObjectItemCaseSensitive(example, "text") : example;
    language_read(tally->lexicon, context, count, text->valuestring, strlen(text->valuestring),
                  &tally->reading);
    enum verdict verdict = tally->reading.behaviours[behaviour].verdict;
    static const char *const kinds[] = {"good", "bad", "hesitate"};
    bool holds = expected == EXPECT_UNSURE
                     ? verdict == VERDICT_UNSURE
                     : (verdict >= VERDICT_PARTIAL) == (expected == EXPECT_FOUND);
    tally->tried++;
    if (holds)
        return;
    tally->wrong++;
    print_error("%s: %s example: %s (%s %s)\n", file, kinds[expected], text->valuestring,
                verdict_name(verdict),
                verdict ? tally->reading.behaviours[behaviour].rule : "nothing found");
}

static void try_rule(struct tally *tally, const char *file, int behaviour, const cJSON *rule) {
    const cJSON *good = cJSON_GetObjectItemCaseSensitive(rule, "good");
    const cJSON *bad = cJSON_GetObjectItemCaseSensitive(rule, "bad");
    const cJSON *hesitate = cJSON_GetObjectItemCaseSensitive(rule, "hesitate");
    const cJSON *example;
    if ((good == NULL && hesitate == NULL) || bad == NULL || bad->child == NULL) {
        print_error("%s: a rule without good or bad examples\n", file);
        tally->wrong++;
    }
    cJSON_ArrayForEach(example, good) try_example(tally, file, behaviour, example, EXPECT_FOUND);
    cJSON_ArrayForEach(example, bad) try_example(tally, file, behaviour, example, EXPECT_NOT_FOUND);
    cJSON_ArrayForEach(example, hesitate)
        try_example(tally, file, behaviour, example, EXPECT_UNSURE);
}

static void try_pack(struct tally *tally, const char *path) {
    struct buffer bytes = {0};
    struct error error;
    struct findings findings = {0};
    assert_true(file_read(path, 4 << 20, &bytes, &error));
    struct json *json = json_parse(path, buffer_text(&bytes), bytes.length, &findings);
    assert_non_null(json);
    const cJSON *behaviour = cJSON_GetObjectItemCaseSensitive(json->root, "behaviour");
    const cJSON *rule;
    if (behaviour != NULL)
        cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(json->root, "rules"))
            try_rule(tally, path, behaviour_from(behaviour->valuestring), rule);
    json_free(json);
    findings_free(&findings);
    buffer_free(&bytes);
}

static void try_language(struct tally *tally, const char *language) {
    char *folder = packs_folder(), **names;
    struct buffer inside = {0}, path = {0};
    struct error error;
    size_t count;
    file_join(&inside, folder, language);
    assert_true(file_list(buffer_text(&inside), &names, &count, &error));
    assert_true(count > 20);
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&path);
        file_join(&path, buffer_text(&inside), names[i]);
        try_pack(tally, buffer_text(&path));
    }
    file_list_free(names, count);
    buffer_free(&inside);
    buffer_free(&path);
    free(folder);
}

static void examples_hold(void **state) {
    struct lexicon *lexicon = load_packs();
    struct tally tally = {.lexicon = lexicon};
    try_language(&tally, "zh");
    try_language(&tally, "en");
    assert_true(tally.tried > 200);
    assert_int_equal(tally.wrong, 0);
    reading_free(&tally.reading);
    lexicon_free(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
