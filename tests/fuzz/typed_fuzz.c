/* Any bytes as a typed reply: the reading stays inside the text, is the same twice, and a full stop
 * at the end changes no verdict; the masker keeps what it does not mask. */
#include <string.h>

#include "fuzz.h"
#include "language/language.h"

static struct lexicon *lexicon;
static struct reading first, second;

static void load_packs(void) {
    const char *source = getenv("ITR_SOURCE");
    struct buffer path = {0};
    struct findings findings = {0};
    file_join(&path, source != NULL ? source : ".", "scenarios/behaviours");
    lexicon = lexicon_new();
    fuzz_require(lexicon_add_folder(lexicon, buffer_text(&path), &findings));
    lexicon_add_fact(lexicon, "lid", "broken lid");
    fuzz_require(lexicon_finish(lexicon, &findings));
    buffer_free(&path);
}

static void check_spans(const struct found *found, size_t length) {
    uint32_t at = 0;
    for (size_t i = 0; i < found->span_count; i++) {
        fuzz_require(found->spans[i].from >= at && found->spans[i].from < found->spans[i].to);
        fuzz_require(found->spans[i].to <= length);
        at = found->spans[i].to;
    }
    fuzz_require(found->why != NULL);
    fuzz_require(found->verdict == VERDICT_NOT || found->rule != NULL);
}

static void check_mask(const char *text, size_t length) {
    struct buffer out = {0};
    size_t masked = language_mask(text, length, NULL, &out);
    if (masked == 0)
        fuzz_require(out.length == length && (length == 0 || memcmp(out.bytes, text, length) == 0));
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    const char *text = (const char *)bytes;
    const struct utterance said = {SPEAKER_CUSTOMER, text, length / 2};
    if (lexicon == NULL)
        load_packs();
    language_read(lexicon, &said, 1, text, length, &first);
    language_read(lexicon, &said, 1, text, length, &second);
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        check_spans(&first.behaviours[i], length);
        fuzz_require(first.behaviours[i].verdict == second.behaviours[i].verdict);
        fuzz_require(first.behaviours[i].rule == second.behaviours[i].rule);
    }
    double likeness = language_likeness(text, length / 2, text + length / 2, length - length / 2);
    fuzz_require(likeness >= 0 && likeness <= 1);
    check_mask(text, length);
    return 0;
}
