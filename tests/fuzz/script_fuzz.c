/* Any bytes as a script, and laid over a sound one: loaded whole, or refused with findings that
 * have a place. What was loaded is checked, kept as a bundle, and is the same again from there. */
#include <string.h>

#include "fuzz.h"
#include "scenario/scenario.h"

/* The script with a scene beside it, as a bundle, so that no file is needed. */
static void wrap(struct buffer *out, const char *bytes, size_t length) {
    static const char scene[] =
        "{\"format\":\"itr-scene/"
        "1\",\"id\":\"s\",\"start\":\"a\",\"variables\":{\"v\":0},\"nodes\":[{"
        "\"id\":\"a\",\"stage\":\"intake\",\"replies\":[{\"id\":\"r\",\"says\":\"{name}\",\"to\":"
        "\"return\"}]}]}";
    buffer_add_text(
        out, "{\"format\":\"itr-bundle/1\",\"main\":\"m\",\"files\":[{\"name\":\"m\",\"text\":");
    json_add_string(out, bytes, length);
    buffer_add_text(out, "},{\"name\":\"s.json\",\"text\":");
    json_add_string(out, scene, sizeof scene - 1);
    buffer_add_text(out, "}]}");
}

static void check_again(const struct scenario *scenario) {
    struct buffer once = {0}, twice = {0};
    struct findings findings = {0};
    scenario_bundle(scenario, &once);
    struct scenario *again = scenario_load_bundle("again", once.bytes, once.length, &findings);
    fuzz_require(again && !findings.errors);
    scenario_bundle(again, &twice);
    fuzz_require(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
    fuzz_require(again->node_count == scenario->node_count);
    scenario_free(again);
    buffer_free(&once);
    buffer_free(&twice);
}

static bool load(const char *bytes, size_t length) {
    struct findings findings = {0};
    struct scenario *scenario = scenario_load_bundle("fuzz", bytes, length, &findings);
    fuzz_require(!scenario == (findings.errors > 0));
    if (scenario) {
        check_again(scenario);
        scenario_check(scenario, &findings);
    }
    for (size_t i = 0; i < findings.count; i++)
        fuzz_require(findings.items[i].line >= 1 && findings.items[i].column >= 1 &&
                     *findings.items[i].text);
    bool loaded = scenario != NULL;
    scenario_free(scenario);
    findings_free(&findings);
    return loaded;
}

/* A small sound script with what the format has. */
static const char sound[] =
    "{\"format\":\"itr-scenario/1\",\"id\":\"a\",\"version\":1,\"title\":\"t\",\"summary\":\"s\","
    "\"level\":\"basic\",\"module\":\"order\",\"minutes\":5,"
    "\"objectives\":[{\"id\":\"o\",\"text\":\"t\",\"evidence\":[\"p\"]}],"
    "\"points\":[{\"id\":\"p\",\"action\":\"plan\",\"dimension\":\"K\",\"weight\":1,\"text\":\"t\","
    "\"kind\":\"ordered\",\"after\":[\"q\"],\"if\":\"not f\"},"
    "{\"id\":\"q\",\"action\":\"plan\",\"dimension\":\"S\",\"weight\":2,\"text\":{\"zh\":\"{name}"
    "\"},"
    "\"typed\":{\"groups\":[{\"any\":[\"hello\",{\"fact\":\"k\"}]}]}}],"
    "\"required\":[{\"one_of\":[\"p\",\"q\"]}],\"weights\":{\"solution\":1},"
    "\"customer\":{\"name\":\"n\",\"complaint\":\"none\",\"mood\":0,\"patience\":50,"
    "\"card\":[{\"id\":\"c\",\"label\":\"l\",\"value\":\"v\"}]},"
    "\"issue\":{\"symptom\":\"s\",\"cause\":\"c\",\"urgency\":1,\"impact\":1},"
    "\"facts\":[{\"id\":\"k\",\"said\":[\"one\"]}],\"variables\":{\"f\":false,\"i\":1},"
    "\"hang_up\":\"e\",\"start\":\"n\",\"scenes\":[{\"file\":\"s.json\"}],"
    "\"endings\":[{\"id\":\"e\",\"outcome\":\"resolved\",\"text\":\"{card:c}\"}],"
    "\"nodes\":[{\"id\":\"n\",\"stage\":\"intake\",\"silence\":[{\"after_s\":5,\"mood\":-1}],"
    "\"replies\":["
    "{\"id\":\"r\",\"says\":\"x\",\"if\":\"visits(n) < 3 or "
    "said(r)\",\"marks\":{\"p\":0.5,\"q\":1},"
    "\"set\":{\"f\":true,\"i\":\"i + 1\"},\"scene\":\"s\",\"to\":\"m\"}]},"
    "{\"id\":\"m\",\"stage\":\"solution\",\"typed\":[{\"id\":\"t\",\"when\":{\"behaviours\":["
    "\"plan\"]},"
    "\"to\":\"e\"}]}]}";

/* The input laid over the sound script: two bytes say where, one how much of it goes. */
static void load_patched(const uint8_t *bytes, size_t length) {
    struct buffer script = {0}, bundle = {0};
    static const uint8_t nothing[3];
    size_t all = sizeof sound - 1;
    bool unchanged = length < 3;
    if (unchanged) {
        bytes = nothing;
        length = 3;
    }
    size_t at = (bytes[0] | (size_t)bytes[1] << 8) % all, gone = bytes[2] % 32;
    size_t rest = at + gone < all ? at + gone : all;
    buffer_add(&script, sound, at);
    buffer_add(&script, bytes + 3, length - 3);
    buffer_add(&script, sound + rest, all - rest);
    wrap(&bundle, script.bytes, script.length);
    bool loaded = load(bundle.bytes, bundle.length);
    fuzz_require(loaded || !unchanged);
    buffer_free(&script);
    buffer_free(&bundle);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct buffer bundle = {0};
    load_patched(bytes, length);
    wrap(&bundle, (const char *)bytes, length);
    load(bundle.bytes, bundle.length);
    load((const char *)bytes, length);
    buffer_free(&bundle);
    return 0;
}
