// The world that sends. A change goes out when the script reaches it, one at a time and in order; what holds already
// costs no request; a cap stops before the change that would exceed it; and nothing is changed any more once a read has
// failed or was incomplete and the script went on. Each change is in the journal before it leaves, its outcome before the
// script learns it, and an audience is written down whole before it is removed.

internal import AudLanguage
internal import SegmentAudiences

actor LiveWorld: World {
    private let reader: Reader
    private let sender: ChangeSender
    private let host: HostServices
    private let time: any TimeSource
    private var caps: Caps
    private var edits: EditsInProgress
    private let allowIncomplete: Bool
    private var context: RunContext
    private var known = KnownChanges()
    /// The audiences that this run has changed, by the id of their space.
    private var changed: [String: Set<String>] = [:]

    init(
        reader: Reader, sender: ChangeSender, host: HostServices, time: any TimeSource, caps: Caps,
        editsInProgress: Int? = nil, allowIncomplete: Bool, context: RunContext
    ) {
        self.reader = reader
        self.sender = sender
        self.host = host
        self.time = time
        self.caps = caps
        edits = EditsInProgress(most: editsInProgress)
        self.allowIncomplete = allowIncomplete
        self.context = context
    }

    /// What was changed so far.
    var changes: KnownChanges { known }

    func begin(_ context: RunContext, caps: Caps) {
        self.context = context
        self.caps = caps
        changed = [:]
    }

    func answer(_ request: Request) async -> Answer {
        switch request {
        case .page(let space, let cursor): await page(space, cursor)
        case .get(let id, let space): await get(id, space)
        case .change(let change): await send(change)
        case .spaces: host.spaces(context.names)
        case .space(let name): host.space(name, context.names)
        case .print(let line): print(line)
        case .show(let value, let format, let statement): host.show(value, as: format, statement: statement)
        case .showItem(let item): host.showItem(item)
        case .confirm(let question): await host.confirm(question, context.record)
        case .environment(let name): host.environment(name)
        case .sleep(let microseconds): await time.answerAfter(microseconds)
        case .host(let name, let arguments): await call(name, arguments)
        }
    }

    /// A built-in of the program. What it changes may rest on what was read, as any change.
    private func call(_ name: String, _ arguments: [Value]) async -> Answer {
        do {
            if host.changes(name) { try refuseIncomplete() }
        } catch {
            return .failure(error)
        }
        return await host.call(name, arguments, context.record)
    }

    private func print(_ line: String) -> Answer {
        host.output.print(line)
        return .value(.null)
    }

    private func page(_ space: String?, _ cursor: ListingCursor?) async -> Answer {
        do {
            let space = try context.names.resolve(space)
            host.output.awaitItems()
            let page = try await reader.page(
                of: space, at: cursor, names: context.names, noting: context.record, keeping: context.keepsReads)
            for audience in page.audiences { known.refresh(audience) }
            return .page(page.audiences.map { .record($0) }, next: page.next)
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

    private func audience(_ id: String, in space: Space) async throws(RuntimeError) -> RecordValue {
        let audience = try await reader.audience(id, in: space, noting: context.record).record
        known.refresh(audience)
        return audience
    }

    private func send(_ change: ChangeRequest) async -> Answer {
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
                do {
                    (outcome, fatal) = try await send(target, change)
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

    /// Sends one change. Throws what ends the run before the change; what only ends the item is in the outcome. What
    /// ends the run after the change was sent comes beside its outcome.
    private func send(
        _ target: ChangeRequest.Target, _ change: ChangeRequest
    ) async throws(RuntimeError) -> (Outcome, after: RuntimeError?) {
        let verb = change.verb
        if Task.isCancelled { throw .interrupted }
        var subject = try ChangeSubject(target, names: context.names, known: known, read: reader.read)
        if subject.isRemoved { return unsent(subject.gone(verb, error: nil), subject, change) }
        var bank: String?
        if subject.audience == nil || verb == .remove {
            do {
                let (audience, json) = try await reader.audience(subject.id, in: subject.space, noting: context.record)
                known.refresh(audience)
                bank = json
                if subject.audience == nil { subject.read(audience, names: context.names, known: known) }
            } catch {
                if !error.kind.canBeCaught { throw error }
                let outcome =
                    error.kind == .notFound
                    ? subject.gone(verb, error: error) : subject.outcome(verb, .failed, error: error)
                return unsent(outcome, subject, change)
            }
        }
        if subject.isAlready(verb) { return unsent(subject.outcome(verb, .skipped), subject, change) }
        try refuseIncomplete()
        try refuseLargePart(subject)
        try context.record.countSending(verb, caps: caps)
        if verb.isEdit, edits.isFull { try await waitForEdits() }
        let mask = try await sender.mask
        let number = try context.journal?.intend(
            call(subject, change), banking: verb == .remove ? bank : nil, mask: mask
        )
        let outcome: Outcome
        do {
            switch try await sender.send(verb, to: subject, noting: context.record) {
            case .over(let end, _): outcome = end
            case .locked(let error, _), .unreachable(let error):
                outcome = subject.outcome(verb, .failed, error: error)
            }
        } catch {
            // Where that cannot be written down, the next reader of the journal finds out by a GET.
            if let number { try? context.journal?.withdraw(number, after: error) }
            throw error
        }
        switch outcome.status {
        case .done: known[subject.id, in: subject.space] = verb.goal.map(KnownChanges.State.init)
        case .gone: known[subject.id, in: subject.space] = .removed
        case .unknown: known[subject.id, in: subject.space] = .uncertain
        case .planned, .skipped, .drifted, .failed, .notAttempted: break
        }
        if outcome.status == .done || outcome.status == .unknown {
            edits.note(verb, AudienceIdentity(spaceID: subject.space.id, id: subject.id), at: time.now())
        }
        do {
            if let number { try context.journal?.close(number, outcome) }
            return (outcome, nil)
        } catch {
            return (outcome, error)
        }
    }

    private func waitForEdits() async throws(RuntimeError) {
        let reading = try await sender.reading
        // An actor's own state cannot be lent to what waits.
        var waiting = edits
        defer { edits = waiting }
        _ = try await waiting.waitForRoom(reading, time, context.record)
    }

    /// Notes a change that needed no call.
    private func unsent(
        _ outcome: Outcome, _ subject: ChangeSubject, _ change: ChangeRequest
    ) -> (Outcome, after: RuntimeError?) {
        context.journal?.note(call(subject, change), outcome)
        return (outcome, nil)
    }

    /// The change as the journal keeps it; it gives the number.
    private func call(_ subject: ChangeSubject, _ change: ChangeRequest) -> PlannedCall {
        PlannedCall(
            number: 0, verb: change.verb, space: subject.space, id: subject.id, audience: subject.audience,
            before: subject.state, after: ChangeSubject.state(after: change.verb),
            source: context.place(of: change.span), span: change.span, policy: change.policy
        )
    }

    /// Refuses a change that is one too many for a space, of which no more than a part may change.
    private func refuseLargePart(_ subject: ChangeSubject) throws(RuntimeError) {
        guard caps.maxPercent != nil else { return }
        let ids = changed[subject.space.id, default: []].union([subject.id])
        let total = reader.read.total(of: subject.space)
        if let excess = caps.excess(changes: ids.count, of: total, in: subject.space) { throw excess }
        changed[subject.space.id] = ids
    }

    private func refuseIncomplete() throws(RuntimeError) {
        guard !allowIncomplete else { return }
        let reasons = context.inheritedIncomplete + context.record.incomplete
        if let first = reasons.first { throw .restsOnIncompleteReads(first, count: reasons.count) }
    }
}
