// libedit as an editing engine: key map, ~/.editrc, kill ring and text buffer, with no screen.
//
// The pty has one row of fixed size, because libedit's refresh writes outside its screen image when the text is taller
// than the screen or the screen is resized. `el_init_fd` with the slave as all three descriptors keeps editing on; the
// output and error streams go to functions here.

#define _GNU_SOURCE
#include "CEditline.h"

#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ced_engine {
    EditLine *el;
    FILE *in, *out, *err;
    int master, slave;
    int bells;
    char *messages;  // what arrived, then what was handed out last
    size_t length, capacity;
    bool taken;
    void *owner;
    ced_entry_fn entry;
    int position;  // of libedit's own walk through the history
};

#ifdef __APPLE__
typedef int ced_count;
typedef int ced_size;
#else
typedef ssize_t ced_count;
typedef size_t ced_size;
#endif

static ced_count count_bells(void *cookie, const char *bytes, ced_size count) {
    ced_engine *engine = cookie;
    for (ced_size i = 0; i < count; i++) engine->bells += bytes[i] == '\a';
    return (ced_count)count;
}

static ced_count keep_message(void *cookie, const char *bytes, ced_size count) {
    ced_engine *engine = cookie;
    if (engine->taken) engine->length = 0, engine->taken = false;
    size_t needed = engine->length + (size_t)count + 1;
    if (needed > engine->capacity) {
        char *grown = realloc(engine->messages, needed * 2);
        if (!grown) return (ced_count)count;
        engine->messages = grown;
        engine->capacity = needed * 2;
    }
    memcpy(engine->messages + engine->length, bytes, (size_t)count);
    engine->length += (size_t)count;
    return (ced_count)count;
}

static FILE *stream_to(ced_engine *engine, ced_count (*write)(void *, const char *, ced_size)) {
#ifdef __APPLE__
    return funopen(engine, NULL, write, NULL, NULL);
#else
    return fopencookie(engine, "w", (cookie_io_functions_t){.write = write});
#endif
}

static int answer(ced_engine *engine, HistEventW *event, int position) {
    const wchar_t *text = position < 0 ? NULL : engine->entry(engine->owner, position);
    if (!text) return -1;
    engine->position = position;
    event->num = position + 1;
    event->str = text;
    return 0;
}

// EL_HIST over the array of the owner, for users who bind libedit's own history commands. Nothing here changes it.
static int history_of(void *cookie, HistEventW *event, int operation, ...) {
    ced_engine *engine = cookie;
    va_list arguments;
    va_start(arguments, operation);
    int status = -1;
    switch (operation) {
    case H_FIRST: status = answer(engine, event, 0); break;
    case H_NEXT: status = answer(engine, event, engine->position + 1); break;
    case H_PREV: status = answer(engine, event, engine->position - 1); break;
    case H_CURR: status = answer(engine, event, engine->position); break;
    case H_SET: status = answer(engine, event, va_arg(arguments, int) - 1); break;
    case H_LAST: {
        int last = 0;
        while (engine->entry(engine->owner, last + 1)) last++;
        status = answer(engine, event, last);
        break;
    }
    case H_GETSIZE: {
        int count = 0;
        while (engine->entry(engine->owner, count)) count++;
        event->num = count;
        status = 0;
        break;
    }
    case H_NEXT_STR:
    case H_PREV_STR: {
        const wchar_t *wanted = va_arg(arguments, const wchar_t *);
        int step = operation == H_NEXT_STR ? 1 : -1;
        for (int i = engine->position; wanted && i >= 0; i += step) {
            const wchar_t *text = engine->entry(engine->owner, i);
            if (!text) break;
            if (wcsncmp(text, wanted, wcslen(wanted)) == 0) {
                status = answer(engine, event, i);
                break;
            }
        }
        break;
    }
    case H_SETSIZE:
    case H_SETUNIQUE: status = 0; break;
    default: break;
    }
    va_end(arguments);
    return status;
}

static void use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
}

static pthread_once_t locale_once = PTHREAD_ONCE_INIT;

int ced_width(unsigned int scalar) {
    pthread_once(&locale_once, use_utf8);
    return wcwidth((wchar_t)scalar);
}

ced_engine *ced_open(ced_entry_fn entry, el_rfunc_t reader) {
    pthread_once(&locale_once, use_utf8);
    ced_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return NULL;
    engine->entry = entry;
    engine->slave = -1;
    if (ced_pty(&engine->master, &engine->slave, 80, 1, NULL, 0) != 0) {
        free(engine);
        return NULL;
    }
    engine->in = fdopen(engine->slave, "r");
    engine->out = stream_to(engine, count_bells);
    engine->err = stream_to(engine, keep_message);
    if (engine->in && engine->out && engine->err)
        engine->el = el_init_fd(
            "aud", engine->in, engine->out, engine->err, engine->slave, engine->slave, engine->slave);
    if (!engine->el) {
        ced_close(engine);
        return NULL;
    }
    el_set(engine->el, EL_EDITOR, "emacs");  // Debian's build starts in vi
    el_wset(engine->el, EL_GETCFN, reader);
    el_wset(engine->el, EL_HIST, history_of, engine);  // vi's `_` calls a null pointer where it is unset
    ced_take_messages(engine);  // about an unknown TERM: nothing is drawn by it
    return engine;
}

void ced_set_owner(ced_engine *engine, void *owner) {
    engine->owner = owner;
    el_set(engine->el, EL_CLIENTDATA, owner);
}

void ced_close(ced_engine *engine) {
    if (engine->el) el_end(engine->el);
    if (engine->out) fclose(engine->out);
    if (engine->err) fclose(engine->err);
    if (engine->in) fclose(engine->in);
    else close(engine->slave);
    close(engine->master);
    free(engine->messages);
    free(engine);
}

EditLine *ced_editline(ced_engine *engine) { return engine->el; }

int ced_take_bells(ced_engine *engine) {
    fflush(engine->out);
    int bells = engine->bells;
    engine->bells = 0;
    return bells;
}

const char *ced_take_messages(ced_engine *engine) {
    fflush(engine->err);
    if (engine->taken || engine->length == 0) return "";
    engine->messages[engine->length] = '\0';
    engine->taken = true;
    return engine->messages;
}

bool ced_is_vi(EditLine *el) {
    const char *name = NULL;
    return el_get(el, EL_EDITOR, &name) == 0 && name && strcmp(name, "vi") == 0;
}
