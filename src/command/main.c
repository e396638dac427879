/* Chooses the command; everything else is in the commands. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "ui/app.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} commands[] = {
#define X(name, summary) {#name, command_##name, summary},
    COMMANDS(X)
#undef X
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void out_of_memory(void) {
    static const char sentence[] = "itr: out of memory; what was acknowledged is kept\n";
    app_restore_terminal();
    ssize_t written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)written;
    _exit(EXIT_IO);
}

static int print_help(void) {
    printf("itr [COMMAND] [OPTIONS]\n\n  %-10s%s\n", "",
           _("no command: the home screen (practise, review, author)"));
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s%s\n", commands[i].name, _(commands[i].summary));
    printf("\n%s\n", _("`itr COMMAND --help` lists its options, `itr --version` the version."));
    return EXIT_DONE;
}

static int unknown_command(const char *name) {
    const char *names[COMMAND_COUNT + 1] = {0};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    const char *nearest = finding_nearest(name, names);
    if (nearest)
        return command_fail(EXIT_USAGE, _("there is no command `%s`; did you mean `%s`?"), name,
                            nearest);
    return command_fail(EXIT_USAGE, _("there is no command `%s`; `itr --help` lists them."), name);
}

/* `itr` with nothing, or with options only: the home screen. */
static int home(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_DATA | OPTION_LANG,
                      N_("itr [--data DIR] [--lang zh|en]: the home screen"), &options, &status))
        return status;
    if (options.argc)
        status = unknown_command(options.argv[0]);
    else
        status = command_home(&options);
    options_free(&options);
    return status;
}

static const char *locale_name(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

/* The interface language before any option is read, so that mistakes are told in it too. */
static void start_language(void) {
    struct folders folders;
    folders_find(&folders, NULL);
    message_start(folders.messages ? folders.messages : "");
    folders_free(&folders);
    int language = language_from(locale_name());
    message_use(language >= 0 ? (enum language)language : LANGUAGE_EN);
}

/* Descriptors 0 to 2 are always open, so that a record never gets the number of standard output. */
static void open_standard_descriptors(void) {
    int descriptor;
    do {
        descriptor = open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor > STDERR_FILENO)
        close(descriptor);
}

static int choose(int argc, char **argv) {
    if (argc > 1 && !strcmp(argv[1], "--version")) {
        printf("itr %s\n", ITR_VERSION);
        return EXIT_DONE;
    }
    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")))
        return print_help();
    if (argc < 2 || argv[1][0] == '-')
        return home(argc, argv);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(argv[1], commands[i].name))
            return commands[i].run(argc - 1, argv + 1);
    return unknown_command(argv[1]);
}

/* What was printed has to arrive, too. */
static int printed(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno == EPIPE)
        return EXIT_IO;
    return command_fail(EXIT_IO, _("standard output can't be written: %s"), strerror(errno));
}

int main(int argc, char **argv) {
    open_standard_descriptors();
    memory_on_exhausted(out_of_memory);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    start_language();
    return printed(choose(argc, argv));
}
