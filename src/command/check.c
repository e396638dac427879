/* itr check: compiler-like findings on scripts. */
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "trial/trial.h"

static int print_findings(struct findings *findings, bool json) {
    struct buffer out = {0};
    findings_sort(findings);
    command_add_findings(findings, json, &out);
    int status = command_findings_status(findings);
    if (!command_write(&out))
        status = EXIT_IO;
    buffer_free(&out);
    return status;
}

/* Articles that a script names and the base does not have: nobody could ever open them. */
static void check_articles(const struct scenario *scenario, const struct knowledge *knowledge,
                           struct findings *findings) {
    for (uint32_t i = 0; i < scenario->article_count; i++)
        if (knowledge_find(knowledge, scenario->articles[i].id) < 0)
            scenario_find(scenario, &scenario->articles[i], findings, FINDING_WARNING,
                          "article-unknown",
                          _("the knowledge base has no article `%s`: `itr knowledge search` finds "
                            "those that there are"),
                          scenario->articles[i].id);
}

static void check_base(const struct folders *folders, const struct options *options,
                       const struct scenario *scenario, struct findings *findings) {
    struct findings unsound = {0}; /* the base has its own check */
    struct knowledge *knowledge = knowledge_open(folders->knowledge, options->data, &unsound);
    check_articles(scenario, knowledge, findings);
    knowledge_free(knowledge);
    findings_free(&unsound);
}

#define HEAD 4096 /* where a file says what it is */

static bool is_knowledge(const char *file) {
    struct buffer bytes = {0};
    bool read = file_read(file, JSON_SIZE, &bytes, NULL);
    if (bytes.length > HEAD)
        bytes.bytes[HEAD] = '\0';
    bool is = read && strstr(buffer_text(&bytes), "\"" KNOWLEDGE_FORMAT "\"");
    buffer_free(&bytes);
    return is;
}

static int check_knowledge(const char *file, bool json) {
    struct findings findings = {0};
    knowledge_check(file, &findings);
    int status = print_findings(&findings, json);
    findings_free(&findings);
    return status;
}

static int check_one(const struct folders *folders, const struct options *options,
                     const char *name) {
    struct findings findings = {0};
    char *file = folders_scenario(folders, name);
    struct scenario *scenario = scenario_load(file, folders->behaviours, &findings);
    if (scenario) {
        scenario_check(scenario, &findings);
        trial_check(scenario, &findings);
        if (scenario->article_count)
            check_base(folders, options, scenario, &findings);
        if (options->audit)
            trial_audit(scenario, &findings);
    }
    scenario_free(scenario);
    free(file);
    int status = print_findings(&findings, options->json);
    findings_free(&findings);
    return status;
}

static int check_all(const struct options *options) {
    struct folders folders;
    struct error error;
    if (!options->argc)
        return command_fail(EXIT_USAGE, _("name a script: itr check FILE…"));
    if (!folders_find(&folders, &error))
        return command_fail(EXIT_IO, "%s", error.text);
    int status = EXIT_DONE;
    for (int i = 0; i < options->argc; i++) {
        const char *name = options->argv[i];
        int one = is_knowledge(name) ? check_knowledge(name, options->json)
                                     : check_one(&folders, options, name);
        status = one > status ? one : status;
    }
    folders_free(&folders);
    return status;
}

int command_check(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv, OPTION_LANG | OPTION_DATA | OPTION_JSON | OPTION_AUDIT,
                      N_("itr check FILE…: FILE:LINE:COLUMN: error|warning CODE: what, and the "
                         "mend.\nSilent and 0 when a script is sound; 1 when there are findings."),
                      &options, &status))
        return status;
    status = check_all(&options);
    options_free(&options);
    return status;
}
