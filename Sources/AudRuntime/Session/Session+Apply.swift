// Sending recorded calls: those of the plan, and the rest of a run that was interrupted. Both are one engine
// (`ApplyRun`), and both keep the journal.

internal import AudLanguage
internal import SegmentAudiences
internal import Synchronization

extension Session {
    /// Starts the budgets of a run that sends recorded calls: it has others to send while an audience is locked.
    private func beginCarrying() async -> Deadline? {
        let moment = options.wallTime.map { time.now().advanced(by: $0) }
        await connector.begin(RunBudget(deadline: moment, waitsForLocks: false))
        return moment.map { Deadline(moment: $0, time: time) }
    }

    /// Sends the staged calls exactly as they were recorded, in order. Refused, with nothing sent and the plan kept, when
    /// the plan is over a cap, rests on incomplete reads, or cannot be written into the journal. Otherwise the report has
    /// every call; those that were not attempted because the run was interrupted stay in the plan, all others leave it.
    /// The caller asks for `plan.confirmation` first.
    public func apply() async -> RunReport {
        guard !isRunning else { return .busy }
        isRunning = true
        defer { isRunning = false }
        return await interruptibly { await self.sendPlan() }
    }

    private func sendPlan() async -> RunReport {
        let record = RunRecord(limits: options.limits)
        if plan.isEmpty { return RunReport(record, error: nil, duration: .zero) }
        if let refusal = plan.refusal(caps: options.caps, allowIncomplete: options.allowIncomplete) {
            return RunReport(record, error: refusal, duration: .zero)
        }
        let deadline = await beginCarrying()
        let calls = plan.calls
        let connection: Connection
        let journal: RunJournal?
        do throws(RuntimeError) {
            connection = try await connector.connection()
            journal = try begun(plan, connection.mask)
        } catch {
            return RunReport(record, error: error, duration: .zero)
        }
        let report = await carry(calls, among: [:], connection, journal, record, deadline)
        // A failure of a call has that call's place; what ended the run from outside has none.
        let isOver = report.error == nil || report.error?.span != nil
        let left = zip(calls, report.outcomes).filter { $1.status == .notAttempted }.map(\.0)
        plan = await dry.keep(only: isOver ? [] : left)
        plan.incomplete = incomplete
        return report
    }

    /// Goes on with a run that was interrupted: finds out what became of the calls that were sent and have no outcome, and
    /// carries the rest through, each after a fresh look at its audience. Of a live run, whose script alone knows what
    /// comes next, only the first. What is left is measured against the caps that the session was given, and refused
    /// whole when it is too much. The report has every call of the run.
    public func resume(_ number: Int64) async -> RunReport {
        guard !isRunning else { return .busy }
        isRunning = true
        defer { isRunning = false }
        return await interruptibly { await self.goOn(with: number) }
    }

    private func goOn(with number: Int64) async -> RunReport {
        let record = RunRecord(limits: options.limits)
        let deadline = await beginCarrying()
        do throws(RuntimeError) {
            if let report = try finished(number) { return report }
            // What cannot be resumed is refused before anybody is asked for a token.
            _ = try resumable(number)
            let connection = try await connector.connection()
            let run = try resumable(number)
            let journal = try claim(run, mask: connection.mask)
            return await resume(run, connection, journal, record, deadline)
        } catch {
            return RunReport(record, error: error, duration: .zero)
        }
    }

    /// The report of a run that has nothing left to go on with; nil when it has, or nobody knows it.
    private func finished(_ number: Int64) throws(RuntimeError) -> RunReport? {
        guard let state, try journaled(number).state == .done else { return nil }
        let record = RunRecord(limits: options.limits)
        do throws(StateError) {
            for call in try state.calls(of: number) { record.append(call.finalOutcome) }
        } catch {
            throw RuntimeError(error)
        }
        var report = RunReport(record, error: nil, duration: .zero)
        report.run = number
        report.notes = ["run \(number) has nothing left to do: every call has its outcome"]
        return report
    }

    private func resume(
        _ run: JournaledRun, _ connection: Connection, _ journal: RunJournal, _ record: RunRecord, _ deadline: Deadline?
    ) async -> RunReport {
        let settling = Settling(
            connection: connection, reader: reader, journal: journal, record: record, goesOn: run.kind == .apply
        )
        var calls: [JournaledCall]
        do throws(StateError) {
            calls = try state?.calls(of: run.number) ?? []
        } catch {
            return close(RunReport(record, error: RuntimeError(error), duration: .zero), journal)
        }
        let (settled, error) = await Self.bounded(deadline) { [calls] in
            var calls = calls
            let error = await settling.settle(&calls)
            return (calls, error)
        }
        calls = settled
        var end = error.map { inTime($0, deadline) }
        if end == nil, run.kind == .apply { end = await excess(of: calls.filter(\.isLeft).map(\.call)) }
        let finished = calls.filter { !($0.isLeft && run.kind == .apply) || end != nil }
        let done = Set(finished.filter { $0.status == .done }.map(\.call.identity))
        var rest: [PlannedCall] = []
        if end == nil, run.kind == .apply {
            for entry in calls where entry.isLeft {
                var call = entry.call
                // This run has changed the audience before, so its date is newer than the plan knows.
                if done.contains(call.identity) { call.expectation?.updatedAt = nil }
                rest.append(call)
            }
        }
        let outcomes = Dictionary(finished.map { ($0.call.number, $0.finalOutcome) }) { first, _ in first }
        return await carry(
            rest, among: outcomes, connection, journal, record, deadline, after: end, isStrict: run.isStrict
        )
    }

    /// Why what is left of a run is more than the caps allow. It was confirmed when the run began, so only caps that
    /// somebody has chosen count, and what removals break is looked up only for such a cap.
    private func excess(of rest: [PlannedCall]) async -> RuntimeError? {
        var plan = Plan()
        plan.calls = rest
        var caps = options.caps
        caps.maxChanges = caps.maxChanges ?? .max
        if caps.maxBroken != nil, plan.removals > 0 {
            plan.consequences = await consequences(of: plan)
            if let gap = plan.gaps.first { return .restsOnIncompleteReads(gap, count: plan.gaps.count) }
        } else if caps.maxPercent != nil {
            var consequences = Consequences()
            for space in plan.spaces {
                if reader.read.total(of: space) == nil { _ = await list(space, whole: false) }
                consequences.totals[space.id] = reader.read.total(of: space)
            }
            plan.consequences = consequences
        }
        return plan.excess(over: caps)
    }

    /// Carries calls through and closes the run. The report has these calls and the others of the run, in their order.
    private func carry(
        _ calls: [PlannedCall], among others: [Int: Outcome], _ connection: Connection, _ journal: RunJournal?,
        _ record: RunRecord, _ deadline: Deadline?, after earlier: RuntimeError? = nil, isStrict: Bool? = nil
    ) async -> RunReport {
        let began = time.now()
        let tools = ApplyRun.Tools(
            connection: connection, sender: sender, reader: reader, journal: journal, time: time,
            isStrict: isStrict ?? options.isDriftStrict, editsInProgress: options.editsInProgress,
            others: callsOfOthers(besides: journal?.number), record: record,
            onProgress: { [output] in output.notice(.progress($0)) }, onStep: options.onStep
        )
        let (outcomes, stop, newer) = await Self.bounded(deadline) {
            var run = ApplyRun(calls, tools)
            let outcomes = await run.run()
            return (outcomes, run.stop, run.newer)
        }
        var rest = others.sorted { $0.key < $1.key }[...]
        for (call, outcome) in zip(calls, outcomes) {
            while let other = rest.first, other.key < call.number { record.append(rest.removeFirst().value) }
            record.append(outcome)
        }
        for other in rest { record.append(other.value) }
        let error = earlier ?? stop.map { inTime($0, deadline) }
        var report = RunReport(record, error: error, duration: began.duration(to: time.now()))
        if newer > 0 {
            report.notes.append(
                "\(newer) audience\(newer == 1 ? " has" : "s have") a newer updatedAt than the plan knew, and"
                    + " otherwise \(newer == 1 ? "is" : "are") as it expected (--strict-drift leaves such audiences alone)"
            )
        }
        return close(report, journal)
    }

    private static func bounded<Answer: Sendable>(
        _ deadline: Deadline?, _ work: @escaping @Sendable () async -> Answer
    ) async -> Answer {
        if let deadline { await deadline.bound(work) } else { await work() }
    }

    // MARK: The journal

    /// All runs of the state file, newest first; none when no journal is kept.
    public func runs() throws(StateError) -> [JournaledRun] {
        try state?.runs() ?? []
    }

    /// What begins a run in the journal, when one is kept.
    func beginning(
        of kind: JournaledRun.Kind, _ plan: Plan = Plan()
    ) -> LiveRun.Beginning {
        { [self, state, origin, options, time] mask throws(StateError) in
            guard let state else { return nil }
            let journal = try RunJournal.begin(
                kind, plan: plan.id, calls: plan.calls, deleted: plan.deleted, origin: origin,
                isStrict: options.isDriftStrict, in: state, mask: mask, now: { time.wallNow().microseconds }
            )
            journaling.withLock { $0 = journal.number }
            return journal
        }
    }

    /// What commands have to say, to find the state file.
    var stateOption: String { state?.option ?? "" }

    /// Begins the run of a plan. A saved plan is applied once with a state file.
    private func begun(
        _ plan: Plan, _ mask: @escaping @Sendable (String) -> String
    ) throws(RuntimeError) -> RunJournal? {
        do throws(StateError) {
            return try beginning(of: .apply, plan)(mask)
        } catch {
            // The file takes a plan once, also of two processes that begin it together.
            if let earlier = try run(carrying: plan) { throw .appliedAlready(as: earlier, stateOption) }
            throw RuntimeError(error)
        }
    }

    /// The run that has carried a saved plan, or carries it; nil when there is none.
    func run(carrying plan: Plan) throws(RuntimeError) -> JournaledRun? {
        do throws(StateError) {
            return if let id = plan.id { try state?.run(ofPlan: id) } else { nil }
        } catch {
            throw RuntimeError(error)
        }
    }

    /// A run of the journal.
    func journaled(_ number: Int64) throws(RuntimeError) -> JournaledRun {
        guard let state else { throw .noJournal }
        let run: JournaledRun?
        do throws(StateError) {
            run = try state.run(number)
        } catch {
            throw RuntimeError(error)
        }
        guard let run else { throw .noSuchRun(number, stateOption) }
        return run
    }

    /// A run that may be resumed here, or why it may not.
    private func resumable(_ number: Int64) throws(RuntimeError) -> JournaledRun {
        let run = try journaled(number)
        if let refusal = RunJournal.ClaimRefusal(run) { throw .notClaimed(run, refusal, stateOption) }
        if run.origin.isSandbox { throw .sandboxIsGone(run) }
        guard run.origin.host == origin.host else { throw .otherHost(run, here: origin.host) }
        return run
    }

    private func claim(
        _ run: JournaledRun, mask: @escaping @Sendable (String) -> String
    ) throws(RuntimeError) -> RunJournal {
        guard let state else { throw .noJournal }
        let result: Result<RunJournal, RunJournal.ClaimRefusal>
        do throws(StateError) {
            result = try RunJournal.claim(
                run.number, in: state, mask: mask, now: { [time] in time.wallNow().microseconds }
            )
        } catch {
            throw RuntimeError(error)
        }
        switch result {
        case .success(let journal):
            journaling.withLock { $0 = journal.number }
            return journal
        case .failure(let refusal): throw .notClaimed(run, refusal, stateOption)
        }
    }

    /// Closes a run: writes down how it ended, and tells its number.
    private func close(_ report: RunReport, _ journal: RunJournal?) -> RunReport {
        guard let journal else { return report }
        defer { journaling.withLock { $0 = nil } }
        var report = report
        report.run = journal.number
        do throws(StateError) {
            try journal.finish(exitCode: report.exitCode, error: report.error?.message)
            report.canResume = try state?.run(journal.number)?.canResume ?? false
        } catch {
            report.canResume = !origin.isSandbox
            if report.error == nil { report.error = RuntimeError(error) }
        }
        return report
    }

    /// The same for a live run, if it has sent anything.
    func close(_ report: RunReport, _ live: LiveRun) -> RunReport {
        var report = report
        do throws(RuntimeError) {
            try live.settle()
        } catch {
            if report.error == nil { report.error = error }
        }
        return close(report, live.journal)
    }
}
