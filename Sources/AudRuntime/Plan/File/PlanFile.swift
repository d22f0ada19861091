// A plan as a file holds it: text that a person can read in a pull request, and that is sent exactly as it stands. The
// text looks like a straight-line script of the language, but it is read by a reader of its own and never evaluated:
// header comments, then one call a line.
//
// Invariants: reading what was written gives the same plan; the text has one line for each call, whatever names are in
// it; a line may be deleted, and anything else that a person or a tool does to the text is refused, but for empty lines
// and the ends of lines.

internal import AudLanguage

/// A plan that was saved, or is about to be.
///
/// ```swift
/// let file = try await session.save(host: "https://api.segmentapis.com")
/// let again = try PlanFile(reading: Array(file.text.utf8))
/// ```
public struct PlanFile: Sendable {
    /// The format that this program writes and reads.
    public static let version = 1
    /// How a file that is a plan begins, whatever its version is.
    static let mark = SourceFile.planMark

    public var origin: PlanOrigin
    /// The calls that are still there; `plan.id` is never nil.
    public var plan: Plan
    /// How many calls there were when the plan was saved.
    public var total: Int
    /// The text that was read, or is to be written.
    public var text: String

    /// Saves a plan: gives it an id, unless it has one, and writes its text.
    ///
    /// - Parameter duration: how long it takes to send the plan, for the person who reads it.
    init(_ plan: Plan, origin: PlanOrigin, duration: Duration? = nil) {
        self.origin = origin
        self.plan = plan
        total = plan.count
        let id = plan.id ?? PlanWriter.id(of: plan, origin)
        self.plan.id = id
        text = PlanWriter(plan: plan, id: id, origin: origin, duration: duration).text
    }

    /// Reads a plan. O(bytes).
    ///
    /// - Throws: what is wrong and in which line, when it is no plan, or not as it was written but for deleted lines.
    public init(reading bytes: [UInt8]) throws(PlanFileError) {
        var reader = PlanReader(bytes)
        try reader.read()
        origin = reader.origin
        plan = reader.plan
        total = reader.total
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Why the plan is too old to be sent, or from the future; nil when it is neither.
    ///
    /// - Parameters:
    ///   - now: microseconds since 1970.
    ///   - maxAge: the oldest that is allowed.
    public func refusal(now: Int64, maxAge: Duration = .seconds(86_400)) -> PlanFileError? {
        let age = Duration.microseconds(now) - .microseconds(origin.time)
        let written = DateText.iso(origin.time)
        if age > maxAge {
            return PlanFileError(
                "the plan is too old: it was made at \(written), and may be "
                    + "\(DateText.duration(maxAge.microseconds)) old",
                help: "plan again, which shows what has changed since; or allow more with --max-age")
        }
        // Clocks of two machines differ a little.
        if age < .seconds(-600) {
            return PlanFileError(
                "the plan was made in the future, at \(written)",
                help: "look at the clock of this machine, and of the one that made the plan")
        }
        return nil
    }
}

/// Why a file is no plan that may be sent.
public struct PlanFileError: Error, Sendable, Hashable {
    /// From 1; nil when it is the file as a whole.
    public var line: Int?
    /// One sentence, without a full stop.
    public var message: String
    public var help: String?

    init(_ message: String, line: Int? = nil, help: String? = nil) {
        self.message = message
        self.line = line
        self.help = help
    }
}
