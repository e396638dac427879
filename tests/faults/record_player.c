/* The scripted session as a program, for faults that are injected from outside (R2, R3):
 * record_player DATA ROWS; a '+' on standard output for every row that is safe. Status 3 with a
 * sentence when it could not be recorded. */
#include "session.h"

int main(int count, char **arguments) {
    struct error error = {0};
    if (count != 3)
        return 2;
    if (session_run(arguments[1], (uint32_t)atoi(arguments[2]), false, STDOUT_FILENO, &error))
        return 0;
    fprintf(stderr, "%s\n", error.text);
    return error.text[0] ? 3 : 4;
}
