/* The receipt: every figure with the sum it came from, every mark with the words that earned it. */
#include "report/telling.h"
#include "trial/trial.h"

#include <string.h>

static const char *const value_texts[] = {"0", "½", "1"};

static void add_text(struct buffer *out, const char *text, size_t length) {
    display_add(out, text, length, false);
}

static void add_plain(struct buffer *out, const char *text) {
    add_text(out, text, strlen(text));
}

static bool in_stage(const struct scorecard *scorecard, uint32_t i, enum stage stage) {
    return scorecard->points[i].counts && scorecard->scenario->points[i].stage == stage;
}

/* "(3·1 + 2·½ + 3·0)/8" */
static void add_sum(struct buffer *out, const struct scorecard *scorecard, enum stage stage) {
    const struct scenario *scenario = scorecard->scenario;
    const char *between = "";
    uint32_t weights = 0;
    buffer_add_text(out, "100 × (");
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        if (!in_stage(scorecard, i, stage))
            continue;
        weights += scenario->points[i].weight;
        buffer_printf(out, "%s%u·%s", between, scenario->points[i].weight,
                      value_texts[scorecard->points[i].halves]);
        between = " + ";
    }
    buffer_printf(out, ")/%u", weights);
}

static const char *verdict_text(const struct scorecard_point *at) {
    if (at->reason && !strcmp(at->reason, "unsure"))
        return _("UNSURE");
    return at->halves == 2 ? _("MET") : at->halves == 1 ? _("PARTIAL") : _("NOT");
}

/* The trainee's own words, with the words that showed the point in brackets. */
static void add_words(struct buffer *out, const struct scorecard_point *at) {
    uint32_t from = 0;
    for (uint8_t i = 0; i < at->span_count; i++) {
        add_text(out, at->words + from, at->spans[i].from - from);
        buffer_add_text(out, "[");
        add_text(out, at->words + at->spans[i].from, at->spans[i].to - at->spans[i].from);
        buffer_add_text(out, "]");
        from = at->spans[i].to;
    }
    add_text(out, at->words + from, at->words_length - from);
}

static void add_evidence(struct buffer *out, const struct scorecard_point *at,
                         enum language language) {
    if (at->words) {
        buffer_add_text(out, "        “");
        add_words(out, at);
        buffer_add_text(out, "”\n");
    } else if (at->reply) {
        buffer_add_text(out, "        “");
        add_plain(out, at->reply->says.in[language]);
        buffer_add_text(out, "”\n");
        if (*at->reply->why.in[language]) {
            buffer_add_text(out, "        ");
            add_plain(out, at->reply->why.in[language]);
            buffer_add_byte(out, '\n');
        }
    }
}

/* Of a point that was never gone for, all parts are missing. */
static void add_missing(struct buffer *out, const struct scorecard *scorecard, uint32_t i,
                        enum language language) {
    const struct scenario *scenario = scorecard->scenario;
    const struct scorecard_point *at = &scorecard->points[i];
    const struct point *point = &scenario->points[i];
    uint32_t lacks = at->lacks;
    if (!at->tried && point->rule >= 0 && !point_is_trip(point))
        lacks = lexicon_rule_parts(scenario->lexicon, (uint32_t)point->rule);
    if (at->halves == 2 || !lacks)
        return;
    buffer_printf(out, "        %s ", _("missing:"));
    report_lacking(out, scenario, i, lacks, language);
    buffer_add_byte(out, '\n');
}

static void add_point(struct buffer *out, const struct scorecard *scorecard, uint32_t i,
                      enum language language) {
    const struct point *point = &scorecard->scenario->points[i];
    const struct scorecard_point *at = &scorecard->points[i];
    buffer_printf(out, "    %s %u·%s  ", verdict_text(at), point->weight, value_texts[at->halves]);
    add_plain(out, point->text.in[language]);
    buffer_printf(out, " (%s)", key_action_label(point->action));
    if (at->tried) {
        buffer_printf(out, _(" · row %u, %d:%02d"), at->row, (int)(at->t_ms / 60000),
                      (int)(at->t_ms / 1000 % 60));
        if (at->reason)
            buffer_printf(out, " · %s", report_reason(at->reason));
    }
    buffer_add_byte(out, '\n');
    if (at->tried)
        add_evidence(out, at, language);
    add_missing(out, scorecard, i, language);
    const char *example = at->halves < 2 ? report_example(scorecard->scenario, i, language) : "";
    if (*example) {
        buffer_printf(out, "        %s ", _("better:"));
        add_plain(out, example);
        buffer_add_byte(out, '\n');
    }
}

static void add_stage(struct buffer *out, const struct scorecard *scorecard, enum stage stage,
                      enum language language) {
    static const char *const english[] = {"Intake", "Diagnosis", "Solution", "Follow-up"};
    char figure[16];
    const char *label = stage_label(stage);
    add_plain(out, label);
    if (strcmp(label, english[stage]) != 0)
        buffer_printf(out, " %s", english[stage]);
    if (scorecard->scenario->complaint_type != COMPLAINT_NONE)
        buffer_printf(out, " (%s)", complaint_step_label(stage));
    int32_t tenths = scorecard_stage_tenths(scorecard, stage);
    if (tenths < 0) {
        buffer_printf(out, " %s\n", _("has nothing that counts"));
        return;
    }
    buffer_printf(out, " %s = ", tenths_text(tenths, figure));
    add_sum(out, scorecard, stage);
    buffer_printf(out, "%s\n", scorecard->stage_passes[stage] ? "" : _("  · under 60, no pass"));
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++)
        if (in_stage(scorecard, i, stage))
            add_point(out, scorecard, i, language);
}

static void add_q(struct buffer *out, const struct scorecard *scorecard) {
    char figure[16];
    const char *between = "";
    buffer_printf(out, "Q = ");
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        int32_t tenths = scorecard_stage_tenths(scorecard, (enum stage)stage);
        uint32_t weight = scorecard->scenario->stage_weights[stage];
        if (tenths < 0)
            continue;
        buffer_printf(out, "%s%u.%03u·%s", between, weight / 1000, weight % 1000,
                      tenths_text(tenths, figure));
        between = " + ";
    }
    buffer_printf(out, " = %s\n", tenths_text(scorecard->q_tenths, figure));
    if (scorecard->q_upper_tenths != scorecard->q_tenths)
        buffer_printf(out, _("A person still has to decide: Q is between %s and %s.\n"),
                      tenths_text(scorecard->q_tenths, (char[16]){0}),
                      tenths_text(scorecard->q_upper_tenths, (char[16]){0}));
}

static void add_verdict(struct buffer *out, const struct scorecard *scorecard,
                        enum language language) {
    const struct scenario *scenario = scorecard->scenario;
    buffer_printf(out, "%s", scorecard->pass ? _("PASS") : _("FAIL"));
    if (!scorecard->q_passes)
        buffer_printf(out, _(" · Q is under %d"), PASS_Q);
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        if (!scorecard->stage_passes[stage])
            buffer_printf(out, _(" · %s is under %d"), stage_label((enum stage)stage), PASS_STAGE);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (scenario->points[i].kind == POINT_CRITICAL && !scorecard->points[i].halves) {
            buffer_printf(out, _(" · critical, %s: "), harm_label(scenario->points[i].harm));
            add_plain(out, scenario->points[i].text.in[language]);
        }
    buffer_add_byte(out, '\n');
}

/* Earned, still reachable and the best of the script stand side by side; a bound is shown as ≤. */
static void add_best(struct buffer *out, const struct call *call,
                     const struct scorecard *scorecard) {
    struct call_view view;
    char figure[16];
    bool exact;
    int32_t best = trial_best_q(scorecard->scenario, &exact);
    call_view(call, &view);
    buffer_printf(out, _("Earned %s"), tenths_text(scorecard->q_tenths, figure));
    if (!view.ended)
        buffer_printf(out, _(" · still reachable ≤ %s"),
                      tenths_text(scorecard->q_reachable_tenths, figure));
    buffer_printf(out, _(" · best of this script %s%s\n"), exact ? "" : "≤ ",
                  tenths_text(best, figure));
}

static void add_case(struct buffer *out, const struct scorecard *scorecard) {
    buffer_printf(out, _("Facts gathered: %u of %u · %s · solved at first contact: %s\n"),
                  scorecard->gathered, scorecard->gatherable,
                  scorecard->case_closed ? _("case closed") : _("case open"),
                  scorecard->first_contact ? _("yes") : _("no"));
}

static void add_next(struct buffer *out, const struct scorecard *scorecard) {
    int weakest = report_weakest(scorecard);
    if (weakest >= 0)
        buffer_printf(out, _("Practise next: %s\n"), key_action_label((enum key_action)weakest));
}

/* Who took the exam is what was said and what the system knew, and nothing more. */
static void add_exam(struct buffer *out, const struct record_opening *opening) {
    buffer_add_text(out, _("Exam of "));
    add_plain(out, opening->trainee);
    if (opening->login) {
        buffer_add_text(out, _(", under the login name "));
        add_plain(out, opening->login);
    }
    buffer_add_text(out, _(". Name and login are what was given; the record proves no more.\n"));
    buffer_add_text(out, _("The outcome is sealed: its row is chained to every row before it, and "
                           "`itr verify` names one that was altered.\n"));
}

static void add_sure(struct buffer *out, const struct scorecard_sure *sure) {
    if (!sure->said[1] && !sure->said[2] && !sure->said[3])
        return;
    for (uint32_t level = 1; level <= 3; level++)
        buffer_printf(out, _("%s%s: %u of %u right"), level > 1 ? " · " : "", report_sure(level),
                      sure->right[level], sure->said[level]);
    buffer_add_byte(out, '\n');
    for (uint32_t i = 0; i < sure->wrong_count && i < SURE_ROWS; i++)
        buffer_printf(out, _("  quite sure, and wrong: row %u, %d:%02d\n"), sure->wrong[i].row,
                      (int)(sure->wrong[i].t_ms / 60000), (int)(sure->wrong[i].t_ms / 1000 % 60));
}

static void add_practice(struct buffer *out, const struct call *call,
                         const struct scorecard *scorecard) {
    struct call_view view;
    uint32_t hints = 0;
    call_view(call, &view);
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++)
        hints += call_hinted(call, i) > 0;
    if (view.undone || hints)
        buffer_printf(out, _("Replies taken back: %u · points with a hint: %u\n"), view.undone,
                      hints);
    if (view.timeouts)
        buffer_printf(out, _("Replies that came too late: %u\n"), view.timeouts);
    add_sure(out, &scorecard->sure);
}

static void add_mode_note(struct buffer *out, const struct record_opening *opening, uint32_t gaps) {
    if (opening->mode == MODE_LEARN)
        buffer_add_text(out, _("Learn calls never count for a pass.\n"));
    if (opening->mode == MODE_EXAM)
        add_exam(out, opening);
    if (gaps)
        buffer_printf(out, _("Times the clock stood still in this call: %u.\n"), gaps);
}

void report_receipt(struct buffer *out, const struct call *call, const struct scorecard *scorecard,
                    const struct record_opening *opening) {
    struct call_view view;
    call_view(call, &view);
    buffer_printf(out, "%s: ", _("Receipt"));
    add_plain(out, scorecard->scenario->title.in[view.language]);
    buffer_add_text(out, " · ");
    add_plain(out, opening->trainee);
    buffer_printf(out, " · %s · %s\n", mode_label(view.mode), opening->start);
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        add_stage(out, scorecard, (enum stage)stage, view.language);
    add_q(out, scorecard);
    add_best(out, call, scorecard);
    add_verdict(out, scorecard, view.language);
    add_case(out, scorecard);
    report_kpi(out, scorecard, opening);
    receipt_desk(out, call, view.language);
    receipt_customer(out, &view, scorecard);
    receipt_seats(out, call);
    receipt_facts(out, call, scorecard);
    add_next(out, scorecard);
    add_practice(out, call, scorecard);
    add_mode_note(out, opening, view.gaps);
    if (scorecard->typed_turns)
        buffer_printf(out, _("%u of %u replies were typed; choosing is easier to guess.\n"),
                      scorecard->typed_turns, scorecard->turns);
    buffer_printf(out,
                  _("Rules %u · script %s version %u · %.16s · To appeal, show a supervisor this "
                    "receipt and the row.\n"),
                  opening->rules, opening->scenario_id, opening->scenario_version, opening->bundle);
}

int report_weakest(const struct scorecard *scorecard) {
    uint32_t lost[ACTION_COUNT] = {0}, whole[ACTION_COUNT] = {0};
    for (uint32_t i = 0; i < scorecard->scenario->point_count; i++) {
        const struct point *point = &scorecard->scenario->points[i];
        if (!scorecard->points[i].counts)
            continue;
        whole[point->action] += 2u * point->weight;
        lost[point->action] += point->weight * (2u - scorecard->points[i].halves);
    }
    int weakest = -1;
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (!lost[i])
            continue;
        if (weakest < 0) {
            weakest = i;
            continue;
        }
        uint64_t here = (uint64_t)lost[i] * whole[weakest];
        uint64_t best = (uint64_t)lost[weakest] * whole[i];
        if (here > best || (here == best && lost[i] > lost[weakest]))
            weakest = i;
    }
    return weakest;
}
