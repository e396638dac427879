#include "stage.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

void stage_set(struct stage *stage) {
    memset(stage, 0, sizeof *stage);
    strcpy(stage->data, "/tmp/itr-screen-XXXXXX");
    if (!mkdtemp(stage->data)) {
        perror("mkdtemp");
        abort();
    }
    stage->window.line = -1;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk) {
    return remove(path);
}

void stage_end(struct stage *stage) {
    if (stage->window.vterm)
        window_close(&stage->window);
    memset(&stage->window, 0, sizeof stage->window);
    stage->window.line = -1;
}

void stage_clear(struct stage *stage) {
    stage_end(stage);
    nftw(stage->data, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *needed(const char *name) {
    const char *value = getenv(name);
    if (!value) {
        fprintf(stderr, "%s is not set; run this test with meson test\n", name);
        exit(1);
    }
    return value;
}

const char *stage_script(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/tests/screen/scripts/%s", needed("ITR_SOURCE"), name);
    return path;
}

/* What the sanitizers of a test build must be told is handed on. */
static void add_inherited(char **list, size_t *count, const char *name) {
    const char *value = getenv(name);
    struct buffer entry = {0};
    if (!value)
        return;
    buffer_printf(&entry, "%s=%s", name, value);
    list[(*count)++] = buffer_release(&entry);
}

void stage_start(struct stage *stage, int rows, int columns, const char *const *arguments,
                 const char *const *environment) {
    static const char *const usual[] = {"TERM=xterm-256color", "LANG=C.UTF-8", NULL};
    char *argv[32] = {(char *)needed("ITR_PROGRAM")}, *list[32], data[96], home[96];
    size_t count = 0, given = 0;
    for (size_t i = 0; arguments[i]; i++)
        argv[i + 1] = (char *)arguments[i];
    snprintf(data, sizeof data, "ITR_DATA=%s", stage->data);
    snprintf(home, sizeof home, "HOME=%s", stage->data);
    list[count++] = data;
    list[count++] = home;
    for (const char *const *more = environment ? environment : usual; *more; more++)
        list[count++] = (char *)*more;
    given = count;
    add_inherited(list, &count, "ASAN_OPTIONS");
    add_inherited(list, &count, "UBSAN_OPTIONS");
    list[count] = NULL;
    window_open(&stage->window, rows, columns, argv, list);
    while (count > given)
        free(list[--count]);
}

void stage_play_as(struct stage *stage, int rows, int columns, const char *script,
                   const char *language, const char *mode) {
    const char *arguments[] = {"play",      stage_script(script),
                               "--trainee", "t1",
                               "--seed",    "1",
                               "--lang",    language,
                               "--mode",    mode,
                               NULL};
    stage_start(stage, rows, columns, arguments, NULL);
}

void stage_play(struct stage *stage, int rows, int columns, const char *script,
                const char *language) {
    stage_play_as(stage, rows, columns, script, language, "practise");
}

bool stage_pick(struct stage *stage, const char *text) {
    if (!window_wait(&stage->window, text))
        return false;
    const char *row = window_row(&stage->window, window_find(&stage->window, text));
    const char *at = strstr(row, text);
    while (at > row && !(at[-1] >= '1' && at[-1] <= '9'))
        at--;
    if (at == row)
        return false;
    window_send(&stage->window, at - 1, 1);
    return true;
}

static const char *wanted_ending;
static char found_file[512];

static int look_at(const char *path, const struct stat *status, int type, struct FTW *walk) {
    size_t length = strlen(path), ending = strlen(wanted_ending);
    if (type != FTW_F || length < ending || strcmp(path + length - ending, wanted_ending))
        return 0;
    snprintf(found_file, sizeof found_file, "%s", path);
    return 1;
}

const char *stage_file(struct stage *stage, const char *ending) {
    wanted_ending = ending;
    return nftw(stage->data, look_at, 16, FTW_PHYS) == 1 ? found_file : NULL;
}

bool stage_file_holds(struct stage *stage, const char *ending, const char *text) {
    struct buffer bytes = {0};
    const char *path = stage_file(stage, ending);
    bool holds =
        path && file_read(path, 64 << 20, &bytes, NULL) && strstr(buffer_text(&bytes), text);
    buffer_free(&bytes);
    return holds;
}

int stage_count(int few, int many) {
    const char *value = getenv("ITR_LONG");
    return value && *value == '1' ? many : few;
}
