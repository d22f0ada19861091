import AudLanguage

/// Parses a text as a file.
func parse(_ text: String, mode: SourceMode = .file) -> ParseResult {
    Parser.parse(SourceFile(name: "test.aud", text: text), fileIndex: 0, mode: mode)
}

/// How a text was read, as S-expressions, or its first error.
func tree(_ text: String, mode: SourceMode = .file) -> String {
    let result = parse(text, mode: mode)
    guard result.diagnostics.isEmpty else { return errors(result)[0] }
    return TreePrinter.print(result.statements)
}

/// The errors as `CODE message`.
func errors(_ result: ParseResult) -> [String] {
    result.diagnostics.map { "\($0.code.rawValue) \($0.message)" }
}

/// The errors of a text as `line CODE`.
func errorLines(_ text: String, mode: SourceMode = .file) -> [String] {
    let file = SourceFile(name: "test.aud", text: text)
    return Parser.parse(file, fileIndex: 0, mode: mode).diagnostics.map {
        "\(file.line(at: $0.span?.start ?? 0)) \($0.code.rawValue)"
    }
}
