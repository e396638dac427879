#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/command.h"
#include "trial/trial.h"

enum option_value {
    HELP = 256,
    DATA,
    LANG,
    JSON,
    PLAIN,
    MODE,
    TRAINEE,
    SEED,
    FRT,
    SEATS,
    CLOCK,
    RESUME,
    NO_SYNC,
    SPEED,
    ROW,
    AUDIT,
    LIMIT,
    SET,
    BY,
    REASON,
    CSV,
    SCENARIO,
    SINCE,
    UNTIL,
    PER_DAY,
    REBUILD,
    OUTPUT,
    POLICY,
    RUNS,
    RECORDS
};

/* One list yields the parser and the help. */
static const struct {
    const char *name;
    int value;
    bool argument;
    unsigned takes;
    const char *shown, *help;
} table[] = {
    {"data", DATA, true, OPTION_DATA, "--data DIR", N_("where records are kept")},
    {"lang", LANG, true, OPTION_LANG, "--lang zh|en", N_("language")},
    {"json", JSON, false, OPTION_JSON, "--json", N_("for programs")},
    {"plain", PLAIN, false, OPTION_PLAIN, "--plain", N_("line by line, no terminal needed")},
    {"mode", MODE, true, OPTION_CALL | OPTION_FILTER, "--mode learn|practise|drill|exam",
     N_("how to practise")},
    {"trainee", TRAINEE, true, OPTION_CALL | OPTION_FILTER, "--trainee NAME", N_("who practises")},
    {"seed", SEED, true, OPTION_CALL | OPTION_SIMULATE, "--seed N",
     N_("order of replies and choice of lines")},
    {"frt", FRT, true, OPTION_CALL, "--frt S", N_("target of the first reply in seconds (30)")},
    {"seats", SEATS, true, OPTION_CALL, "--seats 1|2",
     N_("2: two people at one machine, one plays the customer")},
    {"clock", CLOCK, true, OPTION_CALL, "--clock real|virtual",
     N_("virtual: time moves only by /wait N")},
    {"resume", RESUME, false, OPTION_CALL, "--resume", N_("go on with the unfinished call")},
    {"no-sync", NO_SYNC, false, OPTION_CALL | OPTION_SIMULATE, "--no-sync",
     N_("don't wait for the disk")},
    {"speed", SPEED, true, OPTION_REPLAY, "--speed 0.5-16", N_("how fast it plays")},
    {"row", ROW, true, OPTION_REPLAY, "--row N", N_("begin at this row of the record")},
    {"audit", AUDIT, false, OPTION_AUDIT, "--audit", N_("play it too, by all known strategies")},
    {"set", SET, true, OPTION_SET, "--set N", N_("how many moments (10)")},
    {"limit", LIMIT, true, OPTION_LIMIT, "--limit N", N_("how many states to look at")},
    {"policy", POLICY, true, OPTION_SIMULATE, "--policy NAME", N_("how the replies are chosen")},
    {"runs", RUNS, true, OPTION_SIMULATE, "--runs N", N_("how many calls (1000)")},
    {"records", RECORDS, true, OPTION_SIMULATE, "--records DIR",
     N_("keep the calls as records under this folder")},
    {"by", BY, true, OPTION_DECIDE, "--by NAME", N_("who decides")},
    {"reason", REASON, true, OPTION_DECIDE, "--reason TEXT", N_("why")},
    {"scenario", SCENARIO, true, OPTION_FILTER, "--scenario ID", N_("only calls of this script")},
    {"since", SINCE, true, OPTION_FILTER, "--since DAY", N_("from this day on (2026-01-31, UTC)")},
    {"until", UNTIL, true, OPTION_FILTER, "--until DAY", N_("up to this day")},
    {"csv", CSV, false, OPTION_FILTER, "--csv", N_("as a table for spreadsheets")},
    {"per-day", PER_DAY, true, OPTION_FILTER, "--per-day N", N_("calls to take each day")},
    {"rebuild", REBUILD, false, OPTION_INDEX, "--rebuild", N_("read all records again")},
    {"output", OUTPUT, true, OPTION_OUTPUT, "--output FILE", N_("where it goes; - prints it")},
    {"help", HELP, false, ~0u, "--help", N_("this help")},
};
#define TABLE_COUNT (sizeof table / sizeof *table)

static void print_help(unsigned takes, const char *usage) {
    printf("%s\n\n", usage);
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (table[i].takes & takes)
            printf("  %-28s  %s\n", table[i].shown, _(table[i].help));
}

static bool wrong(const char *option, const char *value, const char *mend) {
    command_fail(EXIT_USAGE, _("--%s: `%s` is not possible; %s"), option, value, mend);
    return false;
}

static bool take_number(const char *option, const char *value, uint64_t *number) {
    char *end;
    errno = 0;
    *number = strtoull(value, &end, 10);
    return (*value >= '0' && *value <= '9' && !*end && !errno) ||
           wrong(option, value, _("use a whole number."));
}

static bool take_language(struct options *options, const char *value) {
    options->language = language_from(value);
    return options->language >= 0 || wrong("lang", value, _("use zh or en."));
}

static bool take_mode(struct options *options, const char *value) {
    options->mode = mode_from(value);
    return options->mode >= 0 || wrong("mode", value, _("use learn, practise, drill or exam."));
}

static bool take_clock(struct options *options, const char *value) {
    options->virtual_clock = !strcmp(value, "virtual");
    return options->virtual_clock || !strcmp(value, "real") ||
           wrong("clock", value, _("use real or virtual."));
}

static bool take_speed(struct options *options, const char *value) {
    char *end;
    options->speed = strtod(value, &end);
    return (!*end && options->speed >= 0.5 && options->speed <= 16) ||
           wrong("speed", value, _("use a number from 0.5 to 16."));
}

static bool take_row(struct options *options, const char *value) {
    uint64_t number;
    if (!take_number("row", value, &number))
        return false;
    options->row = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    return true;
}

static bool take_frt(struct options *options, const char *value) {
    uint64_t number;
    if (!take_number("frt", value, &number))
        return false;
    options->frt_s = (uint32_t)number;
    return (number >= 1 && number <= 3600) || wrong("frt", value, _("use 1 to 3600 seconds."));
}

static bool take_set(struct options *options, const char *value) {
    uint64_t number;
    if (!take_number("set", value, &number))
        return false;
    options->set = (uint32_t)number;
    return (number >= 1 && number <= 100) || wrong("set", value, _("use 1 to 100."));
}

static bool take_seats(struct options *options, const char *value) {
    options->seats = !strcmp(value, "2") ? 2 : 1;
    return options->seats == 2 || !strcmp(value, "1") || wrong("seats", value, _("use 1 or 2."));
}

static bool take_runs(struct options *options, const char *value) {
    uint64_t number;
    if (!take_number("runs", value, &number))
        return false;
    options->runs = (uint32_t)number;
    return (number >= 1 && number <= 100000000) || wrong("runs", value, _("use 1 to 100000000."));
}

static bool take_policy(struct options *options, const char *value) {
    struct buffer mend = {0};
    options->policy = policy_from(value);
    if (options->policy >= 0)
        return true;
    buffer_add_text(&mend, _("use one of these:"));
    for (int i = 0; i < POLICY_COUNT; i++)
        buffer_printf(&mend, " %s", policy_word((enum policy)i));
    wrong("policy", value, buffer_text(&mend));
    buffer_free(&mend);
    return false;
}

static bool take_data(struct options *options, const char *value) {
    free(options->data);
    options->data = memory_text(value);
    options->data_given = true;
    return *value || wrong("data", value, _("name a folder."));
}

static bool is_day(const char *value) {
    static const char shape[] = "0000-00-00";
    if (strlen(value) != sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == '-' ? value[i] != '-' : value[i] < '0' || value[i] > '9')
            return false;
    return true;
}

static bool take_day(const char *option, const char *value, const char **day) {
    *day = value;
    return is_day(value) || wrong(option, value, _("use a day such as 2026-01-31."));
}

static bool take_per_day(struct options *options, const char *value) {
    uint64_t number;
    if (!take_number("per-day", value, &number))
        return false;
    options->per_day = (uint32_t)number;
    return (number >= 1 && number <= 100000) || wrong("per-day", value, _("use 1 to 100000."));
}

static bool take(struct options *options, int option, const char *value) {
    switch (option) {
    case DATA:
        return take_data(options, value);
    case LANG:
        return take_language(options, value);
    case JSON:
        return options->json = true;
    case PLAIN:
        return options->plain = true;
    case MODE:
        return take_mode(options, value);
    case TRAINEE:
        options->trainee = value;
        return *value || wrong("trainee", value, _("give a name."));
    case SEED:
        options->seed_given = true;
        return take_number("seed", value, &options->seed);
    case FRT:
        return take_frt(options, value);
    case SEATS:
        return take_seats(options, value);
    case CLOCK:
        return take_clock(options, value);
    case RESUME:
        return options->resume = true;
    case NO_SYNC:
        return options->no_sync = true;
    case SPEED:
        return take_speed(options, value);
    case ROW:
        return take_row(options, value);
    case AUDIT:
        return options->audit = true;
    case SET:
        return take_set(options, value);
    case LIMIT:
        return take_number("limit", value, &options->limit);
    case BY:
        options->by = value;
        return *value || wrong("by", value, _("give a name."));
    case REASON:
        options->reason = value;
        return true;
    case CSV:
        return options->csv = true;
    case SCENARIO:
        options->scenario = value;
        return true;
    case SINCE:
        return take_day("since", value, &options->since);
    case UNTIL:
        return take_day("until", value, &options->until);
    case PER_DAY:
        return take_per_day(options, value);
    case REBUILD:
        return options->rebuild = true;
    case OUTPUT:
        options->output = value;
        return *value || wrong("output", value, _("name a file."));
    case POLICY:
        return take_policy(options, value);
    case RUNS:
        return take_runs(options, value);
    case RECORDS:
        options->records = value;
        return *value || wrong("records", value, _("name a folder."));
    default:
        return false;
    }
}

/* --lang, else what was chosen at the first start, else what main took from the locale. */
static void choose_language(const struct options *options) {
    struct settings settings;
    if (options->language >= 0) {
        message_use((enum language)options->language);
        return;
    }
    settings_read(options->data, &settings, NULL);
    if (settings.language >= 0)
        message_use((enum language)settings.language);
    settings_free(&settings);
}

/* getopt's list with only what the command takes. */
static void list_options(unsigned takes, struct option *list) {
    size_t count = 0;
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (table[i].takes & takes)
            list[count++] = (struct option){table[i].name, table[i].argument, NULL, table[i].value};
    list[count] = (struct option){0};
}

static void say_unknown(int option, char **argv) {
    const char *given = argv[optind - 1];
    if (option == ':')
        command_fail(EXIT_USAGE, _("%s needs a value; --help lists the options."), given);
    else
        command_fail(EXIT_USAGE, _("%s is no option here; --help lists them."), given);
}

static bool read_all(int argc, char **argv, unsigned takes, struct options *options, bool *help) {
    struct option list[TABLE_COUNT + 1];
    list_options(takes, list);
    int option;
    optind = 0;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", list, NULL)) != -1) {
        if (option == HELP) {
            *help = true;
        } else if (option == '?' || option == ':') {
            say_unknown(option, argv);
            return false;
        } else if (!take(options, option, optarg)) {
            return false;
        }
    }
    return true;
}

bool options_read(int argc, char **argv, unsigned takes, const char *usage, struct options *options,
                  int *status) {
    *options = (struct options){.language = -1, .mode = -1, .policy = -1, .speed = 1};
    bool help = false;
    bool good = read_all(argc, argv, takes, options, &help);
    char *data = seat_data_folder(options->data);
    free(options->data);
    options->data = data;
    choose_language(options);
    *status = good ? EXIT_DONE : EXIT_USAGE;
    if (good && help)
        print_help(takes, _(usage));
    if (!good || help) {
        options_free(options);
        return false;
    }
    options->argc = argc - optind;
    options->argv = argv + optind;
    return true;
}

void options_free(struct options *options) {
    free(options->data);
    options->data = NULL;
}

/* ---- who ---- */

static char *login_name(void) {
    struct arena *arena = arena_new();
    char *name = memory_text(seat_login(arena));
    arena_free(arena);
    return name;
}

char *command_trainee(const struct options *options, const char *named) {
    if (named)
        return memory_text(named);
    struct settings settings;
    settings_read(options->data, &settings, NULL);
    char *name = settings.trainee ? memory_text(settings.trainee) : login_name();
    settings_free(&settings);
    return name;
}

const char *command_now(char text[32]) {
    time_t seconds = time(NULL);
    struct tm parts;
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    return text;
}
