import AudTesting

/// The interactive shell on a terminal, with a home of its own.
@TerminalActor
struct TerminalShell {
    /// The prompt of the sandbox with nothing staged.
    static let prompt = "sandbox/prod dry>"
    static let introduction = "Dry run: changes are staged and not sent. :help explains, Ctrl-D leaves."

    var folder: TemporaryFolder
    /// Instead of those that every test has.
    var variables: [String: String] = [:]

    /// Runs a test on a shell that shows its first prompt.
    static func with(
        _ arguments: [String] = ["--sandbox"], variables: [String: String] = [:], columns: Int = 80, rows: Int = 24,
        prompt: String = prompt, _ body: (PseudoTerminal) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let shell = TerminalShell(folder: folder, variables: variables)
            let terminal = try shell.start(arguments, columns: columns, rows: rows)
            try terminal.waitForPrompt(prompt)
            try body(terminal)
        }
    }

    func start(
        _ arguments: [String] = ["--sandbox"], columns: Int = 80, rows: Int = 24, files: [Int32: String] = [:]
    ) throws -> PseudoTerminal {
        let environment = [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "EDITRC": "/dev/null", "PATH": "/usr/bin:/bin",
            "HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/config", "XDG_STATE_HOME": folder.path + "/state",
            "SWIFT_BACKTRACE": "enable=no", "AUD_PAGER": "cat",
        ]
        return try PseudoTerminal(
            AudProcess.path, arguments, environment: environment.merging(variables) { $1 }, columns: columns,
            rows: rows, files: files)
    }
}

extension ScreenModel {
    /// A fresh prompt, with the cursor where the statement begins.
    func isAt(prompt: String) -> Bool {
        bracketsPaste && line(row) == prompt && column == prompt.count + 1
    }

    /// The rows that have left the screen, and those on it.
    var allLines: [String] { scrollback + lines }
}

extension PseudoTerminal {
    @TerminalActor
    func waitForPrompt(_ prompt: String = TerminalShell.prompt) throws {
        try wait(for: "the prompt ‘\(prompt)’") { $0.isAt(prompt: prompt) }
    }

    /// Types a statement, waits for one more row that is `row`, then for the prompt.
    @TerminalActor
    func run(_ statement: String, row: String, prompt: String = TerminalShell.prompt) throws {
        try run(statement, "the row ‘\(row)’", prompt: prompt) { $0 == row }
    }

    /// Types a statement, waits for one more row that contains `text`, then for the prompt.
    @TerminalActor
    func run(_ statement: String, text: String, prompt: String = TerminalShell.prompt) throws {
        try run(statement, "‘\(text)’", prompt: prompt) { $0.contains(text) }
    }

    @TerminalActor
    private func run(_ statement: String, _ what: String, prompt: String, _ isWanted: (String) -> Bool) throws {
        let before = screen.allLines.count(where: isWanted)
        try send(statement + "\r")
        try wait(for: what) { $0.allLines.count(where: isWanted) > before }
        try waitForPrompt(prompt)
    }

    /// As a terminal sends what is pasted.
    func paste(_ text: String) throws {
        try paste(Array(text.utf8))
    }

    func paste(_ bytes: [UInt8]) throws {
        try send(Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8))
    }

    /// Whether the terminal is as a program should leave it.
    var isRestored: Bool {
        modes == .cooked && screen.isCursorVisible && !screen.bracketsPaste && !screen.isSynchronizing
    }
}
