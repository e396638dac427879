/* The commands of `itr`: one file each, chosen by main.c. The room's one header.
 *
 * A command gets argv with its own name first and returns the exit status:
 * 0 done · 1 findings · 2 wrong use or wrong terminal · 3 could not read or write. */
#ifndef ITR_COMMAND_H
#define ITR_COMMAND_H

#include "report/report.h"

enum exit_status { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_IO = 3 };

/* One list yields the prototypes, the table main chooses by, and `itr --help`. */
#define COMMANDS(X)                                                                                \
    X(play, N_("a call; SCENARIO is an id or a file"))                                             \
    X(faults, N_("a call that went partly wrong: find the faulty turns, say them better"))         \
    X(drill, N_("short moments of many scripts against the clock, or a queue to order"))           \
    X(replay, N_("step through a recorded call"))                                                  \
    X(verify, N_("refold records and compare"))                                                    \
    X(check, N_("what is wrong with a script, and the mend"))                                      \
    X(explore, N_("every path of a script: best, worst, dead ends"))                               \
    X(simulate, N_("many calls by a strategy: marks, pass share, endings"))                        \
    X(score, N_("what typed replies show: JSON Lines in, evidence out"))                           \
    X(knowledge, N_("search the knowledge base; decide on notes that trainees proposed"))          \
    X(review, N_("decide what the machine left to a person; for supervisors"))                     \
    X(report, N_("what the records say: team, trainee, scenario, stage, kpi"))                     \
    X(export, N_("what was recorded, for other programs: sessions"))                               \
    X(doctor, N_("what is wrong with terminal, language and folders here"))
#define X(name, summary) int command_##name(int argc, char **argv);
COMMANDS(X)
#undef X

/* The screen of `itr faults`; play.c opens all screens that begin with a script. */
struct options;
int command_faults_screen(const struct options *options, const char *name);

/* Options that many commands share; each command says in `takes` which of them it knows. */
enum option_bit {
    OPTION_SET = 1 << 16,      /* --set */
    OPTION_SIMULATE = 1 << 17, /* --policy --runs --seed --records --no-sync */
    OPTION_DATA = 1,
    OPTION_LANG = 2,
    OPTION_JSON = 4,
    OPTION_PLAIN = 8,
    OPTION_CALL = 16,     /* --mode --trainee --seed --clock --resume --no-sync --seats */
    OPTION_REPLAY = 32,   /* --speed --row */
    OPTION_AUDIT = 64,    /* --audit */
    OPTION_LIMIT = 128,   /* --limit */
    OPTION_DECIDE = 256,  /* --by --reason */
    OPTION_FILTER = 512,  /* --trainee --scenario --mode --since --until --csv --per-day */
    OPTION_INDEX = 1024,  /* --rebuild */
    OPTION_OUTPUT = 2048, /* --output */
};

struct options {
    char *data; /* the data folder, resolved */
    bool data_given;
    int language; /* asked for with --lang, or -1 */
    bool json, plain, virtual_clock, resume, no_sync, audit;
    int mode; /* enum mode, or -1 */
    const char *trainee;
    bool seed_given;
    uint64_t seed;
    uint32_t frt_s; /* 0: not given */
    uint32_t set;   /* moments of a drill; 0: not given */
    uint32_t seats; /* 1 or 2; 0: not given */
    double speed;
    uint32_t row;
    uint64_t limit;
    const char *by, *reason;                       /* or NULL */
    const char *scenario, *since, *until, *output; /* or NULL */
    bool csv, rebuild;
    uint32_t per_day;    /* 0: not given */
    int policy;          /* enum policy, or -1 */
    uint32_t runs;       /* 0: not given */
    const char *records; /* a data folder, or NULL */
    int argc;            /* what is left */
    char **argv;
};

/* Reads options. On --help prints `usage` and the options taken, on a mistake says what is wrong;
 * both return false with *status set. Sets the interface language: --lang, settings, locale. */
bool options_read(int argc, char **argv, unsigned takes, const char *usage, struct options *options,
                  int *status);
void options_free(struct options *options);

/* Who sits here: `named` (an option; NULL: not given), else what was asked once, else the login
 * name. Caller frees. */
char *command_trainee(const struct options *options, const char *named);

/* The time now, UTC, as records and tables write it: "2026-01-31T08:30:00Z". Returns `text`. */
const char *command_now(char text[32]);

/* The home screen (practise, review, author). */
int command_home(const struct options *options);

/* Prints an error on standard error as "itr: sentence" (made inert) and returns `status`. */
int command_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes to standard output at once; false when it can't be, which is said on standard error unless
 * it was a pipe that nobody reads any more. */
bool command_write(const struct buffer *out);

/* Loads a scenario by id or path, with the packs of a folder (NULL: the shipped ones); on failure
 * prints the findings and returns NULL with *status. */
struct scenario *command_load(const char *name, const char *packs, int *status);

/* EXIT_IO when a file or folder could not be read, else whether there are findings. */
int command_findings_status(const struct findings *findings);

/* Adds findings as compiler-like lines, or as JSON Lines. */
void command_add_findings(const struct findings *findings, bool json, struct buffer *out);

/* The index of the calls, brought up to date; tells on standard error how far it is when that takes
 * longer than a second. NULL after having said why. */
struct store *command_store(const struct options *options);

/* A seed by chance. */
uint64_t command_seed(void);

/* `itr drill queue [FILE]` */
int drill_queue(const struct options *options, const char *file);

/* The data folder that a record lies in: --data, else two levels above its day folder. */
char *command_data_of(const struct options *options, const char *record);

#endif
