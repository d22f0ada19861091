#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Frees what a run lets go of a little at a time, so that a stop never has to wait for it.
///
/// When the last reference to a list of a million records goes, all of them are freed at once, and nothing can interrupt
/// that. So lists, records and closures ask here at their end. What they hold is freed with them as long as little was
/// freed since the last look at the stop signal, or not more than was built since; the rest waits, and each look frees
/// some of it. A look frees more than was built before it, so what waits gets less while a script runs.
///
/// This is the deferred release of J. Weizenbaum's "Symmetric List Processor" (CACM 6, 1963), in slices of a bounded size.
/// Every value that ends comes through here, so the usual case is a comparison.
extension Meter {
    /// What may be freed at once. It has an address of its own, which the thread that runs knows.
    struct Allowance {
        let meter: Unmanaged<Meter>
        /// Values that may still be freed before the next look.
        var left = Meter.slice
        /// Those that were allowed because something was built.
        var forBuilt = 0
    }

    /// Values that may be freed between two looks, and as many at a look.
    private static let slice = 1 << 14
    /// The most that may be freed beyond that because something was built. It takes 10 to 20 ms, when memory is cold.
    private static let most = 1 << 17

    /// Frees some of what waits. Part of every look at the stop signal.
    func releaseSome() {
        if !waiting.isEmpty {
            let built = builtSinceLook
            allowance.pointee.left = Self.slice + built
            allowance.pointee.forBuilt = built
            // What a part holds comes back here when it ends.
            while allowance.pointee.left > 0, var parts = waiting.popLast() {
                repeat {
                    allowance.pointee.left -= parts.freeSome()
                } while parts.count > 0 && allowance.pointee.left > 0
                if parts.count > 0 { waiting.append(parts) }
            }
        }
        allowance.pointee.left = Self.slice
        allocatedBefore = allocated
        allowance.pointee.forBuilt = 0
    }

    private var builtSinceLook: Int { min(Self.most, (allocated - allocatedBefore) / Self.itemBytes) }

    /// Ends a run: what still waits is freed beside.
    func releaseRest() {
        guard !waiting.isEmpty else { return }
        var rest: [any FreedInParts]? = waiting
        waiting = []
        Aside.free(&rest)
    }

    // MARK: The run of a thread

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    @inline(__always)
    private static var running: UnsafeMutablePointer<Allowance>? {
        pthread_getspecific(key)?.assumingMemoryBound(to: Allowance.self)
    }

    /// Whether something with this many values may be freed now. Outside of a run it may; otherwise false asks to give it
    /// to `keep`.
    @inline(__always)
    static func mayFree(_ count: Int) -> Bool {
        guard let running else { return true }
        running.pointee.left -= count + 1
        return running.pointee.left >= 0
    }

    /// Takes in what may not be freed now, unless as much was built meanwhile. A few plain values are freed as fast as
    /// they are kept.
    @inline(never)
    static func keep(_ parts: some FreedInParts, arePlain: Bool = false) {
        guard let running, !(arePlain && parts.count <= 16) else { return }
        let meter = running.pointee.meter.takeUnretainedValue()
        let built = meter.builtSinceLook
        running.pointee.left += built - running.pointee.forBuilt
        running.pointee.forBuilt = built
        guard running.pointee.left < 0 else { return }
        running.pointee.left += parts.count + 1
        meter.waiting.append(parts)
    }

    /// Makes this the meter of what runs on this thread until `leave`. Returns the one before.
    func enter() -> UnsafeMutableRawPointer? {
        let outer = pthread_getspecific(Self.key)
        pthread_setspecific(Self.key, allowance)
        return outer
    }

    static func leave(to outer: UnsafeMutableRawPointer?) { pthread_setspecific(key, outer) }
}

/// What can be freed in parts that are short each.
protocol FreedInParts {
    var count: Int { get }
    /// Frees a part, and returns how many values it had; 1 or more, unless it is empty.
    mutating func freeSome() -> Int
}

extension FreedInParts {
    /// Has this freed in parts when it loses its last reference, unless it may be freed at once.
    func release() {
        if !Meter.mayFree(count) { Meter.keep(self) }
    }
}

extension Array: FreedInParts {
    mutating func freeSome() -> Int {
        let part = Swift.min(count, 256)
        removeLast(part)
        return part
    }
}

extension Dictionary: FreedInParts {
    /// A dictionary goes as a whole; those of a `GrowingIndex` are short.
    mutating func freeSome() -> Int {
        defer { self = [:] }
        return count
    }
}
