/// Stages: what each takes and what it hands on.
extension TypeChecker {
    mutating func checkPipeline(_ source: Expr, _ stages: [Stage]) -> Type {
        check(stages, on: check(source), source: source)
    }

    mutating func check(_ stages: [Stage], on first: Type, source: Expr) -> Type {
        var type = first
        for (place, stage) in stages.enumerated() {
            // Where the value of the stages so far stands, for messages.
            var value = source
            if place > 0 { value = Expr(.pipeline(source, []), source.span.joined(with: stages[place - 1].span)) }
            switch stage.kind {
            case .action(let verb, _, _): lintTarget(source, stages[..<place], verb, at: stage.span)
            case .each(let pattern, let body): lintLoop(pattern, over: source, stages[..<place], body)
            case .call(let callee, let arguments): lintCall(callee, arguments, piped: source, stages[..<place])
            case .where, .map, .select, .with, .sort, .group, .unique, .take, .skip, .first, .last, .atMost, .count,
                .flatten, .reverse, .reduce:
                break
            }
            type = check(stage, on: type, value)
        }
        return type
    }

    /// The type of the items of a list. What is no list is reported, and has items of any type.
    mutating func itemType(of type: Type, _ value: Expr, user: String) -> Type {
        guard let type = used(type, value, by: user, help: "say what a missing list means: `?? []`") else {
            return .error
        }
        guard !type.kinds.contains(.list) else { return type.element }
        report(
            .wrongOperand, "\(user) needs a list, not \(type.kinds.described)", at: value.span,
            label: type.kinds.described,
            help: type.kinds == .record
                ? "its pairs are a list: `entries(r)`; one record alone is a list in brackets: `[r]`"
                : type.kinds == .int && user == "`for`"
                    ? "to count, write a range: `for i in 1..n`" : "one item alone is a list in brackets: `[x]`")
        return .error
    }

    private mutating func check(_ stage: Stage, on type: Type, _ value: Expr) -> Type {
        switch stage.kind {
        case .action(let verb, let arguments, _):
            return checkAction(verb, arguments, type, value, at: stage.span)
        case .call(let callee, let arguments):
            return checkCall(callee, arguments, piped: Piped(type: type, source: value))
        case .where, .map, .select, .with, .sort, .group, .unique, .take, .skip, .first, .last, .atMost, .count,
            .flatten, .reverse, .reduce, .each:
            return check(stage, items: itemType(of: type, value, user: "`\(stage.label)`"))
        }
    }

    private mutating func check(_ stage: Stage, items item: Type) -> Type {
        switch stage.kind {
        case .where(let condition): return checkWhere(condition, item)
        case .map(let value): return .list(of: check(value, of: item, "`map`"))
        case .select(let columns): return .list(of: checkColumns(columns, of: item, Fields(), .record, "`select`"))
        case .with(let columns): return checkWith(columns, item, at: stage.span)
        case .sort(let keys):
            for key in keys { checkOrder(check(key.value, of: item, "`sort`"), of: key.value) }
            return .list(of: item)
        case .group(let keys): return checkGroup(keys, item)
        case .unique(let key):
            if let key { _ = check(key, of: item, "`unique`") }
            return .list(of: item)
        case .take(let count), .skip(let count), .atMost(let count):
            checkCount(count, stage.label)
            if case .atMost = stage.kind { lints.acts += 1 }
            return .list(of: item)
        case .first(let count), .last(let count):
            guard let count else {
                noteSingle(stage, item)
                return item.orNull
            }
            checkCount(count, stage.label)
            return .list(of: item)
        case .count: return .int
        case .flatten: return .list(of: flattened(item))
        case .reverse: return .list(of: item)
        case .reduce(let reduction, let value): return checkReduction(reduction, value, item, at: stage.span)
        case .each(let pattern, let body):
            checkLoop(pattern, over: item, body)
            return .null
        case .action, .call: return .any
        }
    }

    /// An expression of a stage: it sees an item, and only looks.
    private mutating func check(_ value: Expr, of item: Type, _ name: String) -> Type {
        items.append(item)
        let type = quietly(.noEffect, name) { $0.check(value) }
        forgetItem()
        return type
    }

    private mutating func forgetItem() {
        let gone = items.count
        if !facts.isEmpty { facts = facts.filter { $0.root != .item(gone) } }
        items.removeLast()
    }

    // MARK: Filters and columns

    /// `where` also says what the items that pass are not: null, or without a field.
    private mutating func checkWhere(_ condition: Expr, _ item: Type) -> Type {
        items.append(item)
        check(condition: condition, "`where`", rule: .noEffect)
        let place = items.count
        var passed = item
        for path in facts(of: condition).whenTrue where path.root == .item(place) {
            passed = passed.withoutNull(at: path.parts[...])
        }
        forgetItem()
        return .list(of: passed)
    }

    private mutating func checkColumns(
        _ columns: [Column], of item: Type, _ start: Fields, _ kind: Kinds, _ name: String
    ) -> Type {
        var fields = start
        for (place, column) in columns.enumerated() {
            let type = check(column.value, of: item, name)
            fields.set(column.name?.text ?? column.value.lastField ?? "column\(place + 1)", type)
        }
        return .record(fields, kind: kind)
    }

    private mutating func checkWith(_ columns: [Column], _ item: Type, at span: Span) -> Type {
        let kinds = item.kinds.intersection(.records)
        if kinds.isEmpty {
            for column in columns { _ = check(column.value, of: item, "`with`") }
            report(
                .wrongOperand, "`with` adds columns to records, not to \(item.kinds.described)", at: span,
                label: "items are \(item.kinds.plural)", help: "build a record first: `| map {value: it}`")
            return .list(of: .any)
        }
        return .list(of: checkColumns(columns, of: item, item.fields ?? Fields(isOpen: true), kinds, "`with`"))
    }

    private mutating func checkGroup(_ keys: [Expr], _ item: Type) -> Type {
        let types = keys.map { check($0, of: item, "`group`") }
        var fields = Fields()
        for (name, type) in zip(keys.groupColumns, types) { fields.set(name, type) }
        fields.set("count", .int)
        fields.set("items", .list(of: item))
        return .list(of: .record(fields))
    }

    /// A key of `sort by`. Null has its place at the end.
    private mutating func checkOrder(_ type: Type, of key: Expr) {
        let kinds = type.kinds.subtracting(.null)
        guard !kinds.isEmpty, kinds.isDisjoint(with: OperatorTypes.ordered) else { return }
        report(
            .wrongOperand, "`sort by` does not take \(kinds.plural), which have no order", at: key.span,
            label: kinds.plural,
            help: kinds == .list
                ? "one list can be sorted by several keys: `sort by .a, .b desc`"
                : "numbers, strings, dates, durations and bools have one, for example `sort by .name`")
    }

    private func flattened(_ item: Type) -> Type {
        guard item.kinds.contains(.list) else { return item }
        return item.kinds == .list ? item.element : .any
    }

    // MARK: Numbers

    private mutating func checkCount(_ count: Expr, _ stage: String) {
        let type = quietly(.noEffect, "the operand of a stage") { $0.check(count) }
        guard let type = used(type, count, by: "`\(stage)`"), !type.kinds.contains(.int) else { return }
        report(
            .wrongOperand, "`\(stage)` takes an int, not \(type.kinds.described)", at: count.span,
            label: type.kinds.described, help: "for example `| \(stage) 10`")
    }

    private mutating func checkReduction(
        _ reduction: Reduction, _ value: Expr?, _ item: Type, at span: Span
    ) -> Type {
        let name = "`\(reduction.rawValue)`"
        let type = value.map { check($0, of: item, name) } ?? item
        let user = value ?? Expr(.it, span)
        guard
            let type = used(
                type, user, by: name, help: "leave such items out first: `| where \(value?.written ?? "it") != null`")
        else {
            return .error
        }
        let kinds = type.kinds.intersection(reduction.operands)
        guard !kinds.isEmpty else {
            report(
                .wrongOperand, "\(name) does not take \(type.kinds.plural)", at: user.span,
                label: type.kinds.plural, help: reduction.operandHelp)
            return .error
        }
        switch reduction {
        case .sum: return Type(kinds.union(.int))
        case .avg:
            let mean: Kinds = [
                kinds.isDisjoint(with: .numbers) ? [] : .float, kinds.contains(.duration) ? .duration : [],
            ]
            return Type(mean).orNull
        case .min, .max: return Type(kinds).orNull
        }
    }

    // MARK: Actions

    private mutating func checkAction(
        _ verb: Verb, _ arguments: [Argument], _ type: Type, _ value: Expr, at span: Span
    ) -> Type {
        guard let index = environment.library.index(of: verb.rawValue) else {
            // A verb of later versions, which the resolver has refused.
            for argument in arguments { _ = check(argument.value) }
            return .any
        }
        return checkCall(
            builtin: environment.library[index], arguments, Piped(type: type, source: value), at: span)
    }
}

extension Reduction {
    /// The kinds that it can fold.
    var operands: Kinds {
        switch self {
        case .sum, .avg: [.int, .float, .duration]
        case .min, .max: OperatorTypes.ordered
        }
    }

    /// What it takes, for its message.
    var operandHelp: String {
        switch self {
        case .sum, .avg: "it takes numbers or durations: `rows | \(rawValue) .size`; strings are joined by `join`"
        case .min, .max: "it takes values that have an order: `rows | \(rawValue) .updatedAt`"
        }
    }
}

extension Type {
    /// The type, when the value at the end of a path of its fields is known not to be null.
    fileprivate func withoutNull(at path: ArraySlice<Path.Part>) -> Type {
        switch path.first {
        case nil: return withoutNull
        case .item, .variable: return self
        case .field(let name):
            guard var fields, let field = fields[name] else { return self }
            fields.set(name, field.withoutNull(at: path.dropFirst()))
            return with(fields)
        case .everything:
            guard var fields else { return withoutNull }
            for name in fields.names { fields.set(name, fields[name]?.withoutNull(at: path) ?? .any) }
            return withoutNull.with(fields)
        }
    }
}
