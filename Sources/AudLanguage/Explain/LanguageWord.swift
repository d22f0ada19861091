/// The words of the grammar as a person looks them up: for `help NAME`, and for completion behind `|`. Functions have
/// their rows in `Library`.
///
/// Invariant: there is a row for every stage, keyword, type and operator, and its example was run. Tests hold both.
package struct LanguageWord: Sendable, Hashable {
    package struct Example: Sendable, Hashable {
        package var source: String
        /// What it shows, as the language writes it; nil when it needs a workspace or prints by itself.
        package var result: String?
    }

    /// The word that starts it.
    package var word: String
    /// How it is written.
    package var usage: String
    /// What it does, in one line.
    package var summary: String
    package var example: Example
    package var isStage: Bool

    private init(
        _ word: String, _ usage: String, _ summary: String, _ source: String, _ result: String? = nil, stage: Bool
    ) {
        self.word = word
        self.usage = usage
        self.summary = summary
        example = Example(source: source, result: result)
        isStage = stage
    }

    static func stage(
        _ word: String, _ usage: String, _ summary: String, _ source: String, _ result: String? = nil
    ) -> LanguageWord {
        LanguageWord(word, usage, summary, source, result, stage: true)
    }

    static func keyword(
        _ word: String, _ usage: String, _ summary: String, _ source: String, _ result: String? = nil
    ) -> LanguageWord {
        LanguageWord(word, usage, summary, source, result, stage: false)
    }

    /// The rows of a word: none, or one as a stage and one as a keyword. A stage may be called by both its words, such as
    /// `group by`.
    package static func named(_ word: String) -> [LanguageWord] {
        let isTwo = word.contains(" ")
        return (stages + keywords + types + operators).filter {
            $0.word == word || isTwo && $0.usage.hasPrefix(word + " ")
        }
    }
}
