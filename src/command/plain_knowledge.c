/* The knowledge base in plain mode: /kb. */
#include <stdlib.h>
#include <string.h>

#include "command/plain_inside.h"

#define HITS 8

/* ---- looking up ---- */

struct query {
    const char *text, *ids;
};

static enum seat_result look_up(struct seat *seat, int64_t now_ms, const void *what,
                                enum call_refusal *refusal, struct error *error) {
    const struct query *query = what;
    return seat_lookup(seat, now_ms, query->text, strlen(query->text), query->ids, refusal, error);
}

static void search(struct plain *plain, const char *text) {
    struct knowledge *knowledge = seat_knowledge(plain_seat(plain));
    struct buffer list = {0}, ids = {0};
    uint32_t hits[HITS];
    size_t count = knowledge_search(knowledge, text, strlen(text), hits, HITS);
    for (size_t i = 0; i < count; i++) {
        const struct article *article = knowledge_article(knowledge, hits[i]);
        buffer_printf(&list, "%s%s  %s", i ? "\n" : "", article->id,
                      article->title[plain_language(plain)]);
        buffer_printf(&ids, "%s%s", i ? " " : "", article->id);
    }
    plain_do(plain, look_up, &(struct query){text, buffer_text(&ids)});
    plain_note(count ? buffer_text(&list) : _("Nothing found: try fewer or other words."));
    buffer_free(&list);
    buffer_free(&ids);
}

/* ---- reading ---- */

static enum seat_result read_article(struct seat *seat, int64_t now_ms, const void *what,
                                     enum call_refusal *refusal, struct error *error) {
    const struct article *article = what;
    const char *title = article->title[seat_opening(seat)->language];
    return seat_article(seat, now_ms, article->id, title, refusal, error);
}

static void open_article(struct plain *plain, const char *id) {
    struct knowledge *knowledge = seat_knowledge(plain_seat(plain));
    int64_t index = knowledge_find(knowledge, id);
    if (index < 0) {
        plain_note(_("There is no such article: /kb WORDS looks for one."));
        return;
    }
    const struct article *article = knowledge_article(knowledge, (size_t)index);
    plain_do(plain, read_article, article);
    plain_note(article->body[plain_language(plain)]);
}

/* ---- proposing ---- */

static enum seat_result propose(struct seat *seat, int64_t now_ms, const void *what,
                                enum call_refusal *refusal, struct error *error) {
    return seat_propose(seat, now_ms, what, strlen(what), refusal, error);
}

void plain_knowledge_help(void) {
    plain_note(_("/kb WORDS  look it up in the knowledge base   /kb open ID  read an article\n"
                 "/kb propose TITLE: TEXT  what should be kept for the next one"));
}

bool plain_knowledge(struct plain *plain, const char *line) {
    const char *rest = plain_command(line, "/kb"), *what;
    if (!rest)
        return false;
    if ((what = plain_command(rest, "open")))
        open_article(plain, what);
    else if ((what = plain_command(rest, "propose")))
        plain_do(plain, propose, what);
    else if (*rest)
        search(plain, rest);
    else
        plain_knowledge_help();
    return true;
}
