/// Statements: who declares what, and from where on.
extension Resolver {
    mutating func resolveBlock(_ statements: [Statement]) {
        hoist(statements)
        for statement in statements { resolve(statement) }
    }

    /// Makes the functions of a block known, and notes which names will come.
    private mutating func hoist(_ statements: [Statement]) {
        let scope = scopes.count - 1
        for statement in statements {
            switch statement.kind {
            case .function(let declaration):
                refuseReserved(declaration.name)
                refuseRepeated(declaration.name)
                checkCount(declaration.parameters.map(\.name), at: declaration.name.span)
                let parameters = declaration.parameters.map {
                    Environment.Parameter(name: $0.name.text, hasDefault: $0.fallback != nil)
                }
                environment.functions.append(
                    Environment.Function(name: declaration.name.text, parameters: parameters))
                let index = environment.functions.count - 1
                scopes[scope].names[declaration.name.text] = .function(index)
                resolution[function: declaration.name.span] = index
            case .let(let pattern, _):
                for name in pattern.names where scopes[scope].names[name.text] == nil {
                    scopes[scope].later[name.text] = name.span
                }
            case .var(let name, _):
                if scopes[scope].names[name.text] == nil { scopes[scope].later[name.text] = name.span }
            case .param(let declaration):
                let name = declaration.name
                if scopes[scope].names[name.text] == nil { scopes[scope].later[name.text] = name.span }
            case .use, .assign, .for, .while, .if, .try, .return, .break, .continue, .fail, .resume, .expression:
                break
            }
        }
    }

    /// A call says with one bit for each parameter whether it was given.
    mutating func checkCount(_ parameters: [Identifier], at span: Span) {
        guard parameters.count > 64 else { return }
        report(
            .tooLarge, "a function has at most 64 parameters, and this one has \(parameters.count)", at: span,
            label: "too many", help: "pass what belongs together as one record")
    }

    private mutating func resolve(_ statement: Statement) {
        switch statement.kind {
        case .use(let path, let pathSpan, let name):
            resolveUse(path, at: pathSpan, name: name)
        case .param(let declaration):
            if let fallback = declaration.fallback { resolve(fallback) }
            check(declaration.type)
            if declaration.fallback == nil { checkCanBeGiven(declaration) }
            declareGiven(declaration.name)
        case .function(let declaration):
            resolve(declaration)
        case .let(let pattern, let value):
            resolve(value)
            for name in pattern.names { declare(name, isMutable: false) }
        case .var(let name, let value):
            resolve(value)
            declare(name, isMutable: true)
        case .assign(let name, _, let value):
            resolve(value)
            resolveTarget(name)
        case .for(let pattern, let source, let body):
            resolve(source)
            resolveLoop(pattern, body)
        case .while(let condition, let body):
            resolve(condition)
            loopDepth += 1
            resolveNested(body)
            loopDepth -= 1
        case .if(let condition, let then, let otherwise):
            resolve(condition)
            resolveNested(then)
            if let otherwise { resolveNested(otherwise) }
        case .try(let body, let name, let handler):
            resolveNested(body)
            resolveNested(handler, names: [name])
        case .return(let value):
            if function == 0 {
                report(
                    .misplacedStatement, "`return` stands outside a function", at: statement.span,
                    help: "a script ends at its last line; `fail \"why\"` ends it with an error")
            }
            if let value { resolve(value) }
        case .break, .continue:
            if loopDepth == 0 {
                report(.misplacedStatement, "this stands outside a loop", at: statement.span, label: "no loop to leave")
            }
        case .fail(let value):
            resolve(value)
        case .resume(let stages):
            for stage in stages { resolve(stage) }
        case .expression(let value):
            if let word = value.strayStage, !isKnown(word.text) {
                // The whole line is one mistake.
                return report(
                    .unknownName, "there is nothing named `\(word.text)`", at: word.span, label: "unknown name",
                    help: "as a stage it stands behind a `|`: `| \(word.text) …`")
            }
            resolve(value)
        }
    }

    private func isKnown(_ name: String) -> Bool {
        scopes.contains { $0.names[name] != nil || $0.later[name] != nil } || environment.library.index(of: name) != nil
    }

    /// The names of a pattern and the body of a `for` or `each`, and what the body may do.
    mutating func resolveLoop(_ pattern: Pattern, _ body: Block) {
        effects.append(EffectSummary())
        loopDepth += 1
        resolveNested(body, names: pattern.names)
        loopDepth -= 1
        let summary = effects.removeLast()
        resolution[body: body.span] = summary
        effects[effects.count - 1].merge(summary)
    }

    private mutating func resolveNested(_ block: Block, names: [Identifier] = []) {
        scopes.append(Scope(function: function))
        for name in names { declareGiven(name) }
        // The names of a loop can be hidden by a `let` of its body.
        if !names.isEmpty { scopes.append(Scope(function: function)) }
        resolveBlock(block.statements)
        scopes.removeLast(names.isEmpty ? 1 : 2)
    }

    private mutating func resolveTarget(_ name: Identifier) {
        guard case .variable(let index)? = use(name) else {
            if let last = diagnostics.indices.last, diagnostics[last].code == .unknownName,
                diagnostics[last].span == name.span
            {
                assumed.insert(name.text)
                diagnostics[last].help =
                    diagnostics[last].help ?? "a new name is bound by `var \(name.text) = …`, or by `let` if it stays"
            }
            switch resolution[name] {
            case .function:
                report(.notAVariable, "`\(name.text)` is a function", at: name.span, label: "cannot be assigned to")
            case .builtin:
                report(
                    .notAVariable, "`\(name.text)` is a built-in", at: name.span, label: "cannot be assigned to",
                    help: "a new name is bound by `var`, for example `var my_\(name.text) = …`")
            case .module:
                report(.notAVariable, "`\(name.text)` is a module", at: name.span, label: "cannot be assigned to")
            case .variable, nil: break
            }
            return
        }
        if let last = diagnostics.indices.last, diagnostics[last].code == .capturedVariable,
            diagnostics[last].span == name.span
        {
            diagnostics[last].help =
                "a function gives its result with `return`: assign where the `var` is, `\(name.text) = f(\(name.text))`"
        }
        let variable = environment.variables[index]
        if !variable.isMutable {
            report(
                .notAVariable, "`\(name.text)` cannot be assigned to", at: name.span, label: "not a `var`",
                help: given.contains(index)
                    ? "it was given to this block: begin with a `var` of another name, `var my_\(name.text) = \(name.text)`"
                    : "define it with `var \(name.text) = …` if it is to change")
        }
    }

    private mutating func resolve(_ declaration: FunctionDeclaration) {
        guard let index = resolution[function: declaration.name.span] else { return }
        enter(index) { resolver in
            for parameter in declaration.parameters {
                if let fallback = parameter.fallback { resolver.resolve(fallback) }
                if let type = parameter.type { resolver.check(type) }
                resolver.declareGiven(parameter.name)
            }
            resolver.scopes.append(Scope(function: index))
            resolver.resolveBlock(declaration.body.statements)
            resolver.scopes.removeLast()
        }
    }

    /// Resolves the inside of a function: its own scope, no item of the code around it, its own effects.
    mutating func enter(_ index: Int, _ body: (inout Resolver) -> Void) {
        let outer = (itemDepth, loopDepth)
        (itemDepth, loopDepth) = (0, 0)
        scopes.append(Scope(function: index))
        effects.append(EffectSummary())
        body(&self)
        environment.functions[index].effects = effects.removeLast()
        scopes.removeLast()
        (itemDepth, loopDepth) = outer
    }

    /// The types that an annotation may name.
    static let types = [
        "any", "bool", "int", "float", "string", "date", "duration", "record", "audience", "space", "list", "fn",
    ]

    /// What other languages call them.
    private static let typeHabits = [
        "integer": "int", "number": "float", "double": "float", "boolean": "bool", "str": "string", "text": "string",
        "array": "list", "object": "record", "dict": "record", "map": "record", "function": "fn", "datetime": "date",
    ]

    /// A param without a default needs a value of the command line, which is a text.
    private mutating func checkCanBeGiven(_ declaration: ParamDeclaration) {
        var type = declaration.type
        while type.name.text == "list", let element = type.element.first { type = element }
        guard ["fn", "audience"].contains(type.name.text) else { return }
        report(
            .unknownType, "a param of the type `\(type.name.text)` cannot be given by a command line",
            at: type.name.span, label: "no text is one",
            help: type.name.text == "audience"
                ? "take its id, a `string`, and read it with `get`" : "give the param a default, or another type")
    }

    private mutating func check(_ type: TypeExpr) {
        if !Self.types.contains(type.name.text) {
            let closest =
                Self.typeHabits[type.name.text] ?? Suggestions.closest(to: type.name.text, among: Self.types)
            report(
                .unknownType, "there is no type `\(type.name.text)`", at: type.name.span, label: "unknown type",
                help: closest.map { "did you mean `\($0)`?" } ?? "the types are \(Self.types.joined(separator: ", "))")
        }
        for element in type.element {
            if type.name.text != "list", Self.types.contains(type.name.text) {
                report(
                    .unknownType, "`\(type.name.text)` takes no `<…>`", at: element.name.span,
                    label: "not the type of an item", help: "only a list has items: `list<string>`")
            }
            check(element)
        }
    }

    private mutating func resolveUse(_ path: String, at span: Span, name: Identifier) {
        switch load(path, span) {
        case .failure(let diagnostic):
            diagnostics.append(diagnostic)
            // What uses the name is not wrong as well.
            declare(name, isMutable: false)
        case .success(let module):
            if let start = openModules.firstIndex(of: module.path) {
                let circle = (openModules[start...] + [module.path]).joined(separator: " uses ")
                report(
                    .moduleCycle, "modules use each other in a circle: \(circle)", at: span,
                    label: "closes the circle", help: "move what both need into a third module")
                declare(name, isMutable: false)
                return
            }
            if environment.modulePaths[module.path] == nil {
                environment.modulePaths[module.path] = module.index
                openModules.append(module.path)
                resolveModule(module)
                openModules.removeLast()
            }
            let index = environment.modulePaths[module.path] ?? module.index
            refuseReserved(name)
            refuseRepeated(name)
            environment.order += 1
            scopes[scopes.count - 1].names[name.text] = .module(index)
            resolution[name] = .module(index)
        }
    }

    /// A module has a top level of its own, which sees nothing of the script that uses it.
    private mutating func resolveModule(_ module: LoadedModule) {
        let outer = (scopes, itemDepth, loopDepth)
        scopes = [Scope(function: 0, isTopLevel: true)]
        (itemDepth, loopDepth) = (0, 0)
        resolveBlock(module.statements)
        while environment.modules.count <= module.index { environment.modules.append([:]) }
        environment.modules[module.index] = scopes[0].names.filter { !$0.key.hasPrefix("_") }
        (scopes, itemDepth, loopDepth) = outer
        newModules.append(module)
    }
}
