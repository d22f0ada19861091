import Testing

@testable import AudLanguage

/// What holds for every text that can be formatted.
enum FormatLaws {
    static func check(_ source: String, _ location: SourceLocation = #_sourceLocation) {
        check(SourceFile(name: "t", text: source), location)
    }

    /// Whether the text could be formatted.
    @discardableResult
    static func check(_ file: SourceFile, _ location: SourceLocation = #_sourceLocation) -> Bool {
        let before = Parser.parse(file, fileIndex: 0, mode: .file)
        guard case .success(let text) = Formatter.format(file) else {
            #expect(!before.diagnostics.isEmpty, sourceLocation: location)
            return false
        }
        let source = String(decoding: file.bytes, as: UTF8.self)
        let formatted = SourceFile(name: "t", text: text)
        let after = Parser.parse(formatted, fileIndex: 0, mode: .file)
        #expect(errors(after).isEmpty, "\(source)\n=>\n\(text)", sourceLocation: location)
        #expect(
            TreePrinter.print(after.statements) == TreePrinter.print(before.statements), "\(source)\n=>\n\(text)",
            sourceLocation: location)
        #expect(helps(after) == helps(before), "\(source)\n=>\n\(text)", sourceLocation: location)
        #expect(comments(formatted) == comments(file), "\(source)\n=>\n\(text)", sourceLocation: location)
        guard case .success(let again) = Formatter.format(formatted) else { return true }
        #expect(again == text, "\(source)", sourceLocation: location)
        return true
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
