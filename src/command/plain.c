#include "command/plain_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A line longer than this is cut: nobody says that much in one breath. */
#define LINE_LIMIT ((size_t)1 << 20)

struct plain {
    struct seat *seat;
    const struct plain_start *start;
    int64_t base_ms;    /* real clock: monotonic time of call time 0 */
    int64_t virtual_ms; /* virtual clock */
    struct buffer in;   /* read and not yet used */
    size_t used;
    size_t searched; /* no line ends between `used` and here */
    bool input_over;
    struct buffer out;
    bool asked;          /* the replies offered now have been shown */
    bool customers_turn; /* two seats: the clock stands still */
    bool moment;         /* one answer is all: a moment of a drill */
    int status;          /* once not EXIT_DONE the call is left as it is */
};

/* ---- time ---- */

static int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t call_now(const struct plain *plain) {
    if (plain->start->virtual_clock || plain->customers_turn)
        return plain->virtual_ms;
    return monotonic_ms() - plain->base_ms;
}

static void set_call_time(struct plain *plain, int64_t t_ms) {
    plain->virtual_ms = t_ms;
    plain->base_ms = monotonic_ms() - t_ms;
}

/* With two seats the time of the customer's player costs the agent nothing. */
static void follow_turn(struct plain *plain, const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    if (view.customers_turn != plain->customers_turn && !plain->start->virtual_clock)
        set_call_time(plain, view.t_ms);
    plain->customers_turn = view.customers_turn;
}

/* ---- telling ---- */

static void flush(struct plain *plain) {
    if (plain->out.length && !command_write(&plain->out))
        plain->status = EXIT_IO;
    buffer_clear(&plain->out);
}

static void note(const char *text) {
    struct buffer line = {0};
    display_add(&line, text, strlen(text), true);
    buffer_add_byte(&line, '\n');
    file_write(STDERR_FILENO, line.bytes, line.length, NULL);
    buffer_free(&line);
}

static bool feedback(const struct plain *plain) {
    return seat_opening(plain->seat)->mode == MODE_LEARN;
}

static void heard(void *user, uint32_t row, const struct event *event,
                  const struct call_outcome *outcome) {
    struct plain *plain = user;
    const struct call *call = seat_call(plain->seat);
    if (plain->start->json)
        plain_event_json(&plain->out, call, row, event, outcome);
    else
        report_event(&plain->out, call, event, outcome, feedback(plain));
    plain->asked = false;
    follow_turn(plain, call);
    flush(plain);
}

static void show_options(struct plain *plain) {
    if (plain->asked)
        return;
    plain->asked = true;
    if (!plain->start->json)
        plain_options(&plain->out, seat_call(plain->seat));
    flush(plain);
}

void plain_options(struct buffer *out, const struct call *call) {
    struct call_view view;
    uint32_t options[PLAIN_OPTIONS];
    call_view(call, &view);
    uint32_t count = call_options(call, options, PLAIN_OPTIONS);
    const struct node *node = &call_scenario(call)->nodes[view.node];
    if (view.customers_turn) {
        buffer_printf(out, "  %s\n",
                      _("(the customer's turn: /cue shows what to say, /say says it)"));
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *says = node->replies[options[i]].says.in[view.language];
        buffer_printf(out, "  %u. ", i + 1);
        display_add(out, says, strlen(says), false);
        buffer_add_byte(out, '\n');
    }
    if (view.phase == PHASE_ON_HOLD)
        buffer_printf(out, "  %s\n", _("(on hold: /resume takes the customer back)"));
    else if (view.phase == PHASE_AFTER_CALL)
        buffer_printf(out, "  %s\n", _("(the talk is over: /ticket, then /done)"));
    else if (!count && node->accepts_typed && !view.ended)
        buffer_printf(out, "  %s\n", _("(type what you would say)"));
}

/* ---- input ---- */

/* Reads more; false at the end of input. Waits at most until the customer acts. */
static bool read_more(struct plain *plain, int timeout_ms) {
    struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
    char bytes[65536];
    int polled = poll(&ready, 1, timeout_ms);
    if (polled == 0 || (polled < 0 && errno == EINTR))
        return true;
    ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (length <= 0)
        return false;
    buffer_add(&plain->in, bytes, (size_t)length);
    return true;
}

/* A line without an end is searched once, and not kept beyond what is taken of it. */
static void forget_overlong(struct plain *plain) {
    if (plain->in.length - plain->used > LINE_LIMIT + 1)
        plain->in.length = plain->used + LINE_LIMIT + 1;
    plain->searched = plain->in.length;
}

/* The next line without its end, in *line; false when there is none yet. At the end of input what
 * is left counts as a line. */
static bool take_line(struct plain *plain, struct buffer *line) {
    size_t searched = plain->searched > plain->used ? plain->searched : plain->used;
    const char *all = buffer_text(&plain->in), *from = all + plain->used;
    size_t left = plain->in.length - plain->used;
    const char *end = memchr(all + searched, '\n', plain->in.length - searched);
    if (!end && !(plain->input_over && left)) {
        forget_overlong(plain);
        return false;
    }
    size_t length = end ? (size_t)(end - from) : left;
    plain->used += length + (end ? 1 : 0);
    if (length && from[length - 1] == '\r')
        length--;
    if (length > LINE_LIMIT) {
        note(_("This line is too long; only its first part is taken."));
        length = LINE_LIMIT;
        while (length && ((unsigned char)from[length] & 0xC0) == 0x80)
            length--;
    }
    buffer_clear(line);
    buffer_add(line, from, length);
    if (plain->used == plain->in.length) {
        buffer_clear(&plain->in);
        plain->used = plain->searched = 0;
    }
    return true;
}

/* ---- what became of it ---- */

/* The disk did not take it: told at once, nothing is pretended. A person can make room and try
 * again; without one the record stays as it is, to be resumed. */
static bool try_again(struct plain *plain, const struct error *error) {
    command_fail(EXIT_IO, "%s", error->text);
    if (!isatty(STDIN_FILENO)) {
        note(_("The call is left unfinished; `itr play --plain --resume` goes on with it."));
        plain->status = EXIT_IO;
        return false;
    }
    note(_("Make room, then press Enter to try again; Ctrl-D leaves the call unfinished."));
    struct buffer line = {0};
    while (!take_line(plain, &line) && !plain->input_over)
        plain->input_over = !read_more(plain, -1);
    buffer_free(&line);
    if (plain->input_over)
        plain->status = EXIT_IO;
    return !plain->input_over;
}

static void say_missing(const struct plain *plain, const char *sentence) {
    note(sentence);
    const struct call *call = seat_call(plain->seat);
    uint32_t missing[8];
    if (!feedback(plain))
        return;
    uint32_t count = call_missing(call, STAGE_FOLLOW_UP, missing, 8);
    for (uint32_t i = 0; i < count && i < 8; i++) {
        uint32_t point = call_scenario(call)->required[missing[i]].points[0];
        note(call_scenario(call)->points[point].text.in[seat_opening(plain->seat)->language]);
    }
}

static void say_refused(struct plain *plain, enum call_refusal refusal) {
    const char *sentence = call_refusal_sentence(refusal);
    if (refusal == CALL_LOCKED)
        say_missing(plain, sentence);
    else
        note(sentence);
}

/* Does something with the seat until it is written or given up. */
enum act_kind { ACT_REPLY, ACT_TYPE, ACT_EVENT, ACT_MOOD, ACT_RUN, ACT_TICK, ACT_DEED, ACT_CLOSE };
struct act {
    enum act_kind kind;
    plain_deed *deed;
    const void *what;
    uint32_t option;
    enum event_kind event;
    const char *text;
    size_t length;
    plain_run *run;
};

/* What a command of the desk says besides its event; for programs as an object of its own. */
static enum seat_result run_said(struct plain *plain, int64_t now, const struct act *act,
                                 enum call_refusal *refusal, struct error *error) {
    struct buffer said = {0};
    enum seat_result result = act->run(plain->seat, now, act->text, &said, refusal, error);
    if (said.length && plain->start->json) {
        buffer_add_text(&plain->out, "{\"kind\": \"told\", \"text\": ");
        json_add_string(&plain->out, said.bytes, said.length);
        buffer_add_text(&plain->out, "}\n");
    } else {
        buffer_add(&plain->out, buffer_text(&said), said.length);
    }
    buffer_free(&said);
    return result;
}

static enum seat_result act_once(struct plain *plain, const struct act *act,
                                 enum call_refusal *refusal, struct error *error) {
    int64_t now = call_now(plain);
    switch (act->kind) {
    case ACT_REPLY:
        return seat_reply(plain->seat, now, act->option, refusal, error);
    case ACT_TYPE:
        return seat_type(plain->seat, now, act->text, act->length, refusal, error);
    case ACT_EVENT:
        return seat_do(plain->seat, now, act->event, refusal, error);
    case ACT_RUN:
        return run_said(plain, now, act, refusal, error);
    case ACT_MOOD:
        return seat_mood(plain->seat, now, (enum feeling)act->option, refusal, error);
    case ACT_TICK:
        return seat_tick(plain->seat, now, error);
    case ACT_DEED:
        return act->deed(plain->seat, now, act->what, refusal, error);
    default:
        return seat_close(plain->seat, now, error);
    }
}

/* True when it was done. */
static bool act(struct plain *plain, struct act act) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    enum seat_result result;
    while ((result = act_once(plain, &act, &refusal, &error)) == SEAT_FAILED)
        if (!try_again(plain, &error))
            return false;
    flush(plain);
    if (result == SEAT_REFUSED && refusal != CALL_ALLOWED)
        say_refused(plain, refusal);
    return result == SEAT_DONE;
}

/* ---- for the files beside this one ---- */

struct seat *plain_seat(const struct plain *plain) {
    return plain->seat;
}

const struct call *plain_call(const struct plain *plain) {
    return seat_call(plain->seat);
}

bool plain_is_json(const struct plain *plain) {
    return plain->start->json;
}

enum language plain_language(const struct plain *plain) {
    return seat_opening(plain->seat)->language;
}

void plain_show(struct plain *plain, const struct buffer *text) {
    buffer_add(&plain->out, text->bytes, text->length);
    flush(plain);
}

void plain_note(const char *text) {
    note(text);
}

void plain_do(struct plain *plain, plain_deed *deed, const void *what) {
    act(plain, (struct act){.kind = ACT_DEED, .deed = deed, .what = what});
}

const char *plain_command(const char *line, const char *word) {
    size_t length = strlen(word);
    if (strncmp(line, word, length) != 0 || !strchr(" \t", line[length]))
        return NULL;
    return line + length + strspn(line + length, " \t");
}

/* ---- lines ---- */

static void show_help(const struct plain *plain) {
    note(_("a number   the reply at that position\n"
           "#id        the reply of that name\n"
           "other text a typed reply (a text that begins with / is written with //)\n"
           "/wait N    let N seconds pass (virtual clock)\n"
           "/hold      put the customer on hold      /resume  take him back\n"
           "/skip      go on to the locked stage, knowingly\n"
           "/end       hang up\n"
           "/breathe   take a breath: ten seconds that cost no patience, once before a reply\n"
           "/mood WORD how the customer feels: furious, upset, calm, pleased, delighted\n"
           "/help      this list"));
    plain_desk_help();
    note(plain_practice_help());
    plain_knowledge_help();
    plain_ticket_help();
    plain_seats_help(plain);
}

static void wait_seconds(struct plain *plain, const char *number) {
    char *end;
    double seconds = strtod(number, &end);
    while (*end == ' ')
        end++;
    if (end == number || *end || !(seconds >= 0) || seconds > 86400 * 7) {
        note(_("/wait takes a number of seconds, such as /wait 20"));
        return;
    }
    if (!plain->start->virtual_clock) {
        note(_("The clock is real here: just wait. `--clock virtual` has /wait."));
        return;
    }
    plain->virtual_ms += (int64_t)(seconds * 1000 + 0.5);
    act(plain, (struct act){.kind = ACT_TICK});
}

/* `/mood` and a word; nothing, or another word, says which there are. */
static void read_mood(struct plain *plain, const char *word) {
    int feeling = feeling_from(word + strspn(word, " "));
    struct buffer words = {0}, sentence = {0};
    if (feeling >= 0) {
        act(plain, (struct act){.kind = ACT_MOOD, .option = (uint32_t)feeling});
        return;
    }
    for (int i = 0; i < FEELING_COUNT; i++)
        buffer_printf(&words, "%s%s (%s)", i ? ", " : "", feeling_word((enum feeling)i),
                      feeling_label((enum feeling)i));
    buffer_printf(&sentence, _("/mood takes one of %s"), buffer_text(&words));
    note(buffer_text(&sentence));
    buffer_free(&words);
    buffer_free(&sentence);
}

/* Ten seconds in which nobody waits; with a virtual clock they pass at once. */
static void breathe(struct plain *plain) {
    bool done = act(plain, (struct act){.kind = ACT_EVENT, .event = EVENT_BREATHE});
    if (done && plain->start->virtual_clock)
        plain->virtual_ms += 10000;
}

static void command_line(struct plain *plain, const char *line) {
    static const struct {
        const char *word;
        enum event_kind event;
    } words[] = {{"/hold", EVENT_HOLD},
                 {"/resume", EVENT_RESUME},
                 {"/skip", EVENT_SKIP},
                 {"/done", EVENT_DONE},
                 {"/end", EVENT_END}};
    if (!strncmp(line, "/wait", 5) && (line[5] == ' ' || !line[5])) {
        wait_seconds(plain, line + 5);
        return;
    }
    if (!strncmp(line, "/mood", 5) && (line[5] == ' ' || !line[5])) {
        read_mood(plain, line + 5);
        return;
    }
    if (!strcmp(line, "/breathe")) {
        breathe(plain);
        return;
    }
    if (plain_ticket_line(plain, line))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(line, words[i].word)) {
            act(plain, (struct act){.kind = ACT_EVENT, .event = words[i].event});
            return;
        }
    if (plain_desk(plain, line) || plain_knowledge(plain, line) || plain_seats(plain, line))
        return;
    const char *argument = "";
    plain_run *run = plain_practice(line, &argument);
    if (run) {
        act(plain, (struct act){.kind = ACT_RUN, .run = run, .text = argument});
        return;
    }
    if (strcmp(line, "/help") != 0)
        note(_("There is no such command; // at the start says a text that begins with /."));
    show_help(plain);
}

static void reply_by_id(struct plain *plain, const char *id) {
    struct call_view view;
    call_view(seat_call(plain->seat), &view);
    const struct node *node = &call_scenario(seat_call(plain->seat))->nodes[view.node];
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (!strcmp(node->replies[i].id, id)) {
            act(plain, (struct act){.kind = ACT_REPLY, .option = i});
            return;
        }
    note(call_refusal_sentence(CALL_NO_SUCH_REPLY));
}

static void reply_by_number(struct plain *plain, const char *line, uint32_t count,
                            const uint32_t *options) {
    unsigned long number = strtoul(line, NULL, 10);
    if (number < 1 || number > count)
        note(call_refusal_sentence(CALL_NO_SUCH_REPLY));
    else
        act(plain, (struct act){.kind = ACT_REPLY, .option = options[number - 1]});
}

static void one_line(struct plain *plain, const struct buffer *line) {
    const char *text = buffer_text(line);
    bool whole = !memchr(text, 0, line->length); /* no command and no id has a NUL in it */
    uint32_t options[PLAIN_OPTIONS];
    if (!line->length)
        return;
    if (text[0] == '/' && text[1] != '/') {
        command_line(plain, whole ? text : "/");
        return;
    }
    if (text[0] == '#' && text[1]) {
        reply_by_id(plain, whole ? text + 1 : "");
        return;
    }
    uint32_t count = call_options(seat_call(plain->seat), options, PLAIN_OPTIONS);
    if (count && strspn(text, "0123456789") == line->length) {
        reply_by_number(plain, text, count, options);
        return;
    }
    size_t skip = text[0] == '/' ? 1 : 0;
    act(plain, (struct act){.kind = ACT_TYPE, .text = text + skip, .length = line->length - skip});
}

/* ---- the call ---- */

static bool done(const struct plain *plain) {
    struct call_view view;
    call_view(seat_call(plain->seat), &view);
    return view.ended || (plain->moment && view.turns > 0);
}

static int wait_ms(const struct plain *plain) {
    int64_t due = call_next_due(seat_call(plain->seat));
    if (plain->start->virtual_clock || due < 0)
        return -1;
    int64_t left = due - call_now(plain);
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void run(struct plain *plain) {
    struct buffer line = {0};
    while (plain->status == EXIT_DONE && !done(plain)) {
        act(plain, (struct act){.kind = ACT_TICK});
        if (plain->status != EXIT_DONE || done(plain))
            break;
        show_options(plain);
        if (take_line(plain, &line))
            one_line(plain, &line);
        else if (plain->input_over)
            act(plain, (struct act){.kind = ACT_EVENT, .event = EVENT_END});
        else
            plain->input_over = !read_more(plain, wait_ms(plain));
    }
    buffer_free(&line);
}

/* The players rate each other; an empty line or the end of input leaves it at that. */
static void rate_each_other(struct plain *plain) {
    struct buffer line = {0};
    if (!plain_seats_rated(plain) && !plain->input_over)
        note(_("Rate each other: /rate agent 1-5, /rate customer 1-5. An empty line: done."));
    while (plain->status == EXIT_DONE && !plain_seats_rated(plain)) {
        if (take_line(plain, &line)) {
            if (!line.length)
                break;
            if (strlen(buffer_text(&line)) != line.length || !plain_seats(plain, line.bytes))
                note(_("/rate agent 4 or /rate customer 5: 1 to 5, and words if you like"));
        } else if (plain->input_over) {
            break;
        } else {
            plain->input_over = !read_more(plain, -1);
        }
    }
    buffer_free(&line);
}

static void show_receipt(struct plain *plain) {
    struct scorecard *scorecard = seat_scorecard(plain->seat);
    scorecard_close(scorecard, seat_call(plain->seat));
    (plain->start->json ? report_receipt_json : report_receipt)(
        &plain->out, seat_call(plain->seat), scorecard, seat_opening(plain->seat));
    if (!plain->start->json)
        buffer_printf(&plain->out, _("Record: %s\n"), seat_record_path(plain->seat));
    if (!plain->start->json && seat_opening_is_mechanical(plain->seat, plain->start->seat.data))
        buffer_printf(
            &plain->out,
            _("A hint, no deduction: your last %d calls began with the same words. Say it "
              "to this customer, in words of your own.\n"),
            EQUAL_OPENINGS);
    flush(plain);
}

static int finish(struct plain *plain) {
    run(plain);
    rate_each_other(plain);
    if (plain->status == EXIT_DONE)
        act(plain, (struct act){.kind = ACT_CLOSE});
    if (plain->status == EXIT_DONE)
        show_receipt(plain);
    seat_free(plain->seat);
    buffer_free(&plain->in);
    buffer_free(&plain->out);
    return plain->status;
}

static void tell_start(struct plain *plain) {
    const struct record_opening *opening = seat_opening(plain->seat);
    const struct scenario *scenario = call_scenario(seat_call(plain->seat));
    if (plain->start->json)
        return;
    const char *title = scenario->title.in[opening->language];
    display_add(&plain->out, title, strlen(title), false);
    buffer_printf(&plain->out, " · %s · %s · ", level_label(scenario->level),
                  mode_label(opening->mode));
    display_add(&plain->out, opening->trainee, strlen(opening->trainee), false);
    buffer_add_byte(&plain->out, '\n');
}

struct first_words {
    struct event event;
    struct call_outcome outcome;
};

static void keep_first(void *user, uint32_t row, const struct event *event,
                       const struct call_outcome *outcome) {
    struct first_words *first = user;
    first->event = *event;
    first->outcome = *outcome;
}

static bool begin(struct plain *plain, struct plain_start *start) {
    struct error error;
    struct first_words first;
    plain->start = start;
    start->seat.heard = keep_first;
    start->seat.user = &first;
    plain->seat = seat_open(&start->seat, &error);
    if (!plain->seat) {
        plain->status = command_fail(EXIT_IO, "%s", error.text);
        return false;
    }
    set_call_time(plain, 0);
    tell_start(plain);
    heard(plain, 2, &first.event, &first.outcome);
    seat_listen(plain->seat, heard, plain);
    return true;
}

int plain_play(struct plain_start *start) {
    struct plain plain = {0};
    return begin(&plain, start) ? finish(&plain) : plain.status;
}

/* ---- moments of a drill: calls that share one input ---- */

struct plain *plain_moments(void) {
    struct plain *plain = memory_new(sizeof *plain);
    plain->moment = true;
    return plain;
}

void plain_moments_free(struct plain *plain) {
    buffer_free(&plain->in);
    buffer_free(&plain->out);
    free(plain);
}

/* Hung up, and the work after the call left: the moment was all. */
static void end_moment(struct plain *plain) {
    struct call_view view;
    call_view(seat_call(plain->seat), &view);
    if (!view.talk_over)
        act(plain, (struct act){.kind = ACT_EVENT, .event = EVENT_END});
    call_view(seat_call(plain->seat), &view);
    if (!view.ended)
        act(plain, (struct act){.kind = ACT_EVENT, .event = EVENT_DONE});
}

int plain_moment(struct plain *plain, struct plain_start *start, struct plain_answer *answer) {
    *answer = (struct plain_answer){0};
    if (!begin(plain, start))
        return plain->status;
    run(plain);
    struct call_view view;
    call_view(seat_call(plain->seat), &view);
    if (plain->status == EXIT_DONE && !view.ended)
        end_moment(plain);
    if (plain->status == EXIT_DONE)
        act(plain, (struct act){.kind = ACT_CLOSE});
    *answer = (struct plain_answer){
        .given = view.turns > 0,
        .timed_out = view.timeouts > 0,
        .right = seat_scorecard(plain->seat)->right_turns > 0 && !view.timeouts,
        .t_ms = view.t_ms,
    };
    seat_free(plain->seat);
    plain->seat = NULL;
    plain->asked = false;
    return plain->status;
}

static void tell_step(void *user, const struct record_row *row, const struct event *event,
                      const struct call_outcome *outcome, const struct record_fold *fold) {
    struct plain *plain = user;
    if (plain->start->json)
        plain_event_json(&plain->out, fold->call, row->row, event, outcome);
    else
        report_event(&plain->out, fold->call, event, outcome, false);
}

int plain_resume(struct plain_start *start, const char *record) {
    struct error error;
    bool cut = false;
    struct plain plain = {.start = start};
    plain.seat = seat_resume(start->seat.data, record, tell_step, &plain, &cut, &error);
    if (!plain.seat)
        return command_fail(EXIT_IO, "%s", error.text);
    if (cut)
        note(_("The last row was torn and has been cut off; all before it stands."));
    message_use(seat_opening(plain.seat)->language);
    struct call_view view;
    call_view(seat_call(plain.seat), &view);
    set_call_time(&plain, view.t_ms);
    plain.customers_turn = view.customers_turn;
    flush(&plain);
    seat_listen(plain.seat, heard, &plain);
    return finish(&plain);
}
