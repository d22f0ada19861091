// The completion index beside the session: filled from the state file when a shell starts, written back after each run.

extension Session {
    /// Takes in the audiences that earlier sessions of this profile have seen. Reads the state file and blocks for it, so
    /// a shell calls it in the background; without a file it does nothing. Never sends a request.
    public nonisolated func recallAudiences() {
        // From now on what is read is put in order before somebody asks.
        defer { audiences.order() }
        guard origin.isKept, let state, let known = try? state.index(host: origin.host, profile: origin.profile)
        else { return }
        audiences.load(known.entries, of: known.token)
    }

    /// Writes down what the run has seen, while others go on.
    func keepIndex() async {
        // Before the prompt comes, so that the first Tab behind a listing is as quick as any.
        audiences.orderAdditions()
        guard let state, origin.isKept, let connection = await connector.current,
            let news = audiences.takeNews(of: connection.account)
        else { return }
        let known = IndexTable.Origin(host: origin.host, profile: origin.profile, token: connection.account)
        // Who cannot write this down will not be able to the next time.
        state.save(news, of: known, mask: connection.mask) { [audiences] in audiences.stopKeeping() }
    }
}
