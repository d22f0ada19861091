/// What `aud explain CODE` says about one code: the rule, why there is one, and how to keep it.
///
/// Invariant: every `Code` has exactly one page, and every program on a page was run: the wrong one ends with the code of
/// its page and with no other, the right one without an error. Tests hold both.
package struct Page: Sendable {
    /// One half of the example.
    package enum Example: Sendable, Hashable {
        /// A program.
        case program(String)
        /// A command line.
        case command(String)
        /// What no program can show, in a sentence: something that a server, a person or the machine does.
        case situation(String)
    }

    package var code: Code
    /// What is wrong, in a few words.
    package var title: String
    /// What the rule is and why, in two to five sentences. Line breaks mean nothing.
    package var text: String
    package var wrong: Example
    package var right: Example

    init(_ code: Code, _ title: String, _ text: String, wrong: Example, right: Example) {
        self.code = code
        self.title = title
        self.text = text
        self.wrong = wrong
        self.right = right
    }

    /// All pages in the order of their codes.
    package static let all: [Page] =
        lexical + syntax + names + types + effects + modules + runTime + api + limits + lints

    /// The page of a code as somebody has typed it, in capitals or not, or has copied it: `error[E0301]`.
    package static func named(_ code: some StringProtocol) -> Page? {
        var wanted = code.uppercased()
        for severity in ["ERROR[", "WARNING["] where wanted.hasPrefix(severity) && wanted.hasSuffix("]") {
            wanted = String(wanted.dropFirst(severity.count).dropLast())
        }
        return all.first { $0.code.rawValue == wanted }
    }

    /// The code that was probably meant.
    package static func closest(to code: String) -> String? {
        Suggestions.closest(to: code.uppercased(), among: all.map(\.code.rawValue))
    }
}

extension Code {
    /// What is wrong, in a few words, for lists of rules.
    public var title: String { Page.all.first { $0.code == self }?.title ?? rawValue }
}
