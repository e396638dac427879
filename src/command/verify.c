/* itr verify: refold and compare; the row that was altered, by number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"

static void add_json(const char *path, const struct record_verdict *verdict, struct buffer *out) {
    buffer_add_text(out, "{\"record\": ");
    json_add_string(out, path, strlen(path));
    buffer_printf(out, ", \"ok\": %s, \"complete\": %s, \"bad_row\": %u, \"text\": ",
                  verdict->ok ? "true" : "false", verdict->complete ? "true" : "false",
                  verdict->bad_row);
    json_add_string(out, verdict->text, strlen(verdict->text));
    buffer_add_text(out, "}\n");
}

static bool print_verdict(const char *path, const struct record_verdict *verdict, bool json) {
    struct buffer out = {0}, line = {0};
    if (json) {
        add_json(path, verdict, &out);
    } else {
        buffer_printf(&line, "%s: %s", path, verdict->text);
        display_add(&out, line.bytes, line.length, false);
        buffer_add_byte(&out, '\n');
    }
    bool written = command_write(&out);
    buffer_free(&line);
    buffer_free(&out);
    return written;
}

/* A damaged record is judged by its chain even where its script can't be had. */
static int judge(const struct options *options, const char *path, const struct record *record,
                 const struct scenario *scenario, const struct error *error) {
    if (!scenario && record->state != RECORD_DAMAGED && record->count)
        return command_fail(EXIT_IO, "%s: %s", path, error->text);
    struct record_verdict verdict = {0};
    record_verify(record, scenario, &verdict);
    if (!print_verdict(path, &verdict, options->json))
        return EXIT_IO;
    return verdict.ok ? EXIT_DONE : EXIT_FINDINGS;
}

static int verify_one(const struct options *options, const char *path) {
    struct error error = {0};
    struct record *record = record_read(path, &error);
    if (!record)
        return command_fail(EXIT_IO, "%s", error.text);
    char *data = command_data_of(options, path);
    struct arena *arena = arena_new();
    struct record_opening opening;
    struct scenario *scenario = seat_scenario_of(data, record, &opening, arena, &error);
    int status = judge(options, path, record, scenario, &error);
    scenario_free(scenario);
    arena_free(arena);
    free(data);
    record_free(record);
    return status;
}

int command_verify(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON,
                      N_("itr verify RECORD…: refolds records and compares; names the row that "
                         "was altered"),
                      &options, &status))
        return status;
    if (!options.argc)
        status = command_fail(EXIT_USAGE, _("name a record: itr verify RECORD…"));
    for (int i = 0; i < options.argc; i++) {
        int one = verify_one(&options, options.argv[i]);
        status = one > status ? one : status;
    }
    options_free(&options);
    return status;
}
