/* The clocks of a call, in words and as JSON. */
#include "report/report.h"

static int64_t frt_ms(const struct record_opening *opening) {
    return 1000 * (int64_t)(opening->frt_s ? opening->frt_s : FRT_S);
}

/* Seconds with a tenth, rounded up: what is late by a hair is never shown as in time. */
static void add_seconds(struct buffer *out, int64_t ms) {
    int64_t tenths = (ms + 99) / 100;
    buffer_printf(out, "%lld.%lld s", (long long)(tenths / 10), (long long)(tenths % 10));
}

static void add_minutes(struct buffer *out, int64_t ms) {
    buffer_printf(out, "%lld:%02lld", (long long)(ms / 60000), (long long)(ms / 1000 % 60));
}

static const char *met_text(int64_t ms, int64_t target_ms) {
    return kpi_met(ms, target_ms) ? _("in time") : _("not in time");
}

static void add_first_reply(struct buffer *out, int64_t ms, int64_t target_ms) {
    buffer_add_text(out, _("First reply: "));
    if (ms < 0)
        buffer_add_text(out, _("none"));
    else
        add_seconds(out, ms);
    buffer_printf(out, _(" · target %lld s · %s"), (long long)(target_ms / 1000),
                  met_text(ms, target_ms));
    buffer_add_byte(out, '\n');
}

static void add_opening(struct buffer *out, const struct kpi *kpi) {
    static const char *const names[] = {N_("offer to help"), N_("a key question"),
                                        N_("restate the issue")};
    buffer_printf(out, _("The first %d s: "), OPENING_MS / 1000);
    for (int i = 0; i < OPENING_COUNT; i++) {
        buffer_printf(out, "%s%s ", i ? " · " : "", _(names[i]));
        if (kpi->opening_ms[i] < 0)
            buffer_add_text(out, "–");
        else
            add_seconds(out, kpi->opening_ms[i]);
        buffer_add_text(out, kpi_met(kpi->opening_ms[i], OPENING_MS) ? " ✓" : " ✗");
    }
    buffer_add_byte(out, '\n');
}

static void add_time(struct buffer *out, const char *name, int64_t ms, const char *before) {
    buffer_printf(out, "%s%s ", before, name);
    add_minutes(out, ms);
}

static void add_times(struct buffer *out, const struct scorecard *scorecard) {
    const struct kpi *kpi = &scorecard->kpi;
    add_time(out, _("Talk"), kpi->talk_ms, "");
    add_time(out, _("hold"), kpi->hold_ms, " + ");
    add_time(out, _("after-call work"), kpi->after_ms, " + ");
    add_time(out, _("handling time"), kpi_aht_ms(kpi), " = ");
    buffer_printf(out, _(" · silences over %d s: %u, together "), SILENCE_MS / 1000, kpi->silences);
    add_minutes(out, kpi->dead_ms);
    buffer_add_byte(out, '\n');
    add_time(out, _("As spoken: you about"), speech_ms(kpi->said, scorecard->rate), "");
    add_time(out, _("the customer"), speech_ms(kpi->heard, scorecard->rate), ", ");
    if (kpi->typing_ms)
        add_time(out, _("thinking and typing took"), kpi->typing_ms, " · ");
    buffer_add_byte(out, '\n');
}

static void add_flags(struct buffer *out, const struct kpi *kpi) {
    for (uint32_t i = 0; i < kpi->flag_count && i < KPI_ROWS; i++)
        buffer_printf(out,
                      kpi->flags[i].broken ? _("  row %u: broken off, no whole reply\n")
                                           : _("  row %u: too long to listen to\n"),
                      kpi->flags[i].row);
}

static void add_case_clock(struct buffer *out, const char *name, int64_t ms, uint32_t target_ms) {
    buffer_printf(out, " · %s ", name);
    if (ms < 0)
        buffer_add_text(out, _("none"));
    else
        report_duration(out, ms);
    if (!target_ms)
        return;
    buffer_add_text(out, _(" of "));
    report_duration(out, target_ms);
    buffer_printf(out, ", %s", met_text(ms, target_ms));
}

static void add_case(struct buffer *out, const struct kpi *kpi,
                     const struct case_targets *targets) {
    if (!targets->first_response_ms && !targets->first_plan_ms && !targets->closure_ms)
        return;
    buffer_add_text(out, _("By the case clock"));
    add_case_clock(out, _("first reply"), kpi->response_ms, targets->first_response_ms);
    add_case_clock(out, _("first plan"), kpi->plan_ms, targets->first_plan_ms);
    add_case_clock(out, _("closed"), kpi->closure_ms, targets->closure_ms);
    buffer_add_byte(out, '\n');
}

void report_kpi(struct buffer *out, const struct scorecard *scorecard,
                const struct record_opening *opening) {
    const struct kpi *kpi = &scorecard->kpi;
    add_first_reply(out, scorecard->first_reply_ms, frt_ms(opening));
    add_opening(out, kpi);
    add_times(out, scorecard);
    add_flags(out, kpi);
    add_case(out, kpi, &scorecard->scenario->case_targets);
}

/* ---- JSON ---- */

/* KEY_ms, and KEY_met where there is a target. */
static void add_target(struct buffer *out, const char *key, int64_t ms, int64_t target_ms) {
    if (ms < 0)
        buffer_printf(out, ", \"%s_ms\": null", key);
    else
        buffer_printf(out, ", \"%s_ms\": %lld", key, (long long)ms);
    if (target_ms)
        buffer_printf(out, ", \"%s_met\": %s", key, kpi_met(ms, target_ms) ? "true" : "false");
}

static void add_ms(struct buffer *out, const char *key, int64_t ms) {
    add_target(out, key, ms, 0);
}

void report_kpi_json(struct buffer *out, const struct scorecard *scorecard,
                     const struct record_opening *opening) {
    static const char *const names[] = {"offer_help", "question", "restate"};
    const struct kpi *kpi = &scorecard->kpi;
    const struct case_targets *targets = &scorecard->scenario->case_targets;
    buffer_printf(out, ", \"kpi\": {\"frt_target_ms\": %lld", (long long)frt_ms(opening));
    add_target(out, "frt", scorecard->first_reply_ms, frt_ms(opening));
    for (int i = 0; i < OPENING_COUNT; i++)
        add_target(out, names[i], kpi->opening_ms[i], OPENING_MS);
    add_ms(out, "talk", kpi->talk_ms);
    add_ms(out, "hold", kpi->hold_ms);
    add_ms(out, "acw", kpi->after_ms);
    add_ms(out, "aht", kpi_aht_ms(kpi));
    add_ms(out, "dead_air", kpi->dead_ms);
    buffer_printf(out, ", \"silences\": %u, \"holds\": %u", kpi->silences, kpi->holds);
    add_ms(out, "speech", speech_ms(kpi->said, scorecard->rate));
    add_ms(out, "customer_speech", speech_ms(kpi->heard, scorecard->rate));
    add_ms(out, "typing", kpi->typing_ms);
    add_target(out, "case_first_response", kpi->response_ms, targets->first_response_ms);
    add_target(out, "case_first_plan", kpi->plan_ms, targets->first_plan_ms);
    add_target(out, "case_closure", kpi->closure_ms, targets->closure_ms);
    buffer_add_text(out, ", \"flagged\": [");
    for (uint32_t i = 0; i < kpi->flag_count && i < KPI_ROWS; i++)
        buffer_printf(out, "%s{\"row\": %u, \"why\": \"%s\"}", i ? ", " : "", kpi->flags[i].row,
                      kpi->flags[i].broken ? "broken" : "long");
    buffer_add_text(out, "]}");
}
