#include "call/state.h"

#include <string.h>

static size_t align(size_t size) {
    return (size + 7) & ~(size_t)7;
}

static size_t reply_bytes(const struct scenario *scenario) {
    return align((scenario->reply_count + 7) / 8 + 1);
}

size_t call_size(const struct scenario *scenario) {
    return align(sizeof(struct call)) + scenario->variable_count * sizeof(int64_t) +
           align(scenario->node_count * sizeof(uint32_t)) + reply_bytes(scenario) +
           scenario->point_count * sizeof(struct call_point) + align(scenario->fact_count + 1) +
           align(scenario->point_count + scenario->line_count);
}

void call_lay_out(struct call *call) {
    const struct scenario *scenario = call->scenario;
    char *at = (char *)call + align(sizeof(struct call));
    call->variables = (int64_t *)(void *)at;
    at += scenario->variable_count * sizeof(int64_t);
    call->visits = (uint32_t *)(void *)at;
    at += align(scenario->node_count * sizeof(uint32_t));
    call->replies = (uint8_t *)at;
    at += reply_bytes(scenario);
    call->facts = (uint8_t *)at;
    at += align(scenario->fact_count + 1);
    call->points = (struct call_point *)(void *)at;
    call->halves = (uint8_t *)(call->points + scenario->point_count);
    call->heard = call->halves + scenario->point_count;
}

struct call *call_new(const struct scenario *scenario) {
    struct call *call = memory_new((1 + CALL_UNDO) * call_size(scenario));
    call->scenario = scenario;
    call->practice.room = CALL_UNDO;
    call_lay_out(call);
    call->ending = -1;
    call->mood = scenario->mood;
    call->patience = scenario->patience;
    call->node = scenario->start;
    for (uint32_t i = 0; i < scenario->variable_count; i++)
        call->variables[i] = scenario->variables[i].start;
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        call->points[i].t_ms = -1;
        call->halves[i] = point_is_trip(&scenario->points[i]) ? 2 : 0;
    }
    call->talk_end_ms = call->ticket_saved_ms = -1;
    call_facts_start(call);
    return call;
}

void call_copy(struct call *to, const struct call *from) {
    uint32_t room = to->practice.room;
    memcpy(to, from, call_size(from->scenario));
    practice_copy(to, from, room);
    call_lay_out(to);
}

const struct scenario *call_scenario(const struct call *call) {
    return call->scenario;
}

void call_view(const struct call *call, struct call_view *view) {
    *view = (struct call_view){
        .phase = call->phase,
        .mode = call->mode,
        .language = call->language,
        .seed = call->seed,
        .t_ms = call->t_ms,
        .quiet_ms = call->quiet_ms,
        .mood = call->mood,
        .patience = call->patience,
        .node = call->node,
        .stage = call_node(call)->stage,
        .ended = call->ended,
        .ending = call->ending,
        .no_way_on = call->no_way_on,
        .transferred = call->transferred,
        .outcome = call->outcome,
        .turns = call->turns,
        .gaps = call->gaps,
        .case_ms = case_ms(call),
        .sure = call->practice.sure,
        .undoable = call->practice.past_count,
        .undone = call->practice.undone,
        .timeouts = call->practice.timeouts,
        .reply_due_ms = practice_due(call),
        .rating = call->customer.rating,
        .supervisor = call->customer.supervisor,
        .asked_again = call->customer.asked_again,
        .lookups = call->lookups,
        .verified = call->verified,
        .talk_over = call_talk_over(call),
        .talk_end_ms = call->talk_end_ms,
        .ticket_saved_ms = call->ticket_saved_ms,
        .two_seats = seats_two(call),
        .customers_turn = call->seats.customers_turn,
        .rated_agent = call->seats.rated[0],
        .rated_customer = call->seats.rated[1],
    };
}

struct point_state call_point(const struct call *call, uint32_t point) {
    const struct call_point *at = &call->points[point];
    return (struct point_state){
        .halves = call->halves[point],
        .on_route = at->flags & POINT_ON_ROUTE,
        .tried = at->flags & POINT_TRIED,
        .unsure = at->flags & POINT_UNSURE,
        .settled = at->flags & (POINT_WRONG | POINT_LATE) ||
                   (point_is_trip(&call->scenario->points[point]) && !call->halves[point]),
        .t_ms = at->t_ms,
    };
}

bool call_decide(struct call *call, uint32_t point, enum verdict verdict) {
    struct call_point *at = &call->points[point];
    if (!(at->flags & POINT_UNSURE) || verdict == VERDICT_UNSURE)
        return false;
    at->flags &= (uint8_t)~POINT_UNSURE;
    if (point_is_trip(&call->scenario->points[point]))
        call->halves[point] = verdict == VERDICT_MET ? 0 : call->halves[point];
    else
        call->halves[point] = verdict == VERDICT_MET ? 2 : verdict == VERDICT_PARTIAL ? 1 : 0;
    return true;
}

struct expression_world call_world(const struct call *call) {
    return (struct expression_world){
        .variables = call->variables,
        .visits = call->visits,
        .point_halves = call->halves,
        .replies_used = call->replies,
        .mood = call->mood,
        .patience = call->patience,
        .elapsed_s = call->t_ms / 1000,
        .actions_done = call->desk.done,
        .articles_read = call->articles_read,
        .lookups = call->lookups,
        .amount = call->desk.amount,
        .transfers = call->desk.transfers,
        .repeats = call->desk.repeats,
        .case_s = case_ms(call) / 1000,
        .shown = call->customer.shown,
        .supervisor = call->customer.supervisor,
        .rating = call->customer.rating,
        .facts = call->facts,
        .verified = call->verified,
        .ticket_saved = call->ticket_saved_ms >= 0,
    };
}

bool call_holds(const struct call *call, const struct expression *condition) {
    if (!condition)
        return true;
    struct expression_world world = call_world(call);
    return expression_value(condition, &world) != 0;
}

uint32_t call_visits(const struct call *call, uint32_t node) {
    return call->visits[node];
}

bool call_skipped(const struct call *call, enum stage stage) {
    return call->skipped >> stage & 1;
}

#define VISITS_TOLD_APART 3

static uint64_t mix(uint64_t hash, uint64_t value) {
    return hash_random(&(uint64_t){hash ^ value});
}

/* Only what a script asks about is ever other than zero. */
static uint64_t customer_hash(const struct call *call, uint64_t hash) {
    const struct customer *customer = &call->customer;
    uint64_t flags = (uint64_t)customer->rating << 1 | customer->supervisor;
    if (flags || customer->reacted)
        hash = mix(mix(hash, flags), customer->reacted);
    for (uint32_t asked = call->scenario->asked_behaviours; asked; asked &= asked - 1) {
        uint32_t shown = customer->shown[__builtin_ctz(asked)];
        hash = mix(hash, shown < VISITS_TOLD_APART ? shown : VISITS_TOLD_APART);
    }
    return hash;
}

uint64_t call_hash(const struct call *call) {
    const struct scenario *scenario = call->scenario;
    uint64_t hash = mix(call->node, (uint64_t)call->phase << 8 | call->ended);
    hash = mix(hash, (uint64_t)(uint32_t)call->mood << 32 | (uint32_t)call->patience);
    hash = mix(hash, (uint64_t)call->skipped << 32 | call->steps_run);
    if (call->practice.skipped_ms)
        hash = mix(hash, (uint64_t)call->practice.skipped_ms);
    for (uint32_t i = 0; i < call->depth; i++)
        hash = mix(hash, (uint64_t)call->back[i].kind << 32 | call->back[i].index);
    for (uint32_t i = 0; i < scenario->variable_count; i++)
        hash = mix(hash, (uint64_t)call->variables[i]);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        hash = mix(hash, (uint64_t)call->halves[i] << 8 | call->points[i].flags);
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        uint32_t visits = call->visits[i];
        hash = mix(hash, visits < VISITS_TOLD_APART ? visits : VISITS_TOLD_APART);
    }
    for (uint32_t i = 0; i < (scenario->reply_count + 7) / 8; i++)
        hash = mix(hash, call->replies[i]);
    int64_t desk[DESK_NUMBERS];
    uint32_t desk_count = desk_told_apart(call, desk);
    for (uint32_t i = 0; i < desk_count; i++)
        hash = mix(hash, (uint64_t)desk[i]);
    if (call->articles_read)
        hash = mix(hash, call->articles_read);
    for (uint32_t i = 0; i < scenario->fact_count && scenario->hidden_count; i++)
        hash = mix(hash, call->facts[i]);
    if (scenario->after_call || call->verified)
        hash = mix(hash, (uint64_t)call->verified << 1 | (call->ticket_saved_ms >= 0));
    for (uint32_t i = 0; i < scenario->ticket_count; i++)
        hash = mix(hash, (uint64_t)call->ticket[i].value << 8 | call->ticket[i].halves);
    return customer_hash(call, hash);
}

/* Fed field by field in one byte order, so that the digest is the same on every machine. What
 * goes in is fixed for a rule version: with another field every record kept so far would read as
 * changed. */
struct digest {
    struct buffer bytes;
};

static void digest_number(struct digest *digest, int64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    buffer_add(&digest->bytes, bytes, sizeof bytes);
}

static void digest_head(struct digest *digest, const struct call *call) {
    buffer_add_text(&digest->bytes, call->scenario->id);
    const int64_t numbers[] = {
        call->scenario->version,
        call->phase,
        call->phase_before_hold,
        call->mode,
        call->language,
        (int64_t)call->seed,
        (int64_t)call->chance,
        call->opened,
        call->ended,
        call->no_way_on,
        call->ending,
        call->outcome,
        call->t_ms,
        call->quiet_ms,
        call->steps_run,
        call->mood,
        call->patience,
        call->node,
        call->turns,
        call->gaps,
        call->skipped,
        call->depth,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        digest_number(digest, numbers[i]);
    for (uint32_t i = 0; i < call->depth; i++) {
        digest_number(digest, call->back[i].kind);
        digest_number(digest, call->back[i].index);
    }
}

/* What later versions added goes in only where it was used, each with a word of its own. */
static void digest_practice(struct digest *digest, const struct practice *practice) {
    const struct {
        const char *word;
        int64_t number;
    } parts[] = {
        {"skipped", practice->skipped_ms}, {"sure", practice->sure},
        {"undone", practice->undone},      {"timeouts", practice->timeouts},
        {"moment", practice->moment},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].number) {
            buffer_add_text(&digest->bytes, parts[i].word);
            digest_number(digest, parts[i].number);
        }
}

static void digest_tagged(struct digest *digest, const char *tag, int64_t number) {
    buffer_add_text(&digest->bytes, tag);
    digest_number(digest, number);
}

/* What scripts without a profile never have: in the digest only where it is not as at the start, so
 * that the digests of old records stay. */
static void digest_customer(struct digest *digest, const struct call *call) {
    const struct customer *customer = &call->customer;
    const struct {
        const char *tag;
        int64_t number;
    } parts[] = {
        {"plays", call->fold > 1 ? call->plays : 0},
        {"fold", call->fold > 1 ? call->fold : 0},
        {"reacted", (int64_t)customer->reacted},
        {"drained", customer->drained_ms},
        {"repeats", customer->asked_again},
        {"rating", customer->rating},
        {"supervisor", customer->supervisor},
        {"breathed", customer->breathed},
        {"read", customer->read},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].number)
            digest_tagged(digest, parts[i].tag, parts[i].number);
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        if (customer->shown[i])
            digest_tagged(digest, behaviour_name((enum behaviour)i), customer->shown[i]);
    for (uint32_t i = 0; i < call->scenario->line_count; i++)
        if (call->heard[i])
            digest_tagged(digest, "heard", (int64_t)i << 8 | call->heard[i]);
}

static void digest_seats(struct digest *digest, const struct seats *seats) {
    if (!seats->count)
        return;
    digest_tagged(digest, "seats", seats->count);
    digest_tagged(digest, "turn", seats->customers_turn);
    digest_tagged(digest, "rated", seats->rated[0] << 8 | seats->rated[1]);
}

/* A part of the state that came later goes in only when it is not as it was at the start. */
static void digest_lookups(struct digest *digest, const struct call *call) {
    if (!call->lookups && !call->articles_read)
        return;
    buffer_add_text(&digest->bytes, "lookups");
    digest_number(digest, call->lookups);
    digest_number(digest, (int64_t)call->articles_read);
}

/* Only what differs from how a call starts: records of scripts without any of it stay as they are.
 */
static void digest_facts(struct digest *digest, const struct call *call) {
    const struct scenario *scenario = call->scenario;
    bool any = false;
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        any |= scenario->facts[i].hidden && call->facts[i];
    if (any)
        buffer_add_text(&digest->bytes, "facts");
    if (any)
        buffer_add(&digest->bytes, call->facts, scenario->fact_count);
    if (call->verified)
        buffer_add_text(&digest->bytes, "verified");
    if (call->phase == PHASE_AFTER_CALL) {
        buffer_add_text(&digest->bytes, "talk_end");
        digest_number(digest, call->talk_end_ms);
    }
    for (uint32_t i = 0; i < scenario->ticket_count; i++)
        if (call->ticket[i].value) {
            const struct ticket_entry *entry = &call->ticket[i];
            buffer_add_text(&digest->bytes, "ticket");
            const int64_t numbers[] = {i, entry->value, entry->halves, entry->guessed};
            for (size_t k = 0; k < 4; k++)
                digest_number(digest, numbers[k]);
        }
    if (call->ticket_saved_ms >= 0) {
        buffer_add_text(&digest->bytes, "saved");
        digest_number(digest, call->ticket_saved_ms);
    }
}

void call_digest(const struct call *call, char hex[17]) {
    const struct scenario *scenario = call->scenario;
    struct digest digest = {0};
    digest_head(&digest, call);
    for (uint32_t i = 0; i < scenario->variable_count; i++)
        digest_number(&digest, call->variables[i]);
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        digest_number(&digest, call->halves[i]);
        digest_number(&digest, call->points[i].flags);
        digest_number(&digest, call->points[i].t_ms);
    }
    for (uint32_t i = 0; i < scenario->node_count; i++)
        digest_number(&digest, call->visits[i]);
    buffer_add(&digest.bytes, call->replies, (scenario->reply_count + 7) / 8);
    int64_t desk[DESK_NUMBERS];
    uint32_t desk_count = desk_numbers(call, desk);
    for (uint32_t i = 0; i < desk_count; i++)
        digest_number(&digest, desk[i]);
    digest_practice(&digest, &call->practice);
    digest_customer(&digest, call);
    digest_seats(&digest, &call->seats);
    digest_lookups(&digest, call);
    digest_facts(&digest, call);
    char whole[HASH_HEX_SIZE];
    hash_sha256(digest.bytes.bytes, digest.bytes.length, whole);
    buffer_free(&digest.bytes);
    memcpy(hex, whole, 16);
    hex[16] = 0;
}
