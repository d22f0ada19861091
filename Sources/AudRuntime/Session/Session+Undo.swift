// Taking a run back. The calls that do it are staged like those of a saved plan: the preview, the caps, the question, the
// journal and the look at each audience before its change are those of every plan.

public import AudLanguage

extension Session {
    /// Works out what takes a run back, and stages the calls that do. Sends nothing and reads only the journal. Refused for
    /// a run that a process still carries, one that was made elsewhere, and like every staging in live mode and while
    /// other calls are staged.
    public func undo(_ number: Int64) async throws(RuntimeError) -> Undo {
        let run = try journaled(number)
        if run.state == .running { throw .stillRunning(run) }
        // A simulated workspace lives as long as the process that it is in.
        if run.origin.isSandbox, !origin.isSandbox || run.owner != .current { throw .sandboxIsGone(run) }
        guard run.origin.host == origin.host else { throw .otherHost(run, here: origin.host) }
        var undo: Undo
        do throws(StateError) {
            undo = Undo(of: run, calls: try state?.calls(of: number) ?? [], stateOption: stateOption)
        } catch {
            throw RuntimeError(error)
        }
        try await stage(undo.plan)
        undo.plan = plan
        return undo
    }

    /// The last runs that may be undone here, newest first, without their counts, for completion. Reads the state file
    /// and may be called from any thread; none when there is no file, or no reading it.
    public nonisolated var recentRuns: [JournaledRun] { recentRunsIfThere ?? [] }

    /// The same; nil when there is no file, or no reading it.
    package nonisolated var recentRunsIfThere: [JournaledRun]? {
        guard let state, state.isThere, let runs = try? state.lastRuns(50) else { return nil }
        return runs.filter { $0.origin.host == origin.host && (!$0.origin.isSandbox || $0.owner == .current) }
    }
}
