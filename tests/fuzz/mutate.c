/* Drives a fuzz target without libFuzzer: inputs put together from the words of a dictionary, then
 * damaged. Not guided by coverage, but the same in each run and with any compiler. */
#include <string.h>

#include "base/base.h"
#include "fuzz.h"

#define LONGEST 2048
#define WORDS 256

struct word {
    char bytes[64];
    size_t length;
};

static struct word words[WORDS];
static size_t word_count;
static uint64_t state = 20;

static size_t below(size_t limit) {
    return (size_t)(hash_random(&state) % limit);
}

/* The text between the outer quotes of a dictionary line, with \xNN, \" and \\ as libFuzzer has
 * them. */
static void read_word(const char *line) {
    const char *at = strchr(line, '"'), *end = strrchr(line, '"');
    struct word *word = &words[word_count];

    if (line[0] == '#' || !at || at == end || word_count == WORDS)
        return;
    for (at++; at < end && word->length < sizeof word->bytes; at++) {
        char byte = *at;
        if (byte == '\\' && at[1] == 'x') {
            byte = (char)strtol((char[]){at[2], at[3], 0}, NULL, 16);
            at += 3;
        } else if (byte == '\\') {
            byte = *++at;
        }
        word->bytes[word->length++] = byte;
    }
    word_count++;
}

static bool read_words(const char *path) {
    FILE *file = fopen(path, "r");
    char line[256];

    if (!file)
        return false;
    while (fgets(line, sizeof line, file))
        read_word(line);
    fclose(file);
    return word_count > 0;
}

static size_t compose(char *input) {
    size_t length = 0, pieces = below(60);

    for (size_t i = 0; i < pieces; i++) {
        const struct word *word = &words[below(word_count)];
        if (length + word->length > LONGEST)
            break;
        memcpy(input + length, word->bytes, word->length);
        length += word->length;
    }
    return length;
}

static void damage(char *input, size_t *length) {
    for (size_t times = below(4); times > 0 && *length > 0; times--) {
        size_t at = below(*length), span = below(*length - at) + 1;
        switch (below(4)) {
        case 0:
            input[at] = (char)below(256);
            break;
        case 1:
            *length = at;
            break;
        case 2:
            memmove(input + at, input + at + span, *length - at - span);
            *length -= span;
            break;
        default:
            if (*length + span <= LONGEST) {
                memmove(input + at + span, input + at, *length - at);
                *length += span;
            }
        }
    }
}

/* Exactly as large as the input, so that the sanitizer sees each byte that is read beyond it. */
static void try_input(const char *input, size_t length) {
    uint8_t *exact = malloc(length ? length : 1);

    if (!exact)
        abort();
    memcpy(exact, input, length);
    LLVMFuzzerTestOneInput(exact, length);
    free(exact);
}

int main(int count, char **arguments) {
    char input[LONGEST];
    long rounds = getenv("ITR_LONG") ? 150000 : 20000;

    if (count != 2 || !read_words(arguments[1])) {
        fprintf(stderr, "usage: %s DICTIONARY\n", arguments[0]);
        return 2;
    }
    for (long i = 0; i < rounds; i++) {
        size_t length = compose(input);
        damage(input, &length);
        try_input(input, length);
    }
    printf("%ld inputs\n", rounds);
    return 0;
}
