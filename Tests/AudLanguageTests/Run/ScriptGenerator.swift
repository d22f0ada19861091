import AudLanguage

/// Writes random scripts, most of which run to their end: typed expressions over ints, texts, lists, records, functions
/// and audiences, in all forms that could upset registers, captures, handlers, loops or the order of requests.
///
/// Loops over bodies of any kind take a finished list (`+ []`); what a body may do decides whether its source is read
/// first, and only the bodies of `listingLoop` are so plain that the oracle can tell.
struct ScriptGenerator {
    var random: SeededDice
    var budget = 25
    /// Blocks inside blocks: loops multiply.
    var nesting = 0
    var serial = 0
    /// Names of ints and lists that may be used here; those of `var`s not in functions.
    var ints: [String] = []
    var lists: [String] = []
    var vars: [String] = []
    var texts: [String] = []
    /// Names of lists of audiences.
    var audienceLists: [String] = []
    /// Functions of one int with an optional second parameter `q`.
    var functions: [String] = []
    var inStage = 0
    var inLoop = false
    var inFunction = false
    var hasItem = false

    init(seed: UInt64) { random = SeededDice(state: seed) }

    static func script(seed: UInt64) -> String {
        var generator = ScriptGenerator(seed: seed)
        let statements = (0..<9).map { _ in generator.statement(isTopLevel: true) }
        return (["use \"lib/m.aud\" as m"] + statements).joined(separator: "\n")
    }

    /// Stages over audiences, the last of which may end the pipeline.
    static func pipeline(seed: UInt64) -> [String] {
        var generator = ScriptGenerator(seed: seed)
        let stages = (0...generator.choose(4)).map { _ in generator.audienceStage() }
        let ends = [
            "count", "first", "map .key", "map len(.name) | sum", "len", "last", "group by .enabled | map .count",
        ]
        return stages + [generator.pick(ends) ?? "count"]
    }

    /// The module that all scripts use.
    static let modules = [
        "lib/m.aud": """
        let base = 40
        let _more = base + 2
        fn twice(n) = n * 2 + _more
        fn head(xs) { return (xs | first) ?? _less() }
        fn _less() = base - _more
        """
    ]

    static func module(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        guard let text = modules[path] else { return .failure(Diagnostic(.moduleNotFound, path, at: nil)) }
        return .success(SourceFile(name: path, text: text))
    }

    // MARK: Statements

    mutating func statement(isTopLevel: Bool = false) -> String {
        budget = isTopLevel ? 25 : 12
        if nesting > 2 { return printing() }
        switch choose(isTopLevel ? 20 : 17) {
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
        case 7: return "(\(list()) + []) | each \(loop(isEach: true))"
        case 8: return "try \(block()) catch e { print(\"{e.code} {e.kind}\") }"
        case 9:
            if inLoop, flip() { return "if \(bool()) { \(flip() ? "break" : "continue") }" }
            return inFunction && flip() ? "if \(bool()) { return \(int()) }" : printing()
        case 10: return flip() ? counting() : function()
        case 11: return printing()
        case 12:
            let value = text()
            return "let \(newText()) = \(value)"
        case 13:
            let value = audiences()
            return "let \(newAudiences()) = \(value)"
        case 14: return inFunction ? printing() : action()
        case 15: return listingLoop()
        case 16: return "try { print(\(audience()).name) } catch e { print(\"{e.kind} {e.status ?? 0}\") }"
        default: return pick([int(), list(), text(), "\(audiences()) | map .id"]) ?? "1"
        }
    }

    mutating func printing() -> String { "print(\"{\(int())} {\(list())}\", \(text()))" }

    mutating func block(_ count: Int = 2) -> String {
        let saved = (ints, lists, vars, functions, texts, audienceLists)
        nesting += 1
        let statements = (0..<count).map { _ in statement() }
        nesting -= 1
        (ints, lists, vars, functions, texts, audienceLists) = saved
        return "{ \(statements.joined(separator: "; ")) }"
    }

    mutating func loop(isEach: Bool = false) -> String {
        let source = isEach ? "" : "(\(list()) + [])"
        let saved = (inLoop, ints)
        inLoop = true
        let header: String
        if flip(), !isEach {
            let column = stage { $0.int() }
            let (a, b) = (newInt(), newInt())
            header = "{\(a), \(b)} in ((\(source) | map {\(a): it, \(b): \(column)}) + []) "
        } else {
            let name = newInt()
            header = isEach ? "\(name) " : "\(name) in \(source) "
        }
        let body = block()
        (inLoop, ints) = saved
        return header + body
    }

    mutating func counting() -> String {
        serial += 1
        let name = "w\(serial)"
        let saved = inLoop
        inLoop = true
        let body = block()
        inLoop = saved
        return "var \(name) = 0; while \(name) < 3 and \(bool()) { \(name) += 1; if true \(body) }"
    }

    mutating func function() -> String {
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
    mutating func pureStatement() -> String {
        let value = int()
        let name = newInt()
        vars.append(name)
        return "var \(name) = \(value); for k in \(list()) { \(name) += k; if k > 2 { break } }"
    }

    mutating func newInt() -> String {
        serial += 1
        ints.append("n\(serial)")
        return "n\(serial)"
    }

    mutating func newText() -> String {
        serial += 1
        texts.append("t\(serial)")
        return "t\(serial)"
    }

    mutating func newAudiences() -> String {
        serial += 1
        audienceLists.append("as\(serial)")
        return "as\(serial)"
    }

    mutating func newList() -> String {
        serial += 1
        lists.append("l\(serial)")
        return "l\(serial)"
    }

    // MARK: Dice

    mutating func spend() -> Bool {
        budget -= 1
        return budget > 0
    }

    mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    mutating func flip() -> Bool { Bool.random(using: &random) }

    mutating func pick(_ words: [String]) -> String? { words.randomElement(using: &random) }
}
