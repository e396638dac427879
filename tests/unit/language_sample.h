/* What the tests of the language room share: the shipped packs, loaded once, and short ways to ask
 * what a reply shows. */
#ifndef ITR_TESTS_LANGUAGE_SAMPLE_H
#define ITR_TESTS_LANGUAGE_SAMPLE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#include "language/language.h"

/* The folder of the shipped packs; the caller frees it. */
static inline char *packs_folder(void) {
    const char *source = getenv("ITR_SOURCE");
    struct buffer path = {0};
    file_join(&path, source != NULL ? source : ".", "scenarios/behaviours");
    return buffer_release(&path);
}

static inline void print_findings(const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        print_error("%s:%zu:%zu: %s: %s\n", findings->items[i].file, findings->items[i].line,
                    findings->items[i].column, findings->items[i].code, findings->items[i].text);
}

static inline struct lexicon *load_packs(void) {
    struct findings findings = {0};
    struct lexicon *lexicon = lexicon_new();
    char *folder = packs_folder();
    bool sound = lexicon_add_folder(lexicon, folder, &findings);
    sound = sound && lexicon_finish(lexicon, &findings);
    print_findings(&findings);
    assert_true(sound);
    findings_free(&findings);
    free(folder);
    return lexicon;
}

/* The verdict on one behaviour of a reply without context. */
static inline enum verdict verdict_on(const struct lexicon *lexicon, enum behaviour behaviour,
                                      const char *text) {
    struct reading reading = {0};
    language_read(lexicon, NULL, 0, text, strlen(text), &reading);
    enum verdict verdict = reading.behaviours[behaviour].verdict;
    reading_free(&reading);
    return verdict;
}

static inline bool shows(const struct lexicon *lexicon, enum behaviour behaviour,
                         const char *text) {
    return verdict_on(lexicon, behaviour, text) >= VERDICT_PARTIAL;
}

#endif
