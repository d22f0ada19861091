// Finds what an audience's definition refers to: the traits and the events in a query of Segment's query language. An
// audience refers to another by that one's key, as if it were a trait.
//
// It does not check a query; it walks over strings and comments, so that a name inside a text is never taken for a
// reference, and where a query is not as documented it finds rather too much than too little.

/// The names that a query reads.
///
/// ```swift
/// QueryReferences("event('Shoes Bought').count() >= 1 AND trait('vip').equals(true)").traits  // ["vip"]
/// ```
public struct QueryReferences: Sendable, Hashable {
    /// The names given to `trait(…)`: profile traits, computed traits and the keys of other audiences.
    public private(set) var traits: Set<String> = []
    /// The names given to `event(…)`.
    public private(set) var events: Set<String> = []

    /// Reads a query. O(length); any text is read to its end.
    public init(_ query: String) {
        var scanner = QueryScanner(query)
        while let token = scanner.next() {
            guard case .word(let word) = token else { continue }
            switch word.lowercased() {
            case "trait": if let name = scanner.argument() { traits.insert(name) }
            case "event": if let name = scanner.argument() { events.insert(name) }
            default: continue
            }
        }
    }
}

/// The parts of a query that matter here: words, strings, and single other characters.
private struct QueryScanner {
    enum Token {
        case word(String)
        case string(String)
        case other(Unicode.Scalar)
    }

    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ query: String) {
        scalars = Array(query.unicodeScalars)
    }

    mutating func next() -> Token? {
        skipBlanks()
        guard place < scalars.count else { return nil }
        if let close = Self.closing[scalars[place]] {
            place += 1
            return .string(string(closedBy: close))
        }
        if Self.isWord(scalars[place]) { return .word(word()) }
        place += 1
        return .other(scalars[place - 1])
    }

    /// The first argument of a call that begins here, when it is a name; the place does not move otherwise. A prefix, as
    /// in `parent: 'Shoes Bought'`, is passed over.
    mutating func argument() -> String? {
        let start = place
        guard case .other("(") = next() else {
            place = start
            return nil
        }
        let inside = place
        switch next() {
        case .string(let name): return name
        case .word(let word):
            let behind = place
            if case .other(":") = next(), case .string(let name) = next() { return name }
            place = behind
            return word
        case .other, nil:
            place = inside
            return nil
        }
    }

    /// Typographic quotes come from texts that were pasted.
    private static let closing: [Unicode.Scalar: Unicode.Scalar] = ["'": "'", "\"": "\"", "‘": "’", "“": "”", "`": "`"]

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while place < scalars.count, Self.isWord(scalars[place]) {
            word.append(scalars[place])
            place += 1
        }
        return String(word)
    }

    /// The rest of a string whose quote was read. A backslash escapes; so does doubling the quote.
    private mutating func string(closedBy close: Unicode.Scalar) -> String {
        var text = String.UnicodeScalarView()
        while place < scalars.count {
            let scalar = scalars[place]
            place += 1
            if scalar == "\\", place < scalars.count {
                text.append(scalars[place])
                place += 1
            } else if scalar == close {
                guard place < scalars.count, scalars[place] == close else { break }
                text.append(close)
                place += 1
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// Passes over blanks and over comments, which the language is not documented to have: an apostrophe in one must not
    /// turn what follows inside out.
    private mutating func skipBlanks() {
        while place < scalars.count {
            if scalars[place].properties.isWhitespace {
                place += 1
            } else if starts(with: "/*") {
                place += 2
                while place < scalars.count, !starts(with: "*/") { place += 1 }
                place = min(place + 2, scalars.count)
            } else if starts(with: "--") || starts(with: "//") {
                while place < scalars.count, scalars[place] != "\n" { place += 1 }
            } else {
                return
            }
        }
    }

    private func starts(with text: String) -> Bool {
        scalars[place...].starts(with: text.unicodeScalars)
    }
}
