#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*exhausted_handler)(void);

void memory_on_exhausted(void (*handler)(void)) {
    exhausted_handler = handler;
}

void memory_exhausted(void) {
    static const char sentence[] = "itr: out of memory\n";

    if (exhausted_handler)
        exhausted_handler();
    if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
        _exit(3);
    _exit(3);
}

void *memory_new(size_t size) {
    void *block = calloc(1, size ? size : 1);

    if (!block)
        memory_exhausted();
    return block;
}

void *memory_resize(void *block, size_t size) {
    void *moved = realloc(block, size ? size : 1);

    if (!moved)
        memory_exhausted();
    return moved;
}

void *memory_reserve(void *block, size_t *capacity, size_t needed, size_t item) {
    size_t grown = *capacity + *capacity / 2, bytes;

    if (needed <= *capacity)
        return block;
    if (grown < needed)
        grown = needed;
    if (grown < 8)
        grown = 8;
    if (__builtin_mul_overflow(grown, item, &bytes))
        memory_exhausted();
    block = memory_resize(block, bytes);
    *capacity = grown;
    return block;
}

char *memory_text(const char *text) {
    return memory_text_of(text, strlen(text));
}

char *memory_text_of(const char *bytes, size_t length) {
    char *copy = memory_resize(NULL, length + 1);

    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}
