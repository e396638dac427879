/* The commands of plain mode that belong to the ways to practise. */
#include <stdlib.h>
#include <string.h>

#include "command/plain.h"

#define LATER_MOST 8

static bool number_of(const char *argument, uint32_t *number) {
    char *end;
    unsigned long value = strtoul(argument, &end, 10);
    *number = (uint32_t)value;
    return *argument >= '0' && *argument <= '9' && !*end && value <= UINT32_MAX;
}

static enum seat_result only_said(enum call_refusal *refusal) {
    *refusal = CALL_ALLOWED;
    return SEAT_REFUSED;
}

/* ---- /later ---- */

static void list_later(const struct seat *seat, const uint32_t *steps, uint32_t count,
                       struct buffer *out) {
    struct call_view view;
    call_view(seat_call(seat), &view);
    const struct node *node = &call_scenario(seat_call(seat))->nodes[view.node];
    for (uint32_t i = 0; i < count; i++) {
        const struct later_step *step = &node->later[steps[i]];
        const char *text = step->text.in[view.language];
        buffer_printf(out, "  /later %u  ", step->after_ms / 1000);
        report_duration(out, step->after_ms);
        buffer_add_text(out, *text ? " · " : "");
        display_add(out, text, strlen(text), false);
        buffer_add_byte(out, '\n');
    }
}

static uint32_t step_of(const struct seat *seat, const uint32_t *steps, uint32_t count,
                        uint32_t seconds) {
    struct call_view view;
    call_view(seat_call(seat), &view);
    const struct node *node = &call_scenario(seat_call(seat))->nodes[view.node];
    for (uint32_t i = 0; i < count; i++)
        if (node->later[steps[i]].after_ms / 1000 == seconds)
            return steps[i];
    return UINT32_MAX;
}

static enum seat_result run_later(struct seat *seat, int64_t now_ms, const char *argument,
                                  struct buffer *out, enum call_refusal *refusal,
                                  struct error *error) {
    uint32_t steps[LATER_MOST], seconds;
    uint32_t count = call_later(seat_call(seat), steps, LATER_MOST);
    if (number_of(argument, &seconds))
        return seat_later(seat, now_ms, step_of(seat, steps, count, seconds), refusal, error);
    if (count == 0)
        return seat_later(seat, now_ms, UINT32_MAX, refusal, error);
    if (count == 1 && !*argument)
        return seat_later(seat, now_ms, steps[0], refusal, error);
    list_later(seat, steps, count, out);
    return only_said(refusal);
}

/* ---- /undo, /sure ---- */

static enum seat_result run_undo(struct seat *seat, int64_t now_ms, const char *argument,
                                 struct buffer *out, enum call_refusal *refusal,
                                 struct error *error) {
    uint32_t steps = 1;
    if (!*argument || number_of(argument, &steps))
        return seat_undo(seat, now_ms, steps, refusal, error);
    buffer_printf(out, "%s\n",
                  _("/undo takes the number of replies to take back, such as /undo 2"));
    return only_said(refusal);
}

static enum seat_result run_sure(struct seat *seat, int64_t now_ms, const char *argument,
                                 struct buffer *out, enum call_refusal *refusal,
                                 struct error *error) {
    uint32_t level;
    if (number_of(argument, &level) && level >= 1 && level <= 3)
        return seat_sure(seat, now_ms, level, refusal, error);
    for (level = 1; level <= 3; level++)
        buffer_printf(out, "  /sure %u  %s\n", level, report_sure(level));
    return only_said(refusal);
}

/* ---- /hint ---- */

static enum seat_result run_hint(struct seat *seat, int64_t now_ms, const char *argument,
                                 struct buffer *out, enum call_refusal *refusal,
                                 struct error *error) {
    uint32_t point, level;
    bool offered = call_hint(seat_call(seat), &point, &level);
    if (!offered || !strcmp(argument, "yes"))
        return seat_hint(seat, now_ms, refusal, error);
    if (level == 1)
        buffer_printf(out, "%s\n",
                      _("A hint names what is asked here; the point is then worth half at most. "
                        "/hint yes takes it."));
    else
        buffer_printf(out, "%s\n", _("/hint yes shows an example too; it costs no more."));
    return only_said(refusal);
}

plain_run *plain_practice(const char *line, const char **argument) {
    static const struct {
        const char *word;
        plain_run *run;
    } words[] = {
        {"/later", run_later}, {"/undo", run_undo}, {"/sure", run_sure}, {"/hint", run_hint}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(line, words[i].word, length) || (line[length] && line[length] != ' '))
            continue;
        *argument = line + length + strspn(line + length, " ");
        return words[i].run;
    }
    return NULL;
}

const char *plain_practice_help(void) {
    return _("/later     let case time pass, where the script allows it\n"
             "/sure N    before a reply: how sure you are of it, 1 to 3\n"
             "/undo [N]  take the last replies back (learn)\n"
             "/hint      what a hint would cost; /hint yes takes it (learn)");
}
