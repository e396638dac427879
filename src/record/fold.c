/* Refolding: the same fold as live play, fed from the rows. */
#include <inttypes.h>
#include <stdlib.h>

#include "record/fold.h"

/* A refused row was never applied: it is told, with an outcome in which nothing happened. */
static bool fold_refused(const struct record_row *row, const struct event *event,
                         struct record_fold *fold, const struct fold_hooks *hooks,
                         struct error *error) {
    struct call_outcome nothing = {0};
    struct call_view view;
    call_view(fold->call, &view);
    if (event->node != view.node || event->t_ms < view.t_ms)
        return error_set(
            error, _("row %" PRIu32 " (%s) can't have happened there: %s"), row->row, row->kind,
            call_refusal_sentence(event->node != view.node ? CALL_WRONG_NODE : CALL_TIME_BACK));
    if (hooks->look && !hooks->look(hooks->user, row, event, fold, error))
        return false;
    if (hooks->step)
        hooks->step(hooks->user, row, event, &nothing, fold);
    return true;
}

static bool fold_row(const struct record_row *row, struct record_fold *fold,
                     const struct fold_hooks *hooks, struct error *error) {
    struct event event;
    struct judgement judgement;
    struct call_outcome outcome;
    if (!record_event_from_row(fold->call, row, &event, &judgement, error))
        return false;
    if (event.kind == EVENT_REFUSED)
        return fold_refused(row, &event, fold, hooks, error);
    enum call_refusal refusal = call_allows(fold->call, &event);
    if (refusal != CALL_ALLOWED)
        return error_set(error, _("row %" PRIu32 " (%s) can't have happened there: %s"), row->row,
                         row->kind, call_refusal_sentence(refusal));
    if (hooks->look && !hooks->look(hooks->user, row, &event, fold, error))
        return false;
    call_apply(fold->call, &event, &outcome);
    scorecard_apply(fold->scorecard, &event, &outcome, row->row);
    if (event.kind == EVENT_CLOSED)
        scorecard_close(fold->scorecard, fold->call);
    if (hooks->step)
        hooks->step(hooks->user, row, &event, &outcome, fold);
    return true;
}

bool fold_rows(const struct record *record, const struct scenario *scenario,
               struct record_fold *fold, const struct fold_hooks *hooks, uint32_t *bad_row,
               struct error *error) {
    *fold = (struct record_fold){
        .scenario = scenario, .call = call_new(scenario), .scorecard = scorecard_new(scenario)};
    *bad_row = 0;
    for (size_t i = 0; i < record->count; i++) {
        if (fold_row(&record->rows[i], fold, hooks, error))
            continue;
        *bad_row = record->rows[i].row;
        return false;
    }
    return true;
}

bool record_refold(const struct record *record, const struct scenario *scenario,
                   struct record_fold *fold, record_step *step, void *user, uint32_t *bad_row,
                   struct error *error) {
    struct fold_hooks hooks = {.step = step, .user = user};
    return fold_rows(record, scenario, fold, &hooks, bad_row, error);
}

void record_fold_free(struct record_fold *fold) {
    free(fold->call);
    scorecard_free(fold->scorecard);
    *fold = (struct record_fold){0};
}
