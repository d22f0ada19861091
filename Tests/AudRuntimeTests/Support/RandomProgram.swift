import AudTesting

// Programs that change audiences in every way the language has: stages, loops, functions, lambdas, `try`.

enum RandomProgram {
    static func make(seed: UInt64) -> String {
        var random = SeededRandom(seed: seed)
        var lines = [
            "fn toggle(a) { if a.enabled { disable(a) } else { enable(a) } }",
            "fn twice(f, a) { f(a); f(a) }",
            "let start = list()",
            "var count = 0",
        ]
        for _ in 0..<Int.random(in: 2...7, using: &random) { lines.append(statement(using: &random, depth: 0)) }
        lines.append("print(list() | where .enabled | map .id | join(\",\"))")
        lines.append("print(\"{count}\")")
        return lines.joined(separator: "\n")
    }

    private static func statement(using random: inout SeededRandom, depth: Int) -> String {
        let number = Int.random(in: 1...12, using: &random)
        let verb = ["disable", "enable", "disable", "enable", "remove"][Int.random(in: 0..<5, using: &random)]
        let source = Bool.random(using: &random) ? "list()" : "start"
        switch Int.random(in: 0..<(depth < 2 ? 9 : 6), using: &random) {
        case 0: return "\(verb)(\"a\(number)\")"
        case 1: return "\(source) | where .id ~ /\(number % 10)/ | \(verb) on error continue"
        case 2: return "try { \(verb)(get(\"a\(number)\")) } catch e { count += 1 }"
        case 3: return "\(source) | take 2 | each a { \(verb)(a) }"
        case 4: return "twice(x => toggle(x), start[\(number - 1)])"
        case 5: return "if try get(\"a\(number)\").enabled else false { \(verb)(\"a\(number)\") }"
        case 6:
            return
                "for a in \(source) | skip \(number / 2) | take 2 {\n\(statement(using: &random, depth: depth + 1))\n}"
        case 7: return "try {\n\(statement(using: &random, depth: depth + 1))\n} catch e { print(\"caught {e.kind}\") }"
        default: return "if count < \(number % 3) {\n\(statement(using: &random, depth: depth + 1))\n}"
        }
    }
}
