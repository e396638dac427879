/* `itr score` as it is used: the dev replies of $ITR_SHARED/data (or ../shared/data beside the
 * source; skipped without them) over and over, with the packs as they are and blown up tenfold with
 * invented phrases. Times are what the process took of one core, so that other load counts little;
 * the start is taken off. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "bench.h"

enum { REPLIES = 24000, RUNS = 5, GROWTH = 10, PACK_SIZE = 4 << 20, SKIPPED = 77 };

static void add_path(struct buffer *path, const char *folder, const char *name) {
    buffer_clear(path);
    file_join(path, folder, name);
}

static void write_all(const char *path, const struct buffer *bytes) {
    struct error error;
    if (!file_replace(path, buffer_text(bytes), bytes->length, &error)) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
}

/* ---- replies ---- */

static void read_dev(struct buffer *lines) {
    static const char *const names[] = {"replies-dev.jsonl", "replies-dev-jddc.jsonl"};
    const char *shared = getenv("ITR_SHARED"), *source = getenv("ITR_SOURCE");
    struct buffer folder = {0}, path = {0}, bytes = {0};
    if (shared != NULL)
        file_join(&folder, shared, "data");
    else
        file_join(&folder, source != NULL ? source : ".", "../shared/data");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        add_path(&path, buffer_text(&folder), names[i]);
        if (file_read(buffer_text(&path), 64 << 20, &bytes, NULL))
            buffer_add(lines, bytes.bytes, bytes.length);
    }
    buffer_free(&folder);
    buffer_free(&path);
    buffer_free(&bytes);
}

/* Writes `lines` as often as it takes for `most` replies; how many they are. */
static size_t write_replies(const char *path, const struct buffer *lines, size_t most) {
    struct buffer out = {0};
    size_t count = 0, total = 0;
    for (size_t i = 0; i < lines->length; i++)
        count += lines->bytes[i] == '\n';
    for (; total < most; total += count)
        buffer_add(&out, lines->bytes, lines->length);
    write_all(path, &out);
    buffer_free(&out);
    return total;
}

/* ---- packs ---- */

/* All texts of the packs, as a source of words. */
struct texts {
    char **items;
    size_t count, capacity;
};

static void gather_texts(struct texts *texts, const cJSON *node) {
    const cJSON *child;
    if (cJSON_IsString(node)) {
        texts->items =
            memory_reserve(texts->items, &texts->capacity, texts->count + 1, sizeof(char *));
        texts->items[texts->count++] = memory_text(node->valuestring);
    }
    cJSON_ArrayForEach(child, node) gather_texts(texts, child);
}

static void copy_packs(const char *from, const char *to, struct texts *texts) {
    struct buffer path = {0}, bytes = {0};
    struct findings findings = {0};
    struct error error;
    char **names;
    size_t count;
    if (!file_make_folder(to, &error) || !file_list(from, &names, &count, &error))
        exit(1);
    for (size_t i = 0; i < count; i++) {
        add_path(&path, from, names[i]);
        if (!file_read(buffer_text(&path), PACK_SIZE, &bytes, &error))
            exit(1);
        struct json *json = json_parse("pack", buffer_text(&bytes), bytes.length, &findings);
        gather_texts(texts, json->root);
        json_free(json);
        add_path(&path, to, names[i]);
        write_all(buffer_text(&path), &bytes);
    }
    file_list_free(names, count);
    findings_free(&findings);
    buffer_free(&path);
    buffer_free(&bytes);
}

/* A word of the packs' own half the time, else one that nobody says. */
static void add_word(struct buffer *out, const struct texts *texts, uint64_t *seed) {
    const char *text = texts->items[hash_random(seed) % texts->count];
    size_t length = strcspn(text, " .|()[]@<=^$\"\\");
    bool own = hash_random(seed) % 2 == 0 && length > 0 && length < 24;
    if (own)
        buffer_add(out, text, length);
    for (size_t i = 3 + hash_random(seed) % 6; !own && i > 0; i--)
        buffer_add_byte(out, (char)('a' + hash_random(seed) % 26));
    buffer_add_byte(out, ' ');
}

static void write_invented(const char *folder, const struct texts *texts) {
    struct buffer pack = {0}, path = {0};
    uint64_t seed = 7;
    buffer_add_text(&pack, "{\"format\":\"itr-pack/1\",\"behaviour\":\"triage\",\"rules\":[{"
                           "\"id\":\"invented\",\"any\":[\"zzzz\"");
    for (size_t i = 0; i < texts->count * (GROWTH - 1); i++) {
        buffer_add_text(&pack, ",\"");
        for (size_t words = 3; words > 0; words--)
            add_word(&pack, texts, &seed);
        buffer_add_text(&pack, "zq\"");
    }
    buffer_add_text(&pack, "]}]}");
    add_path(&path, folder, "zz-invented.json");
    write_all(buffer_text(&path), &pack);
    buffer_free(&pack);
    buffer_free(&path);
}

static void remove_folder(const char *folder) {
    struct buffer path = {0};
    char **names;
    size_t count;
    if (!file_list(folder, &names, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++) {
        add_path(&path, folder, names[i]);
        if (unlink(buffer_text(&path)) < 0)
            remove_folder(buffer_text(&path));
    }
    rmdir(folder);
    file_list_free(names, count);
    buffer_free(&path);
}

/* ---- running ---- */

static void become_score(const char *packs, const char *replies) {
    int in = open(replies, O_RDONLY), out = open("/dev/null", O_WRONLY);
    if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(1);
    execl(getenv("ITR_PROGRAM"), "itr", "score", "--pack", packs, (char *)NULL);
    _exit(1);
}

static double seconds(const struct timeval *time) {
    return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

/* What a run took of a core, in seconds. */
static double run(const char *packs, const char *replies) {
    struct rusage usage;
    int status;
    pid_t child = fork();
    if (child == 0)
        become_score(packs, replies);
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        fprintf(stderr, "itr score failed\n");
        exit(1);
    }
    return seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
}

struct figures {
    double start, replies; /* the best of the runs */
};

static void run_both(const char *packs, const char *none, const char *replies,
                     struct figures *figures) {
    double start = run(packs, none), took = run(packs, replies) - start;
    figures->start = start < figures->start ? start : figures->start;
    figures->replies = took < figures->replies ? took : figures->replies;
}

/* Copies the packs into `folder` and adds the invented phrases. */
static void blow_up(const char *packs, const char *folder, struct texts *texts) {
    static const char *const languages[] = {"zh", "en"};
    struct buffer from = {0}, to = {0};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        add_path(&from, packs, languages[i]);
        add_path(&to, folder, languages[i]);
        copy_packs(buffer_text(&from), buffer_text(&to), texts);
    }
    write_invented(buffer_text(&to), texts);
    buffer_free(&from);
    buffer_free(&to);
}

int main(void) {
    const char *source = getenv("ITR_SOURCE");
    char folder[] = "/tmp/bench-score-XXXXXX";
    struct buffer lines = {0}, packs = {0}, replies = {0}, none = {0};
    struct texts texts = {0};
    read_dev(&lines);
    if (lines.length == 0 || getenv("ITR_PROGRAM") == NULL || mkdtemp(folder) == NULL) {
        printf("no data: set ITR_SHARED to the folder that holds data/replies-dev.jsonl\n");
        return SKIPPED;
    }
    add_path(&replies, folder, "replies");
    add_path(&none, folder, "none");
    double count = (double)write_replies(buffer_text(&replies), &lines, REPLIES);
    write_replies(buffer_text(&none), &lines, 0);
    add_path(&packs, source != NULL ? source : ".", "scenarios/behaviours");
    blow_up(buffer_text(&packs), folder, &texts);
    struct figures plain = {1e9, 1e9}, many = {1e9, 1e9};
    for (int i = 0; i < RUNS; i++) { /* by turns, so that other load meets both */
        run_both(buffer_text(&packs), buffer_text(&none), buffer_text(&replies), &plain);
        run_both(folder, buffer_text(&none), buffer_text(&replies), &many);
    }
    printf("start with all packs       | %8.1f ms\n", plain.start * 1e3);
    printf("replies a second of a core | %8.0f\n", count / plain.replies);
    printf("with ten times the phrases | %8.0f | %.2f times as long (start %.0f ms)\n",
           count / many.replies, many.replies / plain.replies, many.start * 1e3);
    remove_folder(folder);
    for (size_t i = 0; i < texts.count; i++)
        free(texts.items[i]);
    free(texts.items);
    buffer_free(&lines);
    buffer_free(&packs);
    buffer_free(&replies);
    buffer_free(&none);
    return 0;
}
