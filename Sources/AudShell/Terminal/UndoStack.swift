// Snapshots of the text for undo and redo. Pure.
//
// Whoever changed the text (a key, libedit, completion, the history), the change is one step; characters typed one after
// the other are one step up to a blank.
// Invariant: `current` is the text as it was last seen.

struct UndoStack {
    /// Characters kept in all, so that long texts do not add up; the newest step is always kept.
    private static let budget = 4_000_000

    private var current: Snapshot
    private var past: [Snapshot] = []
    private var future: [Snapshot] = []
    private var kept = 0
    private var isTyping = false

    init(_ start: Snapshot) {
        current = start
    }

    mutating func note(_ now: Snapshot) {
        guard now.text != current.text else {
            if now.cursor != current.cursor { isTyping = false }
            current.cursor = now.cursor
            return
        }
        let added = current.cursor < now.text.count ? now.text[current.cursor] : " "
        let isOneMore = now.text.count == current.text.count + 1 && now.cursor == current.cursor + 1
        let continues = isTyping && isOneMore && !added.properties.isWhitespace
        if !continues { push(current) }
        isTyping = isOneMore
        current = now
        future = []
    }

    mutating func undo() -> Snapshot? {
        guard let last = past.popLast() else { return nil }
        kept -= last.text.count
        future.append(current)
        current = last
        isTyping = false
        return last
    }

    mutating func redo() -> Snapshot? {
        guard let next = future.popLast() else { return nil }
        push(current)
        current = next
        isTyping = false
        return next
    }

    private mutating func push(_ snapshot: Snapshot) {
        past.append(snapshot)
        kept += snapshot.text.count
        var dropped = 0
        while kept > Self.budget, dropped < past.count - 1 {
            kept -= past[dropped].text.count
            dropped += 1
        }
        past.removeFirst(dropped)
    }
}
