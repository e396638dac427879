/* Loading: all files are parsed, then read by the tables into structs, then linked. Findings of all
 * three are told in one go; anything less than a whole script is thrown away. */
#include <stdlib.h>
#include <string.h>

#include "scenario/bundle.h"
#include "scenario/format_case.h"
#include "scenario/link.h"
#include "scenario/profile_link.h"

struct loading {
    struct reader reader;
    struct script *script;
    struct opener opener;
    struct opener shared;      /* for what stands beside the packs; open is NULL where nothing is */
    uint32_t profile_document; /* 0: none */
    uint32_t *scene_documents; /* for each entry of `scenes`: its document, or UINT32_MAX */
    bool incomplete;           /* a file is missing: what is in it cannot be told from a mistake */
};

/* ---- files ---- */

static bool add_document(struct loading *loading, const char *name, const struct buffer *text) {
    struct scenario_sources *sources = loading->reader.sources;
    struct json *json = json_parse(name, buffer_text(text), text->length, loading->reader.findings);
    if (!json)
        return false;
    sources->documents = memory_resize(sources->documents,
                                       (sources->document_count + 1) * sizeof(*sources->documents));
    sources->documents[sources->document_count++] = json;
    return true;
}

static bool open_with(const struct opener *opener, const char *name, struct buffer *text,
                      struct buffer *shown, struct error *error) {
    return opener->open && opener->open(opener, name, text, shown, error);
}

/* A file that the script names becomes a document, and part of the bundle under that name. */
static bool open_beside(struct loading *loading, const cJSON *place, const char *name) {
    struct buffer text = {0}, shown = {0};
    struct error error, other;
    bool opened = open_with(&loading->opener, name, &text, &shown, &error) ||
                  open_with(&loading->shared, name, &text, &shown, &other);
    if (!opened)
        report(&loading->reader, place, CODE_UNREADABLE, "%s", error.text);
    bool added = opened && add_document(loading, buffer_text(&shown), &text);
    if (added) {
        struct scenario_sources *sources = loading->reader.sources;
        sources->scenes = memory_reserve(sources->scenes, &sources->scene_room,
                                         sources->scene_count + 1, sizeof *sources->scenes);
        sources->scenes[sources->scene_count++].name = memory_text(name);
    }
    buffer_free(&text);
    buffer_free(&shown);
    loading->incomplete |= !added;
    return added;
}

static void open_scenes(struct loading *loading, const cJSON *list) {
    const cJSON *entry;
    uint32_t count = 0;
    cJSON_ArrayForEach(entry, list) count++;
    loading->scene_documents = memory_new((count + 1) * sizeof *loading->scene_documents);
    count = 0;
    cJSON_ArrayForEach(entry, list) {
        const cJSON *file = member_of(entry, "file");
        uint32_t document = 0;
        if (file && (!cJSON_IsString(file) || !path_stays_inside(file->valuestring))) {
            document = UINT32_MAX;
        } else if (file) {
            document = loading->reader.sources->document_count;
            if (!open_beside(loading, file, file->valuestring))
                document = UINT32_MAX;
        }
        loading->scene_documents[count++] = document;
    }
}

/* The profile that the customer names: beside the script, or among those that scripts share. */
static void open_profile(struct loading *loading) {
    struct scenario_sources *sources = loading->reader.sources;
    const cJSON *customer = member_of(sources->documents[0]->root, "customer");
    const cJSON *id = cJSON_IsObject(customer) ? member_of(customer, "profile") : NULL;
    if (!cJSON_IsString(id) || strpbrk(id->valuestring, "/\\."))
        return; /* reading says what is wrong with it */
    struct buffer name = {0};
    buffer_printf(&name, PROFILE_FOLDER "%s.json", id->valuestring);
    uint32_t document = sources->document_count;
    if (open_beside(loading, id, buffer_text(&name)))
        loading->profile_document = document;
    buffer_free(&name);
}

/* ---- pools ---- */

static uint32_t children(const cJSON *value) {
    uint32_t count = 0;
    const cJSON *child;
    cJSON_ArrayForEach(child, value) count++;
    return count;
}

struct pools {
    uint32_t nodes, points, variables, scenes;
    const cJSON *scene_list;
};

static void count_pools(const cJSON *object, struct pools *pools) {
    const cJSON *member;
    if (!cJSON_IsObject(object))
        return;
    cJSON_ArrayForEach(member, object) {
        if (strcmp(member->string, "nodes") == 0)
            pools->nodes += children(member);
        else if (strcmp(member->string, "points") == 0)
            pools->points += children(member);
        else if (strcmp(member->string, "variables") == 0 || strcmp(member->string, "account") == 0)
            pools->variables += children(member);
        else if (strcmp(member->string, "scenes") == 0 && cJSON_IsArray(member))
            pools->scene_list = member;
    }
}

static void count_all(struct loading *loading, struct pools *pools) {
    struct pools outer = {0};
    const cJSON *entry;
    count_pools(loading->reader.sources->documents[0]->root, &outer);
    *pools = outer;
    if (outer.scene_list && children(outer.scene_list) <= 100) {
        open_scenes(loading, outer.scene_list);
        pools->scenes = children(outer.scene_list);
        cJSON_ArrayForEach(entry, outer.scene_list) count_pools(entry, pools);
        for (uint32_t i = 1; i < loading->reader.sources->document_count; i++)
            count_pools(loading->reader.sources->documents[i]->root, pools);
    }
    pools->scene_list = outer.scene_list;
}

static void make_pools(struct loading *loading, const struct pools *pools) {
    struct reader *reader = &loading->reader;
    struct scenario *scenario = reader->scenario;
    struct arena *arena = reader->arena;
    scenario->nodes = arena_take(arena, (pools->nodes + 1) * sizeof(struct node));
    scenario->points = arena_take(arena, (pools->points + 1) * sizeof(struct point));
    scenario->variables = arena_take(arena, (pools->variables + 1) * sizeof(struct variable));
    scenario->scenes = arena_take(arena, (pools->scenes + 1) * sizeof(struct scene));
    scenario->scene_count = pools->scenes;
    reader->bases[SPACE_NODE] = (char *)scenario->nodes;
    reader->bases[SPACE_POINT] = (char *)scenario->points;
    reader->bases[SPACE_SCENE] = (char *)scenario->scenes;
}

/* ---- reading ---- */

static void read_script(struct loading *loading) {
    struct reader *reader = &loading->reader;
    static const uint32_t weights[STAGE_COUNT] = {250, 300, 300, 150};
    reader->json = reader->sources->documents[0];
    reader->scene = SCENE_NONE;
    memcpy(reader->scenario->stage_weights, weights, sizeof weights);
    reader->scenario->drill_ms = DRILL_MS;
    place_add(reader->sources, loading->script, sizeof *loading->script, 1, 0, reader->json->root);
    shape_read(reader, &shape_scenario, reader->json->root, (char *)loading->script);
}

/* The ids of its nodes begin with the scene's own, which may stand after them in the file. */
static void read_scene(struct loading *loading, uint32_t number, const cJSON *object,
                       const struct shape *shape) {
    struct reader *reader = &loading->reader;
    struct scene *scene = (struct scene *)&reader->scenario->scenes[number];
    const cJSON *id = member_of(object, "id");
    scene->id = cJSON_IsString(id) ? id->valuestring : "";
    reader->scene = number;
    place_add(reader->sources, scene, sizeof *scene, 1, reader->document, object);
    shape_read(reader, shape, object, (char *)scene);
    reader->scene = SCENE_NONE;
}

static void read_scenes_of(struct loading *loading, const cJSON *list) {
    struct reader *reader = &loading->reader;
    const cJSON *entry;
    uint32_t number = 0;
    cJSON_ArrayForEach(entry, list) {
        uint32_t document = loading->scene_documents[number];
        if (member_of(entry, "file")) {
            shape_read(reader, &shape_scene_place, entry, NULL);
            if (document != UINT32_MAX) {
                reader->document = document;
                reader->json = reader->sources->documents[document];
                read_scene(loading, number, reader->json->root, &shape_scene_file);
                reader->document = 0;
                reader->json = reader->sources->documents[0];
            }
        } else {
            read_scene(loading, number, entry, &shape_scene);
        }
        number++;
    }
}

static void read_profile(struct loading *loading) {
    struct reader *reader = &loading->reader;
    struct profile *profile = arena_take(reader->arena, sizeof *profile);
    reader->document = loading->profile_document;
    reader->json = reader->sources->documents[reader->document];
    place_add(reader->sources, profile, sizeof *profile, 1, reader->document, reader->json->root);
    shape_read(reader, &shape_profile, reader->json->root, (char *)profile);
    reader->scenario->profile = profile;
    reader->document = 0;
    reader->json = reader->sources->documents[0];
}

static void count_what_was_read(struct loading *loading) {
    struct scenario *scenario = loading->reader.scenario;
    scenario->node_count = loading->reader.nodes_read;
    scenario->point_count = loading->reader.points_read;
    scenario->variable_count = loading->reader.variables_read;
}

static void read_and_link(struct loading *loading) {
    struct reader *reader = &loading->reader;
    struct pools pools = {0};
    size_t errors = reader->findings->errors;
    reader->json = reader->sources->documents[0];
    count_all(loading, &pools);
    open_profile(loading);
    make_pools(loading, &pools);
    read_script(loading);
    if (loading->script->scene_list)
        read_scenes_of(loading, loading->script->scene_list);
    if (loading->profile_document)
        read_profile(loading);
    count_what_was_read(loading);
    if (loading->incomplete)
        return;
    link_names(reader);
    if (reader->findings->errors == errors)
        link_whole(reader, loading->script);
    if (reader->findings->errors == errors)
        link_lexicon(reader);
}

/* ---- the whole ---- */

static void start_loading(struct loading *loading, struct findings *findings) {
    struct arena *arena = arena_new();
    struct script *script = arena_take(arena, sizeof *script);
    struct scenario_sources *sources = memory_new(sizeof *sources);
    script->scenario.arena = arena;
    script->scenario.sources = sources;
    loading->script = script;
    loading->reader = (struct reader){.findings = findings,
                                      .scenario = &script->scenario,
                                      .sources = sources,
                                      .arena = arena,
                                      .scene = SCENE_NONE,
                                      .guesses = 200000};
}

static struct scenario *finish_loading(struct loading *loading, size_t errors) {
    struct scenario *scenario = loading->reader.scenario;
    free(loading->reader.later);
    buffer_free(&loading->reader.work);
    free(loading->scene_documents);
    findings_sort(loading->reader.findings);
    if (loading->reader.findings->errors == errors)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

static void unreadable(struct findings *findings, const char *file, const struct error *error) {
    findings_add(findings, FINDING_ERROR, code_table[CODE_UNREADABLE].word, file, 1, 1, "%s",
                 error->text);
}

static char *folder_of(const char *file) {
    const char *slash = strrchr(file, '/');
    if (!slash)
        return memory_text("");
    return memory_text_of(file, slash == file ? 1 : (size_t)(slash - file));
}

struct scenario *scenario_load(const char *file, const char *behaviours,
                               struct findings *findings) {
    struct loading loading = {0};
    struct buffer text = {0};
    struct error error;
    size_t errors = findings->errors;
    char *folder = folder_of(file), *shared = behaviours ? folder_of(behaviours) : NULL;
    start_loading(&loading, findings);
    loading.opener = (struct opener){.open = open_from_folder, .folder = folder};
    if (shared)
        loading.shared = (struct opener){.open = open_from_folder, .folder = shared};
    if (behaviours)
        packs_from_folder(loading.reader.sources, behaviours, findings);
    if (!file_read(file, JSON_SIZE, &text, &error))
        unreadable(findings, file, &error);
    else if (add_document(&loading, file, &text))
        read_and_link(&loading);
    buffer_free(&text);
    free(folder);
    free(shared);
    return finish_loading(&loading, errors);
}

struct scenario *scenario_load_bundle(const char *name, const char *bytes, size_t length,
                                      struct findings *findings) {
    struct loading loading = {0};
    struct buffer text = {0}, shown = {0};
    struct error error;
    size_t errors = findings->errors;
    const cJSON *main_file, *files;
    struct json *bundle = bundle_parse(name, bytes, length, &main_file, &files, findings);
    if (!bundle)
        return NULL;
    start_loading(&loading, findings);
    loading.opener = (struct opener){.open = open_from_bundle, .files = files};
    packs_from_bundle(loading.reader.sources, files);
    if (!open_from_bundle(&loading.opener, main_file->valuestring, &text, &shown, &error))
        unreadable(findings, name, &error);
    else if (add_document(&loading, buffer_text(&shown), &text))
        read_and_link(&loading);
    buffer_free(&text);
    buffer_free(&shown);
    json_free(bundle);
    return finish_loading(&loading, errors);
}

void scenario_free(struct scenario *scenario) {
    if (!scenario)
        return;
    struct arena *arena = scenario->arena;
    sources_free(scenario->sources);
    arena_free(arena);
}
