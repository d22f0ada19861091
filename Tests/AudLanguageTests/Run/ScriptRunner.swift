import AudLanguage

/// Runs a text against a small made-up workspace and writes down what happened, in order:
/// `=> value` a value shown, `>> text` a line printed, `?? …` a request, `!! CODE message` an error.
struct ScriptRunner {
    let interpreter: Interpreter
    var events: [String] = []
    /// The line of the error, if there was one.
    var errorLines: [Int] = []
    /// What messages call the text.
    var name = "test.aud"
    /// The diagnostics, whole.
    var diagnostics: [Diagnostic] = []
    /// The error that the last text ended with.
    var failure: RuntimeError?
    var requests = 0
    /// The number of the request that fails, if one does.
    var failing: Int?
    /// What that request fails with.
    var fault = RuntimeError(.apiServer, .server, "the server failed")

    init(limits: Limits = Limits(), modules: Interpreter.ModuleLoader? = nil) {
        interpreter = Interpreter(limits: limits, now: 1_763_899_200_000_000, modules: modules)
    }

    /// Runs a text to its end. False when it is an unfinished statement.
    @discardableResult
    mutating func run(_ text: String, as mode: SourceMode = .file, parameters: [String: Value] = [:]) -> Bool {
        run(SourceFile(name: name, text: text), as: mode, parameters: parameters)
    }

    @discardableResult
    mutating func run(_ file: SourceFile, as mode: SourceMode, parameters: [String: Value] = [:]) -> Bool {
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
            switch interpreter.run() {
            case .paused: continue
            case .request(let request):
                requests += 1
                if requests == failing {
                    interpreter.answer(.failure(fault))
                } else {
                    interpreter.answer(answer(request))
                }
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
        events.append("!! \(diagnostic.code.rawValue) \(diagnostic.message)")
        let line = diagnostic.span.flatMap { span in
            interpreter.sources[span].map { $0.line(at: span.start) }
        }
        errorLines.append(line ?? 0)
        diagnostics.append(diagnostic)
    }

    private mutating func answer(_ request: Request) -> Answer {
        switch request {
        case .page(let space, let cursor):
            let read = cursor?.read ?? 0
            events.append("?? page \(read) of \(space ?? "-")")
            let items = (read..<min(read + 10, 25)).map(Self.audience)
            let next = read + 10 < 25 ? ListingCursor(token: "t", read: read + 10, expected: 25) : nil
            return .page(items, next: next)
        case .get(let id, _):
            events.append("?? get \(id)")
            guard let number = Int(id.dropFirst(4)), number < 25 else {
                return .failure(RuntimeError(.apiNotFound, .notFound, "there is no audience \(id)", status: 404))
            }
            return .value(Self.audience(number))
        case .change(let change):
            events.append("?? \(change.verb) \(change.targets.map(\.id).joined(separator: " "))")
            return .outcomes(change.targets.map { Self.outcome($0, change.verb) })
        case .print(let line):
            events.append(">> \(line)")
            return .value(.null)
        case .show(let value, _, _):
            events.append("=> \((try? Printer.literal(value)) ?? "?")")
            return .value(.null)
        case .confirm, .environment, .sleep, .host, .space, .spaces:
            return .value(.bool(true))
        }
    }

    private static func outcome(_ target: ChangeRequest.Target, _ verb: Verb) -> Outcome {
        let item = target.audience.map { Value.record($0) } ?? .string(target.id)
        if target.id == "aud_13" {
            let error = RuntimeError(.apiValidation, .value, "aud_13 cannot be changed", item: item, status: 422)
            return Outcome(item: item, verb: verb, status: .failed, error: error)
        }
        return Outcome(item: item, verb: verb, status: .planned)
    }

    private static let shape = Shape([
        "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy", "updatedBy",
        "createdAt", "updatedAt",
    ])

    /// Audience number `i` of 25: even ones are enabled, every third is a test, every fifth failed, every fourth has
    /// no owner.
    static func audience(_ i: Int) -> Value {
        let day: Int64 = 86_400_000_000
        return .record(
            RecordValue(
                shape,
                [
                    .string("aud_\(i)"), .string("sp"), .string(i % 3 == 0 ? "test \(i)" : "Spring promo \(i)"),
                    .null, .string("key_\(i)"), .bool(i % 2 == 0), .null,
                    .string(i % 5 == 0 ? "Failed" : "Live"), i % 4 == 0 ? .null : .string(i % 2 == 0 ? "ann" : "bob"),
                    .null, .null, .date(1_763_899_200_000_000 - Int64(i) * 10 * day),
                ],
                kind: .audience))
    }
}
