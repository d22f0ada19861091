/// Expressions of ints, bools and lists of ints.
extension ScriptGenerator {
    mutating func int() -> String {
        guard spend() else { return hasItem && flip() ? "it" : pick(ints) ?? "3" }
        switch choose(28) {
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
            return "(if ((\(list()) + []) | each x { \(name) += x }) == null then \(int()) else 0)"
        case 20: return "[\(int()), \(int())][\(choose(5)) - 2]"
        case 21: return "len(\(text()))"
        case 22: return "(matches(\(text()), \(regex())) | count)"
        case 23: return "(\(audiences()) | \(flip() ? "count" : "len"))"
        case 24: return "indexOf(\(text()), \"1\")"
        case 25: return pick(["m.twice(\(int()))", "(\(int()) | m.twice)", "m.head(\(list()))", "m.base"]) ?? "m.base"
        case 26: return "(try len(\(audience()).key) else \(int()))"
        default: return "(\(int()) + \(int()))"
        }
    }

    /// A function value that is made and called.
    mutating func lambda() -> String {
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

    mutating func bool() -> String {
        guard spend() else { return "true" }
        switch choose(9) {
        case 7: return "(\(text()) \(pick(["~", "!~"]) ?? "~") \(regex()))"
        case 8: return "\(text()) \(pick(["<", "==", "in"]) ?? "<") \(text())".wrapped
        case 0: return "\(int()) in \(list())".wrapped
        case 1: return "(\(bool()) and \(bool()))"
        case 2: return "(\(bool()) or \(bool()))"
        case 3: return "not \(bool())".wrapped
        case 4: return "any(\(list()), z => z > 2)"
        default: return "(\(int()) \(pick(["<", "<=", "==", "!=", ">", ">="]) ?? "<") \(int()))"
        }
    }

    mutating func list() -> String {
        guard spend() else { return pick(lists) ?? "[1, 2, 3]" }
        switch choose(10) {
        case 8: return "(\(audiences()) | map len(.key) * \(choose(4)))"
        case 9: return "(matches(\(text()), \(regex())) | map .start)"
        case 0: return "[\(int()), ...\(list()), \(int())]"
        case 1, 2: return pick(lists) ?? "[4, 0, 2, 2]"
        case 3: return "(1..(\(int()) % 6))"
        case 4: return "(\(list()) + \(list()))"
        default: return "(\(list()) | \(stages()))"
        }
    }

    mutating func stages() -> String {
        (0...choose(3)).map { _ in aStage() }.joined(separator: " | ")
    }

    mutating func aStage() -> String {
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

    /// An expression about the item, which seldom fails.
    mutating func stage(_ make: (inout Self) -> String) -> String {
        let saved = hasItem
        hasItem = true
        inStage += 1
        let text = make(&self)
        inStage -= 1
        hasItem = saved
        if choose(12) == 0 { return text }
        return "(try \(text) else \(text.hasPrefix("[") ? "[1]" : "1"))"
    }
}

extension String {
    fileprivate var wrapped: String { "(\(self))" }
}
