// Opens the workspace once, at the first request, and hands it to each run with that run's budget. A failed attempt is
// not remembered: the next request tries again.

internal import AudLanguage
internal import SegmentAudiences

actor Connector {
    private let open: @Sendable () async throws(RuntimeError) -> Connection
    private var opened: Connection?
    private var budget = RunBudget()

    init(_ workspace: Workspace) {
        open = workspace.connect
    }

    /// From now on the requests of another run are made.
    func begin(_ budget: RunBudget) {
        self.budget = budget
    }

    func connection() async throws(RuntimeError) -> Connection {
        if let opened { return opened.within(budget) }
        let fresh = try await open()
        // Two first requests may have waited side by side: both use what came first.
        if opened == nil { opened = fresh }
        return (opened ?? fresh).within(budget)
    }

    /// The connection, if there is one already.
    var current: Connection? { opened }

    /// All that a dry run is given.
    nonisolated var reading: Reader.Source {
        { () async throws(RuntimeError) -> any AudienceReading in try await self.connection().reading }
    }
}
