/* itr simulate: many calls in virtual time by a named strategy. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/command.h"
#include "trial/trial.h"

#define SIMULATE_RUNS 1000

struct run {
    const struct options *options;
    const struct scenario *scenario;
    enum policy policy;
    enum language language;
    uint64_t seed;
    uint32_t runs;
    struct player *player;
    struct simulation *simulation;
    double seconds;
};

/* ---- through the seat, so that the records are like any others ---- */

static enum seat_result give(struct seat *seat, const struct event *event,
                             enum call_refusal *refusal, struct error *error) {
    switch (event->kind) {
    case EVENT_REPLY:
        return seat_reply(seat, event->t_ms, event->ref, refusal, error);
    case EVENT_LATER:
        return seat_later(seat, event->t_ms, event->ref, refusal, error);
    case EVENT_ACTION:
        return seat_act(seat, event->t_ms, event->ref, event->amount, event->text, event->length,
                        refusal, error);
    case EVENT_ARTICLE:
        return seat_article(seat, event->t_ms, event->ids, event->text, refusal, error);
    case EVENT_TICKET:
        return seat_ticket(seat, event->t_ms, event->ref, event->text, event->length, refusal,
                           error);
    case EVENT_END:
    case EVENT_TICKET_SAVED:
    case EVENT_DONE:
        return seat_do(seat, event->t_ms, event->kind, refusal, error);
    default: /* what the customer does on his own */
        return seat_tick(seat, event->t_ms, error);
    }
}

/* A lock is gone through knowingly: the same again. */
static enum seat_result step(struct seat *seat, const struct event *event, struct error *error) {
    enum call_refusal refusal = CALL_ALLOWED;
    enum seat_result result = give(seat, event, &refusal, error);
    if (result == SEAT_REFUSED && refusal == CALL_LOCKED)
        result = give(seat, event, &refusal, error);
    return result;
}

static bool play_through(struct run *run, struct seat *seat, uint64_t seed, struct error *error) {
    struct event event;
    struct call_view view;
    uint32_t turns = 0;
    player_begin(run->player, seed);
    while (player_next(run->player, seat_call(seat), &event)) {
        enum seat_result result = step(seat, &event, error);
        if (result == SEAT_FAILED)
            return false;
        turns += result == SEAT_DONE;
    }
    call_view(seat_call(seat), &view);
    if (seat_close(seat, view.t_ms, error) == SEAT_FAILED)
        return false;
    simulation_note(run->simulation, seat_call(seat), turns);
    return true;
}

static bool keep_one(struct run *run, uint64_t seed, struct error *error) {
    struct buffer trainee = {0};
    buffer_printf(&trainee, "simulated-%s", policy_word(run->policy));
    const struct seat_start start = {.scenario = run->scenario,
                                     .data = run->options->records,
                                     .trainee = buffer_text(&trainee),
                                     .mode = MODE_PRACTISE,
                                     .language = run->language,
                                     .seed = seed,
                                     .start_utc_s = time(NULL),
                                     .no_sync = run->options->no_sync,
                                     .first_play = true};
    struct seat *seat = seat_open(&start, error);
    bool kept = seat && play_through(run, seat, seed, error);
    seat_free(seat);
    buffer_free(&trainee);
    return kept;
}

static bool keep_all(struct run *run, struct error *error) {
    for (uint32_t i = 0; i < run->runs; i++)
        if (!keep_one(run, run->seed + i, error))
            return false;
    return true;
}

/* ---- telling it ---- */

static double turns_a_second(const struct run *run) {
    return run->seconds > 0 ? (double)run->simulation->turns / run->seconds : 0;
}

static void add_q(struct buffer *out, const char *label, const struct run *run, uint32_t percent) {
    char figure[16];
    buffer_printf(out, " · %s %s", label,
                  tenths_text(simulation_q(run->simulation, percent), figure));
}

static void add_endings(struct buffer *out, const struct run *run) {
    const struct scenario *scenario = run->scenario;
    const uint32_t *endings = run->simulation->endings;
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        buffer_printf(out, "  %-28s %-12s %u\n", scenario->endings[i].id,
                      outcome_word(scenario->endings[i].outcome), endings[i]);
    if (endings[scenario->ending_count])
        buffer_printf(out, "  %-28s %-12s %u\n", "-", _("no ending"),
                      endings[scenario->ending_count]);
}

static void add_report(struct buffer *out, const struct run *run) {
    const struct simulation *simulation = run->simulation;
    double low, high;
    report_interval((struct report_share){simulation->passes, simulation->runs}, &low, &high);
    buffer_printf(out, "%s · %s: %s\n", run->scenario->id, policy_word(run->policy),
                  policy_label(run->policy));
    buffer_printf(out, _("%u of %u calls pass: %.1f %% (95 %%: %.1f to %.1f %%)\n"),
                  simulation->passes, simulation->runs,
                  100.0 * simulation->passes / simulation->runs, 100 * low, 100 * high);
    buffer_add_text(out, "Q");
    add_q(out, _("least"), run, 0);
    add_q(out, "25 %", run, 25);
    add_q(out, _("median"), run, 50);
    add_q(out, "75 %", run, 75);
    add_q(out, _("most"), run, 100);
    buffer_printf(out, " · %s %.1f\n", _("mean"), simulation_mean(simulation));
    add_endings(out, run);
    buffer_printf(out, _("%llu turns, %.0f a second\n"), (unsigned long long)simulation->turns,
                  turns_a_second(run));
}

static void add_endings_json(struct buffer *out, const struct run *run) {
    const struct scenario *scenario = run->scenario;
    buffer_add_text(out, ", \"endings\": {");
    for (uint32_t i = 0; i < scenario->ending_count; i++) {
        buffer_add_text(out, i ? ", " : "");
        json_add_string(out, scenario->endings[i].id, strlen(scenario->endings[i].id));
        buffer_printf(out, ": %u", run->simulation->endings[i]);
    }
    buffer_printf(out, "}, \"no_ending\": %u", run->simulation->endings[scenario->ending_count]);
}

static void add_json(struct buffer *out, const struct run *run) {
    static const struct {
        const char *key;
        uint32_t percent;
    } marks[] = {{"least", 0}, {"q1", 25}, {"median", 50}, {"q3", 75}, {"most", 100}};
    const struct simulation *simulation = run->simulation;
    double low, high;
    char figure[16];
    report_interval((struct report_share){simulation->passes, simulation->runs}, &low, &high);
    buffer_add_text(out, "{\"scenario\": ");
    json_add_string(out, run->scenario->id, strlen(run->scenario->id));
    buffer_printf(out, ", \"policy\": \"%s\", \"seed\": %llu, \"runs\": %u, \"passes\": %u",
                  policy_word(run->policy), (unsigned long long)run->seed, simulation->runs,
                  simulation->passes);
    buffer_printf(out, ", \"pass_low\": %.4f, \"pass_high\": %.4f, \"q\": {", low, high);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        buffer_printf(out, "\"%s\": %s, ", marks[i].key,
                      tenths_text(simulation_q(simulation, marks[i].percent), figure));
    buffer_printf(out, "\"mean\": %.2f}", simulation_mean(simulation));
    add_endings_json(out, run);
    buffer_printf(out, ", \"turns\": %llu, \"turns_per_s\": %.0f}\n",
                  (unsigned long long)simulation->turns, turns_a_second(run));
}

/* ---- the command ---- */

static double now_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int play_all(struct run *run) {
    struct error error = {0};
    double begun = now_s();
    if (!run->options->records)
        simulation_run(run->simulation, run->player, run->scenario, run->seed, run->runs);
    else if (!keep_all(run, &error))
        return command_fail(EXIT_IO, "%s", error.text);
    run->seconds = now_s() - begun;
    struct buffer out = {0};
    (run->options->json ? add_json : add_report)(&out, run);
    int status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    buffer_free(&out);
    return status;
}

static int simulate(const struct options *options) {
    int status;
    if (options->argc != 1)
        return command_fail(EXIT_USAGE, _("name one scenario: itr simulate SCENARIO"));
    struct scenario *scenario = command_load(options->argv[0], NULL, &status);
    if (!scenario)
        return status;
    struct run run = {.options = options,
                      .scenario = scenario,
                      .policy = options->policy < 0 ? POLICY_RANDOM : (enum policy)options->policy,
                      .language = message_language(),
                      .seed = options->seed_given ? options->seed : 1,
                      .runs = options->runs ? options->runs : SIMULATE_RUNS};
    run.player = player_new(scenario, run.policy, run.language);
    run.simulation = simulation_new(scenario);
    status = play_all(&run);
    simulation_free(run.simulation);
    player_free(run.player);
    scenario_free(scenario);
    return status;
}

static void add_policies(struct buffer *out) {
    buffer_add_text(out, _("itr simulate SCENARIO: many calls in virtual time by a strategy: "
                           "distribution of Q, share that pass, endings.\nThe strategies:"));
    for (int i = 0; i < POLICY_COUNT; i++)
        buffer_printf(out, "\n  %-9s %s", policy_word((enum policy)i),
                      policy_label((enum policy)i));
}

int command_simulate(int argc, char **argv) {
    struct options options;
    struct buffer usage = {0};
    int status;
    add_policies(&usage);
    if (options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_SIMULATE,
                     buffer_text(&usage), &options, &status)) {
        status = simulate(&options);
        options_free(&options);
    }
    buffer_free(&usage);
    return status;
}
