/* itr doctor: what is wrong with terminal, language and folders here, and the way out. */
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "command/command.h"

struct doctor {
    struct buffer out;
    bool json;
    unsigned wrong, count;
};

static void report(struct doctor *doctor, const char *what, bool good, const char *text) {
    doctor->wrong += !good;
    if (doctor->json) {
        buffer_printf(&doctor->out, "{\"check\": \"%s\", \"ok\": %s, \"text\": ", what,
                      good ? "true" : "false");
        json_add_string(&doctor->out, text, strlen(text));
        buffer_add_text(&doctor->out, "}\n");
    } else {
        buffer_printf(&doctor->out, "%-6s %-10s ", good ? _("good") : _("WRONG"), what);
        display_add(&doctor->out, text, strlen(text), false);
        buffer_add_byte(&doctor->out, '\n');
    }
    doctor->count++;
}

static void check_terminal(struct doctor *doctor) {
    struct winsize size = {0};
    struct buffer text = {0};
    const char *term = getenv("TERM");
    bool there = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
                 ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    bool named = term && *term && strcmp(term, "dumb") != 0;
    if (!there)
        buffer_printf(&text, "%s", _("no terminal here; the screen needs one, --plain does not"));
    else if (!named)
        buffer_printf(&text,
                      _("TERM is `%s`; set it to what the terminal is, such as "
                        "xterm-256color"),
                      term ? term : "");
    else
        buffer_printf(&text, _("%s, %d columns, %d rows%s"), term, size.ws_col, size.ws_row,
                      size.ws_col < 80 || size.ws_row < 24 ? _("; the screen needs 80 by 24") : "");
    report(doctor, "terminal", there && named && size.ws_col >= 80 && size.ws_row >= 24,
           buffer_text(&text));
    buffer_free(&text);
}

static void check_language(struct doctor *doctor) {
    bool utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
    report(doctor, "characters", utf8,
           utf8 ? _("UTF-8")
                : _("no UTF-8 here: Chinese can't be shown; set LANG=C.UTF-8 and start again"));
}

static void check_scripts(struct doctor *doctor) {
    struct folders folders;
    struct error error = {0};
    char **names = NULL;
    size_t count = 0, scripts = 0;
    bool good =
        folders_find(&folders, &error) && file_list(folders.scenarios, &names, &count, &error);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        scripts += length > 5 && !strcmp(names[i] + length - 5, ".json");
    }
    struct buffer text = {0};
    if (good)
        buffer_printf(&text, _("%zu scripts in %s"), scripts, folders.scenarios);
    report(doctor, "scripts", good && scripts, good ? buffer_text(&text) : error.text);
    buffer_free(&text);
    file_list_free(names, count);
    folders_free(&folders);
}

/* Writes, syncs and removes a file where records go: what a call will need. */
static bool can_write(const char *data, struct error *error) {
    struct buffer path = {0};
    file_join(&path, data, "doctor.tmp");
    bool good =
        file_make_folder(data, error) && file_replace(buffer_text(&path), "itr\n", 4, error);
    if (good)
        remove(buffer_text(&path));
    buffer_free(&path);
    return good;
}

#define ROOM_WANTED ((unsigned long long)50 << 20)

static void check_data(struct doctor *doctor, const char *data) {
    struct error error = {0};
    struct statvfs disk;
    struct buffer text = {0};
    bool good = can_write(data, &error);
    if (good && statvfs(data, &disk) == 0) {
        unsigned long long room = (unsigned long long)disk.f_bavail * disk.f_frsize;
        buffer_printf(&text, _("%s, %llu MB free"), data, room >> 20);
        good = room >= ROOM_WANTED;
        if (!good)
            buffer_add_text(&text, _("; that is little: make room before a long day"));
    }
    report(doctor, "data", good, error.text[0] ? error.text : buffer_text(&text));
    buffer_free(&text);
}

static void check_unfinished(struct doctor *doctor, const char *data) {
    char **paths = NULL;
    size_t count = 0;
    struct buffer text = {0};
    struct error error = {0};
    bool good = record_unfinished(data, &paths, &count, &error);
    buffer_printf(&text, count ? _("%zu; `itr` offers to go on with them") : _("%zu"), count);
    report(doctor, "unfinished", good, good ? buffer_text(&text) : error.text);
    buffer_free(&text);
    file_list_free(paths, count);
}

int command_doctor(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG | OPTION_JSON,
                      N_("itr doctor: what is wrong with terminal, language and folders here"),
                      &options, &status))
        return status;
    if (options.argc) {
        status = command_fail(EXIT_USAGE, _("itr doctor takes options only; --help lists them."));
        options_free(&options);
        return status;
    }
    struct doctor doctor = {.json = options.json};
    check_terminal(&doctor);
    check_language(&doctor);
    check_scripts(&doctor);
    check_data(&doctor, options.data);
    check_unfinished(&doctor, options.data);
    status = !command_write(&doctor.out) ? EXIT_IO : doctor.wrong ? EXIT_FINDINGS : EXIT_DONE;
    buffer_free(&doctor.out);
    options_free(&options);
    return status;
}
