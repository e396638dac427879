/* Where the files of a script come from: a folder, or one JSON text that holds them all. */
#ifndef ITR_SCENARIO_BUNDLE_H
#define ITR_SCENARIO_BUNDLE_H

#include "scenario/source.h"

#define BUNDLE_FORMAT "itr-bundle/1"
#define PACK_FOLDER "behaviours/"

/* Gives the bytes of the file `name` as the script names it, and in `shown` what people call it. */
struct opener {
    bool (*open)(const struct opener *opener, const char *name, struct buffer *out,
                 struct buffer *shown, struct error *error);
    const char *folder; /* of a script on disk */
    const cJSON *files; /* of a bundle */
};

bool open_from_folder(const struct opener *opener, const char *name, struct buffer *out,
                      struct buffer *shown, struct error *error);
bool open_from_bundle(const struct opener *opener, const char *name, struct buffer *out,
                      struct buffer *shown, struct error *error);

/* Keeps the packs in a folder, or in a bundle: every file of it under PACK_FOLDER. */
void packs_from_folder(struct scenario_sources *sources, const char *folder,
                       struct findings *findings);
void packs_from_bundle(struct scenario_sources *sources, const cJSON *files);

/* Parses a bundle and finds its parts; NULL with findings when it is damaged. */
struct json *bundle_parse(const char *name, const char *bytes, size_t length,
                          const cJSON **main_file, const cJSON **files, struct findings *findings);

#endif
