/* itr faults: a call that went partly wrong; mark the faulty turns and say them better. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command/command.h"
#include "trial/trial.h"

#define INPUT_LIMIT ((size_t)16 << 20)

struct exercise {
    struct faults *faults;
    bool *marked;
    char **rewritten; /* per turn: another wording, or NULL */
    struct reading reading;
    struct buffer out;
    uint32_t met, partial;
};

/* ---- telling the call ---- */

static void add_inert(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static void add_call(struct buffer *out, const struct faults *faults) {
    const char *customer = faults->scenario->customer_name.in[faults->language];
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault_turn *turn = &faults->turns[i];
        if (turn->who == SPEAKER_AGENT)
            buffer_printf(out, "%3zu  %s: ", i + 1, _("Agent"));
        else
            buffer_printf(out, "     %s: ", customer);
        add_inert(out, turn->text);
        buffer_add_byte(out, '\n');
    }
    buffer_printf(out, "\n%s\n",
                  _("Which of the agent's turns are faulty? Give their numbers, and say a turn "
                    "better as `NUMBER: words`. An empty line or the end of input: done."));
}

/* ---- what the trainee does ---- */

static bool is_agents(const struct faults *faults, unsigned long number) {
    return number >= 1 && number <= faults->count && faults->turns[number - 1].who == SPEAKER_AGENT;
}

static void say_no_such_turn(const char *line) {
    command_fail(EXIT_DONE, _("`%s`: give the number of a turn of the agent's"), line);
}

static void rewrite(struct exercise *exercise, unsigned long number, const char *words) {
    free(exercise->rewritten[number - 1]);
    exercise->rewritten[number - 1] = memory_text(words + strspn(words, " "));
    exercise->marked[number - 1] = true;
}

/* "3 7 9" marks (or takes back) turns, "3: words" says turn 3 better. */
static void take_line(struct exercise *exercise, const char *line) {
    const char *at = line + strspn(line, " ,");
    while (*at) {
        char *end;
        unsigned long number = strtoul(at, &end, 10);
        bool wide = !strncmp(end, "：", strlen("："));
        if (end == at || !is_agents(exercise->faults, number)) {
            say_no_such_turn(line);
            return;
        }
        if (*end == ':' || wide) {
            rewrite(exercise, number, end + (wide ? strlen("：") : 1));
            return;
        }
        exercise->marked[number - 1] = !exercise->marked[number - 1];
        at = end + strspn(end, " ,");
    }
}

static int take_answers(struct exercise *exercise) {
    struct buffer input = {0};
    struct error error = {0};
    if (isatty(STDIN_FILENO)) { /* a line at a time, until an empty one */
        char line[4096];
        while (fgets(line, sizeof line, stdin) && line[0] != '\n') {
            line[strcspn(line, "\r\n")] = '\0';
            take_line(exercise, line);
        }
        return EXIT_DONE;
    }
    if (!file_read_from(STDIN_FILENO, INPUT_LIMIT, &input, &error))
        return command_fail(EXIT_IO, "%s", error.text);
    for (char *rest = NULL, *line = strtok_r((char *)buffer_text(&input), "\r\n", &rest); line;
         line = strtok_r(NULL, "\r\n", &rest))
        take_line(exercise, line);
    buffer_free(&input);
    return EXIT_DONE;
}

/* ---- what it was worth ---- */

static const char *judge(struct exercise *exercise, size_t turn) {
    struct call_outcome credits;
    const char *words = exercise->rewritten[turn];
    if (!words)
        return NULL;
    enum verdict verdict = trial_faults_rewrite(exercise->faults, (uint32_t)turn, words,
                                                strlen(words), &exercise->reading, &credits);
    exercise->met += verdict == VERDICT_MET;
    exercise->partial += verdict == VERDICT_PARTIAL;
    return verdict_name(verdict);
}

static void add_turn(struct exercise *exercise, size_t turn) {
    const struct fault_turn *it = &exercise->faults->turns[turn];
    enum language language = exercise->faults->language;
    bool marked = exercise->marked[turn];
    struct buffer *out = &exercise->out;
    buffer_printf(out, "%3zu  %s  ", turn + 1,
                  it->faulty ? (marked ? _("found") : _("missed")) : _("wrongly accused"));
    add_inert(out, it->text);
    buffer_add_byte(out, '\n');
    if (it->faulty && *it->reply->why.in[language]) {
        buffer_add_text(out, "       ");
        add_inert(out, it->reply->why.in[language]);
        buffer_add_byte(out, '\n');
    }
    const char *verdict = judge(exercise, turn);
    if (!verdict)
        return;
    buffer_printf(out, "       %s: ", verdict);
    add_inert(out, exercise->rewritten[turn]);
    buffer_add_byte(out, '\n');
}

static unsigned percent(uint32_t part, uint32_t whole) {
    return whole ? (100 * part + whole / 2) / whole : 0;
}

static void add_result(struct exercise *exercise) {
    const struct faults *faults = exercise->faults;
    struct fault_score score = trial_faults_score(faults, exercise->marked);
    for (size_t i = 0; i < faults->count; i++)
        if (faults->turns[i].faulty || exercise->marked[i])
            add_turn(exercise, i);
    buffer_printf(
        &exercise->out,
        _("\nPrecision %u of %u (%u %%), recall %u of %u (%u %%). Said better: %u in full, "
          "%u in part.\n"),
        score.hits, score.marked, percent(score.hits, score.marked), score.hits, score.faults,
        percent(score.hits, score.faults), exercise->met, exercise->partial);
}

static void add_json(struct exercise *exercise, uint64_t seed) {
    const struct faults *faults = exercise->faults;
    struct fault_score score = trial_faults_score(faults, exercise->marked);
    struct buffer *out = &exercise->out;
    bool first = true;
    buffer_printf(out, "{\"scenario\": \"%s\", \"seed\": %llu, \"turns\": [", faults->scenario->id,
                  (unsigned long long)seed);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault_turn *turn = &faults->turns[i];
        if (turn->who != SPEAKER_AGENT)
            continue;
        const char *verdict = judge(exercise, i);
        buffer_printf(out, "%s{\"turn\": %zu, \"reply\": \"%s\", \"faulty\": %s, \"marked\": %s",
                      first ? "" : ", ", i + 1, turn->reply->id, turn->faulty ? "true" : "false",
                      exercise->marked[i] ? "true" : "false");
        if (verdict)
            buffer_printf(out, ", \"rewritten\": \"%s\"", verdict);
        buffer_add_byte(out, '}');
        first = false;
    }
    buffer_printf(
        out, "], \"marked\": %u, \"hits\": %u, \"faults\": %u, \"met\": %u, \"partial\": %u}\n",
        score.marked, score.hits, score.faults, exercise->met, exercise->partial);
}

/* ---- keeping it ---- */

static int keep(const struct options *options, const struct exercise *exercise, uint64_t seed) {
    struct fault_score score = trial_faults_score(exercise->faults, exercise->marked);
    struct exercise_result result = {
        "faults",      exercise->faults->scenario, seed, score.marked, score.hits, score.faults,
        exercise->met, exercise->partial};
    char *trainee = command_trainee(options, options->trainee);
    struct error error;
    bool kept = seat_keep_exercise(options->data, trainee, &result, &error);
    free(trainee);
    return kept ? EXIT_DONE : command_fail(EXIT_IO, "%s", error.text);
}

static int practise(const struct options *options, const struct scenario *scenario) {
    uint64_t seed = options->seed_given ? options->seed : (uint64_t)time(NULL);
    struct exercise exercise = {.faults = trial_faults(scenario, message_language(), seed)};
    size_t count = exercise.faults->count;
    exercise.marked = memory_new(count + 1);
    exercise.rewritten = memory_new((count + 1) * sizeof *exercise.rewritten);
    if (!options->json)
        add_call(&exercise.out, exercise.faults);
    int status = command_write(&exercise.out) ? EXIT_DONE : EXIT_IO;
    buffer_clear(&exercise.out);
    if (status == EXIT_DONE)
        status = take_answers(&exercise);
    if (status == EXIT_DONE) {
        if (options->json)
            add_json(&exercise, seed);
        else
            add_result(&exercise);
        status = command_write(&exercise.out) ? keep(options, &exercise, seed) : EXIT_IO;
    }
    for (size_t i = 0; i < count; i++)
        free(exercise.rewritten[i]);
    free(exercise.rewritten);
    free(exercise.marked);
    reading_free(&exercise.reading);
    buffer_free(&exercise.out);
    trial_faults_free(exercise.faults);
    return status;
}

int command_faults(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(
            argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_PLAIN | OPTION_CALL,
            N_("itr faults SCENARIO: a call that went partly wrong; find the faulty turns "
               "and say them better. --seed N makes the same call again."),
            &options, &status))
        return status;
    struct scenario *scenario = NULL;
    if (options.argc != 1)
        status = command_fail(EXIT_USAGE, _("name one script: itr faults SCENARIO"));
    else if (!options.plain && !options.json)
        status = command_faults_screen(&options, options.argv[0]);
    else
        scenario = command_load(options.argv[0], NULL, &status);
    if (scenario)
        status = practise(&options, scenario);
    scenario_free(scenario);
    options_free(&options);
    return status;
}
