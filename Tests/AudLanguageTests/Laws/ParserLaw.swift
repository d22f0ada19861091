import AudLanguage

/// Every text is a program, unfinished, or explained by a few messages that a terminal may be given.
enum ParserLaw {
    static func broken(by file: SourceFile) -> String? {
        for mode in [SourceMode.file, .prompt] {
            let result = Parser.parse(file, fileIndex: 0, mode: mode)
            let starts = result.diagnostics.map { $0.span?.start ?? 0 }
            guard starts == starts.sorted() else { return "messages are not sorted: \(starts)" }
            guard result.diagnostics.count <= 20 else { return "\(result.diagnostics.count) messages" }
            guard result.completeness == .complete || !result.diagnostics.isEmpty else {
                return "\(result.completeness) without a message"
            }
            for diagnostic in result.diagnostics {
                guard let span = diagnostic.span, span.start <= span.end, Int(span.end) <= file.bytes.count else {
                    return "\(diagnostic) is outside of the text"
                }
            }
            if let unsafe = unsafeText(of: result.diagnostics, in: file) { return unsafe }
        }
        return nil
    }

    /// What rendering puts onto a terminal although it may not.
    static func unsafeText(of diagnostics: [Diagnostic], in file: SourceFile) -> String? {
        var sources = SourceMap()
        sources.add(file)
        for width in [1, 40, 200] {
            let text = DiagnosticRenderer(sources: sources, width: width).render(diagnostics)
            guard !text.unicodeScalars.contains(where: { $0 != "\n" && TerminalText.isUnsafe($0) }) else {
                return "the messages are not safe: \(text.debugDescription)"
            }
        }
        return nil
    }
}
