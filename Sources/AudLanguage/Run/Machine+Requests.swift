/// The seam to the outside: what is asked, and what the answers mean.
extension Machine {
    /// Stops with a request whose answer goes into a register.
    mutating func ask(_ request: Request, for register: Int) throws(RuntimeError) -> Request {
        switch request {
        case .page(let space, _):
            pending = .listing(register: register, space: space, items: [])
        case .print, .show, .showItem:
            try refuseQuiet("print", changes: false)
            pending = .value(register, isRead: false)
        case .change(let change):
            try refuseQuiet(change.verb.rawValue, changes: true)
            pending = .outcomes(register: register, request: change, single: false)
        case .get, .spaces, .space:
            pending = .value(register, isRead: true)
        case .confirm, .environment, .sleep, .host:
            pending = .value(register, isRead: false)
        }
        return request
    }

    // MARK: Changes

    /// An action on an audience, an id or a list of these. Nil when there is nothing to change.
    mutating func act(_ site: ActionSite, on value: Value, space: Value, result: Int) throws(RuntimeError) -> Request? {
        try refuseQuiet(site.verb.rawValue, changes: true)
        let name = try spaceName(space)
        var targets: [ChangeRequest.Target] = []
        let single: Bool
        if case .list(let list) = value {
            single = false
            for index in 0..<list.count { targets.append(try target(list[index], site.verb, name)) }
        } else {
            single = true
            targets.append(try target(value, site.verb, name))
        }
        if targets.isEmpty {
            registers[result] = .list(ListValue([]))
            return nil
        }
        let span = program.spans[pc - 1]
        let request = ChangeRequest(verb: site.verb, targets: targets, policy: site.policy, span: span)
        pending = .outcomes(register: result, request: request, single: single)
        return .change(request)
    }

    private func target(_ value: Value, _ verb: Verb, _ space: String?) throws(RuntimeError) -> ChangeRequest.Target {
        switch value {
        case .string(let id):
            return ChangeRequest.Target(id: id, space: space, audience: nil)
        case .record(let record) where record.kind == .audience:
            guard case .string(let id)? = record["id"] else { break }
            var home: String?
            if case .string(let spaceID)? = record["spaceId"] { home = spaceID }
            return ChangeRequest.Target(id: id, space: home ?? space, audience: record)
        case .record(let record) where record.kind == .plain && record["id"] != nil:
            throw RuntimeError(
                .wrongType, .type, "`\(verb.rawValue)` takes audiences, and this record is no longer one",
                help: "act before `select`, or give the ids: `| map .id | \(verb.rawValue)(space: …)`")
        case .null:
            throw RuntimeError(
                .nullOperand, .type, "`\(verb.rawValue)` was given null",
                help: "leave out what is missing first, for example `| where it != null`")
        default:
            break
        }
        throw RuntimeError(
            .wrongType, .type,
            "`\(verb.rawValue)` takes an audience, an id or a list of these, not \(Operators.described(value))",
            help: "for example `list(\"prod\") | where .status == \"Failed\" | \(verb.rawValue)`")
    }

    /// Refuses a change, or output, in code that must be quiet: whatever the checker saw, this is the guarantee.
    func refuseQuiet(_ what: String, changes: Bool) throws(RuntimeError) {
        for (depth, frame) in frames.enumerated() {
            let place = (depth == frames.count - 1 ? pc : frame.pc) - 1
            for range in program.functions[frame.function].quiet where place >= range.start && place < range.end {
                switch range.rule {
                case .stage:
                    throw RuntimeError(
                        .impure, .type, "\(range.name) must not \(what)",
                        help:
                            "stages only look; use `| each a { … }`\(Verb(rawValue: what) == nil ? "" : " or the stage `| \(what)`")"
                    )
                case .condition where changes:
                    throw RuntimeError(
                        .impure, .type, "\(range.name) must not \(what)",
                        help: "make the change in a statement of its own: `let done = \(what)(a)`")
                case .openListing where changes:
                    throw RuntimeError(
                        .impure, .type, "this loop still reads its listing, so it must not \(what)",
                        help: "finish the list first: `let all = list(…)`, then `for a in all`")
                case .condition, .openListing:
                    break
                }
            }
        }
    }

    // MARK: Answers

    /// Gives the answer to the last request; `run` then goes on.
    package mutating func answer(_ answer: Answer) {
        let outer = meter.enter()
        defer { Meter.leave(to: outer) }
        let request = pending
        pending = nil
        failedRead = false
        switch (request, answer) {
        case (_, .failure(let error)):
            // An iterator asks again, so its instruction is still the next one.
            if case .page = request { pc += 1 }
            failure = locate(error)
            failedRead = isRead(request, failing: error)
        case (.value(let register, _), .value(let value)):
            registers[register] = value
        case (.page(let slot), .page(let items, let next)):
            fill(slot, items, next)
        case (.listing(let register, let space, let items), .page(let more, let next)):
            collect(register, space, items + more, next)
        case (.outcomes(let register, let change, let single), .outcomes(let outcomes)):
            finish(change, outcomes, register, single)
        case (nil, _), (.some(.none), _):
            break
        default:
            failure = locate(
                RuntimeError(.badArgument, .server, "the host gave an answer of another kind than was asked for"))
        }
    }

    /// A request that goes on by itself: the further pages of a listing that is wanted whole.
    mutating func following() -> Request? {
        guard case .listing(_, let space, _) = pending, let cursor = followingCursor else { return nil }
        followingCursor = nil
        return .page(space: space, cursor: cursor)
    }

    /// Whether a script that goes on after this failure knows less than it asked for. A `get` that finds nothing is an
    /// answer.
    private func isRead(_ request: Pending?, failing error: RuntimeError) -> Bool {
        switch request {
        case .page, .listing: true
        case .value(_, let isRead): isRead && error.kind != .notFound
        case .outcomes, .some(.none), nil: false
        }
    }

    private mutating func fill(_ slot: Int, _ items: [Value], _ next: ListingCursor?) {
        iterators[slot].passed += iterators[slot].count
        iterators[slot].items = items
        iterators[slot].index = 0
        iterators[slot].count = items.count
        if let next {
            iterators[slot].listing?.cursor = next
            iterators[slot].total = next.expected
        } else {
            iterators[slot].listing = nil
            iterators[slot].total = iterators[slot].passed + items.count
        }
    }

    private mutating func collect(_ register: Int, _ space: String?, _ items: [Value], _ next: ListingCursor?) {
        do throws(RuntimeError) {
            try limits.check(listLength: items.count)
            if let next {
                pending = .listing(register: register, space: space, items: items)
                followingCursor = next
            } else {
                registers[register] = .list(try ListValue.checked(items, meter))
            }
        } catch {
            failure = locate(error)
        }
    }

    private mutating func finish(_ change: ChangeRequest, _ outcomes: [Outcome], _ register: Int, _ single: Bool) {
        if change.policy == .stop, let error = outcomes.lazy.compactMap(\.error).first {
            failure = locate(error)
            return
        }
        if change.policy == .stop, !handlers.isEmpty, outcomes.contains(where: { $0.status == .planned }) {
            noteSimulated(.success, at: change.span)
        }
        let records = outcomes.map { outcome -> Value in .record(outcome.record(line: line(of: change.span))) }
        registers[register] = single ? records.first ?? .null : .list(ListValue(records))
    }

    private func line(of span: Span) -> Int { sources[span]?.line(at: span.start) ?? 0 }
}

extension Outcome {
    private static let names = ["item", "action", "status", "before", "after", "error"]
    private static let shape = Shape(names)
    /// Of a change that is only planned, nobody knows yet what it answers.
    private static let planned = Shape(
        names, marks: ShapeMarks(simulated: ["status", "after", "error"]))

    /// The outcome as the script sees it.
    func record(line: Int) -> RecordValue {
        RecordValue(
            status == .planned ? Self.planned : Self.shape,
            [
                item, .string(verb.rawValue), .string(status.rawValue), before, after,
                error.map { .record($0.record(line: line)) } ?? .null,
            ],
            kind: .outcome)
    }
}
