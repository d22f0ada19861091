// The shell on the real terminal: wires session, editor and output together.

internal import AudLanguage
package import AudRuntime

package enum InteractiveShell {
    /// Reads and runs statements until the person leaves. The terminal is given back before it returns.
    package static func run(session: Session, output: TerminalOutput, setup: ShellSetup) async -> ShellEnd {
        let running = RunningStatement()
        let scope = LatestScope()
        let host = ShellHost(running: running, scope: scope, theme: output.looks.errorTheme) {
            CompletionContext(session, setup, scope)
        }
        // What earlier sessions have seen comes while the person reads the first prompt.
        Task.detached(priority: .utility) { session.recallAudiences() }
        var history = ShellHistory(profile: setup.profile, store: setup.store)
        let terminal = TerminalThread.start(
            host: host, history: history.load(), options: .standard.colored(output.looks.errorTheme.isColored))
        var setup = setup
        if let trouble = history.takeTrouble() {
            output.report(trouble.diagnostic)
            output.say(fitted: "The history of this session is kept in memory only.")
            setup.store = nil
        }
        if terminal.isInteractive {
            let mode =
                await session.mode == .live
                ? setup.meaningOfLive(isAsked: terminal.hasPerson) : "Dry run: changes are staged and not sent."
            output.remark("\(mode) :help explains, Ctrl-D leaves.")
        }
        let shell = Shell(
            session: session, terminal: terminal, output: output, setup: setup, running: running, scope: scope)
        let end = await shell.run()
        await terminal.quit()
        return end
    }
}

extension CompletionContext {
    /// What a session knows now.
    fileprivate init(_ session: Session, _ setup: ShellSetup, _ scope: LatestScope) {
        let (audiences, now) = (session.audiences, setup.wallNow())
        self.init(
            names: session.names, library: session.library, spaces: setup.aliases, knownSpaces: { audiences.spaces },
            audiences: { prefix, field in
                audiences.matches(prefix: prefix, field: field, limit: Completer.most).map { entry in
                    Audience(id: entry.id, key: entry.key, name: entry.name, seen: entry.seen)
                }
            },
            runs: {
                session.recentRuns.map { run in
                    let facts = [run.kind.rawValue, run.origin.script, HumanTime.relative(run.began, to: now)]
                    return Run(number: run.number, detail: facts.joined(separator: " · "))
                }
            }, modules: setup.modules, now: now)
        profiles = setup.profiles
        fields = { scope.value?.fields.fields(behind: $0, closing: $1) }
    }
}
