/* itr check: compiler-like findings on scripts. */
#include <stdlib.h>

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

static int check_one(const struct folders *folders, const struct options *options,
                     const char *name) {
    struct findings findings = {0};
    char *file = folders_scenario(folders, name);
    struct scenario *scenario = scenario_load(file, folders->behaviours, &findings);
    if (scenario) {
        scenario_check(scenario, &findings);
        trial_check(scenario, &findings);
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
        int one = check_one(&folders, options, options->argv[i]);
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
