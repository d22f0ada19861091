/// Finds, before a text runs, what cannot be right in it: fields that no audience has, operators on kinds they do not
/// take, conditions that are not bools, null where the API says it may come, and changes where code may only look.
///
/// It reads the tree and what the resolver found out. It reports only what is certain from the types; what is unknown is
/// `any` and passes, and the machine checks again. An expression with an error has the type `any`, so one mistake gives
/// one message.
package struct TypeChecker {
    let resolution: Resolution
    let environment: Environment
    private(set) var diagnostics: [Diagnostic] = []
    /// How many of them are errors.
    private(set) var errorCount = 0
    /// What is known of names, for the texts that follow at a prompt.
    var known: KnownTypes

    /// The places of the stages `first` and `last` that give one item and no list: an action on it is one change.
    private(set) var singles: Set<Span> = []

    /// The types of `it`, innermost last; a function starts with none.
    var items: [Type] = []
    /// What has been tested not to be null on the way here.
    var facts: Set<Path> = []
    /// The type that the results of the function under way join to; nil before its first `return`.
    var returned: Type?
    /// The null that may end the `?.` chain under way.
    var chainNull: Type?
    /// How many `try` enclose the code: null that is caught there is handled.
    var attempts = 0
    /// What is missing from the statements: nothing is said of what may depend on it.
    var lost = LostText()
    var effects = EffectRules()
    var lints = Lints()
    var probe = FieldProbe()

    package init(resolution: Resolution, environment: Environment) {
        self.init(resolution: resolution, environment: environment, known: KnownTypes())
    }

    init(resolution: Resolution, environment: Environment, known: KnownTypes) {
        self.resolution = resolution
        self.environment = environment
        self.known = known
    }

    /// Checks a text and the modules that it is the first to use.
    ///
    /// - Parameter isWhole: whether no later text can use the names of this one, so that an unused one is a mistake.
    package mutating func check(_ statements: [Statement], modules: [[Statement]], isWhole: Bool) {
        for module in modules {
            effects.place = EffectRules.Place(rule: .noChange, name: "the top level of a module")
            check(module, declaringForOthers: true)
            effects.place = nil
        }
        check(statements, declaringForOthers: !isWhole)
        reportEffects()
        reportUnused()
        reportUnusedModules()
        diagnostics = Diagnostic.inOrder(diagnostics)
    }

    mutating func report(
        _ code: Code, _ message: String, at span: Span, label: String? = nil, help: String? = nil, notes: [String] = []
    ) {
        report(Diagnostic(code, message, at: span, label: label, help: help, notes: notes))
    }

    mutating func noteSingle(_ stage: Stage, _ item: Type) {
        if item.kinds.isDisjoint(with: .list) { singles.insert(stage.span) }
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    mutating func warn(_ code: Code, _ message: String, at span: Span, label: String? = nil, help: String? = nil) {
        // Code that no text has was not written by anybody who could mend it.
        guard span.file != .max else { return }
        diagnostics.append(Diagnostic(code, message, at: span, label: label, help: help, severity: .warning))
    }

    // MARK: Null

    /// The type of a value that is used as a value: without null. Nil when that is an error, which is then reported.
    mutating func used(_ type: Type, _ expr: Expr, by user: String, help: String? = nil) -> Type? {
        guard type.kinds == .null || type.isNullable && attempts == 0 else { return type.withoutNull }
        if case .null = expr.kind {
            report(
                .nullUse, "\(user) does not take null", at: expr.span, label: "null",
                help: "write the value that is meant, for example 0, `\"\"` or `[]`")
            return nil
        }
        // What was told once is not told of each further use. Nobody reads the hundredth message.
        if errorCount < 100, let path = path(of: expr) { facts.insert(path) }
        let name = expr.written.map { $0.isEmpty ? "it" : $0 }
        let what = type.kinds == .null ? "is null" : "may be null"
        report(
            .nullUse, "\(name.map { "`\($0)`" } ?? "this value") \(what), and \(user) does not take null",
            at: expr.span, label: what,
            help: help
                ?? "say what a missing value means: `\(name ?? "x") ?? …`, or test `\(name ?? "x") != null` first")
        return nil
    }
}

extension Diagnostic {
    /// As many messages as a person reads at a time; the last one says when there are more.
    static func shown(_ all: [Diagnostic]) -> [Diagnostic] {
        var shown = Array(all.prefix(20))
        guard all.count > shown.count, let last = shown.indices.last else { return shown }
        shown[last].notes.append("\(counted(all.count - shown.count, "more message")) come after this one")
        return shown
    }

    /// Messages in the order of their places; those of one place as they were found.
    static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            let (first, second) = (left.element.span, right.element.span)
            return (first?.file ?? 0, first?.start ?? 0, left.offset)
                < (second?.file ?? 0, second?.start ?? 0, right.offset)
        }.map(\.element)
    }
}

extension Expr {
    /// A name or fields of one as they are written, for messages and as a key of what is known.
    var written: String? {
        switch kind {
        case .name(let name): name
        case .it: span.start == span.end ? "" : "it"
        case .field(let base, let name): base.written.map { "\($0).\(name.text)" }
        case .optionalField(let base, let name): base.written.map { "\($0)?.\(name.text)" }
        case .chain(let inner): inner.written
        case .index(let base, let key):
            if case (let base?, let key?) = (base.written, key.writtenKey) { "\(base)[\(key)]" } else { nil }
        case .null: "null"
        default: nil
        }
    }

    /// A key that stays what it is: a literal or a name.
    private var writtenKey: String? {
        switch kind {
        case .int(let value): "\(value)"
        case .negate(let inner): inner.writtenKey.map { "-\($0)" }
        case .name(let name): name
        default: literalText.map { Printer.quoted($0) }
        }
    }
}
