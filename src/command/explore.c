/* itr explore: every path of a script. */
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "trial/trial.h"

#define EXPLORE_STATES 1000000

static void add_shown(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static void add_path(struct buffer *out, const struct scenario *scenario,
                     const struct trial_path *path) {
    for (uint32_t i = 0; i < path->count; i++) {
        const struct trial_step *step = &path->steps[i];
        const struct node *node = &scenario->nodes[step->node];
        buffer_printf(out, "  %-28s ", node->id);
        if (step->reply) {
            buffer_printf(out, "#%s  ", step->reply->id);
            add_shown(out, step->reply->says.in[message_language()]);
        } else if (step->later) {
            buffer_printf(out, "/later %u  ", step->later->after_ms / 1000);
            add_shown(out, step->later->text.in[message_language()]);
        } else if (step->action) {
            struct buffer act = {0};
            trial_act(scenario, step, &act);
            buffer_add_text(out, "/act ");
            add_shown(out, buffer_text(&act));
            buffer_free(&act);
        } else if (step->article) {
            buffer_printf(out, "/kb open %s", step->article->id);
        } else {
            add_shown(out, step->rule       ? step->rule->id
                           : step->handover ? "/handover"
                                            : _("(silence)"));
        }
        buffer_add_byte(out, '\n');
    }
    if (path->ticket)
        buffer_printf(out, "  %s\n", _("with every field of the ticket right"));
    buffer_printf(out, "  → %s\n",
                  path->ending >= 0 ? scenario->endings[path->ending].id : _("no way on"));
}

static void add_one(struct buffer *out, const struct scenario *scenario, const char *name,
                    const struct trial_path *path) {
    char figure[16];
    buffer_printf(out, "\n%s: Q %s · %s\n", name, tenths_text(path->q_tenths, figure),
                  path->pass ? _("PASS") : _("FAIL"));
    add_path(out, scenario, path);
}

static void add_report(struct buffer *out, const struct scenario *scenario,
                       const struct trial *trial) {
    buffer_printf(out,
                  trial->exact ? _("%llu states: all of them; %llu ends\n")
                               : _("%llu states, the most promising first, not all; %llu ends\n"),
                  (unsigned long long)trial->states, (unsigned long long)trial->ends);
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        buffer_printf(out, "  %-28s %-12s %llu\n", scenario->endings[i].id,
                      outcome_word(scenario->endings[i].outcome),
                      (unsigned long long)trial->ending_ends[i]);
    if (trial->has_best)
        add_one(out, scenario, _("Best"), &trial->best);
    if (trial->has_worst)
        add_one(out, scenario, trial->exact ? _("Worst") : _("Worst seen"), &trial->worst);
    if (trial->has_stuck) {
        buffer_printf(out, "\n%s\n", _("A path with no way on:"));
        add_path(out, scenario, &trial->stuck);
    }
}

static void add_act_json(struct buffer *out, const struct scenario *scenario,
                         const struct trial_step *step) {
    struct buffer act = {0};
    trial_act(scenario, step, &act);
    buffer_add_text(out, ", \"act\": ");
    json_add_string(out, buffer_text(&act), act.length);
    buffer_free(&act);
}

/* What the path ends with: every field of the ticket and what is right there. */
static void add_ticket_json(struct buffer *out, const struct scenario *scenario) {
    buffer_add_text(out, ", \"ticket\": {");
    for (uint32_t i = 0; i < scenario->ticket_count; i++) {
        const char *id = scenario->ticket[i].id;
        const char *value = trial_ticket_value(scenario, i, message_language());
        buffer_add_text(out, i ? ", " : "");
        json_add_string(out, id, strlen(id));
        buffer_add_text(out, ": ");
        json_add_string(out, value, strlen(value));
    }
    buffer_add_text(out, "}");
}

static void add_path_json(struct buffer *out, const struct scenario *scenario, const char *name,
                          const struct trial_path *path) {
    char figure[16];
    buffer_printf(out, ", \"%s\": {\"q\": %s, \"pass\": %s, \"path\": [", name,
                  tenths_text(path->q_tenths, figure), path->pass ? "true" : "false");
    for (uint32_t i = 0; i < path->count; i++) {
        const struct trial_step *step = &path->steps[i];
        const char *said = step->reply ? step->reply->id : step->rule ? step->rule->id : "";
        buffer_add_text(out, i ? ", {\"node\": " : "{\"node\": ");
        json_add_string(out, scenario->nodes[step->node].id,
                        strlen(scenario->nodes[step->node].id));
        buffer_printf(out, ", \"%s\": ", step->rule ? "rule" : "reply");
        json_add_string(out, said, strlen(said));
        if (step->later)
            buffer_printf(out, ", \"later\": %u", step->later->after_ms / 1000);
        if (step->action)
            add_act_json(out, scenario, step);
        if (step->article)
            buffer_printf(out, ", \"article\": \"%s\"", step->article->id);
        if (step->handover)
            buffer_add_text(out, ", \"handover\": true");
        buffer_add_text(out, "}");
    }
    buffer_add_text(out, "]");
    if (path->ticket)
        add_ticket_json(out, scenario);
    if (path->ending >= 0) {
        buffer_add_text(out, ", \"ending\": ");
        json_add_string(out, scenario->endings[path->ending].id,
                        strlen(scenario->endings[path->ending].id));
    }
    buffer_add_text(out, "}");
}

static void add_json(struct buffer *out, const struct scenario *scenario,
                     const struct trial *trial) {
    buffer_add_text(out, "{\"scenario\": ");
    json_add_string(out, scenario->id, strlen(scenario->id));
    buffer_printf(out, ", \"exact\": %s, \"states\": %llu, \"ends\": %llu",
                  trial->exact ? "true" : "false", (unsigned long long)trial->states,
                  (unsigned long long)trial->ends);
    if (trial->has_best)
        add_path_json(out, scenario, "best", &trial->best);
    if (trial->has_worst)
        add_path_json(out, scenario, "worst", &trial->worst);
    if (trial->has_stuck)
        add_path_json(out, scenario, "stuck", &trial->stuck);
    buffer_add_text(out, "}\n");
}

static int explore(const struct options *options) {
    int status;
    if (options->argc != 1)
        return command_fail(EXIT_USAGE, _("name one scenario: itr explore SCENARIO"));
    struct scenario *scenario = command_load(options->argv[0], NULL, &status);
    if (!scenario)
        return status;
    struct buffer out = {0};
    struct trial *trial = trial_explore(scenario, options->limit ? options->limit : EXPLORE_STATES);
    (options->json ? add_json : add_report)(&out, scenario, trial);
    status = command_write(&out) ? (trial->has_stuck ? EXIT_FINDINGS : EXIT_DONE) : EXIT_IO;
    trial_free(trial);
    buffer_free(&out);
    scenario_free(scenario);
    return status;
}

int command_explore(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_LANG | OPTION_DATA | OPTION_JSON | OPTION_LIMIT,
                      N_("itr explore SCENARIO: every path of listed replies and typed rules: "
                         "best, worst, dead ends"),
                      &options, &status))
        return status;
    status = explore(&options);
    options_free(&options);
    return status;
}
