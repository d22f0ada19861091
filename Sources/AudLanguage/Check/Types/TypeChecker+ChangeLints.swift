/// The lint for a change of everything that a space holds, in every form in which it is commonly written: as a stage, as
/// a call, in a loop, through a function.
///
/// It speaks only where nothing on the way from the listing to the verb leaves an item out.
extension TypeChecker {
    /// A value of which all is followed: everything that a space holds, or the value of a name.
    enum Whole {
        case listing
        case variable(Int)
    }

    struct Change {
        var verb: Verb
        var span: Span
    }

    // MARK: What is checked

    /// `list(…) | remove`.
    mutating func lintTarget(_ source: Expr, _ stages: ArraySlice<Stage>, _ verb: Verb, at span: Span) {
        if isWhole(source, of: .listing, after: stages) { warn(Change(verb: verb, span: span)) }
    }

    /// `remove(list(…))`, and a function that does it to what it is given.
    mutating func lintCall(
        _ callee: Expr, _ arguments: [Argument], piped source: Expr? = nil, _ stages: ArraySlice<Stage> = []
    ) {
        if let change = change(by: callee, arguments, piped: source, stages, of: .listing) { warn(change) }
    }

    /// `for a in list(…) { remove(a) }`, and the same with `each`.
    mutating func lintLoop(_ pattern: Pattern, over source: Expr, _ stages: ArraySlice<Stage>, _ body: Block) {
        guard isWhole(source, of: .listing, after: stages) else { return }
        for change in changes(of: pattern, in: body) { warn(change) }
    }

    private mutating func warn(_ change: Change) {
        warn(
            .unboundedChange, "this would \(change.verb.rawValue) every audience of the space", at: change.span,
            label: "nothing before it leaves any out",
            help: "choose with `where`, or say how many there may be: `| at most 50 | \(change.verb.rawValue)`")
    }

    /// Whether a value is the whole, or the ids of the whole.
    func isWhole(_ expr: Expr, of whole: Whole, after stages: ArraySlice<Stage> = []) -> Bool {
        guard stages.allSatisfy(\.keepsAll) else { return false }
        switch expr.kind {
        case .name(let text):
            guard case .variable(let index)? = resolution[Identifier(text, expr.span)] else { return false }
            return switch whole {
            case .listing: lints.listings.contains(index)
            case .variable(let variable): index == variable
            }
        case .call(let callee, let arguments):
            // Its name cannot be given another meaning.
            if case (.listing, .name("list")) = (whole, callee.kind) { return true }
            if case .name("concat") = callee.kind { return arguments.contains { isWhole($0.value, of: whole) } }
            return false
        case .list(let items):
            return items.contains { if case .spread(let value) = $0 { isWhole(value, of: whole) } else { false } }
        case .field(let base, let name):
            // The id of an item; a list has no fields.
            if case .variable = whole { return name.text == "id" && isWhole(base, of: whole) }
            return false
        case .pipeline(let source, let stages): return isWhole(source, of: whole, after: stages[...])
        default: return false
        }
    }

    // MARK: What surely happens

    /// What happens to every item of a loop.
    private mutating func changes(of pattern: Pattern, in body: Block) -> [Change] {
        guard case .name(let name) = pattern, case .variable(let index)? = resolution[name] else { return [] }
        return changes(of: .variable(index), in: body.statements)
    }

    /// What happens to a whole value in a block, up to the first statement that may leave it.
    private mutating func changes(of whole: Whole, in statements: [Statement]) -> [Change] {
        var found: [Change] = []
        for statement in statements {
            switch statement.kind {
            case .let(_, let value), .var(_, let value), .assign(_, _, let value), .expression(let value),
                .return(.some(let value)):
                found += changes(of: whole, in: value)
            case .try(let body, _, _): found += changes(of: whole, in: body.statements)
            case .for(let pattern, let source, let body):
                if isWhole(source, of: whole) { found += changes(of: pattern, in: body) }
            case .use, .param, .function, .while, .if, .return(nil), .break, .continue, .fail, .resume: break
            }
            if statement.mayLeave { break }
        }
        return found
    }

    private mutating func changes(of whole: Whole, in expr: Expr) -> [Change] {
        switch expr.kind {
        case .call(let callee, let arguments):
            let inner = arguments.flatMap { changes(of: whole, in: $0.value) }
            return (change(by: callee, arguments, of: whole).map { [$0] } ?? []) + inner
        case .pipeline(let source, let stages):
            var found = changes(of: whole, in: source)
            for (place, stage) in stages.enumerated() where isWhole(source, of: whole, after: stages[..<place]) {
                switch stage.kind {
                case .action(let verb, _, _): found.append(Change(verb: verb, span: stage.span))
                case .each(let pattern, let body): found += changes(of: pattern, in: body)
                case .call(let callee, let arguments):
                    if let change = change(by: callee, arguments, piped: source, stages[..<place], of: whole) {
                        found.append(change)
                    }
                default: break
                }
            }
            return found
        // Only the first part is sure to be worked out.
        case .conditional(let first, _, _), .attempt(let first, _), .and(let first, _), .or(let first, _),
            .coalesce(let first, _):
            return changes(of: whole, in: first)
        case .null, .bool, .int, .float, .duration, .date, .regex, .string, .it, .name, .list, .record, .negate, .not,
            .binary, .range, .field, .optionalField, .chain, .index, .lambda:
            return expr.parts.flatMap { changes(of: whole, in: $0) }
        }
    }

    /// What a call does to a whole that it is given.
    private mutating func change(
        by callee: Expr, _ arguments: [Argument], piped source: Expr? = nil, _ stages: ArraySlice<Stage> = [],
        of whole: Whole
    ) -> Change? {
        let name: Identifier
        switch callee.kind {
        case .name(let text): name = Identifier(text, callee.span)
        case .field(_, let field): name = field
        default: return nil
        }
        let parameters: [Environment.Parameter]
        switch resolution[name] {
        case .builtin(let index): parameters = environment.library[index].matchParameters
        case .function(let index): parameters = environment.functions[index].parameters
        case .variable, .module, nil: return nil
        }
        for place in matched(arguments, isPiped: source != nil, parameters, isVariadic: false) {
            guard let parameter = place.parameter else { continue }
            let isGiven =
                if let value = place.value { isWhole(value, of: whole) } else if let source {
                    isWhole(source, of: whole, after: stages)
                } else { false }
            guard isGiven else { continue }
            switch resolution[name] {
            case .builtin(let index):
                if case .action(let verb) = environment.library[index].body, parameter == 0 {
                    return Change(verb: verb, span: name.span)
                }
            case .function(let index):
                if let verb = verb(of: index, parameter) { return Change(verb: verb, span: name.span) }
            case .variable, .module, nil: break
            }
        }
        return nil
    }

    /// What a function does to the whole of an argument. Each is worked out once; one that calls itself does nothing.
    private mutating func verb(of function: Int, _ parameter: Int) -> Verb? {
        guard let declaration = lints.functions[function], declaration.parameters.indices.contains(parameter),
            case .variable(let variable)? = resolution[declaration.parameters[parameter].name]
        else { return nil }
        if let known = lints.verbs[variable] { return known }
        lints.verbs[variable] = .some(nil)
        let verb = changes(of: .variable(variable), in: declaration.body.statements).first?.verb
        lints.verbs[variable] = .some(verb)
        return verb
    }
}

extension Stage {
    /// Whether every item goes on, one by one, or its id does.
    fileprivate var keepsAll: Bool {
        switch kind {
        case .sort, .with, .reverse, .unique(nil): true
        case .map(let value), .unique(.some(let value)): value.isID
        case .where, .select, .group, .take, .skip, .first, .last, .atMost, .count, .flatten, .reduce, .each, .action,
            .call:
            false
        }
    }
}

extension Expr {
    /// `.id` of the item: no two have the same.
    fileprivate var isID: Bool {
        if case .field(let base, let name) = kind, case .it = base.kind { name.text == "id" } else { false }
    }
}

extension Statement {
    /// Whether the statement can end the round before the rest of the block.
    fileprivate var mayLeave: Bool {
        switch kind {
        case .break, .continue, .return, .fail: true
        case .if(_, let then, let otherwise): then.mayLeave || otherwise?.mayLeave == true
        case .try(let body, _, let handler): body.mayLeave || handler.mayLeave
        case .for(_, _, let body), .while(_, let body): body.mayLeave
        case .expression(let value): value.expectedCondition != nil
        case .use, .param, .function, .let, .var, .assign, .resume: false
        }
    }
}

extension Block {
    fileprivate var mayLeave: Bool { statements.contains(where: \.mayLeave) }
}
