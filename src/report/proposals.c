/* What trainees want to be kept: from the `proposed` rows of closed records, with the decisions of
 * coaches, which stand in a table of their own. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const char *const words[] = {"open", "approved", "rejected"};

const char *proposal_state_word(enum proposal_state state) {
    return words[state];
}

const char *report_row_id(struct arena *arena, const char *path, uint32_t row) {
    struct buffer id = {0};
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *suffix = strrchr(name, '.');
    buffer_add(&id, name, suffix ? (size_t)(suffix - name) : strlen(name));
    buffer_printf(&id, ":%" PRIu32, row);
    const char *text = arena_text(arena, buffer_text(&id));
    buffer_free(&id);
    return text;
}

/* "TITLE: TEXT", with a colon of either width; without one the whole is both. */
static void take_text(struct report_proposal *proposal, const char *text, struct arena *arena) {
    const char *narrow = strchr(text, ':'), *wide = strstr(text, "：");
    const char *colon = !wide || (narrow && narrow < wide) ? narrow : wide;
    proposal->title =
        colon ? arena_text_of(arena, text, (size_t)(colon - text)) : arena_text(arena, text);
    const char *rest = colon ? colon + (colon == wide ? strlen("：") : 1) : text;
    proposal->text = arena_text(arena, rest + strspn(rest, " "));
}

static void take_decision(struct report_proposal *proposal, const char *data, struct arena *arena) {
    struct decision decision;
    proposal->by = proposal->reason = "";
    if (!knowledge_decision(data, proposal->id, &decision, arena, NULL))
        return;
    proposal->state = decision.approved ? PROPOSAL_APPROVED : PROPOSAL_REJECTED;
    proposal->by = decision.by;
    proposal->reason = decision.reason;
}

static void take_row(struct report_proposals *proposals, const char *data,
                     const struct record *record, const struct record_opening *opening,
                     const struct record_row *row) {
    proposals->items = memory_reserve(proposals->items, &proposals->capacity, proposals->count + 1,
                                      sizeof *proposals->items);
    struct report_proposal *proposal = &proposals->items[proposals->count++];
    struct arena *arena = proposals->arena;
    *proposal = (struct report_proposal){.id = report_row_id(arena, record->path, row->row),
                                         .trainee = opening->trainee,
                                         .scenario_id = opening->scenario_id,
                                         .start = arena_text(arena, opening->start)};
    take_text(proposal, row->text, arena);
    take_decision(proposal, data, arena);
}

static void take_record(struct report_proposals *proposals, const char *data,
                        const struct record *record) {
    struct record_opening opening;
    if (!record->count ||
        !record_opening_from_row(&record->rows[0], &opening, proposals->arena, NULL)) {
        proposals->unreadable++;
        return;
    }
    for (size_t i = 1; i < record->count; i++)
        if (!strcmp(record->rows[i].kind, event_kind_word(EVENT_PROPOSED)))
            take_row(proposals, data, record, &opening, &record->rows[i]);
}

bool report_proposals(const char *data, struct report_proposals *proposals, struct error *error) {
    struct record_summary *summaries;
    size_t count;
    *proposals = (struct report_proposals){.arena = arena_new()};
    if (!record_history(data, &summaries, &count, &proposals->unreadable, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record *record = record_read(summaries[i].path, NULL);
        if (record)
            take_record(proposals, data, record);
        else
            proposals->unreadable++;
        record_free(record);
    }
    record_history_free(summaries, count);
    return true;
}

void report_proposals_free(struct report_proposals *proposals) {
    free(proposals->items);
    arena_free(proposals->arena);
    *proposals = (struct report_proposals){0};
}
