// memmem is an extension of the C library.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CRE2.h"

#include <string.h>

#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <map>
#include <new>
#include <string>
#include <vector>

// `re2::StringPiece` is a class of its own up to 2023 and a name for `absl::string_view` since; both are used the same.

struct cre2_pattern {
    RE2 re;
    // Group names by number, copied once: the map of later versions of RE2 is not the map of earlier ones.
    std::map<int, std::string> names;

    cre2_pattern(const std::string &text, const RE2::Options &options) : re(text, options) {
        if (!re.ok()) return;
        for (const auto &entry : re.CapturingGroupNames()) names[entry.first] = entry.second;
    }
};

// RE2 takes a piece without an address for a group that did not match, so an empty text gets one.
static re2::StringPiece piece(const char *text, size_t length) {
    return length == 0 ? re2::StringPiece("", 0) : re2::StringPiece(text, length);
}

cre2_pattern *cre2_compile(const char *pattern, size_t length, const char *flags, size_t flags_length) {
    try {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(8 << 20);
        std::string text;
        if (flags_length > 0) text.append("(?").append(flags, flags_length).append(")");
        text.append(pattern, length);
        return new cre2_pattern(text, options);
    } catch (...) {
        return nullptr;
    }
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

bool cre2_ok(const cre2_pattern *pattern) { return pattern->re.ok(); }

const char *cre2_error_text(const cre2_pattern *pattern) { return pattern->re.error().c_str(); }

const char *cre2_error_argument(const cre2_pattern *pattern) { return pattern->re.error_arg().c_str(); }

int cre2_group_count(const cre2_pattern *pattern) { return pattern->re.NumberOfCapturingGroups(); }

int cre2_program_size(const cre2_pattern *pattern) { return pattern->re.ProgramSize(); }

// From here on the only exception there can be is one for lack of memory. `noexcept` ends the process then, as Swift
// does for its own memory: "no match" would be an answer that nobody gave.

const char *cre2_group_name(const cre2_pattern *pattern, int group) noexcept {
    const auto found = pattern->names.find(group);
    return found == pattern->names.end() ? nullptr : found->second.c_str();
}

bool cre2_contains(const cre2_pattern *pattern, const char *text, size_t length) noexcept {
    return pattern->re.Match(piece(text, length), 0, length, RE2::UNANCHORED, nullptr, 0);
}

bool cre2_match(
    const cre2_pattern *pattern, const char *text, size_t length, size_t start, ptrdiff_t *starts, ptrdiff_t *ends,
    int count) noexcept {
    const re2::StringPiece whole = piece(text, length);
    std::vector<re2::StringPiece> groups(static_cast<size_t>(count));
    if (!pattern->re.Match(whole, start, length, RE2::UNANCHORED, groups.data(), count)) return false;
    for (int group = 0; group < count; group++) {
        const re2::StringPiece &found = groups[static_cast<size_t>(group)];
        if (found.data() == nullptr) {
            starts[group] = ends[group] = -1;
        } else {
            starts[group] = found.data() - whole.data();
            ends[group] = starts[group] + static_cast<ptrdiff_t>(found.size());
        }
    }
    return true;
}

ptrdiff_t cre2_find(const char *text, size_t length, const char *part, size_t part_length) noexcept {
    const void *found = memmem(text, length, part, part_length);
    return found == nullptr ? -1 : static_cast<const char *>(found) - text;
}
