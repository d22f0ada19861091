// Where a session's values, lines and notices go. Invariant: calls come one at a time and in the script's order.

public import AudLanguage

/// The receiver of everything that a session has to say, and the one who answers questions.
public protocol Output: Sendable {
    /// A text begins to run: writing a value should stay within these limits, and end when the signal is raised.
    func begin(limits: Limits, stop: StopSignal)
    /// A line for a person, as the script made it: unescaped, in a dry run already marked.
    func print(_ line: String)
    /// A value for standard output; `statement` is true for the value of a bare expression at the top level.
    func show(_ value: Value, as format: String?, statement: Bool)
    /// Which lists it takes item by item while they are read.
    var streaming: RowStreaming { get }
    /// The next item of such a list; nil behind the last.
    func showItem(_ item: Value?)
    /// More is being asked for, which may take its time: what is held back should be seen.
    func awaitItems()
    /// Something for standard error.
    func notice(_ notice: Notice)
    /// Asks a person; nil when there is nobody to ask.
    func confirm(_ question: String) async -> Bool?
}

extension Output {
    public func begin(limits: Limits, stop: StopSignal) {}
    public var streaming: RowStreaming { .never }
    public func showItem(_ item: Value?) {}
    public func awaitItems() {}
}

/// Something that a person should know and that is no value.
public enum Notice: Sendable {
    /// What the checker found and let pass.
    case warning(Diagnostic)
    /// A listing gave another number of audiences than the API said there are.
    case incompleteListing(String)
    /// How far the sending has come, before each call; nil when it is over.
    case progress(Progress?)
}
