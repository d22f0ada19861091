// A run as the journal has it.

public import AudLanguage

/// A run that sent changes, or was about to.
public struct JournaledRun: Sendable {
    /// Whether a recorded plan was sent, or a script's changes as it reached them.
    public enum Kind: String, Sendable, Hashable {
        case apply, live
    }

    /// How far it is.
    public enum State: String, Sendable, Hashable {
        /// A process carries it.
        case running
        /// Its process died.
        case interrupted
        /// It ended early: it has calls that were not attempted or whose outcome nobody knows, or its script failed.
        case stopped
        /// Every call has its outcome.
        case done
    }

    /// What people call it.
    public var number: Int64
    public var kind: Kind
    /// The id of the plan that it carries; nil for a live run.
    public var plan: String?
    public var origin: RunOrigin
    /// A newer `updatedAt` alone counts as drift.
    public var isStrict: Bool
    /// When it began and ended, in microseconds since 1970.
    public var began: Int64
    public var ended: Int64?
    public var state: State
    /// The process that carries it, or carried it last.
    public var owner: ProcessIdentity
    public var exitCode: Int32?
    /// What ended it before its end.
    public var error: String?
    /// The numbers of the calls that a person deleted from its plan.
    public var deleted: [Int] = []
    /// How many of its calls have each status. A call that was sent and has no outcome yet counts as unknown.
    public var counts: [Outcome.Status: Int]

    /// Whether `resume` has something to do.
    public var canResume: Bool {
        switch state {
        case .interrupted, .stopped:
            // Only the script of a live run knows what would come next.
            !origin.isSandbox && (kind == .apply || counts[.unknown] ?? 0 > 0)
        case .running, .done: false
        }
    }

    /// The run as a record: a row of `aud runs`.
    public var value: Value {
        let partition = Outcome.Status.allCases.filter { $0 != .planned }.map { status in
            (status.rawValue, Value.int(Int64(counts[status] ?? 0)))
        }
        return .record(
            RecordValue(
                [
                    ("run", .int(number)), ("when", .date(began)), ("kind", .string(kind.rawValue)),
                    ("script", .string(origin.script)), ("state", .string(state.rawValue)),
                    ("calls", .int(Int64(counts.values.reduce(0, +)))),
                ] + partition
            )
        )
    }
}
