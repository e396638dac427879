/* Uses what allocates in the base room, for R15: reads a JSON file (twice, once as a line), names
 * what is wrong in a broken one, replaces a file, and shows a text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

static _Noreturn void say_and_leave(void) {
    static const char sentence[] = "probe: there is not enough memory\n";

    if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
        _exit(4);
    _exit(3);
}

static int leave(const struct error *error) {
    fprintf(stderr, "probe: %s\n", error->text);
    return 3;
}

static bool is_refused(const char *text) {
    struct findings findings = {0};
    struct json *json = json_parse("broken", text, strlen(text), &findings);
    bool refused = !json && findings.errors > 0;

    findings_sort(&findings);
    findings_free(&findings);
    json_free(json);
    return refused;
}

static bool is_read(const struct buffer *text) {
    struct findings findings = {0};
    struct error error = {0};
    struct json *json = json_parse("whole", text->bytes, text->length, &findings);
    cJSON *line = json_parse_line(text->bytes, text->length, &error);
    bool read = json && line;

    cJSON_Delete(line);
    json_free(json);
    findings_free(&findings);
    return read;
}

/* probe JSON FOLDER */
int main(int count, char **arguments) {
    struct buffer text = {0}, path = {0}, shown = {0};
    struct error error = {0};
    char **names;
    size_t name_count;

    memory_on_exhausted(say_and_leave);
    if (count != 3)
        return 2;
    if (!message_start(arguments[2]))
        return error_set(&error, "no UTF-8 locale"), leave(&error);
    if (!file_read(arguments[1], JSON_SIZE, &text, &error))
        return leave(&error);
    if (!is_read(&text) || !is_refused("{\"a\":1,\"\\u0061\":2,}"))
        return 1;
    utf8_next_grapheme(text.bytes, text.length, 0);
    display_add(&shown, text.bytes, text.length, true);
    file_join(&path, arguments[2], "copy");
    if (!file_replace(path.bytes, text.bytes, text.length, &error) ||
        !file_list(arguments[2], &names, &name_count, &error))
        return leave(&error);
    file_list_free(names, name_count);
    buffer_free(&text);
    buffer_free(&path);
    buffer_free(&shown);
    return 0;
}
