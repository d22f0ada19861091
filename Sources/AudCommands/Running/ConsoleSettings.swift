import AudLanguage
import AudShell

/// How a console writes, apart from the command line that said so.
struct ConsoleSettings: Sendable {
    var format = OutputFormat.table
    /// `--csv-raw`
    var isCSVRaw = false
    var diagnostics = DiagnosticRenderer.Format.rich
    /// nil: what the profile says, else `auto`.
    var color: ColorPolicy?
    var isQuiet = false
}

extension OutputOptions {
    var settings: ConsoleSettings {
        ConsoleSettings(
            format: format ?? .table, isCSVRaw: rawCSV, diagnostics: diagnostics, color: color, isQuiet: quiet
        )
    }
}
