/* itr replay: a recorded call again, at the screen or as text. */
#include <stdlib.h>
#include <string.h>

#include "command/plain.h"
#include "ui/app.h"

struct telling {
    struct buffer out;
    bool json;
    uint32_t from; /* rows before this one are folded and not told */
};

static void tell_words(struct buffer *out, const struct call *call, const struct event *event,
                       const struct call_outcome *outcome) {
    report_event(out, call, event, outcome, true);
    report_cue_of(out, call, outcome);
}

static void tell(void *user, const struct record_row *row, const struct event *event,
                 const struct call_outcome *outcome, const struct record_fold *fold) {
    struct telling *telling = user;
    if (row->row < telling->from)
        return;
    if (telling->json)
        plain_event_json(&telling->out, fold->call, row->row, event, outcome);
    else
        tell_words(&telling->out, fold->call, event, outcome);
}

static void add_receipt(struct telling *telling, const struct record_fold *fold,
                        const struct record_opening *opening) {
    scorecard_close(fold->scorecard, fold->call);
    (telling->json ? report_receipt_json : report_receipt)(&telling->out, fold->call,
                                                           fold->scorecard, opening);
}

static const char *damage_note(const struct record *record) {
    switch (record->state) {
    case RECORD_DAMAGED:
        return record->damage;
    case RECORD_TORN:
        return _("the last row is torn; told as far as it is whole");
    case RECORD_NOT_CLOSED:
        return _("this call was not closed; told as far as it goes");
    default:
        return NULL;
    }
}

static int tell_record(struct telling *telling, const struct record *record,
                       const struct scenario *scenario, const struct record_opening *opening) {
    struct error error;
    struct record_fold fold = {0};
    uint32_t bad_row = 0;
    int status = EXIT_DONE;
    bool folded = record_refold(record, scenario, &fold, tell, telling, &bad_row, &error);
    if (folded)
        add_receipt(telling, &fold, opening);
    if (!command_write(&telling->out))
        status = EXIT_IO;
    if (!folded)
        status = command_fail(EXIT_FINDINGS, _("row %u: %s"), bad_row, error.text);
    if (damage_note(record))
        status = command_fail(EXIT_FINDINGS, "%s", damage_note(record));
    record_fold_free(&fold);
    return status;
}

static int replay_plain(const struct options *options, const char *path) {
    struct error error;
    struct record *record = record_read(path, &error);
    if (!record)
        return command_fail(EXIT_IO, "%s", error.text);
    char *data = command_data_of(options, path);
    struct arena *arena = arena_new();
    struct record_opening opening;
    struct scenario *scenario = seat_scenario_of(data, record, &opening, arena, &error);
    struct telling telling = {.json = options->json, .from = options->row};
    int status;
    if (scenario) {
        if (options->language < 0)
            message_use(opening.language);
        status = tell_record(&telling, record, scenario, &opening);
    } else {
        status = command_fail(EXIT_IO, "%s", error.text);
    }
    buffer_free(&telling.out);
    scenario_free(scenario);
    arena_free(arena);
    free(data);
    record_free(record);
    return status;
}

static int replay_screen(const struct options *options, const char *path) {
    char *data = command_data_of(options, path);
    struct app_start start = {
        .wish = APP_REPLAY,
        .file = path,
        .data = data,
        .language = options->language,
        .call_language = -1,
        .speed = options->speed,
        .row = options->row,
    };
    int status = app_run(&start);
    free(data);
    return status;
}

int command_replay(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(
            argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_PLAIN | OPTION_REPLAY,
            N_("itr replay RECORD: the call again; step, seek, change the speed. --plain tells it"),
            &options, &status))
        return status;
    if (options.argc != 1)
        status = command_fail(EXIT_USAGE, _("name one record: itr replay RECORD"));
    else if (options.plain || options.json)
        status = replay_plain(&options, options.argv[0]);
    else
        status = replay_screen(&options, options.argv[0]);
    options_free(&options);
    return status;
}
