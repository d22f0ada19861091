/// What is allowed and still most likely not meant. Warnings only where the text leaves no doubt.
struct Lints {
    /// The `let` names of this text that nothing else can use, with their places.
    private(set) var declared: [(variable: Int, name: Identifier)] = []
    /// The variables whose values are asked for.
    var used: Set<Int> = []
    /// Counts what may have an effect, so that a value computed for its effect is not called unused.
    var acts = 0

    mutating func declare(_ variable: Int, _ name: Identifier) {
        if !name.text.hasPrefix("_") { declared.append((variable, name)) }
    }
}

extension TypeChecker {
    mutating func reportUnused() {
        for (variable, name) in lints.declared where !lints.used.contains(variable) {
            warn(
                .unusedName, "`\(name.text)` is never used", at: name.span, label: "unused",
                help: "delete the line, or call it `_\(name.text)` if that is meant")
        }
    }

    mutating func lintShadowing(_ name: Identifier) {
        guard let index = environment.library.index(of: name.text), !environment.library[index].isHidden else { return }
        switch environment.library[index].body {
        // Names that may not be hidden at all are errors of the resolver.
        case .action: return
        case .native, .prelude, .request, .host: if name.text == "list" || name.text == "get" { return }
        }
        warn(
            .shadowedBuiltin, "`\(name.text)` hides the built-in of that name", at: name.span,
            label: "`\(name.text)(…)` cannot be called from here on", help: "choose another name")
    }

    /// A change of everything that a space holds.
    mutating func lintTarget(_ source: Expr, _ stages: ArraySlice<Stage>, _ verb: Verb, at span: Span) {
        guard source.isWholeListing, stages.allSatisfy(\.keepsAll) else { return }
        warn(
            .unboundedChange, "this would \(verb.rawValue) every audience of the space", at: span,
            label: "nothing before it leaves any out",
            help: "choose with `where`, or say how many there may be: `| at most 50 | \(verb.rawValue)`")
    }

    /// `for a in list(…) { remove(a) }`
    mutating func lintLoop(_ pattern: Pattern, _ source: Expr, _ body: Block) {
        guard case .name(let item) = pattern else { return }
        var listing = source
        var stages: ArraySlice<Stage> = []
        if case .pipeline(let first, let behind) = source.kind { (listing, stages) = (first, behind[...]) }
        for statement in body.statements {
            if statement.mayLeave { return }
            guard case .expression(let value) = statement.kind, case .call(let callee, let arguments) = value.kind,
                case .name(let name) = callee.kind, let verb = Verb(rawValue: name),
                case .name(item.text)? = arguments.first?.value.kind
            else { continue }
            lintTarget(listing, stages, verb, at: callee.span)
        }
    }
}

extension Expr {
    /// A call of `list`, whose name cannot be given another meaning.
    fileprivate var isWholeListing: Bool {
        if case .call(let callee, _) = kind, case .name("list") = callee.kind { true } else { false }
    }
}

extension Stage {
    /// Whether every item goes on, one by one.
    fileprivate var keepsAll: Bool {
        switch kind {
        case .sort, .with, .reverse: true
        case .where, .map, .select, .group, .unique, .take, .skip, .first, .last, .atMost, .count, .flatten, .reduce,
            .each, .action, .call:
            false
        }
    }
}

extension Statement {
    /// Whether the statement can end the round before the rest of the block.
    fileprivate var mayLeave: Bool {
        switch kind {
        case .if, .try, .break, .continue, .return, .fail, .for, .while: true
        case .use, .param, .function, .let, .var, .assign, .resume, .expression: false
        }
    }
}
