// The world that sends. A change goes out when the script reaches it, one at a time and in order; what holds already
// costs no request; a cap stops before the change that would exceed it; and nothing is changed any more once a read has
// failed or was incomplete and the script went on. Each change is in the journal before it leaves, its outcome before the
// script learns it, and an audience is written down whole before it is removed. What a removal breaks is known before it is
// sent, from a listing of its space.

internal import AudLanguage
internal import SegmentAudiences

actor LiveWorld: World {
    let reader: Reader
    private let sender: ChangeSender
    let host: HostServices
    private let time: any TimeSource
    var caps: Caps
    private var edits: EditsInProgress
    let allowIncomplete: Bool
    private let isDriftStrict: Bool
    var context: RunContext
    private var known = KnownChanges()
    /// The audiences that this run has changed, by the id of their space.
    private var changed: [String: Set<String>] = [:]
    /// What the removals of this run have broken.
    var broken = BrokenAudiences()
    /// How many audiences a person has let them break.
    var mayBreak = 0
    /// When this run was about to send its first change; nil before.
    private var began: BootInstant?
    /// How many changes of this run were sent.
    private var finished = 0

    init(
        reader: Reader, sender: ChangeSender, host: HostServices, time: any TimeSource, caps: Caps,
        editsInProgress: Int? = nil, allowIncomplete: Bool, isDriftStrict: Bool = false, context: RunContext
    ) {
        self.reader = reader
        self.sender = sender
        self.host = host
        self.time = time
        self.caps = caps
        edits = EditsInProgress(most: editsInProgress)
        self.allowIncomplete = allowIncomplete
        self.isDriftStrict = isDriftStrict
        self.context = context
    }

    /// What was changed so far.
    var changes: KnownChanges { known }

    func begin(_ context: RunContext, caps: Caps) {
        self.context = context
        self.caps = caps
        changed = [:]
        broken = BrokenAudiences()
        mayBreak = 0
        began = nil
        finished = 0
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
                    noteUntried(target, change)
                }
                // What somebody else has changed is theirs, and no reason to leave the rest.
                let isFailure = outcome.error != nil && outcome.status != .drifted
                stopped = fatal != nil || (isFailure && change.policy == .stop)
            } else {
                noteUntried(target, change)
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
        // Before the audience is read, so that what is written down of it is not older than need be.
        if verb == .remove { try await learnReferences(in: subject.space) }
        var bank: String?
        if subject.audience == nil || verb == .remove {
            do {
                let (audience, json) = try await reader.audience(subject.id, in: subject.space, noting: context.record)
                known.refresh(audience)
                bank = json
                if let drift = drift(of: subject, to: audience) {
                    return unsent(subject.outcome(verb, .drifted, error: drift), subject, change)
                }
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
        if verb == .remove { try await refuseBreaking(subject, change) }
        try context.record.countSending(verb, caps: caps)
        await tellProgress(verb, subject)
        if verb.isEdit, edits.isFull { try await waitForEdits(verb, subject) }
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
            return (subject.outcome(verb, .notAttempted), error)
        }
        finished += 1
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

    /// What somebody else has changed of an audience that the script had read, and that was just read again.
    private func drift(of subject: ChangeSubject, to audience: RecordValue) -> RuntimeError? {
        guard let before = subject.audience else { return nil }
        var expected = Expectation(before)
        // What this session has done to it is nobody else's change.
        expected.enabled = subject.isEnabled
        var fields = expected.drift(in: audience)
        if fields.isEmpty, isDriftStrict, subject.known == nil, let then = expected.updatedAt,
            let now = audience.date("updatedAt"), now > then
        {
            fields = ["updatedAt"]
        }
        return fields.isEmpty ? nil : .drifted(fields, item: subject.item)
    }

    private func waitForEdits(_ verb: Verb, _ subject: ChangeSubject) async throws(RuntimeError) {
        let reading = try await sender.reading
        let progress = progress(verb, subject)
        // An actor's own state cannot be lent to what waits.
        var waiting = edits
        defer { edits = waiting }
        _ = try await waiting.waitForRoom(reading, time, context.record) { [host] count, next in
            var progress = progress
            progress.waitsUntil = next
            progress.editsInProgress = count
            host.output.notice(.progress(progress))
        }
    }

    // MARK: Progress

    /// How far the run is; only its script knows how much there is to do.
    private func progress(_ verb: Verb, _ subject: ChangeSubject) -> Progress {
        let began = began ?? time.now()
        self.began = began
        return Progress(
            finished: finished, total: nil, began: began, verb: verb,
            item: subject.audience?.text("name") ?? subject.id
        )
    }

    private func tellProgress(_ verb: Verb, _ subject: ChangeSubject) async {
        var progress = progress(verb, subject)
        if let free = await sender.nextFree(verb), free > time.now() { progress.waitsUntil = free }
        host.output.notice(.progress(progress))
    }

    // MARK: Changes that are not sent

    /// Notes a change that the end of the run, or of its action, has kept from being tried.
    private func noteUntried(_ target: ChangeRequest.Target, _ change: ChangeRequest) {
        guard let subject = try? ChangeSubject(target, names: context.names, known: known, read: reader.read) else {
            return
        }
        _ = unsent(subject.outcome(change.verb, .notAttempted), subject, change)
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
        if let excess = caps.excess(changes: ids.count, of: total, in: subject.space, isLive: true) {
            throw excess
        }
        changed[subject.space.id] = ids
    }

    private func refuseIncomplete() throws(RuntimeError) {
        guard !allowIncomplete else { return }
        let reasons = context.inheritedIncomplete + context.record.incomplete
        if let first = reasons.first { throw .restsOnIncompleteReads(first, count: reasons.count) }
    }
}
