@testable import AudLanguage

/// Pipelines: stages that pass items on are closures that pull from the stage before; the others pull all they need.
extension TreeEvaluator {
    /// The next item, or nil behind the last.
    typealias Items = () throws(RuntimeError) -> Value?

    static func items(in list: [Value]) -> Items {
        var rest = list[...]
        return { () throws(RuntimeError) -> Value? in rest.popFirst() }
    }

    func drain(_ items: Items) throws(RuntimeError) -> [Value] {
        var all: [Value] = []
        while let item = try items() { all.append(item) }
        return all
    }

    /// What a loop takes its items from: a listing page by page, the stages of a pipeline one item at a time.
    func items(of source: Expr, _ scope: Scope, _ outer: Value?) throws(RuntimeError) -> Items {
        let (first, stages) = parts(of: source)
        let streaming = stages.reversed().prefix { $0.passesItemsOn }.count
        var items: Items
        if streaming == stages.count, let space = try listing(first, scope, outer) {
            items = pages(of: space)
        } else {
            let start = stages.dropLast(streaming)
            items = Self.items(in: try list(run(first, start, scope, outer)))
        }
        for stage in stages.suffix(streaming) { items = try pass(stage, items, scope, outer) }
        return items
    }

    func pipeline(_ expr: Expr, _ scope: Scope, _ outer: Value?) throws(RuntimeError) -> Value {
        let (first, stages) = parts(of: expr)
        return try run(first, stages[...], scope, outer)
    }

    /// A pipeline in parentheses goes on behind them.
    private func parts(of expr: Expr) -> (first: Expr, stages: [Stage]) {
        guard case .pipeline(let source, let stages) = expr.kind else { return (expr, []) }
        let (first, earlier) = parts(of: source)
        return (first, earlier + stages)
    }

    private func run(
        _ source: Expr, _ stages: ArraySlice<Stage>, _ scope: Scope, _ outer: Value?
    ) throws(RuntimeError) -> Value {
        var items: Items?
        var value = Value.null
        if !stages.isEmpty, let space = try listing(source, scope, outer) {
            items = pages(of: space)
        } else {
            value = try evaluate(source, scope, outer)
        }
        for stage in stages {
            if stage.passesItemsOn {
                items = try pass(stage, feed(items, value), scope, outer)
            } else {
                switch stage.kind {
                case .call(let callee, let arguments):
                    if let items { value = .list(ListValue(try drain(items))) }
                    value = try call(callee, value, arguments, scope, outer)
                case .action(let verb, let arguments, let policy):
                    if let items { value = .list(ListValue(try drain(items))) }
                    var space = Value.null
                    if let argument = arguments.first { space = try evaluate(argument.value, scope, outer) }
                    value = try act(verb, on: value, space: space, policy)
                default: value = try end(stage, feed(items, value), scope, outer)
                }
                items = nil
            }
        }
        guard let items else { return value }
        return .list(ListValue(try drain(items)))
    }

    private func feed(_ items: Items?, _ value: Value) throws(RuntimeError) -> Items {
        if let items { return items }
        return Self.items(in: try list(value))
    }

    /// The space of a call of `list`; nil when the expression is none, and nil in it for the session's space.
    private func listing(_ expr: Expr, _ scope: Scope, _ outer: Value?) throws(RuntimeError) -> String?? {
        guard case .call(let callee, let arguments) = expr.kind, case .name("list") = callee.kind else { return nil }
        guard let argument = arguments.first else { return .some(nil) }
        guard case .string(let space) = try evaluate(argument.value, scope, outer) else { throw unsupported }
        return .some(space)
    }

    // MARK: Stages that pass items on

    private func pass(
        _ stage: Stage, _ items: @escaping Items, _ scope: Scope, _ outer: Value?
    ) throws(RuntimeError) -> Items {
        switch stage.kind {
        case .where(let condition):
            return { () throws(RuntimeError) -> Value? in
                while let item = try items() {
                    if try self.bool(self.evaluate(condition, scope, item)) { return item }
                }
                return nil
            }
        case .map(let value):
            return { () throws(RuntimeError) -> Value? in
                guard let item = try items() else { return nil }
                return try self.evaluate(value, scope, item)
            }
        case .select(let columns), .with(let columns):
            let isWith = if case .with = stage.kind { true } else { false }
            return { () throws(RuntimeError) -> Value? in
                guard let item = try items() else { return nil }
                return try self.columns(columns, of: item, isWith, scope)
            }
        case .unique(let key):
            var seen: [Value] = []
            return { () throws(RuntimeError) -> Value? in
                while let item = try items() {
                    let value = try key.map { key throws(RuntimeError) in try self.evaluate(key, scope, item) } ?? item
                    if seen.contains(where: { Operators.equal($0, value) }) { continue }
                    seen.append(value)
                    return item
                }
                return nil
            }
        case .take(let most): return taking(try count(most, scope, outer), items)
        case .skip(let most):
            var left = try count(most, scope, outer)
            return { () throws(RuntimeError) -> Value? in
                while left > 0, try items() != nil { left -= 1 }
                return try items()
            }
        case .flatten:
            var inner: ArraySlice<Value> = []
            return { () throws(RuntimeError) -> Value? in
                while true {
                    if let item = inner.popFirst() { return item }
                    guard let item = try items() else { return nil }
                    guard case .list(let list) = item else { return item }
                    inner = list.items[...]
                }
            }
        default: throw unsupported
        }
    }

    private func taking(_ most: Int, _ items: @escaping Items) -> Items {
        var left = most
        return { () throws(RuntimeError) -> Value? in
            guard left > 0, let item = try items() else { return nil }
            left -= 1
            return item
        }
    }

    private func columns(
        _ columns: [Column], of item: Value, _ isWith: Bool, _ scope: Scope
    ) throws(RuntimeError) -> Value {
        var builder = RecordBuilder()
        var kind = RecordValue.Kind.plain
        if isWith {
            guard case .record(let record) = item else { throw wrongType }
            builder = RecordBuilder(record)
            kind = record.kind
        }
        let values = try columns.map { column throws(RuntimeError) in try evaluate(column.value, scope, item) }
        for (column, value) in zip(columns, values) {
            builder.set(column.name?.text ?? column.value.lastField ?? "?", value)
        }
        return .record(try builder.record(kind: kind, limits))
    }

    // MARK: Stages that end a loop

    private func end(
        _ stage: Stage, _ items: @escaping Items, _ scope: Scope, _ outer: Value?
    ) throws(RuntimeError) -> Value {
        switch stage.kind {
        case .first(nil): return try items() ?? .null
        case .first(let most?): return .list(ListValue(try drain(taking(count(most, scope, outer), items))))
        case .last(nil): return try drain(items).last ?? .null
        case .last(let most?): return .list(ListValue(try drain(items).suffix(try count(most, scope, outer))))
        case .count: return .int(Int64(try drain(items).count))
        case .reverse: return .list(ListValue(try drain(items).reversed()))
        case .sort(let keys): return .list(ListValue(try sorted(items, keys, scope)))
        case .group(let keys): return .list(ListValue(try groups(items, keys, scope)))
        case .atMost(let most):
            let all = try drain(items)
            guard all.count <= (try count(most, scope, outer)) else { throw RuntimeError(.atMost, .limit, "too many") }
            return .list(ListValue(all))
        case .reduce(let reduction, let key):
            var reducer = Reducer(reduction, limits)
            while let item = try items() {
                try reducer.add(key.map { key throws(RuntimeError) in try evaluate(key, scope, item) } ?? item)
            }
            return try reducer.result()
        case .each(let pattern, let body):
            if case .returning = try loop(pattern, items, body, scope, outer) { throw unsupported }
            return .null
        case .where, .map, .select, .with, .unique, .take, .skip, .flatten, .action, .call: throw unsupported
        }
    }

    /// By insertion, which is stable.
    private func sorted(_ items: Items, _ keys: [SortKey], _ scope: Scope) throws(RuntimeError) -> [Value] {
        var pairs: [(item: Value, key: Value)] = []
        guard keys.count == 1 else { throw unsupported }
        while let item = try items() { pairs.append((item, try evaluate(keys[0].value, scope, item))) }
        var result: [(item: Value, key: Value)] = []
        for pair in pairs {
            var place = result.count
            while place > 0, try comesBefore(pair.key, result[place - 1].key, keys[0].descending) { place -= 1 }
            result.insert(pair, at: place)
        }
        return result.map(\.item)
    }

    private func groups(_ items: Items, _ keys: [Expr], _ scope: Scope) throws(RuntimeError) -> [Value] {
        guard keys.count == 1 else { throw unsupported }
        var groups: [(key: Value, items: [Value])] = []
        while let item = try items() {
            let key = try evaluate(keys[0], scope, item)
            if let place = groups.firstIndex(where: { Operators.equal($0.key, key) }) {
                groups[place].items.append(item)
            } else {
                groups.append((key, [item]))
            }
        }
        return groups.map { group in
            let list = Value.list(ListValue(group.items))
            return .record(
                RecordValue([("key", group.key), ("count", .int(Int64(group.items.count))), ("items", list)]))
        }
    }

    private func count(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Int {
        switch try evaluate(expr, scope, item) {
        case .int(let count) where count >= 0: return Int(count)
        default: throw unsupported
        }
    }

    private func comesBefore(_ left: Value, _ right: Value, _ descending: Bool) throws(RuntimeError) -> Bool {
        switch (left, right) {
        case (.null, .null), (.null, _): return false
        case (_, .null): return true
        default:
            let order = try Operators.compare(left, right)
            return descending ? order > 0 : order < 0
        }
    }

    /// Whether a body acts on the workspace: the source of its loop is then read to its end first.
    func changes(_ body: Block) -> Bool {
        body.statements.contains { changes($0) }
    }

    private func changes(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .let(_, let value), .var(_, let value), .assign(_, _, let value), .expression(let value): acts(value)
        case .for(_, _, let body), .while(_, let body): changes(body)
        case .if(_, let then, let otherwise): changes(then) || otherwise.map(changes) ?? false
        case .try(let body, _, let handler): changes(body) || changes(handler)
        case .use, .param, .function, .return, .break, .continue, .fail, .resume: false
        }
    }

    /// The generator writes an action as a pipeline's stage, or as a call of a statement.
    private func acts(_ expr: Expr) -> Bool {
        switch expr.kind {
        case .pipeline(_, let stages):
            stages.contains { stage in
                switch stage.kind {
                case .action: true
                case .each(_, let body): changes(body)
                default: false
                }
            }
        case .call(let callee, _):
            if case .name(let name) = callee.kind { Verb(rawValue: name) != nil } else { false }
        default: false
        }
    }
}
