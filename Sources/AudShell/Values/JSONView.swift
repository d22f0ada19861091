// A value as the language's JSON, made safe to print: what could hide or turn text on a screen is written as `\uXXXX`,
// which is the same text to any reader of JSON.

internal import AudLanguage

enum JSONView {
    /// The JSON text; pretty with two blanks a level.
    static func text(of value: Value, pretty: Bool = false) throws(ViewError) -> String {
        var limits = Limits()
        // The value is there; only its text is made.
        limits.stringBytes = .max
        do throws(RuntimeError) {
            return escaped(try value.json(indent: pretty ? 2 : 0, limits: limits))
        } catch {
            throw ViewError(error.message, help: error.help)
        }
    }

    /// Outside of its strings JSON is ASCII without controls but line ends, so all that is unsafe stands in a string.
    private static func escaped(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x80 }),
            TerminalText.escaped(json, keepingLines: true).utf8.count != json.utf8.count
        else { return json }
        var text = ""
        for scalar in json.unicodeScalars {
            if isUnsafe(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && TerminalText.escaped(String(scalar)).unicodeScalars.first != scalar
    }
}
