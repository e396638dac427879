/* What was said lately: a typed reply is judged by the turns before it, so live play and `verify`
 * must remember the same ones. */
#include <stdlib.h>
#include <string.h>

#include "record/record.h"

static void remember(struct record_turns *turns, enum speaker who, const char *text,
                     size_t length) {
    if (turns->count == RECORD_TURNS) {
        free((char *)turns->items[0].text);
        memmove(turns->items, turns->items + 1, (RECORD_TURNS - 1) * sizeof *turns->items);
        turns->count--;
    }
    turns->items[turns->count++] =
        (struct utterance){.who = who, .text = memory_text_of(text, length), .length = length};
}

void record_turns_add(struct record_turns *turns, const struct event *event,
                      const struct call_outcome *outcome, enum language language) {
    if ((event->kind == EVENT_TYPED || event->kind == EVENT_REPLY) && event->text)
        remember(turns, SPEAKER_AGENT, event->text, event->length);
    for (uint32_t i = 0; i < outcome->line_count; i++) {
        if (outcome->lines[i].who != SPOKEN_CUSTOMER)
            continue;
        const char *text = outcome->lines[i].text->in[language];
        remember(turns, SPEAKER_CUSTOMER, text, strlen(text));
    }
}

void record_turns_free(struct record_turns *turns) {
    for (size_t i = 0; i < turns->count; i++)
        free((char *)turns->items[i].text);
    turns->count = 0;
}
