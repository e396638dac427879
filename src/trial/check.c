/* Findings by playing the script. */
#include <stdlib.h>

#include "trial/trial.h"

static void add_path(struct buffer *out, const struct scenario *scenario,
                     const struct trial_path *path) {
    for (uint32_t i = 0; i < path->count; i++) {
        const struct trial_step *step = &path->steps[i];
        const char *said = step->reply      ? step->reply->id
                           : step->rule     ? step->rule->id
                           : step->later    ? "/later"
                           : step->action   ? step->action->id
                           : step->article  ? step->article->id
                           : step->handover ? "/handover"
                                            : "…";
        buffer_printf(out, "%s%s", i ? " → " : "", said);
        if (i == 30 && path->count > 32) {
            buffer_add_text(out, " → …");
            return;
        }
    }
}

static void find_stuck(const struct scenario *scenario, const struct trial *trial,
                       struct findings *findings) {
    if (!trial->has_stuck)
        return;
    struct buffer path = {0};
    add_path(&path, scenario, &trial->stuck);
    const struct trial_step *last = &trial->stuck.steps[trial->stuck.count - 1];
    scenario_find(
        scenario, &scenario->nodes[last->node], findings, FINDING_ERROR, "no-reply-left",
        _("after the replies %s no reply is left and the call ends by rule; give the node "
          "it leads to a reply without condition, or let it take typed replies"),
        buffer_text(&path));
    buffer_free(&path);
}

static void find_unearned(const struct scenario *scenario, const struct trial *trial,
                          struct findings *findings) {
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        if (trial->point_earned[i] || point->rule >= 0)
            continue;
        scenario_find(scenario, point, findings, FINDING_WARNING, "never-earned",
                      point_is_trip(point)
                          ? _("no path trips the point `%s`; let a reply trip it, or "
                              "take it out")
                          : _("no path earns the point `%s`; let a reply that can be "
                              "reached mark it, or take it out"),
                      point->id);
    }
}

static void find_unvisited(const struct scenario *scenario, const struct trial *trial,
                           struct findings *findings) {
    for (uint32_t i = 0; i < scenario->node_count; i++)
        if (!trial->node_seen[i])
            scenario_find(scenario, &scenario->nodes[i], findings, FINDING_WARNING, "never-visited",
                          _("no play gets to the node `%s`; the conditions on the way to it never "
                            "hold"),
                          scenario->nodes[i].id);
}

static void find_constant(const struct scenario *scenario, const struct trial *trial,
                          struct findings *findings) {
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        const struct node *node = &scenario->nodes[i];
        for (uint32_t k = 0; k < node->reply_count; k++) {
            const struct reply *reply = &node->replies[k];
            uint8_t seen = trial->condition_seen[reply->number];
            if (!reply->condition || (seen != 1 && seen != 2))
                continue;
            scenario_find(scenario, reply, findings, FINDING_WARNING, "condition-constant",
                          seen == 2 ? _("the condition of the reply `%s` holds in every play; "
                                        "leave it out or mend it")
                                    : _("the condition of the reply `%s` never holds in any play; "
                                        "mend it or take the reply out"),
                          reply->id);
        }
    }
}

static void find_no_pass(const struct scenario *scenario, const struct trial *trial,
                         struct findings *findings) {
    char figure[16];
    if (trial->has_best && !trial->best.pass)
        scenario_find(scenario, scenario, findings, FINDING_WARNING, "best-does-not-pass",
                      _("the best play found has Q %s and does not pass; give every stage enough "
                        "points on one route"),
                      tenths_text(trial->best.q_tenths, figure));
}

/* An ending that expects something of the account can be had with it. */
static void find_account(const struct scenario *scenario, const struct trial *trial,
                         struct findings *findings) {
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        if (scenario->endings[i].account_count && trial->ending_ends[i] && !trial->ending_fits[i])
            scenario_find(scenario, &scenario->endings[i], findings, FINDING_WARNING,
                          "account-never-fits",
                          _("no play comes to the ending `%s` with the account that it expects; "
                            "let an action set it, or mend `account`"),
                          scenario->endings[i].id);
}

void trial_check(const struct scenario *scenario, struct findings *findings) {
    struct trial *trial = trial_explore(scenario, TRIAL_CHECK_STATES);
    find_stuck(scenario, trial, findings);
    find_no_pass(scenario, trial, findings);
    if (trial->exact) {
        find_unearned(scenario, trial, findings);
        find_unvisited(scenario, trial, findings);
        find_constant(scenario, trial, findings);
        find_account(scenario, trial, findings);
    }
    trial_free(trial);
}

static bool passes(struct player *player, const struct scenario *scenario, uint64_t seed,
                   int32_t *q) {
    struct call *call = call_new(scenario);
    player_play(player, call, seed);
    bool pass = scorecard_quick(call, q);
    free(call);
    return pass;
}

static void audit_one(const struct scenario *scenario, enum policy policy, enum language language,
                      struct findings *findings) {
    char figure[16];
    int32_t q;
    struct player *player = player_new(scenario, policy, language);
    if (passes(player, scenario, 1, &q))
        scenario_find(scenario, scenario, findings, FINDING_WARNING, "strategy-passes",
                      _("a player who knows nothing (%s) passes with Q %s; make the wrong "
                        "replies as tempting as the right ones"),
                      policy_word(policy), tenths_text(q, figure));
    player_free(player);
}

#define AUDIT_RANDOM_PLAYS 1000

void trial_audit(const struct scenario *scenario, struct findings *findings) {
    static const enum policy blind[] = {POLICY_FIRST, POLICY_LAST, POLICY_LONGEST, POLICY_SHORTEST,
                                        POLICY_POLITEST};
    for (size_t i = 0; i < sizeof blind / sizeof *blind; i++)
        audit_one(scenario, blind[i], LANGUAGE_ZH, findings);
    struct simulation *plays = simulation_new(scenario);
    struct player *player = player_new(scenario, POLICY_RANDOM, LANGUAGE_ZH);
    simulation_run(plays, player, scenario, 1, AUDIT_RANDOM_PLAYS);
    if (plays->passes * 20 > AUDIT_RANDOM_PLAYS)
        scenario_find(scenario, scenario, findings, FINDING_WARNING, "strategy-passes",
                      _("%u of %u plays at random pass; make the wrong replies cost more"),
                      plays->passes, AUDIT_RANDOM_PLAYS);
    player_free(player);
    simulation_free(plays);
}
