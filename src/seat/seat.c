#include "seat/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- write, then apply ---- */

static bool write_event(struct seat *seat, const struct event *event, uint32_t *number,
                        struct error *error) {
    struct record_row row = {0};
    record_row_from_event(seat->call, event, &row, &seat->room);
    if (!record_append(seat->writer, &row, error))
        return false;
    *number = row.row;
    return true;
}

static void apply(struct seat *seat, const struct event *event, uint32_t row) {
    struct call_outcome outcome;
    call_apply(seat->call, event, &outcome);
    scorecard_apply(seat->scorecard, event, &outcome, row);
    record_turns_add(&seat->turns, event, &outcome, seat->opening.language, row);
    seat_ticket_note(seat, event);
    seat_note_cue(seat, event, &outcome);
    if (seat->heard)
        seat->heard(seat->user, row, event, &outcome);
}

static enum seat_result commit(struct seat *seat, const struct event *event, struct error *error) {
    struct event mine = *event;
    uint32_t row;
    mine.seat = seat_of_row(seat, event);
    if (!write_event(seat, &mine, &row, error))
        return SEAT_FAILED;
    apply(seat, &mine, row);
    return SEAT_DONE;
}

static uint32_t node_of(const struct seat *seat) {
    struct call_view view;
    call_view(seat->call, &view);
    return view.node;
}

static void forget_locked(struct seat *seat) {
    free(seat->locked_text);
    seat->locked_text = NULL;
    seat->has_locked = false;
}

static void remember_locked(struct seat *seat, const struct event *event) {
    forget_locked(seat);
    seat->locked = *event;
    if (event->text) {
        seat->locked_text = memory_text_of(event->text, event->length);
        seat->locked.text = seat->locked_text;
    }
    if (event->judgement) {
        seat->locked_judgement = *event->judgement;
        seat->locked.judgement = &seat->locked_judgement;
    }
    seat->has_locked = true;
}

static bool is_locked_again(const struct seat *seat, const struct event *event) {
    const struct event *locked = &seat->locked;
    if (!seat->has_locked || locked->kind != event->kind || locked->node != event->node)
        return false;
    if (event->kind != EVENT_TYPED)
        return locked->ref == event->ref;
    if (event->kind == EVENT_ACTION)
        return locked->ref == event->ref && locked->amount == event->amount;
    if (event->kind == EVENT_HANDOVER)
        return true;
    return locked->length == event->length && !memcmp(locked->text, event->text, event->length);
}

static enum seat_result skip_to(struct seat *seat, const struct event *event, struct error *error) {
    struct event skip = {
        .kind = EVENT_SKIP,
        .t_ms = event->t_ms,
        .node = event->node,
        .ref = (uint32_t)call_next_stage(seat->call, event),
    };
    return commit(seat, &skip, error);
}

static enum seat_result refuse(struct seat *seat, const struct event *event,
                               enum call_refusal refusal, struct error *error) {
    if (refusal == CALL_EMPTY || refusal == CALL_CLOSED)
        return SEAT_REFUSED;
    struct buffer tried = {0};
    seat_tell_tried(seat, event, &tried);
    struct event refused = {
        .kind = EVENT_REFUSED,
        .seat = seat_of_row(seat, event),
        .t_ms = event->t_ms,
        .node = event->node,
        .ref = refusal,
        .text = tried.length ? buffer_text(&tried) : NULL,
        .length = tried.length,
    };
    uint32_t row;
    if (!write_event(seat, &refused, &row, error)) {
        buffer_free(&tried);
        return SEAT_FAILED;
    }
    if (refusal == CALL_LOCKED)
        remember_locked(seat, event);
    struct call_outcome nothing = {0};
    if (seat->heard)
        seat->heard(seat->user, row, &refused, &nothing);
    buffer_free(&tried);
    return SEAT_REFUSED;
}

static void judge(struct seat *seat, const char *text, size_t length, struct judgement *judgement) {
    call_judge(seat->call, seat->turns.items, seat->turns.count, text, length, &seat->reading,
               judgement);
}

/* The same reply twice at a lock is a knowing skip. */
enum seat_result seat_attempt(struct seat *seat, const struct event *event,
                              enum call_refusal *refusal, struct error *error) {
    *refusal = call_allows(seat->call, event);
    struct event after_skip = *event;
    struct judgement judgement;
    if (*refusal == CALL_LOCKED && is_locked_again(seat, event)) {
        enum seat_result result = skip_to(seat, event, error);
        if (result != SEAT_DONE)
            return result;
        /* What a condition sees may have changed since it was refused. */
        if (event->kind == EVENT_TYPED) {
            judge(seat, event->text, event->length, &judgement);
            after_skip.judgement = &judgement;
            event = &after_skip;
        }
        *refusal = call_allows(seat->call, event);
    }
    if (*refusal != CALL_ALLOWED)
        return refuse(seat, event, *refusal, error);
    enum seat_result result = commit(seat, event, error);
    if (result == SEAT_DONE)
        forget_locked(seat);
    return result;
}

/* ---- opening and resuming ---- */

static struct seat *seat_new(const struct scenario *scenario) {
    struct seat *seat = memory_new(sizeof *seat);
    seat->scenario = scenario;
    seat->arena = arena_new();
    seat->call = call_new(scenario);
    seat->scorecard = scorecard_new(scenario);
    return seat;
}

static uint32_t plays_before(const char *data, const char *trainee, const char *scenario_id) {
    struct record_summary *summaries;
    size_t count, unreadable;
    uint32_t plays = 0;
    if (!record_history(data, &summaries, &count, &unreadable, NULL))
        return 0;
    for (size_t i = 0; i < count; i++)
        plays += !strcmp(summaries[i].trainee, trainee) &&
                 !strcmp(summaries[i].scenario_id, scenario_id);
    record_history_free(summaries, count);
    return plays;
}

/* Asked for, else set once for this data folder; the usual one leaves no trace. */
static uint32_t frt_s_of(const struct seat_start *start) {
    struct settings settings;
    settings_read(start->data, &settings, NULL);
    uint32_t frt_s = start->frt_s ? start->frt_s : settings.frt_s;
    settings_free(&settings);
    return frt_s == FRT_S ? 0 : frt_s;
}

static void take_rate(struct seat *seat, const char *data) {
    struct settings settings;
    settings_read(data, &settings, NULL);
    if (settings.rate.han_tenths)
        seat->scorecard->rate.han_tenths = settings.rate.han_tenths;
    if (settings.rate.word_tenths)
        seat->scorecard->rate.word_tenths = settings.rate.word_tenths;
    settings_free(&settings);
}

static void fill_opening(struct seat *seat, const struct seat_start *start) {
    struct record_opening *opening = &seat->opening;
    time_t when = (time_t)start->start_utc_s;
    struct tm utc;
    gmtime_r(&when, &utc);
    strftime(opening->start, sizeof opening->start, "%Y-%m-%dT%H:%M:%SZ", &utc);
    opening->trainee = arena_text(seat->arena, start->trainee);
    opening->scenario_id = seat->scenario->id;
    opening->scenario_version = seat->scenario->version;
    opening->bundle = scenario_hash(seat->scenario);
    opening->program = ITR_VERSION;
    opening->rules = LANGUAGE_RULES_VERSION;
    opening->fold = CALL_FOLD_VERSION;
    opening->mode = start->mode;
    opening->language = start->language;
    opening->seed = start->seed;
    if (!start->first_play)
        opening->plays = plays_before(start->data, start->trainee, seat->scenario->id);
    opening->login = start->mode == MODE_EXAM ? seat_login(seat->arena) : NULL;
    opening->at = start->at ? seat->scenario->nodes[start->at - 1].id : NULL;
    opening->frt_s = frt_s_of(start);
    opening->seats = start->seats == 2 ? 2 : 0;
    take_rate(seat, start->data);
}

static bool keep_bundle(const struct seat_start *start, struct error *error) {
    struct buffer bundle = {0};
    scenario_bundle(start->scenario, &bundle);
    bool kept = record_keep_bundle(start->data, scenario_hash(start->scenario),
                                   buffer_text(&bundle), bundle.length, error);
    buffer_free(&bundle);
    return kept;
}

/* The customer's first words are told by `opened`, so the listener hears it when it is set. */
static bool write_opened(struct seat *seat, struct error *error) {
    struct record_row row = {0};
    record_row_from_opening(&seat->opening, &row, &seat->room);
    return record_append(seat->writer, &row, error);
}

static struct event opened_event(const struct record_opening *opening, uint32_t at) {
    return (struct event){
        .kind = EVENT_OPENED,
        .number = at,
        .seed = opening->seed,
        .mode = opening->mode,
        .language = opening->language,
        .plays = opening->plays,
        .fold = opening->fold,
        .seats = opening->seats,
    };
}

struct seat *seat_open(const struct seat_start *start, struct error *error) {
    if (!keep_bundle(start, error))
        return NULL;
    struct seat *seat = seat_new(start->scenario);
    seat->data = arena_text(seat->arena, start->data);
    fill_opening(seat, start);
    seat->writer =
        record_create(start->data, start->scenario->id, start->start_utc_s, start->no_sync, error);
    if (!seat->writer || !write_opened(seat, error)) {
        seat_free(seat);
        return NULL;
    }
    seat->path = memory_text(record_writer_path(seat->writer));
    seat->heard = start->heard;
    seat->user = start->user;
    struct event opened = opened_event(&seat->opening, start->at);
    opened.node = start->scenario->start;
    apply(seat, &opened, 2);
    return seat;
}

void seat_listen(struct seat *seat, seat_heard *heard, void *user) {
    seat->heard = heard;
    seat->user = user;
}

struct resuming {
    struct seat *seat;
    record_step *step;
    void *user;
};

static void resume_step(void *user, const struct record_row *row, const struct event *event,
                        const struct call_outcome *outcome, const struct record_fold *fold) {
    struct resuming *resuming = user;
    if (event->kind != EVENT_REFUSED)
        record_turns_add(&resuming->seat->turns, event, outcome, resuming->seat->opening.language,
                         row->row);
    seat_ticket_note(resuming->seat, event);
    if (event->kind != EVENT_REFUSED)
        seat_note_cue(resuming->seat, event, outcome);
    if (resuming->step)
        resuming->step(resuming->user, row, event, outcome, fold);
}

static struct scenario *bundled_scenario(const char *data, const struct record_opening *opening,
                                         struct error *error) {
    struct buffer bundle = {0};
    struct scenario *scenario = NULL;
    if (record_read_bundle(data, opening->bundle, &bundle, error)) {
        struct findings findings = {0};
        scenario = scenario_load_bundle(opening->scenario_id, buffer_text(&bundle), bundle.length,
                                        &findings);
        if (!scenario)
            error_set(error, _("The kept copy of the script %s does not load: %s"),
                      opening->scenario_id, findings.count ? findings.items[0].text : "");
        findings_free(&findings);
    }
    buffer_free(&bundle);
    return scenario;
}

struct scenario *seat_scenario_of(const char *data, const struct record *record,
                                  struct record_opening *opening, struct arena *arena,
                                  struct error *error) {
    if (!record->count) {
        error_set(error, _("%s holds no row that can be read."), record->path);
        return NULL;
    }
    if (!record_opening_from_row(&record->rows[0], opening, arena, error))
        return NULL;
    return bundled_scenario(data, opening, error);
}

/* Takes over the refolded call. */
static bool refold_into(struct seat *seat, const struct record *record, record_step *step,
                        void *user, struct error *error) {
    struct resuming resuming = {seat, step, user};
    struct record_fold fold = {0};
    uint32_t bad_row;
    if (!record_refold(record, seat->scenario, &fold, resume_step, &resuming, &bad_row, error)) {
        record_fold_free(&fold);
        return false;
    }
    free(seat->call);
    scorecard_free(seat->scorecard);
    seat->call = fold.call;
    seat->scorecard = fold.scorecard;
    return true;
}

/* The gap that resuming writes is told like the rows before it. */
static void tell_gap(void *user, uint32_t number, const struct event *event,
                     const struct call_outcome *outcome) {
    struct resuming *resuming = user;
    struct seat *seat = resuming->seat;
    struct record_row row = {.row = number, .t_ms = event->t_ms};
    struct record_fold fold = {seat->scenario, seat->call, seat->scorecard};
    if (resuming->step)
        resuming->step(resuming->user, &row, event, outcome, &fold);
}

/* Stopped between the closing row and the renaming, a call has only that left to do. */
static bool go_on(struct seat *seat, record_step *step, void *user, struct error *error) {
    struct resuming resuming = {seat, step, user};
    struct call_view view;
    call_view(seat->call, &view);
    if (view.phase == PHASE_CLOSED)
        return seat_close(seat, 0, error) == SEAT_DONE;
    seat_listen(seat, tell_gap, &resuming);
    bool written = seat_gap(seat, "resumed", error) == SEAT_DONE;
    seat_listen(seat, NULL, NULL);
    return written;
}

struct seat *seat_resume(const char *data, const char *path, record_step *step, void *user,
                         bool *cut, struct error *error) {
    struct record *record;
    struct record_writer *writer = record_reopen(path, &record, cut, error);
    if (!writer)
        return NULL;
    struct record_opening opening;
    struct arena *arena = arena_new();
    struct scenario *scenario = seat_scenario_of(data, record, &opening, arena, error);
    struct seat *seat = NULL;
    if (scenario) {
        seat = seat_new(scenario);
        seat->owned = scenario;
        seat->opening = opening;
        seat->path = memory_text(path);
        if (!refold_into(seat, record, step, user, error)) {
            seat_free(seat);
            seat = NULL;
        } else {
            take_rate(seat, data);
        }
    }
    record_free(record);
    if (!seat) {
        record_abandon(writer);
        arena_free(arena);
        return NULL;
    }
    arena_free(seat->arena);
    seat->arena = arena;
    seat->data = arena_text(arena, data);
    seat->writer = writer;
    if (go_on(seat, step, user, error))
        return seat;
    seat_free(seat);
    return NULL;
}

void seat_free(struct seat *seat) {
    if (!seat)
        return;
    if (seat->writer)
        record_abandon(seat->writer);
    record_turns_free(&seat->turns);
    forget_locked(seat);
    seat_ticket_forget(seat);
    reading_free(&seat->reading);
    buffer_free(&seat->room);
    buffer_free(&seat->masked);
    knowledge_free(seat->knowledge);
    scorecard_free(seat->scorecard);
    free(seat->call);
    free(seat->path);
    arena_free(seat->arena);
    scenario_free(seat->owned);
    free(seat);
}

/* ---- the trainee's side ---- */

enum seat_result seat_tick(struct seat *seat, int64_t now_ms, struct error *error) {
    struct event due;
    while (call_due(seat->call, now_ms, &due)) {
        enum seat_result result = commit(seat, &due, error);
        if (result != SEAT_DONE)
            return result;
    }
    return SEAT_DONE;
}

/* An event cannot be earlier than the one before it, whatever the clock says. */
static int64_t event_time(const struct seat *seat, int64_t now_ms) {
    struct call_view view;
    call_view(seat->call, &view);
    return now_ms > view.t_ms ? now_ms : view.t_ms;
}

enum seat_result seat_reply(struct seat *seat, int64_t now_ms, uint32_t option,
                            enum call_refusal *refusal, struct error *error) {
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    struct event event = {
        .kind = EVENT_REPLY,
        .t_ms = event_time(seat, now_ms),
        .node = node_of(seat),
        .ref = option,
    };
    const struct node *node = &seat->scenario->nodes[event.node];
    if (option < node->reply_count) {
        event.text = node->replies[option].says.in[seat->opening.language];
        event.length = strlen(event.text);
    }
    return seat_attempt(seat, &event, refusal, error);
}

void seat_mask(struct seat *seat, const char *text, size_t length) {
    struct buffer clean = {0};
    for (size_t at = 0; at < length;) {
        uint32_t codepoint;
        at += utf8_decode(text + at, length - at, &codepoint);
        buffer_add_codepoint(&clean, codepoint == UTF8_BAD ? 0xFFFD : codepoint);
    }
    buffer_clear(&seat->masked);
    language_mask(buffer_text(&clean), clean.length, seat->scenario->reserved, &seat->masked);
    buffer_free(&clean);
}

enum seat_result seat_type(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                           enum call_refusal *refusal, struct error *error) {
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    seat_mask(seat, text, length);
    struct judgement judgement;
    judge(seat, buffer_text(&seat->masked), seat->masked.length, &judgement);
    struct event event = {
        .kind = EVENT_TYPED,
        .t_ms = event_time(seat, now_ms),
        .node = node_of(seat),
        .text = buffer_text(&seat->masked),
        .length = seat->masked.length,
        .judgement = &judgement,
    };
    return seat_attempt(seat, &event, refusal, error);
}

/* Skips to where the reply refused last leads, and gives that reply. */
static enum seat_result skip_refused(struct seat *seat, int64_t t_ms, enum call_refusal *refusal,
                                     struct error *error) {
    *refusal = CALL_WRONG_PHASE;
    if (!seat->has_locked || seat->locked.node != node_of(seat))
        return SEAT_REFUSED;
    struct event again = seat->locked;
    again.t_ms = t_ms;
    return seat_attempt(seat, &again, refusal, error);
}

enum seat_result seat_do(struct seat *seat, int64_t now_ms, enum event_kind kind,
                         enum call_refusal *refusal, struct error *error) {
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    if (kind == EVENT_END && seat_is_after_call(seat))
        kind = EVENT_DONE;
    if (kind == EVENT_SKIP)
        return skip_refused(seat, event_time(seat, now_ms), refusal, error);
    return seat_try(seat, now_ms, &(struct event){.kind = kind}, refusal, error);
}

enum seat_result seat_try(struct seat *seat, int64_t now_ms, struct event *event,
                          enum call_refusal *refusal, struct error *error) {
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    event->t_ms = event_time(seat, now_ms);
    event->node = node_of(seat);
    return seat_attempt(seat, event, refusal, error);
}

enum seat_result seat_gap(struct seat *seat, const char *why, struct error *error) {
    struct event gap = {
        .kind = EVENT_GAP,
        .t_ms = event_time(seat, 0),
        .node = node_of(seat),
        .text = why,
        .length = strlen(why),
    };
    return commit(seat, &gap, error);
}

static void take_closed_path(struct seat *seat) {
    size_t stem = strlen(seat->path) - strlen(".open");
    struct buffer path = {0};
    buffer_add(&path, seat->path, stem);
    buffer_add_text(&path, ".csv");
    free(seat->path);
    seat->path = buffer_release(&path);
}

/* Renames the record; on failure the seat keeps it and the caller may try again. */
static bool finish(struct seat *seat, struct error *error) {
    if (!record_close(seat->writer, error))
        return false;
    seat->writer = NULL;
    seat->closed = true;
    seat_draft_write(seat, "", 0, NULL);
    take_closed_path(seat);
    return true;
}

static enum seat_result write_closed(struct seat *seat, int64_t now_ms, struct error *error) {
    struct event closed = {
        .kind = EVENT_CLOSED, .t_ms = event_time(seat, now_ms), .node = node_of(seat)};
    if (call_allows(seat->call, &closed) != CALL_ALLOWED)
        return SEAT_REFUSED;
    struct record_row row = {0};
    scorecard_close(seat->scorecard, seat->call);
    record_row_from_closing(seat->call, seat->scorecard, closed.t_ms, &row, &seat->room);
    if (!record_append(seat->writer, &row, error))
        return SEAT_FAILED;
    apply(seat, &closed, row.row);
    return SEAT_DONE;
}

enum seat_result seat_close(struct seat *seat, int64_t now_ms, struct error *error) {
    struct call_view view;
    if (seat->closed)
        return SEAT_DONE;
    call_view(seat->call, &view);
    enum seat_result result =
        view.phase == PHASE_CLOSED ? SEAT_DONE : write_closed(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    return finish(seat, error) ? SEAT_DONE : SEAT_FAILED;
}

const struct call *seat_call(const struct seat *seat) {
    return seat->call;
}

struct scorecard *seat_scorecard(struct seat *seat) {
    return seat->scorecard;
}

const struct record_opening *seat_opening(const struct seat *seat) {
    return &seat->opening;
}

const char *seat_record_path(const struct seat *seat) {
    return seat->path;
}

bool seat_closed(const struct seat *seat) {
    return seat->closed;
}

/* ---- the half-typed reply ---- */

static char *draft_path(const struct seat *seat) {
    struct buffer path = {0};
    buffer_add_text(&path, seat->path);
    buffer_add_text(&path, ".draft");
    return buffer_release(&path);
}

bool seat_draft_write(struct seat *seat, const char *text, size_t length, struct error *error) {
    char *path = draft_path(seat);
    bool done = true;
    if (length)
        done = file_replace(path, text, length, error);
    else if (file_exists(path))
        done = remove(path) == 0;
    free(path);
    return done;
}

bool seat_draft_read(struct seat *seat, struct buffer *out) {
    char *path = draft_path(seat);
    bool read = file_exists(path) && file_read(path, 1 << 20, out, NULL);
    free(path);
    return read;
}
