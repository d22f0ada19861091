import AudLanguage

/// The formatter moves tokens and nothing else.
enum FormatterLaw {
    static func broken(by file: SourceFile) -> String? {
        let before = Parser.parse(file, fileIndex: 0, mode: .file)
        guard case .success(let text) = Formatter.format(file) else {
            return before.diagnostics.isEmpty ? "a program without errors is refused" : nil
        }
        let formatted = SourceFile(name: "formatted.aud", text: text)
        let after = Parser.parse(formatted, fileIndex: 0, mode: .file)
        func says(_ what: String) -> String {
            "\(what):\n\(String(decoding: file.bytes, as: UTF8.self))\n=>\n\(text)"
        }
        guard after.diagnostics.isEmpty else { return says("the result has errors: \(after.diagnostics[0].message)") }
        guard TreePrinter.print(after.statements) == TreePrinter.print(before.statements) else {
            return says("the tree changed")
        }
        guard helps(after) == helps(before) else { return says("the help texts changed") }
        guard comments(formatted) == comments(file) else { return says("the comments changed") }
        guard case .success(text) = Formatter.format(formatted) else { return says("formatting again changes it") }
        return nil
    }

    /// The help texts of a file and its functions.
    private static func helps(_ result: ParseResult) -> [String?] {
        [result.help]
            + result.statements.map {
                switch $0.kind {
                case .function(let function): function.help
                case .param(let param): param.help
                default: nil
                }
            }
    }

    /// All comments in their order, without blanks at their ends.
    private static func comments(_ file: SourceFile) -> [String] {
        Lexer.tokens(in: file).filter { $0.kind == .comment || $0.kind == .docComment }.map {
            var text = String(decoding: file.bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
            while let last = text.last, last.isWhitespace { text.removeLast() }
            return text
        }
    }
}
