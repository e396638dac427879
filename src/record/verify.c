/* Verifying: every row is made again from what the fold says must have happened, and compared. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "record/fold.h"

struct check {
    struct record_opening opening;
    struct arena *arena;
    bool judge_again;
    struct record_turns turns;
    struct reading reading;
    struct buffer room;
};

static bool same_text(const char *a, size_t a_length, const char *b, size_t b_length) {
    return a_length == b_length && memcmp(a, b, a_length) == 0;
}

/* Which column of the row differs from the one made again; NULL when none does. */
static const char *different(const struct record_row *row, const struct record_row *made) {
    if (strcmp(row->node, made->node) != 0)
        return "node";
    if (strcmp(row->ref, made->ref) != 0)
        return "ref";
    if (!same_text(row->text, row->text_length, made->text, made->text_length))
        return "text";
    return strcmp(row->data, made->data) != 0 ? "data" : NULL;
}

/* ---- what a row should say ---- */

static void make_typed(struct check *check, const struct event *event,
                       const struct record_fold *fold, struct record_row *made) {
    struct event again = *event;
    struct judgement judgement;
    if (check->judge_again) {
        call_judge(fold->call, check->turns.items, check->turns.count, event->text, event->length,
                   &check->reading, &judgement);
        again.judgement = &judgement;
    }
    record_row_from_event(fold->call, &again, made, &check->room);
}

/* What the trainee chose is the script's own sentence, whatever the row says. */
static void make_reply(struct check *check, const struct event *event,
                       const struct record_fold *fold, struct record_row *made) {
    struct event again = *event;
    again.text =
        fold->scenario->nodes[event->node].replies[event->ref].says.in[check->opening.language];
    again.length = strlen(again.text);
    record_row_from_event(fold->call, &again, made, &check->room);
}

static void make_handover(struct check *check, const struct event *event,
                          const struct record_fold *fold, struct record_row *made) {
    struct event again = *event;
    if (check->judge_again)
        again.needs = call_judge_note(fold->call, event->text ? event->text : "", event->length,
                                      &check->reading);
    record_row_from_event(fold->call, &again, made, &check->room);
}

/* Only the row can know them: why a clock stood still, what was noted, what an action was for (the
 * fold refuses a wrong one), what was written on the ticket, what the player of the customer said.
 */
static bool has_words(const struct event *event) {
    return event->kind == EVENT_GAP || event->kind == EVENT_REFUSED || event->kind == EVENT_NOTE ||
           event->kind == EVENT_ACTION || event->kind == EVENT_TICKET ||
           event->kind == EVENT_SAID || event->kind == EVENT_RATED;
}

/* What was found in the base only the row can know; which rule a proposed article meets is judged
 * again. */
static void make_lookup(struct check *check, const struct event *event,
                        const struct record_fold *fold, struct record_row *made) {
    struct event again = *event;
    if (event->kind == EVENT_PROPOSED && check->judge_again)
        again.ref = call_judge_proposal(fold->call, event->text, event->length, &check->reading);
    record_row_from_event(fold->call, &again, made, &check->room);
}

/* Silence, hold and their like have no words. */
static void make_other(struct check *check, const struct event *event,
                       const struct record_fold *fold, struct record_row *made) {
    struct event again = *event;
    if (!has_words(event))
        again.text = NULL;
    if (event->kind == EVENT_UNDO)
        again.number = record_turns_back(&check->turns, event->ref);
    if (event->kind == EVENT_TICKET && check->judge_again)
        again.verdict =
            call_judge_ticket(fold->call, event->ref, event->text, event->length, &check->reading);
    record_row_from_event(fold->call, &again, made, &check->room);
}

static void make_row(struct check *check, const struct event *event, const struct record_fold *fold,
                     struct record_row *made) {
    switch (event->kind) {
    case EVENT_OPENED:
        record_row_from_opening(&check->opening, made, &check->room);
        break;
    case EVENT_TYPED:
        make_typed(check, event, fold, made);
        break;
    case EVENT_LOOKUP:
    case EVENT_ARTICLE:
    case EVENT_PROPOSED:
        make_lookup(check, event, fold, made);
        break;
    case EVENT_REPLY:
        make_reply(check, event, fold, made);
        break;
    case EVENT_HANDOVER:
        make_handover(check, event, fold, made);
        break;
    case EVENT_CLOSED:
        scorecard_close(fold->scorecard, fold->call);
        record_row_from_closing(fold->call, fold->scorecard, event->t_ms, made, &check->room);
        break;
    default:
        make_other(check, event, fold, made);
    }
}

/* ---- comparing ---- */

/* The members of two JSON objects that differ, by name: "q, verdicts". */
static void name_differences(const char *recorded, const char *made, struct buffer *names) {
    cJSON *left = json_parse_line(recorded, strlen(recorded), NULL);
    cJSON *right = json_parse_line(made, strlen(made), NULL);
    const cJSON *item;
    cJSON_ArrayForEach(item, right) {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(left, item->string);
        if (!cJSON_Compare(item, other, true))
            buffer_printf(names, "%s%s", names->length ? ", " : "", item->string);
    }
    cJSON_Delete(left);
    cJSON_Delete(right);
}

static bool tell_difference(const struct record_row *row, const struct record_row *made,
                            const struct event *event, const char *column, struct error *error) {
    struct buffer names = {0};
    if (strcmp(column, "data") == 0)
        name_differences(row->data, made->data, &names);
    if (event->kind == EVENT_TYPED && !strcmp(column, "data"))
        error_set(error,
                  _("row %" PRIu32 " was changed: the marks it gives this reply are not those "
                    "of the rules (%s)"),
                  row->row, buffer_text(&names));
    else if (event->kind == EVENT_CLOSED)
        error_set(error,
                  _("row %" PRIu32 " was changed: it says something else than the call comes to "
                    "(%s)"),
                  row->row, names.length ? buffer_text(&names) : column);
    else
        error_set(error, _("row %" PRIu32 " was changed: its \"%s\" is not what the script gives"),
                  row->row, column);
    buffer_free(&names);
    return false;
}

static bool look(void *user, const struct record_row *row, const struct event *event,
                 const struct record_fold *fold, struct error *error) {
    struct check *check = user;
    struct record_row made;
    make_row(check, event, fold, &made);
    const char *column = different(row, &made);
    return !column || tell_difference(row, &made, event, column, error);
}

static void step(void *user, const struct record_row *row, const struct event *event,
                 const struct call_outcome *outcome, const struct record_fold *fold) {
    struct check *check = user;
    if (event->kind != EVENT_REFUSED)
        record_turns_add(&check->turns, event, outcome, check->opening.language, row->row);
}

/* ---- the verdict in a sentence ---- */

static void say(struct record_verdict *verdict, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void say(struct record_verdict *verdict, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    size_t room = sizeof verdict->text - strlen(verdict->text) - 1;
    size_t length = text.length < room ? text.length : room;
    while (length && length < text.length && (buffer_text(&text)[length] & 0xC0) == 0x80)
        length--; /* never half a character */
    strncat(verdict->text, buffer_text(&text), length);
    buffer_free(&text);
}

static void say_complete(const struct record *record, const struct record_fold *fold,
                         struct record_verdict *verdict) {
    char q[16];
    say(verdict, _("Complete: %zu rows, none changed; the call comes to Q %s (%s), as recorded."),
        record->count, tenths_text(fold->scorecard->q_tenths, q),
        fold->scorecard->pass ? _("pass") : _("no pass"));
}

static void say_good(const struct record *record, const struct record_fold *fold,
                     struct record_verdict *verdict) {
    switch (record->state) {
    case RECORD_COMPLETE:
        say_complete(record, fold, verdict);
        break;
    case RECORD_TORN:
        say(verdict,
            _("Torn: %s; the call was not closed. Going on with it cuts the torn row off."),
            record->damage);
        break;
    case RECORD_DAMAGED:
        say(verdict, _("Damaged: %s."), record->damage);
        break;
    default:
        say(verdict, _("Not closed: %zu rows, none changed, but no closing row ends them."),
            record->count);
    }
}

static void verify_fold(const struct record *record, const struct scenario *scenario,
                        struct check *check, struct record_verdict *verdict) {
    struct record_fold fold;
    struct fold_hooks hooks = {.look = look, .step = step, .user = check};
    struct error error = {0};
    if (fold_rows(record, scenario, &fold, &hooks, &verdict->bad_row, &error)) {
        verdict->complete = record->state == RECORD_COMPLETE;
        verdict->ok = verdict->complete;
        verdict->bad_row = record->damaged_row;
        say_good(record, &fold, verdict);
    } else {
        say(verdict, _("Changed: %s."), error.text);
    }
    if (verdict->rules_differ)
        say(verdict, " ");
    if (verdict->rules_differ)
        say(verdict,
            _("Marks as recorded under rules %" PRIu32 "; this program judges by rules %d."),
            check->opening.rules, LANGUAGE_RULES_VERSION);
    record_fold_free(&fold);
}

/* Without a script only the file itself can be judged. */
static bool say_file(const struct record *record, struct record_verdict *verdict) {
    verdict->bad_row = record->damaged_row;
    if (record->damage)
        say(verdict, _("Damaged: %s."), record->damage);
    else
        say(verdict, _("%zu rows, none changed; without its script the call can't be refolded."),
            record->count);
    return false;
}

static bool fits_script(const struct record *record, const struct scenario *scenario,
                        struct check *check, struct record_verdict *verdict) {
    struct error error = {0};
    if (!scenario || !record->count)
        return say_file(record, verdict);
    if (!record_opening_from_row(&record->rows[0], &check->opening, check->arena, &error)) {
        verdict->bad_row = record->rows[0].row;
        say(verdict, _("Changed: %s."), error.text);
        return false;
    }
    if (strcmp(check->opening.bundle, scenario_hash(scenario)) != 0) {
        say(verdict,
            _("The call was played with another version of the script \"%s\" (bundle %.12s…) than "
              "the one given, so it can't be refolded."),
            check->opening.scenario_id, check->opening.bundle);
        return false;
    }
    return true;
}

void record_verify(const struct record *record, const struct scenario *scenario,
                   struct record_verdict *verdict) {
    struct check check = {.arena = arena_new()};
    *verdict = (struct record_verdict){0};
    if (fits_script(record, scenario, &check, verdict)) {
        verdict->rules_differ = check.opening.rules != LANGUAGE_RULES_VERSION;
        check.judge_again = !verdict->rules_differ;
        verify_fold(record, scenario, &check, verdict);
    }
    record_turns_free(&check.turns);
    reading_free(&check.reading);
    buffer_free(&check.room);
    arena_free(check.arena);
}
