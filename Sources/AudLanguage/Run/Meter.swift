/// Bounds work that takes longer than a step: built-ins, operators and stages on long lists and texts.
///
/// Such work charges units as it goes on: one for each item, and one for each piece of text. Units count as steps, so
/// that no built-in goes round the step limit. Every so many units it looks whether the run is to stop, so that at most
/// `interval` units lie between a stop signal and the end of the work; the slowest unit takes a few microseconds.
package final class Meter {
    package let limits: Limits
    let signal: StopSignal
    /// The steps of the run so far, while work goes on.
    var steps = 0
    /// Bytes that all values of the run are estimated to take, freed ones included.
    var allocated = 0
    /// How often the signal was looked at.
    private(set) var polls = 0
    /// Units since then.
    private var pending = 0

    /// What was let go of and is still to be freed; see `Meter+Release.swift`.
    var waiting: [any FreedInParts] = []
    let allowance = UnsafeMutablePointer<Allowance>.allocate(capacity: 1)
    /// What had been allocated at the last look.
    var allocatedBefore = 0

    static let interval = 1_024
    /// Bytes that take more than a millisecond to free.
    private static let large = 1 << 20
    /// The bytes of text that are one unit.
    private static let pieceShift = 6

    package init(_ limits: Limits = Limits(), signal: StopSignal = StopSignal()) {
        self.limits = limits
        self.signal = signal
        allowance.initialize(to: Allowance(meter: .passUnretained(self)))
    }

    deinit { allowance.deallocate() }

    /// Begins a run.
    func reset() {
        steps = 0
        allocated = 0
        allocatedBefore = 0
        pending = 0
    }

    // MARK: Work

    /// Counts units of work that comes next. What follows may be as long as they say, so long work charges in between.
    @inline(__always)
    package func charge(_ units: Int = 1) throws(RuntimeError) {
        pending += units
        if pending >= Self.interval { try poll() }
    }

    /// Counts the work on a text.
    @inline(__always)
    package func charge(bytes: Int) throws(RuntimeError) { try charge(bytes >> Self.pieceShift) }

    private func poll() throws(RuntimeError) {
        steps += pending
        pending = 0
        polls += 1
        if signal.isRaised { throw .interrupted }
        if steps > limits.steps { throw limits.stepError() }
        releaseSome()
    }

    /// Looks at the signal now: for work of which nobody knows how long it takes.
    func look() throws(RuntimeError) {
        if signal.isRaised { throw .interrupted }
    }

    /// Goes through places in runs that are short enough to be done between two looks at the signal. `unit` places are
    /// one unit of work.
    @inline(__always)
    package func inPieces(
        _ range: Range<Int>, unit: Int = 1, _ body: (Range<Int>) throws(RuntimeError) -> Void
    ) throws(RuntimeError) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = start + min(Self.interval * unit, range.upperBound - start)
            try charge((end - start) / unit)
            try body(start..<end)
            start = end
        }
    }

    /// Builds something that may get large. When the run is interrupted meanwhile, or something large fails, what is there
    /// already is freed beside, so that the stop need not wait for it.
    package func building<Part, Product>(
        _ part: consuming Part, _ work: (inout Part) throws(RuntimeError) -> Product
    ) throws(RuntimeError) -> Product {
        var part = part
        let before = allocated
        do throws(RuntimeError) {
            return try work(&part)
        } catch {
            var rest: Part? = consume part
            if signal.isRaised || allocated - before > Self.large { Aside.free(&rest) }
            throw error
        }
    }

    // MARK: Memory

    /// Counts memory. What was freed counts as well: the limit is for scripts that run away.
    @inline(__always)
    package func allocate(_ bytes: Int) throws(RuntimeError) {
        allocated += bytes
        if allocated > limits.allocation { throw limits.memoryError() }
    }

    /// Counts the memory of a text.
    @inline(__always)
    package func allocate(text bytes: Int) throws(RuntimeError) {
        if bytes > 15 { try allocate(bytes + Self.textBytes) }
    }

    /// Throws when this much may not be built; what is built is counted when it is there.
    package func checkRoom(_ bytes: Int) throws(RuntimeError) {
        if bytes > limits.allocation - allocated { throw limits.memoryError() }
    }

    /// Throws when a string of this many UTF-8 bytes may not be built.
    package func check(stringBytes bytes: Int) throws(RuntimeError) {
        try limits.check(stringBytes: bytes)
        try checkRoom(bytes)
    }

    /// Throws when a list of this many items may not be built.
    package func check(listLength count: Int) throws(RuntimeError) {
        try limits.check(listLength: count)
        try checkRoom(count * Meter.itemBytes)
    }

    /// A value in an array of known length.
    static let itemBytes = 16
    /// A value that is appended: the array grows by doubling, so for a moment there are it and one of twice its size.
    static let grownBytes = 3 * itemBytes
    /// A list or a record without its items: two objects of the heap.
    static let headBytes = 144
    /// What a text takes beside its bytes, when it does not fit into the value itself.
    private static let textBytes = 48
}
