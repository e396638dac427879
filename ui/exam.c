/* Before an exam: whose it is, and what holds in it. The call begins when that was confirmed. */
#include <stdlib.h>
#include <string.h>

#include "screen.h"
#include "sheet.h"

struct exam {
    struct app *app;
    struct call_request *request;
    struct arena *arena;
    const char *login;
};

static void exam_draw(void *state) {
    struct exam *self = state;
    int margin = draw_columns() > 100 ? (draw_columns() - 80) / 2 : 8;
    struct sheet sheet = {
        .area = {4, margin, draw_rows() - 8, draw_columns() - 2 * margin},
    };
    screen_title(_("Exam"), "");
    sheet_pair(&sheet, 0, ROLE_DIM, _("This is the exam of"), ROLE_STRONG,
               app_settings(self->app)->trainee);
    sheet_pair(&sheet, 0, ROLE_DIM, _("Login name of the system"), ROLE_STRONG, self->login);
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_TEXT,
               _("Both names go into the record. They prove no more than that this was the name "
                 "given and this the login in use."));
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_TEXT,
               _("You answer in your own words. There is no list, no guide, no hint and no taking "
                 "back; the marks come at the end, and the record is sealed."));
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_STRONG, _("Is it you, and shall it begin?"));
}

static unsigned exam_act(void *state, enum action action, const struct input *input) {
    struct exam *self = state;
    if (action == DO_NO)
        return SCREEN_LEAVE;
    if (action != DO_YES)
        return SCREEN_STAY;
    app_next(self->app, &screen_call, self->request, true);
    self->request = NULL;
    return SCREEN_LEAVE | SCREEN_NEXT;
}

static const struct keymap *exam_keys(void *state) {
    return &keymap_question;
}

static void *exam_open(struct app *app, const void *argument, struct error *error) {
    const struct app_start *start = app_settings(app);
    const struct call_request *wanted = argument;
    struct exam *self = memory_new(sizeof *self);
    self->app = app;
    self->arena = arena_new();
    self->login = seat_login(self->arena);
    self->request =
        wanted ? call_request_new(wanted->resume, wanted->mode, wanted->language, wanted->path)
               : call_request_new(false, start->mode, start->call_language, start->file);
    return self;
}

static void exam_close(void *state) {
    struct exam *self = state;
    free(self->request);
    arena_free(self->arena);
    free(self);
}

const struct screen screen_exam = {
    .open = exam_open,
    .keys = exam_keys,
    .draw = exam_draw,
    .act = exam_act,
    .close = exam_close,
};

const struct screen *screen_for_call(bool resume, enum mode mode) {
    return mode == MODE_EXAM && !resume ? &screen_exam : &screen_call;
}
