/* What a fuzz target is: one function that takes any bytes and checks what must hold for all of
 * them. It returns 0; a property that does not hold stops it through fuzz_require. */
#ifndef ITR_TESTS_FUZZ_H
#define ITR_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define fuzz_require(condition)                                                                    \
    do                                                                                             \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    while (0)

#endif
