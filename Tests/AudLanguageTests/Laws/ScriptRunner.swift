import AudLanguage

/// Runs a text against a small made-up workspace and writes down what happened, in order:
/// `=> value` a value shown, `>> text` a line printed, `?? …` a request, `!! CODE message` an error.
struct ScriptRunner {
    let interpreter: Interpreter
    var workspace = SmallWorkspace()
    /// The line of the error, if there was one.
    var errorLines: [Int] = []
    /// What messages call the text.
    var name = "test.aud"
    /// The diagnostics, whole.
    var diagnostics: [Diagnostic] = []
    /// The error that the last text ended with.
    var failure: RuntimeError?
    /// How often the machine stopped because its fuel was used up.
    var pauses = 0
    /// What the machine gets at a time.
    static let fuel = 1_000

    var events: [String] { workspace.events }

    init(limits: Limits = Limits(), modules: Interpreter.ModuleLoader? = nil) {
        workspace.limits = limits
        interpreter = Interpreter(limits: limits, now: 1_763_899_200_000_000, modules: modules)
    }

    /// Runs a text to its end. False when it is an unfinished statement.
    @discardableResult
    mutating func run(_ text: String, as mode: SourceMode = .file, parameters: [String: Value] = [:]) -> Bool {
        run(SourceFile(name: name, text: text), as: mode, parameters: parameters)
    }

    /// Runs a file to its end. False when it is an unfinished statement.
    @discardableResult
    mutating func run(_ file: SourceFile, as mode: SourceMode = .file, parameters: [String: Value] = [:]) -> Bool {
        switch interpreter.load(file, mode: mode) {
        case .incomplete:
            return false
        case .failed(let diagnostics):
            for diagnostic in diagnostics { note(diagnostic) }
        case .ready(let chunk, let warnings):
            diagnostics += warnings
            let wanted = parameters.filter { pair in
                mode == .file || chunk.parameters.contains { $0.name == pair.key }
            }
            let refused = interpreter.start(chunk, parameters: wanted)
            for diagnostic in refused { note(diagnostic) }
            if refused.isEmpty { drive() }
        }
        return true
    }

    private mutating func drive() {
        while true {
            switch interpreter.run(fuel: Self.fuel) {
            case .paused: pauses += 1
            case .request(let request):
                interpreter.answer(workspace.answer(request))
            case .finished: return
            case .failed(let error):
                failure = error
                note(error.diagnostic)
                interpreter.abandon()
                return
            }
        }
    }

    private mutating func note(_ diagnostic: Diagnostic) {
        workspace.events.append("!! \(diagnostic.code.rawValue) \(diagnostic.message)")
        let line = diagnostic.span.flatMap { span in
            interpreter.sources[span].map { $0.line(at: span.start) }
        }
        errorLines.append(line ?? 0)
        diagnostics.append(diagnostic)
    }
}
