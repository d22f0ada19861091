/// Texts, regexes, audiences and what is done to them.
extension ScriptGenerator {
    // MARK: Texts

    mutating func text() -> String {
        guard spend() else { return pick(texts) ?? "\"a1 b22\"" }
        switch choose(9) {
        case 0: return pick(["\"test 1\"", "'Q1 2024'", "\"é1😀2\"", "\"\"", "\"a\\nb\\n\""]) ?? "\"\""
        case 1: return pick(texts) ?? "\"abc\""
        case 2: return "\"{\(int())}-{\(text())}\""
        case 3: return "(\(text()) + str(\(int())))"
        case 4: return "replace(\(text()), \(regex()), \(pick(["\"<$0>\"", "\"\"", "\"$$\""]) ?? "\"\""))"
        case 5: return "(match(\(text()), \(regex()))?.text ?? \"none\")"
        case 6: return "slice(\(text()), \(choose(5) - 2), \(choose(5) - 1))"
        case 7: return "(\(audiences()) | map .name | join(\",\"))"
        default: return "(if \(bool()) then \(text()) else upper(\(text())))"
        }
    }

    mutating func regex() -> String {
        pick(["/\\d+/", "/[a-z]/i", "/(\\d)(\\d)?/", "/^\\w/m", "/x*/", "/(?P<n>1)|2/", "/$/", "/é|1/", "/.+?/s"])
            ?? "/a/"
    }

    // MARK: Audiences

    /// One audience: of 30 asked for, 25 are there.
    mutating func audience() -> String {
        switch choose(4) {
        case 0: return "((\(audiences()) | first) ?? get(\"aud_2\"))"
        case 1: return "get(get(\"aud_\(choose(25))\"))"
        default: return "get(\"aud_\(choose(30))\")"
        }
    }

    mutating func audiences() -> String {
        guard spend() else { return pick(audienceLists) ?? "[get(\"aud_7\")]" }
        switch choose(6) {
        case 0, 1: return pick(audienceLists) ?? "list(\"sp\")"
        case 2: return "(list() | take \(choose(13)))"
        case 3: return "(\(audiences()) + \(audiences()))"
        default: return "(list(\"sp\") | \((0...choose(3)).map { _ in audienceStage() }.joined(separator: " | ")))"
        }
    }

    mutating func audienceStage() -> String {
        switch choose(12) {
        case 0, 1, 2: return "where \(aboutAudience())"
        case 3: return "take \(choose(12))"
        case 4: return "skip \(choose(12))"
        case 5: return "sort by \(pick([".key", "day(.updatedAt)", ".createdBy desc", ".enabled"]) ?? ".key")"
        case 6: return "unique by \(pick([".status", ".createdBy", "slice(.name, 0, 6)"]) ?? ".status")"
        case 7: return "with status: \(flip() ? ".name" : "\"x\""), extra: .id"
        case 8: return "map get(.id)"
        case 9: return "group by .status | map .items | flatten"
        case 10: return pick(["first 3", "last 2", "reverse", "at most 25"]) ?? "reverse"
        default: return "map [it] | flatten | take 11"
        }
    }

    /// A condition on the item. Who made it may be null, which is an error.
    mutating func aboutAudience() -> String {
        switch choose(8) {
        case 0: return ".enabled"
        case 1: return ".name ~ /\(pick(["1", "^test", "promo \\\\d$", "T"]) ?? "1")/\(flip() ? "i" : "")"
        case 2: return ".status == \"Live\" and not .enabled"
        case 3: return ".updatedAt < ago(\(choose(250))d)"
        case 4: return ".createdBy == null or .createdBy != \"ann\""
        case 5: return "(.createdBy ?? \"zoe\") > \"b\""
        case 6: return choose(3) == 0 ? ".createdBy < \"b\"" : ".enabled"
        default: return "len(.key) \(pick(["<", "=="]) ?? "<") \(5 + choose(3))"
        }
    }

    // MARK: Changes

    mutating func action() -> String {
        let verb = pick(["enable", "disable", "remove"]) ?? "disable"
        let policy = flip() ? " on error continue" : ""
        switch choose(5) {
        case 0: return "try { \(verb)(\(audience())) } catch e { print(\"{e.code} {e.status ?? 0}\") }"
        case 1:
            return "try { \(verb)(\"aud_\(12 + choose(3))\", space: \"sp\") } catch e { print(e.message) }"
        case 2:
            return
                "try { [\"aud_1\", \"aud_\(12 + choose(3))\"] | \(verb)(space: \"sp\")\(policy) } catch e { print(e.kind) }"
        default:
            serial += 1
            let outcomes = "\(audiences()) | \(verb)\(policy) | group by .status | map .count"
            return "let o\(serial) = \(outcomes); print(o\(serial))"
        }
    }

    /// A loop that reads its listing while it runs, unless its body changes something.
    mutating func listingLoop() -> String {
        serial += 1
        let name = "a\(serial)"
        let source = "list(\"sp\")" + (0..<choose(4)).map { _ in " | " + audienceStage() }.joined()
        var body = ["print(\(name).key)"]
        if flip() { body.append("if \(name).key ~ /\(choose(9))$/ { \(flip() ? "break" : "continue") }") }
        if choose(3) == 0, !inFunction {
            body.append("try { disable(\(name)) } catch e { print(\"{e.code} {e.status ?? 0}\") }")
        }
        body.append("print(\(name).name)")
        let block = "{ \(body.joined(separator: "; ")) }"
        return flip() ? "for \(name) in \(source) \(block)" : "\(source) | each \(name) \(block)"
    }
}
