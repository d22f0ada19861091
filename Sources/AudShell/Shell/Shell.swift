// The interactive loop: read a statement, run it, say what became of it.
//
// Invariants: one statement runs at a time, in a task of its own, and Ctrl-C cancels that task and never the shell. Staged
// calls are not lost by leaving without a question, where there is somebody to ask.

internal import AudLanguage
internal import AudRuntime
internal import SegmentAudiences
internal import Synchronization

package actor Shell {
    let session: any ShellSession
    let terminal: any ShellTerminal
    let output: TerminalOutput
    var setup: ShellSetup
    let running: RunningStatement
    private let scope: LatestScope
    var history: ShellHistory
    private var number = 0
    var end: ShellEnd?
    /// The name that the last statement bound, while a line that starts with `|` would bind it anew.
    private var bound: String?
    /// What ran to its end, for `:save`.
    var script: SessionScript
    /// The last statement, for `:edit`.
    var lastText = ""
    /// What stands in the next line before a key is pressed.
    var draft: String?
    /// Whether statements say how long they took.
    var isTiming = false
    /// What others do, where it can be told above the prompt: a terminal that cannot move its cursor would show it in the
    /// middle of what is typed.
    nonisolated let watch: PromptWatch?
    /// Whether the text that runs is written down anywhere.
    var isKept = true
    /// The run of an apply that was interrupted, while calls of it are staged.
    var unfinishedRun: Int64?
    /// How the line that runs ends, in a word for the history.
    var outcome = "done"

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
        script = SessionScript(library: session.library)
        watch =
            terminal.isInteractive && !output.looks.isQuiet
            ? PromptWatch(session: session, process: setup.process, goOn: setup.goOn) { output.remark($0) } : nil
    }

    /// Reads and runs statements until the person leaves.
    package func run() async -> ShellEnd {
        let watcher = watchSignals()
        output.onFailure { [running] _ in running.cancel() }
        // Whatever is said while a line is edited stands above it.
        if terminal.isInteractive { output.routeErrors { [terminal, setup] in terminal.print(setup.mask($0)) } }
        if terminal.hasPerson { answerQuestions() }
        await runStartUp()
        while end == nil {
            if output.failure != nil {
                end = .outputFailed
                break
            }
            if terminal.isInteractive { scope.update(await session.scope()) }
            let prompt = await prompt()
            let watching = watch?.begin()
            let typed = await terminal.read(prompt)
            watching?.cancel()
            switch typed {
            case .statement(let text): await handle(text)
            case .interrupted: continue
            case .end: await quit()
            case .closed: end = .closed
            }
        }
        watcher.cancel()
        output.flush()
        output.routeErrors(nil)
        return end ?? .left
    }

    /// Asks the person what a script asks. Ctrl-C is no answer: it cancels the statement, as it does everywhere in it.
    private func answerQuestions() {
        output.setAsker { [terminal, running] question in
            switch await terminal.ask(Prompt(StyledText("\(question) [y/N] "))) {
            case .statement(let answer): return ["y", "yes"].contains(answer.trimmed.lowercased())
            case .interrupted:
                running.cancel()
                return nil
            case .end, .closed: return false
            }
        }
    }

    private func runStartUp() async {
        guard let file = setup.startUp else { return }
        running.open()
        await start(with: file)
        running.close()
    }

    private func prompt() async -> Prompt {
        var prompt = await ShellPrompt(
            profile: setup.profile, space: session.space?.name, mode: session.mode, staged: session.plan.count,
            isReadOnly: setup.refusal != nil, color: setup.promptColor
        ).prompt
        prompt.draft = draft ?? ""
        draft = nil
        return prompt
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

    /// A line that takes the place of the `^C` that a terminal echoes where lines are not edited.
    private static func overKey(_ text: String) -> String { "\r\(text)" }

    // MARK: Statements

    private func handle(_ text: String) async {
        running.open()
        defer { running.close() }
        let line = text.trimmed
        guard !line.isEmpty else { return }
        let kept = ShellHistory.kept(text, mask: setup.mask)
        isKept = kept != nil
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
            output.say(fitted: "The history of this session is kept in memory only.")
        }
    }

    /// Does what a text says and answers with a word for the history.
    func perform(_ text: String, line: String) async -> String {
        // A step of the tour is a line within a line.
        let outer = outcome
        outcome = "done"
        defer { outcome = outer }
        if line.hasPrefix(":") {
            await perform(command: line)
        } else if let topic = helpTopic(line) {
            help(topic)
        } else if line == "exit" || line == "quit", !session.names.contains(line) {
            output.say(fitted: "To leave: :quit, or Ctrl-D.")
        } else {
            outcome = await runStatement(StatementSource(text))
        }
        return outcome
    }

    /// `help` and what stands behind it, such as `help where` or `help at most`, unless a text has bound the name.
    private func helpTopic(_ line: String) -> String? {
        session.names.contains("help") ? nil : HelpTopic.asked(by: line)
    }

    func runStatement(_ source: StatementSource) async -> String {
        number += 1
        if isKept { lastText = source.text }
        return await run(source.file(number: number), as: source.reading.mode, typed: source)
    }

    /// Runs a text and says what became of it, in a word also for the history.
    func run(_ file: SourceFile, as mode: SourceMode, typed source: StatementSource? = nil) async -> String {
        if let refusal = await refusalToChange(file, as: mode) {
            refuse(refusal)
            return "failed"
        }
        let (began, waitedBefore) = (setup.now(), setup.waited())
        let result = await running.run { [session] in await session.run(file, as: mode, parameters: [:]) }
        let (took, waited) = (began.duration(to: setup.now()), setup.waited() - waitedBefore)
        await page()
        output.flush()
        output.setSources(await session.sources)
        switch result {
        case .incomplete(let open):
            let what = open.last.map { "`\($0)` is still open" } ?? "more has to follow"
            output.say(output.looks.errorTheme.danger("error:") + " the statement is not finished: \(what)")
            return "failed"
        case .rejected(let diagnostics):
            output.report(diagnostics)
            return "failed"
        case .finished(let report):
            if report.error == nil, let source { tellRebinding(by: source) }
            await keep(file, mode, report)
            await close(report)
            if isTiming { tellTime(report, took: took, waited: waited) }
            return report.historyOutcome
        }
    }

    /// Keeps a text for `:save`. Also one that is not to be saved has names and values that others use, and of several
    /// statements the first ones may have run when a later one failed.
    private func keep(_ file: SourceFile, _ mode: SourceMode, _ report: RunReport) async {
        let failed = report.error != nil
        if failed, Parser.parse(file, fileIndex: 0, mode: mode).statements.count < 2 { return }
        let text = String(decoding: file.bytes, as: UTF8.self)
        var omission: SessionScript.Omission? = failed ? .failed : nil
        if ShellHistory.withoutSecrets(text, mask: setup.mask) != text { omission = .secret }
        if !isKept { omission = .unkept }
        script.add(
            text, mode: mode, in: report.asksWorkspace ? await session.space?.name : nil, staged: report.staged > 0,
            omitted: omission)
        if failed, mode == .prompt { script.leaveGap() }
    }

    /// A line that starts with `|` goes on with the last value; behind `let NAME = …` it binds the name anew, which
    /// nobody sees unless it is said.
    private func tellRebinding(by source: StatementSource) {
        switch source.lastStatement {
        case .resume: if let bound { output.say(fitted: "`\(bound)` is bound to the result.") }
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
        case .live: output.report(report, rows: rows, stateOption: setup.stateOption)
        case .dryRun: await closeDryRun(report)
        }
    }

    private func closeDryRun(_ report: RunReport) async {
        for reason in report.incomplete { output.notice(.incompleteListing(reason)) }
        guard !report.outcomes.isEmpty else { return }
        if report.error != nil { return output.say(fitted: "Nothing of this statement was staged.") }
        var others = report
        others.outcomes = report.outcomes.filter { $0.status != .planned }
        var parts: [String] = []
        if report.staged > 0 { parts.append("\(report.staged) staged") }
        if !others.outcomes.isEmpty { parts.append(RunReportView(others).partition(output.looks.errorTheme)) }
        let total = await session.plan.count
        if total > report.staged { parts.append(report.staged > 0 ? "\(total) in all" : "\(total) staged in all") }
        let next = report.staged > 0 ? "; nothing was sent (\(setup.stagedCommands))" : ""
        output.say(parts.joined(separator: ", ") + next)
    }

    func show(_ error: RuntimeError) {
        refuse(error.atPrompt.diagnostic)
    }

    /// Says why a command does not do what it is for. The text is safe already.
    func refuse(_ text: String) {
        outcome = "failed"
        output.say(text)
    }

    func refuse(_ diagnostic: Diagnostic) {
        outcome = "failed"
        output.report(diagnostic)
    }

    /// Calls and items that fit one screen, beside what else a report says.
    var rows: Int { max(6, terminal.rows - 10) }
}
