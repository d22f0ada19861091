// How a run ended: what became of every change that was asked for, and what else there is to say. Invariant: the counts
// add up to the outcomes, whatever stopped the run.

public import AudLanguage

/// The closing report of a run or an apply.
public struct RunReport: Sendable {
    /// Every change that was asked for, in order.
    public var outcomes: [Outcome] = []
    /// What ended the run before its end.
    public var error: RuntimeError?
    /// What was not read in full, one sentence each.
    public var incomplete: [String] = []
    /// The questions that were answered yes without asking.
    public var questions: [String] = []
    /// How many calls to the API were asked for; retries are not counted.
    public var requests = 0
    public var duration: Duration = .zero
    /// The run's number in the journal; nil when nothing was about to be sent, or no journal is kept.
    public var run: Int64?
    /// `resume` has something to do: calls that were not attempted, or whose outcome nobody knows.
    public var canResume = false
    /// What else a person should know, one sentence each.
    public var notes: [String] = []
    /// What this run recorded. Of a failed run it is not whole and is not staged.
    public var plan = Plan()

    /// Whether the text may have asked the workspace for something, itself or through what it calls.
    package var asksWorkspace = false

    init() {}

    init(_ record: RunRecord, error: RuntimeError?, duration: Duration, plan: Plan = Plan()) {
        outcomes = record.outcomes
        incomplete = record.incomplete
        questions = record.questions
        requests = record.requests
        self.error = error
        self.duration = duration
        self.plan = plan
    }

    /// How many outcomes have each status; every status is there.
    public var counts: [Outcome.Status: Int] {
        var counts = Dictionary(uniqueKeysWithValues: Outcome.Status.allCases.map { ($0, 0) })
        for outcome in outcomes { counts[outcome.status, default: 0] += 1 }
        return counts
    }

    /// How many calls this run added to the session's plan.
    public var staged: Int { plan.isComplete ? plan.count : 0 }

    /// Whether no change was asked for: then there is nothing to say about changes.
    public var changesNothing: Bool { outcomes.isEmpty }

    public var exitCode: ExitCode {
        ExitCode.worst(outcomes.map(\.exitCode) + (error.map { [$0.exitCode] } ?? []))
    }

    /// One word for the shell's history.
    public var historyOutcome: String {
        if error?.kind == .cancelled { return "cancelled" }
        return exitCode == .done ? "done" : "failed"
    }

    /// The report as a record: `{counts, items, error, incomplete, questions, notes, run, requests, duration,
    /// exitCode}`.
    public var value: Value {
        let counts = counts
        let partition = Outcome.Status.allCases.map { ($0.rawValue, Value.int(Int64(counts[$0] ?? 0))) }
        return .record(
            RecordValue([
                ("counts", .record(RecordValue(partition))),
                ("items", .list(ListValue(outcomes.map(\.row)))),
                ("error", error?.line ?? .null),
                ("incomplete", .list(ListValue(incomplete.map { .string($0) }))),
                ("questions", .list(ListValue(questions.map { .string($0) }))),
                ("notes", .list(ListValue(notes.map { .string($0) }))),
                ("run", run.map { .int($0) } ?? .null), ("requests", .int(Int64(requests))),
                ("duration", .duration(duration.microseconds)),
                ("exitCode", .int(Int64(exitCode.rawValue))),
            ])
        )
    }
}

extension Outcome {
    /// The outcome as a flat record, for tables and CSV.
    package var row: Value {
        let audience: RecordValue? = if case .record(let record) = item { record } else { nil }
        let id: Value = audience?["id"] ?? item
        return .record(
            RecordValue([
                ("id", id), ("name", audience?["name"] ?? .null), ("key", audience?["key"] ?? .null),
                ("spaceId", audience?["spaceId"] ?? .null),
                ("action", .string(verb.rawValue)), ("status", .string(status.rawValue)), ("before", before),
                ("after", after), ("error", error.map { .string($0.message) } ?? .null),
            ])
        )
    }
}

extension RuntimeError {
    fileprivate var line: Value {
        .record(
            RecordValue([
                ("code", .string(code.rawValue)), ("kind", .string(kind.rawValue)), ("message", .string(message)),
                ("help", help.map { .string($0) } ?? .null), ("status", status.map { .int(Int64($0)) } ?? .null),
                ("retryable", .bool(retryable)),
            ])
        )
    }
}
