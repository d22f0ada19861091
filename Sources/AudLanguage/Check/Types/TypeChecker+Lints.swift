/// What is allowed and still most likely not meant. Warnings only where the text leaves no doubt.
struct Lints {
    /// The `let` and `var` names of this text that nothing else can use, with their places.
    private(set) var declared: [(variable: Int, name: Identifier)] = []
    /// The variables whose values are asked for.
    var used: Set<Int> = []
    /// The modules that this text uses, by their names in it, and those of which something is asked for.
    var modules: [Identifier] = []
    var usedModules: Set<String> = []
    /// Counts what may have an effect, so that a value computed for its effect is not called unused.
    var acts = 0

    /// The names that stand for everything that a space holds.
    var listings: Set<Int> = []
    /// The functions of the text and its modules.
    var functions: [Int: FunctionDeclaration] = [:]
    /// What functions do to the whole of an argument, by the variables of the parameters.
    var verbs: [Int: Verb?] = [:]

    mutating func declare(_ variable: Int, _ name: Identifier) {
        if !name.text.hasPrefix("_") { declared.append((variable, name)) }
    }
}

extension TypeChecker {
    mutating func reportUnused() {
        for (variable, name) in lints.declared where !lints.used.contains(variable) {
            warn(
                .unusedName, "`\(name.text)` is never used", at: name.span, label: "unused",
                help: environment.variables[variable].isMutable
                    ? "delete the line and what assigns to it, or call it `_\(name.text)` if that is meant"
                    : "delete the line, or call it `_\(name.text)` if that is meant")
        }
    }

    mutating func reportUnusedModules() {
        for name in lints.modules where !lints.usedModules.contains(name.text) {
            warn(
                .unusedName, "the module `\(name.text)` is never used", at: name.span, label: "unused",
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
}
