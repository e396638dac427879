/* itr review: what the machine left for a person to decide, and what was decided. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"

static void add_inert(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

/* ---- the list ---- */

static void add_plain(struct buffer *out, const struct report_review *review) {
    buffer_printf(out, "%s %s  ", review->id, review->point);
    buffer_printf(out, "%s  %.10s  ", *review->verdict ? review->verdict : _("open"),
                  review->start);
    add_inert(out, review->trainee);
    buffer_add_text(out, "\n    ");
    add_inert(out, review->text);
    buffer_add_text(out, "\n    “");
    add_inert(out, review->words);
    buffer_add_text(out, "”\n");
    if (!*review->verdict)
        return;
    buffer_add_text(out, "    ");
    add_inert(out, review->by);
    buffer_add_text(out, ": ");
    add_inert(out, review->reason);
    buffer_add_byte(out, '\n');
}

static void add_json(struct buffer *out, const struct report_review *review) {
    const char *const keys[] = {"id",   "point", "verdict", "trainee", "scenario", "start",
                                "text", "words", "by",      "reason",  "time"};
    const char *const values[] = {review->id,      review->point,       review->verdict,
                                  review->trainee, review->scenario_id, review->start,
                                  review->text,    review->words,       review->by,
                                  review->reason,  review->time};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        buffer_printf(out, "%s\"%s\": ", i ? ", " : "{", keys[i]);
        json_add_string(out, values[i], strlen(values[i]));
    }
    buffer_add_text(out, "}\n");
}

static int list(const struct options *options, const struct report_reviews *reviews) {
    struct buffer out = {0};
    for (size_t i = 0; i < reviews->count; i++)
        (options->json ? add_json : add_plain)(&out, &reviews->items[i]);
    if (!reviews->count && !options->json)
        buffer_printf(&out, "%s\n", _("Nothing waits for a person."));
    int status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    buffer_free(&out);
    return status;
}

/* What was decided, as examples to put under a point's `good` or `bad`: the coach's way to teach
 * the rules. */
static int examples(const struct report_reviews *reviews, const char *scenario_id) {
    struct buffer out = {0};
    for (size_t i = 0; i < reviews->count; i++) {
        const struct report_review *review = &reviews->items[i];
        if (!*review->verdict || (scenario_id && strcmp(scenario_id, review->scenario_id) != 0))
            continue;
        bool good = !strcmp(review->verdict, verdict_name(VERDICT_MET));
        buffer_printf(&out,
                      "{\"scenario\": \"%s\", \"point\": \"%s\", \"%s\": ", review->scenario_id,
                      review->point, good ? "good" : "bad");
        json_add_string(&out, review->words, strlen(review->words));
        buffer_add_text(&out, "}\n");
    }
    int status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    buffer_free(&out);
    return status;
}

/* ---- deciding ---- */

static const struct report_review *find(const struct report_reviews *reviews, const char *id,
                                        const char *point) {
    for (size_t i = 0; i < reviews->count; i++)
        if (!strcmp(reviews->items[i].id, id) && !strcmp(reviews->items[i].point, point))
            return &reviews->items[i];
    return NULL;
}

static int keep(const struct options *options, const struct report_review *review,
                const char *verdict) {
    struct error error;
    char now[32], *by = command_trainee(options, options->by);
    const struct report_decision decision = {command_now(now), verdict, by, options->reason};
    bool kept = report_decide(options->data, review, &decision, &error);
    free(by);
    return kept ? EXIT_DONE : command_fail(EXIT_IO, "%s", error.text);
}

static int decide(const struct options *options, const struct report_reviews *reviews) {
    char verdict[16] = "";
    for (size_t i = 0; options->argv[3][i] && i + 1 < sizeof verdict; i++)
        verdict[i] = (char)toupper((unsigned char)options->argv[3][i]);
    const struct report_review *review = find(reviews, options->argv[1], options->argv[2]);
    int number = verdict_from(verdict);
    if (number < 0 || number == VERDICT_UNSURE)
        return command_fail(EXIT_USAGE, _("the verdict is met, partial or not"));
    if (!options->reason || !*options->reason)
        return command_fail(EXIT_USAGE, _("say why: --reason TEXT; the trainee will read it"));
    if (!review)
        return command_fail(
            EXIT_USAGE, _("`%s %s` does not wait for anybody; `itr review list` says what does"),
            options->argv[1], options->argv[2]);
    return keep(options, review, verdict);
}

/* ---- the score beside the record ---- */

static int score(const struct options *options, const char *record) {
    struct report_decided decided;
    struct error error;
    struct buffer out = {0};
    char before[16], after[16];
    char *data = command_data_of(options, record);
    bool good = report_decided_score(data, record, &decided, &error);
    free(data);
    if (!good)
        return command_fail(EXIT_IO, "%s", error.text);
    tenths_text(decided.recorded_tenths, before);
    tenths_text(decided.decided_tenths, after);
    if (options->json)
        buffer_printf(&out,
                      "{\"q\": %s, \"pass\": %s, \"decided_q\": %s, \"decided_pass\": %s, "
                      "\"decided\": %u, \"open\": %u}\n",
                      before, decided.recorded_pass ? "true" : "false", after,
                      decided.decided_pass ? "true" : "false", decided.decided, decided.open);
    else
        buffer_printf(
            &out, _("As recorded: Q %s, %s. As decided: Q %s, %s (%u decided, %u still wait).\n"),
            before, decided.recorded_pass ? _("pass") : _("no pass"), after,
            decided.decided_pass ? _("pass") : _("no pass"), decided.decided, decided.open);
    int status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    buffer_free(&out);
    return status;
}

static int with_reviews(const struct options *options) {
    struct report_reviews reviews;
    struct error error = {0};
    const char *verb = options->argv[0];
    int status;
    if (!report_reviews(options->data, message_language(), &reviews, &error))
        status = command_fail(EXIT_IO, "%s", error.text);
    else if (!strcmp(verb, "list"))
        status = list(options, &reviews);
    else if (!strcmp(verb, "examples"))
        status = examples(&reviews, options->argc > 1 ? options->argv[1] : NULL);
    else
        status = decide(options, &reviews);
    report_reviews_free(&reviews);
    return status;
}

static int choose(const struct options *options) {
    const char *verb = options->argc ? options->argv[0] : "";
    if (!strcmp(verb, "score") && options->argc == 2)
        return score(options, options->argv[1]);
    if ((!strcmp(verb, "list") && options->argc == 1) ||
        (!strcmp(verb, "examples") && options->argc <= 2) ||
        (!strcmp(verb, "decide") && options->argc == 4))
        return with_reviews(options);
    return command_fail(EXIT_USAGE,
                        _("say what: itr review list | decide RECORD:ROW POINT met|partial|not "
                          "--reason TEXT | score RECORD | examples [SCENARIO]"));
}

int command_review(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_DECIDE,
                      N_("itr review list: verdicts that wait for a person.\n"
                         "itr review decide RECORD:ROW POINT met|partial|not --reason TEXT: kept "
                         "beside the record, which is never changed.\n"
                         "itr review score RECORD: as recorded, and as decided.\n"
                         "itr review examples [SCENARIO]: what was decided, for the coach."),
                      &options, &status))
        return status;
    status = choose(&options);
    options_free(&options);
    return status;
}
