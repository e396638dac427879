#include "report/telling.h"

#include <string.h>

static void add_string(struct buffer *out, const char *key, const char *text) {
    buffer_printf(out, "\"%s\": ", key);
    json_add_string(out, text, strlen(text));
}

static void add_stages(struct buffer *out, const struct scorecard *scorecard) {
    char figure[16];
    buffer_add_text(out, "\"stages\": {");
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        int32_t tenths = scorecard_stage_tenths(scorecard, (enum stage)stage);
        buffer_printf(out, "%s\"%s\": %s", stage ? ", " : "", stage_word((enum stage)stage),
                      tenths < 0 ? "null" : tenths_text(tenths, figure));
    }
    buffer_add_text(out, "}");
}

static void add_spans(struct buffer *out, const struct scorecard_point *at) {
    buffer_add_text(out, ", \"spans\": [");
    for (uint8_t i = 0; i < at->span_count; i++)
        buffer_printf(out, "%s[%u, %u]", i ? ", " : "", at->spans[i].from, at->spans[i].to);
    buffer_add_text(out, "]");
}

static void add_missing(struct buffer *out, const struct scorecard *scorecard, uint32_t i,
                        enum language language) {
    struct buffer names = {0};
    report_lacking(&names, scorecard->scenario, i, scorecard->points[i].lacks, language);
    buffer_add_text(out, ", ");
    add_string(out, "missing", buffer_text(&names));
    buffer_free(&names);
}

static void add_point(struct buffer *out, const struct scorecard *scorecard, uint32_t i,
                      enum language language) {
    static const char *const values[] = {"0", "0.5", "1"};
    const struct point *point = &scorecard->scenario->points[i];
    const struct scorecard_point *at = &scorecard->points[i];
    buffer_add_text(out, "{");
    add_string(out, "id", point->id);
    buffer_printf(out, ", \"action\": \"%s\", \"weight\": %u, \"counts\": %s, \"value\": %s",
                  key_action_word(point->action), point->weight, at->counts ? "true" : "false",
                  values[at->halves]);
    if (at->tried) {
        buffer_printf(out, ", \"verdict\": \"%s\", \"row\": %u, \"t_ms\": %lld",
                      verdict_name(at->verdict), at->row, (long long)at->t_ms);
        if (at->reason) {
            buffer_add_text(out, ", ");
            add_string(out, "reason", at->reason);
        }
    }
    if (at->lacks && at->halves < 2)
        add_missing(out, scorecard, i, language);
    if (at->words) {
        buffer_add_text(out, ", \"words\": ");
        json_add_string(out, at->words, at->words_length);
        add_spans(out, at);
    }
    buffer_add_text(out, "}");
}

static void add_practice(struct buffer *out, const struct call *call,
                         const struct scorecard *scorecard, const struct record_opening *opening) {
    const struct scorecard_sure *sure = &scorecard->sure;
    struct call_view view;
    call_view(call, &view);
    buffer_printf(out, ", \"undone\": %u, \"timeouts\": %u, \"hinted\": [", view.undone,
                  view.timeouts);
    const char *between = "";
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++)
        if (call_hinted(call, i)) {
            buffer_add_text(out, between);
            json_add_string(out, scorecard->scenario->points[i].id,
                            strlen(scorecard->scenario->points[i].id));
            between = ", ";
        }
    buffer_printf(out,
                  "], \"sure\": {\"said\": [%u, %u, %u], \"right\": [%u, %u, %u], \"wrong\": [",
                  sure->said[1], sure->said[2], sure->said[3], sure->right[1], sure->right[2],
                  sure->right[3]);
    for (uint32_t i = 0; i < sure->wrong_count && i < SURE_ROWS; i++)
        buffer_printf(out, "%s%u", i ? ", " : "", sure->wrong[i].row);
    buffer_add_text(out, "]}");
    if (opening->login) {
        buffer_add_text(out, ", ");
        add_string(out, "login", opening->login);
    }
}

void report_receipt_json(struct buffer *out, const struct call *call,
                         const struct scorecard *scorecard, const struct record_opening *opening) {
    struct call_view view;
    call_view(call, &view);
    char figure[16];
    buffer_add_text(out, "{\"kind\": \"receipt\", ");
    add_string(out, "scenario", opening->scenario_id);
    buffer_printf(out, ", \"version\": %u, \"rules\": %u, ", opening->scenario_version,
                  opening->rules);
    add_string(out, "trainee", opening->trainee);
    buffer_printf(out, ", \"mode\": \"%s\", \"outcome\": \"%s\", ", mode_word(view.mode),
                  outcome_word(view.outcome));
    if (view.ending >= 0) {
        add_string(out, "ending", call_scenario(call)->endings[view.ending].id);
        buffer_add_text(out, ", ");
    }
    buffer_printf(out, "\"q\": %s, \"q_upper\": ", tenths_text(scorecard->q_tenths, figure));
    buffer_printf(out, "%s, \"pass\": %s, \"critical\": %s, \"unsure\": %s, ",
                  tenths_text(scorecard->q_upper_tenths, figure),
                  scorecard->pass ? "true" : "false", scorecard->critical ? "true" : "false",
                  scorecard->unsure ? "true" : "false");
    add_stages(out, scorecard);
    buffer_printf(out, ", \"gathered\": %u, \"gatherable\": %u, \"case\": \"%s\", \"fcr\": %d",
                  scorecard->gathered, scorecard->gatherable,
                  scorecard->case_closed ? "closed" : "open", scorecard->first_contact);
    receipt_desk_json(out, call);
    add_practice(out, call, scorecard, opening);
    receipt_customer_json(out, &view, scorecard);
    receipt_seats_json(out, call);
    report_kpi_json(out, scorecard, opening);
    receipt_facts_json(out, call, scorecard);
    buffer_add_text(out, ", \"points\": [");
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_point(out, scorecard, i, view.language);
    }
    buffer_add_text(out, "]}\n");
}
