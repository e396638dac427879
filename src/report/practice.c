/* The words of the ways to practise. */
#include "report/report.h"

#include <string.h>

static void add_text(struct buffer *out, const struct text *text, enum language language) {
    display_add(out, text->in[language], strlen(text->in[language]), false);
}

void report_duration(struct buffer *out, int64_t ms) {
    int64_t s = ms / 1000;
    const struct {
        int64_t count;
        const char *format;
    } parts[] = {{s / 86400, _("%d d")},
                 {s / 3600 % 24, _("%d h")},
                 {s / 60 % 60, _("%d min")},
                 {s % 60, _("%d s")}};
    const char *between = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count || (i == 3 && !s)) {
            buffer_add_text(out, between);
            buffer_printf(out, parts[i].format, (int)parts[i].count);
            between = " ";
        }
}

const char *report_sure(uint32_t level) {
    static const char *const words[] = {N_("not sure"), N_("rather sure"), N_("quite sure")};
    return level >= 1 && level <= 3 ? _(words[level - 1]) : "";
}

static void add_later(struct buffer *out, const struct later_step *step, enum language language) {
    buffer_add_text(out, _("Later in the case: "));
    report_duration(out, step->after_ms);
    if (*step->text.in[language]) {
        buffer_add_text(out, " · ");
        add_text(out, &step->text, language);
    }
}

static void add_hint(struct buffer *out, const struct point *point, uint32_t level,
                     enum language language) {
    bool shows = level == 2 && *point->better.in[language];
    buffer_printf(out, _("Hint, %s: "), key_action_label(point->action));
    add_text(out, shows ? &point->better : &point->text, language);
}

bool report_practice(struct buffer *out, const struct scenario *scenario, enum language language,
                     const struct event *event) {
    switch (event->kind) {
    case EVENT_LATER:
        add_later(out, &scenario->nodes[event->node].later[event->ref], language);
        return true;
    case EVENT_UNDO:
        buffer_printf(out, _("Replies taken back: %u; the call stands again as after row %u"),
                      event->ref, event->number);
        return true;
    case EVENT_HINT:
        add_hint(out, &scenario->points[event->ref], event->number, language);
        return true;
    case EVENT_SURE:
        buffer_printf(out, _("How sure of the next reply: %s"), report_sure(event->ref));
        return true;
    case EVENT_TIMEOUT:
        buffer_add_text(out, _("Time is up: no reply is an answer too"));
        return true;
    default:
        return false;
    }
}
