/// Modules, and the built-ins that are written in the language.
extension Interpreter {
    func loadModule(_ path: String, _ span: Span) -> Result<Resolver.LoadedModule, Diagnostic> {
        guard let modules else {
            return .failure(
                Diagnostic(
                    .moduleNotFound, "modules cannot be used here", at: span,
                    help: "run the script from a file, or name the folder of its modules: --lib DIR"))
        }
        let file: SourceFile
        switch modules(path, sources[span]?.name ?? "") {
        case .success(let found): file = found
        case .failure(var diagnostic):
            diagnostic.span = span
            return .failure(diagnostic)
        }
        if let index = environment.modulePaths[file.name] {
            return .success(Resolver.LoadedModule(path: file.name, index: index, statements: []))
        }
        // The main script is never a module. Who uses it closes a circle, which the resolver tells.
        if file.name == mainFile { return .success(Resolver.LoadedModule(path: file.name, index: 0, statements: [])) }
        let place = sources.add(file)
        let parsed = Parser.parse(file, fileIndex: place, mode: .file)
        var errors = parsed.diagnostics.filter { $0.severity == .error }
        for statement in parsed.statements where !statement.mayStandInModule {
            let help =
                switch statement.kind {
                case .param: "only the main script has params: take the value as a parameter of a function"
                case .var: "a name of a module keeps its value: bind it with `let`"
                default: "put it into a function, which the script that uses the module can call"
                }
            errors.append(
                Diagnostic(
                    .moduleContent, "a module has only `use`, `fn` and `let`", at: statement.span, help: help))
        }
        if let first = errors.first {
            moduleErrors += errors.dropFirst()
            return .failure(first)
        }
        moduleCount += 1
        return .success(
            Resolver.LoadedModule(path: file.name, index: moduleCount - 1, statements: parsed.statements))
    }

    /// Compiles the built-ins that are written in the language, and forgets their names: the library has them.
    func loadPrelude() {
        let file = SourceFile(name: "prelude", text: Prelude.source)
        guard case .ready(let chunk, _) = load(file, mode: .file) else { return }
        for (name, entry) in chunk.environment.names {
            if case .function(let function) = entry, let row = library.index(of: name) {
                machine.prelude[row] = function
            }
        }
        environment = chunk.environment
        environment.names = [:]
        environment.functions[0].effects = EffectSummary()
        machine.program = chunk.program
        machine.preludeEnd = chunk.program.functions.count
    }
}

extension Statement {
    /// Whether a module may have it at its top level.
    var mayStandInModule: Bool {
        switch kind {
        case .use, .function, .let: true
        default: false
        }
    }
}

extension [Statement] {
    /// Whether a text can be nothing but a module: whoever uses it may use all that it binds.
    var areModule: Bool {
        var hasFunction = false
        for statement in self {
            guard statement.mayStandInModule else { return false }
            if case .function = statement.kind { hasFunction = true }
        }
        return hasFunction
    }
}
