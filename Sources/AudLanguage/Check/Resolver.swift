/// Decides what every name of a text means, before it runs.
///
/// Functions are hoisted within their block; everything else is known from its line on. A closure copies what it
/// captures, so it may not capture a `var`. A name of the top level is no capture: it sits in the base frame for as
/// long as the session lasts.
package struct Resolver {
    /// The names of one block, innermost last in `scopes`.
    struct Scope {
        var names: [String: Environment.Entry] = [:]
        /// Which of the names this text defined: at the top level a text may give the names of earlier ones again.
        var own: Set<String> = []
        /// Names that a later statement of the block will define, with their places.
        var later: [String: Span] = [:]
        var function: Int
        /// The session's or a module's top level: its names live in the base frame.
        var isTopLevel = false
    }

    /// A use of a function, to be checked when all that the function needs is known.
    struct FunctionUse {
        var function: Int
        var user: Int
        var order: Int
        var name: Identifier
    }

    package internal(set) var environment: Environment
    package internal(set) var resolution = Resolution()
    package internal(set) var diagnostics: [Diagnostic] = []
    /// The name behind the last `|`, where a stage may have been meant.
    var stageName: Span?
    /// The variables that are parameters, of functions or of the script, or items of loops.
    var given: Set<Int> = []
    /// Modules that a `use` brought in for the first time, in the order in which they must start.
    package internal(set) var newModules: [LoadedModule] = []

    var scopes: [Scope] = []
    var uses: [FunctionUse] = []
    var effects: [EffectSummary] = [EffectSummary()]
    /// How many stages with an item enclose the code, in the innermost function.
    var itemDepth = 0
    /// For how many more unknown names a near one is looked for: who has many reads the first ones.
    private var suggestionsLeft = 50
    var loopDepth = 0
    /// What is missing from the statements: nothing is said of calls of a function that stands in there.
    var lost = LostText()
    /// Names that were assigned to without being bound, which was told.
    var assumed: Set<String> = []
    /// The main script and the modules whose `use` is being resolved, outermost first.
    var openModules: [String] = []
    let load: (_ path: String, _ span: Span) -> Result<LoadedModule, Diagnostic>

    /// A module's text, read once.
    package struct LoadedModule: Sendable {
        package var path: String
        package var index: Int
        package var statements: [Statement]
    }

    package init(
        environment: Environment, load: @escaping (_ path: String, _ span: Span) -> Result<LoadedModule, Diagnostic>
    ) {
        self.environment = environment
        self.load = load
    }

    /// Resolves the statements of a text at the session's top level.
    package mutating func resolve(_ statements: [Statement]) {
        scopes = [Scope(names: environment.names, function: 0, isTopLevel: true)]
        resolveBlock(statements)
        environment.names = scopes[0].names
        closeFunctions()
        environment.functions[0].effects = effects[0]
        diagnostics.sort { ($0.span?.file ?? 0, $0.span?.start ?? 0) < ($1.span?.file ?? 0, $1.span?.start ?? 0) }
    }

    mutating func report(_ code: Code, _ message: String, at span: Span, label: String? = nil, help: String? = nil) {
        diagnostics.append(Diagnostic(code, message, at: span, label: label, help: help))
    }

    // MARK: Names

    var function: Int { scopes[scopes.count - 1].function }

    mutating func declare(_ name: Identifier, isMutable: Bool) {
        let scope = scopes.count - 1
        refuseReserved(name)
        refuseRepeated(name, isBound: true)
        environment.order += 1
        var variable = Environment.Variable(
            name: name.text, owner: scopes[scope].function, isMutable: isMutable, global: nil,
            order: environment.order)
        if scopes[scope].isTopLevel {
            variable.global = environment.globalCount
            environment.globalCount += 1
        }
        environment.variables.append(variable)
        let index = environment.variables.count - 1
        scopes[scope].names[name.text] = .variable(index)
        scopes[scope].later[name.text] = nil
        resolution[name] = .variable(index)
    }

    /// Declares a parameter, of a function or of the script, or the item of a loop.
    mutating func declareGiven(_ name: Identifier) {
        declare(name, isMutable: false)
        given.insert(environment.variables.count - 1)
    }

    /// Within one text a name of a block is defined once.
    ///
    /// - Parameter isBound: whether it is a `let` or `var`, which could be an assignment instead.
    mutating func refuseRepeated(_ name: Identifier, isBound: Bool = false) {
        let scope = scopes.count - 1
        guard !scopes[scope].own.insert(name.text).inserted else { return }
        let (what, canAssign) =
            switch scopes[scope].names[name.text] {
            case .function: ("a function", false)
            case .module: ("a module", false)
            case .variable(let index): ("a name", isBound && !given.contains(index))
            case nil: ("a name", false)
            }
        report(
            .alreadyDefined, "`\(name.text)` is already \(what) of this block", at: name.span,
            label: "defined a second time",
            help: "choose another name" + (canAssign ? ", or use `var` and assign to it" : ""))
    }

    mutating func refuseReserved(_ name: Identifier) {
        if Library.isReserved(name.text) {
            report(
                .reservedName, "`\(name.text)` cannot be given another meaning", at: name.span,
                label: Verb(rawValue: name.text) == nil ? "reads the workspace" : "a verb of the API",
                help: "choose another name, for example `my_\(name.text)`")
        }
    }

    /// Looks a name up and notes what its use means. Nil when it is unknown, which is then reported.
    mutating func use(_ name: Identifier) -> Resolution.Binding? {
        for scope in scopes.reversed() {
            if let entry = scope.names[name.text] { return bind(name, to: entry) }
            if let definition = scope.later[name.text] {
                let hidesAnother =
                    scopes.contains { $0.names[name.text] != nil } || environment.library.index(of: name.text) != nil
                let help =
                    if hidesAnother {
                        "in the whole block `\(name.text)` is the one that is defined in it: give that another name"
                    } else if definition.start < name.span.start {
                        "a name has no value in its own definition; a function that calls itself is a `fn`"
                    } else {
                        "move its `let` or `var` above this line"
                    }
                report(
                    .usedBeforeDefinition, "`\(name.text)` is used before the line that defines it", at: name.span,
                    label: "not defined yet", help: help)
                return nil
            }
        }
        if let builtin = environment.library.index(of: name.text) {
            resolution[name] = .builtin(builtin)
            return .builtin(builtin)
        }
        reportUnknown(name)
        return nil
    }

    private mutating func bind(_ name: Identifier, to entry: Environment.Entry) -> Resolution.Binding {
        let binding: Resolution.Binding
        switch entry {
        case .variable(let index):
            binding = .variable(index)
            let variable = environment.variables[index]
            if variable.owner != function {
                if variable.isMutable {
                    report(
                        .capturedVariable, "a function cannot capture the `var` `\(name.text)`", at: name.span,
                        label: "belongs to the code around the function",
                        help: "pass it as an argument, or copy it first: `let \(name.text)_now = \(name.text)`")
                }
                environment.functions[function].needs(index)
            } else if variable.global != nil, function != 0 {
                environment.functions[function].needs(index)
            }
        case .function(let index):
            binding = .function(index)
            uses.append(FunctionUse(function: index, user: function, order: environment.order, name: name))
        case .module(let index):
            binding = .module(index)
        }
        resolution[name] = binding
        return binding
    }

    private mutating func reportUnknown(_ name: Identifier) {
        guard !assumed.contains(name.text) else { return }
        report(
            .unknownName, "there is nothing named `\(name.text)`", at: name.span, label: "unknown name",
            help: help(forUnknown: name.text, isStage: name.span == stageName))
    }

    private mutating func help(forUnknown name: String, isStage: Bool) -> String? {
        if isStage, name == "length" || name == "size" { return "the items are counted by `| count`" }
        if let help = ForeignSyntax.names[name] { return help }
        if StageWord(rawValue: name) != nil { return "`\(name)` is a stage: `… | \(name)`" }
        if let help = ForeignSyntax.helpForStage(name) { return "as a stage, behind a `|`, \(help)" }
        if itemDepth > 0, Self.fields.contains(name) { return "a field of the item has a dot: `.\(name)`" }
        if suggestionsLeft > 0 {
            suggestionsLeft -= 1
            let builtins = environment.library.rows.filter { !$0.isHidden }.map(\.name)
            let known = [isStage ? StageWord.names : [], builtins] + scopes.map { Array($0.names.keys) }
            if let closest = Suggestions.closest(to: name, among: known.joined()) {
                return "did you mean `\(closest)`?"
            }
        }
        return itemDepth > 0 ? "a field of the item has a dot: `.\(name)`; a text stands in quotes: `\"\(name)\"`" : nil
    }

    /// Says more of a name that was just found to be unknown, where its place tells what was meant.
    mutating func advise(on expr: Expr, _ help: String, insteadOf other: Bool = false) {
        guard case .name = expr.kind, let last = diagnostics.indices.last, diagnostics[last].code == .unknownName,
            diagnostics[last].span == expr.span
        else { return }
        diagnostics[last].help = other ? help : diagnostics[last].help ?? help
    }

    /// The fields of the items that most stages see.
    private static let fields = Set(Type.audienceFieldNames)

    // MARK: After the walk

    /// Passes on what functions need from function to function, then checks that no function is used before it has
    /// what it needs.
    private mutating func closeFunctions() {
        // Each variable is passed on once from each function that needs it to those that use the function.
        var users: [Int: [Int]] = [:]
        for use in uses where use.user != use.function && use.user != 0 {
            users[use.function, default: []].append(use.user)
        }
        var pending = Array(users.keys)
        while let function = pending.popLast() {
            for user in users[function] ?? [] {
                var grew = false
                for variable in environment.functions[function].free
                where environment.variables[variable].owner != user || environment.variables[variable].global != nil {
                    if environment.functions[user].needs(variable) { grew = true }
                }
                if grew { pending.append(user) }
            }
        }
        for use in uses {
            for variable in environment.functions[use.function].free {
                let needed = environment.variables[variable]
                if needed.owner == use.user, needed.order > use.order {
                    report(
                        .usedBeforeDefinition,
                        "`\(use.name.text)` needs `\(needed.name)`, which is defined further down", at: use.name.span,
                        label: "used too early", help: "move `let \(needed.name)` above this line")
                }
            }
        }
        uses = []
    }
}

extension Library {
    /// Whether a name keeps its meaning everywhere: `list`, `get` and the verbs.
    static func isReserved(_ name: String) -> Bool {
        guard let index = standard.index(of: name) else { return false }
        return switch standard[index].body {
        case .action: true
        case .native, .prelude, .request, .host: name == "list" || name == "get"
        }
    }
}
