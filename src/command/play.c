/* itr play: a call, at the screen or line by line. */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "command/command.h"
#include "command/plain.h"
#include "ui/app.h"

uint64_t command_seed(void) {
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint64_t)time(NULL);
    return seed >> 12; /* 52 bits: the number is the same in JSON and in a person's hands */
}

static int play_plain(const struct options *options, const char *name) {
    int status = EXIT_DONE;
    if (options->mode == MODE_EXAM && !options->trainee)
        return command_fail(EXIT_USAGE, _("an exam wants to know whose it is: --trainee NAME"));
    struct scenario *scenario = command_load(name, NULL, &status);
    if (!scenario)
        return status;
    char *trainee = command_trainee(options, options->trainee);
    struct plain_start start = {
        .seat = {.scenario = scenario,
                 .data = options->data,
                 .trainee = trainee,
                 .mode = options->mode < 0 ? MODE_PRACTISE : (enum mode)options->mode,
                 .language = message_language(),
                 .seed = options->seed_given ? options->seed : command_seed(),
                 .start_utc_s = (int64_t)time(NULL),
                 .no_sync = options->no_sync,
                 .frt_s = options->frt_s,
                 .seats = options->seats},
        .virtual_clock = options->virtual_clock,
        .json = options->json,
    };
    status = plain_play(&start);
    free(trainee);
    scenario_free(scenario);
    return status;
}

/* The newest unfinished record, or the one named. */
static int resume_plain(const struct options *options) {
    struct error error;
    char **paths = NULL;
    size_t count = 0;
    struct plain_start start = {
        .seat = {.data = options->data},
        .virtual_clock = options->virtual_clock,
        .json = options->json,
    };
    if (options->argc > 1)
        return command_fail(EXIT_USAGE,
                            _("one record at a time: itr play --plain --resume [RECORD]"));
    if (options->argc)
        return plain_resume(&start, options->argv[0]);
    if (!record_unfinished(options->data, &paths, &count, &error))
        return command_fail(EXIT_IO, "%s", error.text);
    int status =
        count ? plain_resume(&start, paths[0])
              : command_fail(EXIT_USAGE, _("there is no unfinished call in %s"), options->data);
    file_list_free(paths, count);
    return status;
}

static int play_screen(const struct options *options, enum app_wish wish, const char *name) {
    struct folders folders;
    struct error error;
    if (!folders_find(&folders, &error))
        return command_fail(EXIT_IO, "%s", error.text);
    char *file = name ? folders_scenario(&folders, name) : NULL;
    struct app_start start = {
        .wish = file ? wish : APP_HOME,
        .file = file,
        .data = options->data,
        .scenarios = folders.scenarios,
        .behaviours = folders.behaviours,
        .trainee = options->trainee,
        .language = options->language,
        .call_language = options->language,
        .mode = options->mode < 0 ? MODE_PRACTISE : (enum mode)options->mode,
        .has_seed = options->seed_given,
        .seed = options->seed,
        .no_sync = options->no_sync,
        .seats = options->seats,
    };
    int status = app_run(&start);
    free(file);
    folders_free(&folders);
    return status;
}

int command_home(const struct options *options) {
    return play_screen(options, APP_HOME, NULL);
}

int command_faults_screen(const struct options *options, const char *name) {
    return play_screen(options, APP_FAULTS, name);
}

static int play(const struct options *options) {
    if (options->plain && options->resume)
        return resume_plain(options);
    if (!options->argc && !options->resume)
        return command_fail(EXIT_USAGE, _("name a scenario: itr play SCENARIO"));
    if (options->argc > 1)
        return command_fail(EXIT_USAGE, _("one scenario at a time: itr play SCENARIO"));
    if (options->seats == 2 && (options->mode == MODE_DRILL || options->mode == MODE_EXAM))
        return command_fail(EXIT_USAGE, _("two seats go with --mode learn or practise: a drill and "
                                          "an exam need the same customer for everyone"));
    if (options->plain)
        return play_plain(options, options->argv[0]);
    if (options->virtual_clock || options->json)
        return command_fail(EXIT_USAGE, _("--clock virtual and --json go with --plain"));
    /* Home offers unfinished calls first. */
    return play_screen(options, APP_PLAY, options->resume ? NULL : options->argv[0]);
}

int command_play(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv,
                      OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_PLAIN | OPTION_CALL,
                      N_("itr play SCENARIO [OPTIONS]: a call; SCENARIO is an id or a file.\n"
                         "With --plain a line is a reply: a number is the position shown, #id a "
                         "reply by name,\nother text is typed; /help lists what else there is."),
                      &options, &status))
        return status;
    status = play(&options);
    options_free(&options);
    return status;
}
