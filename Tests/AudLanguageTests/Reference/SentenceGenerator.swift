/// Makes random sentences of a grammar.
///
/// The grammar's text restricts some rules in words; they are kept here by parentheses: a record in the header of a block,
/// a body that starts with `{`, and an operand that starts with `-` are put into `( )`, where nothing restricts them.
struct SentenceGenerator {
    let grammar: EBNF
    var random: SeededRandom
    /// While it lasts choices are free; then each is the shortest.
    var budget = 0
    /// Whether a record would be read as a block here.
    private var isHeader = false
    private var outer: [Bool] = []
    private let lengths: [String: Int]

    init(_ grammar: EBNF, seed: UInt64) {
        self.grammar = grammar
        random = SeededRandom(seed: seed)
        lengths = Self.lengths(grammar)
    }

    mutating func sentence(_ start: String) -> String {
        (budget, isHeader, outer) = (60, false, [])
        return name(start).joined(separator: " ")
    }

    // MARK: Rules

    private mutating func make(_ rule: EBNF.Rule) -> [String] {
        switch rule {
        case .terminal(let text): return terminal(text)
        case .name(let text): return name(text)
        case .sequence(let rules): return rules.flatMap { make($0) }
        case .choice(let rules):
            budget -= 1
            if budget > 0 { return make(rules.randomElement(using: &random) ?? rules[0]) }
            let shortest = rules.min { Self.length($0, lengths) < Self.length($1, lengths) }
            return make(shortest ?? rules[0])
        case .optional(let rule): return flip() ? make(rule) : []
        case .repeated(let rule):
            var tokens: [String] = []
            while flip() { tokens += make(rule) }
            return tokens
        }
    }

    private mutating func flip() -> Bool {
        budget -= 1
        return budget > 0 && Bool.random(using: &random)
    }

    /// Brackets free what stands in them from the rules of a header.
    private mutating func terminal(_ text: String) -> [String] {
        switch text {
        case "(", "[", "{":
            outer.append(isHeader)
            isHeader = false
        case ")", "]", "}": isHeader = outer.popLast() ?? false
        default: break
        }
        return [text]
    }

    private mutating func name(_ text: String) -> [String] {
        switch text {
        case "condition", "header-expr": return header("expr")
        case "header-pipeline": return header("pipeline")
        case "body-expr": return guarded("expr", against: "{")
        case "operand": return guarded("source", against: "-")
        case "record" where isHeader: return terminal("(") + name("record") + terminal(")")
        case "template": return [template()]
        default: break
        }
        if let rule = grammar.productions[text] { return make(rule) }
        return [token(text)]
    }

    private mutating func header(_ name: String) -> [String] {
        let saved = isHeader
        isHeader = true
        defer { isHeader = saved }
        return self.name(name)
    }

    private mutating func guarded(_ name: String, against first: String) -> [String] {
        let tokens = self.name(name)
        return tokens.first == first ? ["("] + tokens + [")"] : tokens
    }

    /// A string with an interpolation is one token, which spans no lines.
    private mutating func template() -> String {
        let inner = terminal("{") + name("pipeline") + terminal("}")
        return "\"a" + inner.map { $0 == "\n" ? ";" : $0 }.joined(separator: " ") + " b\""
    }

    // MARK: Tokens

    static let tokens: [String: [String]] = [
        "NAME": ["a", "xs", "x1", "_private", "total"],
        "CALLEE": ["a", "xs", "len", "names"],
        "FIELD": ["a", "key", "if", "in", "not", "true", "it", "where", "error"],
        "INT": ["0", "7", "1_000"], "FLOAT": ["2.5", "1e6", "1e-3"], "DURATION": ["90d", "1h30min", "500ms"],
        "DATE": ["@2026-01-31", "@2026-01-31T09:00Z"], "REGEX": ["(/^a[/]b/i)"],
        "PLAIN": ["\"text\"", "'it''s'", "\"\"\"a \"b\" c\"\"\"", "\"\\u{e9}\\n\""], "NEWLINE": ["\n"],
    ]

    private mutating func token(_ kind: String) -> String {
        Self.tokens[kind]?.randomElement(using: &random) ?? "<\(kind)>"
    }

    // MARK: Lengths

    /// The fewest tokens of each rule, to come to an end.
    private static func lengths(_ grammar: EBNF) -> [String: Int] {
        var lengths = [
            "condition": 1, "header-expr": 1, "header-pipeline": 1, "body-expr": 1, "operand": 1, "template": 3,
        ]
        for _ in grammar.productions {
            for (name, rule) in grammar.productions { lengths[name] = length(rule, lengths) }
        }
        return lengths
    }

    private static func length(_ rule: EBNF.Rule, _ lengths: [String: Int]) -> Int {
        switch rule {
        case .terminal: 1
        case .name(let name): tokens[name] != nil ? 1 : lengths[name] ?? 1_000
        case .sequence(let rules): rules.reduce(0) { min(1_000, $0 + length($1, lengths)) }
        case .choice(let rules): rules.map { length($0, lengths) }.min() ?? 0
        case .optional, .repeated: 0
        }
    }
}
