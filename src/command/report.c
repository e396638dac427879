/* itr report: what the records of a group say. */
#include <string.h>

#include "command/command.h"

/* A share of fewer calls than this is an anecdote. */
#define ENOUGH 5

static void add_text(struct buffer *out, const struct report_errors *errors) {
    buffer_printf(out, _("%u calls, %u passed\n"), errors->calls, errors->passes);
    if (errors->unreadable)
        buffer_printf(out, _("%zu records could not be read; `itr verify` says why\n"),
                      errors->unreadable);
    for (size_t i = 0; i < errors->count; i++) {
        const struct report_error *error = &errors->items[i];
        if (error->counted < ENOUGH)
            buffer_printf(out, "  %-8s", _("too few"));
        else
            buffer_printf(out, "  %3u %%   ",
                          (100 * error->missed + error->counted / 2) / error->counted);
        buffer_printf(out, _("missed %u of %u  %s  "), error->missed, error->counted,
                      error->scenario_id);
        const char *text = error->text ? error->text : error->point;
        display_add(out, text, strlen(text), false);
        if (error->text)
            buffer_printf(out, " (%s)", key_action_label(error->action));
        buffer_add_byte(out, '\n');
    }
}

static void add_json(struct buffer *out, const struct report_errors *errors) {
    buffer_printf(out, "{\"calls\": %u, \"passes\": %u, \"unreadable\": %zu, \"errors\": [",
                  errors->calls, errors->passes, errors->unreadable);
    for (size_t i = 0; i < errors->count; i++) {
        const struct report_error *error = &errors->items[i];
        buffer_add_text(out, i ? ", {\"scenario\": " : "{\"scenario\": ");
        json_add_string(out, error->scenario_id, strlen(error->scenario_id));
        buffer_add_text(out, ", \"point\": ");
        json_add_string(out, error->point, strlen(error->point));
        buffer_printf(out, ", \"counted\": %u, \"missed\": %u}", error->counted, error->missed);
    }
    buffer_add_text(out, "]}\n");
}

static int report_team(const struct options *options) {
    struct error error = {0};
    struct report_errors errors;
    struct buffer out = {0};
    int status = EXIT_DONE;
    if (report_common_errors(options->data, message_language(), &errors, &error)) {
        (options->json ? add_json : add_text)(&out, &errors);
        status = command_write(&out) ? EXIT_DONE : EXIT_IO;
    } else {
        status = command_fail(EXIT_IO, "%s", error.text);
    }
    buffer_free(&out);
    report_errors_free(&errors);
    return status;
}

int command_report(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON,
                      N_("itr report team: what a group gets wrong most, over all closed calls"),
                      &options, &status))
        return status;
    if (options.argc == 1 && !strcmp(options.argv[0], "team"))
        status = report_team(&options);
    else
        status = command_fail(EXIT_USAGE, _("name the report: itr report team"));
    options_free(&options);
    return status;
}
