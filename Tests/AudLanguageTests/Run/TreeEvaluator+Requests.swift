@testable import AudLanguage

/// What the oracle asks of the workspace.
extension TreeEvaluator {
    /// The answer to a request; of a listing the items of all pages.
    func ask(_ request: Request) throws(RuntimeError) -> Value {
        if case .page(let space, _) = request { return .list(ListValue(try drain(pages(of: space)))) }
        switch workspace.answer(request) {
        case .value(let value): return value
        case .failure(let error): throw error
        case .page, .outcomes: throw unsupported
        }
    }

    /// The items of a listing. A page is asked for when its first item is.
    func pages(of space: String?) -> Items {
        var items: [Value] = []
        var index = 0
        var cursor: ListingCursor?
        var isOver = false
        return { () throws(RuntimeError) -> Value? in
            while index == items.count {
                if isOver { return nil }
                switch self.workspace.answer(.page(space: space, cursor: cursor)) {
                case .page(let more, let next):
                    (items, index, cursor, isOver) = (more, 0, next, next == nil)
                case .failure(let error): throw error
                case .value, .outcomes: throw self.unsupported
                }
            }
            index += 1
            return items[index - 1]
        }
    }

    /// An action on one thing or on a list, whose outcomes are one or a list.
    func act(_ verb: Verb, on value: Value, space: Value, _ policy: ErrorPolicy) throws(RuntimeError) -> Value {
        var home: String?
        if case .string(let name) = space { home = name }
        var targets: [ChangeRequest.Target] = []
        var isList = false
        if case .list(let list) = value {
            isList = true
            for item in list.items { targets.append(try target(item, home)) }
        } else {
            targets = [try target(value, home)]
        }
        if targets.isEmpty { return .list(ListValue([])) }
        let span = Span(file: 0, start: 0, end: 0)
        let request = Request.change(ChangeRequest(verb: verb, targets: targets, policy: policy, span: span))
        switch workspace.answer(request) {
        case .outcomes(let outcomes):
            if policy == .stop, let error = outcomes.compactMap(\.error).first { throw error }
            let records = outcomes.map { Value.record($0.record(line: 0)) }
            return isList ? .list(ListValue(records)) : records[0]
        case .failure(let error): throw error
        case .value, .page: throw unsupported
        }
    }

    private func target(_ value: Value, _ space: String?) throws(RuntimeError) -> ChangeRequest.Target {
        switch value {
        case .string(let id): return ChangeRequest.Target(id: id, space: space, audience: nil)
        case .record(let record) where record.kind == .audience:
            guard case .string(let id)? = record["id"], case .string(let home)? = record["spaceId"] else { break }
            return ChangeRequest.Target(id: id, space: home, audience: record)
        case .null: throw RuntimeError(.nullOperand, .type, "null")
        default: break
        }
        throw wrongType
    }
}
