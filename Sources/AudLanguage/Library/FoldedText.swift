/// What `fold` does: a case folding with most of Unicode's compatibility folding, from what Swift's standard library
/// knows about characters. Equal folded texts look alike to people; the reverse holds but for rare scripts.
///
/// - Case: by upper case and then lower case, so `ß` and `SS` fold to `ss`, final sigma to sigma, `ﬁ` to `fi`.
/// - Width: full-width ASCII becomes ASCII; every kind of space one space.
/// - Digits in a circle or raised become digits.
/// - What shows nothing (soft hyphens, joiners, variation selectors) is dropped.
/// - A letter followed by accents becomes the one character for both where there is one.
enum FoldedText {
    static func fold(_ text: String, _ meter: Meter) throws(RuntimeError) -> String {
        if text.utf8.count < Self.piece { return fold(piece: text) }
        var folded = ""
        var piece = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count >= Self.piece, startsCharacter(scalar) || count >= 4 * Self.piece {
                folded += fold(piece: String(piece))
                try meter.check(stringBytes: folded.utf8.count)
                piece = String.UnicodeScalarView()
                count = 0
            }
            try meter.charge()
            piece.append(scalar)
            count += 1
        }
        return folded + fold(piece: String(piece))
    }

    /// A long text is folded in pieces of about so many scalars. No person's character is four times as long.
    private static let piece = 1_024

    /// Whether nothing before the scalar can belong to the same character.
    private static func startsCharacter(_ scalar: Unicode.Scalar) -> Bool {
        // Combining marks begin at U+0300; the letters of Hangul combine with each other.
        scalar.value < 0x300 && scalar != "\n"
            || !scalar.properties.isGraphemeExtend && !(0x1100...0x11FF).contains(scalar.value)
    }

    private static func fold(piece text: String) -> String {
        // ASCII, the usual case, needs none of the tables.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { append(scalar, to: &scalars) }
        // Twice, as a mapping may give a character that has a mapping itself.
        return composed(composed(String(scalars)).uppercased().lowercased())
    }

    private static func append(_ scalar: Unicode.Scalar, to scalars: inout String.UnicodeScalarView) {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return }
        if scalar == "\u{1E9E}" {
            // The capital of ß is its own upper case.
            scalars.append("ß")
        } else if (0xFF01...0xFF5E).contains(scalar.value), let narrow = Unicode.Scalar(scalar.value - 0xFEE0) {
            scalars.append(narrow)
        } else if properties.generalCategory == .spaceSeparator {
            scalars.append(" ")
        } else if properties.numericType == .digit, let value = properties.numericValue,
            let digit = Unicode.Scalar(0x30 + UInt32(value))
        {
            scalars.append(digit)
        } else {
            scalars.append(scalar)
        }
    }

    /// Swift compares characters by canonical equivalence, so a table of the composed characters finds the one that a
    /// letter with its accents is equal to.
    private static let composedCharacters: Set<Character> = {
        var characters: Set<Character> = []
        for range: ClosedRange<UInt32> in [
            0x00C0...0x0557, 0x0622...0x06D3, 0x0929...0x0DDE, 0x1E00...0x1FFF, 0x3040...0x30FF,
        ] {
            for value in range {
                guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
                characters.insert(Character(scalar))
            }
        }
        return characters
    }()

    private static func composed(_ text: String) -> String {
        var result = ""
        for character in text {
            let scalars = character.unicodeScalars
            if character.isASCII {
                result.append(character)
            } else if let place = composedCharacters.firstIndex(of: character) {
                result.append(composedCharacters[place])
            } else if let syllable = hangul(scalars) {
                result.unicodeScalars.append(syllable)
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// The syllable of two or three Hangul letters, by the arithmetic of the Unicode standard, section 3.12.
    private static func hangul(_ scalars: Character.UnicodeScalarView) -> Unicode.Scalar? {
        let values = scalars.map(\.value)
        guard values.count == 2 || values.count == 3, (0x1100...0x1112).contains(values[0]),
            (0x1161...0x1175).contains(values[1])
        else { return nil }
        var syllable = 0xAC00 + ((values[0] - 0x1100) * 21 + values[1] - 0x1161) * 28
        if values.count == 3 {
            guard (0x11A8...0x11C2).contains(values[2]) else { return nil }
            syllable += values[2] - 0x11A7
        }
        return Unicode.Scalar(syllable)
    }
}
