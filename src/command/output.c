/* What commands print, and the script they begin with. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

int command_fail(int status, const char *format, ...) {
    struct buffer text = {0}, inert = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    buffer_add_text(&inert, "itr: ");
    display_add(&inert, buffer_text(&text), text.length, true);
    buffer_add_byte(&inert, '\n');
    fflush(stdout);
    file_write(STDERR_FILENO, inert.bytes, inert.length, NULL);
    buffer_free(&text);
    buffer_free(&inert);
    return status;
}

bool command_write(const struct buffer *out) {
    struct error error = {0};
    fflush(stdout);
    if (file_write(STDOUT_FILENO, buffer_text(out), out->length, &error))
        return true;
    if (error.system != EPIPE) /* who reads from a pipe may stop when it has enough */
        command_fail(EXIT_IO, _("standard output can't be written: %s"), strerror(error.system));
    return false;
}

static void add_plain(const struct finding *finding, struct buffer *out) {
    struct buffer line = {0};
    buffer_printf(&line, "%s:%zu:%zu: %s %s: %s", finding->file, finding->line, finding->column,
                  finding->severity == FINDING_ERROR ? "error" : "warning", finding->code,
                  finding->text);
    display_add(out, line.bytes, line.length, false);
    buffer_add_byte(out, '\n');
    buffer_free(&line);
}

static void add_json(const struct finding *finding, struct buffer *out) {
    buffer_add_text(out, "{\"file\": ");
    json_add_string(out, finding->file, strlen(finding->file));
    buffer_printf(out, ", \"line\": %zu, \"column\": %zu, \"severity\": \"%s\", \"code\": \"%s\", ",
                  finding->line, finding->column,
                  finding->severity == FINDING_ERROR ? "error" : "warning", finding->code);
    buffer_add_text(out, "\"text\": ");
    json_add_string(out, finding->text, strlen(finding->text));
    buffer_add_text(out, "}\n");
}

void command_add_findings(const struct findings *findings, bool json, struct buffer *out) {
    for (size_t i = 0; i < findings->count; i++)
        (json ? add_json : add_plain)(&findings->items[i], out);
    size_t all = findings->errors + findings->warnings;
    if (!json && all > findings->count)
        buffer_printf(out, _("… and %zu more\n"), all - findings->count);
}

/* `unreadable` at 1:1 is a file or folder itself; elsewhere it is the place that names one. */
int command_findings_status(const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!strcmp(finding->code, "unreadable") && finding->line == 1 && finding->column == 1)
            return EXIT_IO;
    }
    return findings->errors + findings->warnings ? EXIT_FINDINGS : EXIT_DONE;
}

static struct scenario *load_file(const char *file, const char *behaviours, int *status) {
    struct findings findings = {0};
    struct buffer text = {0};
    struct scenario *scenario = scenario_load(file, behaviours, &findings);
    if (!scenario) {
        findings_sort(&findings);
        command_add_findings(&findings, false, &text);
        file_write(STDERR_FILENO, buffer_text(&text), text.length, NULL);
        *status = command_findings_status(&findings);
    }
    buffer_free(&text);
    findings_free(&findings);
    return scenario;
}

struct scenario *command_load(const char *name, const char *packs, int *status) {
    struct folders folders;
    struct error error;
    struct scenario *scenario = NULL;
    if (folders_find(&folders, &error)) {
        char *file = folders_scenario(&folders, name);
        scenario = load_file(file, packs ? packs : folders.behaviours, status);
        free(file);
    } else {
        *status = command_fail(EXIT_IO, "%s", error.text);
    }
    folders_free(&folders);
    return scenario;
}

char *command_data_of(const struct options *options, const char *record) {
    if (options->data_given)
        return memory_text(options->data);
    struct buffer path = {0};
    const char *slash = strrchr(record, '/');
    if (slash)
        buffer_add(&path, record, (size_t)(slash - record + 1));
    buffer_add_text(&path, "../..");
    return buffer_release(&path);
}
