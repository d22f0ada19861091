// The C side of the line editor: what Swift cannot call (variadic functions, macros) or should not do (signal handlers).
//
// engine.c  libedit on a private one-row pty. It draws nothing: its output stream only counts bells, its characters
//           come from our reader. Invariant: libedit never holds a descriptor of the user's terminal.
// tty.c     the user's terminal: raw, quiet and cooked modes, and their restoration however the process ends.

#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <histedit.h>
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

// Engine

typedef struct ced_engine ced_engine;

// An editing function, as libedit calls it; the result is one of CC_….
typedef unsigned char (*ced_fn)(EditLine *, int);

// The history entry at `index`, 0 being the newest, or NULL beyond the oldest. Valid until the next call.
typedef const wchar_t *(*ced_entry_fn)(void *owner, int index);

// Opens libedit on a private pty; NULL when there is no pty to have. `entry` answers libedit's own history commands.
ced_engine *ced_open(ced_entry_fn entry, el_rfunc_t reader);
// The client data of the EditLine, also handed to `entry`. To be set before the first line is read.
void ced_set_owner(ced_engine *engine, void *owner);
void ced_close(ced_engine *engine);
EditLine *ced_editline(ced_engine *engine);

// How often libedit rang the bell since the last call.
int ced_take_bells(ced_engine *engine);

// What libedit wrote to its error stream since the last call (NUL-terminated, "" for nothing). Valid until the next call.
const char *ced_take_messages(ced_engine *engine);

// Columns of a character: 0 for a combining one, -1 for a control character. The first call, as `ced_open`, makes the
// character type locale of the process a UTF-8 one, whatever the environment says: libedit and the widths depend on it.
int ced_width(unsigned int scalar);

static inline void *ced_owner(EditLine *el) {
    void *owner = NULL;
    el_get(el, EL_CLIENTDATA, &owner);
    return owner;
}

// The narrow el_set copies the names it is given; the wide one would keep our pointers.
static inline int ced_add_function(EditLine *el, const char *name, const char *help, ced_fn function) {
    return el_set(el, EL_ADDFN, name, help, function);
}
static inline int ced_bind(EditLine *el, const char *key, const char *function) {
    return el_set(el, EL_BIND, key, function, (char *)NULL);
}
// In vi's command map.
static inline int ced_bind_command(EditLine *el, const char *key, const char *function) {
    return el_set(el, EL_BIND, "-a", key, function, (char *)NULL);
}
static inline int ced_unbind(EditLine *el, const char *key) { return el_set(el, EL_BIND, "-r", key, (char *)NULL); }
static inline int ced_unbind_command(EditLine *el, const char *key) {
    return el_set(el, EL_BIND, "-a", "-r", key, (char *)NULL);
}
// False after `edit off` in the user's file.
static inline bool ced_edits(EditLine *el) {
    int on = 0;
    return el_get(el, EL_EDITMODE, &on) == 0 && on != 0;
}
bool ced_is_vi(EditLine *el);

// Terminal

// What the signal handlers write to the pipe.
enum {
    CED_INTERRUPT = 'i',
    CED_RESIZED = 'w',
    CED_CONTINUED = 'c',
    CED_TERMINATE = 't',
};

// Saves the modes of `input`, installs the signal handlers and returns the end of the pipe to poll; -1 with errno set.
// One terminal per process: signal handlers have no owner to ask. `modes` is false where there is no terminal to restore.
int ced_terminal_open(int input, int output, bool modes);
// Cooked modes and the previous signal handlers.
void ced_terminal_close(void);
// Raw modes and bracketed paste, once the process is in the foreground. 0, or -1 with errno set.
int ced_terminal_raw(void);
// The saved modes; paste brackets off. Does nothing when they are in force already.
void ced_terminal_cooked(void);
// The saved modes without echo, for the time that a statement runs: what is typed ahead is kept and shown when it is read.
void ced_terminal_quiet(void);
// The saved modes for another program, until they are taken back. Does nothing unless the terminal is quiet.
void ced_terminal_lend(void);
void ced_terminal_take_back(void);
// Stops the process group as ^Z does; returns when the shell continues us.
void ced_terminal_stop(void);
// 0 and the size in cells, or -1.
int ced_terminal_size(int fd, int *columns, int *rows);

// A new pty of that size, both ends closed on exec; 0, or -1 with errno set. `name` (of the slave) may be NULL.
int ced_pty(int *master, int *slave, int columns, int rows, char *name, size_t capacity);
// The flag of posix_spawn that makes the child the leader of a session: not in Swift's Glibc module.
short ced_spawn_session(void);

// Runs `body` on a new thread of its own, with an alternate signal stack; 0 or an errno.
int ced_thread(void (*body)(void *), void *argument);

#endif
