// Whether output has colours: `--color`, and what the environment asks for.

/// The option `--color`.
package enum ColorPolicy: String, CaseIterable, Sendable {
    case auto, always, never

    /// Whether to write colours to a stream.
    ///
    /// `auto` follows https://no-color.org: any text in `NO_COLOR` turns colours off, as does a dumb terminal.
    package func isColored(terminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            terminal && (environment["NO_COLOR"] ?? "").isEmpty
                && environment["TERM"].map { !$0.isEmpty && $0 != "dumb" } ?? false
        }
    }
}
