/* What was said lately: a typed reply is judged by the turns before it, so live play and `verify`
 * must remember the same ones. */
#include <stdlib.h>
#include <string.h>

#include "record/record.h"

static void remember(struct record_turns *turns, uint32_t row, enum speaker who, const char *text,
                     size_t length) {
    if (turns->count == RECORD_TURNS) {
        free((char *)turns->items[0].text);
        memmove(turns->items, turns->items + 1, (RECORD_TURNS - 1) * sizeof *turns->items);
        memmove(turns->rows, turns->rows + 1, (RECORD_TURNS - 1) * sizeof *turns->rows);
        turns->count--;
    }
    turns->rows[turns->count] = row;
    turns->items[turns->count++] =
        (struct utterance){.who = who, .text = memory_text_of(text, length), .length = length};
}

/* A learn call keeps as many replies to take back as its state does. */
static void remember_reply(struct record_turns *turns, uint32_t row) {
    if (turns->reply_count == CALL_UNDO) {
        memmove(turns->replies, turns->replies + 1, (CALL_UNDO - 1) * sizeof *turns->replies);
        turns->reply_count--;
    }
    turns->replies[turns->reply_count++] = row;
}

uint32_t record_turns_back(const struct record_turns *turns, uint32_t steps) {
    if (!steps || steps > turns->reply_count)
        return 0;
    return turns->replies[turns->reply_count - steps] - 1;
}

/* What was taken back was not said, for what follows. */
static void take_back(struct record_turns *turns, uint32_t steps) {
    uint32_t last = record_turns_back(turns, steps);
    if (!last)
        return;
    turns->reply_count -= steps;
    while (turns->count && turns->rows[turns->count - 1] > last)
        free((char *)turns->items[--turns->count].text);
}

void record_turns_add(struct record_turns *turns, const struct event *event,
                      const struct call_outcome *outcome, enum language language, uint32_t row) {
    if (event->kind == EVENT_OPENED)
        turns->two_seats = event->seats == 2;
    if (event->kind == EVENT_UNDO)
        take_back(turns, event->ref);
    if (event_can_be_undone(event->kind))
        remember_reply(turns, row);
    if ((event->kind == EVENT_TYPED || event->kind == EVENT_REPLY) && event->text)
        remember(turns, row, SPEAKER_AGENT, event->text, event->length);
    if (event->kind == EVENT_SAID)
        remember(turns, row, SPEAKER_CUSTOMER, event->text, event->length);
    for (uint32_t i = 0; i < outcome->line_count && !turns->two_seats; i++) {
        if (outcome->lines[i].who != SPOKEN_CUSTOMER)
            continue;
        const char *text = outcome->lines[i].text->in[language];
        remember(turns, row, SPEAKER_CUSTOMER, text, strlen(text));
    }
}

void record_turns_free(struct record_turns *turns) {
    for (size_t i = 0; i < turns->count; i++)
        free((char *)turns->items[i].text);
    turns->count = 0;
}
