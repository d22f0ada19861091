// Why a value cannot be written in a form.

/// A sentence, and what to write instead.
package struct ViewError: Error, Sendable, Hashable {
    /// Without a full stop.
    package var message: String
    package var help: String?

    package init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}
