/* What `itr check` says of a script that loads. Each file asks one kind of question; the graph
 * answers first, because what cannot be reached does not count for the others. */
#ifndef ITR_SCENARIO_CHECK_H
#define ITR_SCENARIO_CHECK_H

#include "scenario/format.h"

struct checker {
    const struct scenario *scenario;
    struct scenario_sources *sources;
    struct findings *findings;
    bool *reached, *ending_reached, *scene_used; /* per node, ending, scene */
    bool *earnable;                              /* per point: something earns or trips it */
    struct interval *variables;                  /* per variable: what it can be in any call */
    bool *variable_read;
    bool verifies; /* some change verifies the caller */
};

/* A finding at a thing of the scenario, at a JSON value, or at a member of the thing. */
void check_thing(struct checker *checker, const void *thing, const char *key, enum code code,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
void check_value(struct checker *checker, uint32_t document, const cJSON *value, enum code code,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Calls `visit` for every change that can happen at a node, with the condition it hangs on. */
typedef void change_visitor(void *context, uint32_t node, const struct change *change,
                            const struct expression *condition);
void each_change(const struct scenario *scenario, uint32_t node, change_visitor *visit,
                 void *context);

/* The same bounds for every question about conditions. */
struct expression_bounds check_bounds(const struct checker *checker);
bool never_holds(const struct checker *checker, const struct expression *condition);

void check_graph(struct checker *checker);
void check_points(struct checker *checker);
void check_conditions(struct checker *checker);
void check_texts(struct checker *checker);
void check_facts(struct checker *checker);
void check_examples(struct checker *checker);

/* Learns what variables can be: before check_graph. Which points can be earned: after it. */
void learn_variables(struct checker *checker);
void learn_points(struct checker *checker);

#endif
