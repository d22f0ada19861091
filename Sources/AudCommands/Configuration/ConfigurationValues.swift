import AudLanguage
import Configuration

/// Typed values of a configuration file, and the messages about those of another type.
struct ConfigurationValues {
    let snapshot: YAMLSnapshot
    let path: String

    func string(_ key: String) throws(CommandError) -> String {
        guard case .string(let text) = content(key, .string), !text.isEmpty else {
            throw wrong(key, expected: "a text")
        }
        return text
    }

    /// A text, or a number as its text.
    func text(_ key: String) throws(CommandError) -> String {
        if case .int(let number) = content(key, .int) { return String(number) }
        return try string(key)
    }

    func bool(_ key: String) throws(CommandError) -> Bool {
        guard case .bool(let value) = content(key, .bool) else {
            throw wrong(key, expected: "true or false")
        }
        return value
    }

    func count(_ key: String) throws(CommandError) -> Int {
        guard case .int(let value) = content(key, .int), value >= 0 else {
            throw wrong(key, expected: "a whole number, 0 or more")
        }
        return value
    }

    func words(_ key: String, expected: String) throws(CommandError) -> [String] {
        guard case .stringArray(let words) = content(key, .stringArray), !words.isEmpty else {
            throw wrong(key, expected: expected)
        }
        return words
    }

    func wrong(_ key: String, expected: String) -> CommandError {
        var got = ""
        if case .string(let text) = content(key, .string) {
            got = text.isEmpty ? ", and is empty" : ", not \(Shown.quoted(text))"
        } else if case .stringArray = content(key, .stringArray) {
            got = ", not a list"
        }
        return CommandError("\(Shown.text(key)) in \(Shown.path(path)) must be \(expected)\(got)")
    }

    func unknown(_ key: String, _ part: String, known: [String]) -> CommandError {
        let help =
            if let near = Suggestions.closest(to: part, among: known) {
                "did you mean \(near)?"
            } else {
                "known here: \(known.joined(separator: ", "))"
            }
        return CommandError("there is no setting \(Shown.text(key)) (in \(Shown.path(path)))", help: help)
    }

    /// nil when there is no such value or it has another type.
    private func content(_ key: String, _ type: ConfigType) -> ConfigContent? {
        let components = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return try? snapshot.value(forKey: AbsoluteConfigKey(components), type: type).value?.content
    }
}
