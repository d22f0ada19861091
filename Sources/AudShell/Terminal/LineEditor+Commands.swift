// What each of our functions does. Runs inside libedit's dispatch, so the buffer may be changed.

extension LineEditor {
    func perform(_ command: EditorCommand) -> CommandResult {
        switch command {
        case .set: return setPending()
        case .insert: return insertPending()
        case .escape: return closeMenu()
        case .enter: return enter()
        case .newline: return mode == .answer ? enter() : add("\n")
        case .interrupt: return finish(.interrupted)
        case .deleteOrEnd: return snapshot.text.isEmpty ? finish(.end) : delete()
        case .suspend:
            input?.suspend()
            return .nothing
        case .clearScreen:
            input?.clearScreen()
            return .nothing
        case .quote:
            isQuoting = true
            return .nothing
        case .up: return moveLine(-1)
        case .down: return moveLine(1)
        case .older: return recall { $0.older(in: $1) }
        case .newer: return recall { $0.newer(in: $1) }
        case .search: return startSearch()
        case .left: return moveLeft()
        case .right: return moveRight()
        case .wordRight: return moveWordRight()
        case .lineStart:
            let now = snapshot
            move(to: now.lineStart(now.cursor))
            return .moved
        case .lineEnd: return moveLineEnd()
        case .backspace: return backspace()
        case .delete: return delete()
        case .killLineEnd:
            return kill(to: { $0.cursor == $0.lineEnd($0.cursor) ? $0.cursor + 1 : $0.lineEnd($0.cursor) })
        case .killLineStart: return kill(to: { $0.lineStart($0.cursor) })
        case .killWordRight: return kill(to: { $0.wordEnd(after: $0.cursor) })
        case .killWordLeft: return kill(to: { $0.wordStart(before: $0.cursor) })
        case .yank: return yank()
        case .complete: return complete(1)
        case .completeBack: return complete(-1)
        case .undo:
            undo.note(snapshot)
            return restore(undo.undo())
        case .redo:
            undo.note(snapshot)
            return restore(undo.redo())
        }
    }

    // MARK: Text

    private func setPending() -> CommandResult {
        growOnce()
        guard let pending = pendingText else { return .nothing }
        pendingText = nil
        set(pending)
        return .changed
    }

    private func insertPending() -> CommandResult {
        defer { pendingInsert = [] }
        insert(pendingInsert)
        return .changed
    }

    private func add(_ text: String) -> CommandResult {
        insert(text.unicodeScalars)
        return .changed
    }

    private func restore(_ wanted: Snapshot?) -> CommandResult {
        guard let wanted else { return .refused }
        set(wanted)
        return .changed
    }

    private func backspace() -> CommandResult {
        let now = snapshot
        guard now.cursor > 0 else { return .refused }
        replace(now.clusterStart(before: now.cursor)..<now.cursor, with: [])
        return .changed
    }

    private func delete() -> CommandResult {
        let now = snapshot
        guard !now.isAtEnd else { return .refused }
        replace(now.cursor..<now.clusterEnd(after: now.cursor), with: [])
        return .changed
    }

    /// Cuts from the cursor to the place that `target` names, before or behind it.
    private func kill(to target: (Snapshot) -> Int) -> CommandResult {
        let now = snapshot
        let other = min(target(now), now.text.count)
        let range = min(now.cursor, other)..<max(now.cursor, other)
        guard !range.isEmpty else { return .refused }
        replace(range, with: [])
        kills.take(now.text[range], isBefore: other < now.cursor, from: now, leaving: snapshot)
        return .changed
    }

    private func yank() -> CommandResult {
        guard !kills.text.isEmpty else { return .refused }
        insert(kills.text)
        return .changed
    }

    private func enter() -> CommandResult {
        if menu?.chosen != nil, menu?.left == snapshot { return closeMenu() }
        let text = snapshot.string
        guard mode == .statement, !text.allSatisfy(\.isWhitespace) else { return finish(.statement(text)) }
        switch host.status(of: text) {
        case .complete, .hopeless: return finish(.statement(text))
        case .incomplete(let indent, _): return add("\n" + String(repeating: " ", count: max(0, indent)))
        }
    }

    // MARK: Moves

    private func moveLeft() -> CommandResult {
        let now = snapshot
        guard now.cursor > 0 else { return .refused }
        move(to: now.clusterStart(before: now.cursor))
        return .moved
    }

    private func moveRight() -> CommandResult {
        let now = snapshot
        if now.isAtEnd { return takeHint { $0[...] } }
        move(to: now.clusterEnd(after: now.cursor))
        return .moved
    }

    private func moveWordRight() -> CommandResult {
        let now = snapshot
        if now.isAtEnd { return takeHint { $0[..<Snapshot($0, cursor: 0).wordEnd(after: 0)] } }
        move(to: now.wordEnd(after: now.cursor))
        return .moved
    }

    private func moveLineEnd() -> CommandResult {
        let now = snapshot
        if now.isAtEnd, hint(for: now)?.isText == true { return takeHint { $0[...] } }
        move(to: now.lineEnd(now.cursor))
        return .moved
    }

    private func takeHint(_ part: ([Unicode.Scalar]) -> ArraySlice<Unicode.Scalar>) -> CommandResult {
        guard let hint = hint(for: snapshot), hint.isText else { return .refused }
        insert(part(Array(hint.text.unicodeScalars)))
        return .changed
    }

    /// By line; beyond the first and the last, through the history.
    private func moveLine(_ step: Int) -> CommandResult {
        let now = snapshot
        let start = now.lineStart(now.cursor)
        let end = now.lineEnd(now.cursor)
        if step < 0, start == 0 { return recall { $0.older(in: $1) } }
        if step > 0, end == now.text.count { return recall { $0.newer(in: $1) } }
        let goal = column?.left == now ? column?.column : nil
        let wanted = goal ?? now.column(of: now.cursor)
        let target = step < 0 ? now.lineStart(start - 1) : end + 1
        move(to: now.index(atColumn: wanted, ofLineAt: target))
        column = ColumnGoal(column: wanted, left: snapshot)
        return .moved
    }

    private func recall(_ step: (inout HistoryWalk, [String]) -> String?) -> CommandResult {
        guard mode == .statement else { return .refused }
        let text = snapshot.string
        var walk = self.walk.flatMap { $0.shown == text ? $0 : nil } ?? HistoryWalk(from: text, in: history)
        guard let entry = step(&walk, history) else { return .refused }
        self.walk = walk
        set(Snapshot(entry))
        return .changed
    }
}
