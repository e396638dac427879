/* The card and the ticket in plain mode. */
#include "command/plain_inside.h"

#include <string.h>

static void add_plain(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static void add_member(struct buffer *out, const char *key, const char *text) {
    buffer_printf(out, "\"%s\": ", key);
    json_add_string(out, text, strlen(text));
}

/* ---- the card ---- */

static void card_line(struct buffer *out, const struct call *call, uint32_t field,
                      enum language language) {
    struct buffer value = {0};
    call_card_value(call, field, &value);
    buffer_add_text(out, "  ");
    add_plain(out, call_scenario(call)->card[field].label.in[language]);
    buffer_add_text(out, ": ");
    add_plain(out, buffer_text(&value));
    buffer_add_byte(out, '\n');
    buffer_free(&value);
}

static void card_json(struct buffer *out, const struct call *call, uint32_t field,
                      enum language language) {
    const struct card_field *card = &call_scenario(call)->card[field];
    struct buffer value = {0};
    call_card_value(call, field, &value);
    buffer_add_text(out, field ? ", {" : "{");
    add_member(out, "id", card->id);
    buffer_add_text(out, ", ");
    add_member(out, "label", card->label.in[language]);
    buffer_add_text(out, ", ");
    add_member(out, "value", buffer_text(&value));
    buffer_printf(out, ", \"private\": %s}", card->private ? "true" : "false");
    buffer_free(&value);
}

static void show_card(struct buffer *out, const struct call *call, bool json) {
    struct call_view view;
    call_view(call, &view);
    const struct scenario *scenario = call_scenario(call);
    const char *name = scenario->customer_name.in[view.language];
    if (json) {
        buffer_add_text(out, "{\"kind\": \"card\", ");
        add_member(out, "name", name);
        buffer_printf(out, ", \"verified\": %s, \"fields\": [", view.verified ? "true" : "false");
    } else {
        add_plain(out, name);
        buffer_add_byte(out, '\n');
    }
    for (uint32_t i = 0; i < scenario->card_count; i++)
        (json ? card_json : card_line)(out, call, i, view.language);
    if (json)
        buffer_add_text(out, "]}\n");
}

/* ---- the ticket ---- */

static void ticket_line(struct buffer *out, const struct seat *seat, uint32_t number,
                        enum language language) {
    const struct ticket_field *field = &call_scenario(seat_call(seat))->ticket[number];
    const char *text = seat_ticket_text(seat, number), *between = "  [";
    buffer_printf(out, "  %s ", field->id);
    add_plain(out, ticket_label(field, language));
    buffer_add_text(out, ": ");
    add_plain(out, text ? text : "–");
    for (uint32_t i = 0; i < ticket_values(field); i++) {
        buffer_printf(out, "%s%s ", between, ticket_value(field, i));
        add_plain(out, ticket_value_label(field, i, language));
        between = " | ";
    }
    buffer_add_text(out, ticket_values(field) ? "]\n" : "\n");
}

static void ticket_json(struct buffer *out, const struct seat *seat, uint32_t number,
                        enum language language) {
    const struct ticket_field *field = &call_scenario(seat_call(seat))->ticket[number];
    const char *text = seat_ticket_text(seat, number);
    buffer_add_text(out, number ? ", {" : "{");
    add_member(out, "id", field->id);
    buffer_add_text(out, ", ");
    add_member(out, "label", ticket_label(field, language));
    buffer_add_text(out, ", \"value\": ");
    json_add_string(out, text ? text : "", text ? strlen(text) : 0);
    buffer_add_text(out, ", \"values\": [");
    for (uint32_t i = 0; i < ticket_values(field); i++) {
        buffer_add_text(out, i ? ", {" : "{");
        add_member(out, "id", ticket_value(field, i));
        buffer_add_text(out, ", ");
        add_member(out, "text", ticket_value_label(field, i, language));
        buffer_add_text(out, "}");
    }
    buffer_add_text(out, "]}");
}

static void show_ticket(struct buffer *out, const struct seat *seat, bool json) {
    const struct call *call = seat_call(seat);
    struct call_view view;
    call_view(call, &view);
    if (json)
        buffer_printf(out, "{\"kind\": \"ticket_form\", \"saved\": %s, \"fields\": [",
                      view.ticket_saved_ms < 0 ? "false" : "true");
    else
        buffer_printf(out, "%s\n",
                      view.ticket_saved_ms < 0 ? _("Ticket, not saved yet") : _("Ticket, saved"));
    for (uint32_t i = 0; i < call_scenario(call)->ticket_count; i++)
        (json ? ticket_json : ticket_line)(out, seat, i, view.language);
    if (json)
        buffer_add_text(out, "]}\n");
}

/* "FIELD VALUE": the field's number and where its value begins; -1 when there is no such field. */
static int field_of(const struct call *call, const char *line, const char **value) {
    size_t length = strcspn(line, " ");
    const struct scenario *scenario = call_scenario(call);
    *value = line + length + strspn(line + length, " ");
    for (uint32_t i = 0; i < scenario->ticket_count; i++)
        if (strlen(scenario->ticket[i].id) == length &&
            !strncmp(scenario->ticket[i].id, line, length))
            return (int)i;
    return -1;
}

/* ---- lines ---- */

struct entry {
    uint32_t field;
    const char *value;
};

static enum seat_result fill_in(struct seat *seat, int64_t now_ms, const void *what,
                                enum call_refusal *refusal, struct error *error) {
    const struct entry *entry = what;
    return seat_ticket(seat, now_ms, entry->field, entry->value, strlen(entry->value), refusal,
                       error);
}

static enum seat_result save(struct seat *seat, int64_t now_ms, const void *what,
                             enum call_refusal *refusal, struct error *error) {
    return seat_do(seat, now_ms, EVENT_TICKET_SAVED, refusal, error);
}

static void fill_line(struct plain *plain, const char *rest) {
    struct entry entry;
    int field = field_of(plain_call(plain), rest, &entry.value);
    entry.field = (uint32_t)field;
    if (field < 0)
        plain_note(call_refusal_sentence(CALL_NO_SUCH_VALUE));
    else
        plain_do(plain, fill_in, &entry);
}

bool plain_ticket_line(struct plain *plain, const char *line) {
    struct buffer out = {0};
    const char *rest = plain_command(line, "/ticket");
    if (!strcmp(line, "/card"))
        show_card(&out, plain_call(plain), plain_is_json(plain));
    else if (!strcmp(line, "/ticket"))
        show_ticket(&out, plain_seat(plain), plain_is_json(plain));
    else if (!rest)
        return false;
    else if (!strcmp(rest, "save"))
        plain_do(plain, save, NULL);
    else
        fill_line(plain, rest);
    if (out.length)
        plain_show(plain, &out);
    buffer_free(&out);
    return true;
}

void plain_ticket_help(void) {
    plain_note(_("/card      the customer's card\n"
                 "/ticket    the ticket     /ticket FIELD VALUE  fill in a field     /ticket save\n"
                 "/done      the work after the call is done"));
}
