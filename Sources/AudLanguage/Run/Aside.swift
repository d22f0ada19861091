internal import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Work that cannot look at the stop signal itself, on a thread of its own.
///
/// The caller waits, and looks at the signal in its place. After a stop it goes away at once; the work goes on to its end
/// beside, and nobody gets its result. So such work owns all that it reads. It is for single calls into RE2: a pattern
/// that counts (`/a.{1000}b/`) takes 8 s for a text of 1 MB, and nothing can interrupt it.
enum Aside {
    private final class Job: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// What is left of something, until it is cleared.
    private final class Rest<Value> {
        private var value: Value?
        init(_ value: Value?) { self.value = value }
        func clear() { value = nil }
    }

    /// The first and the longest pause between two looks, in nanoseconds. They double, so that waiting adds little to work
    /// that is short, and a stop takes about a millisecond.
    private static let pauses = 16_000...1_000_000

    /// What the work gives.
    static func run<Value: Sendable>(
        _ meter: Meter, _ work: @escaping @Sendable () -> Value
    ) throws(RuntimeError) -> Value {
        try meter.look()
        let box = Box<Value>()
        let isStarted = start {
            let value = work()
            box.value.withLock { $0 = value }
        }
        guard isStarted else { return work() }
        var pause = pauses.lowerBound
        while true {
            if let value = box.value.withLock({ $0 }) { return value }
            try meter.look()
            var time = timespec(tv_sec: 0, tv_nsec: pause)
            nanosleep(&time, nil)
            pause = min(2 * pause, pauses.upperBound)
        }
    }

    /// Frees what an interrupted run leaves behind: a list of millions of records takes longer than a person should have to
    /// wait after Ctrl-C. The caller must hold the only reference to what is to be freed.
    static func free<Value>(_ rest: inout Value?) {
        guard rest != nil else { return }
        // It is taken out of the caller's hands, and nobody else looks at it.
        nonisolated(unsafe) let taken = Rest(rest.take())
        if !start({ taken.clear() }) { taken.clear() }
    }

    /// Starts a thread; false when there is none to be had.
    private static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let job = Unmanaged.passRetained(Job(body))
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(
            &thread, nil,
            {
                Unmanaged<Job>.fromOpaque($0).takeRetainedValue().body()
                return nil
            }, job.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            {
                if let job = $0 { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body() }
                return nil
            }, job.toOpaque())
        #endif
        guard code == 0 else {
            job.release()
            return false
        }
        #if canImport(Darwin)
        if let thread { pthread_detach(thread) }
        #else
        pthread_detach(thread)
        #endif
        return true
    }
}
