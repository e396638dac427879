#include <stdlib.h>
#include <string.h>

#include "knowledge/index.h"
#include "knowledge/proposals.h"

struct knowledge {
    struct articles articles;
    uint32_t *by_id; /* article indexes, sorted */
    struct index *index;
};

/* ---- opening ---- */

static bool is_json(const char *name) {
    size_t length = strlen(name);
    return length > 5 && !strcmp(name + length - 5, ".json");
}

static void read_folder(struct articles *articles, const char *folder, struct findings *findings) {
    char **names;
    size_t count;
    struct error error;
    struct buffer path = {0};
    if (!file_list(folder, &names, &count, &error)) {
        findings_add(findings, FINDING_ERROR, "file-read", folder, 1, 1, "%s", error.text);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&path);
        file_join(&path, folder, names[i]);
        if (is_json(names[i]))
            articles_read(articles, buffer_text(&path), findings);
    }
    buffer_free(&path);
    file_list_free(names, count);
}

static int compare(const void *a, const void *b, void *user) {
    const struct article *items = user;
    const uint32_t *first = a, *second = b;
    int order = strcmp(items[*first].id, items[*second].id);
    return order ? order : (*first > *second) - (*first < *second);
}

static void sort_ids(struct knowledge *knowledge) {
    size_t count = knowledge->articles.count;
    knowledge->by_id = memory_new((count + 1) * sizeof *knowledge->by_id);
    for (size_t i = 0; i < count; i++)
        knowledge->by_id[i] = (uint32_t)i;
    qsort_r(knowledge->by_id, count, sizeof *knowledge->by_id, compare, knowledge->articles.items);
}

struct knowledge *knowledge_open(const char *folder, const char *data, struct findings *findings) {
    struct knowledge *knowledge = memory_new(sizeof *knowledge);
    knowledge->articles.arena = arena_new();
    if (folder)
        read_folder(&knowledge->articles, folder, findings);
    if (data)
        proposals_read_approved(data, &knowledge->articles, findings);
    sort_ids(knowledge);
    return knowledge;
}

void knowledge_free(struct knowledge *knowledge) {
    if (!knowledge)
        return;
    index_free(knowledge->index);
    arena_free(knowledge->articles.arena);
    free(knowledge->articles.items);
    free(knowledge->by_id);
    free(knowledge);
}

void knowledge_check(const char *file, struct findings *findings) {
    struct articles articles = {.arena = arena_new()};
    articles_read(&articles, file, findings);
    arena_free(articles.arena);
    free(articles.items);
}

/* ---- asking ---- */

size_t knowledge_count(const struct knowledge *knowledge) {
    return knowledge->articles.count;
}

const struct article *knowledge_article(const struct knowledge *knowledge, size_t index) {
    return &knowledge->articles.items[index];
}

int64_t knowledge_find(const struct knowledge *knowledge, const char *id) {
    const struct article *items = knowledge->articles.items;
    size_t low = 0, high = knowledge->articles.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(items[knowledge->by_id[middle]].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < knowledge->articles.count && !strcmp(items[knowledge->by_id[low]].id, id);
    return found ? (int64_t)knowledge->by_id[low] : -1;
}

size_t knowledge_search(struct knowledge *knowledge, const char *query, size_t length,
                        uint32_t *hits, size_t room) {
    if (!knowledge->index)
        knowledge->index = index_new(&knowledge->articles);
    return index_search(knowledge->index, query, length, hits, room);
}
