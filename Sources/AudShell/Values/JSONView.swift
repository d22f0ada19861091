// A value as the language's JSON, in which what could hide or turn text on a screen is written as `\uXXXX` already.

internal import AudLanguage

enum JSONView {
    /// The JSON text; pretty with two blanks a level.
    static func text(of value: Value, pretty: Bool = false) throws(ViewError) -> String {
        var limits = Limits()
        // The value is there; only its text is made.
        limits.stringBytes = .max
        do throws(RuntimeError) {
            return try value.json(indent: pretty ? 2 : 0, limits: limits)
        } catch {
            throw ViewError(error.message, help: error.help)
        }
    }
}
