/* What the tables of the desk cannot say alone. */
#include <string.h>

#include "scenario/format_desk.h"

/* ---- the account: variables that the desk shows ---- */

void read_account_start(struct reader *reader, const struct field *field, const cJSON *value,
                        char *base) {
    /* finish_account reads it, when the name is known */
}

void finish_account(struct reader *reader, const cJSON *object, char *base) {
    struct account_entry *entry = (struct account_entry *)base;
    const cJSON *name = member_of(object, "id"), *start = member_of(object, "start");
    if (entry && entry->name && start)
        entry->variable = declare_variable(reader, entry->name, name, start);
}

/* ---- actions ---- */

void finish_amount(struct reader *reader, const cJSON *object, char *base) {
    struct desk_action *action = (struct desk_action *)base;
    if (!action)
        return;
    action->takes_amount = true;
    if (action->least > action->most)
        report(reader, object, CODE_OUT_OF_RANGE, _("`least` is more than `most`"));
}

void read_action_target(struct reader *reader, const struct field *field, const cJSON *value,
                        char *base) {
    struct field plain = *field;
    struct desk_action *action = (struct desk_action *)base;
    plain.read = NULL;
    field_read(reader, &plain, value, base);
    if (action)
        action->on = member_of(value, "fact") ? ACTION_ON_FACT : ACTION_ON_CARD;
}

/* A change inside a change: the marks of the outer one must not be taken for its own. */
void read_outside(struct reader *reader, const struct field *field, const cJSON *value,
                  char *base) {
    struct field plain = *field;
    const cJSON *marks = reader->marks, *trips = reader->trips;
    plain.read = NULL;
    reader->marks = reader->trips = NULL;
    field_read(reader, &plain, value, base);
    reader->marks = marks;
    reader->trips = trips;
}

void finish_action(struct reader *reader, const cJSON *object, char *base) {
    struct desk_action *action = (struct desk_action *)base;
    finish_change(reader, object, (char *)&action->change);
    if (!action->limit.in[LANGUAGE_ZH])
        action->limit = (struct text){{"", ""}};
}

/* ---- the second line ---- */

void read_need_rule(struct reader *reader, const struct field *field, const cJSON *value,
                    char *base) {
    struct handover_need *need = (struct handover_need *)base;
    read_rule(reader, value, base ? &need->rule : NULL, base ? &need->id : NULL);
}
