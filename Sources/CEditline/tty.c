// The user's terminal: raw while a line is edited, without echo while a statement runs, as we found it otherwise, and always
// at the end.
//
// Invariant: `state` is set before the modes change, and is cooked only after they are back, so that a handler that runs
// between restores once too often and never too seldom. Handlers call async-signal-safe functions only.

#define _GNU_SOURCE
#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

static const int noticed[] = {SIGINT, SIGWINCH, SIGCONT, SIGTERM, SIGHUP};
static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGQUIT};
enum { noticed_count = sizeof noticed / sizeof *noticed, fatal_count = sizeof fatal / sizeof *fatal };

static struct {
    int input, output;
    int read_end, write_end;
    bool modes;
    bool exit_hook;
    struct termios saved;
    struct sigaction before[65], before_stop;
} terminal = {.read_end = -1, .write_end = -1};
enum { COOKED, QUIET, RAW };
static volatile sig_atomic_t state, lent, terminating;

static void write_all(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = write(terminal.output, bytes, count);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return;
        bytes += done;
        count -= (size_t)done;
    }
}

// From a background process group, tcsetattr would stop us where nobody sees it.
static int set_modes(const struct termios *modes) {
    sigset_t block, old;
    sigemptyset(&block);
    sigaddset(&block, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &block, &old);
    int status;
    do status = tcsetattr(terminal.input, TCSADRAIN, modes);
    while (status != 0 && errno == EINTR);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = error;
    return status;
}

// kill may return before the stop takes effect, and modes must not be set in between: wait for the CONT. In an orphaned
// process group the stop is ignored and no CONT comes.
static void wait_for_continue(void) {
    struct pollfd continued = {.fd = terminal.read_end, .events = POLLIN};
    while (poll(&continued, 1, 200) < 0 && errno == EINTR) continue;
}

static bool in_background(void) {
    pid_t group = tcgetpgrp(terminal.input);
    return group >= 0 && group != getpgrp();
}

// Stops as a read would, until the shell brings us to the foreground: a background job leaves the terminal alone. -1 after
// some tries where nobody does, as in an orphaned process group, whose stops are ignored.
static int wait_for_foreground(void) {
    for (int tries = 0; in_background(); tries++) {
        if (tries == 25) {
            errno = EIO;
            return -1;
        }
        kill(0, SIGTTIN);
        wait_for_continue();
    }
    return 0;
}

static void leave_raw(void) {
    static const char off[] = "\033[?2004l\033[0m\033[?25h\033[?2026l";
    if (state == RAW) write_all(off, sizeof off - 1);
}

void ced_terminal_cooked(void) {
    if (state == COOKED) return;
    leave_raw();
    set_modes(&terminal.saved);
    state = COOKED;
}

void ced_terminal_quiet(void) {
    if (!terminal.modes || state == QUIET || lent || in_background()) return;
    leave_raw();
    struct termios modes = terminal.saved;
    modes.c_lflag &= ~(tcflag_t)ECHO;
    state = QUIET;
    set_modes(&modes);
}

void ced_terminal_lend(void) {
    if (state != QUIET) return;
    lent = 1;
    ced_terminal_cooked();
}

void ced_terminal_take_back(void) {
    if (!lent) return;
    lent = 0;
    ced_terminal_quiet();
}

int ced_terminal_raw(void) {
    if (!terminal.modes || state == RAW) return 0;
    if (wait_for_foreground() != 0) return -1;
    struct termios modes = terminal.saved;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
    modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    sig_atomic_t before = state;
    state = RAW;
    if (set_modes(&modes) != 0) {
        int error = errno;
        state = before;
        errno = error;
        return -1;
    }
    write_all("\033[?2004h", 8);
    return 0;
}

static void notice(int signal) {
    int error = errno;
    char byte = signal == SIGINT     ? CED_INTERRUPT
                : signal == SIGWINCH ? CED_RESIZED
                : signal == SIGCONT  ? CED_CONTINUED
                                     : CED_TERMINATE;
    // A second request to end goes to whoever had the signal before us: the first may be stuck.
    if (byte == CED_TERMINATE && terminating++) {
        ced_terminal_cooked();
        sigaction(signal, &terminal.before[signal], NULL);
        raise(signal);
    } else if (write(terminal.write_end, &byte, 1) < 0) {
        // The pipe is full: the reader has enough to wake up for.
    }
    errno = error;
}

// The handler that was there (the default, or Swift's backtrace) gets the signal once we have restored the terminal.
static void die(int signal) {
    ced_terminal_cooked();
    sigaction(signal, &terminal.before[signal], NULL);
    raise(signal);
}

// A stop from outside. Raw modes come back when the reader sees the CONT.
static void stopped(int signal) {
    int error = errno;
    ced_terminal_cooked();
    struct sigaction normal, ours;
    memset(&normal, 0, sizeof normal);
    sigemptyset(&normal.sa_mask);
    normal.sa_handler = SIG_DFL;
    sigaction(signal, &normal, &ours);
    raise(signal);
    sigset_t open, old;
    sigemptyset(&open);
    sigaddset(&open, signal);
    pthread_sigmask(SIG_UNBLOCK, &open, &old);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    sigaction(signal, &ours, NULL);
    errno = error;
}

static void handle_stop(bool on) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = stopped;
    sigaction(SIGTSTP, on ? &action : &terminal.before_stop, NULL);
}

int ced_terminal_open(int input, int output, bool modes) {
    if (terminal.read_end >= 0) {
        errno = EBUSY;
        return -1;
    }
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    if (modes && tcgetattr(input, &terminal.saved) != 0) {
        int error = errno;
        close(ends[0]);
        close(ends[1]);
        errno = error;
        return -1;
    }
    terminal.input = input;
    terminal.output = output;
    terminal.modes = modes;
    terminal.read_end = ends[0];
    terminal.write_end = ends[1];
    state = COOKED;
    lent = terminating = 0;
    if (!terminal.exit_hook) terminal.exit_hook = atexit(ced_terminal_cooked) == 0;

    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    action.sa_handler = notice;
    for (int i = 0; i < noticed_count; i++) sigaction(noticed[i], &action, &terminal.before[noticed[i]]);
    sigaction(SIGTSTP, NULL, &terminal.before_stop);
    if (modes) {
        action.sa_flags = SA_ONSTACK;
        action.sa_handler = die;
        for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &terminal.before[fatal[i]]);
        handle_stop(true);
    }
    return terminal.read_end;
}

void ced_terminal_close(void) {
    if (terminal.read_end < 0) return;
    ced_terminal_cooked();
    for (int i = 0; i < noticed_count; i++) sigaction(noticed[i], &terminal.before[noticed[i]], NULL);
    if (terminal.modes) {
        for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &terminal.before[fatal[i]], NULL);
        handle_stop(false);
    }
    close(terminal.read_end);
    close(terminal.write_end);
    terminal.read_end = terminal.write_end = -1;
}

void ced_terminal_stop(void) {
    struct sigaction normal;
    memset(&normal, 0, sizeof normal);
    sigemptyset(&normal.sa_mask);
    normal.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &normal, NULL);
    kill(0, SIGTSTP);
    wait_for_continue();
    if (terminal.modes) handle_stop(true);
}

int ced_terminal_size(int fd, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int ced_pty(int *master, int *slave, int columns, int rows, char *name, size_t capacity) {
    struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
    if (openpty(master, slave, NULL, NULL, &size) != 0) return -1;
    fcntl(*master, F_SETFD, FD_CLOEXEC);
    fcntl(*slave, F_SETFD, FD_CLOEXEC);
    if (name && ttyname_r(*slave, name, capacity) != 0) {
        close(*master);
        close(*slave);
        errno = ERANGE;
        return -1;
    }
    return 0;
}

short ced_spawn_session(void) { return POSIX_SPAWN_SETSID; }

struct start {
    void (*body)(void *);
    void *argument;
};

static void *thread_main(void *cookie) {
    struct start start = *(struct start *)cookie;
    free(cookie);
    // The host's parser runs on this thread; should it overflow the stack, the handlers still restore the terminal.
    size_t size = 64 * 1024;
    stack_t stack = {.ss_sp = malloc(size), .ss_size = size};
    if (stack.ss_sp) sigaltstack(&stack, NULL);
    start.body(start.argument);
    if (stack.ss_sp) {
        stack_t off = {.ss_flags = SS_DISABLE, .ss_size = size};
        sigaltstack(&off, NULL);
        free(stack.ss_sp);
    }
    return NULL;
}

int ced_thread(void (*body)(void *), void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    *start = (struct start){body, argument};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 8 << 20);  // macOS gives 512 KB
    pthread_t thread;
    int error = pthread_create(&thread, &attributes, thread_main, start);
    pthread_attr_destroy(&attributes);
    if (error) free(start);
    return error;
}
