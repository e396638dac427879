/* Agreement beyond chance. */
#include <stdlib.h>

#include "scorecard/scorecard.h"

static double miss(uint32_t a, uint32_t b, enum kappa_weights weights) {
    if (weights == KAPPA_PLAIN)
        return a != b;
    return a < b ? b - a : a - b;
}

bool kappa(const uint32_t *table, uint32_t categories, enum kappa_weights weights, double *value) {
    double total = 0, seen = 0, expected = 0;
    double *rows = memory_new((2 * categories + 1) * sizeof *rows), *columns = rows + categories;
    for (uint32_t a = 0; a < categories; a++)
        for (uint32_t b = 0; b < categories; b++) {
            double count = table[a * categories + b];
            rows[a] += count;
            columns[b] += count;
            total += count;
            seen += count * miss(a, b, weights);
        }
    for (uint32_t a = 0; a < categories; a++)
        for (uint32_t b = 0; b < categories; b++)
            expected += rows[a] * columns[b] * miss(a, b, weights);
    free(rows);
    if (total == 0 || expected == 0)
        return false;
    *value = 1 - seen * total / expected;
    return true;
}
