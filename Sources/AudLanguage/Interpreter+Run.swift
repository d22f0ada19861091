/// The loop that most hosts want: a text is checked, or run to its end, and whoever is asked may take its time.
extension Interpreter {
    /// Reads and checks a text; nothing of it runs and no name of it is known afterwards. O(size of the text).
    public func check(_ file: SourceFile, as mode: SourceMode = .file) -> CheckResult {
        CheckResult(load(file, mode: mode))
    }

    /// Runs a text to its end and gives the value of the bare expression that it showed last, or null.
    ///
    /// ```swift
    /// let value = try await interpreter.run(SourceFile(name: "-e", text: "6 * 7"), in: EmptyWorld())
    /// print(value.intValue)   // 42
    /// ```
    ///
    /// The names that it binds stay for the next text. It ends early when its task or `cancellation` is cancelled; an
    /// answer that it waits for then has to end, as that of everything does that heeds the cancellation of its task.
    ///
    /// - Parameters:
    ///   - world: Answers what the text asks.
    ///   - parameters: Values for its params, by name.
    ///   - cancellation: Ends this run from any thread.
    /// - Throws: What is wrong with the text, or the error that ended it. The interpreter can run the next one.
    public func run(
        _ file: SourceFile, in world: some World, parameters: [String: Value] = [:],
        cancellation: Cancellation = Cancellation(), isolation: isolated (any Actor)? = #isolation
    ) async throws(ScriptError) -> Value {
        switch load(file, mode: .file) {
        case .failed(let diagnostics): throw .rejected(diagnostics)
        case .incomplete: return .null
        case .ready(let chunk, _):
            let problems = start(chunk, parameters: parameters)
            guard problems.isEmpty else { throw .rejected(problems) }
        }
        var last = Value.null
        while true {
            switch run() {
            case .finished: return last
            case .failed(let error): try stop(with: error)
            case .paused:
                await Task.yield()
                if Task.isCancelled || cancellation.isCancelled { try stop(with: .interrupted) }
            case .request(let request):
                if case .show(let value, _, statement: true) = request { last = value }
                let library = library
                let found = await cancellation.bound { await library.answer(to: request, in: world) }
                let isOver = Task.isCancelled || cancellation.isCancelled
                answer(isOver ? .failure(.interrupted) : found ?? .failure(.interrupted))
            }
        }
    }

    private func stop(with error: RuntimeError) throws(ScriptError) {
        abandon()
        throw .failed(error)
    }
}

extension Library {
    /// Runs a built-in of the host, or asks the world.
    fileprivate func answer(to request: Request, in world: some World) async -> Answer {
        if case .host(let name, let arguments) = request, let place = index(of: name),
            let answer = await self[place].answer(arguments)
        {
            return answer
        }
        return await world.answer(request)
    }
}
