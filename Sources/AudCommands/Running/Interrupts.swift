import Dispatch

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Turns signals into cancellation: the first ^C (or TERM, or a hang-up) cancels the work, which then reports what it
/// did; the second ends the process at once.
enum Interrupts {
    /// Does `work` and answers with its result and the signal that cancelled it, if one did.
    ///
    /// - Parameters:
    ///   - cancellation: cancels the work, for ends that are no signals as well.
    ///   - atOnce: what is still done, quickly, when the process ends at once.
    static func during<Result: Sendable>(
        _ cancellation: Cancellation, atOnce: @escaping @Sendable () -> Void,
        _ work: @escaping @Sendable () async -> Result
    ) async -> (result: Result, signal: Int32?) {
        let first = FirstSignal()
        let sources = watch([SIGINT, SIGTERM, SIGHUP]) { number in
            switch first.note(number) {
            case .first: cancellation.cancel()
            case .echo: break
            case .another:
                atOnce()
                _exit(128 + number)
            }
        }
        // Only now: a signal that comes with the first line of output must find the sources in place.
        let task = Task { await work() }
        cancellation.take { task.cancel() }
        let result = await task.value
        for source in sources { source.cancel() }
        return (result, first.number)
    }

    /// Watches signals, and returns when it does: a signal that came earlier would have no effect at all.
    private static func watch(
        _ numbers: [Int32], _ handler: @escaping @Sendable (Int32) -> Void
    ) -> [any DispatchSourceSignal] {
        let queue = DispatchQueue(label: "signals")
        let registered = DispatchGroup()
        // A signal that is ignored from the start stays so: `nohup`, and jobs in the background of a script.
        let sources = numbers.filter { !ignore($0) }.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.setEventHandler { handler(number) }
            source.resume()
            return source
        }
        registered.wait()
        return sources
    }

    /// Takes a signal's default effect away, so that only a source sees it; true when it had none already.
    private static func ignore(_ number: Int32) -> Bool {
        let before = signal(number, SIG_IGN)
        return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
