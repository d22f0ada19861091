// Cancels the run that prints.

import AudLanguage
import AudRuntime
import Synchronization

final class CancellingOutput: Output {
    /// What bounded the values that were shown, one after the other.
    var bounds: [(limits: Limits, stop: StopSignal)] { begun.withLock { $0 } }
    private let begun = Mutex<[(limits: Limits, stop: StopSignal)]>([])

    func begin(limits: Limits, stop: StopSignal) {
        begun.withLock { $0.append((limits, stop)) }
    }

    func print(_ line: String) {
        withUnsafeCurrentTask { $0?.cancel() }
    }

    func show(_ value: Value, as format: String?, statement: Bool) {}

    func notice(_ notice: Notice) {}

    func confirm(_ question: String) async -> Bool? { nil }
}
