// Tab: the common prefix and a menu first, then one candidate after the other.

extension LineEditor {
    func complete(_ step: Int) -> CommandResult {
        let now = snapshot
        if let menu, menu.left == now { return choose(step, in: menu) }
        guard mode == .statement else { return .refused }
        let completion = host.complete(now.string, at: now.offset)
        let start = min(now.index(ofOffset: completion.replaceFrom), now.cursor)
        guard let first = completion.candidates.first else { return .refused }
        let typed = Snapshot.string(now.text[start..<now.cursor])
        if completion.candidates.count == 1 {
            if first.text == typed { return .refused }
            replace(start..<now.cursor, with: first.text.unicodeScalars)
            return .changed
        }
        let prefix = CompletionMenu.commonPrefix(of: completion.candidates)
        if !completion.isCut, prefix != typed, prefix.lowercased().hasPrefix(typed.lowercased()) {
            replace(start..<now.cursor, with: prefix.unicodeScalars)
        }
        menu = CompletionMenu(completion.candidates, start: start, left: snapshot)
        return .changed
    }

    func closeMenu() -> CommandResult {
        menu = nil
        return .changed
    }

    private func choose(_ step: Int, in open: CompletionMenu) -> CommandResult {
        var menu = open
        let candidate = menu.step(step)
        replace(menu.start..<menu.left.cursor, with: candidate.text.unicodeScalars)
        menu.left = snapshot
        self.menu = menu
        return .changed
    }
}
