/* Every code of a finding of this room, once: its word, how grave it is and what it says in one
 * sentence. docs/diagnostics.md has a section for each; a test holds the two together. */
#ifndef ITR_SCENARIO_CODES_H
#define ITR_SCENARIO_CODES_H

#include "base/base.h"
#include "scenario/scenario.h"

/* What stops a script from being loaded. */
#define LOAD_CODES(X)                                                                              \
    X(UNREADABLE, "unreadable", ERROR, N_("a file cannot be read"))                                \
    X(BAD_FORMAT, "bad-format", ERROR, N_("the file is of another format or version"))             \
    X(UNKNOWN_KEY, "unknown-key", ERROR, N_("a key that this kind of object does not have"))       \
    X(MISSING_KEY, "missing-key", ERROR, N_("a key that this kind of object needs"))               \
    X(WRONG_TYPE, "wrong-type", ERROR, N_("a value of the wrong kind"))                            \
    X(OUT_OF_RANGE, "out-of-range", ERROR, N_("a number or a list outside its limits"))            \
    X(UNKNOWN_WORD, "unknown-word", ERROR, N_("a word that is not one of the fixed choices"))      \
    X(BAD_ID, "bad-id", ERROR, N_("an id or name with characters it may not have"))                \
    X(EMPTY_TEXT, "empty-text", ERROR, N_("a text without a character in it"))                     \
    X(DUPLICATE_ID, "duplicate-id", ERROR, N_("two things of one kind with the same id"))          \
    X(UNKNOWN_ID, "unknown-id", ERROR, N_("an id that names nothing in the script"))               \
    X(BAD_PLACEHOLDER, "bad-placeholder", ERROR, N_("a {…} in a text that stands for nothing"))    \
    X(EXPRESSION_SYNTAX, "expression-syntax", ERROR,                                               \
      N_("a condition or value that cannot be read"))                                              \
    X(EXPRESSION_NAME, "expression-name", ERROR, N_("a name in a condition that means nothing"))   \
    X(EXPRESSION_TYPE, "expression-type", ERROR, N_("numbers and true/false mixed up"))            \
    X(KIND_MISMATCH, "kind-mismatch", ERROR,                                                       \
      N_("a key or mark that does not fit the point's kind"))                                      \
    X(MIXED_STAGES, "mixed-stages", ERROR, N_("alternatives of a required entry in two stages"))   \
    X(WEIGHTS_SUM, "weights-sum", ERROR, N_("shares of the stages that do not sum to 1"))          \
    X(SCENE_FILE, "scene-file", ERROR, N_("a scene file outside the script's folder"))             \
    X(SCENE_RECURSION, "scene-recursion", ERROR, N_("a scene that leads into itself"))             \
    X(RETURN_OUTSIDE, "return-outside-scene", ERROR, N_("\"return\" where there is no scene"))     \
    X(BAD_BUNDLE, "bad-bundle", ERROR, N_("a bundle that is damaged"))

/* What `itr check` says of a script that loads. */
#define CHECK_CODES(X)                                                                             \
    X(UNREACHABLE_NODE, "unreachable-node", WARNING, N_("a node that no way leads to"))            \
    X(UNREACHABLE_ENDING, "unreachable-ending", WARNING, N_("an ending that no way leads to"))     \
    X(UNUSED_SCENE, "unused-scene", WARNING, N_("a scene that nothing goes through"))              \
    X(DEAD_END, "dead-end", ERROR, N_("a node from which no ending can be reached"))               \
    X(NO_WAY_ON, "no-way-on", WARNING, N_("a node whose every reply may be filtered away"))        \
    X(NO_RETURN, "no-return", WARNING, N_("a scene that never returns, and a way on after it"))    \
    X(NO_OTHERWISE, "no-otherwise", WARNING,                                                       \
      N_("nothing is said when a typed reply fits nothing"))                                       \
    X(UNEARNABLE_POINT, "unearnable-point", ERROR, N_("a point that nothing can earn or trip"))    \
    X(ORDER_CYCLE, "order-cycle", ERROR, N_("ordered points that wait for each other"))            \
    X(STAGE_UNSCORED, "stage-unscored", ERROR, N_("a stage with a weight and no point"))           \
    X(STAGE_UNREQUIRED, "stage-unrequired", ERROR,                                                 \
      N_("a stage with a weight and no required point"))                                           \
    X(STAGE_WEIGHTLESS, "stage-weightless", WARNING, N_("points in a stage whose weight is 0"))    \
    X(NEGATIVE_WEIGHT, "negative-weight", ERROR,                                                   \
      N_("negative points hold over a fifth of a stage"))                                          \
    X(OBJECTIVE_UNSHOWN, "objective-unshown", WARNING,                                             \
      N_("an objective whose evidence cannot be earned"))                                          \
    X(CONDITION_CONSTANT, "condition-constant", WARNING,                                           \
      N_("a condition that is always true or always false"))                                       \
    X(VARIABLE_UNUSED, "variable-unused", WARNING,                                                 \
      N_("a variable that is never read or never set"))                                            \
    X(FACT_LEAK, "fact-leak", WARNING, N_("a hidden fact that the customer may tell unasked"))     \
    X(FACT_LOST, "fact-lost", WARNING, N_("a hidden fact that nothing brings out"))                \
    X(CARD_UNGUARDED, "card-unguarded", WARNING,                                                   \
      N_("a private card field that may be told to anybody"))                                      \
    X(CARD_SEALED, "card-sealed", WARNING,                                                         \
      N_("a private card field in a call that never verifies the caller"))                         \
    X(TEXT_MISSING, "text-missing", WARNING, N_("a text that is missing in one language"))         \
    X(DUPLICATE_REPLY, "duplicate-reply", WARNING,                                                 \
      N_("two replies of a node with the same words"))                                             \
    X(EXAMPLE_GOOD, "example-good", ERROR, N_("a good example that its own rule does not find"))   \
    X(EXAMPLE_BAD, "example-bad", ERROR, N_("a bad example that its own rule finds"))              \
    X(EXAMPLE_UNTESTED, "example-untested", WARNING,                                               \
      N_("examples of a point without a typed rule"))                                              \
    X(NO_GOOD_ENDING, "no-good-ending", WARNING, N_("no way leads to a good ending"))              \
    X(NO_BAD_ENDING, "no-bad-ending", WARNING, N_("nothing the trainee does can end badly"))

enum code {
#define X(name, word, severity, text) CODE_##name,
    LOAD_CODES(X) CHECK_CODES(X)
#undef X
        CODE_COUNT
};

extern const struct scenario_code code_table[CODE_COUNT];

#endif
