// Plans that leave the session and come back: what they do to others is looked up, they are saved as files, and a plan
// that was read from a file is staged like calls that were recorded.

public import AudLanguage
internal import SegmentAudiences

extension Session {
    /// Looks up what the plan does to audiences that it does not change, into `plan.consequences`. A space that loses an
    /// audience is listed for that when it was not read in full, and one of which nothing was read in any case. What
    /// removals break must be known: a listing that fails is a gap, and is tried again the next time. Otherwise this is
    /// done once for a plan, for reads cost calls.
    public func examine() async {
        guard !isRunning, plan.consequences?.unknown.isEmpty != true, !plan.isEmpty else { return }
        isRunning = true
        defer { isRunning = false }
        _ = await begin()
        plan.consequences = await consequences(of: plan)
    }

    /// What a plan does to audiences that it does not change.
    func consequences(of plan: Plan) async -> Consequences {
        var consequences = Consequences()
        for space in plan.spaces {
            let endings = plan.endings.filter { $0.space.id == space.id }
            let loses = endings.contains { $0.verb == .remove }
            // A plan from a file comes to a session that has read nothing.
            if loses || !endings.isEmpty && reader.read.all(in: space).isEmpty, !reader.read.isWhole(space) {
                if let reason = await list(space, whole: true), loses {
                    consequences.unknown.append("what refers to the removed audiences is not known: \(reason)")
                }
            } else if options.caps.maxPercent != nil, reader.read.total(of: space) == nil {
                _ = await list(space, whole: false)
            }
            let audiences = reader.read.all(in: space)
            consequences.totals[space.id] = reader.read.total(of: space)
            consequences.references += plan.references(among: audiences, in: space)
            if !endings.isEmpty, !reader.read.isWhole(space) {
                consequences.unread.append(
                    "only \(audiences.count) audience\(audiences.count == 1 ? "" : "s") of \(space.name) "
                        + (audiences.count == 1 ? "was" : "were") + " read: others may refer to what is changed")
            }
        }
        return consequences
    }

    /// Lists a space, for what is read by it; answers why that is not enough.
    func list(_ space: Space, whole: Bool) async -> String? {
        let record = RunRecord(limits: options.limits)
        do throws(RuntimeError) {
            try await reader.list(space, whole: whole, names: spaces, noting: record)
            return record.incomplete.first
        } catch {
            return error.message
        }
    }

    /// Saves the staged calls as a file. They stay staged, and have the file's id from now on, so that they are sent
    /// once: from here or from the file.
    ///
    /// - Parameters:
    ///   - host: where the calls would be sent.
    ///   - parameters: what was given to the script.
    ///   - duration: how long it takes to send them, for the person who reads the file.
    /// - Throws: a refusal when the calls are not all that the script would have asked for.
    public func save(
        host: String, parameters: [String: String] = [:], duration: Duration? = nil
    ) throws(RuntimeError) -> PlanFile {
        guard plan.isComplete else { throw .planIsNotWhole }
        let scripts = sources.files.filter { $0.name != "prelude" && !$0.name.hasPrefix("prompt:") }
        let origin = PlanOrigin(
            scripts: scripts.map { PlanOrigin.Script(name: $0.name, sha256: PlanDigest.sha256(of: $0.bytes)) },
            parameters: parameters.sorted { $0.key < $1.key }.map {
                PlanOrigin.Parameter(name: $0.key, text: $0.value)
            },
            host: host, time: time.wallNow().microseconds)
        let file = PlanFile(plan, origin: origin, duration: duration)
        plan.id = file.plan.id
        return file
    }

    /// Stages the calls of a plan that was read from a file, as if they had been recorded here: `apply` sends exactly
    /// these. Refused while a text runs, in live mode, while other calls are staged, and when the plan was applied with
    /// this state file already.
    public func stage(_ file: PlanFile) async throws(RuntimeError) {
        try await stage(file.plan)
    }

    /// Stages the calls of a plan that this session did not record.
    func stage(_ plan: Plan) async throws(RuntimeError) {
        guard mode == .dryRun else {
            throw RuntimeError(
                .notConfirmed, .fail, "a plan is staged in a dry run, and this session is live",
                help: "in the shell, `:dry` goes back to the dry run"
            )
        }
        try refuseWhileStaged("no plan is added")
        if let earlier = try run(carrying: plan) { throw .appliedAlready(as: earlier, stateOption) }
        var saved = plan
        for place in saved.calls.indices { saved.calls[place].space = spaces.space(id: saved.calls[place].space.id) }
        for reason in saved.incomplete where !incomplete.contains(reason) { incomplete.append(reason) }
        saved.incomplete = incomplete
        await dry.stage(saved)
        self.plan = saved
    }
}

extension RuntimeError {
    static var planIsNotWhole: RuntimeError {
        RuntimeError(
            .incomplete, .limit, "the script that made this plan failed, so the plan is not whole; nothing was sent",
            help: "mend the script and run it again"
        )
    }
}
