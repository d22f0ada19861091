// Carries planned calls through, in their order, and keeps the journal. Invariants: before each change its audience is
// read, and a change is only sent when the audience is as the plan expected it (after an earlier call of the plan: as that
// call's answer left it); an intent is durable before its change is sent, and an outcome before anything later is; every
// call has an outcome at the end, whatever stopped the run.
//
// Intents are written one by one where a rate limit makes each call wait anyway. Where there is none, up to 32 are written
// at once, together with the outcomes before them: a call costs less than the disk does, and after a crash these 32 are
// settled by as many reads.

internal import AudLanguage
internal import SegmentAudiences

struct ApplyRun {
    /// What the calls are sent with.
    struct Tools: Sendable {
        var connection: Connection
        var sender: ChangeSender
        var reader: Reader
        var journal: RunJournal?
        var time: any TimeSource
        /// A newer `updatedAt` alone is drift.
        var isStrict: Bool
        /// The most edits that Segment may be working on; nil: any number.
        var editsInProgress: Int?
        /// What other runs have to send meanwhile.
        var others: [Bucket: Int] = [:]
        var record: RunRecord
        /// Told how far the sending is, before each write of the journal; nil when it is over.
        var onProgress: (@Sendable (Progress?) -> Void)?
        var onStep: (@Sendable (ApplyStep, Int) -> Void)?
    }

    /// The most intents in one write.
    private static let largestGroup = 32
    /// How long before its change an audience is read.
    private static let lead = Duration.seconds(2)
    /// So many audiences in a row that cannot be read mean that the API cannot be reached.
    private static let mostUnreadable = 3

    private let tools: Tools
    private let calls: [PlannedCall]
    /// Audiences with several calls.
    private let repeated: Set<AudienceIdentity>
    private var limited: Set<Bucket> = []
    /// What became of each call; until that is known, that it was not attempted.
    private var outcomes: [Outcome]
    private var next = 0
    private var locked = LockedLines()
    private var reads: [Int: PendingRead] = [:]
    /// How earlier calls left the audiences that have later ones.
    private var answers: [AudienceIdentity: Expectation] = [:]
    private var unwritten: [RunJournal.Entry] = []
    private var edits: EditsInProgress
    private var sight = SpaceSight()
    private var unreadable = 0
    private var finished = 0
    private let began: BootInstant
    private var finish: BootInstant?
    /// What ended the run before its end.
    private(set) var stop: RuntimeError?
    /// How many audiences had a newer `updatedAt` and were otherwise as expected.
    private(set) var newer = 0

    init(_ calls: [PlannedCall], _ tools: Tools) {
        self.tools = tools
        self.calls = calls
        outcomes = calls.map { ChangeSubject($0).outcome($0.verb, .notAttempted) }
        edits = EditsInProgress(most: tools.editsInProgress)
        began = tools.time.now()
        var seen: Set<AudienceIdentity> = []
        repeated = Set(calls.map(\.identity).filter { !seen.insert($0).inserted })
    }

    /// Carries all calls through; answers their outcomes, in order.
    mutating func run() async -> [Outcome] {
        do throws(APIError) {
            for status in try await tools.connection.ledger.snapshot() where status.limit != nil {
                limited.insert(status.bucket)
            }
        } catch {
            stop = RuntimeError(error)
        }
        var plan = Plan()
        plan.calls = calls
        // Without it, progress just names no end.
        let bill = try? await plan.bill(
            ledger: tools.connection.ledger, now: tools.time.wallNow(), others: tools.others
        )
        finish = bill.map { began.advanced(by: $0.duration) }
        while stop == nil, let group = await nextGroup() { await carry(group) }
        reads.removeAll()
        flush()
        tools.onProgress?(nil)
        return outcomes
    }

    // MARK: What comes next

    /// The places of the calls to carry next: one, or several that no limit holds up. Nil at the end.
    private mutating func nextGroup() async -> [Int]? {
        while true {
            if Task.isCancelled {
                stop = .interrupted
                return nil
            }
            if let place = locked.due(at: tools.time.now()) { return [place] }
            let group = nextInLine()
            if !group.isEmpty { return group }
            guard let (place, due) = locked.next else { return nil }
            var progress = progress(at: place)
            progress.waitsUntil = due
            progress.isLocked = true
            tools.onProgress?(progress)
            try? await tools.time.sleep(until: due)
        }
    }

    private mutating func nextInLine() -> [Int] {
        var group: [Int] = []
        var audiences: Set<AudienceIdentity> = []
        while next < calls.count, group.count < Self.largestGroup {
            let call = calls[next]
            let isLimited = goesAlone(call.verb)
            if !group.isEmpty, isLimited || audiences.contains(call.identity) { break }
            next += 1
            if locked.append(next - 1, of: call.identity) { continue }
            group.append(next - 1)
            audiences.insert(call.identity)
            if isLimited { break }
        }
        return group
    }

    /// Whether calls of a verb come one by one, because each may have to wait.
    private func goesAlone(_ verb: Verb) -> Bool {
        limited.contains(verb.bucket) || tools.editsInProgress != nil && verb.isEdit
    }

    /// Begins the reads for the calls that will come next, up to a group of them.
    private mutating func readAhead() {
        guard next < calls.count else { return }
        let most = goesAlone(calls[next].verb) ? 1 : Self.largestGroup
        for place in next..<min(next + most, calls.count) where reads[place] == nil {
            // An audience that a call before changes is read after that.
            if !repeated.contains(calls[place].identity) { read(place) }
        }
    }

    private mutating func read(_ place: Int) {
        reads[place] = PendingRead(of: calls[place], tools.connection.reading)
    }

    // MARK: Carrying

    private mutating func carry(_ group: [Int]) async {
        await tellProgress(at: group[0])
        if group.count == 1 {
            do throws(RuntimeError) {
                // What was read before a long wait is read again after it.
                if try await waitForItsMoment(group[0]) { reads[group[0]] = nil }
            } catch {
                stop = error
                return
            }
        }
        for place in group where reads[place] == nil { read(place) }
        var changes: [(place: Int, subject: ChangeSubject, bank: String?)] = []
        /// A failure that ends the run once the calls before it are sent.
        var failure: RuntimeError?
        for place in group {
            guard let read = reads.removeValue(forKey: place) else { continue }
            guard failure == nil else { continue }
            do throws(RuntimeError) {
                try tools.record.countRequest()
                switch try await check(place, await read.result()) {
                case .over(let outcome): failure = close(place, outcome)
                case .change(let subject, let audience):
                    changes.append((place, subject, calls[place].verb == .remove ? audience.json.text : nil))
                }
                if unreadable >= Self.mostUnreadable { throw .unreachable(after: outcomes[place].error) }
            } catch {
                stop = error
                return
            }
        }
        for change in changes { tools.onStep?(.beforeIntent, calls[change.place].number) }
        unwritten += changes.map { .intent(calls[$0.place].number, banking: $0.bank) }
        guard flush() else {
            // Nothing is sent without a durable intent, and nothing that is not sent has one.
            unwritten.removeLast(changes.count)
            for change in changes { withdraw(calls[change.place]) }
            return
        }
        for change in changes { tools.onStep?(.afterIntent, calls[change.place].number) }
        readAhead()
        for change in changes { await send(change.place, change.subject) }
        if group.count == 1 {
            flush()
            for change in changes { tools.onStep?(.afterOutcome, calls[change.place].number) }
        }
        stop = stop ?? failure
    }

    /// Waits until a call can be sent at once; answers whether that took a wait.
    private mutating func waitForItsMoment(_ place: Int) async throws(RuntimeError) -> Bool {
        let verb = calls[place].verb
        var hasWaited = false
        if verb.isEdit, edits.isFull {
            let progress = progress(at: place)
            hasWaited = try await edits.waitForRoom(tools.connection.reading, tools.time, tools.record) {
                [tools] count, next in
                var progress = progress
                progress.waitsUntil = next
                progress.editsInProgress = count
                tools.onProgress?(progress)
            }
        }
        do throws(APIError) {
            return try await tools.connection.approach(verb.bucket, Self.lead) || hasWaited
        } catch {
            throw RuntimeError(error)
        }
    }

    private func progress(at place: Int) -> Progress {
        let call = calls[place]
        return Progress(
            finished: finished, total: calls.count, began: began, verb: call.verb, item: call.name ?? call.id,
            finish: finish
        )
    }

    private func tellProgress(at place: Int) async {
        guard let onProgress = tools.onProgress else { return }
        var progress = progress(at: place)
        let free = (try? await tools.connection.ledger.nextFree(calls[place].verb.bucket)) ?? tools.time.now()
        progress.waitsUntil = free > tools.time.now() ? free : nil
        onProgress(progress)
    }

    private enum Check {
        case over(Outcome)
        case change(ChangeSubject, Audience)
    }

    /// Compares an audience that was just read with what its call expects. Throws what ends the run.
    private mutating func check(
        _ place: Int, _ read: Result<Audience, APIError>
    ) async throws(RuntimeError) -> Check {
        let call = calls[place]
        let subject = ChangeSubject(call)
        let audience: Audience
        switch read {
        case .success(let success): audience = success
        case .failure(let error):
            let cause = RuntimeError(error, audience: call.id, in: call.space)
            switch error.kind {
            case .auth, .forbidden, .cancelled, .budget, .rateLimited, .ledger: throw cause
            case .notFound:
                try await sight.confirm(call.space, tools.connection.reading, tools.record)
                return .over(subject.gone(call.verb, error: cause))
            case .network, .timeout, .server: unreadable += 1
            case .invalidArgument, .conflict, .validation, .unreadable, .outcomeUnknown, .repeatedCursor, .redirect:
                break
            }
            return .over(subject.outcome(call.verb, .failed, error: cause))
        }
        unreadable = 0
        sight.note(call.space)
        let record = tools.reader.record(audience, space: call.space)
        let expected = answers[call.identity] ?? call.expectation
        var fields = expected?.drift(in: record) ?? []
        if case .enabled(record.isEnabled) = call.verb.goal, fields.allSatisfy({ $0 == "enabled" }) {
            var outcome = subject.outcome(call.verb, .skipped, after: ChangeSubject.state(after: call.verb))
            // Not as the plan has it: it was so already.
            outcome.before = outcome.after
            return .over(outcome)
        }
        if fields.isEmpty, let then = expected?.updatedAt, let now = record.date("updatedAt"), now > then {
            if tools.isStrict { fields = ["updatedAt"] } else { newer += 1 }
        }
        if fields.isEmpty { return .change(subject, audience) }
        return .over(subject.outcome(call.verb, .drifted, error: .drifted(fields, item: subject.item)))
    }

    private mutating func send(_ place: Int, _ subject: ChangeSubject) async {
        let call = calls[place]
        if stop == nil, Task.isCancelled { stop = .interrupted }
        guard stop == nil else { return withdraw(call) }
        do {
            let result = try await tools.sender.send(call.verb, to: subject, noting: tools.record)
            tools.onStep?(.afterAnswer, call.number)
            switch result {
            case .over(let outcome, let answer):
                if outcome.status == .done || outcome.status == .unknown {
                    edits.note(call.verb, call.identity, at: tools.time.now())
                }
                stop = close(place, outcome)
                if repeated.contains(call.identity), let answer {
                    // Segment goes on working on an audience that was changed, so its date is nobody's drift.
                    answers[call.identity] = Expectation(answer)
                    answers[call.identity]?.updatedAt = nil
                }
            case .locked(let error, let retryAfter):
                let now = tools.time.now()
                if locked.refuse(place, of: call.identity, retryAfter: retryAfter, at: now) {
                    unwritten.append(.refused(call.number))
                } else {
                    stop = close(place, subject.outcome(call.verb, .failed, error: error))
                }
            case .unreachable(let error):
                // It may be sent when the server is there again, and so may all the calls behind it.
                withdraw(call)
                stop = error
            }
        } catch {
            stop = error
            unwritten.append(.unmade(call.number, after: error))
        }
    }

    /// The call is over. Answers what ends the run after it.
    private mutating func close(_ place: Int, _ outcome: Outcome) -> RuntimeError? {
        let call = calls[place]
        outcomes[place] = outcome
        finished += 1
        unwritten.append(.outcome(call.number, outcome.status, error: outcome.error?.message))
        locked.leave(call.identity, at: tools.time.now())
        // What somebody else has changed or removed is theirs, and no reason to leave the rest.
        guard call.policy == .stop, outcome.status != .drifted, outcome.status != .gone, var error = outcome.error
        else { return nil }
        error.span = call.span
        return error
    }

    private mutating func withdraw(_ call: PlannedCall) {
        unwritten.append(.withdrawn(call.number))
    }

    /// Makes everything durable that is known so far; false, and the run is stopped, when that cannot be done.
    @discardableResult
    private mutating func flush() -> Bool {
        do throws(StateError) {
            try tools.journal?.write(unwritten)
            unwritten = []
            return true
        } catch {
            if stop == nil { stop = RuntimeError(error) }
            return false
        }
    }
}
