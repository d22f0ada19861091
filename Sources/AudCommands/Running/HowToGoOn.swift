import AudRuntime

/// The command that goes on with a run: with the options that it needs as well, because no profile says them.
struct HowToGoOn: Sendable {
    private var options: [String] = []

    init(state: String?) {
        add("--state", state)
    }

    init(_ workspace: WorkspaceOptions) {
        self.init(state: workspace.state)
        add("--token-file", workspace.tokenFile)
        add("--limits", workspace.limits)
        add("--keep-for-shell", workspace.keepForShell.map { "\($0)" })
        add("--edits-in-progress", workspace.editsInProgress.map { "\($0)" })
    }

    /// Caps that were raised above those of the profile: a resumed run is held against the profile's again.
    init(_ workspace: WorkspaceOptions, caps: CapOptions, profile: Profile) {
        self.init(workspace)
        for (name, value, usual) in [
            ("--max-changes", caps.maxChanges, profile.maxChanges),
            ("--max-removes", caps.maxRemoves, profile.maxRemoves),
            ("--max-percent", caps.maxPercent, profile.maxPercent),
        ] {
            if let value, let usual, value > usual { add(name, "\(value)") }
        }
    }

    private mutating func add(_ name: String, _ value: String?) {
        if let value { options += [name, value] }
    }

    func command(for run: Int64) -> String {
        ShellQuoting.command(["aud", "resume", "\(run)"] + options)
    }
}
