/* What a scenario was made from, kept for as long as it lives: the texts of the script stand in the
 * documents, findings need the places of things, records the bundle. */
#ifndef ITR_SCENARIO_SOURCE_H
#define ITR_SCENARIO_SOURCE_H

#include "base/base.h"
#include "scenario/expression.h"
#include "scenario/scenario.h"

/* A run of things of one size that came from neighbouring JSON values. */
struct place_list {
    const char *base;
    uint32_t size, count;
    uint32_t document;
    const cJSON *first;
};

struct source_file {
    char *name;  /* in the bundle: scenes as the script names them, packs "behaviours/zh/…" */
    char *shown; /* what people call it; of packs */
    struct buffer text;
};

struct scenario_sources {
    struct json **documents; /* the script first, then a scene file each */
    uint32_t document_count;
    struct source_file *scenes, *packs; /* the bytes of packs are kept, scenes' are in documents */
    size_t scene_count, scene_room, pack_count, pack_room;
    struct place_list *places;
    size_t place_count, place_room;
    bool sorted;
    struct names places_by_id; /* nodes and endings */
    struct names points, scenes_by_id, facts, card, objectives, variables;
    struct names actions, needs, articles, ticket;
    struct reply_names replies;
    bool replies_known;
    struct lexicon *lexicon; /* the scenario's own */
    char hash[HASH_HEX_SIZE];
};

void sources_free(struct scenario_sources *sources);

/* Remembers where `count` things of `size` bytes from `base` on came from. */
void place_add(struct scenario_sources *sources, const void *base, size_t size, uint32_t count,
               uint32_t document, const cJSON *first);

/* The JSON value that a thing (or the struct it stands in) came from; NULL when it has none. */
const cJSON *place_find(struct scenario_sources *sources, const void *thing, uint32_t *document);

/* A member of an object by its key, or NULL. */
const cJSON *member_of(const cJSON *object, const char *key);

/* The file that stands in a name beside another file, made from a script's own folder. */
bool path_stays_inside(const char *path);

/* Compiles an expression where names mean what they mean in the script (in `scene`, or SCENE_NONE).
 */
struct expression *scenario_compile(const struct scenario *scenario, const char *source,
                                    uint32_t scene, struct arena *arena,
                                    struct expression_fault *fault);

/* Where the byte `at` of a string value stands in its document, escapes taken into account. */
size_t string_offset(const struct json *json, const cJSON *string, size_t at);

#endif
