// What an apply or a resumed run says.

internal import AudLanguage

extension RuntimeError {
    init(_ error: StateError) {
        self.init(.stateUnusable, .limit, error.message, help: error.help)
    }

    /// Somebody else has changed the audience since the plan was made.
    static func drifted(_ fields: [String], item: Value) -> RuntimeError {
        RuntimeError(
            .expectationFailed, .conflict,
            "somebody has changed it since it was read, so it was left alone: \(fields.joined(separator: ", "))",
            help: "look at it, and plan again if it is still meant", item: item
        )
    }

    static func unreachable(after error: RuntimeError?) -> RuntimeError {
        RuntimeError(
            .apiNetwork, .network,
            "several audiences in a row could not be read, so nothing more is sent: \(error?.message ?? "no answer")",
            help: "go on when the API can be reached again", retryable: true
        )
    }

    static var noJournal: RuntimeError {
        RuntimeError(
            .stateUnusable, .limit, "no journal is kept, so there are no runs to go on with or to undo",
            help: "name the state file with --state FILE"
        )
    }

    /// - Parameter option: what commands have to say, to find the state file.
    static func appliedAlready(as run: JournaledRun, _ option: String) -> RuntimeError {
        RuntimeError(
            .notConfirmed, .limit, "this plan was applied already, as run \(run.number), so nothing was sent",
            help: "`aud runs show \(run.number)\(option)` shows what became of it"
                + (run.canResume ? ", `aud resume \(run.number)\(option)` goes on with what is left" : "")
        )
    }

    static func noSuchRun(_ number: Int64, _ option: String) -> RuntimeError {
        RuntimeError(
            .badArgument, .value, "there is no run \(number) in this state file",
            help: "`aud runs\(option)` lists the runs"
        )
    }

    static func notClaimed(
        _ run: JournaledRun, _ refusal: RunJournal.ClaimRefusal, _ option: String
    ) -> RuntimeError {
        switch refusal {
        case .noSuchRun: .noSuchRun(run.number, option)
        case .done:
            RuntimeError(
                .badArgument, .value, "run \(run.number) is done: every call has its outcome",
                help: "`aud runs show \(run.number)\(option)` shows them"
            )
        case .carried(let owner):
            RuntimeError(
                .notConfirmed, .limit, "process \(owner.pid) is carrying run \(run.number), so this one does not",
                help: "wait until it has ended, or end it, and then resume"
            )
        }
    }

    static func stillRunning(_ run: JournaledRun) -> RuntimeError {
        RuntimeError(
            .notConfirmed, .limit,
            "process \(run.owner.pid) is still carrying run \(run.number), so it cannot be undone yet",
            help: "wait until it has ended, or end it, and undo it then"
        )
    }

    static func sandboxIsGone(_ run: JournaledRun) -> RuntimeError {
        RuntimeError(
            .badArgument, .value,
            "run \(run.number) changed the simulated workspace of --sandbox, which ended with its process",
            help: "runs of `aud sandbox serve` can be resumed and undone, with --base-url"
        )
    }

    static func otherHost(_ run: JournaledRun, here: String) -> RuntimeError {
        RuntimeError(
            .badArgument, .value, "run \(run.number) was made at \(run.origin.host), and this is \(here)",
            help: "use the profile of that run, \(run.origin.profile), or --base-url \(run.origin.host)"
        )
    }
}
