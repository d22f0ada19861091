/// Writes random scripts that run to their end: typed expressions over ints, lists of ints, records and functions, in
/// all forms that could upset registers, captures, handlers or loops. Expressions in stages never fail (`try … else`),
/// as nothing says in which order the items of two stages are worked on.
struct ScriptGenerator {
    private var random: SeededDice
    private var budget = 25
    /// Blocks inside blocks: loops multiply.
    private var nesting = 0
    private var serial = 0
    /// Names of ints and lists that may be used here; those of `var`s not in functions.
    private var ints: [String] = []
    private var lists: [String] = []
    private var vars: [String] = []
    /// Functions of one int with an optional second parameter `q`.
    private var functions: [String] = []
    private var inStage = 0
    private var inLoop = false
    private var inFunction = false
    private var hasItem = false

    init(seed: UInt64) { random = SeededDice(state: seed) }

    static func script(seed: UInt64) -> String {
        var generator = ScriptGenerator(seed: seed)
        return (0..<7).map { _ in generator.statement(isTopLevel: true) }.joined(separator: "\n")
    }

    // MARK: Statements

    private mutating func statement(isTopLevel: Bool = false) -> String {
        budget = isTopLevel ? 25 : 12
        if nesting > 2 { return printing() }
        switch choose(isTopLevel ? 14 : 12) {
        case 0, 1:
            let value = int()
            return "let \(newInt()) = \(value)"
        case 2:
            let value = list()
            return "let \(newList()) = \(value)"
        case 3:
            let value = int()
            let name = newInt()
            vars.append(name)
            return "var \(name) = \(value)"
        case 4:
            guard let name = pick(vars) else { return printing() }
            return "\(name) \(pick(["=", "+=", "-="]) ?? "=") \(int())"
        case 5: return "if \(bool()) \(block()) else \(block())"
        case 6: return "for \(loop())"
        case 7: return "\(list()) | each \(loop(isEach: true))"
        case 8: return "try \(block()) catch e { print(e.code) }"
        case 9:
            if inLoop, flip() { return "if \(bool()) { \(flip() ? "break" : "continue") }" }
            return inFunction && flip() ? "if \(bool()) { return \(int()) }" : printing()
        case 10: return flip() ? counting() : function()
        case 11: return printing()
        default: return flip() ? int() : list()
        }
    }

    private mutating func printing() -> String { "print(\"{\(int())} {\(list())}\")" }

    private mutating func block(_ count: Int = 2) -> String {
        let saved = (ints, lists, vars, functions)
        nesting += 1
        let statements = (0..<count).map { _ in statement() }
        nesting -= 1
        (ints, lists, vars, functions) = saved
        return "{ \(statements.joined(separator: "; ")) }"
    }

    private mutating func loop(isEach: Bool = false) -> String {
        let source = isEach ? "" : list()
        let saved = (inLoop, ints)
        inLoop = true
        let header: String
        if flip(), !isEach {
            let column = stage { $0.int() }
            let (a, b) = (newInt(), newInt())
            header = "{\(a), \(b)} in (\(source) | map {\(a): it, \(b): \(column)}) "
        } else {
            let name = newInt()
            header = isEach ? "\(name) " : "\(name) in \(source) "
        }
        let body = block()
        (inLoop, ints) = saved
        return header + body
    }

    private mutating func counting() -> String {
        serial += 1
        let name = "w\(serial)"
        let saved = inLoop
        inLoop = true
        let body = block()
        inLoop = saved
        return "var \(name) = 0; while \(name) < 3 and \(bool()) { \(name) += 1; if true \(body) }"
    }

    private mutating func function() -> String {
        serial += 1
        let (name, parameter) = ("f\(serial)", "p\(serial)")
        let saved = (ints, lists, vars, inLoop, inFunction, hasItem, functions)
        ints.removeAll { vars.contains($0) }
        (vars, inLoop, inFunction, hasItem) = ([], false, true, false)
        ints.append(parameter)
        let fallback = int()
        ints.append("q")
        let body = flip() ? "= \(int())" : "{ \(pureStatement()); return \(int()) }"
        (ints, lists, vars, inLoop, inFunction, hasItem, functions) = saved
        functions.append(name)
        return "fn \(name)(\(parameter), q = \(fallback)) \(body)"
    }

    /// A statement that prints nothing: stages may call the function.
    private mutating func pureStatement() -> String {
        let value = int()
        let name = newInt()
        vars.append(name)
        return "var \(name) = \(value); for k in \(list()) { \(name) += k; if k > 2 { break } }"
    }

    private mutating func newInt() -> String {
        serial += 1
        ints.append("n\(serial)")
        return "n\(serial)"
    }

    private mutating func newList() -> String {
        serial += 1
        lists.append("l\(serial)")
        return "l\(serial)"
    }

    // MARK: Expressions

    private mutating func int() -> String {
        guard spend() else { return hasItem && flip() ? "it" : pick(ints) ?? "3" }
        switch choose(22) {
        case 0: return "\(choose(5))"
        case 1, 2, 3: return hasItem ? "it" : pick(ints) ?? "2"
        case 4, 5: return "(\(int()) \(pick(["+", "-", "*", "//", "%"]) ?? "+") \(int()))"
        case 6: return flip() ? "[5, 6, ...\(list())][(try \(int()) % 2 else 0)]" : "(try \(list())[\(int())] else 8)"
        case 7: return "(\(list()) | \(pick(["sum", "count", "max", "len"]) ?? "sum")) ?? 1".wrapped
        case 8: return "(if \(bool()) then \(int()) else \(int()))"
        case 9, 10: return "(try \(int()) else \(int()))"
        case 11, 12:
            guard let name = pick(functions) else { return "7" }
            switch choose(4) {
            case 0: return "\(name)(\(int()))"
            case 1: return "\(name)(\(int()), q: \(int()))"
            case 2: return "(\(int()) | \(name))"
            default: return "\(name)(\(int()), \(int()))"
            }
        case 13: return "((\(list()) | first) ?? \(int()))"
        case 14: return "{a: \(int()), b: \(int()), ...{b: \(int())}}.\(flip() ? "a" : "b")".wrapped
        case 15: return "({a: \(flip() ? "null" : "{b: \(int())}")}.a?.b ?? \(int()))"
        case 16: return lambda()
        case 17: return "-\(int())".wrapped
        case 18, 19:
            // An assignment in the middle of an expression.
            guard inStage == 0, let name = pick(vars) else { return "(\(list()) | reverse | last) ?? 0".wrapped }
            return "(if (\(list()) | each x { \(name) += x }) == null then \(int()) else 0)"
        case 20: return "[\(int()), \(int())][\(choose(5)) - 2]"
        default: return "(\(int()) + \(int()))"
        }
    }

    /// A function value that is made and called.
    private mutating func lambda() -> String {
        serial += 1
        let (first, second) = ("x\(serial)", "y\(serial)")
        let argument = int()
        let other = int()
        let saved = (ints, lists, vars, hasItem)
        ints.removeAll { vars.contains($0) }
        (vars, hasItem) = ([], false)
        ints += [first, second]
        let body = int()
        (ints, lists, vars, hasItem) = saved
        return "(\(first) => (\(second) => \(body)))(\(argument))(\(other))"
    }

    private mutating func bool() -> String {
        guard spend() else { return "true" }
        switch choose(7) {
        case 0: return "\(int()) in \(list())".wrapped
        case 1: return "(\(bool()) and \(bool()))"
        case 2: return "(\(bool()) or \(bool()))"
        case 3: return "not \(bool())".wrapped
        case 4: return "any(\(list()), z => z > 2)"
        default: return "(\(int()) \(pick(["<", "<=", "==", "!=", ">", ">="]) ?? "<") \(int()))"
        }
    }

    private mutating func list() -> String {
        guard spend() else { return pick(lists) ?? "[1, 2, 3]" }
        switch choose(8) {
        case 0: return "[\(int()), ...\(list()), \(int())]"
        case 1, 2: return pick(lists) ?? "[4, 0, 2, 2]"
        case 3: return "(1..(\(int()) % 6))"
        case 4: return "(\(list()) + \(list()))"
        default: return "(\(list()) | \(stages()))"
        }
    }

    private mutating func stages() -> String {
        (0...choose(3)).map { _ in aStage() }.joined(separator: " | ")
    }

    private mutating func aStage() -> String {
        switch choose(15) {
        case 0, 1: return "where \(stage { "(try \($0.bool()) else false)" })"
        case 2, 3: return "map \(stage { $0.int() })"
        case 4: return "sort by \(stage { $0.int() }) \(flip() ? "desc" : "")"
        case 5: return flip() ? "unique" : "unique by \(stage { $0.int() })"
        case 6, 7: return "take \(choose(4))"
        case 8: return "skip \(choose(3))"
        case 9: return pick(["reverse", "first 2", "last 2"]) ?? "reverse"
        case 10: return "map [it, \(stage { $0.int() })] | flatten"
        case 11: return "map [[it], \(stage { $0.list() })] | take 3 | flatten | flatten | take 5"
        case 12: return "select a: it, b: \(stage { $0.int() }) | where .a != .b | map .b"
        case 13: return "group by \(stage { $0.int() }) | map .count"
        default: return "map (try (\(stage { $0.list() }) | first) + it else it)"
        }
    }

    /// An expression about the item, which cannot fail.
    private mutating func stage(_ make: (inout Self) -> String) -> String {
        let saved = hasItem
        hasItem = true
        inStage += 1
        let text = make(&self)
        inStage -= 1
        hasItem = saved
        return "(try \(text) else \(text.hasPrefix("[") ? "[1]" : "1"))"
    }

    // MARK: Dice

    private mutating func spend() -> Bool {
        budget -= 1
        return budget > 0
    }

    private mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func pick(_ words: [String]) -> String? { words.randomElement(using: &random) }
}

/// SplitMix64: the same script for the same seed.
struct SeededDice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension String {
    fileprivate var wrapped: String { "(\(self))" }
}
