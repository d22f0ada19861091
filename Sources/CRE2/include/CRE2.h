/* RE2 for Swift: the few calls that the language needs, as plain C.
 *
 * No C++ exception leaves these functions, nothing is logged, and the memory of one pattern is bounded (8 MiB for its
 * program and its automata), whatever the pattern and the text. Text is UTF-8; all offsets are bytes. A pattern never
 * changes after it was made and may be used by several threads at once. */
#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
#define CRE2_NOEXCEPT noexcept
extern "C" {
#else
#define CRE2_NOEXCEPT
#endif

typedef struct cre2_pattern cre2_pattern;

/* Compiles a pattern. `flags` holds letters of `imsU`. NULL only when memory is short; else ask cre2_ok. */
cre2_pattern *_Nullable cre2_compile(
    const char *_Nonnull pattern, size_t length, const char *_Nonnull flags, size_t flags_length);
void cre2_free(cre2_pattern *_Nonnull pattern);

bool cre2_ok(const cre2_pattern *_Nonnull pattern);
/* What is wrong, and the piece of the pattern that is; they live as long as the pattern. */
const char *_Nonnull cre2_error_text(const cre2_pattern *_Nonnull pattern);
const char *_Nonnull cre2_error_argument(const cre2_pattern *_Nonnull pattern);

/* How many instructions the pattern was compiled to. */
int cre2_program_size(const cre2_pattern *_Nonnull pattern);
/* How many groups capture, not counting the whole match. */
int cre2_group_count(const cre2_pattern *_Nonnull pattern);
/* The name of a group from 1 on; NULL when it has none. */
const char *_Nullable cre2_group_name(const cre2_pattern *_Nonnull pattern, int group) CRE2_NOEXCEPT;

/* Whether the pattern matches anywhere. */
bool cre2_contains(const cre2_pattern *_Nonnull pattern, const char *_Nullable text, size_t length) CRE2_NOEXCEPT;
/* Finds the first match at or after `start`. Writes the first byte and the byte after the last of the match and of each
 * group, `count` in all, into `starts` and `ends`; -1 for a group that took no part. */
bool cre2_match(
    const cre2_pattern *_Nonnull pattern, const char *_Nullable text, size_t length, size_t start,
    ptrdiff_t *_Nonnull starts, ptrdiff_t *_Nonnull ends, int count) CRE2_NOEXCEPT;

/* The offset of the first occurrence of a part that is not empty; -1 when there is none. Linear time: it is the C
 * library's memmem, which Swift's module of the GNU C library does not show. */
ptrdiff_t cre2_find(
    const char *_Nonnull text, size_t length, const char *_Nonnull part, size_t part_length) CRE2_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
