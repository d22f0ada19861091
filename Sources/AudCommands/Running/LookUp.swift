import ArgumentParser
import AudLanguage
import AudRuntime
import AudShell

/// `aud explain` and `aud help NAME`: pages and rows of the language on standard output. Neither reads a configuration,
/// a token or a file.
struct LookUp: Sendable {
    var variables: ProcessVariables

    /// The page of a code, or the list of all codes.
    func explain(_ code: String?) -> Int32 {
        let console = Console(variables: variables)
        let width = console.output.looks.width()
        guard let code else { return finish(console, Page.list(width: width)) }
        if let page = Page.named(code) { return finish(console, page.lines(width: width)) }
        let near = Page.closest(to: code).map { "did you mean: aud explain \($0)" }
        return refuse(
            console,
            CommandError("there is no code \(Shown.quoted(code))", help: near ?? "to list all codes: aud explain"))
    }

    /// What a name of the language means.
    func help(_ topic: String) -> Int32 {
        let console = Console(variables: variables)
        // Colon commands belong to the shell.
        if !topic.hasPrefix(":"), let lines = HelpTopic.found(topic, width: console.output.looks.width(), theme: .plain)
        {
            return finish(console, lines)
        }
        if topic.hasSuffix(".aud") {
            return refuse(
                console,
                CommandError(
                    "there is no help on \(Shown.quoted(topic))",
                    help: "the params of a script: aud run \(Shown.text(topic)) --help"))
        }
        let near = Suggestions.closest(to: topic, among: CommandTree.names) ?? HelpTopic.closest(to: topic)
        return refuse(
            console,
            CommandError(
                "there is no help on \(Shown.quoted(topic))",
                help: near.map { "did you mean: aud help \($0)" }
                    ?? "commands: \(CommandTree.names.joined(separator: ", ")); in the shell, help lists the rest"))
    }

    /// What a person's own shell reads to complete command lines.
    func completions(_ shell: ShellName) -> Int32 {
        let console = Console(variables: variables)
        // `aud FILE` needs no command: where bash is offered nothing, it offers files.
        let script = WholeCommand.completionScript(for: shell.completionShell)
            .replacing("complete -o filenames -F", with: "complete -o filenames -o default -F")
        return finish(console, [script])
    }

    /// The manual page.
    func manual() -> Int32 {
        let console = Console(variables: variables)
        guard let lines = ManualPage.lines else { return refuse(console, CommandError("the manual cannot be written")) }
        return finish(console, lines)
    }

    private func finish(_ console: Console, _ lines: [String]) -> Int32 {
        for line in lines { console.output.write(line: line) }
        return console.finish(.done)
    }

    private func refuse(_ console: Console, _ error: CommandError) -> Int32 {
        console.messages.report(error)
        return console.finish(error.exit)
    }
}
