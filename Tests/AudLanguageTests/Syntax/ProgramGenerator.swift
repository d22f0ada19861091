/// Random numbers from a seed (SplitMix64), so that a failing test can be repeated.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Writes random valid programs, production by production.
struct ProgramGenerator {
    private var random: SeededRandom
    private var budget = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func program() -> String {
        budget = 60
        return many(1...4) { $0.statement(inBlock: false) }.joined(separator: pick(["\n", "; ", "\n\n# x\n"]))
    }

    private mutating func statement(inBlock: Bool) -> String {
        switch choose(inBlock ? 12 : 14) {
        case 0: return "let \(pattern()) = \(pipeline())"
        case 1: return "var \(name()) = \(pipeline())"
        case 2: return "\(name()) \(pick(["=", "+=", "-=", "*=", "/="])) \(pipeline())"
        case 3: return "for \(pattern()) in (\(pipeline())) \(block())"
        case 4: return "while (\(expr())) \(block())"
        case 5:
            let tail = flip() ? "" : pick([" else ", "\nelse "]) + block()
            return "if (\(expr())) \(block())\(tail)"
        case 6: return "try \(block()) catch \(name()) \(block())"
        case 7: return flip() ? "return" : "return \(pipeline())"
        case 8: return pick(["break", "continue", "fail \"no\""])
        case 9:
            let parameters = many(0...2) { $0.name() + ($0.flip() ? ": list<int>?" : " = 1") }
            let body = flip() ? block() : "= " + pipeline()
            return "fn \(name())(\(parameters.joined(separator: ", "))) \(body)"
        case 10, 11: return "\(name())(\(arguments())) | \(function())(1)"
        default: return pipeline()
        }
    }

    private mutating func block() -> String {
        guard spend() else { return "{}" }
        return "{ " + many(0...2) { $0.statement(inBlock: true) }.joined(separator: pick(["; ", "\n"])) + " }"
    }

    private mutating func pattern() -> String { flip() ? name() : "{\(name()), \(name())}" }

    private mutating func pipeline() -> String {
        var text = sourceExpr()
        while flip(), spend() { text += pick([" | ", "\n| ", " |\n"]) + stage() }
        return text
    }

    private mutating func stage() -> String {
        switch choose(14) {
        case 0: "where \(operand())"
        case 1: "map \(operand())"
        case 2: "\(pick(["select", "with"])) .a, \(columnName()): \(operand())"
        case 3: "sort by \(operand()) \(pick(["", "asc", "desc"])), .b"
        case 4: "group by \(operand())"
        case 5: pick(["unique", "unique by .a", "count", "flatten", "reverse", "first", "last"])
        case 6: "\(pick(["take", "skip", "at most"])) \(operand())"
        case 7: "\(pick(["first", "last", "sum", "avg", "min", "max"])) \(primary())"
        case 8: "each \(pattern()) \(block())"
        case 9: "\(pick(["enable", "disable", "remove"]))\(flip() ? "" : "(\(arguments()))")"
        case 10: "disable on error \(pick(["stop", "continue"]))"
        case 11: "update {name: \(expr())}"
        case 12: "\(function()).\(name())(\(arguments()))"
        default: function()
        }
    }

    /// An expression that may stand before a `|`: a lambda there needs parentheses.
    private mutating func sourceExpr() -> String { operand() }

    private mutating func expr() -> String {
        switch choose(8) {
        case 0: "\(name()) => \(flip() ? block() : body(expr()))"
        case 1: "(\(name()), \(name())) => \(body(expr()))"
        default: operand()
        }
    }

    private mutating func operand() -> String {
        guard spend() else { return name() }
        switch choose(8) {
        case 0: return "if \(operand()) then \(operand()) else \(operand())"
        case 1: return "try \(body(primary())) else \(operand())"
        case 2: return "not \(compare())"
        case 3: return "\(compare()) \(pick(["and", "or", "\nand", "or\n"])) \(compare())"
        default: return compare()
        }
    }

    private mutating func compare() -> String {
        guard spend() else { return primary() }
        switch choose(5) {
        case 0: return "\(sum()) \(pick(["==", "!=", "<", "<=", ">", ">=", "~", "!~", "in", "not in"])) \(sum())"
        case 1: return "\(sum()) ?? \(sum())"
        case 2: return "\(sum()) \(pick(["..", "..<"])) \(sum())"
        default: return sum()
        }
    }

    private mutating func sum() -> String {
        guard spend() else { return primary() }
        switch choose(4) {
        case 0: return "\(sum()) \(pick(["+", "-", "*", "/", "//", "%"])) \(primary())"
        case 1: return "-\(primary())"
        default: return primary()
        }
    }

    private mutating func primary() -> String {
        guard spend() else { return name() }
        switch choose(14) {
        case 0: return pick(["1", "2.5", "1e6", "90d", "1h30min", "@2026-01-31", "true", "false", "null", "it"])
        case 1: return pick(["'it''s'", "\"a\\n\"", "\"\"\"x\ny\"\"\"", "(/a[/]b/i)"])
        case 2: return "\"a{\(name())}b{\(name()) | \(function())}\""
        case 3: return "[\(many(0...3) { $0.flip() ? $0.expr() : "..." + $0.primary() }.joined(separator: ", "))]"
        case 4: return "{a: \(expr()), in: \(expr()), \"k\": 1, ...\(primary())}"
        case 5: return "(\(pipeline()))"
        case 6: return ".\(label())"
        case 7: return "\(primary()).\(label())"
        case 8: return "\(name())?.\(label()).\(name())"
        case 9: return "\(name())[\(pipeline())]"
        case 10, 11: return "\(name())(\(arguments()))"
        default: return name()
        }
    }

    private mutating func arguments() -> String {
        many(0...2) { $0.flip() ? $0.expr() : "\($0.label()): \($0.expr())" }.joined(separator: ", ")
    }

    /// Where a `{` would start a block, a record needs parentheses.
    private func body(_ expr: String) -> String { expr.hasPrefix("{") ? "(\(expr))" : expr }

    /// A function in stage position, where stage words win.
    private mutating func function() -> String { pick(["f", "m1"]) }

    private mutating func name() -> String { pick(["a", "xs", "where", "count", "by", "most", "param", "x1"]) }

    private mutating func label() -> String { pick(["a", "if", "in", "break", "true", "then", "not", "it", "select"]) }

    private mutating func columnName() -> String { pick([label(), #""a name""#, "'{raw}'"]) }

    // MARK: Dice

    private mutating func spend() -> Bool {
        budget -= 1
        return budget > 0
    }

    private mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func pick(_ words: [String]) -> String { words[choose(words.count)] }

    private mutating func many(_ range: ClosedRange<Int>, _ make: (inout Self) -> String) -> [String] {
        (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
    }
}
