// How far a long piece of sending has come, for the person who waits for it. The sender says it before each call, so that
// what is shown while a call waits for its limit is the call that waits.

public import AudLanguage
public import SegmentAudiences

/// How far the sending of changes has come.
public struct Progress: Sendable, Hashable {
    /// How many calls have their outcome.
    public var finished: Int
    /// How many calls there are in all; nil when nobody knows, as in a live run.
    public var total: Int?
    /// When the sending began.
    public var began: BootInstant
    /// The verb of the call in work; nil between calls.
    public var verb: Verb?
    /// The name of the audience in work, or its id, as the server has it: unescaped.
    public var item: String?
    /// Until when the call in work waits for its limit; nil when it does not.
    public var waitsUntil: BootInstant?
    /// The call in work waits because its audience is locked, and is tried again then.
    public var isLocked = false
    /// How many audiences the call in work waits for, because Segment still computes them; nil when it does not.
    public var editsInProgress: Int?
    /// When the last call would end, at what is left of the limits; nil when nobody knows.
    public var finish: BootInstant?

    /// Makes a state of progress.
    public init(
        finished: Int, total: Int?, began: BootInstant, verb: Verb? = nil, item: String? = nil,
        waitsUntil: BootInstant? = nil, finish: BootInstant? = nil
    ) {
        self.finished = finished
        self.total = total
        self.began = began
        self.verb = verb
        self.item = item
        self.waitsUntil = waitsUntil
        self.finish = finish
    }
}
