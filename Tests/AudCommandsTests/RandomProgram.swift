/// Makes programs that change things in every way the language has: stages, loops, functions, lambdas, `try`, nested
/// and by id. What they select is left to chance, but never rests on a field that only Segment computes, such as
/// `status`: after a change a dry run cannot know it. The same seed makes the same program.
struct RandomProgram {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    private mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

    mutating func text() -> String {
        var lines = [
            "fn flip(a) { if a.enabled { disable(a) } else { enable(a) } }",
            "fn drop(a, sure = true) { if sure { remove(a) } }",
            "fn apply(f, x) { f(x) }",
            "var changed = 0",
        ]
        for _ in 0..<3 + next(4) { lines += statement(depth: 0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func statement(depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        switch next(depth > 1 ? 4 : 9) {
        case 0: return [indent + "\(selection()) | \(action())"]
        case 1: return [indent + "for a in \(selection()) { \(change("a")) }"]
        case 2: return [indent + "\(selection()) | each a { \(change("a")); changed += 1 }"]
        case 3:
            return [
                indent + "for x in \(selection(in: "prod")) | map .id { let got = get(x, \"prod\"); \(change("got")) }"
            ]
        case 4:
            return [indent + "try {"] + statement(depth: depth + 1)
                + [indent + "} catch e { print(\"caught {e.kind}\") }"]
        case 5:
            return [indent + "if len(\(selection())) > \(next(4)) {"] + statement(depth: depth + 1) + [indent + "}"]
        case 6:
            return [indent + "for i in 1..\(1 + next(2)) {"] + statement(depth: depth + 1) + [indent + "}"]
        case 7:
            let verb = pick(["disable", "enable", "remove"])
            return [
                indent + "let f\(depth)\(next(1_000)) = \(verb)",
                indent + "for a in \(selection()) { apply(x => \(verb)(x), a) }",
            ]
        default:
            return [
                indent + "let all\(next(100_000)) = \(selection())",
                indent
                    + "for {id, spaceId} in \(selection()) { let o = \(pick(["disable", "enable"]))(id, space: spaceId); if o.status == \"failed\" { break } }",
            ]
        }
    }

    private mutating func selection(in only: String? = nil) -> String {
        let conditions = [
            ".enabled", "not .enabled", ".name ~ /test/i", ".definition == null", ".createdBy == null",
            ".createdAt < ago(\(30 + next(200))d)", ".key ~ \"_\(next(10))\"",
        ]
        let space = only ?? pick(["prod", "staging", "prod"])
        let tail = pick(["", " | sort by .name", " | sort by .createdAt desc", " | unique by .createdBy", " | reverse"])
        return "list(\"\(space)\") | where \(pick(conditions)) and \(pick(conditions))\(tail) | take \(1 + next(6))"
    }

    private mutating func action() -> String {
        pick(["disable", "enable", "remove"]) + pick(["", " on error continue"])
    }

    private mutating func change(_ name: String) -> String {
        pick([
            "disable(\(name))", "enable(\(name))", "remove(\(name))", "flip(\(name))", "drop(\(name))",
            "drop(\(name), sure: \(name).enabled)", "[\(name)] | disable", "apply(remove, \(name))",
            "if \(name).enabled { \(name) | disable } else { print(\"off already\") }",
        ])
    }
}
