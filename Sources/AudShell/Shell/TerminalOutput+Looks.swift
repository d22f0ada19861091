package import AudLanguage

extension TerminalOutput {
    /// How the output looks. Does not change while a session runs.
    package struct Looks: Sendable {
        /// The columns of standard output when it is a terminal, asked at each use.
        package var width: @Sendable () -> Int?
        /// The same of standard error.
        package var errorWidth: @Sendable () -> Int?
        package var outTheme: Theme
        package var errorTheme: Theme
        package var isCSVRaw: Bool
        /// Whether output may have characters beyond ASCII for drawing.
        package var isUnicode: Bool
        /// No notices, only warnings and errors.
        package var isQuiet: Bool
        /// How diagnostics are written, `--diagnostics`.
        package var diagnostics: DiagnosticRenderer.Format
        /// How progress is told.
        package var progress: ProgressStyle

        package init(
            width: @escaping @Sendable () -> Int? = { nil }, errorWidth: @escaping @Sendable () -> Int? = { nil },
            outTheme: Theme = .plain, errorTheme: Theme = .plain, isCSVRaw: Bool = false,
            isUnicode: Bool = true, isQuiet: Bool = false, diagnostics: DiagnosticRenderer.Format = .rich,
            progress: ProgressStyle = .silent
        ) {
            self.width = width
            self.errorWidth = errorWidth
            self.outTheme = outTheme
            self.errorTheme = errorTheme
            self.isCSVRaw = isCSVRaw
            self.isUnicode = isUnicode
            self.isQuiet = isQuiet
            self.diagnostics = diagnostics
            self.progress = progress
        }
    }
}
