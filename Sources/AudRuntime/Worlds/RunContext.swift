// What a world must know of the run that it answers.

internal import AudLanguage

struct RunContext: Sendable {
    var record: RunRecord
    var names: SpaceNames
    /// The texts that spans point into.
    var sources: SourceMap
    /// Whether the script can change something: then the lines of a dry run are marked.
    var canChange: Bool
    /// Whether what is read is kept for later: for changes, and for what refers to them.
    var keepsReads: Bool
    /// The journal of a live run; a dry run has nothing to write down.
    var journal: LiveRun?
    /// What was not read in full before this run and may still be in the session's names.
    var inheritedIncomplete: [String]

    init(
        record: RunRecord, names: SpaceNames, sources: SourceMap, canChange: Bool, keepsReads: Bool = true,
        journal: LiveRun? = nil,
        inheritedIncomplete: [String] = []
    ) {
        self.record = record
        self.names = names
        self.sources = sources
        self.canChange = canChange
        self.keepsReads = keepsReads
        self.journal = journal
        self.inheritedIncomplete = inheritedIncomplete
    }

    /// A span as a person finds it: `stale.aud:11`.
    func place(of span: Span) -> String {
        guard let file = sources[span] else { return "script" }
        return "\(file.name):\(file.line(at: span.start))"
    }
}
