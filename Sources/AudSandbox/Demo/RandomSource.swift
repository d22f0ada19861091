// SplitMix64: the same seed gives the same numbers on every machine and with every version of Swift, which the system's
// generators do not promise.

struct RandomSource {
    private var state: UInt64

    /// A stream of its own for each purpose, so that a change to one space's data leaves the others as they were.
    init(seed: UInt64, stream: String) {
        // FNV-1a, since Swift's own hashes differ from run to run.
        state = stream.utf8.reduce(seed ^ 0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 below `bound`.
    mutating func below(_ bound: Int) -> Int {
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True once in `n` times.
    mutating func oneIn(_ n: Int) -> Bool {
        below(n) == 0
    }

    mutating func element<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Letters and digits, as in Segment's ids.
    mutating func base62(_ count: Int) -> String {
        String(String.UnicodeScalarView((0..<count).map { _ in element(RandomSource.alphabet) }))
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for index in elements.indices.reversed() { elements.swapAt(index, below(index + 1)) }
        return elements
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)
}
