/// Quotes an argument for a POSIX shell, so that a command which aud prints can be copied and run as it stands.
///
/// Text with control or bidirectional characters is written as `$'…'` with escapes: such a name never reaches the
/// terminal raw, and still means the same bytes to bash and zsh.
package enum ShellQuoting {
    package static func quote(_ argument: String) -> String {
        if !argument.isEmpty, argument.utf8.allSatisfy(isPlain) { return argument }
        if argument.unicodeScalars.contains(where: isUnprintable) { return ansi(argument) }
        return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    package static func command(_ arguments: [String]) -> String {
        arguments.map(quote).joined(separator: " ")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "_@%+=:,./-".utf8.contains(byte)
        }
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }

    private static func ansi(_ argument: String) -> String {
        var text = "$'"
        for scalar in argument.unicodeScalars {
            if scalar == "'" || scalar == "\\" {
                text += "\\\(scalar)"
            } else if isUnprintable(scalar) {
                // Three octal digits: a hexadecimal escape would swallow a digit that follows.
                for byte in String(scalar).utf8 {
                    let octal = String(byte, radix: 8)
                    text += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text + "'"
    }
}
