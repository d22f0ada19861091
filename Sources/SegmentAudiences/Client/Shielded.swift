// Work in a task of its own, on the executor of its caller. A change that has left is awaited in this way whatever becomes
// of the task that sent it: giving up would only turn a known outcome into an unknown one.

/// Starts work that goes on by itself, on the executor of the calling task.
package func started<Result: Sendable>(
    _ work: @escaping @Sendable () async -> Result
) -> Task<Result, Never> {
    var executor: (any TaskExecutor)?
    if #available(macOS 26.4, *) {
        executor = withUnsafeCurrentTask { $0?.unownedTaskExecutor?.asTaskExecutor() }
    }
    return Task(executorPreference: executor, operation: work)
}

/// Does work that a cancellation of the calling task does not reach, and answers with its result.
package func shielded<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
    await started(work).value
}
