/* Figures for people. First reply and handling time never stand alone: what they were worth to the
 * customer stands in the same lines. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

static const char *const labels[] = {
#define X(name, hits, count, label) label,
    REPORT_FIGURES(X)
#undef X
};

/* Percent to reach; 0: no target. */
static const int targets[FIGURE_COUNT] = {
    [FIGURE_fcr] = 85, [FIGURE_csat] = 95, [FIGURE_defused] = 78};

int report_target(enum report_figure figure) {
    return targets[figure];
}

const char *report_verdict(struct report_share share, int percent) {
    if (!report_enough(share))
        return N_("too few");
    return 100 * share.hits >= percent * share.count ? N_("reached") : N_("not reached");
}

const char *report_first_reply_verdict(const struct report_group *group) {
    if (group->calls < REPORT_ENOUGH || !group->replied)
        return N_("too few");
    return group->frt_sum <= group->frt_target_sum ? N_("reached") : N_("not reached");
}

const char *report_handling_verdict(const struct report_group *group) {
    if (group->calls < REPORT_ENOUGH)
        return N_("too few");
    if (group->aht_sum < AHT_FROM * group->calls)
        return N_("too short");
    return group->aht_sum > AHT_UNTIL * group->calls ? N_("too long") : N_("reached");
}

int64_t report_mean(int64_t sum, int64_t count) {
    return count ? (2 * sum + count) / (2 * count) : 0;
}

/* ---- pieces ---- */

static void add_heading(struct buffer *out) {
    /* xgettext:no-c-format */
    buffer_add_text(out, _("Simulated calls; shares with their 95 % interval."));
    buffer_add_byte(out, '\n');
}

static void add_percent(struct buffer *out, int64_t thousandths) {
    buffer_printf(out, "%lld.%lld", (long long)(thousandths / 10), (long long)(thousandths % 10));
}

static int64_t rounded(double share) {
    return (int64_t)(1000 * share + 0.5);
}

static void add_share(struct buffer *out, struct report_share share) {
    double low, high;
    if (!share.count) {
        buffer_add_text(out, "–");
        return;
    }
    if (report_enough(share)) {
        report_interval(share, &low, &high);
        add_percent(out, report_thousandths(share));
        buffer_add_text(out, " % (");
        add_percent(out, rounded(low));
        buffer_add_byte(out, '-');
        add_percent(out, rounded(high));
        buffer_printf(out, _(", %lld of %lld)"), (long long)share.hits, (long long)share.count);
    } else {
        buffer_printf(out, _("too few (%lld of %lld)"), (long long)share.hits,
                      (long long)share.count);
    }
}

/* Rounded up, as on the receipt: what is late by a hair is never shown as in time. */
static void add_seconds(struct buffer *out, const struct report_group *group) {
    int64_t tenths =
        group->replied ? (group->frt_sum + 100 * group->replied - 1) / (100 * group->replied) : 0;
    if (group->replied)
        buffer_printf(out, "%lld.%lld s", (long long)(tenths / 10), (long long)(tenths % 10));
    else
        buffer_add_text(out, "–");
}

static void add_minutes(struct buffer *out, const struct report_group *group) {
    int64_t s = report_mean(group->aht_sum, 1000 * group->calls);
    buffer_printf(out, "%lld:%02lld", (long long)(s / 60), (long long)(s % 60));
}

static void add_labelled(struct buffer *out, const struct report_group *group,
                         enum report_figure figure) {
    buffer_printf(out, "%s ", _(labels[figure]));
    add_share(out, group->shares[figure]);
}

static void add_calls(struct buffer *out, const struct report_group *group) {
    char q[16];
    buffer_printf(out, _("%lld calls"), (long long)group->calls);
    buffer_printf(out, " · Q %s · ",
                  tenths_text((int32_t)report_mean(group->q_sum, group->calls), q));
    add_labelled(out, group, FIGURE_passed);
    buffer_add_byte(out, '\n');
}

/* ---- trainees, scripts ---- */

static void add_line(struct buffer *out, const struct report_group *group,
                     const enum report_figure *figures, size_t count) {
    buffer_add_text(out, "    ");
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, i ? " · " : "");
        add_labelled(out, group, figures[i]);
    }
    buffer_add_byte(out, '\n');
}

static void add_group(struct buffer *out, const struct report_group *group) {
    static const enum report_figure worth[] = {FIGURE_fcr, FIGURE_csat};
    static const enum report_figure faults[] = {FIGURE_transferred, FIGURE_complaint, FIGURE_error};
    display_add(out, group->name, strlen(group->name), false);
    buffer_add_text(out, *group->name ? " · " : "");
    add_calls(out, group);
    buffer_printf(out, "    %s ", _("first reply"));
    add_seconds(out, group);
    buffer_add_text(out, " · ");
    add_labelled(out, group, FIGURE_frt);
    buffer_printf(out, "\n    %s ", _("handling time"));
    add_minutes(out, group);
    buffer_add_text(out, " · ");
    add_labelled(out, group, FIGURE_aht);
    buffer_add_byte(out, '\n');
    add_line(out, group, worth, 2);
    add_line(out, group, faults, 3);
}

void report_tell_groups(struct buffer *out, const struct report_figures *figures) {
    add_heading(out);
    for (size_t i = 0; i < figures->count; i++)
        add_group(out, &figures->items[i]);
    if (!figures->count)
        buffer_printf(out, "%s\n", _("no calls"));
}

/* ---- figures against targets ---- */

static void add_target(struct buffer *out, const struct report_group *group,
                       enum report_figure figure) {
    buffer_add_text(out, "  ");
    add_labelled(out, group, figure);
    if (targets[figure]) {
        buffer_printf(out, _(" · target %d %%"), targets[figure]);
        buffer_printf(out, " · %s", _(report_verdict(group->shares[figure], targets[figure])));
    }
    buffer_add_byte(out, '\n');
}

struct report_share report_full_days(const struct report_figures *days, int64_t per_day) {
    struct report_share share = {0, (int64_t)days->count};
    for (size_t i = 0; i < days->count; i++)
        share.hits += days->items[i].calls >= per_day;
    return share;
}

static void add_days(struct buffer *out, const struct report_figures *days, int64_t per_day) {
    for (size_t i = 0; i < days->count; i++) {
        buffer_add_text(out, "  ");
        display_add(out, days->items[i].name, strlen(days->items[i].name), false);
        buffer_add_byte(out, ' ');
        buffer_printf(out, _("%lld calls"), (long long)days->items[i].calls);
        if (per_day)
            buffer_printf(out, _(" · target %lld · %s"), (long long)per_day,
                          days->items[i].calls >= per_day ? _("reached") : _("not reached"));
        buffer_add_byte(out, '\n');
    }
}

void report_tell_kpi(struct buffer *out, const struct report_group *group,
                     const struct report_figures *days, int64_t per_day) {
    add_heading(out);
    add_calls(out, group);
    buffer_printf(out, "  %s ", _("first reply"));
    add_seconds(out, group);
    buffer_printf(out, _(" · target %lld s"),
                  (long long)(group->replied
                                  ? report_mean(group->frt_target_sum, 1000 * group->replied)
                                  : FRT_S));
    buffer_printf(out, " · %s · ", _(report_first_reply_verdict(group)));
    add_labelled(out, group, FIGURE_frt);
    buffer_printf(out, "\n  %s ", _("handling time"));
    add_minutes(out, group);
    buffer_printf(out, " · %s · ", _(report_handling_verdict(group)));
    add_labelled(out, group, FIGURE_aht);
    buffer_printf(out, _(" · shorter %lld · longer %lld"), (long long)group->aht_under,
                  (long long)group->aht_over);
    buffer_add_byte(out, '\n');
    for (int i = FIGURE_fcr; i < FIGURE_COUNT; i++)
        add_target(out, group, (enum report_figure)i);
    add_days(out, days, per_day);
}

/* ---- stages ---- */

void report_tell_stages(struct buffer *out, const struct report_stages *stages) {
    add_heading(out);
    for (int i = 0; i < STAGE_COUNT; i++) {
        char q[16];
        struct report_share passed = stages->passed[i];
        buffer_printf(out, "%s · ", stage_label((enum stage)i));
        buffer_printf(out, _("mean %s · at least %d "),
                      passed.count
                          ? tenths_text((int32_t)report_mean(stages->q_sum[i], passed.count), q)
                          : "–",
                      PASS_STAGE);
        add_share(out, passed);
        buffer_add_byte(out, '\n');
        for (int action = 0; action < ACTION_COUNT; action++) {
            if (key_action_stage((enum key_action)action) != (enum stage)i)
                continue;
            buffer_printf(out, _("    %s · points met "),
                          key_action_label((enum key_action)action));
            add_share(out, stages->met[action]);
            buffer_add_byte(out, '\n');
        }
    }
}
