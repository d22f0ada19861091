import AudLanguage

/// What holds for every text, whoever wrote it. The tests ask it of the inputs that are kept, the fuzzers of those that
/// they find.
///
/// The folder of the laws is compiled into both, so it uses nothing of the test library.
package enum Law: String, CaseIterable, Sendable {
    /// Tokens stand in their order, inside the text, and only blanks lie between them.
    case lexer
    /// Parsing ends, and its messages can be shown.
    case parser
    /// A program that loads runs inside its limits, twice alike, and leaves the interpreter fit for the next text.
    case machine
    /// Formatting keeps the tree and the comments, and formatting again changes nothing.
    case formatter

    /// Why the law does not hold for a text; nil when it holds.
    package func broken(by bytes: [UInt8]) -> String? {
        let file = SourceFile(name: "hostile.aud", bytes: bytes)
        return switch self {
        case .lexer: LexerLaw.broken(by: file)
        case .parser: ParserLaw.broken(by: file)
        case .machine: MachineLaw.broken(by: file)
        case .formatter: FormatterLaw.broken(by: file)
        }
    }
}
