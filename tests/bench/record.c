/* Events a second to disk, each with fdatasync and without, beside a bare loop of write (and
 * fdatasync) of lines as long: what quoting, escaping and the chain cost on top of the disk. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "record/record.h"

#define TEXT "您好，请问您的订单号是多少？我马上帮您查一下，\"稍等\"。"
#define DATA                                                                                       \
    "{\"route\":\"reply\",\"labels\":[{\"label\":\"probe\",\"verdict\":\"FOUND\",\"spans\":[[9,"   \
    "42]]}],\"points\":[{\"id\":\"ask-order\",\"verdict\":\"MET\",\"spans\":[[15,36]]}]}"

struct load {
    char folder[64];
    size_t rows, row_bytes;
    bool no_sync;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static struct record_row make_row(size_t i) {
    return (struct record_row){.t_ms = 1000 * (int64_t)i,
                               .kind = "typed",
                               .node = "ask-order",
                               .ref = "which-order",
                               .text = TEXT,
                               .text_length = sizeof TEXT - 1,
                               .data = DATA};
}

static void ours(void *data) {
    const struct load *load = data;
    struct error error;
    struct record_writer *writer =
        record_create(load->folder, "bench", 1769848200, load->no_sync, &error);
    if (!writer)
        fail(error.text);
    for (size_t i = 0; i < load->rows; i++) {
        struct record_row row = make_row(i);
        if (!record_append(writer, &row, &error))
            fail(error.text);
    }
    unlink(record_writer_path(writer));
    record_abandon(writer);
}

static void peer(void *data) {
    const struct load *load = data;
    char path[96], *line = memory_new(load->row_bytes);
    snprintf(path, sizeof path, "%s/bare", load->folder);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0644);
    if (file < 0)
        fail(path);
    memset(line, 'x', load->row_bytes);
    for (size_t i = 0; i < load->rows; i++)
        if (write(file, line, load->row_bytes) != (ssize_t)load->row_bytes ||
            (!load->no_sync && fdatasync(file) != 0))
            fail(path);
    close(file);
    unlink(path);
    free(line);
}

/* How long such a row is on disk. */
static size_t measure_row(const struct load *load) {
    struct error error;
    struct buffer bytes = {0};
    struct record_row row = make_row(1000);
    struct record_writer *writer = record_create(load->folder, "bench", 1769848200, true, &error);
    if (!writer || !record_append(writer, &row, &error) ||
        !file_read(record_writer_path(writer), 1 << 20, &bytes, &error))
        fail(error.text);
    const char *line = memchr(bytes.bytes, '\n', bytes.length);
    size_t length = bytes.length - (size_t)(line + 1 - bytes.bytes);
    unlink(record_writer_path(writer));
    record_abandon(writer);
    buffer_free(&bytes);
    return length;
}

int main(void) {
    struct load load = {.folder = "record-bench-XXXXXX"};
    if (!mkdtemp(load.folder)) /* here, not in /tmp: that may be no disk at all */
        fail(load.folder);
    load.row_bytes = measure_row(&load);
    bench_heading();
    load.rows = 1000;
    bench_row_speed("events to disk, fdatasync each", "rows/s", (double)load.rows,
                    "write + fdatasync", bench_compare(ours, peer, &load));
    load.rows = 20000;
    load.no_sync = true;
    bench_row_speed("events to disk, no fdatasync", "rows/s", (double)load.rows, "write",
                    bench_compare(ours, peer, &load));
    char command[96];
    snprintf(command, sizeof command, "rm -r '%s'", load.folder);
    return system(command) != 0;
}
