import Dispatch

/// Where tests at a terminal run: they wait in `poll`, so they have a thread of their own, one for all of them. The
/// threads that the other tests share stay free.
@globalActor
actor TerminalActor {
    static let shared = TerminalActor()

    private static let executor = Executor()

    nonisolated var unownedExecutor: UnownedSerialExecutor { Self.executor.asUnownedSerialExecutor() }

    private final class Executor: SerialExecutor {
        private let queue = DispatchQueue(label: "terminal tests")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }
    }
}
