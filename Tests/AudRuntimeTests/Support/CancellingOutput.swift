// Cancels the run that prints.

import AudLanguage
import AudRuntime

struct CancellingOutput: Output {
    func print(_ line: String) {
        withUnsafeCurrentTask { $0?.cancel() }
    }

    func show(_ value: Value, as format: String?, statement: Bool) {}

    func notice(_ notice: Notice) {}

    func confirm(_ question: String) async -> Bool? { nil }
}
