/* R15: each allocation of a command fails in turn.
 *
 *     fault-allocations SHIM INPUT COMMAND [ARGUMENTS] [--then CHECK [ARGUMENTS]]
 *
 * SHIM is libfailing_malloc.so; INPUT is the command's standard input ("" for none). The word @DATA
 * in an argument becomes a new folder for each run. The command is run once to count, then
 * twice for each allocation, or for a sample of them, spread evenly (60; with ITR_LONG=1 5,000): it
 * alone fails, and it with all after it. Each run must end by
 * itself within the time allowed, with status 0 (it could do without that memory) or 3 and one
 * sentence on standard error, never by a signal; then CHECK must end with 0. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAMPLE 60
#define LONG_SAMPLE 5000
#define SECONDS 20 /* more than any run may take */
#define ARGUMENTS 64

struct run {
    const char *shim; /* NULL: without */
    const char *input;
    char *const *command;
    const char *folder;
    uint64_t failing; /* 0: none */
    bool onwards;
};

struct outcome {
    int status; /* of waitpid */
    char said[512];
};

static uint64_t refusals; /* runs that ended with status 3 */
static char folder[] = "/tmp/itr-r15-XXXXXX";
static char said_path[64], count_path[64];

static void stop(const char *what) {
    perror(what);
    exit(1);
}

static void remove_tree(const char *path) {
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        stop("rm");
}

/* The argument with @DATA replaced; never freed, since the process that does it becomes another. */
static char *filled(const char *argument, const char *data) {
    const char *mark = strstr(argument, "@DATA");
    char *text = malloc(strlen(argument) + strlen(data) + 1);

    if (!text)
        stop("malloc");
    if (!mark)
        return strcpy(text, argument);
    sprintf(text, "%.*s%s%s", (int)(mark - argument), argument, data, mark + 5);
    return text;
}

static void redirect(const char *path, int flags, int to) {
    int descriptor = open(path, flags, 0600);

    if (descriptor < 0 || dup2(descriptor, to) < 0)
        stop(path);
}

static void become(const struct run *run) {
    char *arguments[ARGUMENTS + 1] = {0}, number[32];

    for (int i = 0; i < ARGUMENTS && run->command[i]; i++)
        arguments[i] = filled(run->command[i], run->folder);
    redirect(*run->input ? run->input : "/dev/null", O_RDONLY, 0);
    redirect("/dev/null", O_WRONLY, 1);
    redirect(said_path, O_WRONLY | O_CREAT | O_TRUNC, 2);
    alarm(SECONDS);
    if (run->shim) {
        unlink(count_path); /* each run counts from the beginning */
        snprintf(number, sizeof number, "%llu%s", (unsigned long long)run->failing,
                 run->onwards ? "+" : "");
        setenv("ITR_FAIL_ALLOCATION", number, 1);
        setenv("ITR_COUNT_ALLOCATIONS", count_path, 1);
        setenv("LD_PRELOAD", run->shim, 1);
    }
    execvp(arguments[0], arguments);
    _exit(126);
}

static struct outcome run(const struct run *run) {
    struct outcome outcome = {0};
    pid_t child = fork();
    FILE *said;

    if (child < 0)
        stop("fork");
    if (child == 0)
        become(run);
    if (waitpid(child, &outcome.status, 0) < 0)
        stop("waitpid");
    said = fopen(said_path, "r");
    if (said) {
        outcome.said[fread(outcome.said, 1, sizeof outcome.said - 1, said)] = '\0';
        fclose(said);
    }
    return outcome;
}

static uint64_t counted(void) {
    uint64_t count = 0;
    FILE *file = fopen(count_path, "r");

    if (!file || fread(&count, sizeof count, 1, file) != 1)
        stop(count_path);
    fclose(file);
    return count;
}

/* One line, however much of it the handler could still translate. */
static bool is_sentence(const char *said) {
    const char *end = strchr(said, '\n');

    return end && end - said > 10 && end[1] == '\0';
}

/* Why the outcome is not a clean one, or NULL. */
static const char *fault(const struct outcome *outcome) {
    if (WIFSIGNALED(outcome->status))
        return WTERMSIG(outcome->status) == SIGALRM ? "hung" : "killed by a signal";
    if (WEXITSTATUS(outcome->status) == 0)
        return NULL;
    if (WEXITSTATUS(outcome->status) != 3)
        return "neither status 0 nor 3";
    return is_sentence(outcome->said) ? NULL : "not one sentence on standard error";
}

/* Runs once with a fresh folder, then the check; says what is wrong with it. */
static bool try_one(struct run with, char *const *check) {
    char data[64];
    struct outcome outcome;
    const char *wrong;

    snprintf(data, sizeof data, "%s/data", folder);
    if (mkdir(data, 0700) < 0)
        stop(data);
    with.folder = data;
    outcome = run(&with);
    wrong = fault(&outcome);
    refusals += !wrong && WEXITSTATUS(outcome.status) == 3;
    if (!wrong && check[0]) {
        outcome = run(&(struct run){.input = "", .command = check, .folder = data});
        if (!WIFEXITED(outcome.status) || WEXITSTATUS(outcome.status) != 0)
            wrong = "the check afterwards failed";
    }
    if (wrong)
        fprintf(stderr, "allocation %llu%s: %s (status %#x): %s\n",
                (unsigned long long)with.failing, with.onwards ? " and all after" : "", wrong,
                (unsigned)outcome.status, outcome.said);
    remove_tree(data);
    return !wrong;
}

int main(int count, char **arguments) {
    struct run with = {0};
    char *const *check;
    uint64_t total, step, tried = 0, failed = 0;
    int then = 3;

    if (count < 4) {
        fprintf(stderr, "usage: %s SHIM INPUT COMMAND [ARGUMENTS] [--then CHECK [ARGUMENTS]]\n",
                arguments[0]);
        return 2;
    }
    while (arguments[then] && strcmp(arguments[then], "--then") != 0)
        then++;
    check = arguments[then] ? arguments + then + 1 : arguments + then;
    arguments[then] = NULL;
    if (!mkdtemp(folder))
        stop("mkdtemp");
    snprintf(said_path, sizeof said_path, "%s/said", folder);
    snprintf(count_path, sizeof count_path, "%s/count", folder);

    with = (struct run){.shim = arguments[1], .input = arguments[2], .command = arguments + 3};
    failed += !try_one(with, check);
    total = counted();
    step = total / (getenv("ITR_LONG") ? LONG_SAMPLE : SAMPLE) + 1;
    for (with.failing = 1; with.failing <= total; with.failing += step, tried++) {
        with.onwards = false;
        failed += !try_one(with, check);
        with.onwards = true;
        failed += !try_one(with, check);
    }
    remove_tree(folder);
    printf(
        "%llu allocations, %llu failed in turn: %llu runs told it and left, %llu were not clean\n",
        (unsigned long long)total, (unsigned long long)tried, (unsigned long long)refusals,
        (unsigned long long)failed);
    return failed || refusals == 0;
}
