// The shell on the real terminal: wires session, editor and output together.

internal import AudLanguage
package import AudRuntime

package enum InteractiveShell {
    /// Reads and runs statements until the person leaves. The terminal is given back before it returns.
    package static func run(session: Session, output: TerminalOutput, setup: ShellSetup) async -> ShellEnd {
        let (audiences, aliases) = (session.audiences, setup.aliases)
        let running = RunningStatement()
        let scope = LatestScope()
        let host = ShellHost(running: running, scope: scope, theme: output.looks.errorTheme) {
            CompletionContext(names: session.names, library: session.library, spaces: aliases) { prefix in
                audiences.matches(prefix: prefix).map {
                    CompletionContext.Audience(id: $0.id, key: $0.key, name: $0.name)
                }
            }
        }
        var history = ShellHistory(profile: setup.profile, store: setup.store)
        let terminal = TerminalThread.start(
            host: host, history: history.load(), options: .standard.colored(output.looks.errorTheme.isColored))
        var setup = setup
        if let trouble = history.takeTrouble() {
            output.report(trouble.diagnostic)
            output.say("The history of this session is kept in memory only.")
            setup.store = nil
        }
        if terminal.isInteractive {
            output.setAsker { question in
                guard case .statement(let answer) = await terminal.ask(Prompt(StyledText("\(question) [y/N] "))) else {
                    return false
                }
                return ["y", "yes"].contains(answer.trimmed.lowercased())
            }
        }
        if terminal.isInteractive {
            let mode =
                await session.mode == .live ? "Live: changes are sent" : "Dry run: changes are staged and not sent"
            output.remark("\(mode). :help explains, Ctrl-D leaves.")
        }
        let shell = Shell(
            session: session, terminal: terminal, output: output, setup: setup, running: running, scope: scope)
        let end = await shell.run()
        await terminal.quit()
        return end
    }
}
