import CRE2

/// A compiled regular expression of RE2: matching takes time linear in the text, whatever the pattern.
///
/// The handle is kept as a bit pattern so that the class is `Sendable` by itself: RE2 allows any number of threads to
/// match with one pattern, and the class frees it exactly once.
public final class RegexValue: Sendable {
    /// The pattern as it was written, without its slashes and flags.
    public let pattern: String
    /// Some of the letters `i`, `m`, `s` and `U`.
    public let flags: String
    /// How many groups capture, not counting the whole match.
    package let groupCount: Int
    /// The named groups, in the order in which they stand in the pattern.
    package let groupNames: [(name: String, group: Int)]
    /// How many instructions the pattern was compiled to: what a byte of text costs at most.
    private let programSize: Int
    private let handle: UInt

    private init(pattern: String, flags: String, handle: OpaquePointer) {
        self.pattern = pattern
        self.flags = flags
        self.handle = UInt(bitPattern: handle)
        programSize = Int(cre2_program_size(handle))
        groupCount = Int(cre2_group_count(handle))
        var names: [(name: String, group: Int)] = []
        for group in 0..<groupCount {
            if let name = cre2_group_name(handle, Int32(group + 1)) {
                names.append((String(cString: name), group + 1))
            }
        }
        groupNames = names
    }

    deinit {
        if let handle = OpaquePointer(bitPattern: handle) { cre2_free(handle) }
    }

    /// Compiles a pattern.
    ///
    ///     let regex = try RegexValue.compile(pattern: "^Q[1-4]", flags: "i").get()
    ///
    /// - Parameters:
    ///   - pattern: the pattern in RE2's syntax.
    ///   - flags: letters of `i` (ignore case), `m` (`^` and `$` match at lines), `s` (`.` matches a newline) and `U`
    ///     (ungreedy).
    public static func compile(pattern: String, flags: String) -> Result<RegexValue, RegexError> {
        for flag in flags.unicodeScalars where !"imsU".unicodeScalars.contains(flag) {
            return .failure(
                RegexError(
                    message: "a regex has no flag `\(flag)`",
                    help:
                        "the flags are i (ignore case), m (^ and $ match at lines), s (. matches a newline), U (ungreedy)"
                ))
        }
        var portable: String
        switch PortablePattern.of(pattern) {
        case .success(let text): portable = text
        case .failure(let error): return .failure(error)
        }
        // In one order and each once, as equal regexes have equal flags.
        var flags = String("imsU".filter(flags.contains))
        let made = portable.withUTF8 { pattern in
            flags.withUTF8 { flags in
                // An empty buffer may have no address; the shim wants one.
                let empty: StaticString = ""
                return empty.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { nothing in
                    pattern.withMemoryRebound(to: CChar.self) { pattern in
                        flags.withMemoryRebound(to: CChar.self) { flags in
                            cre2_compile(
                                pattern.baseAddress ?? nothing, pattern.count, flags.baseAddress ?? nothing, flags.count
                            )
                        }
                    }
                }
            }
        }
        guard let made else {
            return .failure(RegexError(message: "there is no memory for the regex", help: nil))
        }
        guard cre2_ok(made) else {
            let error = RegexError(
                text: String(cString: cre2_error_text(made)), argument: String(cString: cre2_error_argument(made)))
            cre2_free(made)
            return .failure(error)
        }
        let regex = RegexValue(pattern: pattern, flags: flags, handle: made)
        var names: Set<String> = []
        // RE2 itself takes a name twice; `named` is a record, and has a field once.
        if let twice = regex.groupNames.first(where: { !names.insert($0.name).inserted }) {
            return .failure(
                RegexError(
                    message: "two groups are called `\(twice.name)`", help: "give each group a name of its own"))
        }
        return .success(regex)
    }

    /// Whether the pattern matches anywhere in a text.
    ///
    /// This is the path of `~`: it copies nothing and asks for no captures, so that RE2 can use its DFA; 20,000 names
    /// take about 5 ms.
    public func contains(_ text: String) -> Bool {
        guard let handle = OpaquePointer(bitPattern: handle) else { return false }
        return text.withBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cre2_contains(handle, $0.baseAddress, $0.count) }
        }
    }

    /// The first match at or after the byte `start`: the byte range of the match and then of each group, nil for a
    /// group that took no part.
    package func match(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>?]? {
        guard let handle = OpaquePointer(bitPattern: handle) else { return nil }
        let count = groupCount + 1
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * count) { places -> [Range<Int>?]? in
            guard let starts = places.baseAddress else { return nil }
            let ends = starts + count
            let found = bytes.withMemoryRebound(to: CChar.self) {
                cre2_match(handle, $0.baseAddress, $0.count, start, starts, ends, Int32(count))
            }
            guard found else { return nil }
            return (0..<count).map { starts[$0] < 0 ? nil : starts[$0]..<ends[$0] }
        }
    }

    // MARK: Searches that can be stopped

    /// The most bytes, times instructions of the pattern, that are searched without a look at the stop signal. Where RE2
    /// has to follow all states of a pattern at once it takes up to 40 ns for each, so that is 20 ms.
    private static let mostWork = 1 << 19
    /// The matches that are looked for between two looks.
    private static let batch = 256

    private func mayTakeLong(_ bytes: Int) -> Bool { bytes > Self.mostWork / max(programSize, 1) }

    /// Whether the pattern matches anywhere in a text.
    func contains(_ text: String, _ meter: Meter) throws(RuntimeError) -> Bool {
        try meter.charge(bytes: text.utf8.count)
        guard mayTakeLong(text.utf8.count) else { return contains(text) }
        return try Aside.run(meter) { self.contains(text) }
    }

    /// Goes through the matches of a text, whose bytes these are, from left to right (`MatchWalk`).
    ///
    /// RE2 does not tell how far it looked for a match: each is charged a little for all that is left of the text.
    func forEachMatch(
        of text: String, _ bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max, _ meter: Meter,
        _ body: ([Range<Int>?]) throws(RuntimeError) -> Void
    ) throws(RuntimeError) {
        var walk = MatchWalk()
        var count = 0
        while walk.start <= bytes.count, count < limit {
            try meter.look()
            try meter.charge(1 + ((bytes.count - walk.start) >> 16))
            guard mayTakeLong(bytes.count - walk.start) else {
                let rest = bytes.count - walk.start
                guard let match = walk.next(self, in: bytes) else { return try meter.charge(bytes: rest) }
                try body(match)
                count += 1
                continue
            }
            let most = min(limit - count, Self.batch)
            let (next, matches) = try Aside.run(meter) { [walk] in
                text.withBytes { bytes in
                    var (walk, matches) = (walk, [[Range<Int>?]]())
                    while matches.count < most, let match = walk.next(self, in: bytes) { matches.append(match) }
                    return (walk, matches)
                }
            }
            // All that was left has been searched, and the last match has moved on from nothing.
            if matches.count < most { try meter.charge(bytes: bytes.count - walk.start) }
            walk = next
            for match in matches {
                try meter.charge(1 + ((bytes.count - walk.start) >> 16))
                try body(match)
            }
            count += matches.count
        }
    }
}

/// Why RE2 refused a pattern.
public struct RegexError: Error, Sendable, Hashable {
    /// What is wrong, without a full stop.
    public let message: String
    /// What to write instead.
    public let help: String?

    init(message: String, help: String?) {
        self.message = message
        self.help = help
    }

    /// Makes an error of RE2's text and the piece of the pattern that it names.
    init(text: String, argument: String) {
        let short = argument.count > 30 ? String(argument.prefix(30)) + "…" : argument
        if ["(?=", "(?!", "(?<"].contains(where: argument.hasPrefix) {
            message = "look-around `\(short)` is not supported: regexes here always match in linear time"
            help = "match the whole and test the rest apart, for example `.name ~ /^Q1/ and .name !~ /test/`"
        } else if argument.count == 2, argument.hasPrefix("\\"), let digit = argument.last, "123456789".contains(digit)
        {
            message = "the back-reference `\(argument)` is not supported: regexes here always match in linear time"
            help = "take the groups with `match(text, /…/)` and compare them, for example `m.groups[0] == m.groups[1]`"
        } else if text.contains("repetition op"), ["*+", "++", "?+"].contains(argument) || argument.hasSuffix("}+") {
            message = "the possessive `\(short)` is not supported"
            help = "write it without the last `+`: matching takes linear time anyway"
        } else if argument.hasPrefix("(?>") {
            message = "the atomic group `\(short)` is not supported"
            help = "write `(?:…)`: matching takes linear time anyway"
        } else if text.contains("pattern too large") || text.contains("invalid repetition size") {
            message = "the regex is too large: \(text)"
            help = "a repetition may count to 1000 and the whole pattern must stay small"
        } else {
            message = "this is not a regex: \(text.replacing("(?P", with: "(?"))"
            help = "the syntax is that of RE2; to find a character like `(` or `*` itself, write `\\(` or `\\*`"
        }
    }
}
