// Bytes to keys. Every case is fed whole, byte by byte, and cut in two at every place: the keys are the same.

import AudShell
import AudTesting
import Testing

struct KeyReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var keys: [KeyEvent]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ keys: KeyEvent...) {
            self.name = name
            bytes = Array(text.utf8)
            self.keys = keys
        }

        init(_ name: String, bytes: [UInt8], _ keys: KeyEvent...) {
            self.name = name
            self.bytes = bytes
            self.keys = keys
        }
    }

    static func sequence(_ text: String) -> KeyEvent { .sequence(Array(text.unicodeScalars)) }

    static let cases = [
        Case("letters", "ab", .character("a"), .character("b")),
        Case("characters of two, three and four bytes", "é不🎈", .character("é"), .character("不"), .character("🎈")),
        Case("controls are keys", "\u{3}\r\u{7F}", .character("\u{3}"), .character("\r"), .character("\u{7F}")),
        Case("an arrow", "\u{1B}[A", sequence("\u{1B}[A")),
        Case("an arrow in application mode", "\u{1B}OA", sequence("\u{1B}OA")),
        Case("a modified arrow, then a letter", "\u{1B}[1;5Cx", sequence("\u{1B}[1;5C"), .character("x")),
        Case("delete", "\u{1B}[3~", sequence("\u{1B}[3~")),
        Case("back-tab", "\u{1B}[Z", sequence("\u{1B}[Z")),
        Case("F1 of the Linux console", "\u{1B}[[Ax", sequence("\u{1B}[[A"), .character("x")),
        Case("Alt and a letter", "\u{1B}f", sequence("\u{1B}f")),
        Case("Alt and a longer character", "\u{1B}é", sequence("\u{1B}é")),
        Case("Alt-Enter", "\u{1B}\r", sequence("\u{1B}\r")),
        Case("Escape, then an arrow", "\u{1B}\u{1B}[B", .escape, sequence("\u{1B}[B")),
        Case("a control in a torn sequence", "\u{1B}[1;\u{3}", .character("\u{3}")),
        Case("a new sequence in a torn one", "\u{1B}[1\u{1B}[A", sequence("\u{1B}[A")),
        Case("a character in a torn sequence", "\u{1B}[1不", .character("不")),
        Case("an operating system command is dropped", "a\u{1B}]0;title\u{7}b", .character("a"), .character("b")),
        Case("the same, ended by ST", "a\u{1B}]11;rgb:0/0/0\u{1B}\\b", .character("a"), .character("b")),
        Case("a device control string is dropped", "\u{1B}P1$r0m\u{1B}\\x", .character("x")),
        Case("a cursor report is dropped", "\u{1B}[12;40Rx", .character("x")),
        Case("device attributes are dropped", "\u{1B}[?62;4cx", .character("x")),
        Case("a mode report is dropped", "\u{1B}[?2026;2$yx", .character("x")),
        Case("focus is dropped", "\u{1B}[I\u{1B}[Ox", .character("x")),
        Case("mouse reports are dropped", "\u{1B}[<0;3;4Mx\u{1B}[M !!y", .character("x"), .character("y")),
        Case("NUL is dropped, in a sequence too", "a\0b\u{1B}\0c", .character("a"), .character("b"), .character("c")),
        Case("C1 controls are dropped", "a\u{85}\u{9B}b", .character("a"), .character("b")),
        Case("a paste", "\u{1B}[200~x = 1\u{1B}[201~", .paste("x = 1")),
        Case("line ends of a paste", "\u{1B}[200~a\r\nb\rc\nd\u{1B}[201~", .paste("a\nb\nc\nd")),
        Case("controls in a paste", "\u{1B}[200~a\tb\u{3}\u{1B}[31mc\u{9B}\u{1B}[201~", .paste("a\tb[31mc")),
        Case("an end that is none", "\u{1B}[200~\u{1B}[201\u{1B}[201~x", .paste("[201"), .character("x")),
        Case("a paste's end alone", "\u{1B}[201~x", .character("x")),
        Case(
            "a paste that is not UTF-8", bytes: Array("\u{1B}[200~".utf8) + [0xFF] + Array("\u{1B}[201~".utf8),
            .paste("\u{FFFD}")),
        Case("a bad byte", bytes: [0x61, 0xFF, 0x62], .character("a"), .character("\u{FFFD}"), .character("b")),
        Case("a character cut short by another", bytes: [0xE4, 0xB8, 0x61], .character("\u{FFFD}"), .character("a")),
        Case(
            "a character cut short by a key", bytes: [0xE4, 0xB8, 0x1B, 0x5B, 0x41], .character("\u{FFFD}"),
            sequence("\u{1B}[A")),
        Case(
            "a surrogate", bytes: [0xED, 0xA0, 0x80], .character("\u{FFFD}"), .character("\u{FFFD}"),
            .character("\u{FFFD}")),
    ]

    @Test("whole, by byte, and cut at every place", arguments: cases)
    func splits(_ example: Case) {
        var whole = KeyReader()
        #expect(whole.take(example.bytes) == example.keys)
        #expect(whole.patience == nil)

        var slow = KeyReader()
        #expect(example.bytes.flatMap { slow.take([$0]) } == example.keys)

        for cut in example.bytes.indices {
            var reader = KeyReader()
            let keys = reader.take(example.bytes[..<cut]) + reader.take(example.bytes[cut...])
            #expect(keys == example.keys, "cut before byte \(cut)")
        }
    }

    @Test("bad UTF-8 is what Swift makes of it")
    func badText() {
        let alphabet: [UInt8] = [0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xE4, 0xED, 0xF0, 0xF4, 0xFF]
        var random = SeededRandom(seed: 1)
        for _ in 0..<2_000 {
            let bytes = (0..<8).compactMap { _ in alphabet.randomElement(using: &random) } + [0x21]
            var reader = KeyReader()
            let keys = reader.take(bytes)
            let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
            let expected: [KeyEvent] = scalars.filter { !(0x80...0x9F).contains($0.value) }.map { .character($0) }
            #expect(keys == expected)
        }
    }

    @Test("an ESC that nothing follows is the Escape key, after 30 ms")
    func escapeKey() {
        var reader = KeyReader()
        #expect(reader.take([0x1B]) == [])
        #expect(reader.patience == 30)
        #expect(reader.expire() == [.escape])
        #expect(reader.patience == nil)
    }

    @Test(
        "what was torn is dropped after 200 ms",
        arguments: ["\u{1B}[1;", "\u{1B}[", "\u{1B}O", "\u{1B}]0;ti", "\u{1B}[M!"])
    func torn(_ text: String) {
        var reader = KeyReader()
        #expect(reader.take(text.utf8) == [])
        #expect(reader.patience == 200)
        #expect(reader.expire() == [])
        #expect(reader.take("a".utf8) == [.character("a")])
    }

    @Test("half a character is dropped after 200 ms")
    func tornCharacter() {
        var reader = KeyReader()
        #expect(reader.take([0xE4, 0xB8]) == [])
        #expect(reader.patience == 200)
        #expect(reader.expire() == [])
        #expect(reader.take("a".utf8) == [.character("a")])
    }

    @Test("Alt and the letter that could begin a string are a key when nothing follows")
    func alternateIntroducer() {
        var reader = KeyReader()
        #expect(reader.take("\u{1B}P".utf8) == [])
        #expect(reader.expire() == [Self.sequence("\u{1B}P")])
    }

    @Test("a paste without an end ends after 2 s")
    func endlessPaste() {
        var reader = KeyReader()
        #expect(reader.take("\u{1B}[200~abc\n".utf8) == [])
        #expect(reader.patience == 2_000)
        #expect(reader.expire() == [.paste("abc\n")])
    }
}
