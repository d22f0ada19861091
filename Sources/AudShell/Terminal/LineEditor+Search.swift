// `^R`. Keys go to the query and never reach libedit; a match enters the line only when it is taken.
//
// Enter takes the match for editing and does not run it: what runs has been seen at the prompt.

extension LineEditor {
    func startSearch() -> CommandResult {
        guard mode == .statement, !history.isEmpty else { return .refused }
        search = HistorySearch()
        return .nothing
    }

    /// What is left of `event` for the line once the search had its part. A match that was taken is in `pendingText`.
    func searching(_ event: KeyEvent) -> KeyEvent? {
        guard var search else { return event }
        switch event {
        case .escape:
            self.search = nil
            return nil
        case .sequence:
            take(search)
            return event
        case .paste(let text):
            mustRing = !search.add(String(text.prefix { !$0.isNewline }), in: history)
        case .character(let scalar):
            switch scalar.value {
            case 0x12: mustRing = !search.older(in: history)
            case 0x13: mustRing = !search.newer(in: history)
            case 0x08, 0x7F: mustRing = !search.removeLast(in: history)
            case 0x03, 0x07:
                self.search = nil
                return nil
            case 0x0A, 0x0D:
                take(search)
                return nil
            case 0x00...0x1F:
                take(search)
                return event
            default: mustRing = !search.add(String(Character(scalar)), in: history)
            }
        }
        self.search = search
        return nil
    }

    private func take(_ search: HistorySearch) {
        self.search = nil
        if let match = search.match { pendingText = Snapshot(match.text) }
    }
}
