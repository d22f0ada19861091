/// A grammar as the reference writes it: productions of terminals in quotes, tokens in capitals, `[ ]`, `{ }`, `( )`, `|`.
struct EBNF {
    indirect enum Rule {
        case terminal(String)
        case name(String)
        case sequence([Rule])
        case choice([Rule])
        case optional(Rule)
        case repeated(Rule)
    }

    private(set) var productions: [String: Rule] = [:]
    private var tokens: [Substring] = []
    private var place = 0

    /// Reads productions of the form `name = rule ;`.
    init(_ text: String) {
        tokens = Self.tokens(text)
        while place < tokens.count {
            let name = next()
            _ = next()
            productions[String(name)] = choice()
            _ = next()
        }
    }

    /// All quoted terminals.
    var terminals: Set<String> {
        func collect(_ rule: Rule) -> Set<String> {
            switch rule {
            case .terminal(let text): [text]
            case .name: []
            case .sequence(let rules), .choice(let rules): rules.reduce(into: []) { $0.formUnion(collect($1)) }
            case .optional(let rule), .repeated(let rule): collect(rule)
            }
        }
        return productions.values.reduce(into: []) { $0.formUnion(collect($1)) }
    }

    /// All names that rules use.
    var uses: Set<String> {
        func collect(_ rule: Rule) -> Set<String> {
            switch rule {
            case .terminal: []
            case .name(let name): [name]
            case .sequence(let rules), .choice(let rules): rules.reduce(into: []) { $0.formUnion(collect($1)) }
            case .optional(let rule), .repeated(let rule): collect(rule)
            }
        }
        return productions.values.reduce(into: []) { $0.formUnion(collect($1)) }
    }

    private static func tokens(_ text: String) -> [Substring] {
        var found: [Substring] = []
        for line in text.split(separator: "\n") {
            found += line.split(separator: " ")
        }
        return found
    }

    private mutating func next() -> Substring {
        place += 1
        return tokens[place - 1]
    }

    private mutating func choice() -> Rule {
        var rules = [sequence()]
        while place < tokens.count, tokens[place] == "|" {
            place += 1
            rules.append(sequence())
        }
        return rules.count == 1 ? rules[0] : .choice(rules)
    }

    private mutating func sequence() -> Rule {
        var rules: [Rule] = []
        while place < tokens.count, !["|", ";", ")", "]", "}"].contains(tokens[place]) { rules.append(factor()) }
        return rules.count == 1 ? rules[0] : .sequence(rules)
    }

    private mutating func factor() -> Rule {
        let token = next()
        switch token {
        case "(", "[", "{":
            let inner = choice()
            place += 1
            return token == "(" ? inner : token == "[" ? .optional(inner) : .repeated(inner)
        case _ where token.hasPrefix("\""): return .terminal(String(token.dropFirst().dropLast()))
        default: return .name(String(token))
        }
    }
}
