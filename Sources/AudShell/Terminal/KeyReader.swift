// Bytes of a terminal to complete key events. Pure: time is told to it.
//
// A key is handed out only when it is complete, so that nothing downstream sees half a sequence, however the bytes were
// torn. What is no key (replies, mouse, focus, NUL, C1 controls) is dropped whole.
// Invariant: the events depend on the bytes and on `expire`, never on how the bytes were cut into pieces.

package struct KeyReader: Sendable {
    private enum State: Equatable {
        case ground
        case escape
        /// After ESC and the first bytes of a longer character.
        case alternate
        case controlSequence
        /// `ESC [ [`, the function keys of the Linux console: one more byte.
        case console
        case singleShift
        /// OSC, DCS, SOS, PM, APC, up to BEL or ST; `introducer` is kept for Alt and that letter.
        case string(introducer: UInt8, empty: Bool)
        case stringEscape
        /// The three bytes after an old mouse report.
        case mouse(Int)
        case paste
    }

    /// Longer sequences than any terminal sends are noise; their bytes are not kept.
    private static let longestSequence = 64
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private var state = State.ground
    private var decoder = UTF8Decoder()
    private var sequence: [UInt8] = []
    private var pasted: [UInt8] = []
    private var events: [KeyEvent] = []

    package init() {}

    /// Milliseconds after which `expire` is to be called if no byte arrives; nil when nothing is begun.
    package var patience: Int? {
        switch state {
        case .ground: decoder.isInside ? 200 : nil
        case .escape: 30
        case .paste: 2_000
        case .alternate, .controlSequence, .console, .singleShift, .string, .stringEscape, .mouse: 200
        }
    }

    package mutating func take(_ bytes: some Sequence<UInt8>) -> [KeyEvent] {
        for byte in bytes { take(byte) }
        defer { events.removeAll() }
        return events
    }

    /// Nothing more came in time. ESC was the Escape key, a paste ends here, anything else was torn and is dropped.
    package mutating func expire() -> [KeyEvent] {
        switch state {
        case .escape: events.append(.escape)
        case .paste: endPaste()
        case .string(let introducer, empty: true): alternate(Unicode.Scalar(introducer))
        case .ground, .alternate, .controlSequence, .console, .singleShift, .string, .stringEscape, .mouse: break
        }
        state = .ground
        decoder.reset()
        defer { events.removeAll() }
        return events
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: ground(byte)
        case .escape: escape(byte)
        case .alternate: decode(byte)
        case .controlSequence: controlSequence(byte)
        case .console: end(with: byte)
        case .singleShift: singleShift(byte)
        case .string(_, let empty): string(byte, empty: empty)
        case .stringEscape:
            state = .ground
            if byte != UInt8(ascii: "\\") {
                state = .escape
                take(byte)
            }
        case .mouse(let left): state = left > 1 ? .mouse(left - 1) : .ground
        case .paste: paste(byte)
        }
    }

    private mutating func ground(_ byte: UInt8) {
        if byte == 0x1B, !decoder.isInside {
            state = .escape
        } else {
            decode(byte)
        }
    }

    private mutating func decode(_ byte: UInt8) {
        switch decoder.take(byte) {
        case .needsMore: break
        case .scalar(let scalar): character(scalar)
        case .bad: character("\u{FFFD}")
        case .badPrefix:
            character("\u{FFFD}")
            take(byte)
        }
    }

    private mutating func character(_ scalar: Unicode.Scalar) {
        let wasAlternate = state == .alternate
        state = .ground
        // NUL is what the terminal makes of a Ctrl-D that was typed before keys were read one by one; libedit would set a
        // mark, or take the next key as it is.
        if scalar == "\0" || (0x80...0x9F).contains(scalar.value) { return }
        if wasAlternate { alternate(scalar) } else { events.append(.character(scalar)) }
    }

    private mutating func alternate(_ scalar: Unicode.Scalar) {
        events.append(.sequence(["\u{1B}", scalar]))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["): begin(.controlSequence, byte)
        case UInt8(ascii: "O"): begin(.singleShift, byte)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            state = .string(introducer: byte, empty: true)
        case 0x1B: events.append(.escape)
        default:
            state = .alternate
            decode(byte)
        }
    }

    private mutating func begin(_ next: State, _ byte: UInt8) {
        sequence = [0x1B, byte]
        state = next
    }

    private mutating func controlSequence(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            if sequence.count == 2 {
                sequence.append(byte)
                state = .console
            } else {
                end(with: byte)
            }
        case 0x20...0x3F: if sequence.count < Self.longestSequence { sequence.append(byte) }
        case 0x40...0x7E: end(with: byte)
        default: abandon(for: byte)
        }
    }

    private mutating func singleShift(_ byte: UInt8) {
        switch byte {
        case 0x30...0x3F: if sequence.count < Self.longestSequence { sequence.append(byte) }
        case 0x40...0x7E: end(with: byte)
        default: abandon(for: byte)
        }
    }

    /// A control or a character in the middle of a sequence: the sequence was torn, the byte is a key of its own.
    private mutating func abandon(for byte: UInt8) {
        state = .ground
        take(byte)
    }

    private mutating func end(with byte: UInt8) {
        state = .ground
        let isShift = sequence[1] == UInt8(ascii: "O")
        let first = sequence.count > 2 ? sequence[2] : 0
        sequence.append(byte)
        if sequence.count > Self.longestSequence { return }
        if isShift || first == UInt8(ascii: "[") {
            events.append(.sequence(sequence.map { Unicode.Scalar($0) }))
            return
        }
        switch byte {
        case UInt8(ascii: "M") where sequence.count == 3: state = .mouse(3)
        case UInt8(ascii: "I"), UInt8(ascii: "O"): if sequence.count > 3 { keep() }
        case UInt8(ascii: "R"), UInt8(ascii: "c"), UInt8(ascii: "n"), UInt8(ascii: "y"): break
        case UInt8(ascii: "~") where sequence.count == 6 && sequence[2...3].elementsEqual("20".utf8):
            switch sequence[4] {
            case UInt8(ascii: "0"):
                state = .paste
                pasted = []
            case UInt8(ascii: "1"): break
            default: keep()
            }
        default:
            // `<`, `=`, `>` and `?` mark mouse reports and replies.
            if !(0x3C...0x3F).contains(first) { keep() }
        }
    }

    private mutating func keep() {
        events.append(.sequence(sequence.map { Unicode.Scalar($0) }))
    }

    private mutating func string(_ byte: UInt8, empty: Bool) {
        switch byte {
        case 0x07, 0x18, 0x1A: state = .ground
        case 0x1B: state = .stringEscape
        default: if empty { state = .string(introducer: byte, empty: false) }
        }
    }

    private mutating func paste(_ byte: UInt8) {
        pasted.append(byte)
        if byte == UInt8(ascii: "~"), pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
            pasted.removeLast(Self.pasteEnd.count)
            endPaste()
        }
    }

    private mutating func endPaste() {
        state = .ground
        events.append(.paste(Self.cleaned(pasted)))
        pasted = []
    }

    private static func cleaned(_ bytes: [UInt8]) -> String {
        var kept = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x0D: kept.append("\n")
            case 0x0A: if !afterReturn { kept.append("\n") }
            case 0x09: kept.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F: break
            default: kept.append(scalar)
            }
            afterReturn = scalar.value == 0x0D
        }
        return String(kept)
    }
}
