// What the colon commands do. Each is one row of `ColonCommand` and one method here.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    /// Does what a line says that starts with a colon.
    func perform(command line: String) async {
        let words = line.dropFirst().split(separator: " ", maxSplits: 1)
        let name = words.first.map(String.init) ?? ""
        guard let command = ColonCommand.named(name) else {
            let near = Suggestions.closest(to: name, among: ColonCommand.all.map(\.name))
            refuse("there is no command `:\(TerminalText.escaped(name))`")
            output.say(fitted: near.map { "help: did you mean `:\($0)`?" } ?? "help: `:help` lists the commands")
            return
        }
        let argument = words.count > 1 ? words[1].trimmed : ""
        guard argument.isEmpty || command.argument != .nothing else {
            return refuse("`:\(name)` takes no argument")
        }
        await command.action(self, argument)
    }

    func help(_ topic: String) {
        let (theme, width) = (output.looks.errorTheme, output.looks.errorWidth())
        if topic.isEmpty {
            let lines = HelpTopic.overview(of: session.library, width: width, theme: theme)
            return output.sayLong(lines.joined(separator: "\n"))
        }
        if let lines = HelpTopic.found(topic, in: session.library, width: width, theme: theme) {
            return output.sayLong(lines.joined(separator: "\n"))
        }
        refuse(HelpTopic.unknown(topic, in: session.library).joined(separator: "\n"))
    }

    func examples() {
        let lines = ShellExample.lines(theme: output.looks.errorTheme)
        output.say(lines.joined(separator: "\n"))
    }

    func showPlan(savingTo path: String) async {
        guard await !session.plan.isEmpty else { return output.say(fitted: "Nothing is staged.") }
        await running.run { [session] in await session.examine() }
        let bill = await bill()
        output.preview(
            await session.plan, bill: bill, caps: setup.caps, allowIncomplete: setup.allowIncomplete,
            command: setup.refusal == nil ? ":apply" : "take another profile, for this one is read-only", rows: rows)
        output.flush()
        if !path.isEmpty { await save(to: path, duration: bill?.duration) }
    }

    /// Saves what is staged, which stays staged.
    private func save(to path: String, duration: Duration?) async {
        guard let saving = setup.saving else { return refuse("plans cannot be saved from this shell") }
        let file: PlanFile
        do throws(RuntimeError) {
            file = try await session.save(host: saving.host, parameters: [:], duration: duration)
            if let failure = saving.write(file.text, path) { return refuse(TerminalText.escaped(failure)) }
        } catch {
            return show(error)
        }
        output.say(
            "Saved in \(TerminalText.escaped(path)). To send it from there: "
                + TerminalText.escaped(saving.command(path, file.plan)))
    }

    func apply() async {
        if let refusal = setup.refusal { return refuse(TerminalText.escaped(refusal)) }
        await running.run { [session] in await session.examine() }
        let plan = await session.plan
        guard let question = ConfirmationQuestion(plan) else { return output.say(fitted: "Nothing is staged.") }
        let bill = await bill()
        output.preview(
            plan, bill: bill, caps: setup.caps, allowIncomplete: setup.allowIncomplete, command: nil, rows: rows,
            whole: "`:plan` has all after `:format json`")
        let view = PlanView(plan, bill: bill, caps: setup.caps, allowIncomplete: setup.allowIncomplete)
        if let obstacle = view.obstacles.first { return say(ShellRefusal(obstacle)) }
        for question in [ConfirmationQuestion(breaking: plan, caps: setup.caps), question].compactMap({ $0 }) {
            guard case .statement(let answer) = await terminal.ask(Prompt(StyledText(question.text))),
                question.accepts(answer)
            else { return refuse(question.refusal) }
        }
        let report = await running.run { [session] in await session.apply() }
        output.setSources(await session.sources)
        if let error = report.error { show(error) }
        output.report(report, rows: rows, stateOption: setup.stateOption)
        outcome = report.historyOutcome
        await noteApply(report)
        unfinishedRun = nil
        guard report.canResume, let run = report.run else { return }
        let left = await session.plan.count
        if left > 0 { unfinishedRun = run }
        let still =
            switch left {
            case 0: ""
            case 1: "1 call that was not attempted stays staged; :apply sends it. "
            default: "\(left) calls that were not attempted stay staged; :apply sends them. "
            }
        output.say(fitted: still + "Run \(run) is in the journal.")
        output.say("To go on: \(TerminalText.escaped(setup.goOn(run)))")
    }

    /// What `:save` is to know of an apply. What was refused before its first call has changed nothing.
    private func noteApply(_ report: RunReport) async {
        guard !report.outcomes.isEmpty else { return }
        if isKept { script.note(":apply") }
        // What is still staged may yet be dropped, and its statements with it.
        if await session.plan.isEmpty { script.settleStaged() }
    }

    func showRuns() async {
        do throws(StateError) {
            let runs = try await session.runs()
            guard !runs.isEmpty else { return output.say(fitted: "There are no runs yet.") }
            output.showReport(.list(ListValue(runs.map(\.value))))
        } catch {
            refuse(error.diagnostic)
        }
    }

    func undo(_ run: String) async {
        guard let number = Int64(run) else {
            refuse(run.isEmpty ? "`:undo` needs a run" : "`\(TerminalText.escaped(run))` is no number of a run")
            return output.say(fitted: "help: `:runs` lists the runs by their numbers: `:undo 3`")
        }
        do throws(RuntimeError) {
            let undo = try await session.undo(number)
            output.undo(undo, rows: rows)
            guard !undo.plan.isEmpty else { return }
            if isKept { script.note(":undo \(number)") }
            output.say(fitted: "\(undo.plan.count) staged; nothing was sent (\(setup.stagedCommands))")
        } catch {
            show(error)
        }
    }

    /// What the plan costs; a preview without it is still worth showing, so a failure is only said.
    private func bill() async -> Bill? {
        let result: Result<Bill, RuntimeError> = await running.run { [session] in
            do throws(RuntimeError) {
                return .success(try await session.bill())
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let bill): return bill
        case .failure(let error):
            output.say(fitted: "what it would take cannot be said: \(TerminalText.escaped(error.message))")
            return nil
        }
    }

    func showLimits() async {
        let result: Result<LimitReport, RuntimeError> = await running.run { [session] in
            do throws(RuntimeError) {
                return .success(try await session.limitReport())
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let report): output.limits(report, profile: setup.profile)
        case .failure(let error): show(error)
        }
    }

    func discard() async {
        let count = await session.discard()
        script.dropStaged()
        if count > 0, isKept { script.note(":discard") }
        guard count > 0 else { return output.say(fitted: "Nothing is staged.") }
        output.say(fitted: "\(counted(count, "staged call")) dropped; nothing was sent.")
        guard let run = unfinishedRun else { return }
        unfinishedRun = nil
        output.say(fitted: "Run \(run), which was interrupted, still has calls of these.")
        output.say("To send them after all: \(TerminalText.escaped(setup.goOn(run)))")
    }

    func setMode(_ mode: Mode) async {
        if mode == .live, let refusal = setup.refusal { return refuse(TerminalText.escaped(refusal)) }
        do throws(RuntimeError) {
            try await session.setMode(mode)
        } catch {
            return show(error)
        }
        switch mode {
        case .live: output.say(fitted: "\(setup.meaningOfLive(isAsked: terminal.hasPerson)) :dry goes back.")
        case .dryRun: output.say(fitted: "Dry run: changes are staged and not sent.")
        }
    }

    func chooseSpace(_ name: String) async {
        guard !name.isEmpty else {
            let current = await session.space.map { TerminalText.escaped($0.name) } ?? "none is chosen"
            let known = setup.aliases.keys.sorted().map { TerminalText.escaped($0) }.joined(separator: ", ")
            return output.say(fitted: "space: \(current)" + (known.isEmpty ? "" : "   known: \(known)"))
        }
        if looksLikeNoSpace(name) {
            return say(
                ShellRefusal(
                    "`\(name)` is no name of a space here, and looks like no id of one; known: "
                        + setup.aliases.keys.sorted().joined(separator: ", ")))
        }
        do throws(RuntimeError) {
            try await session.setSpace(name)
            if isKept { script.note(":space \(name)") }
        } catch {
            show(error)
        }
    }

    /// Only the server knows its spaces, so whatever may be an id is taken: it has digits or capitals. Without names of
    /// spaces nothing can be called wrong.
    private func looksLikeNoSpace(_ name: String) -> Bool {
        !setup.aliases.isEmpty && setup.aliases[name] == nil && !setup.aliases.values.contains(name)
            && !name.contains { $0.isNumber || $0.isUppercase }
    }

    func chooseFormat(_ name: String) {
        guard !name.isEmpty else {
            return output.say(fitted: "format: \(output.format.rawValue)   known: \(OutputFormat.listed)")
        }
        do throws(ViewError) {
            output.format = try ValueView.format(named: name)
        } catch {
            refuse(error.message)
            if let help = error.help { output.say(fitted: "help: \(help)") }
        }
    }

    /// Leaves, after a question when calls are staged and somebody can answer.
    func quit() async {
        let staged = await session.plan.count
        guard staged > 0 else {
            end = .left
            return
        }
        let calls = counted(staged, "staged call")
        guard terminal.hasPerson else {
            output.say(fitted: "\(calls) dropped; nothing was sent.")
            end = .left
            return
        }
        switch await terminal.ask(Prompt(StyledText("Leave and drop \(calls)? [y/N] "))) {
        case .statement(let answer) where ["y", "yes"].contains(answer.trimmed.lowercased()): end = .left
        case .statement, .interrupted: break
        // A second Ctrl-D means it.
        case .end: end = .left
        case .closed: end = .closed
        }
    }
}
