/// The built-ins for strings. Places and lengths count Unicode scalars.
extension Library {
    static let strings: [Builtin] = [
        .native(
            "lower", "strings", "The string in lower case.", [.init("text", "string")], result: "string",
            example: ("lower(\"ÀB\")", "àb")
        ) { (context, arguments) throws(RuntimeError) in try checked(try arguments.string(0).lowercased(), context) },
        .native(
            "upper", "strings", "The string in upper case.", [.init("text", "string")], result: "string",
            example: ("upper(\"àß\")", "ÀSS")
        ) { (context, arguments) throws(RuntimeError) in try checked(try arguments.string(0).uppercased(), context) },
        .native(
            "trim", "strings", "The string without white space at both ends.", [.init("text", "string")],
            result: "string", example: ("trim(\"  a b \")", "a b")
        ) { (_, arguments) throws(RuntimeError) in .string(trimmed(try arguments.string(0))) },
        .native(
            "split", "strings", "The pieces of a string between a separator, which is a string or a regex.",
            [.init("text", "string"), .init("separator", "string | regex")], result: "list<string>",
            example: ("split(\"a,b\", \",\")", "[\"a\", \"b\"]"), split),
        .native(
            "replace", "strings",
            "The string with every match replaced. With a regex, `$1` stands for its first group, `$0` for "
                + "the whole match, `${name}` for a named group and `$$` for a dollar.",
            [.init("text", "string"), .init("from", "string | regex"), .init("to", "string")], result: "string",
            example: ("replace(\"Q1 2024\", /Q(\\d)/, \"quarter $1\")", "quarter 1 2024"), replace),
        .native(
            "startsWith", "strings", "Whether a string starts with another.",
            [.init("text", "string"), .init("start", "string")], result: "bool",
            example: ("startsWith(\"VIP users\", \"VIP\")", "true")
        ) { (_, arguments) throws(RuntimeError) in
            .bool(try arguments.string(0).utf8.starts(with: try arguments.string(1).utf8))
        },
        .native(
            "endsWith", "strings", "Whether a string ends with another.",
            [.init("text", "string"), .init("end", "string")], result: "bool",
            example: ("endsWith(\"VIP users\", \"users\")", "true")
        ) { (_, arguments) throws(RuntimeError) in
            .bool(try arguments.string(0).utf8.reversed().starts(with: try arguments.string(1).utf8.reversed()))
        },
        .native(
            "padStart", "strings", "The string made as long as `width` by a filling before it.", padding,
            result: "string", example: ("padStart(\"7\", 3, \"0\")", "007")
        ) { (context, arguments) throws(RuntimeError) in
            .string(try pad(arguments, context) + (try arguments.string(0)))
        },
        .native(
            "padEnd", "strings", "The string made as long as `width` by a filling behind it.", padding,
            result: "string", example: ("padEnd(\"7\", 3, \".\")", "7..")
        ) { (context, arguments) throws(RuntimeError) in
            .string(try arguments.string(0) + (try pad(arguments, context)))
        },
        .native(
            "slice", "strings",
            "The part of a string or a list from one place up to, not including, another; negative places "
                + "count from the end.",
            [.init("x", "string | list"), .init("start", "int?"), .init("end", "int?", default: .null)],
            result: "string | list", example: ("slice(\"audience\", 0, 3)", "aud"), slice),
        .native(
            "match", "strings",
            "The first match of a regex: its text, its start, its groups (null for one that took no part) "
                + "and the named ones; null when there is none.",
            [.init("text", "string"), .init("regex", "regex")], result: "record?",
            example: ("match(\"Q1 2024\", /Q(\\d)/)", "{text: \"Q1\", start: 0, groups: [\"1\"], named: {}}")
        ) { (_, arguments) throws(RuntimeError) in
            matches(try arguments.string(0), try arguments.regex(1), 1).first ?? .null
        },
        .native(
            "matches", "strings", "All matches of a regex from left to right, each as `match` gives it.",
            [.init("text", "string"), .init("regex", "regex")], result: "list<record>",
            example: ("matches(\"a1b2\", /\\d/) | map .text", "[\"1\", \"2\"]")
        ) { (context, arguments) throws(RuntimeError) in
            .list(try ListValue.checked(matches(try arguments.string(0), try arguments.regex(1), .max), context.limits))
        },
        .native(
            "fold", "strings",
            "The string for comparison by people: without differences of case, of width, of ligatures and of"
                + " how accents are encoded.",
            [.init("text", "string")], result: "string", example: ("fold(\"Straße\") == fold(\"STRASSE\")", "true")
        ) { (context, arguments) throws(RuntimeError) in try checked(FoldedText.fold(try arguments.string(0)), context)
        },
    ]

    private static func checked(_ text: String, _ context: borrowing NativeContext) throws(RuntimeError) -> Value {
        try context.limits.check(stringBytes: text.utf8.count)
        return .string(text)
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    // MARK: split and replace

    private static func split(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let text = try arguments.string(0)
        var separators: [Range<Int>] = []
        switch arguments[1] {
        case .string: separators = occurrences(of: try part(arguments, 1), in: text)
        case .regex(let regex):
            for match in text.withBytes({ regex.matches($0) }) {
                guard let whole = match[0] else { continue }
                guard !whole.isEmpty else {
                    throw arguments.badArgument(
                        1, "matched an empty text, which separates nothing",
                        help: "let it match at least one character, for example `/ +/` instead of `/ */`")
                }
                separators.append(whole)
            }
        case .null, .bool, .int, .float, .date, .duration, .list, .record, .function:
            throw arguments.wrongType(1, "a string or a regex")
        }
        try context.limits.check(listLength: separators.count + 1)
        let pieces: [Value] = text.withBytes { bytes in
            var pieces: [Value] = []
            var start = 0
            for separator in separators {
                pieces.append(.string(String(decoding: bytes[start..<separator.lowerBound], as: UTF8.self)))
                start = separator.upperBound
            }
            pieces.append(.string(String(decoding: bytes[start...], as: UTF8.self)))
            return pieces
        }
        return .list(ListValue(pieces))
    }

    /// The byte ranges of a string that is not empty.
    private static func occurrences(of part: String, in text: String) -> [Range<Int>] {
        text.withBytes { text in
            part.withBytes { part in
                var found: [Range<Int>] = []
                var start = 0
                while let place = text.firstIndex(of: part, from: start) {
                    start = place + part.count
                    found.append(place..<start)
                }
                return found
            }
        }
    }

    private static func replace(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let text = try arguments.string(0)
        let replacement = try arguments.string(2)
        let limit = context.limits.stringBytes
        let result: [UInt8]
        switch arguments[1] {
        case .string:
            let places = occurrences(of: try part(arguments, 1), in: text).map { [$0 as Range<Int>?] }
            result = substitute(text, places, [.text(Array(replacement.utf8))], limit)
        case .regex(let regex):
            let template = try ReplacementTemplate.parts(of: replacement, for: regex, arguments)
            result = substitute(text, text.withBytes { regex.matches($0) }, template, limit)
        case .null, .bool, .int, .float, .date, .duration, .list, .record, .function:
            throw arguments.wrongType(1, "a string or a regex")
        }
        try context.limits.check(stringBytes: result.count)
        return .string(String(decoding: result, as: UTF8.self))
    }

    /// Puts the template in the place of each match; stops early when the result is longer than the limit.
    private static func substitute(
        _ text: String, _ matches: [[Range<Int>?]], _ template: [ReplacementTemplate.Part], _ limit: Int
    ) -> [UInt8] {
        text.withBytes { bytes in
            var result: [UInt8] = []
            var start = 0
            for match in matches {
                guard let whole = match[0], result.count <= limit else { break }
                result += bytes[start..<whole.lowerBound]
                for part in template {
                    switch part {
                    case .text(let text): result += text
                    case .group(let group): if let range = match[group] { result += bytes[range] }
                    }
                }
                start = whole.upperBound
            }
            result += bytes[start...]
            return result
        }
    }

    // MARK: Padding and slices

    private static let padding: [Builtin.Parameter] = [
        .init("text", "string"), .init("width", "int"), .init("fill", "string", default: .string(" ")),
    ]

    /// The filling that brings the text to its width; the last repetition may be cut.
    private static func pad(_ arguments: Arguments, _ context: borrowing NativeContext) throws(RuntimeError) -> String {
        let text = try arguments.string(0)
        let width = try arguments.count(1)
        let fill = try part(arguments, 2)
        let missing = width - text.scalarCount
        guard missing > 0 else { return "" }
        // A scalar has at least one byte and at most four.
        try context.limits.check(stringBytes: missing)
        let length = fill.scalarCount
        var filling = String.UnicodeScalarView()
        for _ in 0..<missing / length { filling.append(contentsOf: fill.unicodeScalars) }
        filling.append(contentsOf: fill.unicodeScalars.prefix(missing % length))
        let result = String(filling)
        try context.limits.check(stringBytes: text.utf8.count + result.utf8.count)
        return result
    }

    private static func slice(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .list(let list):
            let start = try arguments.bound(1, in: list.count, fallback: 0)
            let end = try arguments.bound(2, in: list.count, fallback: list.count)
            guard start < end else { return .list(ListValue([])) }
            if case .range(let lower, _) = list.storage {
                return .list(ListValue(lower: lower + Int64(start), upper: lower + Int64(end)))
            }
            return .list(ListValue(Array(list.items[start..<end])))
        case .string(let text):
            let count = text.scalarCount
            let start = try arguments.bound(1, in: count, fallback: 0)
            let end = try arguments.bound(2, in: count, fallback: count)
            return .string(start < end ? String(text.unicodeScalars.dropFirst(start).prefix(end - start)) : "")
        case .null, .bool, .int, .float, .date, .duration, .record, .function, .regex:
            throw arguments.wrongType(0, "a string or a list")
        }
    }

    // MARK: match

    private static let matchShape = Shape(["text", "start", "groups", "named"])

    private static func matches(_ text: String, _ regex: RegexValue, _ limit: Int) -> [Value] {
        let names = Shape(regex.groupNames.map(\.name))
        return text.withBytes { bytes in
            var byte = 0
            var scalars = 0
            return regex.matches(bytes, limit: limit).compactMap { match -> Value? in
                guard let whole = match[0] else { return nil }
                // Counts on from the match before, so that all places together cost one walk.
                for next in bytes[byte..<whole.lowerBound] where next & 0xC0 != 0x80 { scalars += 1 }
                byte = whole.lowerBound
                let groups = match.map { range -> Value in
                    range.map { .string(String(decoding: bytes[$0], as: UTF8.self)) } ?? .null
                }
                let named = RecordValue(names, regex.groupNames.map { groups[$0.group] })
                return .record(
                    RecordValue(
                        matchShape,
                        [groups[0], .int(Int64(scalars)), .list(ListValue(Array(groups.dropFirst()))), .record(named)]))
            }
        }
    }
}
