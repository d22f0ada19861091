import ArgumentParser
import AudLanguage

/// How `aud check` writes what it finds.
package enum CheckFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// For people: messages with their lines, and a table of what a script can do.
    case rich
    /// One line each.
    case short
    /// One JSON object a line: a message on standard error, a script on standard output.
    case json
    /// One log of SARIF 2.1.0 for all files, on standard output.
    case sarif

    /// The form of messages; those of a log stand in it, and what cannot stand there is for people.
    var messages: DiagnosticRenderer.Format {
        switch self {
        case .rich, .sarif: .rich
        case .short: .short
        case .json: .json
        }
    }
}
