/// Runs compiled code until it needs something of the outside, and goes on with the answer.
///
/// The machine is synchronous and does nothing by itself: it stops with a request, is given an answer and runs on.
/// Whether a change is sent or only recorded, how long a wait takes and when a run is cancelled are its driver's
/// affair. The top level's frame lies at the bottom of the registers and stays there between the texts of a session,
/// so that the names of one line are registers of the next.
package struct Machine: ~Copyable {
    package var program = Program() {
        didSet { while caches.count < program.fields.count { caches.append(FieldCache()) } }
    }
    package var library = Library.standard
    /// The texts, for the lines of errors that a script catches.
    package var sources = SourceMap()
    package let limits: Limits
    /// What work beyond single steps goes through.
    let meter: Meter
    /// Microseconds since 1970; fixed for a run.
    package var now: Int64
    /// The functions of the prelude, by the place of their row in the library.
    package var prelude: [Int: Int] = [:]
    /// The functions of the program below this number are the prelude's.
    package var preludeEnd = 0
    package var parameters: [String: Value] = [:]
    /// Whether a `catch` took an error of a read: what the script then knows of the workspace is incomplete.
    package internal(set) var caughtFailedRead = false
    /// The places that read what a host only simulates, each once.
    package internal(set) var simulatedReads: [SimulatedRead] = []

    var registers = RegisterFile()
    var frames: [Frame] = []
    var closures: [RunningClosure] = []
    var handlers: [Handler] = []
    var iterators: [IteratorState] = []
    var accumulators: [Accumulator] = []
    var caches: [FieldCache] = []
    /// The instruction that comes next; while an instruction runs that can fail, the one behind it.
    var pc = 0
    var steps = 0
    /// What the last request was for.
    var pending: Pending?
    /// An error that an answer brought, to be raised when the machine goes on.
    var failure: RuntimeError?
    /// Where a listing that is wanted whole goes on.
    var followingCursor: ListingCursor?
    /// The shape of the last record that `with` built: the next is likely to have it too.
    var lastExtended: Shape?
    /// The same for what `select` built of a record with marks.
    var lastSelected: Shape?
    /// The last read failed; when its error is caught, the run is incomplete.
    var failedRead = false

    /// Where a `field` instruction found its field, for records of the same shape.
    struct FieldCache {
        var shape: Shape?
        var place = 0
    }

    /// What an answer is for.
    enum Pending {
        case none
        case value(Int, isRead: Bool)
        /// All pages of a listing, into a register.
        case listing(register: Int, space: String?, items: [Value])
        /// One page of a lazy listing, into an iterator.
        case page(iterator: Int)
        /// Outcomes; one alone when the action was on a single audience.
        case outcomes(register: Int, request: ChangeRequest, single: Bool)
    }

    package enum Step: Sendable {
        /// The fuel is used up; the driver looks for a cancellation and runs on.
        case paused
        case request(Request)
        case finished
        case failed(RuntimeError)
    }

    /// How many instructions may run before the next look at the stop signal. Each takes 5 to 200 ns; those that may take
    /// longer look themselves.
    private static let instructionsBetweenLooks = 200_000

    package init(limits: Limits, now: Int64, signal: StopSignal = StopSignal()) {
        self.limits = limits
        meter = Meter(limits, signal: signal)
        self.now = now
    }

    deinit {
        let outer = meter.enter()
        registers.clear(from: 0)
        meter.releaseRest()
        Meter.leave(to: outer)
    }

    /// Makes the machine ready to run a function as the top level.
    package mutating func start(function: Int) {
        let compiled = program.functions[function]
        registers.reserve(compiled.registers + 1)
        frames = [
            Frame(
                function: function, pc: compiled.entry, base: 0, iteratorBase: 0, accumulatorBase: 0, result: 0,
                given: 0, handlers: 0)
        ]
        handlers = []
        closures = []
        iterators = Array(repeating: IteratorState(), count: compiled.iterators)
        accumulators = (0..<compiled.accumulators).map { _ in Accumulator() }
        pc = compiled.entry
        steps = 0
        meter.reset()
        pending = nil
        failure = nil
        followingCursor = nil
        failedRead = false
        caughtFailedRead = false
        simulatedReads = []
    }

    /// Drops all frames. Registers from `first` on are emptied: names of the top level lie below.
    package mutating func stop(keeping first: Int) {
        let outer = meter.enter()
        defer { Meter.leave(to: outer) }
        var rest = meter.signal.isRaised ? (iterators, accumulators) : nil
        frames = []
        handlers = []
        closures = []
        iterators = []
        accumulators = []
        pending = nil
        registers.clear(from: first)
        meter.releaseRest()
        Aside.free(&rest)
    }

    /// The instruction at which the top level stands.
    package var topLevelPlace: Int { frames.count > 1 ? frames[0].pc : pc }

    /// The meter for a piece of work; `endWork` takes over what it counted, also when the work failed.
    mutating func beginWork() -> Meter {
        meter.steps = steps
        return meter
    }

    mutating func endWork() { steps = meter.steps }

    /// Runs until something is needed, at most about `fuel` steps.
    package mutating func run(fuel: Int) -> Step {
        let outer = meter.enter()
        defer { Meter.leave(to: outer) }
        let most = min(steps + fuel, limits.steps)
        // A step has to go on even where each is long.
        let betweenLooks = max(2, Self.instructionsBetweenLooks / program.longestStep)
        while true {
            do throws(RuntimeError) {
                if failure == nil, meter.signal.isRaised {
                    // It stands before the instruction that comes next, and that is where the error is.
                    pc += 1
                    throw .interrupted
                }
                if let request = following() { return .request(request) }
                if let error = failure {
                    failure = nil
                    throw error
                }
                meter.releaseSome()
                let step = try loop(until: min(steps + betweenLooks, most))
                if case .paused = step, steps < most { continue }
                return step
            } catch {
                let located = locate(error)
                guard handle(located) else { return .failed(located) }
            }
        }
    }
}
