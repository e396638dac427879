/* The display filter, beside the least that any program must do to know a text's width: decode each
 * character with the C library and ask it for the columns. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/base.h"
#include "bench.h"

#define SIZE ((size_t)10 << 20)

static volatile size_t columns; /* so that nothing is left out as unused */

static void ours(void *data) {
    struct buffer *text = data;

    columns = display_width(text->bytes, text->length);
}

static void peer(void *data) {
    struct buffer *text = data;
    size_t sum = 0, step;
    mbstate_t state = {0};
    wchar_t character;

    for (size_t at = 0; at < text->length; at += step) {
        step = mbrtowc(&character, text->bytes + at, text->length - at, &state);
        if (step == 0 || step > 4)
            abort();
        sum += (size_t)wcwidth(character);
    }
    columns = sum;
}

static void measure(const char *what, const char *sentence) {
    struct buffer text = {0};

    while (text.length < SIZE)
        buffer_add_text(&text, sentence);
    bench_row_speed(what, "MB/s", (double)text.length / 1e6, "mbrtowc + wcwidth",
                    bench_compare(ours, peer, &text));
    buffer_free(&text);
}

int main(void) {
    if (!message_start("."))
        return 1;
    bench_heading();
    measure("filter and measure English, 10 MB",
            "It came yesterday; this morning nothing happened. ");
    measure("filter and measure Chinese, 10 MB", "我昨天收到的机器，今天早上没有反应。");
    return 0;
}
