/* Figures for programs: JSON, and CSV that a spreadsheet opens without running or changing it. */
#include "report/report.h"

#include <string.h>

static const char *const names[] = {
#define X(name, hits, count, label) #name,
    REPORT_FIGURES(X)
#undef X
};

/* ---- cells ---- */

/* What a spreadsheet takes for a formula; the wide forms too, that some editions accept. */
static bool starts_formula(const char *text) {
    static const char *const starts[] = {"=",  "+", "-",  "@",  "\t", "\r",
                                         "\n", "'", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(text, starts[i], strlen(starts[i])))
            return true;
    return false;
}

/* Only signs of numbers, dates and times: it would lose its zeros, its digits or its shape. */
static bool reads_as_number(const char *text) {
    return *text && strspn(text, "0123456789") > 0 &&
           text[strspn(text, "0123456789.,:/-+eE% ")] == '\0';
}

void report_cell(struct buffer *out, const char *text) {
    buffer_add_byte(out, '"');
    if (starts_formula(text) || reads_as_number(text))
        buffer_add_byte(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buffer_add_byte(out, '"');
        buffer_add_byte(out, *text);
    }
    buffer_add_byte(out, '"');
}

void report_inert_cell(struct buffer *out, const char *text) {
    struct buffer inert = {0};
    display_add(&inert, text, strlen(text), false);
    report_cell(out, buffer_text(&inert));
    buffer_free(&inert);
}

/* ---- figures ---- */

static void add_thousandths(struct buffer *out, int64_t value) {
    buffer_printf(out, "%lld.%03lld", (long long)(value / 1000), (long long)(value % 1000));
}

static int64_t rounded(double share) {
    return (int64_t)(1000 * share + 0.5);
}

static void add_share_json(struct buffer *out, const char *name, struct report_share share,
                           int target) {
    double low, high;
    buffer_printf(out, ", \"%s\": {\"hits\": %lld, \"count\": %lld", name, (long long)share.hits,
                  (long long)share.count);
    if (share.count) {
        report_interval(share, &low, &high);
        buffer_add_text(out, ", \"share\": ");
        add_thousandths(out, report_thousandths(share));
        buffer_add_text(out, ", \"low\": ");
        add_thousandths(out, rounded(low));
        buffer_add_text(out, ", \"high\": ");
        add_thousandths(out, rounded(high));
    }
    if (target)
        buffer_printf(out, ", \"target\": 0.%02d, \"verdict\": \"%s\"", target,
                      report_verdict(share, target));
    else if (!report_enough(share))
        buffer_add_text(out, ", \"verdict\": \"too few\"");
    buffer_add_byte(out, '}');
}

static void add_q(struct buffer *out, int64_t sum, int64_t count) {
    char text[16];
    buffer_add_text(out, tenths_text((int32_t)report_mean(sum, count), text));
}

static void add_group_json(struct buffer *out, const struct report_group *group) {
    buffer_add_text(out, "{\"name\": ");
    json_add_string(out, group->name, strlen(group->name));
    buffer_printf(out, ", \"calls\": %lld, \"unsure\": %lld, \"q_mean\": ", (long long)group->calls,
                  (long long)group->unsure);
    add_q(out, group->q_sum, group->calls);
    buffer_printf(out, ", \"frt_mean_ms\": ");
    if (group->replied)
        buffer_printf(out, "%lld", (long long)report_mean(group->frt_sum, group->replied));
    else
        buffer_add_text(out, "null");
    buffer_printf(
        out, ", \"frt_verdict\": \"%s\", \"aht_mean_ms\": %lld, \"aht_verdict\": \"%s\", ",
        report_first_reply_verdict(group), (long long)report_mean(group->aht_sum, group->calls),
        report_handling_verdict(group));
    buffer_printf(out, "\"aht_under\": %lld, \"aht_over\": %lld", (long long)group->aht_under,
                  (long long)group->aht_over);
    for (int i = 0; i < FIGURE_COUNT; i++)
        add_share_json(out, names[i], group->shares[i], report_target((enum report_figure)i));
    buffer_add_byte(out, '}');
}

void report_groups_json(struct buffer *out, const struct report_figures *figures) {
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < figures->count; i++) {
        buffer_add_text(out, i ? ",\n  " : "\n  ");
        add_group_json(out, &figures->items[i]);
    }
    buffer_add_byte(out, ']');
}

/* hits, count, share and its interval; the last three empty where nothing was counted. */
static void add_share_csv(struct buffer *out, struct report_share share) {
    double low, high;
    buffer_printf(out, ",%lld,%lld,", (long long)share.hits, (long long)share.count);
    if (!share.count) {
        buffer_add_text(out, ",,");
        return;
    }
    report_interval(share, &low, &high);
    add_thousandths(out, report_thousandths(share));
    buffer_add_byte(out, ',');
    add_thousandths(out, rounded(low));
    buffer_add_byte(out, ',');
    add_thousandths(out, rounded(high));
}

static void add_share_header(struct buffer *out, const char *name) {
    buffer_printf(out, ",%s,%s_of,%s_share,%s_low,%s_high", name, name, name, name, name);
}

void report_groups_csv(struct buffer *out, const struct report_figures *figures) {
    buffer_add_text(out, "name,calls,unsure,q_mean,frt_mean_ms,aht_mean_ms,aht_under,aht_over");
    for (int i = 0; i < FIGURE_COUNT; i++)
        add_share_header(out, names[i]);
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < figures->count; i++) {
        const struct report_group *group = &figures->items[i];
        report_inert_cell(out, group->name);
        buffer_printf(out, ",%lld,%lld,", (long long)group->calls, (long long)group->unsure);
        add_q(out, group->q_sum, group->calls);
        buffer_add_byte(out, ',');
        if (group->replied)
            buffer_printf(out, "%lld", (long long)report_mean(group->frt_sum, group->replied));
        buffer_printf(out, ",%lld,%lld,%lld", (long long)report_mean(group->aht_sum, group->calls),
                      (long long)group->aht_under, (long long)group->aht_over);
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            add_share_csv(out, group->shares[figure]);
        buffer_add_byte(out, '\n');
    }
}

/* ---- stages ---- */

void report_stages_json(struct buffer *out, const struct report_stages *stages) {
    buffer_add_text(out, "\"stages\": [");
    for (int i = 0; i < STAGE_COUNT; i++) {
        buffer_printf(out, "%s{\"stage\": \"%s\", \"q_mean\": ", i ? ", " : "",
                      stage_word((enum stage)i));
        if (stages->passed[i].count)
            add_q(out, stages->q_sum[i], stages->passed[i].count);
        else
            buffer_add_text(out, "null");
        add_share_json(out, "passed", stages->passed[i], 0);
        buffer_add_byte(out, '}');
    }
    buffer_add_text(out, "], \"actions\": [");
    for (int i = 0; i < ACTION_COUNT; i++) {
        buffer_printf(out, "%s{\"action\": \"%s\"", i ? ", " : "",
                      key_action_word((enum key_action)i));
        add_share_json(out, "met", stages->met[i], 0);
        buffer_add_byte(out, '}');
    }
    buffer_add_byte(out, ']');
}

void report_stages_csv(struct buffer *out, const struct report_stages *stages) {
    buffer_add_text(out, "name,kind,q_mean,hits,of,share,low,high\n");
    for (int i = 0; i < STAGE_COUNT; i++) {
        buffer_printf(out, "%s,stage,", stage_word((enum stage)i));
        if (stages->passed[i].count)
            add_q(out, stages->q_sum[i], stages->passed[i].count);
        add_share_csv(out, stages->passed[i]);
        buffer_add_byte(out, '\n');
    }
    for (int i = 0; i < ACTION_COUNT; i++) {
        buffer_printf(out, "%s,action,", key_action_word((enum key_action)i));
        add_share_csv(out, stages->met[i]);
        buffer_add_byte(out, '\n');
    }
}
