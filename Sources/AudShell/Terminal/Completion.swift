// The host's answer to Tab.

/// Candidates for the text from `replaceFrom` (UTF-8 offset) to the cursor.
package struct Completion: Sendable, Equatable {
    package var replaceFrom: Int
    package var candidates: [Candidate]
    /// There are more: what these have in common the others need not have.
    package var isCut: Bool

    package init(replaceFrom: Int, candidates: [Candidate], isCut: Bool = false) {
        self.replaceFrom = replaceFrom
        self.candidates = candidates
        self.isCut = isCut
    }

    package static let none = Completion(replaceFrom: 0, candidates: [])
}

/// One thing that could stand there: whole and in source form, quotes included.
package struct Candidate: Sendable, Equatable {
    package var text: String
    /// What the menu shows.
    package var label: String
    /// A dim remark beside the label.
    package var detail: String

    package init(_ text: String, label: String? = nil, detail: String = "") {
        self.text = text
        self.label = label ?? text
        self.detail = detail
    }
}
