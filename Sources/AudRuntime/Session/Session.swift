// A person's or a script's time with one workspace: names that stay from text to text, a mode, a space, and in a dry run
// the calls that are staged. Invariants: a text that fails stages nothing; the mode and the space do not change while
// calls are staged; what is sent by `apply` is exactly the plan; and however a run ends, its report accounts for every
// change that was asked for.

public import AudLanguage
public import SegmentAudiences
internal import Synchronization

/// A session: runs texts of the language against a workspace.
///
/// ```swift
/// let session = Session(workspace: workspace, output: output)
/// let result = await session.run(SourceFile(name: "-e", text: "list() | count"), as: .file)
/// ```
///
/// To interrupt a run, call ``cancel()`` from any thread, or cancel the task that awaits it: it returns promptly, with a
/// report.
public actor Session {
    /// The audiences that reads have seen, for completion; may be asked from any thread.
    public nonisolated let audiences: AudienceIndex

    /// Whether changes are recorded or sent.
    public internal(set) var mode: Mode
    /// The calls that are staged.
    public internal(set) var plan = Plan()

    var options: SessionOptions
    let output: any Output
    package nonisolated let time: any TimeSource
    let connector: Connector
    let sender: ChangeSender
    let reader: Reader
    let state: StateDatabase?
    let origin: RunOrigin
    let dry: DryRunWorld
    let live: LiveWorld
    let interpreter: Interpreter
    var spaces: SpaceNames
    private nonisolated let scope = Mutex<[String]>([])
    private nonisolated let running = Mutex<Cancellation?>(nil)
    /// The run that the journal keeps just now.
    nonisolated let journaling = Mutex<Int64?>(nil)
    /// The built-ins of the language and of the program.
    package nonisolated let library: Library
    /// What was not read in full so far and may still be in the session's names.
    var incomplete: [String] = []
    var isRunning = false

    /// Makes a session. Nothing is opened or asked for before a text needs it.
    /// - Parameters:
    ///   - state: where the journal is kept; without it a run that is interrupted cannot be resumed.
    ///   - origin: what the journal says about where changes go and what asked for them.
    public init(
        workspace: Workspace, options: SessionOptions = SessionOptions(), output: any Output,
        time: any TimeSource = SystemTime(), modules: sending Interpreter.ModuleLoader? = nil,
        state: StateDatabase? = nil, origin: RunOrigin = RunOrigin()
    ) {
        self.options = options
        self.output = output
        self.time = time
        self.state = state
        self.origin = origin
        mode = options.mode
        spaces = SpaceNames(workspace)
        connector = Connector(workspace)
        audiences = AudienceIndex(isKept: state != nil && origin.isKept)
        reader = Reader(source: connector.reading, index: audiences, output: output, time: time)
        let host = HostServices(output: output, options: options)
        let context = RunContext(
            record: RunRecord(limits: options.limits), names: spaces, sources: SourceMap(), canChange: false
        )
        sender = ChangeSender(connector: connector, reader: reader)
        dry = DryRunWorld(
            reader: reader, host: host, time: time, marksPrints: options.marksDryPrints, context: context
        )
        live = LiveWorld(
            reader: reader, sender: sender, host: host, time: time, caps: options.caps,
            editsInProgress: options.editsInProgress, allowIncomplete: options.allowIncomplete,
            isDriftStrict: options.isDriftStrict, context: context
        )
        interpreter = Interpreter(
            limits: options.limits, now: options.fixedNow ?? time.wallNow().microseconds, modules: modules,
            builtins: options.builtins
        )
        interpreter.expectsMore = options.expectsMore
        library = interpreter.library
    }

    /// The space that is meant when a script names none.
    public var space: Space? { spaces.current }

    /// The names that the texts so far have bound at their top level, for completion; may be asked from any thread.
    public nonisolated var names: [String] { scope.withLock { $0 } }

    /// The texts so far, to render diagnostics.
    public var sources: SourceMap { interpreter.sources }

    // MARK: Running

    /// Reads and checks a text without running it.
    public func check(_ file: SourceFile, as mode: SourceMode) -> CheckResult {
        interpreter.check(file, as: mode)
    }

    /// Runs a text to its end. `parameters` are the texts given for its params.
    public func run(
        _ file: SourceFile, as mode: SourceMode, parameters: [String: String] = [:]
    ) async -> RunResult {
        guard !isRunning else { return .finished(.busy) }
        isRunning = true
        defer { isRunning = false }
        interpreter.now = options.fixedNow ?? time.wallNow().microseconds
        interpreter.streaming = output.streaming
        let chunk: Interpreter.Chunk
        switch interpreter.load(file, mode: mode) {
        case .incomplete(let open): return .incomplete(open: open)
        case .failed(let diagnostics): return .rejected(diagnostics)
        case .ready(let ready, let warnings):
            chunk = ready
            for warning in warnings { output.notice(.warning(warning)) }
        }
        do {
            let values = try chunk.values(of: parameters, names: spaces)
            let problems = interpreter.start(chunk, parameters: values)
            guard problems.isEmpty else { return .rejected(problems) }
        } catch {
            return .rejected(error.diagnostics)
        }
        var report = await interruptibly { await self.run(chunk, as: mode) }
        report.asksWorkspace = !chunk.isPure
        scope.withLock { $0 = interpreter.names }
        return .finished(report)
    }

    /// Interrupts the text or the `apply` that is under way, as cancelling its task does; without one it does nothing. May
    /// be called from any thread.
    public nonisolated func cancel() { running.withLock { $0?.cancel() } }

    /// The number of the run that is sending changes, for whoever ends the process in the middle of it; nil while nothing
    /// is sent, or no journal is kept. May be asked from any thread.
    public nonisolated var runUnderWay: Int64? { journaling.withLock { $0 } }

    /// The built-ins, those of the language first, for help and completion. O(built-ins).
    public nonisolated var builtins: [Builtin] { library.rows.filter { !$0.isHidden } }

    func interruptibly(_ body: @escaping @Sendable () async -> RunReport) async -> RunReport {
        let cancellation = Cancellation()
        running.withLock { $0 = cancellation }
        defer { running.withLock { $0 = nil } }
        let report = await cancellation.bound(body) ?? RunReport()
        await keepIndex()
        return report
    }

    private func run(_ chunk: Interpreter.Chunk, as source: SourceMode) async -> RunReport {
        let began = time.now()
        let deadline = await begin()
        let record = RunRecord(limits: options.limits)
        var context = RunContext(
            record: record, names: spaces, sources: interpreter.sources, canChange: chunk.canChange,
            keepsReads: chunk.canChange || source == .prompt,
            inheritedIncomplete: incomplete
        )
        let report: RunReport
        switch mode {
        case .live:
            let journal = LiveRun(begin: beginning(of: .live))
            context.journal = journal
            await live.begin(context, caps: options.caps)
            let error = await drive(live, record, deadline)
            output.notice(.progress(nil))
            report = close(RunReport(record, error: error, duration: began.duration(to: time.now())), journal)
        case .dryRun:
            await dry.begin(context)
            let before = await dry.checkpoint
            let error = await drive(dry, record, deadline)
            for read in interpreter.simulatedReads {
                record.noteSimulated("\(context.place(of: read.span)) \(read.subject.words)")
            }
            let recorded = await stage(from: before, record, failed: error != nil)
            report = RunReport(record, error: error, duration: began.duration(to: time.now()), plan: recorded)
        }
        // Names that the text has bound may hold what was read, also when it failed later.
        note(incomplete: record.incomplete)
        return report
    }

    /// Keeps what a run recorded, or undoes it when the run failed. Answers what this run recorded.
    private func stage(
        from before: DryRunWorld.Checkpoint, _ record: RunRecord, failed: Bool
    ) async -> Plan {
        var recorded = await dry.checkpoint.plan
        if failed {
            await dry.restore(before)
        } else {
            if recorded.count > plan.count { plan.change(to: recorded.calls) }
            plan.questions += record.questions
            for reason in record.simulated where !plan.simulated.contains(reason) { plan.simulated.append(reason) }
        }
        recorded.calls.removeFirst(before.plan.count)
        recorded.isComplete = !failed
        recorded.incomplete = incomplete + record.incomplete
        recorded.questions = record.questions
        recorded.simulated = record.simulated
        return recorded
    }

    private func note(incomplete reasons: [String]) {
        for reason in reasons where !incomplete.contains(reason) { incomplete.append(reason) }
        plan.incomplete = incomplete
    }

    /// Runs the machine until it has finished, failed or been interrupted. A cancellation and the deadline also stop it
    /// inside of a long built-in, which only the signal reaches.
    private func drive(_ world: any World, _ record: RunRecord, _ deadline: Deadline?) async -> RuntimeError? {
        let signal = interpreter.stopSignal
        signal.lower()
        output.begin(limits: options.limits, stop: signal)
        async let _: Void = deadline?.raise(signal) ?? ()
        let error = await withTaskCancellationHandler {
            await follow(world, record, deadline)
        } onCancel: {
            signal.raise()
        }
        // What is shown from now on, such as a history, is none of the run's, whose signal may have been raised.
        output.begin(limits: Limits(), stop: StopSignal())
        // The watch ends with this scope.
        return error
    }

    private func follow(_ world: any World, _ record: RunRecord, _ deadline: Deadline?) async -> RuntimeError? {
        while true {
            switch interpreter.run() {
            case .finished:
                record.scriptWentOn()
                return nil
            case .failed(let error):
                interpreter.abandon()
                return inTime(error, deadline)
            case .paused:
                await Task.yield()
                // Raised by the machine, which knows the place and the item.
                if interruption(deadline) != nil { interpreter.stopSignal.raise() }
            case .request(.showItem(let item)):
                // A row asks nobody anything, and there can be a great many: it needs no watch over the answer.
                record.scriptWentOn()
                output.showItem(item)
                interpreter.answer(.value(.null))
            case .request(let request):
                record.scriptWentOn()
                if let error = interruption(deadline) {
                    interpreter.answer(.failure(error))
                    continue
                }
                let answer =
                    if let deadline {
                        await deadline.bound { await world.answer(request) }
                    } else {
                        await world.answer(request)
                    }
                // A value that is stopped half way must not look like one that was shown.
                let isCutShort = if case .show = request { interpreter.stopSignal.isRaised } else { false }
                interpreter.answer(isCutShort ? .failure(.interrupted) : answer)
            }
        }
    }

    private func interruption(_ deadline: Deadline?) -> RuntimeError? {
        if Task.isCancelled { return .interrupted }
        if let deadline, deadline.isPast { return .outOfTime(options.wallTime ?? .zero) }
        return nil
    }

    /// A cancellation that the deadline caused is not the person's.
    func inTime(_ error: RuntimeError, _ deadline: Deadline?) -> RuntimeError {
        guard error.kind == .cancelled, !Task.isCancelled, let deadline, deadline.isPast else { return error }
        var late = RuntimeError.outOfTime(options.wallTime ?? .zero)
        late.item = error.item
        late.span = error.span
        late.stack = error.stack
        return late
    }

    /// Starts the run's budgets.
    func begin() async -> Deadline? {
        let moment = options.wallTime.map { time.now().advanced(by: $0) }
        await connector.begin(RunBudget(deadline: moment))
        return moment.map { Deadline(moment: $0, time: time) }
    }
}

extension SimulatedRead.Subject {
    /// What happened, behind the name of the place where it did.
    fileprivate var words: String {
        switch self {
        case .audience(let field): "read `\(field)` of an audience that was changed before, and it is still as it was"
        case .outcome(let field): "read `\(field)` of a change that is only planned: this needs --live"
        case .success: "would catch the failure of a change, and a planned change does not fail: this needs --live"
        }
    }
}
