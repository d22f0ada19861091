/// What an expression is made of, for the questions that decide on the order of evaluation. A lambda has no parts here:
/// it runs in a frame of its own, where it cannot assign to the code around it.
extension Expr {
    /// The word of a stage with a field behind it, `where .enabled`, that the expression begins with: a `|` may be missing
    /// in front of it.
    var strayStage: Identifier? {
        switch kind {
        case .field(let base, _):
            if case .name(let name) = base.kind, StageWord(rawValue: name) != nil {
                Identifier(name, base.span)
            } else {
                base.strayStage
            }
        case .pipeline(let first, _), .binary(_, let first, _), .and(let first, _), .or(let first, _),
            .coalesce(let first, _), .index(let first, _), .call(let first, _), .chain(let first),
            .optionalField(let first, _):
            first.strayStage
        case .null, .bool, .int, .float, .duration, .date, .regex, .string, .it, .name, .list, .record, .negate, .not,
            .range, .lambda, .conditional, .attempt:
            nil
        }
    }

    /// The expressions inside, those of stages included, blocks of `each` left out.
    var parts: [Expr] {
        switch kind {
        case .null, .bool, .int, .float, .duration, .date, .regex, .it, .name, .lambda:
            []
        case .string(let parts):
            parts.compactMap { if case .interpolation(let value) = $0 { value } else { nil } }
        case .list(let items):
            items.map {
                switch $0 {
                case .item(let value), .spread(let value): value
                }
            }
        case .record(let items):
            items.map {
                switch $0 {
                case .field(_, let value), .spread(let value): value
                }
            }
        case .negate(let value), .not(let value), .field(let value, _), .optionalField(let value, _),
            .chain(let value):
            [value]
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right),
            .coalesce(let left, let right), .range(let left, let right, _), .index(let left, let right),
            .attempt(let left, let right):
            [left, right]
        case .call(let callee, let arguments):
            [callee] + arguments.map(\.value)
        case .pipeline(let source, let stages):
            [source] + stages.flatMap(\.parts)
        case .conditional(let condition, let then, let otherwise):
            [condition, then, otherwise]
        }
    }

    /// The blocks of `each` anywhere inside: the only statements that an expression holds.
    var blocks: [Block] {
        let own: [Block] = if case .pipeline(_, let stages) = kind { stages.compactMap(\.block) } else { [] }
        return own + parts.flatMap(\.blocks)
    }

    /// The names that are used inside, but in blocks.
    var names: [Identifier] {
        if case .name(let text) = kind { return [Identifier(text, span)] }
        return parts.flatMap(\.names)
    }
}

extension Stage {
    var parts: [Expr] {
        switch kind {
        case .where(let value), .map(let value), .take(let value), .skip(let value), .atMost(let value): [value]
        case .unique(let value), .first(let value), .last(let value), .reduce(_, let value): value.map { [$0] } ?? []
        case .select(let columns), .with(let columns): columns.map(\.value)
        case .sort(let keys): keys.map(\.value)
        case .group(let keys): keys
        case .action(_, let arguments, _): arguments.map(\.value)
        case .call(let callee, let arguments): [callee] + arguments.map(\.value)
        case .count, .flatten, .reverse, .each: []
        }
    }

    var block: Block? {
        if case .each(_, let body) = kind { body } else { nil }
    }
}

extension Block {
    /// The names that the block assigns to, but in functions.
    var assigned: [Identifier] { statements.flatMap(\.assigned) }
}

extension Statement {
    fileprivate var assigned: [Identifier] {
        switch kind {
        case .assign(let name, _, let value): [name] + value.blocks.flatMap(\.assigned)
        case .let(_, let value), .var(_, let value), .fail(let value), .expression(let value):
            value.blocks.flatMap(\.assigned)
        case .return(let value): value?.blocks.flatMap(\.assigned) ?? []
        case .for(_, let source, let body): source.blocks.flatMap(\.assigned) + body.assigned
        case .while(let condition, let body): condition.blocks.flatMap(\.assigned) + body.assigned
        case .if(let condition, let then, let otherwise):
            condition.blocks.flatMap(\.assigned) + then.assigned + (otherwise?.assigned ?? [])
        case .try(let body, _, let handler): body.assigned + handler.assigned
        case .use, .param, .function, .break, .continue, .resume: []
        }
    }
}

extension [Expr] {
    /// The columns that the keys of a `group by` give: `key` for one alone, else each is named after its last field,
    /// unless that name is taken.
    var groupColumns: [String] {
        if count == 1 { return ["key"] }
        var taken: Set = ["count", "items"]
        return enumerated().map { place, key in
            if let field = key.lastField, taken.insert(field).inserted { return field }
            var name = "key\(place + 1)"
            while !taken.insert(name).inserted { name += "_" }
            return name
        }
    }
}
