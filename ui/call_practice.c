/* What the ways to practise add to a call: hints with their price, taking back, saying how sure one
 * is, and skipping case time. */
#include <string.h>

#include "call_screen.h"
#include "report/report.h"
#include "terminal.h"

#define LATER_MOST 8

bool call_screen_practises(const struct call_screen *self, enum action action) {
    switch (action) {
    case DO_HINT:
    case DO_TAKE_BACK:
        return self->request->mode == MODE_LEARN;
    case DO_LATER:
        return self->has_later;
    case DO_DONE:
        return call_scenario(call_screen_call(self))->after_call;
    default:
        return true;
    }
}

/* ---- hints ---- */

static unsigned take_hint(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_hint(self->seat, call_screen_time(self, terminal_now_ms()), &refusal, &error);
    return call_screen_after(self, result, refusal, &error);
}

unsigned call_screen_ask_hint(struct call_screen *self) {
    uint32_t point, level;
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    if (!call_hint(call_screen_call(self), &point, &level)) {
        app_say(self->app, false, "%s", _("There is nothing to hint at here."));
        return SCREEN_DRAW;
    }
    buffer_clear(&self->question.text);
    buffer_add_text(&self->question.text,
                    level == 1 ? _("A hint names what is asked here. The point is then worth half "
                                   "at most. Take it?")
                               : _("Show an example too? It costs no more."));
    return call_screen_ask(self, take_hint);
}

/* ---- taking back ---- */

unsigned call_screen_take_back(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_undo(self->seat, call_screen_time(self, terminal_now_ms()), 1, &refusal, &error);
    return call_screen_after(self, result, refusal, &error);
}

/* ---- how sure ---- */

/* From not said to 1, 2, 3 and round to 1. */
unsigned call_screen_sure(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    struct call_view view;
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    call_view(call_screen_call(self), &view);
    enum seat_result result = seat_sure(self->seat, call_screen_time(self, terminal_now_ms()),
                                        view.sure % 3 + 1, &refusal, &error);
    return call_screen_after(self, result, refusal, &error);
}

/* ---- case time ---- */

static unsigned skip_time(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    enum seat_result result = seat_later(self->seat, call_screen_time(self, terminal_now_ms()),
                                         self->later, &refusal, &error);
    return call_screen_after(self, result, refusal, &error);
}

unsigned call_screen_ask_later(struct call_screen *self, uint32_t step) {
    struct call_view view;
    const struct node *node = call_screen_node(self, &view);
    const char *text = text_in(&node->later[step].text, view.language);
    self->later = step;
    buffer_clear(&self->question.text);
    buffer_add_text(&self->question.text, _("Let this time pass in the case: "));
    report_duration(&self->question.text, node->later[step].after_ms);
    if (*text)
        buffer_printf(&self->question.text, "\n%s", text);
    return call_screen_ask(self, skip_time);
}

/* One step is asked about at once; of several the clocks panel has the list. */
unsigned call_screen_later(struct call_screen *self) {
    uint32_t steps[LATER_MOST];
    uint32_t count = call_later(call_screen_call(self), steps, LATER_MOST);
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    if (count == 1)
        return call_screen_ask_later(self, steps[0]);
    if (count)
        dock_toggle(self, PANEL_CLOCKS);
    else
        app_say(self->app, false, "%s", _("No time can be skipped here."));
    return SCREEN_DRAW;
}
