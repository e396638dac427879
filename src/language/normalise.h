/* A text as letters that compare equal when people would say they are the same: compatibility
 * forms and case folded (Unicode NFKC_Casefold), full width made half width, traditional Chinese
 * made simplified, curly quotes straight, what can't be seen left out. Every letter knows which
 * bytes of the original it stands for. */
#ifndef ITR_LANGUAGE_NORMALISE_H
#define ITR_LANGUAGE_NORMALISE_H

#include <stddef.h>
#include <stdint.h>

struct letter {
    uint32_t codepoint;
    uint32_t from, to; /* bytes of the original */
};

/* Reused from text to text; start with `= {0}`. */
struct letters {
    struct letter *items;
    size_t count, capacity;
};

/* Texts over 4 GB are cut there. Bytes that are no UTF-8 become U+FFFD. Time is linear: of a run of
 * combining marks only the first few count. */
void normalise(const char *text, size_t length, struct letters *letters);
void letters_free(struct letters *letters);

#endif
