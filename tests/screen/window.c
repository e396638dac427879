#include "window.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

/* libvterm 0.1.4 falls over a wide character on a screen of one column. */
static int emulated(int columns) {
    return columns < 2 ? 2 : columns;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int on_cursor(VTermPos at, VTermPos from, int visible, void *user) {
    struct window *window = user;
    window->cursor = at;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user) {
    struct window *window = user;
    if (property == VTERM_PROP_ALTSCREEN)
        window->other_screen = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        window->cursor_seen = value->boolean;
    return 1;
}

static VTermScreenCallbacks callbacks = {.movecursor = on_cursor, .settermprop = on_property};

static void make_emulator(struct window *window) {
    window->vterm = vterm_new(window->rows < 1 ? 1 : window->rows, emulated(window->columns));
    vterm_set_utf8(window->vterm, 1);
    window->screen = vterm_obtain_screen(window->vterm);
    vterm_screen_set_callbacks(window->screen, &callbacks, window);
    vterm_screen_enable_altscreen(window->screen, 1);
    vterm_screen_reset(window->screen, 1);
}

void window_open(struct window *window, int rows, int columns, char *const argv[],
                 char *const environment[]) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    *window = (struct window){.rows = rows, .columns = columns, .cursor_seen = true};
    make_emulator(window);
    window->child = forkpty(&window->line, NULL, NULL, &size);
    if (window->child < 0) {
        perror("forkpty");
        abort();
    }
    if (window->child == 0) {
        execve(argv[0], argv, environment);
        _exit(127);
    }
    fcntl(window->line, F_SETFL, O_NONBLOCK);
    fcntl(window->line, F_SETFD, FD_CLOEXEC);
}

static bool reap(struct window *window, int options) {
    if (!window->ended && waitpid(window->child, &window->status, options) == window->child)
        window->ended = true;
    return window->ended;
}

void window_close(struct window *window) {
    if (!window->ended) {
        kill(window->child, SIGKILL);
        reap(window, 0);
    }
    if (window->line >= 0)
        close(window->line);
    vterm_free(window->vterm);
    free(window->raw);
}

static void keep_raw(struct window *window, const unsigned char *bytes, size_t length) {
    window->raw =
        memory_reserve(window->raw, &window->raw_capacity, window->raw_length + length, 1);
    memcpy(window->raw + window->raw_length, bytes, length);
    window->raw_length += length;
}

size_t window_read(struct window *window, int ms) {
    struct pollfd line = {.fd = window->line, .events = POLLIN};
    unsigned char bytes[65536];
    if (window->hung_up || poll(&line, 1, ms) <= 0)
        return 0;
    ssize_t got = read(window->line, bytes, sizeof bytes);
    if (got <= 0) {
        window->hung_up = got == 0 || errno != EAGAIN;
        return 0;
    }
    keep_raw(window, bytes, (size_t)got);
    vterm_input_write(window->vterm, (char *)bytes, (size_t)got);
    return (size_t)got;
}

void window_send(struct window *window, const void *bytes, size_t length) {
    const char *at = bytes;
    int64_t until = now_ms() + WINDOW_PATIENCE;
    while (length && now_ms() < until && !window->hung_up) {
        ssize_t sent = write(window->line, at, length);
        if (sent > 0) {
            at += sent;
            length -= (size_t)sent;
        } else if (errno == EAGAIN) {
            window_read(window, 10); /* both directions may be full */
        } else {
            break;
        }
    }
}

void window_type(struct window *window, const char *keys) {
    window_send(window, keys, strlen(keys));
}

void window_resize(struct window *window, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    while (window_read(window, 0))
        ;
    vterm_set_size(window->vterm, rows < 1 ? 1 : rows, emulated(columns));
    window->rows = rows;
    window->columns = columns;
    ioctl(window->line, TIOCSWINSZ, &size);
}

static void add_cell(struct buffer *text, const VTermScreenCell *cell) {
    if (!cell->chars[0])
        buffer_add_byte(text, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
        buffer_add_codepoint(text, cell->chars[i]);
}

static int colour_of(const VTermColor *colour) {
    return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -1;
}

const char *window_row(struct window *window, int row) {
    static struct buffer text;
    buffer_clear(&text);
    for (int column = 0; column < window->columns; column++) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(window->screen, (VTermPos){row, column}, &cell) ||
            cell.chars[0] == (uint32_t)-1) /* the right half of a wide character */
            continue;
        add_cell(&text, &cell);
        window->coloured |= colour_of(&cell.fg) >= 0 || colour_of(&cell.bg) >= 0;
    }
    while (text.length && text.bytes[text.length - 1] == ' ')
        text.bytes[--text.length] = 0;
    return buffer_text(&text);
}

int window_find(struct window *window, const char *text) {
    for (int row = 0; row < window->rows; row++)
        if (strstr(window_row(window, row), text))
            return row;
    return -1;
}

int window_column(struct window *window, const char *text) {
    int row = window_find(window, text);
    if (row < 0)
        return -1;
    const char *line = window_row(window, row);
    return (int)display_width(line, (size_t)(strstr(line, text) - line));
}

/* The underlined letters of a row, a line break for each other. */
static void add_underlined(struct window *window, int row, struct buffer *out) {
    for (int column = 0; column < window->columns; column++) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(window->screen, (VTermPos){row, column}, &cell) ||
            cell.chars[0] == (uint32_t)-1)
            continue;
        if (cell.attrs.underline)
            add_cell(out, &cell);
        else
            buffer_add_byte(out, '\n');
    }
}

bool window_underlined(struct window *window, const char *text) {
    struct buffer lines = {0};
    for (int row = 0; row < window->rows; row++)
        add_underlined(window, row, &lines);
    bool found = strstr(buffer_text(&lines), text);
    buffer_free(&lines);
    return found;
}

static bool wait_seen(struct window *window, const char *text, bool wanted) {
    int64_t until = now_ms() + WINDOW_PATIENCE;
    for (;;) {
        if ((window_find(window, text) >= 0) == wanted)
            return true;
        if (window->hung_up || now_ms() > until)
            return false;
        if (window_read(window, 20))
            while (window_read(window, 0))
                ;
    }
}

bool window_wait(struct window *window, const char *text) {
    bool seen = wait_seen(window, text, true);
    if (!seen) {
        fprintf(stderr, "not seen: %s\n", text);
        window_dump(window);
    }
    return seen;
}

bool window_wait_gone(struct window *window, const char *text) {
    return wait_seen(window, text, false);
}

bool window_wait_end(struct window *window) {
    int64_t until = now_ms() + WINDOW_PATIENCE;
    while (!reap(window, WNOHANG) && now_ms() < until)
        window_read(window, 2);
    while (window->ended && window_read(window, 0))
        ;
    return window->ended;
}

char *window_cells(struct window *window) {
    struct buffer cells = {0};
    for (int row = 0; row < window->rows; row++) {
        for (int column = 0; column < window->columns; column++) {
            VTermScreenCell cell;
            if (!vterm_screen_get_cell(window->screen, (VTermPos){row, column}, &cell) ||
                cell.chars[0] == (uint32_t)-1)
                continue;
            add_cell(&cells, &cell);
            buffer_printf(&cells, "{%d%d%d %d %d}", cell.attrs.bold, cell.attrs.underline,
                          cell.attrs.reverse, colour_of(&cell.fg), colour_of(&cell.bg));
        }
        buffer_add_byte(&cells, '\n');
    }
    return buffer_release(&cells);
}

void window_blank(struct window *window) {
    vterm_free(window->vterm);
    make_emulator(window);
}

void window_dump(struct window *window) {
    for (int row = 0; row < window->rows; row++)
        fprintf(stderr, "%2d|%s\n", row, window_row(window, row));
}

/* ---- the audit of raw bytes ---- */

/* Length of the escape sequence at `at`, 0 for one that must not be there. */
static size_t allowed_escape(const unsigned char *bytes, size_t length, size_t at) {
    static const char own[] = "\033]104\007"; /* terminfo "oc", sent by ncurses as it leaves */
    if (at + 1 >= length)
        return 1;
    if (length - at >= sizeof own - 1 && !memcmp(bytes + at, own, sizeof own - 1))
        return sizeof own - 1;
    unsigned char kind = bytes[at + 1];
    if (kind == '[') {
        size_t end = at + 2;
        while (end < length && bytes[end] >= 0x20 && bytes[end] <= 0x3f)
            end++;
        return end >= length || (bytes[end] >= 0x40 && bytes[end] <= 0x7e) ? end + 1 - at : 0;
    }
    if (strchr("]P_^Xc", kind))
        return 0;
    return strchr("()*+#%", kind) ? 3 : 2;
}

static bool inert(uint32_t c) {
    if (c == UTF8_BAD || (c >= 0x7f && c < 0xa0))
        return false;
    return !(c == 0x061c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
             (c >= 0x2028 && c <= 0x2029) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
             c == 0x00ad || c == 0x180e || (c >= 0xfe00 && c <= 0xfe0f) ||
             (c >= 0xe0000 && c <= 0xe0fff) || (c >= 0xe000 && c <= 0xf8ff) ||
             (c & 0xfffe) == 0xfffe);
}

size_t window_audit(const struct window *window, size_t *at) {
    const unsigned char *bytes = window->raw;
    size_t length = window->raw_length, bad = 0, i = 0;
    while (i < length) {
        size_t used = 1;
        bool fine = true;
        if (bytes[i] == 0x1b) {
            used = allowed_escape(bytes, length, i);
            fine = used > 0;
        } else if (bytes[i] < 0x20) {
            fine = memchr("\r\n\b\t\016\017", bytes[i], 6);
        } else {
            uint32_t c;
            used = utf8_decode((const char *)bytes + i, length - i, &c);
            fine = inert(c) || i + 4 > length;
        }
        if (!fine && !bad++ && at)
            *at = i;
        i += used ? used : 1;
    }
    return bad;
}

double window_cpu_s(const struct window *window) {
    char name[64];
    unsigned long user = 0, system = 0;
    snprintf(name, sizeof name, "/proc/%d/stat", (int)window->child);
    FILE *file = fopen(name, "r");
    if (!file)
        return 0;
    if (fscanf(file, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
               &system) != 2)
        user = system = 0;
    fclose(file);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}
