/* Many calls, and what they come to. */
#include <stdlib.h>

#include "trial/trial.h"

struct simulation *simulation_new(const struct scenario *scenario) {
    struct simulation *simulation = memory_new(sizeof *simulation);
    simulation->endings = memory_new((scenario->ending_count + 1) * sizeof *simulation->endings);
    return simulation;
}

void simulation_free(struct simulation *simulation) {
    if (simulation)
        free(simulation->endings);
    free(simulation);
}

void simulation_note(struct simulation *simulation, const struct call *call, uint32_t turns) {
    struct call_view view;
    int32_t q;
    call_view(call, &view);
    simulation->passes += scorecard_quick(call, &q);
    simulation->runs++;
    simulation->turns += turns;
    simulation->q_counts[q < 0 ? 0 : q < SIMULATION_Q ? q : SIMULATION_Q - 1]++;
    uint32_t none = call_scenario(call)->ending_count;
    simulation->endings[view.ending >= 0 ? (uint32_t)view.ending : none]++;
}

void simulation_run(struct simulation *simulation, struct player *player,
                    const struct scenario *scenario, uint64_t seed, uint32_t runs) {
    struct call *fresh = call_new(scenario), *call = call_new(scenario);
    for (uint32_t i = 0; i < runs; i++) {
        call_copy(call, fresh);
        simulation_note(simulation, call, player_play(player, call, seed + i));
    }
    free(call);
    free(fresh);
}

int32_t simulation_q(const struct simulation *simulation, uint32_t percent) {
    uint64_t passed = 0, wanted = (uint64_t)simulation->runs * percent;
    int32_t q = 0;
    for (int32_t i = 0; i < SIMULATION_Q; i++) {
        if (!simulation->q_counts[i])
            continue;
        passed += simulation->q_counts[i];
        q = i;
        if (passed * 100 >= wanted)
            break;
    }
    return q;
}

double simulation_mean(const struct simulation *simulation) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < SIMULATION_Q; i++)
        sum += i * simulation->q_counts[i];
    return simulation->runs ? (double)sum / 10 / simulation->runs : 0;
}
