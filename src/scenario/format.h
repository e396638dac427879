/* Where the tables of the format (format.c) need more than the plain way of reading a value. */
#ifndef ITR_SCENARIO_FORMAT_H
#define ITR_SCENARIO_FORMAT_H

#include "scenario/shape.h"

/* A scenario with what the nodes inherit, which nobody outside needs. */
struct script {
    struct scenario scenario;
    const struct silence_step *silence;
    uint32_t silence_count;
    const struct change *otherwise;
    const cJSON *scene_list; /* read after the script's own nodes */
    const struct adjust *adjust; /* what the script changes in its profile, or NULL */
};

typedef void read_function(struct reader *reader, const struct field *field, const cJSON *value,
                           char *base);
read_function read_plain_line, read_effects, read_marks, read_trips, read_typed_rule,
    read_point_rule, read_accepts, read_requirement, read_nodes, read_points, read_variables,
    read_scenes, read_weights, read_shows;

/* Declares a variable that starts with `value`; its number. `place`: where its name stands, the
 * same as `value` when that is its key. */
uint32_t declare_variable(struct reader *reader, const char *name, const cJSON *place,
                          const cJSON *value);

/* Reads a rule that `*id` will be named by; both NULL: it is only checked. */
void read_rule(struct reader *reader, const cJSON *value, int *rule, const char *const *id);

typedef void finish_function(struct reader *reader, const cJSON *object, char *base);
finish_function finish_change, finish_step, finish_reply, finish_typed, finish_node, finish_point,
    finish_weights, finish_rule, finish_line;

#endif
