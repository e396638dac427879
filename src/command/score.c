/* `itr score`: typed replies as JSON Lines in, what they show as JSON Lines out, in the same order,
 * one line for each line whatever is in it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/score_line.h"
#include "seat/seat.h"

enum { READ_STEP = 1 << 16, LINE_MOST = 64 << 20, FLUSH_AT = 1 << 16 };

struct scorer {
    struct score_subject subject;
    struct score_desk desk;
    struct buffer out;
    bool explain, failed;
};

/* ---- the stream ---- */

static void flush(struct scorer *scorer) {
    if (!scorer->failed && scorer->out.length > 0 && !command_write(&scorer->out))
        scorer->failed = true;
    buffer_clear(&scorer->out);
}

static void score_one(struct scorer *scorer, const char *line, size_t length) {
    score_line(&scorer->subject, line, length, scorer->explain, &scorer->desk, &scorer->out);
    if (scorer->out.length >= FLUSH_AT)
        flush(scorer);
}

/* Scores all whole lines of `in` from `*scanned` on and drops them. */
static void score_lines(struct scorer *scorer, struct buffer *in, size_t *scanned, bool end) {
    size_t from = 0;
    char *newline;
    while ((newline = memchr(in->bytes + *scanned, '\n', in->length - *scanned)) != NULL) {
        size_t to = (size_t)(newline - in->bytes);
        size_t length = to - from;
        if (length > 0 && in->bytes[to - 1] == '\r')
            length--;
        score_one(scorer, in->bytes + from, length);
        from = *scanned = to + 1;
    }
    if (end && from < in->length) {
        score_one(scorer, in->bytes + from, in->length - from);
        from = in->length;
    }
    memmove(in->bytes, in->bytes + from, in->length - from);
    in->length -= from;
    *scanned = in->length;
}

/* Reads standard input to its end; false when it can't be read. A line that grows over LINE_MOST is
 * answered where it stands, so that memory stays bounded. */
static bool score_stream(struct scorer *scorer) {
    struct buffer in = {0};
    size_t scanned = 0;
    ssize_t got = 1;
    while (got > 0 && !scorer->failed) {
        char step[READ_STEP];
        got = read(STDIN_FILENO, step, sizeof step);
        if (got < 0 && errno == EINTR) {
            got = 1;
            continue;
        }
        if (got > 0)
            buffer_add(&in, step, (size_t)got);
        if (in.length > 0)
            score_lines(scorer, &in, &scanned, got == 0 || in.length > LINE_MOST);
        flush(scorer);
    }
    buffer_free(&in);
    return got == 0;
}

/* ---- the command ---- */

struct wishes {
    const char *packs, *scenario, *node;
    bool explain;
    int status; /* set when there is nothing to do */
};

static int help(void) {
    printf("%s\n\n  %-17s%s\n  %-17s%s\n  %-17s%s\n  %-17s%s\n  %-17s%s\n",
           _("itr score [OPTIONS]: typed replies as JSON Lines on standard input "
             "({\"id\", \"lang\", \"context\": [{\"who\", \"text\"}], \"text\"}), what each shows "
             "on standard output, in the same order"),
           "--pack DIR", _("behaviour packs to use (DIR/zh, DIR/en) instead of the shipped ones"),
           "--scenario FILE", _("judge by this script: its facts, its points, where a reply leads"),
           "--node ID", _("where in the script (default: its start)"), "--explain", _("for people"),
           "--help", _("this help"));
    return EXIT_DONE;
}

/* The value of `--name VALUE` or `--name=VALUE` at argv[*i], else NULL. */
static const char *value_of(const char *name, int argc, char **argv, int *i) {
    size_t length = strlen(name);
    if (strncmp(argv[*i], name, length) != 0)
        return NULL;
    if (argv[*i][length] == '=')
        return argv[*i] + length + 1;
    return argv[*i][length] == 0 && *i + 1 < argc ? argv[++*i] : NULL;
}

static bool read_wish(int argc, char **argv, int *i, struct wishes *wishes) {
    const char *value;
    if ((value = value_of("--pack", argc, argv, i)))
        wishes->packs = value;
    else if ((value = value_of("--scenario", argc, argv, i)))
        wishes->scenario = value;
    else if ((value = value_of("--node", argc, argv, i)))
        wishes->node = value;
    else if (strcmp(argv[*i], "--explain") == 0)
        wishes->explain = true;
    else
        return false;
    return true;
}

static bool read_wishes(int argc, char **argv, struct wishes *wishes) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            wishes->status = help();
            return false;
        }
        if (!read_wish(argc, argv, &i, wishes)) {
            wishes->status = command_fail(
                EXIT_USAGE, _("score: `%s` is no option here; `itr score --help` lists them."),
                argv[i]);
            return false;
        }
    }
    if (wishes->node && !wishes->scenario)
        wishes->status = command_fail(EXIT_USAGE, _("--node goes with --scenario FILE"));
    return !wishes->status;
}

static struct lexicon *load_lexicon(const char *packs) {
    struct findings findings = {0};
    struct buffer out = {0};
    struct lexicon *lexicon = lexicon_new();
    bool sound = lexicon_add_folder(lexicon, packs, &findings);
    sound = sound && lexicon_finish(lexicon, &findings);
    command_add_findings(&findings, false, &out);
    if (out.length > 0)
        file_write(STDERR_FILENO, out.bytes, out.length, NULL);
    buffer_free(&out);
    findings_free(&findings);
    if (sound)
        return lexicon;
    lexicon_free(lexicon);
    return NULL;
}

static struct lexicon *load_wanted(const char *packs) {
    struct folders folders;
    if (packs != NULL)
        return load_lexicon(packs);
    folders_find(&folders, NULL);
    struct lexicon *lexicon = NULL;
    if (folders.behaviours != NULL)
        lexicon = load_lexicon(folders.behaviours);
    else
        command_fail(EXIT_IO, _("the behaviour packs are not where they were installed; name "
                                "their folder with --pack."));
    folders_free(&folders);
    return lexicon;
}

static int run(struct scorer *scorer) {
    bool read = score_stream(scorer);
    if (!read && !scorer->failed)
        command_fail(EXIT_IO, _("can't read standard input."));
    score_desk_free(&scorer->desk);
    buffer_free(&scorer->out);
    return read && !scorer->failed ? EXIT_DONE : EXIT_IO;
}

static int score_by_packs(const struct wishes *wishes) {
    struct lexicon *lexicon = load_wanted(wishes->packs);
    if (lexicon == NULL)
        return EXIT_IO;
    struct scorer scorer = {.subject = {.lexicon = lexicon}, .explain = wishes->explain};
    int status = run(&scorer);
    lexicon_free(lexicon);
    return status;
}

static int score_at_node(const struct wishes *wishes, const struct scenario *scenario) {
    int node = wishes->node ? scenario_node(scenario, wishes->node) : (int)scenario->start;
    if (node < 0)
        return command_fail(EXIT_USAGE, _("%s has no node `%s`"), scenario->id, wishes->node);
    struct call *call = call_new_at(scenario, (uint32_t)node, message_language());
    struct scorer scorer = {.subject = {.call = call}, .explain = wishes->explain};
    int status = run(&scorer);
    free(call);
    return status;
}

int command_score(int argc, char **argv) {
    struct wishes wishes = {0};
    int status;
    if (!read_wishes(argc, argv, &wishes))
        return wishes.status;
    if (!wishes.scenario)
        return score_by_packs(&wishes);
    struct scenario *scenario = command_load(wishes.scenario, wishes.packs, &status);
    if (!scenario)
        return status;
    status = score_at_node(&wishes, scenario);
    scenario_free(scenario);
    return status;
}
