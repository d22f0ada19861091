// The candidates after Tab, and which of them is in the line. Pure.
//
// Invariant: the menu lives while text and cursor are what it left; `chosen` is nil until a second Tab.

struct CompletionMenu {
    let candidates: [Candidate]
    /// Where the candidates begin, in characters of the buffer.
    let start: Int
    private(set) var chosen: Int?
    var left: Snapshot

    init(_ candidates: [Candidate], start: Int, left: Snapshot) {
        self.candidates = candidates
        self.start = start
        self.left = left
    }

    /// Goes round: behind the last comes the first.
    mutating func step(_ step: Int) -> Candidate {
        let next: Int
        if let chosen {
            next = (chosen + step + candidates.count) % candidates.count
        } else {
            next = step > 0 ? 0 : candidates.count - 1
        }
        chosen = next
        return candidates[next]
    }

    var rows: [MenuRow] {
        candidates.enumerated().map { index, candidate in
            MenuRow(candidate.label, detail: candidate.detail, isSelected: index == chosen)
        }
    }

    /// What all candidates begin with.
    static func commonPrefix(of candidates: [Candidate]) -> String {
        guard var prefix = candidates.first?.text else { return "" }
        for candidate in candidates.dropFirst() {
            prefix = String(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
        }
        return prefix
    }
}
