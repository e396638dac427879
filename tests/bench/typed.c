/* How fast typed replies are read: the packs' own example replies over and over, beside ICU's
 * normalisation of the same texts, which any scorer has to do; the same with ten times as many
 * phrases; and the start with all packs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "bench.h"
#include "language/language.h"

enum { ROUNDS = 40, UNITS_MOST = 4096, PHRASES = 30000 };

struct work {
    char **texts;
    size_t count, capacity;
    const struct lexicon *lexicon;
    struct reading reading;
    const UNormalizer2 *folding;
    char *folder;
};

static struct lexicon *load(const char *folder, size_t phrases) {
    struct findings findings = {0};
    struct lexicon *lexicon = lexicon_new();
    struct buffer pack = {0};
    uint64_t seed = 7;
    bool sound = lexicon_add_folder(lexicon, folder, &findings);
    buffer_add_text(&pack, "{\"format\":\"itr-pack/1\",\"behaviour\":\"triage\",\"rules\":[{"
                           "\"id\":\"many\",\"any\":[\"zzzz\"");
    for (size_t i = 0; i < phrases; i++) {
        buffer_add_text(&pack, ",\"");
        for (size_t k = 0; k < 3; k++) {
            for (size_t c = 3 + hash_random(&seed) % 6; c > 0; c--)
                buffer_add_byte(&pack, (char)('a' + hash_random(&seed) % 26));
            buffer_add_byte(&pack, ' ');
        }
        buffer_add_text(&pack, "\"");
    }
    buffer_add_text(&pack, "]}]}");
    sound = sound &&
            lexicon_add_pack(lexicon, "many", buffer_text(&pack), pack.length, &findings) &&
            lexicon_finish(lexicon, &findings);
    buffer_free(&pack);
    if (!sound)
        abort();
    findings_free(&findings);
    return lexicon;
}

static void add_examples(struct work *work, const cJSON *node) {
    const cJSON *item;
    cJSON_ArrayForEach(item, node) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(item, "text");
        if (!cJSON_IsString(item) && !cJSON_IsString(text))
            continue;
        work->texts = memory_reserve(work->texts, &work->capacity, work->count + 1, sizeof(char *));
        work->texts[work->count++] =
            memory_text(cJSON_IsString(item) ? item->valuestring : text->valuestring);
    }
}

static void add_folder(struct work *work, const char *language) {
    struct buffer inside = {0}, path = {0}, bytes = {0};
    struct error error;
    struct findings findings = {0};
    char **names;
    size_t count;
    file_join(&inside, work->folder, language);
    if (!file_list(buffer_text(&inside), &names, &count, &error))
        abort();
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&path);
        file_join(&path, buffer_text(&inside), names[i]);
        if (!file_read(buffer_text(&path), 4 << 20, &bytes, &error))
            abort();
        struct json *json = json_parse("pack", buffer_text(&bytes), bytes.length, &findings);
        const cJSON *rule;
        cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(json->root, "rules")) {
            add_examples(work, cJSON_GetObjectItemCaseSensitive(rule, "good"));
            add_examples(work, cJSON_GetObjectItemCaseSensitive(rule, "bad"));
        }
        json_free(json);
    }
    file_list_free(names, count);
    buffer_free(&inside);
    buffer_free(&path);
    buffer_free(&bytes);
}

static void read_all(void *data) {
    struct work *work = data;
    for (size_t r = 0; r < ROUNDS; r++)
        for (size_t i = 0; i < work->count; i++)
            language_read(work->lexicon, NULL, 0, work->texts[i], strlen(work->texts[i]),
                          &work->reading);
}

static void fold_all(void *data) {
    struct work *work = data;
    UChar text[UNITS_MOST], folded[UNITS_MOST];
    for (size_t r = 0; r < ROUNDS; r++)
        for (size_t i = 0; i < work->count; i++) {
            UErrorCode status = U_ZERO_ERROR;
            int32_t length = 0;
            u_strFromUTF8(text, UNITS_MOST, &length, work->texts[i], -1, &status);
            unorm2_normalize(work->folding, text, length, folded, UNITS_MOST, &status);
        }
}

static void start(void *data) {
    struct work *work = data;
    lexicon_free(load(work->folder, 0));
}

int main(void) {
    const char *source = getenv("ITR_SOURCE");
    struct buffer folder = {0};
    struct work work = {0};
    UErrorCode status = U_ZERO_ERROR;
    file_join(&folder, source != NULL ? source : ".", "scenarios/behaviours");
    work.folder = folder.bytes;
    add_folder(&work, "zh");
    add_folder(&work, "en");
    work.folding = unorm2_getNFKCCasefoldInstance(&status);
    struct lexicon *packs = load(work.folder, 0), *many = load(work.folder, PHRASES);
    double amount = (double)(work.count * ROUNDS);
    bench_heading();
    work.lexicon = packs;
    bench_row_speed("replies read", "replies/s", amount, "ICU NFKC case folding",
                    bench_compare(read_all, fold_all, &work));
    work.lexicon = many;
    bench_row_speed("… 30,000 more phrases", "replies/s", amount, "ICU NFKC case folding",
                    bench_compare(read_all, fold_all, &work));
    bench_row_duration("start with all packs", "ms", 1e3, "the folding of all replies",
                       bench_compare(start, fold_all, &work));
    reading_free(&work.reading);
    lexicon_free(packs);
    lexicon_free(many);
    for (size_t i = 0; i < work.count; i++)
        free(work.texts[i]);
    free(work.texts);
    buffer_free(&folder);
    return 0;
}
