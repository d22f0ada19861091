// `:tour`: a step at a time, each a text and a statement that Enter runs. Invariant: it runs on the simulated workspace
// alone, and beside nothing that is staged, so what it drops is its own.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    func tour() async {
        guard setup.isSandbox else {
            refuse("The tour runs on a simulated workspace and not on this one.")
            return output.say(fitted: "To take it: leave with :quit, run `aud --sandbox`, and type :tour.")
        }
        guard await session.plan.isEmpty, await session.mode == .dryRun else {
            return refuse(
                output.fitted("The tour stages changes of its own: first :apply or :discard what is staged, and :dry."))
        }
        let steps = TourStep.all
        output.say(
            fitted: "\(steps.count) steps, about 5 minutes. Enter runs what is shown; another statement runs instead; "
                + "`s` skips a step, and `q` or Ctrl-D leaves.")
        for (place, step) in steps.enumerated() {
            guard await offer(step, number: place + 1, of: steps.count) else {
                return await closeTour("Left the tour.")
            }
        }
        await closeTour("That was the tour. :help has all commands, :examples statements to start from.")
    }

    /// Shows a step until it was run or skipped; false when the person leaves.
    private func offer(_ step: TourStep, number: Int, of count: Int) async -> Bool {
        let theme = output.looks.errorTheme
        let width = output.looks.errorWidth() ?? 100
        output.say("")
        let lines = TextWrap.lines("\(number)/\(count)  \(step.text)", fitting: width)
        for line in lines { output.say(theme.heading(line)) }
        output.say("  \(step.statement)")
        while end == nil {
            guard case .statement(let answer) = await terminal.ask(Prompt(StyledText("tour \(number)/\(count)> ")))
            else {
                return false
            }
            let typed = answer.trimmed
            switch typed {
            case "q", ":q", ":quit", "quit", "exit": return false
            case "s", "skip": return true
            case "": return await runStep(step.statement)
            case step.statement: return await runStep(typed)
            // What the person tries comes before the step, which stays where it is.
            default:
                guard typed != ":tour" else { continue }
                guard await runStep(typed) else { return false }
            }
        }
        return false
    }

    /// Runs a line as the prompt would; false when it ended the shell.
    private func runStep(_ text: String) async -> Bool {
        running.open()
        measureScreen()
        _ = await perform(text, line: text)
        await page()
        output.flush()
        running.close()
        return end == nil
    }

    private func closeTour(_ words: String) async {
        let dropped = await session.discard()
        script.dropStaged()
        output.say(dropped > 0 ? "\(words) \(counted(dropped, "staged call")) of it dropped; nothing was sent." : words)
    }
}
