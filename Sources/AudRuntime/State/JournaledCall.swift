// A call as the journal has it: what to send, and what is known of its outcome.

public import AudLanguage

/// A changing call of a run.
public struct JournaledCall: Sendable {
    /// The call as it was planned, with what is left of its audience: id, space, name, key and state.
    var call: PlannedCall
    /// When it was about to be sent last, in microseconds since 1970; nil when it never was, or was refused since.
    public var intent: Int64?
    /// How often it was sent, as far as anybody knows: a call that never left after all does not count.
    public var attempts: Int
    /// nil: nobody knows yet, or it was not attempted.
    var status: Outcome.Status?
    public var error: String?
    public var ended: Int64?

    /// Whether it may have reached the server and no outcome is known.
    var isUnsettled: Bool { intent != nil && (status == nil || status == .unknown) }

    /// Whether a resumed run has to carry it through: it never left, or was found not to have been made.
    var isLeft: Bool {
        switch status {
        case nil, .notAttempted, .planned: intent == nil
        // It failed before it was sent, or sent again: its audience could not be read.
        case .failed: intent == nil
        case .done, .skipped, .gone, .drifted, .unknown: false
        }
    }

    /// What became of it, for the report of its run.
    var finalOutcome: Outcome {
        let code: Code =
            switch outcome {
            case .gone: .apiNotFound
            case .drifted: .expectationFailed
            case .unknown: .apiOutcomeUnknown
            case .planned, .done, .skipped, .failed, .notAttempted: .apiServer
            }
        let isDone = outcome == .done
        return Outcome(
            item: call.audience.map { .record($0) } ?? .string(call.id), verb: call.verb, status: outcome,
            before: call.before, after: isDone ? call.after : outcome == .unknown ? .null : call.before,
            error: error.map { RuntimeError(code, outcome == .unknown ? .network : .server, $0) }
        )
    }

    /// The part of the partition that it is in now.
    public var outcome: Outcome.Status { status ?? (intent == nil ? .notAttempted : .unknown) }

    /// Whether its audience is as the call wants it, or will be: of another nobody says how it is.
    private var isAsWanted: Bool {
        switch outcome {
        case .planned, .done, .skipped: true
        case .gone, .drifted, .failed, .unknown, .notAttempted: false
        }
    }

    /// The call as a record: a row of `aud runs show`.
    public var value: Value {
        .record(
            RecordValue([
                ("number", .int(Int64(call.number))), ("verb", .string(call.verb.rawValue)),
                ("status", .string(outcome.rawValue)), ("id", .string(call.id)),
                ("name", call.name.map { .string($0) } ?? .null), ("key", call.key.map { .string($0) } ?? .null),
                ("space", .string(call.space.name)), ("before", call.before),
                ("after", isAsWanted ? call.after : .null),
                ("source", .string(call.source)), ("attempts", .int(Int64(attempts))),
                ("intent", intent.map { .date($0) } ?? .null), ("ended", ended.map { .date($0) } ?? .null),
                ("error", error.map { .string($0) } ?? .null),
            ])
        )
    }
}
