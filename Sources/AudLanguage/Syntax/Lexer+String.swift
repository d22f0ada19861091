/// Strings: `"…{expr}…"`, `'raw'` and `"""…"""`. A string with its interpolations is one token.
extension Lexer {
    /// Deeper than any tree the parser accepts; it bounds the recursion here.
    private static let maximumHoleDepth = 200
    /// In how many lines behind an open string the rest of it is looked for.
    private static let mostLinesOfText = 8

    mutating func readString() {
        let start = position
        let startedLine = startsLine
        let isMultiLine = starts(with: "\"\"\"")
        position += isMultiLine ? 3 : 1
        let outerComments = comments.count
        let (pieces, fault) = readPieces(isMultiLine: isMultiLine)
        startsLine = startedLine
        // The token of a string that is not closed reaches over all that was read, comments included.
        if fault != nil { comments.removeSubrange(outerComments...) }
        switch fault {
        case nil: add(.string, .string(pieces), from: start)
        case .unclosed where isMultiLine: add(isTooDeep ? .bad : .openString, from: start)
        case .unclosed: addUnclosed(from: start)
        case .unclosedHole(let place): addUnclosed(holeAt: place, from: start)
        }
        if hole == nil { isTooDeep = false }
    }

    private enum Fault {
        case unclosed
        case unclosedHole(at: Int)
    }

    private mutating func readPieces(isMultiLine: Bool) -> ([Literal.Piece], Fault?) {
        var pieces: [Literal.Piece] = []
        var text: [UInt8] = []
        func flush() {
            if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
            text.removeAll(keepingCapacity: true)
        }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\"") where !isMultiLine || starts(with: "\"\"\""):
                position += isMultiLine ? 3 : 1
                flush()
                return (pieces, nil)
            case UInt8(ascii: "\n") where !isMultiLine: return ([], .unclosed)
            case UInt8(ascii: "\\"): readEscape(into: &text)
            case UInt8(ascii: "{"):
                flush()
                let place = position
                guard let tokens = readHole(isMultiLine ? .multiLine : .oneLine) else {
                    return ([], isMultiLine ? .unclosed : .unclosedHole(at: place))
                }
                pieces.append(.hole(tokens))
            default:
                text.append(bytes[position])
                position += 1
            }
        }
        return ([], .unclosed)
    }

    /// The tokens of `{…}`; nil when it does not end.
    private mutating func readHole(_ kind: Hole) -> [Token]? {
        guard holeDepth < Self.maximumHoleDepth else {
            if !isTooDeep {
                isTooDeep = true
                report(
                    .nestingTooDeep, "interpolations nest too deep", from: position, to: position + 1,
                    help: "name the inner values with `let` first")
            }
            if kind == .oneLine { skipLine() } else { position = bytes.count }
            return nil
        }
        var inner: [Token] = []
        swap(&tokens, &inner)
        let outer = (hole, startsLine)
        hole = kind
        holeDepth += 1
        position += 1
        let isClosed = readTokens()
        (hole, startsLine) = outer
        holeDepth -= 1
        swap(&tokens, &inner)
        return isClosed ? inner : nil
    }

    private mutating func addUnclosed(from start: Int) {
        guard hole != .oneLine, !isTooDeep else { return add(.bad, from: start) }
        report(
            .unterminatedString, "this string is not closed", from: start, to: position,
            label: "the `\"` that opens it has no match",
            help: "close it with `\"`; text of several lines stands in `\"\"\"`")
        if hole == nil { skipRestOfString() }
        add(.bad, from: start)
    }

    /// Text over a few lines in single quotation marks is one mistake: its other lines are no statements. That it is such
    /// a text is told by what closes it: a `"` with nothing but closing brackets behind it.
    private mutating func skipRestOfString() {
        var place = position
        var lines = 0
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\n") { lines += 1 }
            guard lines <= Self.mostLinesOfText else { return }
            place += 1
        }
        var end = place + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
            guard ") ]},\t\r".utf8.contains(bytes[end]) else { return }
            end += 1
        }
        if place < bytes.count { position = place + 1 }
    }

    private mutating func addUnclosed(holeAt place: Int, from start: Int) {
        if hole != .oneLine, !isTooDeep {
            report(
                .unterminatedString, "this interpolation is not closed", from: place, to: place + 1,
                label: "no `}` for this `{` in its string", help: "close it with `}`; a brace as such is written `\\{`")
        }
        add(.bad, from: start)
    }

    // MARK: Escapes

    private static let escapeHelp = "the escapes are `\\n \\t \\r \\\" \\\\ \\{ \\} \\u{…}`; a raw string is `'…'`"

    private mutating func readEscape(into text: inout [UInt8]) {
        let start = position
        position += 1
        let byte = peek()
        position += byte == UInt8(ascii: "\n") || position >= bytes.count ? 0 : 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): text.append(byte)
        case UInt8(ascii: "u"): readUnicodeEscape(from: start, into: &text)
        default:
            while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
            let escape = String(decoding: bytes[start..<position], as: UTF8.self)
            report(.badEscape, "`\(escape)` is not an escape", from: start, to: position, help: Self.escapeHelp)
        }
    }

    private mutating func readUnicodeEscape(from start: Int, into text: inout [UInt8]) {
        var value: UInt32 = 0
        var digits = 0
        if peek() == UInt8(ascii: "{") {
            position += 1
            while let digit = Character(Unicode.Scalar(peek())).hexDigitValue, digits < 7 {
                value = value << 4 | UInt32(digit)
                digits += 1
                position += 1
            }
            if peek() == UInt8(ascii: "}"), (1...6).contains(digits), let scalar = Unicode.Scalar(value) {
                position += 1
                return text.append(contentsOf: String(Character(scalar)).utf8)
            }
            if peek() == UInt8(ascii: "}") { position += 1 }
        }
        report(
            .badEscape, "this names no Unicode scalar value", from: start, to: position,
            help: "write one to six hexadecimal digits, for example `\\u{e9}` or `\\u{1f600}`")
    }

    // MARK: Raw strings

    /// `'…'` keeps every character; `''` is one quote.
    mutating func readRawString() {
        let start = position
        var text: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            if bytes[position] == UInt8(ascii: "'") {
                position += 1
                guard peek() == UInt8(ascii: "'") else {
                    let value = String(decoding: text, as: UTF8.self)
                    return add(.string, .string(value.isEmpty ? [] : [.text(value)]), from: start)
                }
            }
            text.append(bytes[position])
            position += 1
        }
        guard hole != .oneLine else { return add(.bad, from: start) }
        addBad(
            .unterminatedString, "this raw string is not closed", from: start,
            label: "the `'` that opens it has no match",
            help: "close it with `'`; an apostrophe inside is written `''`, or use `\"…\"`")
    }
}
