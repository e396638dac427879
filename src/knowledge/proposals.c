#include "knowledge/proposals.h"

#include <stdlib.h>
#include <string.h>

enum { TIME, ID, DECISION, BY, TITLE, TEXT, REASON, COLUMNS };
static const char *const header[COLUMNS] = {"time",  "id",   "decision", "by",
                                            "title", "text", "reason"};

static const char *const words[] = {"rejected", "approved"};

static char *table_of(const char *data) {
    struct buffer path = {0};
    file_join(&path, data, "knowledge/decisions.csv");
    return buffer_release(&path);
}

bool knowledge_decide(const char *data, const struct decision *decision, struct error *error) {
    const char *const fields[COLUMNS] = {
        decision->time,  decision->id,   words[decision->approved], decision->by,
        decision->title, decision->text, decision->reason};
    char *path = table_of(data);
    bool added = table_add(path, header, COLUMNS, fields, error);
    free(path);
    return added;
}

/* ---- reading ---- */

static void take_decision(struct decision *decision, const char *const *fields,
                          struct arena *arena) {
    *decision = (struct decision){.time = arena_text(arena, fields[TIME]),
                                  .id = arena_text(arena, fields[ID]),
                                  .by = arena_text(arena, fields[BY]),
                                  .title = arena_text(arena, fields[TITLE]),
                                  .text = arena_text(arena, fields[TEXT]),
                                  .reason = arena_text(arena, fields[REASON]),
                                  .approved = !strcmp(fields[DECISION], words[true])};
}

struct wanted {
    const char *id;
    struct decision *decision;
    struct arena *arena;
    bool found;
};

static bool look_at(void *user, size_t number, const char *const *fields) {
    struct wanted *wanted = user;
    if (!strcmp(fields[ID], wanted->id)) {
        take_decision(wanted->decision, fields, wanted->arena);
        wanted->found = true;
    }
    (void)number;
    return true;
}

bool knowledge_decision(const char *data, const char *id, struct decision *decision,
                        struct arena *arena, struct error *error) {
    struct wanted wanted = {id, decision, arena, false};
    char *path = table_of(data);
    bool good = table_read(path, header, COLUMNS, look_at, &wanted, error);
    free(path);
    return good && wanted.found;
}

/* ---- as articles ---- */

struct decisions {
    struct decision *items;
    size_t count, capacity;
    struct arena *arena;
};

static bool keep(void *user, size_t number, const char *const *fields) {
    struct decisions *all = user;
    all->items = memory_reserve(all->items, &all->capacity, all->count + 1, sizeof *all->items);
    take_decision(&all->items[all->count++], fields, all->arena);
    (void)number;
    return true;
}

static bool decided_again(const struct decisions *all, size_t at) {
    for (size_t i = at + 1; i < all->count; i++)
        if (!strcmp(all->items[i].id, all->items[at].id))
            return true;
    return false;
}

static struct article as_article(const struct decision *decision, struct arena *arena) {
    char *day = arena_text(arena, decision->time);
    if (strlen(day) > 10)
        day[10] = '\0';
    return (struct article){.id = decision->id,
                            .title = {decision->title, decision->title},
                            .body = {decision->text, decision->text},
                            .tags = "",
                            .updated = day};
}

void proposals_read_approved(const char *data, struct articles *articles,
                             struct findings *findings) {
    struct decisions all = {.arena = articles->arena};
    struct error error = {0};
    char *path = table_of(data);
    if (!table_read(path, header, COLUMNS, keep, &all, &error))
        findings_add(findings, FINDING_ERROR, "file-read", path, 1, 1, "%s", error.text);
    for (size_t i = 0; i < all.count; i++) {
        struct article article = as_article(&all.items[i], articles->arena);
        if (all.items[i].approved && !decided_again(&all, i))
            articles_add(articles, &article);
    }
    free(all.items);
    free(path);
}
