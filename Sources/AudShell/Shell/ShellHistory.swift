// The statements of a profile, whatever their mode: what was tried in a dry run is what is then wanted live. Invariants: a
// statement is written down before it runs; a text that begins with a blank is kept nowhere, and a secret in none; trouble
// with the state file is said once, and the shell goes on with what it has in memory.

package import AudRuntime

/// Where statements are kept.
package protocol HistoryStore: Sendable {
    func beginStatement(profile: String, mode: Mode, text: String, at time: Int64) throws(StateError) -> Int64
    func endStatement(_ id: Int64, duration: Duration, outcome: String) throws(StateError)
    func history(profile: String, limit: Int) throws(StateError) -> [HistoryEntry]
    func pruneHistory(profile: String, keeping limit: Int) throws(StateError)
}

extension StateDatabase: HistoryStore {}

struct ShellHistory {
    private let profile: String
    /// Nil when there is none, or it has failed.
    private var store: (any HistoryStore)?
    /// What to tell the person, once.
    private(set) var trouble: StateError?
    /// The statements of this session, and the one of them that runs.
    private var own: [HistoryEntry] = []
    private var running: Int64?

    /// As many as the editor searches without a delay.
    private static let most = 10_000

    init(profile: String, store: (any HistoryStore)?) {
        self.profile = profile
        self.store = store
    }

    /// The statements of earlier sessions, oldest first, each of a row of equal ones once.
    mutating func load() -> [String] {
        var texts: [String] = []
        attempt { (store, profile) throws(StateError) in
            try store.pruneHistory(profile: profile, keeping: Self.most)
            for entry in try store.history(profile: profile, limit: Self.most) where entry.text != texts.last {
                texts.append(entry.text)
            }
        }
        return texts
    }

    /// What is kept of a statement; nil for nothing.
    /// - Parameter mask: masks the tokens that are known.
    static func kept(_ text: String, mask: (String) -> String) -> String? {
        guard let first = text.first, first.isNewline || !first.isWhitespace else { return nil }
        return withoutSecrets(text, mask: mask)
    }

    /// The text with all tokens masked, those that are known and what looks like one.
    static func withoutSecrets(_ text: String, mask: (String) -> String) -> String {
        TokenLookalike.masked(mask(text))
    }

    /// Writes a statement down; `end` adds how it ended.
    mutating func begin(_ text: String, mode: Mode, at time: Int64) {
        var number = Int64(own.count)
        attempt { (store, profile) throws(StateError) in
            number = try store.beginStatement(profile: profile, mode: mode, text: text, at: time)
        }
        own.append(HistoryEntry(id: number, profile: profile, mode: mode.rawValue, text: text, time: time))
        if own.count > Self.most { own.removeFirst() }
        running = number
    }

    mutating func end(duration: Duration, outcome: String) {
        guard let number = running, !own.isEmpty else { return }
        running = nil
        own[own.count - 1].duration = duration
        own[own.count - 1].outcome = outcome
        attempt { (store, _) throws(StateError) in
            try store.endStatement(number, duration: duration, outcome: outcome)
        }
    }

    /// The statements before the one that runs, oldest first: of all shells of the profile, without a state file those of
    /// this one. `text` is a part of them.
    mutating func past(containing text: String = "") -> [HistoryEntry] {
        var entries: [HistoryEntry]?
        attempt { (store, profile) throws(StateError) in
            entries = try store.history(profile: profile, limit: Self.most)
        }
        let (own, running) = (own, running)
        return (entries ?? own).filter { $0.id != running && (text.isEmpty || $0.text.contains(text)) }
    }

    /// The trouble that has not been told yet.
    mutating func takeTrouble() -> StateError? {
        defer { trouble = nil }
        return trouble
    }

    private mutating func attempt(_ body: (any HistoryStore, _ profile: String) throws(StateError) -> Void) {
        guard let store else { return }
        do throws(StateError) {
            try body(store, profile)
        } catch {
            trouble = error
            self.store = nil
        }
    }
}
