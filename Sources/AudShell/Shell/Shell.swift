// The interactive loop: read a statement, run it, say what became of it.
//
// Invariants: one statement runs at a time, in a task of its own, and Ctrl-C cancels that task and never the shell. Staged
// calls are not lost by leaving without a question, where there is somebody to ask.

internal import AudLanguage
internal import AudRuntime
internal import Synchronization

package actor Shell {
    let session: any ShellSession
    let terminal: any ShellTerminal
    let output: TerminalOutput
    let setup: ShellSetup
    let running: RunningStatement
    private let scope: LatestScope
    var history: ShellHistory
    private var number = 0
    var end: ShellEnd?
    /// The name that the last statement bound, while a line that starts with `|` would bind it anew.
    private var bound: String?

    /// - Parameters:
    ///   - running: opened by the editor's host, where the terminal has one.
    ///   - scope: told at each prompt what the session holds.
    package init(
        session: any ShellSession, terminal: any ShellTerminal, output: TerminalOutput, setup: ShellSetup,
        running: RunningStatement = RunningStatement(), scope: LatestScope = LatestScope()
    ) {
        self.running = running
        self.scope = scope
        self.session = session
        self.terminal = terminal
        self.output = output
        self.setup = setup
        history = ShellHistory(profile: setup.profile, store: setup.store)
    }

    /// Reads and runs statements until the person leaves.
    package func run() async -> ShellEnd {
        let watcher = watchSignals()
        output.onFailure { [running] _ in running.cancel() }
        while end == nil {
            if output.failure != nil {
                end = .outputFailed
                break
            }
            if terminal.isInteractive { scope.update(await session.scope()) }
            switch await terminal.read(await prompt()) {
            case .statement(let text): await handle(text)
            case .interrupted: continue
            case .end: await quit()
            case .closed: end = .closed
            }
        }
        watcher.cancel()
        output.flush()
        return end ?? .left
    }

    private func prompt() async -> Prompt {
        await ShellPrompt(
            profile: setup.profile, space: session.space?.name, mode: session.mode, staged: session.plan.count
        ).prompt
    }

    /// Ctrl-C while a statement runs. The runtime lets go of a call in flight before it answers, which may take a while:
    /// the second time says so, the third leaves at once.
    private func watchSignals() -> Task<Void, Never> {
        let (signals, running, output, leave) = (terminal.signals, running, output, setup.leaveAtOnce)
        return Task {
            for await signal in signals {
                switch (signal, running.cancel()) {
                case (.terminate, _): break
                case (.interrupt, 0), (.interrupt, 1): break
                case (.interrupt, 2):
                    output.say(
                        Self.overKey(
                            "stopping: a change that was sent is awaited; Ctrl-C again leaves at once, and the journal is safe"
                        ))
                case (.interrupt, _): leave()
                }
            }
        }
    }

    /// A line that takes the place of the `^C` that the terminal has echoed.
    private static func overKey(_ text: String) -> String { "\r\(text)" }

    // MARK: Statements

    private func handle(_ text: String) async {
        running.open()
        defer { running.close() }
        let line = text.trimmed
        guard !line.isEmpty else { return }
        let kept = ShellHistory.kept(text, mask: setup.mask)
        if let kept {
            terminal.remember(kept)
            history.begin(kept, mode: await session.mode, at: setup.wallNow())
        }
        let began = setup.now()
        measureScreen()
        let outcome = await perform(text, line: line)
        if kept != nil { history.end(duration: began.duration(to: setup.now()), outcome: outcome) }
        await page()
        output.flush()
        if let trouble = history.takeTrouble() {
            output.report(trouble.diagnostic)
            output.say("The history of this session is kept in memory only.")
        }
    }

    /// Does what a text says and answers with a word for the history.
    func perform(_ text: String, line: String) async -> String {
        if line.hasPrefix(":") {
            await perform(command: line)
            return "done"
        }
        if let topic = helpTopic(line) {
            help(topic)
            return "done"
        }
        if line == "exit" || line == "quit", !session.names.contains(line) {
            output.say("To leave: :quit, or Ctrl-D.")
            return "done"
        }
        return await runStatement(StatementSource(text))
    }

    /// `help` and `help NAME`, unless a text has bound the name.
    private func helpTopic(_ line: String) -> String? {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.first == "help", words.count <= 2, !session.names.contains("help") else { return nil }
        guard let topic = words.dropFirst().first else { return "" }
        return topic.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" } ? String(topic) : nil
    }

    func runStatement(_ source: StatementSource) async -> String {
        number += 1
        let file = source.file(number: number)
        let mode = source.reading.mode
        let result = await running.run { [session] in await session.run(file, as: mode, parameters: [:]) }
        await page()
        output.flush()
        output.setSources(await session.sources)
        switch result {
        case .incomplete(let open):
            let what = open.last.map { "`\($0)` is still open" } ?? "more has to follow"
            output.say(output.looks.errorTheme.danger("error:") + " the statement is not finished: \(what)")
            return "failed"
        case .rejected(let diagnostics):
            for diagnostic in diagnostics { output.report(diagnostic) }
            return "failed"
        case .finished(let report):
            if report.error == nil { tellRebinding(by: source) }
            await close(report)
            return report.historyOutcome
        }
    }

    /// A line that starts with `|` goes on with the last value; behind `let NAME = …` it binds the name anew, which
    /// nobody sees unless it is said.
    private func tellRebinding(by source: StatementSource) {
        switch source.lastStatement {
        case .resume: if let bound { output.say("`\(bound)` is bound to the result.") }
        case .let(.name(let name), _): bound = name.text
        case nil: break
        default: bound = nil
        }
    }

    /// Says what a run did to the workspace or to the plan, and why it stopped.
    private func close(_ report: RunReport) async {
        if let error = report.error {
            if error.kind == .cancelled { output.say(Self.overKey("Interrupted.")) } else { show(error) }
        }
        switch await session.mode {
        case .live: output.report(report, rows: rows)
        case .dryRun: await closeDryRun(report)
        }
    }

    private func closeDryRun(_ report: RunReport) async {
        for reason in report.incomplete { output.notice(.incompleteListing(reason)) }
        guard !report.outcomes.isEmpty else { return }
        if report.error != nil { return output.say("Nothing of this statement was staged.") }
        var others = report
        others.outcomes = report.outcomes.filter { $0.status != .planned }
        var parts: [String] = []
        if report.staged > 0 { parts.append("\(report.staged) staged") }
        if !others.outcomes.isEmpty { parts.append(RunReportView(others).partition(output.looks.errorTheme)) }
        let total = await session.plan.count
        if total > report.staged { parts.append(report.staged > 0 ? "\(total) in all" : "\(total) staged in all") }
        let next = report.staged > 0 ? "; nothing was sent (:plan shows, :apply sends, :discard drops)" : ""
        output.say(parts.joined(separator: ", ") + next)
    }

    func show(_ error: RuntimeError) {
        output.report(error.diagnostic)
    }

    /// Calls and items that fit one screen, beside what else a report says.
    var rows: Int { max(6, terminal.rows - 10) }
}
