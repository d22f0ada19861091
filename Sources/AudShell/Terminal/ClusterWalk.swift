// Walks styled text by grapheme cluster, keeping the UTF-8 offset and the style in force.
//
// An ASCII byte followed by another is a cluster by itself, CR and LF too: that path needs no grapheme breaking and makes
// long lines cheap.

enum Cluster: Equatable {
    case ascii(UInt8)
    case character(Character)
    case tab
    case lineEnd
}

struct ClusterWalk {
    private let text: String
    private let bytes: [UInt8]
    private let runs: [StyledRun]
    private var run = 0
    private(set) var offset = 0
    /// Of the cluster that `next` returned last.
    private(set) var style = Style.plain

    init(_ styled: StyledText) {
        text = styled.text
        bytes = Array(styled.text.utf8)
        runs = styled.runs
    }

    mutating func next() -> Cluster? {
        guard offset < bytes.count else { return nil }
        while run < runs.count, runs[run].range.upperBound <= offset { run += 1 }
        style = run < runs.count && runs[run].range.contains(offset) ? runs[run].style : .plain
        let byte = bytes[offset]
        if byte < 0x80, offset + 1 == bytes.count || bytes[offset + 1] < 0x80 || byte < 0x20 {
            offset += 1
            switch byte {
            case UInt8(ascii: "\n"): return .lineEnd
            case UInt8(ascii: "\t"): return .tab
            default: return .ascii(byte)
            }
        }
        let index = text.utf8.index(text.startIndex, offsetBy: offset)
        let character = text[index]
        offset += character.utf8.count
        return .character(character)
    }
}
