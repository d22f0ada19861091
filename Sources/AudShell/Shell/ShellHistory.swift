// The statements of a profile. Invariants: a statement is written down before it runs; a line that begins with a blank is
// kept nowhere; trouble with the state file is said once, and the shell goes on with what it has in memory.

package import AudRuntime

/// Where statements are kept.
package protocol HistoryStore: Sendable {
    func beginStatement(profile: String, mode: Mode, text: String, at time: Int64) throws(StateError) -> Int64
    func endStatement(_ id: Int64, duration: Duration, outcome: String) throws(StateError)
    func history(profile: String, limit: Int) throws(StateError) -> [HistoryEntry]
}

extension StateDatabase: HistoryStore {}

struct ShellHistory {
    private let profile: String
    /// Nil when there is none, or it has failed.
    private var store: (any HistoryStore)?
    /// What to tell the person, once.
    private(set) var trouble: StateError?

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
            for entry in try store.history(profile: profile, limit: Self.most) where entry.text != texts.last {
                texts.append(entry.text)
            }
        }
        return texts
    }

    /// Whether a statement is kept.
    static func keeps(_ text: String) -> Bool {
        text.first.map { !$0.isWhitespace } ?? false
    }

    /// Writes a statement down; the number is for `end`.
    mutating func begin(_ text: String, mode: Mode, at time: Int64) -> Int64? {
        var number: Int64?
        attempt { (store, profile) throws(StateError) in
            number = try store.beginStatement(profile: profile, mode: mode, text: text, at: time)
        }
        return number
    }

    /// Adds how it ended.
    mutating func end(_ number: Int64?, duration: Duration, outcome: String) {
        guard let number else { return }
        attempt { (store, _) throws(StateError) in
            try store.endStatement(number, duration: duration, outcome: outcome)
        }
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
