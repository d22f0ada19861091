/// Scripts that change much, by every way there is: what `aud check` says of them is compared with what they do.
extension ScriptGenerator {
    /// Functions that change what they are given, and statements that give them something. Most of it has a cap.
    static func changes(seed: UInt64) -> String {
        var generator = ScriptGenerator(seed: seed)
        var lines: [String] = []
        for serial in 1...3 {
            generator.audienceLists = ["a"]
            generator.inFunction = true
            lines.append("fn c\(serial)(a) \(generator.changing(2))")
            generator.functions.append("c\(serial)")
        }
        generator.audienceLists = []
        generator.inFunction = false
        for _ in 0..<3 {
            if generator.flip() {
                let value = generator.targets()
                lines.append("let \(generator.newAudiences()) = \(value)")
            }
            lines.append("try \(generator.changing(2)) catch e { print(e.code) }")
        }
        return lines.joined(separator: "\n")
    }

    private mutating func changing(_ count: Int) -> String {
        nesting += 1
        let statements = (0..<count).map { _ in change() }
        nesting -= 1
        return "{ \(statements.joined(separator: "; ")) }"
    }

    private mutating func change() -> String {
        let verb = pick(["enable", "disable", "remove"]) ?? "disable"
        switch choose(nesting > 2 ? 5 : 10) {
        case 0: return "\(targets()) | \(verb) on error continue"
        case 1: return "\(verb)(\(targets()))"
        case 2: return "\(verb)(space: \"sp\", target: \(targets()))"
        case 3, 4:
            guard let name = pick(functions) else { return "\(verb)(\"aud_1\", space: \"sp\")" }
            return flip() ? "\(name)(\(targets()))" : "\(targets()) | \(name)"
        case 5: return "if now() > @2000-01-01 \(changing(1)) else \(changing(1))"
        case 6: return "try \(changing(1)) catch e \(changing(1))"
        case 7:
            guard !inFunction, let name = pick(functions) else { return "\(targets()) | \(verb)" }
            return "any([1, 2], x => x > 5); \(name)(\(targets()))"
        default:
            serial += 1
            let name = "x\(serial)"
            let source = targets()
            audienceLists.append(name)
            let body = changing(choose(2) + 1)
            audienceLists.removeAll { $0 == name }
            return flip() ? "for \(name) in \(source) \(body)" : "\(source) | each \(name) \(body)"
        }
    }

    /// What is changed: a list, or one.
    private mutating func targets() -> String {
        let name = pick(audienceLists) ?? "[\"aud_1\", \"aud_2\"]"
        switch choose(13) {
        case 0, 1, 2: return name
        case 3: return "(list(\"sp\") | take \(choose(4)))"
        case 4: return "(list(\"sp\") | first \(choose(4)))"
        case 5: return "(list(\"sp\") | last)"
        case 6: return "(list(\"sp\") | group by .status | map .items | \(flip() ? "first" : "last"))"
        case 7: return "(list(\"sp\") | take \(choose(9)) | chunk(4) | \(flip() ? "first" : "last | take 2"))"
        case 8: return "(if \(flip() ? "true" : "false") then \(name) else get(\"aud_\(choose(25))\"))"
        case 9: return "[get(\"aud_3\"), \"aud_\(choose(25))\"]"
        case 10: return "([\(name)] | first)"
        case 11: return "(\(name) | skip 1 | map .id)"
        default: return "\"aud_\(choose(25))\""
        }
    }
}
