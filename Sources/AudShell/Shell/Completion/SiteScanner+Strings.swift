// Strings and their holes, where the cursor may stand in the middle.

extension SiteScanner {
    var isInHole: Bool { if case .hole? = opens.last { true } else { false } }

    /// Reads on in a string; the site when the text ends in it.
    mutating func string(from start: Int, isMultiLine: Bool) -> CompletionSite? {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "{"):
                place += 1
                opens.append(.hole(string: start, isMultiLine: isMultiLine, recent: recent))
                recent = []
                return nil
            case UInt8(ascii: "\"") where !isMultiLine || starts(with: "\"\"\""):
                place += isMultiLine ? 3 : 1
                note(.operand)
                return nil
            case UInt8(ascii: "\n") where !isMultiLine:
                note(.operand)
                return nil
            default: place += 1
            }
        }
        let content = bytes[min(bytes.count, start + (isMultiLine ? 3 : 1))...]
        return stringSite(isMultiLine ? .multiLine : .plain, start: start, content: content)
    }

    mutating func endHole() -> CompletionSite? {
        place += 1
        guard case .hole(let start, let isMultiLine, let before)? = opens.popLast() else { return nil }
        recent = before
        return string(from: start, isMultiLine: isMultiLine)
    }

    mutating func rawString() -> CompletionSite? {
        let start = place
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") {
            if bytes[place] == UInt8(ascii: "'") {
                place += 1
                if place == bytes.count || bytes[place] != UInt8(ascii: "'") {
                    note(.operand)
                    return nil
                }
            }
            place += 1
        }
        guard place >= bytes.count else { return nil }
        return stringSite(.raw, start: start, content: bytes[(start + 1)...])
    }

    func stringSite(
        _ quote: CompletionSite.Quote, start: Int, content: ArraySlice<UInt8>
    ) -> CompletionSite {
        var site = CompletionSite.StringPlace(quote: quote, content: String(decoding: content, as: UTF8.self))
        site.field = comparedField(recent)
        if recent.last == .colon, case .word(let name, _)? = recent.dropLast().last { site.label = name }
        if case .word("use", _)? = recent.last { site.isModule = true }
        if case .bracket(UInt8(ascii: "("), let name?, _)? = opens.last, recent.last != .comparison {
            site.function = name
        }
        return CompletionSite(.string(site), start: start)
    }

    /// The fields that lead to what stands before the end of these tokens: `definition`, `type` of `a.definition.type`.
    func path(_ items: some BidirectionalCollection<Item>) -> [String] {
        var path: [String] = []
        var rest = Array(items)[...]
        while case .word(let name, _)? = rest.last, rest.dropLast().last == .dot {
            path.insert(name, at: 0)
            rest = rest.dropLast(2)
        }
        return path
    }

    /// The fields that lead to what is compared with the value behind these tokens.
    func comparedField(_ items: [Item]) -> [String] {
        switch items.last {
        case .comparison: return path(items.dropLast())
        case .open, .comma:
            if case .bracket(UInt8(ascii: "["), _, let field)? = opens.last { return field }
            return []
        default: return []
        }
    }
}
