// What others do while a person types: the state file is looked at every few seconds, and what is new is told above the
// prompt.
//
// Invariants: a look sends no request and asks for no token; news is told once, and what a look that was cut short has
// found is told by the next; where there is neither a state file nor an open workspace nothing can come, and nothing
// wakes up again.

internal import AudRuntime
internal import SegmentAudiences

actor PromptWatch {
    private let session: any ShellSession
    private let process: Int32
    private let goOn: @Sendable (_ run: Int64) -> String
    private let tell: @Sendable (String) -> Void
    /// When others were last seen to hold most of a limit.
    private var crowded: [Bucket: BootInstant] = [:]
    /// The runs that were going on at the last look. At a prompt this process carries none.
    private var running: Set<Int64> = []
    /// The newest run at the last look; nil before the first, so that nothing of before is news.
    private var newest: Int64?

    /// Often enough for a person who waits, and a fraction of a millisecond each time.
    static let period = Duration.seconds(5)

    /// - Parameters:
    ///   - process: this one, whose calls are no news.
    ///   - goOn: the command that goes on with a run.
    ///   - tell: takes a line that may have anybody's text in it.
    init(
        session: any ShellSession, process: Int32, goOn: @escaping @Sendable (_ run: Int64) -> String,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.session = session
        self.process = process
        self.goOn = goOn
        self.tell = tell
    }

    nonisolated func begin() -> Task<Void, Never> { Task { await run() } }

    /// Looks now and again until the task is cancelled.
    func run() async {
        let time = session.time
        while await look(), (try? await time.sleep(until: time.now().advanced(by: Self.period))) != nil {}
    }

    /// Tells what is new; answers whether there can be more.
    private func look() async -> Bool {
        let report = await session.limitReportIfOpen()
        let runs = session.recentRunsIfThere
        let carried = Set((runs ?? []).filter { $0.state == .running }.map(\.number))
        // A run may begin and end between two looks. The shell's own are told as they end.
        let begun = (runs ?? []).filter { $0.number > newest ?? .max && $0.owner.pid != process }.map(\.number)
        let gone = runs == nil ? [] : running.union(begun).subtracting(carried)
        let ended = gone.isEmpty ? [] : try? await session.runs().filter { gone.contains($0.number) }
        guard !Task.isCancelled else { return false }
        if let report { tellCrowded(report) }
        if let runs, let ended {
            running = carried
            newest = max(newest ?? 0, runs.map(\.number).max() ?? 0)
            for run in ended.reversed() { tell(RunNotice(run, goOn: goOn(run.number)).text) }
        }
        return report != nil || runs != nil
    }

    /// A limit is news again when others have left it alone for a whole window: calls that expire together would make it
    /// news at each turn of the window.
    private func tellCrowded(_ report: LimitReport) {
        for notice in LimitNotice.all(in: report, process: process) {
            let last = crowded.updateValue(report.now, forKey: notice.bucket)
            if let last, last.duration(to: report.now) <= notice.window { continue }
            tell("! \(notice.text)")
        }
    }
}
