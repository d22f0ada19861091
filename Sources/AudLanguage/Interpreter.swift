/// A script's whole life: a text is loaded (parsed, resolved, compiled), started and run; the names that it bound at its
/// top level stay for the next, as at a prompt.
///
/// ```swift
/// let interpreter = Interpreter(now: now, builtins: [weather])
/// let script = SourceFile(name: "greet.aud", text: "print(weather(\"Oslo\")); 6 * 7")
/// guard let chunk = interpreter.check(script).chunk, !chunk.canChange else { return }
/// let value = try await interpreter.run(script, in: Console())     // 42
/// ```
///
/// `load`, `start`, `run` and `answer` are the steps of the same for hosts with a loop of their own. An interpreter belongs
/// to one task or actor at a time; a ``Cancellation`` may be used from anywhere.
public final class Interpreter {
    /// Finds the text of a module: a path as it is written, and the name of the file that uses it.
    public typealias ModuleLoader = (_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic>

    /// All texts so far, to render diagnostics.
    public internal(set) var sources = SourceMap()
    /// Microseconds since 1970: what `now()` says.
    public var now: Int64 {
        get { machine.now }
        set { machine.now = newValue }
    }
    /// Whether a text binds names for those that follow it, so that one which it does not use itself is no mistake.
    package var expectsMore = false
    /// Whether a `catch` took the error of a read since the text was started.
    public var caughtFailedRead: Bool { machine.caughtFailedRead }
    /// Where the text that was started last has read what its host only simulates.
    public var simulatedReads: [SimulatedRead] { machine.simulatedReads }
    /// The names of the top level that a person may use, sorted.
    public var names: [String] { environment.names.keys.filter { !$0.hasPrefix("_") }.sorted() }
    /// The built-ins, those of the language first, for help and completion. O(built-ins).
    public var builtins: [Builtin] { library.rows.filter { !$0.isHidden } }

    /// Which lists the texts of files that are loaded from now on show while they are still being read.
    public var streaming = RowStreaming.never

    package let library: Library
    /// Stops what runs, from any thread.
    public let stopSignal: StopSignal
    /// How often work inside of steps has looked at the signal, for tests.
    var polls: Int { machine.meter.polls }
    var machine: Machine
    let modules: ModuleLoader?
    var environment = Environment()
    private var previous = Environment()
    private(set) var knownTypes = KnownTypes()
    private var running: Chunk?
    /// Why the running text failed.
    private var failure: RuntimeError?
    private(set) var continuation = Continuation.nothing
    private var lastValue: Int?
    private var syntheticNames: UInt32 = 0
    /// How many modules the texts so far have used.
    var moduleCount = 0
    /// The name of the text that is being read, when it is a file.
    var mainFile: String?
    /// The errors of modules behind the first of each, which refuses it.
    var moduleErrors: [Diagnostic] = []

    /// Makes an interpreter without names but the built-in ones. O(size of the prelude).
    ///
    /// - Parameters:
    ///   - limits: What each text may use.
    ///   - now: Microseconds since 1970.
    ///   - stopSignal: Stops what runs.
    ///   - modules: Finds what a `use` names; without it `use` is an error.
    ///   - builtins: The host's own. Their names and types must be right (see ``Builtin``): a wrong one stops the program.
    public init(
        limits: Limits = Limits(), now: Int64, stopSignal: StopSignal = StopSignal(), modules: ModuleLoader? = nil,
        builtins: [Builtin] = []
    ) {
        library = Library.standard.adding(builtins)
        self.stopSignal = stopSignal
        machine = Machine(limits: limits, now: now, signal: stopSignal)
        machine.library = library
        environment.library = library
        self.modules = modules
        loadPrelude()
    }

    /// Reads a text and makes it ready to run; nothing of it runs, and no name of it is known yet. After a text that
    /// cannot run, a line that starts with `|` has nothing to go on with.
    public func load(_ file: SourceFile, mode: SourceMode) -> LoadResult {
        let result = read(file, mode)
        if case .failed = result { continuation = .nothing }
        return result
    }

    private func read(_ file: SourceFile, _ mode: SourceMode) -> LoadResult {
        let saved = sources
        let index = sources.add(file)
        let parsed = Parser.parse(file, fileIndex: index, mode: mode)
        if mode == .prompt, case .incomplete(let open) = parsed.completeness {
            sources = saved
            return .incomplete(open: open)
        }
        let errors = parsed.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            let all = parsed.diagnostics + (mode == .file ? furtherErrors(parsed, of: file) : [])
            return .failed(Diagnostic.shown(Diagnostic.inOrder(all)))
        }
        let statements: [Statement]
        switch continued(parsed.statements, mode) {
        case .success(let whole): statements = whole
        case .failure(let refusal): return .failed([refusal])
        }
        return compile(statements, of: file, at: index, mode, help: parsed.help, warnings: parsed.diagnostics)
    }

    private func compile(
        _ statements: [Statement], of file: SourceFile, at index: UInt16, _ mode: SourceMode, help: String?,
        warnings: [Diagnostic]
    ) -> LoadResult {
        mainFile = mode == .file ? file.name : nil
        moduleErrors = []
        var start = environment
        var last = lastValue
        if mode == .prompt, last == nil { last = start.declareLastValues() }
        var resolver = Resolver(environment: start) { [self] path, span in loadModule(path, span) }
        if mode == .file { resolver.openModules = [file.name] }
        resolver.resolve(statements)
        let moduleStatements = resolver.newModules.map(\.statements)
        var checker = TypeChecker(
            resolution: resolver.resolution, environment: resolver.environment, known: knownTypes)
        // What a prompt binds is for the lines that follow.
        let isWhole =
            mode == .file && !file.name.hasPrefix("prompt:") && !expectsMore && !statements.areModule
        checker.check(statements, modules: moduleStatements, isWhole: isWhole)
        let found = Diagnostic.inOrder(resolver.diagnostics + moduleErrors + checker.diagnostics)
        let errors = found.filter { $0.severity == .error }
        guard errors.isEmpty else { return .failed(Diagnostic.shown(errors)) }
        var compiler = Compiler(
            program: machine.program, environment: resolver.environment, resolution: resolver.resolution,
            lastValue: mode == .prompt ? last : nil, streaming: streaming)
        let whole = Span(file: index, start: UInt32(file.bytes.count), end: UInt32(file.bytes.count))
        compiler.compile(statements, modules: moduleStatements, at: whole)
        guard compiler.diagnostics.isEmpty else { return .failed(Diagnostic.shown(compiler.diagnostics)) }
        let function = compiler.program.functions.count - 1
        // The number of the top level's code is taken from the next function that is resolved.
        var environment = resolver.environment
        environment.functions.append(Environment.Function(name: "script", parameters: []))
        let effect = environment.effect(of: environment.functions[0].effects)
        let chunk = Chunk(
            parameters: statements.compactMap { $0.parameter(in: file) }, help: help, effect: effect,
            modules: resolver.newModules.map(\.path),
            tree: Tree(statements: statements, modules: moduleStatements, resolution: resolver.resolution),
            environment: environment, knownTypes: checker.known, singles: checker.singles,
            program: compiler.program, function: function, ready: compiler.ready(in: function),
            continuation: Self.continuation(after: statements))
        return .ready(chunk, warnings: warnings + Diagnostic.shown(found))
    }

    /// What the later passes find in the statements that could be read, beside those that could not: only what nothing in
    /// those can change.
    private func furtherErrors(_ parsed: ParseResult, of file: SourceFile) -> [Diagnostic] {
        if case .resume? = parsed.statements.first?.kind { return [] }
        moduleErrors = []
        var resolver = Resolver(environment: environment) { [self] path, span in loadModule(path, span) }
        resolver.lost = parsed.lost
        resolver.resolve(parsed.statements)
        var checker = TypeChecker(
            resolution: resolver.resolution, environment: resolver.environment, known: knownTypes)
        checker.lost = parsed.lost
        checker.check(parsed.statements, modules: resolver.newModules.map(\.statements), isWhole: false)
        let certain = resolver.diagnostics.filter { diagnostic in
            let name = diagnostic.span.flatMap { span in sources[span]?.text(span) } ?? ""
            switch diagnostic.code {
            case .unknownName: return !parsed.lost.names.contains(name)
            // What was bound before it, and where a statement stands, may be the fault of another.
            case .usedBeforeDefinition, .alreadyDefined, .notAVariable, .capturedVariable:
                return !parsed.lost.mayHaveBlocks && !parsed.lost.names.contains(name)
            case .misplacedStatement: return !parsed.lost.mayHaveBlocks
            case .itOutsideStage: return false
            default: return true
            }
        }
        let all = certain + moduleErrors + checker.diagnostics.filter { $0.severity == .error }
        return all.filter { diagnostic in
            guard let span = diagnostic.span, sources[span]?.name == file.name else { return true }
            return !parsed.lost.touches(span)
        }
    }

    /// Starts a text that was loaded last. The values of its params are checked by name here and by type as it runs.
    public func start(_ chunk: Chunk, parameters: [String: Value] = [:]) -> [Diagnostic] {
        let diagnostics = chunk.problems(giving: parameters.keys)
        guard diagnostics.isEmpty else { return diagnostics }
        previous = environment
        environment = chunk.environment
        knownTypes = chunk.knownTypes
        if case .variable(let index)? = environment.names["_"] { lastValue = environment.variables[index].global }
        machine.program = chunk.program
        machine.parameters = parameters
        machine.sources = sources
        machine.start(function: chunk.function)
        running = chunk
        failure = nil
        return []
    }

    /// Runs until something is needed, or for about `fuel` steps. A built-in that works long is stopped by `stopSignal`. Without a text that was started it is
    /// finished at once; a text that failed fails again.
    public func run(fuel: Int = 50_000) -> Step {
        guard running != nil else { return .finished }
        if let failure { return .failed(failure) }
        let step = machine.run(fuel: fuel)
        switch step {
        case .paused: return .paused
        case .request(let request): return .request(request)
        case .failed(let error):
            failure = error
            return .failed(error)
        case .finished:
            machine.stop(keeping: environment.globalCount)
            continuation = running?.continuation ?? .nothing
            running = nil
            return .finished
        }
    }

    /// Gives the answer to the last request.
    public func answer(_ answer: Answer) { machine.answer(answer) }

    /// Ends a text that failed or was cancelled: names that it had bound by then stay, the others go.
    public func abandon() {
        guard let chunk = running else { return }
        let place = machine.topLevelPlace
        let variables = environment.variables
        func isReady(variable index: Int) -> Bool {
            guard let global = variables[index].global, let at = chunk.ready[global] else { return true }
            return at < place
        }
        let functions = environment.functions
        let modules = environment.modules
        func isReady(_ entry: Environment.Entry) -> Bool {
            switch entry {
            case .variable(let index): isReady(variable: index)
            case .function(let index): functions[index].free.allSatisfy(isReady(variable:))
            // A module starts at its first `use`. One that did not come to its end is to start again.
            case .module(let index): modules[index].values.allSatisfy(isReady)
            }
        }
        for (name, entry) in environment.names where !isReady(entry) {
            environment.names[name] = previous.names[name]
        }
        environment.modulePaths = environment.modulePaths.filter { isReady(.module($0.value)) }
        machine.stop(keeping: environment.globalCount)
        continuation = .nothing
        running = nil
    }

    // MARK: A line that starts with `|`

    /// Gives the stages of a line that starts with `|` their source: the last value, or the name that was bound last.
    private func continued(_ statements: [Statement], _ mode: SourceMode) -> Result<[Statement], Diagnostic> {
        guard let first = statements.first, case .resume(let stages) = first.kind else { return .success(statements) }
        let name: String
        switch (mode, continuation) {
        case (.prompt, .value): name = "_"
        case (.prompt, .name(let bound)): name = bound
        case (.prompt, .nothing), (.file, _):
            return .failure(
                Diagnostic(
                    .nothingToContinue, "there is no value that this stage could work on", at: first.span,
                    label: "starts with `|`",
                    help: mode == .prompt
                        ? "it goes on with the value of the line above, when that was an expression or a `let`"
                        : "write what is to be piped before the first `|`"))
        }
        let source = Expr(.name(name), synthetic())
        let pipeline = Expr(.pipeline(source, stages), first.span)
        let statement: Statement =
            if case .name(let bound) = continuation {
                Statement(.let(.name(Identifier(bound, synthetic())), pipeline), first.span)
            } else {
                Statement(.expression(pipeline), first.span)
            }
        return .success([statement] + statements.dropFirst())
    }

    /// A place for a name that no text has.
    private func synthetic() -> Span {
        syntheticNames += 1
        return Span(file: .max, start: syntheticNames, end: syntheticNames)
    }

    private static func continuation(after statements: [Statement]) -> Continuation {
        switch statements.last?.kind {
        case .expression: .value
        case .let(.name(let name), _): .name(name.text)
        default: .nothing
        }
    }
}
