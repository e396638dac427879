/* itr export: what was recorded, for other programs. */
#include <string.h>

#include "command/command.h"

static int write_sessions(const struct options *options, const struct buffer *out) {
    struct error error = {0};
    struct buffer path = {0};
    int status = EXIT_DONE;
    if (options->output && !strcmp(options->output, "-"))
        return command_write(out) ? EXIT_DONE : EXIT_IO;
    if (options->output)
        buffer_add_text(&path, options->output);
    else
        file_join(&path, options->data, "sessions.csv");
    if (!file_replace(buffer_text(&path), buffer_text(out), out->length, &error))
        status = command_fail(EXIT_IO, "%s", error.text);
    buffer_free(&path);
    return status;
}

static int export_sessions(const struct options *options) {
    struct store *store = command_store(options);
    struct error error = {0};
    struct buffer out = {0};
    if (!store)
        return EXIT_IO;
    bool good = report_sessions(store, &out, &error);
    if (!good) {
        buffer_clear(&out);
        good = store_mend(store, &error) && report_sessions(store, &out, &error);
    }
    store_free(store);
    int status = good ? write_sessions(options, &out) : command_fail(EXIT_IO, "%s", error.text);
    buffer_free(&out);
    return status;
}

int command_export(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_INDEX | OPTION_OUTPUT,
                      N_("itr export sessions: all closed calls as a table for spreadsheets, into "
                         "sessions.csv of the data folder"),
                      &options, &status))
        return status;
    if (options.argc == 1 && !strcmp(options.argv[0], "sessions"))
        status = export_sessions(&options);
    else
        status = command_fail(EXIT_USAGE, _("name what to export: itr export sessions"));
    options_free(&options);
    return status;
}
