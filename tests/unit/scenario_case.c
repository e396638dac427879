#include "scenario_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

const char *source_path(const char *name) {
    static char path[4096];
    const char *root = getenv("ITR_SOURCE");
    snprintf(path, sizeof path, "%s/%s", root ? root : ".", name);
    return path;
}

static void read_whole(const char *name, struct buffer *out) {
    struct error error = {0};
    if (!file_read(source_path(name), JSON_SIZE, out, &error))
        fail_msg("%s", error.text);
}

void case_start(struct script_case *script) {
    *script = (struct script_case){0};
    read_whole("tests/unit/scenario/whole.json", &script->script);
    read_whole("tests/unit/scenario/scenes/check.json", &script->scene);
}

void case_replace(struct buffer *text, const char *old, const char *with) {
    struct buffer changed = {0};
    const char *at = strstr(buffer_text(text), old);
    if (!at)
        fail_msg("the script has no: %s", old);
    buffer_add(&changed, text->bytes, (size_t)(at - text->bytes));
    buffer_add_text(&changed, with);
    buffer_add_text(&changed, at + strlen(old));
    buffer_free(text);
    *text = changed;
}

static void write_text(const char *folder, const char *name, const struct buffer *text) {
    struct buffer path = {0};
    struct error error = {0};
    file_join(&path, folder, name);
    if (!file_replace(buffer_text(&path), buffer_text(text), text->length, &error))
        fail_msg("%s", error.text);
    buffer_free(&path);
}

void case_load(struct script_case *script, const char *behaviours) {
    char path[128];
    struct error error = {0};
    strcpy(script->folder, "/tmp/itr-scenario-XXXXXX");
    assert_non_null(mkdtemp(script->folder));
    snprintf(path, sizeof path, "%s/scenes", script->folder);
    assert_true(file_make_folder(path, &error));
    write_text(script->folder, "whole.json", &script->script);
    write_text(script->folder, "scenes/check.json", &script->scene);
    snprintf(path, sizeof path, "%s/whole.json", script->folder);
    script->scenario = scenario_load(path, behaviours, &script->findings);
    if (script->scenario)
        scenario_check(script->scenario, &script->findings);
}

const struct finding *case_finding(const struct script_case *script, const char *code) {
    for (size_t i = 0; i < script->findings.count; i++)
        if (strcmp(script->findings.items[i].code, code) == 0)
            return &script->findings.items[i];
    return NULL;
}

void case_end(struct script_case *script) {
    static const char *const names[] = {"scenes/check.json", "scenes", "whole.json", ""};
    char path[128];
    for (size_t i = 0; *script->folder && i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", script->folder, names[i]);
        remove(path);
    }
    scenario_free(script->scenario);
    findings_free(&script->findings);
    buffer_free(&script->script);
    buffer_free(&script->scene);
}
