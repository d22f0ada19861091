// Why a value cannot be written in a form.

/// A sentence, and what to write instead.
package struct ViewError: Error, Sendable, Hashable {
    /// Without a full stop.
    package var message: String
    package var help: String?
    /// Whether the run is to stop, which says so itself.
    package var isInterruption: Bool

    package init(_ message: String, help: String? = nil, isInterruption: Bool = false) {
        self.message = message
        self.help = help
        self.isInterruption = isInterruption
    }
}
