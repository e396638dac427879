/* itr drill: short moments of many scripts, mixed, against the clock. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/command.h"
#include "command/plain.h"
#include "trial/trial.h"

#define SET_USUAL 10
#define MOMENTS_OF_ONE 64

struct moment {
    const struct scenario *scenario;
    uint32_t node;
    struct plain_answer answer;
};

struct drill {
    struct scenario **scripts;
    size_t script_count, script_room;
    struct moment *moments;
    size_t count, room;
};

static void drill_free(struct drill *drill) {
    for (size_t i = 0; i < drill->script_count; i++)
        scenario_free(drill->scripts[i]);
    free(drill->scripts);
    free(drill->moments);
}

/* ---- what can be drilled ---- */

static int add_script(struct drill *drill, const char *name) {
    int status = EXIT_DONE;
    uint32_t nodes[MOMENTS_OF_ONE];
    struct scenario *scenario = command_load(name, NULL, &status);
    if (!scenario)
        return status;
    drill->scripts = memory_reserve(drill->scripts, &drill->script_room, drill->script_count + 1,
                                    sizeof *drill->scripts);
    drill->scripts[drill->script_count++] = scenario;
    uint32_t count = trial_moments(scenario, nodes, MOMENTS_OF_ONE);
    for (uint32_t i = 0; i < count; i++) {
        drill->moments =
            memory_reserve(drill->moments, &drill->room, drill->count + 1, sizeof *drill->moments);
        drill->moments[drill->count++] = (struct moment){.scenario = scenario, .node = nodes[i]};
    }
    return EXIT_DONE;
}

/* All shipped scripts, in the order of their names. */
static int add_all(struct drill *drill) {
    struct folders folders;
    struct error error;
    char **names = NULL;
    size_t count = 0;
    int status = EXIT_DONE;
    if (!folders_find(&folders, &error) || !file_list(folders.scenarios, &names, &count, &error))
        status = command_fail(EXIT_IO, "%s", error.text);
    for (size_t i = 0; status == EXIT_DONE && i < count; i++) {
        size_t length = strlen(names[i]);
        if (length < 6 || strcmp(names[i] + length - 5, ".json") != 0)
            continue;
        names[i][length - 5] = 0;
        status = add_script(drill, names[i]);
    }
    file_list_free(names, count);
    folders_free(&folders);
    return status;
}

/* ---- mixing ---- */

static void swap(struct moment *a, struct moment *b) {
    struct moment kept = *a;
    *a = *b;
    *b = kept;
}

/* Shuffled by the seed, and no script twice running while another one has moments left. */
static void mix(struct drill *drill, uint64_t seed) {
    for (size_t i = drill->count; i > 1; i--)
        swap(&drill->moments[i - 1], &drill->moments[hash_random(&seed) % i]);
    for (size_t i = 1; i < drill->count; i++)
        for (size_t j = i; j < drill->count; j++)
            if (drill->moments[j].scenario != drill->moments[i - 1].scenario) {
                swap(&drill->moments[i], &drill->moments[j]);
                break;
            }
}

/* ---- playing ---- */

static void tell_moment(const struct options *options, const struct drill *drill, size_t i,
                        size_t set) {
    const struct moment *moment = &drill->moments[i];
    struct buffer out = {0};
    if (options->json)
        return;
    buffer_printf(&out, _("\n%zu of %zu · %s · %u s\n"), i + 1, set,
                  stage_label(moment->scenario->nodes[moment->node].stage),
                  moment->scenario->drill_ms / 1000);
    command_write(&out);
    buffer_free(&out);
}

static struct plain_start start_of(const struct options *options, const struct moment *moment,
                                   const char *trainee, uint64_t seed) {
    return (struct plain_start){
        .seat = {.scenario = moment->scenario,
                 .data = options->data,
                 .trainee = trainee,
                 .mode = MODE_DRILL,
                 .language = message_language(),
                 .seed = seed,
                 .start_utc_s = (int64_t)time(NULL),
                 .no_sync = options->no_sync,
                 .at = moment->node + 1},
        .virtual_clock = options->virtual_clock,
        .json = options->json,
    };
}

/* Returns how many were begun; those at the end of input are not. */
static size_t play(const struct options *options, struct drill *drill, size_t set, uint64_t seed,
                   int *status) {
    char *trainee = command_trainee(options, options->trainee);
    struct plain *plain = plain_moments();
    size_t i = 0;
    for (; i < set && *status == EXIT_DONE; i++) {
        struct moment *moment = &drill->moments[i];
        struct plain_start start = start_of(options, moment, trainee, seed + i);
        tell_moment(options, drill, i, set);
        *status = plain_moment(plain, &start, &moment->answer);
        if (!moment->answer.given)
            break;
    }
    plain_moments_free(plain);
    free(trainee);
    return i;
}

/* ---- what it came to ---- */

/* The reply that would have been best: the first that marks a point in full and trips none. */
static const struct reply *best_reply(const struct moment *moment) {
    const struct node *node = &moment->scenario->nodes[moment->node];
    for (uint32_t i = 0; i < node->reply_count; i++) {
        bool full = false, harm = false;
        for (uint32_t k = 0; k < node->replies[i].change.mark_count; k++) {
            const struct mark *mark = &node->replies[i].change.marks[k];
            bool trips = point_is_trip(&moment->scenario->points[mark->point]);
            harm |= trips;
            full |= !trips && mark->halves == 2;
        }
        if (full && !harm)
            return &node->replies[i];
    }
    return NULL;
}

static void add_missed(struct buffer *out, const struct moment *moment, size_t number) {
    const struct reply *best = best_reply(moment);
    const char *title = moment->scenario->title.in[message_language()];
    buffer_printf(out, "  %zu. ", number);
    display_add(out, title, strlen(title), false);
    buffer_printf(out, " · %s · %s\n", moment->scenario->nodes[moment->node].id,
                  moment->answer.timed_out ? _("no reply in time") : _("not right"));
    if (!best)
        return;
    buffer_printf(out, "     %s ", _("better:"));
    display_add(out, best->says.in[message_language()], strlen(best->says.in[message_language()]),
                false);
    buffer_add_byte(out, '\n');
}

static void add_result(struct buffer *out, const struct drill *drill, size_t count) {
    size_t right = 0, late = 0;
    for (size_t i = 0; i < count; i++) {
        right += drill->moments[i].answer.right;
        late += drill->moments[i].answer.timed_out;
    }
    buffer_printf(out, _("\nRight: %zu of %zu · out of time: %zu\n"), right, count, late);
    for (size_t i = 0; i < count; i++)
        if (!drill->moments[i].answer.right)
            add_missed(out, &drill->moments[i], i + 1);
}

static void add_json(struct buffer *out, const struct drill *drill, size_t count) {
    buffer_add_text(out, "{\"kind\": \"drill\", \"moments\": [");
    for (size_t i = 0; i < count; i++) {
        const struct moment *moment = &drill->moments[i];
        buffer_printf(out, "%s{\"scenario\": \"%s\", \"node\": \"%s\"", i ? ", " : "",
                      moment->scenario->id, moment->scenario->nodes[moment->node].id);
        buffer_printf(out, ", \"right\": %s, \"timeout\": %s, \"t_ms\": %lld}",
                      moment->answer.right ? "true" : "false",
                      moment->answer.timed_out ? "true" : "false", (long long)moment->answer.t_ms);
    }
    buffer_add_text(out, "]}\n");
}

static int run_set(const struct options *options, struct drill *drill) {
    int status = EXIT_DONE;
    size_t set = options->set ? options->set : SET_USUAL;
    uint64_t seed = options->seed_given ? options->seed : command_seed();
    struct buffer out = {0};
    if (!drill->count)
        return command_fail(EXIT_USAGE, _("these scripts have no moment that can stand alone"));
    mix(drill, seed);
    set = set < drill->count ? set : drill->count;
    size_t count = play(options, drill, set, seed, &status);
    (options->json ? add_json : add_result)(&out, drill, count);
    if (status == EXIT_DONE && !command_write(&out))
        status = EXIT_IO;
    buffer_free(&out);
    return status;
}

static int drill_moments(const struct options *options) {
    struct drill drill = {0};
    int status = options->argc ? EXIT_DONE : add_all(&drill);
    for (int i = 0; status == EXIT_DONE && i < options->argc; i++)
        status = add_script(&drill, options->argv[i]);
    if (status == EXIT_DONE)
        status = run_set(options, &drill);
    drill_free(&drill);
    return status;
}

int command_drill(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv,
                      OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_PLAIN | OPTION_CALL |
                          OPTION_SET,
                      N_("itr drill [SCENARIO…] [OPTIONS]: one reply each to short moments of many "
                         "scripts,\nmixed, against the clock. itr drill queue [FILE]: put a queue "
                         "of cases in order."),
                      &options, &status))
        return status;
    bool queue = options.argc && !strcmp(options.argv[0], "queue");
    if (queue && options.argc > 2)
        status = command_fail(EXIT_USAGE, _("one queue at a time: itr drill queue [FILE]"));
    else if (queue)
        status = drill_queue(&options, options.argc > 1 ? options.argv[1] : NULL);
    else
        status = drill_moments(&options);
    options_free(&options);
    return status;
}
