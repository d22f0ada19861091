import AudLanguage
import Testing

/// What holds for every text that can be formatted.
enum FormatLaws {
    static func check(_ source: String, _ location: SourceLocation = #_sourceLocation) {
        check(SourceFile(name: "t", text: source), location)
    }

    /// Whether the text could be formatted.
    @discardableResult
    static func check(_ file: SourceFile, _ location: SourceLocation = #_sourceLocation) -> Bool {
        #expect(FormatterLaw.broken(by: file) == nil, sourceLocation: location)
        guard case .success = Formatter.format(file) else { return false }
        return true
    }
}
