import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a run that is not the shell says: values and lines on standard output, everything else on standard error.
final class Console: Sendable {
    let output: TerminalOutput
    let messages: Messages
    let mask: SecretMask
    /// What is said when the process ends at once.
    private let atOnce = Mutex<@Sendable () -> String?>({ nil })

    /// - Parameter onInterrupt: what ^C at a question of the script does.
    init(
        _ settings: ConsoleSettings = ConsoleSettings(), mask: SecretMask = SecretMask(), variables: ProcessVariables,
        onInterrupt: @escaping @Sendable () -> Void = {}
    ) {
        let environment = variables.values(["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG"])
        let policy = settings.color ?? .auto
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let looks = TerminalOutput.Looks(
            width: { TerminalWidth.of(STDOUT_FILENO) }, errorWidth: { TerminalWidth.of(STDERR_FILENO) },
            outTheme: Theme(isColored: policy.isColored(terminal: isTerminal, environment: environment)),
            errorTheme: Theme(
                isColored: policy.isColored(terminal: isatty(STDERR_FILENO) == 1, environment: environment)
            ),
            isCSVRaw: settings.isCSVRaw, isUnicode: Self.isUnicode(environment), isQuiet: settings.isQuiet,
            diagnostics: settings.diagnostics,
            progress: .of(
                terminal: isatty(STDERR_FILENO) == 1, isQuiet: settings.isQuiet, term: environment["TERM"]
            )
        )
        self.mask = mask
        output = TerminalOutput(
            out: mask.sink(STDOUT_FILENO), error: mask.sink(STDERR_FILENO), format: settings.format, looks: looks
        )
        output.setAsker { question in
            switch await ControllingTerminal().ask(question + " [y/N] ") {
            case .line(let line): return ["y", "yes"].contains(line.lowercased())
            case .refused: return false
            case .nobody: return nil
            case .interrupted:
                onInterrupt()
                return false
            }
        }
        messages = Messages(format: settings.diagnostics, output: output)
    }

    /// Whether the locale has characters beyond ASCII.
    private static func isUnicode(_ environment: [String: String]) -> Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.filter { !$0.isEmpty }
        let name = names.first?.lowercased() ?? ""
        return name.contains("utf-8") || name.contains("utf8")
    }

    /// The session's output. Warnings are told when a text is checked, before it runs.
    var sessionOutput: any AudRuntime.Output { SessionOutput(output: output) }

    /// Values that could not be written in their format.
    var refusals: Int { output.refusals }

    /// The closing report of a run that sends, and on standard output what became of each call, where that is asked for as
    /// data.
    func writeOutcomes(_ report: RunReport) {
        if !report.changesNothing { output.outcomes(report.outcomes) }
        write(report)
    }

    /// The closing report, when there is something to say.
    func write(_ report: RunReport) {
        // Who asked for quiet still has to know what was not done.
        if !output.looks.isQuiet || report.exitCode != .done { output.report(report) }
    }

    /// The preview of a plan; `command` is what would send it, nil when it is about to be sent. With --quiet only who is
    /// asked about a plan sees it, and who asked for it as data.
    func write(
        _ plan: Plan, bill: Bill?, caps: Caps, allowIncomplete: Bool, undo: Undo? = nil, command: String?,
        isAsked: Bool = false
    ) {
        let isData = command != nil && (output.format == .json || output.format == .ndjson)
        guard !output.looks.isQuiet || isAsked || isData else { return }
        output.preview(plan, bill: bill, caps: caps, allowIncomplete: allowIncomplete, undo: undo, command: command)
    }

    /// Tells what goes on with a run.
    func tell(_ goOn: HowToGoOn, with run: Int64) {
        output.say("To go on: \(goOn.command(for: run))")
    }

    /// Does work of a session that sends changes. At the first ^C it says why it may take a moment to end, at the second
    /// how to go on.
    func announcingInterrupts<Result: Sendable>(
        of session: Session, _ goOn: HowToGoOn, _ work: @Sendable () async -> Result
    ) async -> Result {
        atOnce.withLock {
            $0 = { session.runUnderWay.map { "Stopped at once, in run \($0). To go on: \(goOn.command(for: $0))" } }
        }
        defer { atOnce.withLock { $0 = { nil } } }
        return await withTaskCancellationHandler {
            await work()
        } onCancel: {
            messages.inform(
                "Interrupted: nothing more is begun, and a change that is under way is awaited. ^C again stops at once."
            )
        }
    }

    /// Tells what ended a run. That it was cancelled because its output leads nowhere is told by ``finish(_:)``, or to
    /// nobody.
    func report(_ error: RuntimeError?, sources: SourceMap) {
        guard let error, !(error.kind == .cancelled && output.failure != nil) else { return }
        messages.report([error.diagnostic], sources: sources)
    }

    /// A wait for a rate limit that a person would notice.
    func tell(_ wait: WaitNotice) {
        let left = SystemTime().now().duration(to: wait.until)
        // The line of progress says itself what it waits for.
        guard left >= .seconds(2), wait.reason != .limit || !output.tellsProgress else { return }
        let reason =
            switch wait.reason {
            case .limit: "the limit of \(wait.bucket) calls"
            case .rateLimited: "the server, which refuses \(wait.bucket) calls for now"
            case .backoff: "another try of the \(wait.bucket) call"
            case .locked: "an audience that is locked"
            }
        messages.inform("waiting \(Int((left / .seconds(1)).rounded(.up))) s for \(reason)")
    }

    /// Leaves the terminal's last row to the prompt of whoever comes next, as the process ends at once.
    func abandon() {
        output.abandonProgress(saying: atOnce.withLock { $0 }())
    }

    /// Sends what is left and answers with the exit code.
    func finish(_ status: ExitStatus) -> Int32 {
        output.flush()
        switch output.failure {
        case nil: return status.rawValue
        // As the shell shows a program that a closed pipe has ended.
        case .closedPipe: return status == .done || status == .interrupted ? 128 + SIGPIPE : status.rawValue
        case .failed(let reason):
            messages.report(CommandError("cannot write standard output: \(reason.lowercased())"))
            return status == .done || status == .interrupted ? ExitStatus.script.rawValue : status.rawValue
        }
    }
}

/// A session's output whose warnings were told already.
private struct SessionOutput: AudRuntime.Output {
    let output: TerminalOutput

    func begin(limits: Limits, stop: StopSignal) { output.begin(limits: limits, stop: stop) }

    func print(_ line: String) { output.print(line) }

    func show(_ value: Value, as format: String?, statement: Bool) {
        output.show(value, as: format, statement: statement)
    }

    var streaming: RowStreaming { output.streaming }
    func showItem(_ item: Value?) { output.showItem(item) }
    func awaitItems() { output.awaitItems() }

    func notice(_ notice: Notice) {
        switch notice {
        case .warning: return
        case .incompleteListing, .progress: output.notice(notice)
        }
    }

    func confirm(_ question: String) async -> Bool? { await output.confirm(question) }
}
