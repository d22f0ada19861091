// The world that records. Invariant: nothing in here can change a workspace: it holds a `Reader`, and no type that it
// can reach has a changing call. Later reads see what was recorded: exact for presence and for `enabled`; the fields
// that only Segment computes (`status`, `updatedAt`, `updatedBy`) keep the value that was read.

internal import AudLanguage
internal import SegmentAudiences

actor DryRunWorld: World {
    /// What is undone when a statement fails.
    struct Checkpoint: Sendable {
        let plan: Plan
        fileprivate let known: KnownChanges
        fileprivate let hasWaited: Bool
    }

    private let reader: Reader
    private let host: HostServices
    private let time: any TimeSource
    private let marksPrints: Bool
    private var context: RunContext
    private var known = KnownChanges()
    private var recorded = Plan()
    /// Whether the script has waited for what it recorded.
    private var hasWaited = false

    init(
        reader: Reader, host: HostServices, time: any TimeSource, marksPrints: Bool = true, context: RunContext
    ) {
        self.reader = reader
        self.host = host
        self.time = time
        self.marksPrints = marksPrints
        self.context = context
    }

    /// What was recorded so far.
    var changes: KnownChanges { known }

    var checkpoint: Checkpoint { Checkpoint(plan: recorded, known: known, hasWaited: hasWaited) }

    func begin(_ context: RunContext) {
        self.context = context
    }

    func restore(_ checkpoint: Checkpoint) {
        recorded = checkpoint.plan
        known = checkpoint.known
        hasWaited = checkpoint.hasWaited
    }

    /// Takes the calls of a saved plan for recorded ones.
    func stage(_ plan: Plan) {
        recorded = plan
        for call in plan.calls { known[call.id, in: call.space] = call.verb.goal.map(KnownChanges.State.init) }
    }

    /// Forgets what was recorded, but for these calls. Answers the plan of them.
    func keep(only calls: [PlannedCall] = []) -> Plan {
        recorded = Plan()
        known = KnownChanges()
        hasWaited = false
        for var call in calls {
            call.number = recorded.count + 1
            recorded.calls.append(call)
            known[call.id, in: call.space] = call.verb.goal.map(KnownChanges.State.init)
        }
        return recorded
    }

    func answer(_ request: Request) async -> Answer {
        switch request {
        case .page(let space, let cursor): await page(space, cursor)
        case .get(let id, let space): await get(id, space)
        case .change(let change): await record(change)
        case .spaces: host.spaces(context.names)
        case .space(let name): host.space(name, context.names)
        case .print(let line): print(line)
        case .show(let value, let format, let statement): host.show(value, as: format, statement: statement)
        case .showItem(let item): host.showItem(item)
        case .confirm(let question): confirm(question)
        case .environment(let name): host.environment(name)
        case .sleep(let microseconds): await sleep(microseconds)
        case .host(let name, let arguments): await call(name, arguments)
        }
    }

    /// What a built-in of the program changes is no audience, so it cannot be recorded, sent later or shown in a plan.
    private func call(_ name: String, _ arguments: [Value]) async -> Answer {
        guard !host.changes(name) else {
            return .failure(
                RuntimeError(
                    .notConfirmed, .limit, "`\(name)` changes something that a dry run cannot record",
                    help: "run the script live, or leave the call out"
                )
            )
        }
        return await host.call(name, arguments, context.record)
    }

    private func print(_ line: String) -> Answer {
        host.output.print(marksPrints && context.canChange ? "dry | \(line)" : line)
        return .value(.null)
    }

    /// A preview must get past a question to show what follows; the plan lists it.
    private func confirm(_ question: String) -> Answer {
        context.record.append(question)
        return .value(.bool(true))
    }

    /// Once a change is recorded, waiting for its effect would wait for ever: no time passes, and the answer is false.
    private func sleep(_ microseconds: Int64) async -> Answer {
        guard known.isEmpty else {
            hasWaited = true
            context.record.noteSimulated("a `wait` was over at once: nothing comes of a change before it is sent")
            return .value(.bool(false))
        }
        return await time.answerAfter(microseconds)
    }

    private func page(_ space: String?, _ cursor: ListingCursor?) async -> Answer {
        do {
            let space = try context.names.resolve(space)
            host.output.awaitItems()
            let page = try await reader.page(
                of: space, at: cursor, names: context.names, noting: context.record, keeping: context.keepsReads)
            return .page(page.audiences.compactMap { known.applied(to: $0).map { .record($0) } }, next: page.next)
        } catch {
            context.record.noteFailedRead(error)
            return .failure(error)
        }
    }

    private func get(_ id: String, _ space: String?) async -> Answer {
        do {
            return .value(.record(try await audience(id, in: try context.names.resolve(space))))
        } catch {
            if error.kind != .notFound { context.record.noteFailedRead(error) }
            return .failure(error)
        }
    }

    /// One audience as it would be read after the recorded changes.
    private func audience(_ id: String, in space: Space) async throws(RuntimeError) -> RecordValue {
        if known[id, in: space] != .removed {
            let audience = try await reader.audience(id, in: space, noting: context.record).record
            if let audience = known.applied(to: audience) { return audience }
        }
        throw RuntimeError(
            .apiNotFound, .notFound, "there is no audience \(id) in \(space.name): this dry run removed it",
            item: .string(id), status: 404
        )
    }

    private func record(_ change: ChangeRequest) async -> Answer {
        do {
            try context.record.countChanges(change.targets.count)
        } catch {
            return .failure(error)
        }
        var outcomes: [Outcome] = []
        var stopped = false
        var fatal: RuntimeError?
        for target in change.targets {
            var outcome = Outcome(item: target.item, verb: change.verb, status: .notAttempted)
            if !stopped {
                do throws(RuntimeError) {
                    if Task.isCancelled { throw RuntimeError.interrupted }
                    outcome = try await record(target, of: change)
                } catch {
                    fatal = error
                }
                stopped = fatal != nil || (outcome.error != nil && change.policy == .stop)
            }
            context.record.append(outcome)
            outcomes.append(outcome)
        }
        return fatal.map { .failure($0) } ?? .outcomes(outcomes)
    }

    /// Records one change. Throws what ends the run; what only ends the item is in the outcome.
    private func record(
        _ target: ChangeRequest.Target, of change: ChangeRequest
    ) async throws(RuntimeError) -> Outcome {
        let verb = change.verb
        guard let goal = verb.goal else { throw .laterVersion(verb) }
        var subject = try ChangeSubject(target, names: context.names, known: known, read: reader.read)
        if subject.isRemoved { return subject.gone(verb, error: nil) }
        if subject.audience == nil {
            do {
                let audience = try await audience(subject.id, in: subject.space)
                subject.read(audience, names: context.names, known: known)
            } catch {
                if !error.kind.canBeCaught { throw error }
                if error.kind == .notFound { return subject.gone(verb, error: error) }
                // The plan lacks this call only because a read failed.
                context.record.noteIncomplete(error.message)
                return subject.outcome(verb, .failed, error: error)
            }
        }
        if subject.isAlready(verb) { return subject.outcome(verb, .skipped) }
        let outcome = subject.outcome(verb, .planned, after: ChangeSubject.state(after: verb))
        if hasWaited {
            let place = context.place(of: change.span)
            context.record.noteSimulated(
                "\(place) changes more after a `wait`, and a plan does not wait: this needs --live")
        }
        recorded.calls.append(
            PlannedCall(
                number: (recorded.calls.last?.number ?? 0) + 1, verb: verb, space: subject.space, id: subject.id,
                audience: subject.audience,
                before: outcome.before, after: outcome.after, source: context.place(of: change.span), span: change.span,
                policy: change.policy
            )
        )
        known[subject.id, in: subject.space] = KnownChanges.State(goal)
        return outcome
    }
}
