public import ArgumentParser
public import AudLanguage
package import AudShell

/// How values and messages are written.
package struct OutputOptions: ParsableArguments {
    @Option(help: "How values are written: table, json, ndjson, csv or ids (default: table).")
    package var format: OutputFormat?

    @Flag(name: .customLong("csv-raw"), help: "Leave text in CSV as it is, even when a spreadsheet would run it.")
    package var rawCSV = false

    @Option(help: "How errors and warnings are written: rich, short or json.")
    package var diagnostics: DiagnosticRenderer.Format = .rich

    @Option(help: "Colours: auto, always or never (default: auto).")
    package var color: ColorPolicy?

    @Flag(help: "No reports and notices; errors are still written.")
    package var quiet = false

    package init() {}
}

extension DiagnosticRenderer.Format: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
extension ColorPolicy: ExpressibleByArgument {}
