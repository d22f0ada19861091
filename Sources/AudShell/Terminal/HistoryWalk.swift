// A walk through earlier statements: those that begin with what was typed. Pure.
//
// Invariant: `live` is the text the walk began with, and comes back at its newest end.

struct HistoryWalk {
    private let live: String
    private var index: Int
    /// What the walk put into the line last: the walk is over when the line says something else.
    private(set) var shown: String

    init(from live: String, in entries: [String]) {
        self.live = live
        index = entries.count
        shown = live
    }

    mutating func older(in entries: [String]) -> String? {
        var candidate = min(index, entries.count) - 1
        while candidate >= 0 {
            if matches(entries[candidate]) { return show(entries[candidate], at: candidate) }
            candidate -= 1
        }
        return nil
    }

    mutating func newer(in entries: [String]) -> String? {
        guard index < entries.count else { return nil }
        var candidate = index + 1
        while candidate < entries.count {
            if matches(entries[candidate]) { return show(entries[candidate], at: candidate) }
            candidate += 1
        }
        return show(live, at: entries.count)
    }

    private func matches(_ entry: String) -> Bool {
        entry != shown && entry.utf8.starts(with: live.utf8)
    }

    private mutating func show(_ text: String, at index: Int) -> String {
        self.index = index
        shown = text
        return text
    }
}
