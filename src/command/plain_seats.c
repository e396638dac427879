/* Two seats in plain mode: /cue, /say, /silent and, when the talk is over, /rate. */
#include <stdlib.h>
#include <string.h>

#include "command/plain_inside.h"

/* ---- the customer's side ---- */

struct words {
    const char *text;
    size_t length;
};

static enum seat_result say(struct seat *seat, int64_t now_ms, const void *what,
                            enum call_refusal *refusal, struct error *error) {
    const struct words *words = what;
    return seat_say(seat, now_ms, words->text, words->length, refusal, error);
}

/* Without words the cue is said as it stands. */
static void say_line(struct plain *plain, const char *text) {
    struct buffer cue = {0};
    if (!*text) {
        seat_cue_words(plain_seat(plain), &cue);
        text = buffer_text(&cue);
    }
    plain_do(plain, say, &(struct words){text, strlen(text)});
    buffer_free(&cue);
}

static enum seat_result silent(struct seat *seat, int64_t now_ms, const void *what,
                               enum call_refusal *refusal, struct error *error) {
    return seat_nobody_speaks(seat, now_ms, refusal, error);
}

static void show_cue(struct plain *plain) {
    struct buffer out = {0}, text = {0};
    report_role_card(&text, plain_call(plain));
    report_cue(&text, plain_seat(plain));
    if (plain_is_json(plain)) {
        buffer_add_text(&out, "{\"kind\": \"told\", \"text\": ");
        json_add_string(&out, text.bytes, text.length);
        buffer_add_text(&out, "}\n");
    }
    plain_show(plain, plain_is_json(plain) ? &out : &text);
    buffer_free(&text);
    buffer_free(&out);
}

/* ---- rating ---- */

struct rating {
    uint32_t rater, rating;
    const char *words;
};

static enum seat_result rate(struct seat *seat, int64_t now_ms, const void *what,
                             enum call_refusal *refusal, struct error *error) {
    const struct rating *rating = what;
    return seat_rate(seat, now_ms, rating->rater, rating->rating, rating->words,
                     strlen(rating->words), refusal, error);
}

/* "agent 4 words": whom, 1 to 5, and why. */
static bool read_rating(const char *text, struct rating *rating) {
    size_t whom = strcspn(text, " ");
    if (whom == 5 && !strncmp(text, "agent", whom))
        rating->rater = SEAT_CUSTOMER;
    else if (whom == 8 && !strncmp(text, "customer", whom))
        rating->rater = SEAT_AGENT;
    else
        return false;
    text += whom + strspn(text + whom, " ");
    if (*text < '1' || *text > '5' || (text[1] && text[1] != ' '))
        return false;
    rating->rating = (uint32_t)(*text - '0');
    rating->words = text + 1 + strspn(text + 1, " ");
    return true;
}

static void rate_line(struct plain *plain, const char *text) {
    struct rating rating;
    if (read_rating(text, &rating))
        plain_do(plain, rate, &rating);
    else
        plain_note(_("/rate agent 4 or /rate customer 5: 1 to 5, and words if you like"));
}

/* ---- lines ---- */

/* What follows the word, "" when nothing does; NULL when it is another command. */
static const char *after(const char *line, const char *word) {
    return strcmp(line, word) ? plain_command(line, word) : "";
}

bool plain_seats(struct plain *plain, const char *line) {
    struct call_view view;
    const char *text;
    call_view(plain_call(plain), &view);
    if (!view.two_seats)
        return false;
    if ((text = after(line, "/say")))
        say_line(plain, text);
    else if ((text = after(line, "/rate")))
        rate_line(plain, text);
    else if (!strcmp(line, "/silent"))
        plain_do(plain, silent, NULL);
    else if (!strcmp(line, "/cue"))
        show_cue(plain);
    else
        return false;
    return true;
}

void plain_seats_help(const struct plain *plain) {
    struct call_view view;
    call_view(plain_call(plain), &view);
    if (!view.two_seats)
        return;
    plain_note(_("/cue       for the customer's player: role card and what to say\n"
                 "/say WORDS what he says; without words the cue as it stands\n"
                 "/silent    he finds that nobody has spoken for too long\n"
                 "/rate agent|customer N [WORDS]  when the talk is over: 1 to 5"));
}

bool plain_seats_rated(const struct plain *plain) {
    struct call_view view;
    call_view(plain_call(plain), &view);
    return !view.two_seats || (view.rated_agent && view.rated_customer);
}
