/* What became of an exercise that is no call: a line of DATA/exercises.csv. */
#include <stdio.h>
#include <time.h>

#include "seat/seat.h"

bool seat_keep_exercise(const char *data, const char *trainee, const struct exercise_result *result,
                        struct error *error) {
    static const char *const header[] = {"time",    "trainee", "exercise", "scenario",
                                         "version", "seed",    "marked",   "hits",
                                         "faults",  "met",     "partial"};
    enum { COLUMNS = sizeof header / sizeof *header, NUMBERS = 7 };
    const unsigned long long values[NUMBERS] = {result->scenario->version,
                                                result->seed,
                                                result->marked,
                                                result->hits,
                                                result->faults,
                                                result->met,
                                                result->partial};
    char now[32], numbers[NUMBERS][24];
    const char *fields[COLUMNS] = {now, trainee, result->kind, result->scenario->id};
    time_t seconds = time(NULL);
    struct tm parts;
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    for (size_t i = 0; i < NUMBERS; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%llu", values[i]);
        fields[COLUMNS - NUMBERS + i] = numbers[i];
    }
    struct buffer path = {0};
    file_join(&path, data, "exercises.csv");
    bool kept = table_add(buffer_text(&path), header, COLUMNS, fields, error);
    buffer_free(&path);
    return kept;
}
