import Testing

@testable import AudLanguage

/// Where a newline counts, as the reference says: it is a `;` where one may stand, unless the next line begins with what goes
/// on with this one. Elsewhere it is nothing, but that an expression outside of brackets is over where it could be. Tried in
/// every gap between two tokens.
@Suite struct NewlineTests {
    /// What goes on with the line before, in a file.
    private static let continuing: Set = ["|", "and", "or", "then", "else", "catch", "??", "?."]

    private struct Reading: Equatable {
        var tree: String
        var codes: [Code]
        /// Where the first rule is broken.
        var place: UInt32?

        init(_ pieces: [String], _ mode: SourceMode) {
            let file = SourceFile(name: "n", text: pieces.joined(separator: " "))
            let result = Parser.parse(file, fileIndex: 0, mode: mode)
            let wrong = result.diagnostics.filter { !GrammarTests.inWords.contains($0.code) }
            tree = TreePrinter.print(result.statements)
            codes = wrong.map(\.code)
            place = wrong.first?.span?.start
        }

        static func == (left: Reading, right: Reading) -> Bool { left.tree == right.tree && left.codes == right.codes }
    }

    /// The tokens and newlines of a text.
    private static func pieces(_ text: String) -> [String] {
        let file = SourceFile(name: "n", text: text)
        return Lexer.lex(file, fileIndex: 0).tokens.filter { $0.kind != .end }.flatMap { token in
            (token.startsLine ? ["\n"] : []) + [file.text(Span(file: 0, start: token.start, end: token.end))]
        }
    }

    /// Whether a `;` at a gap is what breaks a text.
    private static func refusesSemicolon(at gap: Int, _ pieces: [String], _ ended: Reading) -> Bool {
        let place = UInt32(pieces[..<gap].reduce(0) { $0 + $1.utf8.count + 1 })
        return ended.place.map { $0 <= place } ?? false
    }

    /// Whether each gap lies in `( )`, `[ ]` or the `{ }` of a record; in a block a `;` may stand behind the `{`.
    private static func enclosed(_ pieces: [String], _ mode: SourceMode) -> [Bool] {
        var open: [Bool] = []
        return pieces.indices.map { place in
            let result = open.last ?? false
            switch pieces[place] {
            case "(", "[": open.append(true)
            case "{":
                let ended = Reading(Array(pieces[...place]) + [";"] + Array(pieces[(place + 1)...]), mode)
                open.append(refusesSemicolon(at: place + 1, pieces, ended))
            case ")", "]", "}": open.removeLast()
            default: break
            }
            return result
        }
    }

    private struct Counts {
        var ends = 0
        var skipped = 0
        var ended = 0
    }

    private func check(_ text: String, _ mode: SourceMode, _ counts: inout Counts) {
        let pieces = Self.pieces(text)
        let plain = Reading(pieces, mode)
        guard plain.codes.isEmpty else { return }
        let enclosed = Self.enclosed(pieces, mode)
        for gap in pieces.indices.dropFirst() where pieces[gap] != "\n" && pieces[gap - 1] != "\n" {
            // A regex at the start of a line would be a division.
            if pieces[gap].hasPrefix("/") { continue }
            func reading(with piece: String) -> Reading {
                Reading(Array(pieces[..<gap]) + [piece] + Array(pieces[gap...]), mode)
            }
            let ended = reading(with: ";")
            let broken = reading(with: "\n")
            let goesOn = Self.continuing.contains(pieces[gap]) && (mode == .file || pieces[gap] == "|")
            if !goesOn, !Self.refusesSemicolon(at: gap, pieces, ended) {
                counts.ends += 1
                #expect(broken == ended, "does not end before `\(pieces[gap])`: \(pieces.joined(separator: " "))")
            } else if !goesOn, !enclosed[gap], Self.links.contains(pieces[gap]), broken != plain {
                // Such as the head of a block: the expression is over, and what it is part of is not.
                counts.ended += 1
                #expect(!broken.codes.isEmpty, "is read otherwise: \(pieces.joined(separator: " "))")
                // Any word is a field's name, and `fn` is also a type's.
                let isName = gap > 1 && [".", "?.", ":", "<"].contains(pieces[gap - 2])
                #expect(
                    isName || pieces[gap] == "?" || Self.endsOperand(pieces[gap - 1]),
                    "`\(pieces[gap - 1])` ends: \(pieces.joined(separator: " "))")
            } else {
                counts.skipped += 1
                #expect(broken == plain, "counts before `\(pieces[gap])`: \(pieces.joined(separator: " "))")
            }
        }
    }

    /// What goes on with an expression, on its line.
    private static let links = Set(
        Token.Kind.allCases.filter { InfixOperator.byToken[Int($0.rawValue)] != nil }.compactMap(\.text)
            + ["(", "[", ".", "?.", "=>", "not", "?", ","])

    private static func endsOperand(_ piece: String) -> Bool {
        let file = SourceFile(name: "n", text: piece)
        return Lexer.lex(file, fileIndex: 0).tokens.first?.kind.endsOperand ?? false
    }

    @Test(arguments: 0..<4)
    func inTheTextsOfTheRepository(_ part: Int) {
        var counts = Counts()
        let texts = DerivationTests.texts().filter { $0.utf8.count < 600 }
        for (index, text) in texts.enumerated() where index % 4 == part { check(text, .file, &counts) }
        #expect(counts.ends > 100 && counts.skipped > 1_000, "\(counts)")
    }

    @Test(arguments: [UInt64](0..<8))
    func inRandomSentences(_ seed: UInt64) throws {
        var generator = SentenceGenerator(try GrammarTests.grammar(), seed: 900 + seed)
        var counts = Counts()
        for _ in 0..<40 { check(generator.sentence("program"), .file, &counts) }
        #expect(counts.ends > 20 && counts.skipped > 200, "\(counts)")
    }

    /// At a prompt a line that is complete has run already.
    @Test func atAPrompt() throws {
        var generator = SentenceGenerator(try GrammarTests.grammar(), seed: 77)
        var counts = Counts()
        for _ in 0..<60 {
            let line = generator.sentence("line")
            // In a block, which is read whole, all that goes on in a file does so too.
            if !line.contains("{") { check(line, .prompt, &counts) }
        }
        #expect(counts.skipped > 20, "\(counts)")
    }
}
