// One grapheme cluster as it stands on the screen.
//
// Widths: the emoji that modern terminals draw as one picture are 2; any other cluster has the sum of the `wcwidth` of
// its characters, which is what terminals add up (an Indic conjunct takes as many columns as its letters).
// Whatever could act on a terminal or hide from the reader (controls, bidi controls, separators) is spelled out.

internal import CEditline

package struct Cell: Sendable, Equatable {
    package var text: String
    /// In columns; at least 1.
    package var width: Int
    package var style: Style
    /// Terminals disagree on its width: after writing it, the column has to be set.
    package var isDisputed: Bool

    static let unplaceable = "?"

    /// The clusters that `character` is shown as: itself, or the letters that spell out what cannot be shown.
    /// A tab has none: its width depends on the column.
    static func spelling(of character: Character) -> [Cell] {
        let scalars = character.unicodeScalars
        guard let base = scalars.first else { return [] }
        if scalars.count == 1, let letters = escape(of: base) {
            return letters.map { Cell(text: String($0), width: 1, style: .plain, isDisputed: false) }
        }
        if ced_width(base.value) == 0 {
            return [Cell(text: "◌" + String(character), width: 1, style: .plain, isDisputed: false)]
        }
        if ced_width(base.value) < 0 {
            return hexadecimal(base).map { Cell(text: String($0), width: 1, style: .plain, isDisputed: false) }
        }
        var sum = 0
        var isPicture = base.properties.isEmojiPresentation
        var isDisputed = false
        for scalar in scalars {
            sum += max(0, Int(ced_width(scalar.value)))
            switch scalar.value {
            case 0xFE0F:
                isPicture = isPicture || base.properties.isEmoji
                isDisputed = true
            case 0x200D, 0x1F3FB...0x1F3FF:
                isPicture = isPicture || base.properties.isEmoji && !base.isASCII
                isDisputed = true
            case 0xFE0E, 0x1F1E6...0x1F1FF, 0xE0020...0xE007F: isDisputed = true
            default: break
            }
        }
        let isHalfFlag = (0x1F1E6...0x1F1FF).contains(base.value) && scalars.count == 1
        let width = isPicture && !isHalfFlag ? 2 : sum
        return [Cell(text: String(character), width: width, style: .plain, isDisputed: isDisputed)]
    }

    /// How a character is written that must not reach the terminal; nil for the others.
    private static func escape(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x00...0x1F: return "^" + String(Unicode.Scalar(UInt8(scalar.value) + 0x40))
        case 0x20...0x7E: return nil
        case 0x7F: return "^?"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return hexadecimal(scalar)
        case .format where scalar != "\u{200C}" && scalar != "\u{200D}": return hexadecimal(scalar)
        default: return nil
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
}
