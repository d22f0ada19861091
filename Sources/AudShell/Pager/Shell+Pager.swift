// A long value in the shell: held back by the output, and given to the pager when its statement is over.

internal import AudLanguage

extension Shell {
    /// How much of a value the screen holds, asked before each statement, for a terminal may be resized.
    func measureScreen() {
        let hasPager = setup.pager != nil && output.usesPager && terminal.isInteractive
        output.pageRows = hasPager ? max(4, terminal.rows - 2) : nil
    }

    /// Shows the value that was held back, if there is one. Meanwhile no statement is open, so that a Ctrl-C is the
    /// pager's alone.
    func page() async {
        guard let pager = setup.pager, let text = output.takeLongValue() else { return }
        output.flush()
        running.close()
        let end = await pager.show(text)
        running.open()
        guard case .notStarted(let reason) = end else { return }
        output.usesPager = false
        output.pageRows = nil
        output.say("the pager `\(TerminalText.escaped(pager.command))` \(reason), so values are shown without one")
        output.showText(text)
    }
}
