import Synchronization

/// Remembers the first signal that came.
final class FirstSignal: Sendable {
    private let seen = Atomic<Int32>(0)

    /// The first one; nil when none came.
    var number: Int32? {
        let number = seen.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Notes a signal; true when it is the first.
    func isFirst(_ number: Int32) -> Bool {
        seen.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
    }
}
