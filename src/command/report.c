/* itr report: what the records of a group say. */
#include <string.h>

#include "command/command.h"

/* What one report is made of; each kind fills `out` by the options. */
struct asked {
    const struct options *options;
    struct store *store;
    struct report_filter filter;
    struct buffer out;
};

/* ---- team ---- */

static void add_errors(struct buffer *out, const struct report_errors *errors) {
    buffer_printf(out, _("%u calls, %u passed\n"), errors->calls, errors->passes);
    if (errors->unreadable)
        buffer_printf(out, _("%zu records could not be read; `itr verify` says why\n"),
                      errors->unreadable);
    for (size_t i = 0; i < errors->count; i++) {
        const struct report_error *error = &errors->items[i];
        if (error->counted < REPORT_ENOUGH)
            buffer_printf(out, "  %-8s", _("too few"));
        else
            buffer_printf(out, "  %3u %%   ",
                          (100 * error->missed + error->counted / 2) / error->counted);
        struct buffer scenario = {0};
        display_add(&scenario, error->scenario_id, strlen(error->scenario_id), false);
        buffer_printf(out, _("missed %u of %u  %s  "), error->missed, error->counted,
                      buffer_text(&scenario));
        buffer_free(&scenario);
        const char *text = error->text ? error->text : error->point;
        display_add(out, text, strlen(text), false);
        if (error->text)
            buffer_printf(out, " (%s)", key_action_label(error->action));
        buffer_add_byte(out, '\n');
    }
}

static void add_errors_json(struct buffer *out, const struct report_errors *errors) {
    buffer_printf(out, "{\"calls\": %u, \"passes\": %u, \"unreadable\": %zu, \"errors\": [",
                  errors->calls, errors->passes, errors->unreadable);
    for (size_t i = 0; i < errors->count; i++) {
        const struct report_error *error = &errors->items[i];
        buffer_add_text(out, i ? ", {\"scenario\": " : "{\"scenario\": ");
        json_add_string(out, error->scenario_id, strlen(error->scenario_id));
        buffer_add_text(out, ", \"point\": ");
        json_add_string(out, error->point, strlen(error->point));
        buffer_printf(out, ", \"counted\": %u, \"missed\": %u}", error->counted, error->missed);
    }
    buffer_add_byte(out, ']');
}

static void add_errors_csv(struct buffer *out, const struct report_errors *errors) {
    buffer_add_text(out, "scenario,point,counted,missed\n");
    for (size_t i = 0; i < errors->count; i++) {
        report_inert_cell(out, errors->items[i].scenario_id);
        buffer_add_byte(out, ',');
        report_inert_cell(out, errors->items[i].point);
        buffer_printf(out, ",%u,%u\n", errors->items[i].counted, errors->items[i].missed);
    }
}

static bool report_team(struct asked *asked, struct error *error) {
    struct report_errors errors;
    struct report_figures figures = {0};
    bool good =
        report_common_errors(asked->store, &asked->filter, message_language(), &errors, error) &&
        report_figures(asked->store, REPORT_ALL, &asked->filter, &figures, error);
    if (good && asked->options->json) {
        add_errors_json(&asked->out, &errors);
        buffer_add_text(&asked->out, ", \"simulated\": true, \"figures\": ");
        report_groups_json(&asked->out, &figures);
        buffer_add_text(&asked->out, "}\n");
    } else if (good && asked->options->csv) {
        add_errors_csv(&asked->out, &errors);
    } else if (good) {
        add_errors(&asked->out, &errors);
        if (figures.count)
            report_tell_groups(&asked->out, &figures);
    }
    report_figures_free(&figures);
    report_errors_free(&errors);
    return good;
}

/* ---- trainee, scenario, kpi, stage ---- */

static void add_groups(struct asked *asked, const char *kind, const struct report_figures *figures,
                       int64_t unreadable) {
    if (asked->options->json) {
        buffer_printf(&asked->out,
                      "{\"report\": \"%s\", \"simulated\": true, \"unreadable\": %lld, \"rows\": ",
                      kind, (long long)unreadable);
        report_groups_json(&asked->out, figures);
        buffer_add_text(&asked->out, "}\n");
    } else if (asked->options->csv) {
        report_groups_csv(&asked->out, figures);
    } else {
        report_tell_groups(&asked->out, figures);
        if (unreadable)
            buffer_printf(&asked->out, _("%zu records could not be read; `itr verify` says why\n"),
                          (size_t)unreadable);
    }
}

static bool report_groups(struct asked *asked, const char *kind, enum report_by by,
                          struct error *error) {
    struct report_figures figures;
    int64_t unreadable = 0;
    bool good = report_figures(asked->store, by, &asked->filter, &figures, error) &&
                report_unreadable(asked->store, &unreadable, error);
    if (good)
        add_groups(asked, kind, &figures, unreadable);
    report_figures_free(&figures);
    return good;
}

static bool report_trainee(struct asked *asked, struct error *error) {
    return report_groups(asked, "trainee", REPORT_TRAINEE, error);
}

static bool report_scenario(struct asked *asked, struct error *error) {
    return report_groups(asked, "scenario", REPORT_SCENARIO, error);
}

static void add_days_json(struct buffer *out, const struct report_figures *days, uint32_t per_day) {
    buffer_add_text(out, ", \"days\": [");
    for (size_t i = 0; i < days->count; i++) {
        buffer_add_text(out, i ? ", {\"day\": " : "{\"day\": ");
        json_add_string(out, days->items[i].name, strlen(days->items[i].name));
        buffer_printf(out, ", \"calls\": %lld}", (long long)days->items[i].calls);
    }
    buffer_add_byte(out, ']');
    if (per_day) {
        struct report_share full = report_full_days(days, per_day);
        buffer_printf(out, ", \"per_day\": %u, \"full_days\": %lld", per_day, (long long)full.hits);
    }
}

static bool report_kpi_of(struct asked *asked, struct error *error) {
    static const struct report_group nothing = {.name = ""};
    const struct options *options = asked->options;
    struct report_figures all, days = {0};
    bool good = report_figures(asked->store, REPORT_ALL, &asked->filter, &all, error) &&
                report_figures(asked->store, REPORT_DAY, &asked->filter, &days, error);
    if (good && options->json) {
        buffer_add_text(&asked->out, "{\"report\": \"kpi\", \"simulated\": true, \"rows\": ");
        report_groups_json(&asked->out, &all);
        add_days_json(&asked->out, &days, options->per_day);
        buffer_add_text(&asked->out, "}\n");
    } else if (good && options->csv) {
        report_groups_csv(&asked->out, &days);
    } else if (good) {
        report_tell_kpi(&asked->out, all.count ? all.items : &nothing, &days, options->per_day);
    }
    report_figures_free(&all);
    report_figures_free(&days);
    return good;
}

static bool report_stage(struct asked *asked, struct error *error) {
    struct report_stages stages;
    if (!report_stages(asked->store, &asked->filter, &stages, error))
        return false;
    if (asked->options->json) {
        buffer_add_text(&asked->out, "{\"report\": \"stage\", \"simulated\": true, ");
        report_stages_json(&asked->out, &stages);
        buffer_add_text(&asked->out, "}\n");
    } else if (asked->options->csv) {
        report_stages_csv(&asked->out, &stages);
    } else {
        report_tell_stages(&asked->out, &stages);
    }
    return true;
}

/* ---- choosing ---- */

static const struct kind {
    const char *name;
    bool (*report)(struct asked *asked, struct error *error);
} kinds[] = {{"team", report_team},
             {"trainee", report_trainee},
             {"scenario", report_scenario},
             {"stage", report_stage},
             {"kpi", report_kpi_of}};

static const struct kind *kind_of(const struct options *options) {
    for (size_t i = 0; options->argc == 1 && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(options->argv[0], kinds[i].name))
            return &kinds[i];
    return NULL;
}

/* A damaged index shows itself when it is asked: it is made anew, once. */
static int report(const struct options *options, const struct kind *kind) {
    struct error error = {0};
    struct asked asked = {
        .options = options,
        .store = command_store(options),
        .filter = {options->trainee, options->scenario, options->since, options->until,
                   options->mode < 0 ? NULL : mode_word((enum mode)options->mode)}};
    if (!asked.store)
        return EXIT_IO;
    bool good = kind->report(&asked, &error);
    if (!good) {
        buffer_clear(&asked.out);
        good = store_mend(asked.store, &error) && kind->report(&asked, &error);
    }
    store_free(asked.store); /* nobody waits for us while a pager is read */
    int status = good ? EXIT_DONE : command_fail(EXIT_IO, "%s", error.text);
    if (good && !command_write(&asked.out))
        status = EXIT_IO;
    buffer_free(&asked.out);
    return status;
}

int command_report(int argc, char **argv) {
    struct options options;
    int status;
    if (!options_read(argc, argv,
                      OPTION_DATA | OPTION_LANG | OPTION_JSON | OPTION_FILTER | OPTION_INDEX,
                      N_("itr report team|trainee|scenario|stage|kpi: what the closed calls say, "
                         "and what a group gets wrong most"),
                      &options, &status))
        return status;
    const struct kind *kind = kind_of(&options);
    if (kind)
        status = report(&options, kind);
    else
        status = command_fail(
            EXIT_USAGE, _("name the report: itr report team, trainee, scenario, stage or kpi"));
    options_free(&options);
    return status;
}
