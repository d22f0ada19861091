// Reads a text up to the cursor, once, and never fails. It is not the lexer: a text that is being typed ends in the middle of
// things (an open string, an open interpolation), and there the lexer only knows that it is wrong.

struct SiteScanner {
    let bytes: [UInt8]
    var place = 0
    /// The tokens so far of the innermost open hole or of the text, the last of them.
    var recent: [Item] = []
    var opens: [Open] = []

    enum Item: Equatable {
        case word(String, start: Int)
        case dot, pipe, comma, colon
        case lineEnd
        /// `(`, `[`, `{`
        case open(UInt8)
        /// A literal, or a closing bracket.
        case operand
        case comparison
        case symbol
    }

    enum Open {
        /// A `(` behind the name of a function, or a `[` in which a field is looked for.
        case bracket(UInt8, function: String? = nil, field: [String] = [])
        /// An interpolation of the string that starts at `string`, with the tokens before that string.
        case hole(string: Int, isMultiLine: Bool, recent: [Item])
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func site() -> CompletionSite {
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\n"):
                if recent.last != .lineEnd { note(.lineEnd) }
                place += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
            case UInt8(ascii: "#"):
                while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
                if place == bytes.count { return CompletionSite(.nothing, start: place) }
            case UInt8(ascii: "\""):
                let isMultiLine = starts(with: "\"\"\"")
                let start = place
                place += isMultiLine ? 3 : 1
                if let site = string(from: start, isMultiLine: isMultiLine) { return site }
            case UInt8(ascii: "'"):
                if let site = rawString() { return site }
            case UInt8(ascii: "}") where isInHole:
                if let site = endHole() { return site }
            case UInt8(ascii: "/") where operandMayStart:
                if !regex() { return CompletionSite(.nothing, start: bytes.count) }
            case _ where byte.isWordStart: word()
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"):
                while place < bytes.count, isLiteralByte(bytes[place]) { place += 1 }
                if place == bytes.count { return CompletionSite(.nothing, start: place) }
                note(.operand)
            default: symbol(byte)
            }
        }
        return siteAtEnd()
    }

    // MARK: Tokens

    mutating func note(_ item: Item) {
        recent.append(item)
        if recent.count > 8 { recent.removeFirst() }
    }

    mutating func word() {
        let start = place
        while place < bytes.count, bytes[place].isWord { place += 1 }
        note(.word(String(decoding: bytes[start..<place], as: UTF8.self), start: start))
    }

    func isLiteralByte(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: ".") { return place + 1 < bytes.count && (0x30...0x39).contains(bytes[place + 1]) }
        return byte.isWord || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "-") && bytes[..<place].last.map { (0x30...0x39).contains($0) } ?? false
                && isInDate
    }

    /// `-` belongs to a date and not to a number.
    var isInDate: Bool {
        var back = place
        while back > 0, bytes[back - 1].isWord || bytes[back - 1] == UInt8(ascii: "-") { back -= 1 }
        return back > 0 && bytes[back - 1] == UInt8(ascii: "@")
    }

    mutating func symbol(_ byte: UInt8) {
        place += 1
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            switch (byte, recent.last) {
            case (UInt8(ascii: "("), .word(let name, _)?): opens.append(.bracket(byte, function: name))
            case (UInt8(ascii: "["), .word("in", _)?): opens.append(.bracket(byte, field: path(recent.dropLast())))
            default: opens.append(.bracket(byte))
            }
            note(.open(byte))
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            if case .bracket? = opens.last { opens.removeLast() }
            note(.operand)
        case UInt8(ascii: "."):
            if starts(with: ".") {
                while starts(with: ".") { place += 1 }
                note(.symbol)
            } else {
                note(.dot)
            }
        case UInt8(ascii: "|"): note(.pipe)
        case UInt8(ascii: ","): note(.comma)
        case UInt8(ascii: ":"): note(.colon)
        case UInt8(ascii: ";"): note(.lineEnd)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            var isComparison = byte != UInt8(ascii: "=") && byte != UInt8(ascii: "!")
            while place < bytes.count, "=~<>".utf8.contains(bytes[place]) {
                isComparison = true
                place += 1
            }
            note(isComparison ? .comparison : .symbol)
        default: note(.symbol)
        }
    }

    func starts(with text: String) -> Bool {
        bytes[place...].starts(with: text.utf8)
    }

    var operandMayStart: Bool {
        if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "/") { return false }
        switch recent.last {
        case .operand, .word: return false
        case nil, .dot, .pipe, .comma, .colon, .lineEnd, .open, .comparison, .symbol: return true
        }
    }

    /// Skips a regex; false when it is open.
    mutating func regex() -> Bool {
        var inClass = false
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "/") where !inClass:
                while place < bytes.count, bytes[place].isWord { place += 1 }
                note(.operand)
                return true
            default: break
            }
        }
        return place < bytes.count
    }

    // MARK: The end

    func siteAtEnd() -> CompletionSite {
        var before = recent
        var start = bytes.count
        var typed = ""
        if case .word(let word, let place)? = recent.last, bytes.last?.isWord == true {
            before.removeLast()
            start = place
            typed = word
        }
        return CompletionSite(kind(behind: before), start: start, typed: typed, closing: closing)
    }

    private var closing: String {
        opens.reversed().map { open in
            switch open {
            case .bracket(UInt8(ascii: "("), _, _): ")"
            case .bracket(UInt8(ascii: "["), _, _): "]"
            case .bracket: "}"
            case .hole(_, let isMultiLine, _): isMultiLine ? "}\"\"\"" : "}\""
            }
        }.joined()
    }

    func kind(behind before: [Item]) -> CompletionSite.Kind {
        let second = before.dropLast().last
        let field = comparedField(before)
        if !field.isEmpty { return .value(of: field) }
        switch before.last {
        case nil: return isInHole ? .name : .statement
        case .dot: return .field(behind: path(before.dropLast()))
        case .pipe: return .stage
        case .lineEnd: return .statement
        case .open(UInt8(ascii: "{")): return .statement
        case .open, .comma:
            if case .bracket(UInt8(ascii: "("), let function?, _)? = opens.last { return .argument(function: function) }
            return .name
        case .operand: return .words(["and", "or", "in", "then", "else"])
        case .word(let word, _): return kind(behind: word, second, isSortKey: isSortKey(before))
        case .colon, .comparison, .symbol: return .name
        }
    }

    /// Whether the tokens end in the path of `sort by .path`.
    private func isSortKey(_ items: [Item]) -> Bool {
        let before = items.dropLast(2 * path(items).count)
        guard case .word("by", _)? = before.last, case .word("sort", _)? = before.dropLast().last else { return false }
        return before.dropLast(2).last == .pipe
    }

    func kind(behind word: String, _ second: Item?, isSortKey: Bool = false) -> CompletionSite.Kind {
        if second == .dot {
            return .words((isSortKey ? ["asc", "desc"] : []) + ["and", "or", "in", "then", "else"])
        }
        if second == .pipe {
            switch word {
            case "sort", "group", "unique": return .words(["by"])
            case "at": return .words(["most"])
            case "enable", "disable", "remove": return .words(["on"])
            default: break
            }
        }
        switch word {
        case "on": return .words(["error"])
        case "error": return .words(["stop", "continue"])
        case "let", "var", "fn", "for", "catch", "param", "each": return .nothing
        default: return .name
        }
    }
}

extension UInt8 {
    var isWordStart: Bool {
        (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self == UInt8(ascii: "_")
    }

    var isWord: Bool { isWordStart || (0x30...0x39).contains(self) }
}
