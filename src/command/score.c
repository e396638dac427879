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
    const struct lexicon *lexicon;
    struct reading reading;
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
    score_line(scorer->lexicon, line, length, scorer->explain, &scorer->reading, &scorer->out);
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
    const char *packs;
    bool explain;
    int status; /* set when there is nothing to do */
};

static int help(void) {
    printf("%s\n\n  %-14s%s\n  %-14s%s\n  %-14s%s\n",
           _("itr score [--pack DIR] [--explain]: typed replies as JSON Lines on standard input "
             "({\"id\", \"lang\", \"context\": [{\"who\", \"text\"}], \"text\"}), what each shows "
             "on standard output, in the same order"),
           "--pack DIR", _("behaviour packs to use (DIR/zh, DIR/en) instead of the shipped ones"),
           "--explain", _("for people"), "--help", _("this help"));
    return EXIT_DONE;
}

static bool read_wishes(int argc, char **argv, struct wishes *wishes) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--explain") == 0) {
            wishes->explain = true;
        } else if (strcmp(argv[i], "--pack") == 0 && i + 1 < argc) {
            wishes->packs = argv[++i];
        } else if (strncmp(argv[i], "--pack=", 7) == 0) {
            wishes->packs = argv[i] + 7;
        } else if (strcmp(argv[i], "--help") == 0) {
            wishes->status = help();
            return false;
        } else {
            wishes->status = command_fail(
                EXIT_USAGE, _("score: `%s` is no option here; `itr score --help` lists them."),
                argv[i]);
            return false;
        }
    }
    return true;
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

int command_score(int argc, char **argv) {
    struct wishes wishes = {0};
    if (!read_wishes(argc, argv, &wishes))
        return wishes.status;
    struct lexicon *lexicon = load_wanted(wishes.packs);
    if (lexicon == NULL)
        return EXIT_IO;
    struct scorer scorer = {.lexicon = lexicon, .explain = wishes.explain};
    bool read = score_stream(&scorer);
    if (!read && !scorer.failed)
        command_fail(EXIT_IO, _("can't read standard input."));
    reading_free(&scorer.reading);
    buffer_free(&scorer.out);
    lexicon_free(lexicon);
    return read && !scorer.failed ? EXIT_DONE : EXIT_IO;
}
