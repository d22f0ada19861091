/// The one function that makes text of others fit to be shown on a terminal.
///
/// Names of audiences come from anyone in the workspace, and a script may come from anywhere: a control character in
/// them could move the cursor, and a bidi control could show a line in another order than it is read.
public enum TerminalText {
    /// The text with C0 and C1 controls, DEL, bidi controls and line separators written as `\u{…}`.
    ///
    /// - Parameter keepingLines: whether newlines and tabs stay as they are, for text that is a block of its own.
    public static func escaped(_ text: some StringProtocol, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return String(text) }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar), !(keepingLines && (scalar == "\n" || scalar == "\t")) {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a terminal could take the scalar for something other than text.
    package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029: true
        default: false
        }
    }
}
