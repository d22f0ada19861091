// What may be changed between two texts.

public import AudLanguage

extension Session {
    /// The most that one apply or one live run may change.
    public var caps: Caps { options.caps }

    /// Changes the caps, from the next run or apply on.
    public func setCaps(_ caps: Caps) { options.caps = caps }

    /// The longest that one run may take; nil: as long as it needs.
    public var wallTime: Duration? { options.wallTime }

    /// Changes how long one run may take, from the next one on.
    public func setWallTime(_ time: Duration?) { options.wallTime = time }

    /// Changes the mode; refused while calls are staged.
    public func setMode(_ mode: Mode) throws(RuntimeError) {
        guard mode != self.mode else { return }
        try refuseWhileStaged("the mode stays")
        self.mode = mode
    }

    /// Changes the space that is meant when a script names none, by alias or id; refused while calls are staged.
    public func setSpace(_ name: String) throws(RuntimeError) {
        let space = try spaces.resolve(name)
        guard space != spaces.current else { return }
        try refuseWhileStaged("the space stays")
        spaces.current = space
    }

    func refuseWhileStaged(_ consequence: String) throws(RuntimeError) {
        if isRunning { throw .sessionIsBusy }
        guard !plan.isEmpty else { return }
        throw RuntimeError(
            .notConfirmed, .fail, "\(plan.count) call\(plan.count == 1 ? " is" : "s are") staged, so \(consequence)",
            help: "`:plan` shows what is staged, `:apply` sends it, `:discard` drops it"
        )
    }
}

extension RuntimeError {
    fileprivate static var sessionIsBusy: RuntimeError {
        RuntimeError(.badArgument, .fail, "the session is still running another text")
    }
}

extension RunReport {
    static var busy: RunReport {
        var report = RunReport()
        report.error = .sessionIsBusy
        return report
    }
}
