/// The built-ins for strings. Places and lengths count Unicode scalars.
extension Library {
    static let strings: [Builtin] = [
        .native(
            "lower", "strings", "The string in lower case.", [.init("text", "string")], result: "string",
            example: ("lower(\"ÀB\")", "àb")
        ) { (context, arguments) throws(RuntimeError) in
            try mapped(try arguments.string(0), context) { $0.lowercased() }
        },
        .native(
            "upper", "strings", "The string in upper case.", [.init("text", "string")], result: "string",
            example: ("upper(\"àß\")", "ÀSS")
        ) { (context, arguments) throws(RuntimeError) in
            try mapped(try arguments.string(0), context) { $0.uppercased() }
        },
        .native(
            "trim", "strings", "The string without white space at both ends.", [.init("text", "string")],
            result: "string", example: ("trim(\"  a b \")", "a b")
        ) { (context, arguments) throws(RuntimeError) in .string(try trimmed(try arguments.string(0), context.meter)) },
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
        ) { (context, arguments) throws(RuntimeError) in
            let (text, start) = (try arguments.string(0), try arguments.string(1))
            try context.meter.charge(bytes: start.utf8.count)
            return .bool(text.hasBytes(start, at: 0))
        },
        .native(
            "endsWith", "strings", "Whether a string ends with another.",
            [.init("text", "string"), .init("end", "string")], result: "bool",
            example: ("endsWith(\"VIP users\", \"users\")", "true")
        ) { (context, arguments) throws(RuntimeError) in
            let (text, end) = (try arguments.string(0), try arguments.string(1))
            try context.meter.charge(bytes: end.utf8.count)
            return .bool(text.hasBytes(end, at: text.utf8.count - end.utf8.count))
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
        ) { (context, arguments) throws(RuntimeError) in
            try matches(try arguments.string(0), try arguments.regex(1), 1, context.meter).first ?? .null
        },
        .native(
            "matches", "strings", "All matches of a regex from left to right, each as `match` gives it.",
            [.init("text", "string"), .init("regex", "regex")], result: "list<record>",
            example: ("matches(\"a1b2\", /\\d/) | map .text", "[\"1\", \"2\"]")
        ) { (context, arguments) throws(RuntimeError) in
            let found = try matches(try arguments.string(0), try arguments.regex(1), .max, context.meter)
            return .list(try ListValue.checked(found, context.meter))
        },
        .native(
            "fold", "strings",
            "The string for comparison by people: without differences of case, of width, of ligatures and of"
                + " how accents are encoded.",
            [.init("text", "string")], result: "string", example: ("fold(\"Straße\") == fold(\"STRASSE\")", "true")
        ) { (context, arguments) throws(RuntimeError) in
            let text = try arguments.string(0)
            // Upper case may be three times as long.
            try context.meter.checkRoom(text.utf8.count)
            let folded = try FoldedText.fold(text, context.meter)
            try context.limits.check(stringBytes: folded.utf8.count)
            return .string(folded)
        },
    ]

    /// The text whose pieces are mapped one by one, which is for mappings of single scalars.
    private static func mapped(
        _ text: String, _ context: borrowing NativeContext, _ map: (String) -> String
    ) throws(RuntimeError) -> Value {
        let meter = context.meter
        var result = ""
        try text.inPieces(meter) { (piece) throws(RuntimeError) in
            result += map(piece)
            try meter.check(stringBytes: result.utf8.count)
        }
        return .string(result)
    }

    private static func trimmed(_ text: String, _ meter: Meter) throws(RuntimeError) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace {
            try meter.charge()
            scalars.removeFirst()
        }
        while let last = scalars.last, last.properties.isWhitespace {
            try meter.charge()
            scalars.removeLast()
        }
        return String(scalars)
    }

    // MARK: split and replace

    private static func split(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let meter = context.meter
        let text = try arguments.string(0)
        return try meter.building(GrowingArray()) { (pieces: inout GrowingArray<Value>) throws(RuntimeError) in
            try text.withBytes { (bytes) throws(RuntimeError) in
                var start = 0
                func add(_ end: Int) throws(RuntimeError) {
                    try meter.check(listLength: pieces.count + 1)
                    try meter.allocate(Meter.grownBytes)
                    try meter.allocate(text: end - start)
                    pieces.append(.string(try String.decoding(bytes[start..<end], meter)))
                }
                try forEachMatch(of: arguments, in: text, bytes, meter) { (match) throws(RuntimeError) in
                    guard let whole = match[0] else { return }
                    guard !whole.isEmpty else {
                        throw arguments.badArgument(
                            1, "matched an empty text, which separates nothing",
                            help: "let it match at least one character, for example `/ +/` instead of `/ */`")
                    }
                    try add(whole.lowerBound)
                    start = whole.upperBound
                }
                try add(bytes.count)
            }
            return .list(try ListValue.checked(try pieces.take(meter), meter))
        }
    }

    /// Goes through the matches of the second argument, a string or a regex, in a text from left to right.
    private static func forEachMatch(
        of arguments: Arguments, in text: String, _ bytes: UnsafeBufferPointer<UInt8>, _ meter: Meter,
        _ body: ([Range<Int>?]) throws(RuntimeError) -> Void
    ) throws(RuntimeError) {
        switch arguments[1] {
        case .string:
            try part(arguments, 1).withBytes { (part) throws(RuntimeError) in
                var start = 0
                while let place = try bytes.firstIndex(of: part, from: start, meter) {
                    try meter.charge()
                    start = place + part.count
                    try body([place..<start])
                }
            }
        case .regex(let regex): try regex.forEachMatch(of: text, bytes, meter, body)
        case .null, .bool, .int, .float, .date, .duration, .list, .record, .function:
            throw arguments.wrongType(1, "a string or a regex")
        }
    }

    private static func replace(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let meter = context.meter
        let text = try arguments.string(0)
        let replacement = try arguments.string(2)
        let template: [ReplacementTemplate.Part] =
            if case .regex(let regex) = arguments[1] {
                try ReplacementTemplate.parts(of: replacement, for: regex, arguments)
            } else {
                [.text(Array(replacement.utf8))]
            }
        let result = try text.withBytes { (bytes) throws(RuntimeError) in
            var result: [UInt8] = []
            func add(_ piece: some RandomAccessCollection<UInt8>) throws(RuntimeError) {
                try meter.check(stringBytes: result.count + piece.count)
                // The bytes grow as a list does, and then become a text.
                try meter.allocate(3 * piece.count)
                try meter.inPieces(0..<piece.count, unit: 64) { (part) throws(RuntimeError) in
                    result += piece.dropFirst(part.lowerBound).prefix(part.count)
                }
            }
            var start = 0
            try forEachMatch(of: arguments, in: text, bytes, meter) { (match) throws(RuntimeError) in
                guard let whole = match[0] else { return }
                try add(bytes[start..<whole.lowerBound])
                for part in template {
                    switch part {
                    case .text(let text): try add(text)
                    case .group(let group): if let range = match[group] { try add(bytes[range]) }
                    }
                }
                start = whole.upperBound
            }
            try add(bytes[start...])
            return result
        }
        return .string(try String.decoding(result[...], meter))
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
        let meter = context.meter
        let length = fill.scalarCount
        let rest = try fill.scalars(0..<missing % length, meter)
        let (bytes, isTooLong) = (missing / length).multipliedReportingOverflow(by: fill.utf8.count)
        try meter.check(stringBytes: isTooLong ? .max : bytes)
        try meter.check(stringBytes: text.utf8.count + bytes + rest.utf8.count)
        var filling = ""
        filling.reserveCapacity(bytes + rest.utf8.count)
        // Many repetitions at a time, as the filling is mostly one character.
        let most = max(1, 4_096 / fill.utf8.count)
        let block = String(repeating: fill, count: most)
        var left = missing / length
        while left > 0 {
            try meter.charge(bytes: block.utf8.count)
            filling += left >= most ? block : String(repeating: fill, count: left)
            left -= min(left, most)
        }
        return filling + rest
    }

    private static func slice(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .list(let list):
            let start = try arguments.bound(1, in: list.count, fallback: 0)
            let end = try arguments.bound(2, in: list.count, fallback: list.count)
            guard start < end else { return .list(ListValue([])) }
            return .list(try list.slice(start..<end, context.meter))
        case .string(let text):
            let count = text.scalarCount
            let start = try arguments.bound(1, in: count, fallback: 0)
            let end = try arguments.bound(2, in: count, fallback: count)
            try context.meter.charge(bytes: text.utf8.count)
            return .string(start < end ? try text.scalars(start..<end, context.meter) : "")
        case .null, .bool, .int, .float, .date, .duration, .record, .function, .regex:
            throw arguments.wrongType(0, "a string or a list")
        }
    }

    // MARK: match

    private static let matchShape = Shape(["text", "start", "groups", "named"])

    private static func matches(
        _ text: String, _ regex: RegexValue, _ most: Int, _ meter: Meter
    ) throws(RuntimeError) -> [Value] {
        let names = Shape(regex.groupNames.map(\.name))
        return try text.withBytes { (bytes) throws(RuntimeError) in
            var byte = 0
            var scalars = 0
            return try meter.building(GrowingArray()) { (found: inout GrowingArray<Value>) throws(RuntimeError) in
                try regex.forEachMatch(of: text, bytes, limit: most, meter) { (match) throws(RuntimeError) in
                    guard let whole = match[0] else { return }
                    try meter.check(listLength: found.count + 1)
                    // The record, its list of groups and the record of the named ones.
                    try meter.allocate(4 * Meter.headBytes + Meter.grownBytes + 3 * match.count * Meter.grownBytes)
                    // Counts on from the match before, so that all places together cost one walk.
                    try meter.inPieces(byte..<whole.lowerBound, unit: 64) { (piece) throws(RuntimeError) in
                        for next in bytes[piece] where next & 0xC0 != 0x80 { scalars += 1 }
                    }
                    byte = whole.lowerBound
                    var groups: [Value] = []
                    for range in match {
                        guard let range else {
                            groups.append(.null)
                            continue
                        }
                        try meter.allocate(text: range.count)
                        groups.append(.string(try String.decoding(bytes[range], meter)))
                    }
                    let named = RecordValue(names, regex.groupNames.map { groups[$0.group] })
                    found.append(
                        .record(
                            RecordValue(
                                matchShape,
                                [
                                    groups[0], .int(Int64(scalars)), .list(ListValue(Array(groups.dropFirst()))),
                                    .record(named),
                                ])))
                }
                return try found.take(meter)
            }
        }
    }
}
