/// A walk over the matches of a regex from left to right, as RE2's own global replace finds them: they do not overlap, and
/// an empty match right behind the one before does not count.
struct MatchWalk: Sendable {
    /// The byte from which the next match is looked for; beyond the end of the text when there is none.
    private(set) var start = 0
    private var previousEnd = -1

    /// The next match: the byte range of the whole and then of each group, nil for a group that took no part.
    mutating func next(_ regex: RegexValue, in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>?]? {
        while start <= bytes.count {
            guard let match = regex.match(bytes, from: start), let whole = match[0] else {
                start = bytes.count + 1
                return nil
            }
            let isBehindAnother = whole.isEmpty && whole.lowerBound == previousEnd
            previousEnd = whole.upperBound
            start = whole.upperBound
            if whole.isEmpty {
                // On to the next scalar.
                start += 1
                while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
            }
            if !isBehindAnother { return match }
        }
        return nil
    }
}
