// Counts what writing one value takes, and stops where its bounds are.
//
// Nothing counts as a step: what is shown is bounded by time, by the memory that a table takes at once, and by the length of
// one text.

internal import AudLanguage

struct ViewWork {
    private let meter: Meter

    init(_ bounds: ViewBounds) {
        var limits = bounds.limits
        limits.steps = .max
        meter = Meter(limits, signal: bounds.stop)
    }

    /// Notes a row that comes next; looks at the signal every so many.
    func row() throws(ViewError) { try bounded { () throws(RuntimeError) in try meter.charge() } }

    /// Notes a text that is written and forgotten.
    func pass(_ text: String) throws(ViewError) {
        try bounded { () throws(RuntimeError) in
            try meter.charge(1 + text.utf8.count >> 6)
        }
    }

    /// Notes a text that is kept until the whole value is written.
    func keep(_ text: String) throws(ViewError) {
        try bounded { () throws(RuntimeError) in
            try meter.charge(1 + text.utf8.count >> 6)
            try meter.allocate(text.utf8.count)
        }
    }

    /// A value as the language's JSON, in which what could hide or turn text on a screen is written as `\uXXXX` already;
    /// pretty with two blanks a level.
    func json(_ value: Value, pretty: Bool = false) throws(ViewError) -> String {
        try bounded { () throws(RuntimeError) in try JSONText.write(value, indent: pretty ? 2 : 0, meter) }
    }

    private func bounded<T>(_ work: () throws(RuntimeError) -> T) throws(ViewError) -> T {
        do throws(RuntimeError) {
            return try work()
        } catch {
            throw ViewError(error.message, help: error.help, isInterruption: error.code == .cancelled)
        }
    }
}
