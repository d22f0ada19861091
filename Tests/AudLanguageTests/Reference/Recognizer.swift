@testable import AudLanguage

/// Whether a text can be derived from a grammar, whatever the parser says.
///
/// It finds all ends that a rule can have at a place, and remembers them for each rule and place; the grammar has no left
/// recursion. The rules that the page has in words are kept as it says: no record in a header, no `{` at the start of a
/// body, no `-` at the start of an operand. A newline may count or be skipped anywhere: where it counts is the lexer's page.
struct Recognizer {
    private struct Key: Hashable {
        var name: String
        var place: Int
        var isHeader: Bool
    }

    private let grammar: EBNF
    private let file: SourceFile
    private let literals: [Literal]
    private let tokens: [Token]
    private var known: [Key: [Int]] = [:]

    /// Whether a file is a sentence of `program`.
    static func derives(_ file: SourceFile, from grammar: EBNF) -> Bool {
        let lexer = Lexer.lex(file, fileIndex: 0)
        return derives(lexer.tokens, "program", file, lexer.literals, grammar)
    }

    private static func derives(
        _ tokens: [Token], _ start: String, _ file: SourceFile, _ literals: [Literal], _ grammar: EBNF
    ) -> Bool {
        let tokens = tokens.filter { $0.kind != .end && $0.kind != .endOfHole }
        var recognizer = Recognizer(grammar: grammar, file: file, literals: literals, tokens: tokens)
        return recognizer.ends(ofName: start, at: 0, isHeader: false).contains(2 * tokens.count)
    }

    private init(grammar: EBNF, file: SourceFile, literals: [Literal], tokens: [Token]) {
        (self.grammar, self.file, self.literals, self.tokens) = (grammar, file, literals, tokens)
    }

    // MARK: Rules

    /// Where the rule can end. A place is twice the number of a token; the odd one behind a `>=` is between its two signs,
    /// which are apart in `list<int>= []`.
    private mutating func ends(of rule: EBNF.Rule, at place: Int, isHeader: Bool) -> [Int] {
        switch rule {
        case .terminal(let text): return end(ofTerminal: text, at: place)
        case .name(let name): return ends(ofName: name, at: place, isHeader: isHeader)
        case .sequence(let rules):
            var places = [place]
            var depth = 0
            for rule in rules {
                if case .terminal(let text) = rule, [")", "]", "}"].contains(text) { depth -= 1 }
                places = union(places) { $0.ends(of: rule, at: $1, isHeader: isHeader && depth == 0) }
                if case .terminal(let text) = rule, ["(", "[", "{"].contains(text) { depth += 1 }
            }
            return places
        case .choice(let rules):
            return Set(rules.flatMap { ends(of: $0, at: place, isHeader: isHeader) }).sorted()
        case .optional(let rule):
            return Set([place] + ends(of: rule, at: place, isHeader: isHeader)).sorted()
        case .repeated(let rule):
            var found: Set = [place]
            var last = [place]
            while !last.isEmpty {
                last = union(last) { $0.ends(of: rule, at: $1, isHeader: isHeader) }.filter {
                    found.insert($0).inserted
                }
            }
            return found.sorted()
        }
    }

    private mutating func union(_ places: [Int], _ ends: (inout Self, Int) -> [Int]) -> [Int] {
        if places.count == 1 { return ends(&self, places[0]) }
        var found: Set<Int> = []
        for place in places { found.formUnion(ends(&self, place)) }
        return found.sorted()
    }

    private mutating func ends(ofName name: String, at place: Int, isHeader: Bool) -> [Int] {
        switch name {
        case "condition": return ends(ofName: "expr", at: place, isHeader: isHeader)
        case "header-expr": return ends(ofName: "expr", at: place, isHeader: true)
        case "header-pipeline": return ends(ofName: "pipeline", at: place, isHeader: true)
        case "body-expr": return isAt("{", place) ? [] : ends(ofName: "expr", at: place, isHeader: isHeader)
        case "operand": return isAt("-", place) ? [] : ends(ofName: "source", at: place, isHeader: isHeader)
        case "record" where isHeader: return []
        default: break
        }
        guard let rule = grammar.productions[name] else { return end(ofToken: name, at: place) }
        let key = Key(name: name, place: place, isHeader: isHeader)
        if let ends = known[key] { return ends }
        let ends = ends(of: rule, at: place, isHeader: isHeader)
        known[key] = ends
        return ends
    }

    // MARK: Tokens

    private func token(_ place: Int) -> Token? { place % 2 == 0 && place / 2 < tokens.count ? tokens[place / 2] : nil }

    private func text(_ token: Token) -> String { file.text(Span(file: 0, start: token.start, end: token.end)) }

    private func isAt(_ text: String, _ place: Int) -> Bool { token(place).map { self.text($0) == text } ?? false }

    private func end(ofTerminal wanted: String, at place: Int) -> [Int] {
        if place % 2 == 1 { return wanted == "=" ? [place + 1] : [] }
        guard let token = token(place), token.kind != .string, token.kind != .regex else { return [] }
        if token.kind == .greaterOrEqual, wanted == ">" { return [place + 1] }
        return text(token) == wanted ? [place + 2] : []
    }

    private func end(ofToken name: String, at place: Int) -> [Int] {
        guard let token = token(place) else { return [] }
        if name == "NEWLINE" { return token.startsLine ? [place] : [] }
        let fits =
            switch name {
            case "NAME": token.kind == .name
            case "CALLEE": token.kind == .name && StageWord(rawValue: text(token)) == nil
            case "FIELD": token.kind == .name || token.kind.isKeyword
            case "INT": token.kind == .int
            case "FLOAT": token.kind == .float
            case "DURATION": token.kind == .duration
            case "DATE": token.kind == .date
            case "REGEX": token.kind == .regex
            case "PLAIN": holes(token)?.isEmpty == true
            case "template": isTemplate(token)
            default: false
            }
        return fits ? [place + 2] : []
    }

    private func holes(_ token: Token) -> [[Token]]? {
        guard token.kind == .string, case .string(let pieces) = literals[Int(token.literal)] else { return nil }
        return pieces.compactMap { if case .hole(let tokens) = $0 { tokens } else { nil } }
    }

    private func isTemplate(_ token: Token) -> Bool {
        guard let holes = holes(token), !holes.isEmpty else { return false }
        return holes.allSatisfy { Self.derives($0, "pipeline", file, literals, grammar) }
    }
}
