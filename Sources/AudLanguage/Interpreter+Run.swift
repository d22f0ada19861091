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
        stopSignal.lower()
        cancellation.raises(stopSignal)
        let result = await withTaskCancellationHandler {
            await follow(world, cancellation, isolation: isolation)
        } onCancel: { [stopSignal] in
            stopSignal.raise()
        }
        switch result {
        case .success(let value): return value
        case .failure(let error):
            abandon()
            throw .failed(error)
        }
    }

    /// Runs the text that was started until it has finished or failed.
    private func follow(
        _ world: some World, _ cancellation: Cancellation, isolation: isolated (any Actor)?
    ) async -> Result<Value, RuntimeError> {
        var last = Value.null
        while true {
            switch run() {
            case .finished: return .success(last)
            case .failed(let error): return .failure(error)
            case .paused: await Task.yield()
            case .request(let request):
                if case .show(let value, _, statement: true) = request { last = value }
                let library = library
                let found = await cancellation.bound { await library.answer(to: request, in: world) }
                let isOver = Task.isCancelled || cancellation.isCancelled
                answer(isOver ? .failure(.interrupted) : found ?? .failure(.interrupted))
            }
        }
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
