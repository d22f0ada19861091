// What the removals of a live run break, which is known before each is sent.

internal import AudLanguage
internal import SegmentAudiences

extension LiveWorld {
    /// Learns who refers to the audiences of a space, which is listed for that unless it was read in full.
    func learnReferences(in space: Space) async throws(RuntimeError) {
        guard !broken.knows(space) else { return }
        if !reader.read.isWhole(space) {
            do throws(RuntimeError) {
                try await reader.list(space, names: context.names, noting: context.record)
            } catch {
                // Of a space that is not there, the read of the audience tells that.
                guard error.kind == .notFound || allowIncomplete && error.kind.canBeCaught else { throw error }
            }
        }
        broken.learn(reader.read.all(in: space), in: space)
    }

    /// Refuses a removal with which more audiences would be broken than may be. What the same action removes as well
    /// does not count.
    func refuseBreaking(_ subject: ChangeSubject, _ change: ChangeRequest) async throws(RuntimeError) {
        let referrers = broken.referrers(to: subject).filter { referrer in
            !change.targets.contains { $0.id == referrer.id }
        }
        let count = broken.count(with: referrers)
        if let excess = caps.excess(broken: count) { throw excess }
        if caps.maxBroken == nil, count > mayBreak, !referrers.isEmpty {
            try await confirmBreaking(subject, referrers.count, upTo: count)
        }
        broken.note(
            removalOf: AudienceIdentity(spaceID: subject.space.id, id: subject.id), breaking: referrers)
    }

    /// Nobody said how many may break: a person is asked about each removal that breaks more, and `--yes` is no answer.
    private func confirmBreaking(
        _ subject: ChangeSubject, _ count: Int, upTo most: Int
    ) async throws(RuntimeError) {
        let name = subject.audience?.text("name").map { "\(subject.id) (\($0))" } ?? subject.id
        let others = "\(count) audience\(count == 1 ? " that refers" : "s that refer") to it"
        let answer = host.assumeYes ? nil : await host.output.confirm("Removing \(name) breaks \(others). Remove it?")
        if answer == true {
            mayBreak = most
            return
        }
        if Task.isCancelled { throw .interrupted }
        throw RuntimeError(
            .notConfirmed, .limit, "removing \(name) would break \(others)",
            help: "look at what refers to it; if it is meant, say how many may break: --max-broken \(most)"
        )
    }
}
