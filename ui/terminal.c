#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "terminfo.h"

#define CLOSING_WAIT_MS 200 /* for a terminal that has stopped reading */

/* Bracketed paste and mouse reports (buttons, SGR form): not in every terminfo entry, and ignored
 * by terminals that do not know them. */
static const char modes_on[] = "\033[?2004h\033[?1000h\033[?1006h";
static const char modes_off[] = "\033[?1006l\033[?1000l\033[?2004l";

static struct {
    bool open;
    bool gone;                   /* the line has dropped */
    bool private_output;         /* `output` is ours to close and does not block */
    bool modes;                  /* the terminal takes the sequences above */
    int rows_told, columns_told; /* by the environment; 0: not or nonsense */
    int output, frame;           /* the terminal; the memory file ncurses paints into */
    FILE *frame_file;
    SCREEN *screen;
    struct termios before;
    sigset_t mask_before, mask_waiting; /* while we wait, the watched signals get through */
    struct key_decoder decoder;
    struct buffer pending; /* bytes on their way, from pending_from on */
    size_t pending_from;
    char farewell[256]; /* what restores the terminal, made beforehand */
    size_t farewell_length;
} terminal = {.output = -1, .frame = -1};

/* ---- signals ---- */

static volatile sig_atomic_t signal_bits;

static void note_signal(int number) {
    switch (number) {
    case SIGWINCH:
        signal_bits |= TERMINAL_RESIZED;
        break;
    case SIGTSTP:
        signal_bits |= TERMINAL_STOP;
        break;
    case SIGCONT:
        signal_bits |= TERMINAL_WOKEN;
        break;
    case SIGHUP:
        signal_bits |= TERMINAL_GONE;
        break;
    default:
        signal_bits |= TERMINAL_END;
    }
}

static const int watched[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT};
static struct sigaction actions_before[sizeof watched / sizeof *watched];
static struct sigaction pipe_before;

static void watch_signals(void) {
    struct sigaction action = {.sa_handler = note_signal};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigaddset(&set, watched[i]);
    sigprocmask(SIG_BLOCK, &set, &terminal.mask_before);
    terminal.mask_waiting = terminal.mask_before;
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigdelset(&terminal.mask_waiting, watched[i]);
    sigaction(SIGPIPE, &ignore, &pipe_before);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigaction(watched[i], &action, &actions_before[i]);
}

/* What is still pending is discarded by ignoring it: the program is ending, or was told already. */
static void unwatch_signals(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigaction(watched[i], &ignore, NULL);
    sigprocmask(SIG_SETMASK, &terminal.mask_before, NULL);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (watched[i] != SIGHUP || !terminal.gone) /* a lost line may be reported twice */
            sigaction(watched[i], &actions_before[i], NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
}

/* ---- what terminal is it ---- */

static bool unknown_terminal(struct error *error) {
    struct buffer name = {0};
    const char *bytes = getenv("TERM");
    display_add(&name, bytes, strnlen(bytes, 64), false);
    error_set(error,
              _("the terminal %s is not known here (TERM); try TERM=xterm-256color, or use "
                "--plain"),
              buffer_text(&name));
    buffer_free(&name);
    return false;
}

static bool fit_terminal(struct error *error) {
    const char *name = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(error, _("the screen needs a terminal for its input and output; "
                                  "use --plain to work without one"));
    if (strcmp(nl_langinfo(CODESET), "UTF-8"))
        return error_set(error, _("the locale is not UTF-8; set LANG=C.UTF-8, or use --plain"));
    if (!name || !*name)
        return error_set(error, _("TERM is not set; set it to the name of your terminal, for "
                                  "example TERM=xterm-256color, or use --plain"));
    return terminfo_has(name) || unknown_terminal(error);
}

/* A capability of this terminal, or NULL. */
static const char *capability(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

static int bounded(const char *name, int most) {
    const char *text = getenv(name);
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : 0;
    return text && *text && !*end && value >= 1 && value <= most ? (int)value : 0;
}

/* The kernel knows the size; where it does not (0x0, some serial lines) the environment may. */
static void read_size(int *rows, int *columns) {
    struct winsize size = {0};
    ioctl(terminal.output, TIOCGWINSZ, &size);
    *rows = size.ws_row ? size.ws_row : terminal.rows_told;
    *columns = size.ws_col ? size.ws_col : terminal.columns_told;
    if (!*rows)
        *rows = 24;
    if (!*columns)
        *columns = 80;
    if (*rows > TERMINAL_ROWS_MOST)
        *rows = TERMINAL_ROWS_MOST;
    if (*columns > TERMINAL_COLUMNS_MOST)
        *columns = TERMINAL_COLUMNS_MOST;
}

static void learn_keys(void) {
    static const struct {
        const char *name;
        uint32_t key;
    } keys[] = {
        {"kcuu1", K_UP},    {"kcud1", K_DOWN},    {"kcub1", K_LEFT},   {"kcuf1", K_RIGHT},
        {"khome", K_HOME},  {"kend", K_END},      {"kdch1", K_DELETE}, {"kich1", K_INSERT},
        {"kpp", K_PAGE_UP}, {"knp", K_PAGE_DOWN}, {"kcbt", K_BACKTAB}, {"kf1", K_F1},
        {"kf2", K_F1 + 1},  {"kf3", K_F1 + 2},    {"kf4", K_F1 + 3},   {"kf5", K_F1 + 4},
        {"kf6", K_F1 + 5},  {"kf7", K_F1 + 6},    {"kf8", K_F1 + 7},   {"kf9", K_F1 + 8},
        {"kf10", K_F1 + 9},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        key_decoder_learn(&terminal.decoder, capability(keys[i].name), keys[i].key);
}

/* ---- modes of the line ---- */

static void set_raw(void) {
    struct termios raw = terminal.before;
    raw.c_iflag &= (tcflag_t) ~(IXON | ICRNL | INLCR | IGNCR | ISTRIP | BRKINT | PARMRK);
    raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_oflag &= (tcflag_t)~OPOST;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(terminal.output, TCSANOW, &raw);
}

/* A description of our own of the same terminal, so that O_NONBLOCK does not leak to the shell. */
static void open_output(void) {
    char name[256];
    terminal.output = -1;
    if (!ttyname_r(STDOUT_FILENO, name, sizeof name))
        terminal.output = open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    terminal.private_output = terminal.output >= 0;
    if (!terminal.private_output)
        terminal.output = STDOUT_FILENO;
}

static void close_output(void) {
    if (terminal.private_output)
        close(terminal.output);
    terminal.output = -1;
}

static void compose_farewell(void) {
    const char *parts[] = {terminal.modes ? modes_off : NULL, capability("sgr0"),
                           capability("cnorm"), capability("rmcup")};
    terminal.farewell_length = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = parts[i] ? strlen(parts[i]) : 0;
        if (terminal.farewell_length + length > sizeof terminal.farewell)
            continue;
        memcpy(terminal.farewell + terminal.farewell_length, parts[i] ? parts[i] : "", length);
        terminal.farewell_length += length;
    }
}

/* ---- painting ---- */

static bool open_frame(struct error *error) {
    terminal.frame = memfd_create("frame", MFD_CLOEXEC);
    terminal.frame_file = terminal.frame < 0 ? NULL : fdopen(terminal.frame, "w");
    if (!terminal.frame_file)
        return error_set_system(error, errno, _("the screen can't be painted"));
    setenv("NCURSES_NO_PADDING", "1", 1);
    unsetenv("LINES"); /* we tell ncurses the size, whatever they say */
    unsetenv("COLUMNS");
    terminal.screen = newterm(NULL, terminal.frame_file, stdin);
    if (!terminal.screen)
        return unknown_terminal(error);
    set_term(terminal.screen);
    return capability("cup") ||
           error_set(error,
                     _("the terminal %.64s can't move its cursor; use another one, or "
                       "--plain"),
                     getenv("TERM"));
}

static void close_frame(void) {
    if (terminal.screen)
        delscreen(terminal.screen);
    if (terminal.frame_file)
        fclose(terminal.frame_file);
    terminal.screen = NULL;
    terminal.frame_file = NULL;
}

static void set_painting(void) {
    typeahead(-1);
    nonl();
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
}

/* Moves what ncurses painted from the memory file to what is pending. */
static void collect_frame(void) {
    fflush(terminal.frame_file);
    off_t size = lseek(terminal.frame, 0, SEEK_CUR);
    if (size <= 0)
        return;
    char *bytes = memory_new((size_t)size);
    ssize_t got = pread(terminal.frame, bytes, (size_t)size, 0);
    if (got > 0)
        buffer_add(&terminal.pending, bytes, (size_t)got);
    free(bytes);
    if (ftruncate(terminal.frame, 0) || lseek(terminal.frame, 0, SEEK_SET))
        signal_bits |= TERMINAL_GONE;
}

static void send_pending(void) {
    while (terminal.pending_from < terminal.pending.length) {
        ssize_t sent = write(terminal.output, terminal.pending.bytes + terminal.pending_from,
                             terminal.pending.length - terminal.pending_from);
        if (sent > 0) {
            terminal.pending_from += (size_t)sent;
        } else if (sent < 0 && errno == EINTR) {
            continue;
        } else {
            if (sent < 0 && errno != EAGAIN) {
                signal_bits |= TERMINAL_GONE;
                terminal.pending_from = terminal.pending.length;
            }
            break;
        }
    }
    if (terminal.pending_from == terminal.pending.length) {
        buffer_clear(&terminal.pending);
        terminal.pending_from = 0;
    }
}

bool terminal_ready(void) {
    return terminal.pending.length == 0;
}

void terminal_send(void) {
    collect_frame();
    send_pending();
}

static void add_modes(const char *sequences) {
    if (terminal.modes)
        buffer_add_text(&terminal.pending, sequences);
}

void terminal_repaint(void) {
    clearok(curscr, TRUE);
}

void terminal_resize(void) {
    int rows, columns;
    read_size(&rows, &columns);
    resize_term(rows, columns < 2 ? 2 : columns);
    terminal_repaint();
}

/* ---- opening and closing ---- */

bool terminal_open(struct error *error) {
    if (!fit_terminal(error))
        return false;
    terminal.rows_told = bounded("LINES", TERMINAL_ROWS_MOST);
    terminal.columns_told = bounded("COLUMNS", TERMINAL_COLUMNS_MOST);
    open_output();
    tcgetattr(terminal.output, &terminal.before);
    watch_signals();
    if (!open_frame(error)) {
        close_frame();
        close_output();
        unwatch_signals();
        return false;
    }
    terminal.open = true;
    terminal.modes = !strncmp(capability("cup"), "\033[", 2);
    set_painting();
    set_raw();
    compose_farewell();
    key_decoder_start(&terminal.decoder);
    learn_keys();
    add_modes(modes_on);
    terminal_resize();
    return true;
}

/* Sends what is left, but not for ever. */
static void send_last(void) {
    int64_t until = terminal_now_ms() + CLOSING_WAIT_MS;
    send_pending();
    while (terminal.pending.length && terminal_now_ms() < until) {
        struct pollfd writable = {.fd = terminal.output, .events = POLLOUT};
        poll(&writable, 1, 20);
        send_pending();
    }
}

static void leave_terminal(void) {
    endwin();
    collect_frame();
    add_modes(modes_off);
    send_last();
    if (terminal.pending.length)
        tcflush(terminal.output, TCOFLUSH); /* it has stopped reading: nothing more will arrive */
    tcsetattr(terminal.output, TCSANOW, &terminal.before);
}

void terminal_close(void) {
    if (!terminal.open)
        return;
    terminal.open = false;
    leave_terminal();
    close_frame();
    close_output();
    key_decoder_free(&terminal.decoder);
    buffer_free(&terminal.pending);
    terminal.pending_from = 0;
    unwatch_signals();
}

void terminal_abandon(void) {
    if (!terminal.open)
        return;
    if (write(terminal.output, terminal.farewell, terminal.farewell_length) < 0)
        return;
    tcsetattr(terminal.output, TCSANOW, &terminal.before);
}

void terminal_suspend(bool all) {
    struct sigaction plain = {.sa_handler = SIG_DFL}, ours;
    sigset_t stop;
    leave_terminal();
    sigaction(SIGTSTP, &plain, &ours);
    kill(all ? 0 : getpid(), SIGTSTP);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* stops here */
    sigprocmask(SIG_BLOCK, &stop, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    set_raw();
    add_modes(modes_on);
    terminal_resize();
}

/* ---- waiting ---- */

static bool read_input(key_give *give, void *user) {
    uint8_t bytes[4096];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (got <= 0) {
        signal_bits |= TERMINAL_GONE;
        return false;
    }
    for (ssize_t i = 0; i < got; i++)
        key_decoder_take(&terminal.decoder, bytes[i], give, user);
    return true;
}

static int shorter(int a, int b) {
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* Looks at both ends of the line; signals get through only here. */
static int poll_line(struct pollfd line[2], int timeout_ms) {
    struct timespec time = {.tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000L};
    int ready = ppoll(line, terminal.pending.length ? 2 : 1, timeout_ms < 0 ? NULL : &time,
                      &terminal.mask_waiting);
    return ready < 0 ? 0 : ready;
}

int terminal_wait(int timeout_ms, key_give *give, void *user) {
    struct pollfd line[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                             {.fd = terminal.output, .events = POLLOUT}};
    int pause = key_decoder_wait(&terminal.decoder);
    int happened = 0;
    if (signal_bits)
        timeout_ms = 0;
    int ready = poll_line(line, shorter(timeout_ms, pause));
    if (!ready && pause >= 0 && shorter(timeout_ms, pause) == pause && !signal_bits) {
        key_decoder_pause(&terminal.decoder, give, user);
        happened |= TERMINAL_INPUT;
    }
    if (ready && line[0].revents & (POLLIN | POLLHUP | POLLERR) && read_input(give, user))
        happened |= TERMINAL_INPUT;
    if (ready && line[0].revents & POLLNVAL)
        happened |= TERMINAL_GONE;
    if (ready && terminal.pending.length)
        send_pending();
    happened |= signal_bits;
    terminal.gone |= happened & TERMINAL_GONE;
    signal_bits = 0;
    return happened;
}

int64_t terminal_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
