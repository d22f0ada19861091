import AudLanguage

/// What the passes before the run say about a text: errors, or the warnings of a text that can run.
struct Checked {
    var diagnostics: [Diagnostic]
    var isReady: Bool
    let sources: SourceMap

    init(_ text: String, name: String = "test.aud", modules: Interpreter.ModuleLoader? = nil) {
        let interpreter = Interpreter(now: 0, modules: modules)
        switch interpreter.load(SourceFile(name: name, text: text), mode: .file) {
        case .ready(_, let warnings): (diagnostics, isReady) = (warnings, true)
        case .failed(let errors): (diagnostics, isReady) = (errors, false)
        case .incomplete: (diagnostics, isReady) = ([], false)
        }
        sources = interpreter.sources
    }

    var codes: [Code] { diagnostics.map(\.code) }

    /// `!! E0301 message` or `~~ W9001 message`, with the line, in the order of the lines.
    var messages: [(line: Int, text: String)] {
        let messages = diagnostics.map { diagnostic in
            let line = diagnostic.span.flatMap { span in sources[span].map { $0.line(at: span.start) } } ?? 0
            let mark = diagnostic.severity == .error ? "!!" : "~~"
            return (line: line, text: "\(mark) \(diagnostic.code.rawValue) \(diagnostic.message)")
        }
        return messages.sorted { $0.line < $1.line }
    }
}
