/// Why the shell does not do what was asked for.
package struct ShellRefusal: Error, Sendable, Hashable {
    /// One sentence, without a full stop.
    package var message: String
    /// What to write or do instead.
    package var help: String?

    package init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}
