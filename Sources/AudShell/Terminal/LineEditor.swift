// One statement, edited by libedit and drawn by nobody here.
//
// libedit asks for a character (`nextCharacter`), looks it up in its key map, and either edits by itself or calls one of
// our functions (`EditorCommand`). Before it waits, the state is a `Frame` for whoever draws.
// Invariant: the text is libedit's; it is read with `snapshot` and changed with `replace`, inside a function only.
//
// Belongs to the thread that made it: nothing of libedit is thread-safe, and its callbacks come on that thread.

internal import CEditline

package final class LineEditor {
    /// What is read: a statement, or the one-line answer to a question.
    package enum Mode: Sendable, Equatable {
        case statement
        case answer
    }

    let host: any EditorHost
    private(set) var history: [String]
    /// What libedit said about the user's `~/.editrc`.
    package let messages: String
    private let isVi: Bool
    private let engine: OpaquePointer

    // Of the line being edited.
    private(set) var mode = Mode.statement
    private(set) var input: (any EditorInput)?
    private(set) var prompt = Prompt("")
    private(set) var outcome: Outcome?
    /// The picture to leave behind once there is an outcome.
    package private(set) var lastFrame = Frame(prompt: "")
    var undo = UndoStack(Snapshot())
    var walk: HistoryWalk?
    var search: HistorySearch?
    var menu: CompletionMenu?
    var column: ColumnGoal?
    var kills = KillBuffer()
    /// The next key is text, whatever it is bound to.
    var isQuoting = false
    /// What the function behind the virtual key `set` makes of the line.
    var pendingText: Snapshot?
    /// What the function behind the virtual key `insert` puts at the cursor.
    var pendingInsert: [Unicode.Scalar] = []

    private var queue: [Int32] = []
    private var queued = 0
    /// The last key could do nothing.
    var mustRing = false
    private var hasGrown = false
    /// The entry libedit's own history commands asked for last, zero-terminated.
    private var historyText: UnsafeMutableBufferPointer<wchar_t>?

    /// nil where there is no pty to be had, or the user's file says `edit off`. That file is `$EDITRC` or `~/.editrc`
    /// unless it is named here.
    package init?(host: any EditorHost, history: [String] = [], file: String? = nil) {
        guard let engine = ced_open(Self.historyEntry, Self.readCharacter) else { return nil }
        self.engine = engine
        self.host = host
        self.history = history
        let editLine = ced_editline(engine)
        EditorCommand.install(in: editLine)
        KeyBinding.bindDefaults(in: editLine)
        el_source(editLine, file)
        isVi = ced_is_vi(editLine)
        messages = String(cString: ced_take_messages(engine))
        if !ced_edits(editLine) { return nil }
        KeyBinding.bindOurs(in: editLine, vi: isVi)
        ced_set_owner(engine, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        ced_close(engine)
        historyText?.deallocate()
    }

    /// Reads one statement or answer. Blocks in `input.next`.
    package func edit(_ prompt: Prompt, mode: Mode = .statement, from input: any EditorInput) -> Outcome {
        self.prompt = prompt
        self.mode = mode
        self.input = input
        defer { self.input = nil }
        outcome = nil
        undo = UndoStack(Snapshot())
        walk = nil
        search = nil
        menu = nil
        column = nil
        isQuoting = false
        mustRing = false
        pendingText = Snapshot(prompt.draft)
        queue = [VirtualKey.set.code]
        queued = 0
        var count: Int32 = 0
        // The result says nothing: it is NULL and 0 for an accepted empty line and for the end alike.
        _ = el_wgets(editLine, &count)
        return outcome ?? .closed
    }

    package func remember(_ statement: String) {
        history.append(statement)
    }

    /// Ends the reading, from inside a function.
    func finish(_ outcome: Outcome) -> CommandResult {
        search = nil
        lastFrame = frame(isLast: true)
        self.outcome = outcome
        return .done
    }

    var editLine: OpaquePointer? { ced_editline(engine) }

    static func of(_ editLine: OpaquePointer?) -> LineEditor? {
        ced_owner(editLine).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: Characters for libedit

    private static let readCharacter: el_rfunc_t = { editLine, result in
        guard let editor = LineEditor.of(editLine), let character = editor.nextCharacter() else { return 0 }
        result?.pointee = wchar_t(character)
        return 1
    }

    /// The next character of the current event, or the first of the next one.
    private func nextCharacter() -> Int32? {
        if ced_take_bells(engine) > 0 {
            // In the middle of an event: an unknown sequence, whose rest libedit would insert.
            if queued < queue.count { queued = queue.count } else { mustRing = true }
        }
        while queued == queue.count {
            mendCursor()
            guard outcome == nil, let input else { return nil }
            if !input.isReady() {
                let now = snapshot
                undo.note(now)
                if let menu, menu.left != now { self.menu = nil }
                input.draw(self, bell: mustRing)
                mustRing = false
            }
            guard let event = input.next(for: self) else { return nil }
            queue = characters(for: event)
            queued = 0
        }
        queued += 1
        return queue[queued - 1]
    }

    private func characters(for event: KeyEvent) -> [Int32] {
        if isQuoting {
            isQuoting = false
            return quote(event)
        }
        if search != nil {
            guard let event = searching(event) else { return pendingText == nil ? [] : [VirtualKey.set.code] }
            return (pendingText == nil ? [] : [VirtualKey.set.code]) + characters(for: event)
        }
        switch event {
        case .character(let scalar):
            guard let closed = closing(with: scalar) else { return [Int32(scalar.value)] }
            pendingText = closed
            return [VirtualKey.set.code]
        case .escape: return [VirtualKey.escape.code]
        case .paste(let text):
            pendingInsert =
                mode == .answer ? Array(text.unicodeScalars.prefix { $0 != "\n" }) : Array(text.unicodeScalars)
            return [VirtualKey.insert.code]
        case .sequence(let scalars):
            // In vi mode, Escape and the next key, typed fast or over a slow line; Alt-Enter stays ours.
            if isVi, scalars.count == 2, scalars[1] != "\r", scalars[1] != "\n" {
                return [VirtualKey.escape.code, Int32(scalars[1].value)]
            }
            return scalars.map { Int32($0.value) }
        }
    }

    /// A bracket that is typed first in its line closes what Enter has indented for: it stands two blanks further left.
    private func closing(with scalar: Unicode.Scalar) -> Snapshot? {
        guard mode == .statement, !isVi, ["}", ")", "]"].contains(scalar) else { return nil }
        let now = snapshot
        let blanks = now.text[..<now.cursor].reversed().prefix { $0 == " " }.count
        let start = now.cursor - blanks
        guard blanks >= 2, start > 0, now.text[start - 1] == "\n" else { return nil }
        var text = now.text
        text.replaceSubrange(now.cursor - 2..<now.cursor, with: [scalar])
        return Snapshot(text, cursor: now.cursor - 1)
    }

    private func quote(_ event: KeyEvent) -> [Int32] {
        switch event {
        case .character(let scalar): pendingInsert = [scalar]
        case .sequence(let scalars): pendingInsert = scalars
        case .escape: pendingInsert = ["\u{1B}"]
        case .paste(let text): pendingInsert = Array(text.unicodeScalars)
        }
        return [VirtualKey.insert.code]
    }

    /// vi's `$` on an empty line puts the cursor before the buffer and a failed `n` beyond its end; the next insertion
    /// would write outside. `el_cursor` clamps.
    private func mendCursor() {
        guard let line = el_wline(editLine)?.pointee else { return }
        let cursor = line.cursor - line.buffer
        let count = line.lastchar - line.buffer
        if cursor < 0 { el_cursor(editLine, Int32(-cursor)) }
        if cursor > count { el_cursor(editLine, Int32(count - cursor)) }
    }

    /// The first insertion of a life makes room: otherwise libedit's yank refuses where the buffer would have to grow,
    /// and a command of it uses memory that the growing freed. Each deletion lands in libedit's kill buffer; the last
    /// one leaves a single blank there and not 65,536.
    func growOnce() {
        guard !hasGrown else { return }
        hasGrown = true
        insert(Array(repeating: " ", count: 65_536))
        el_deletestr(editLine, 65_535)
        el_deletestr(editLine, 1)
    }

    // MARK: History for libedit's own commands

    private static let historyEntry: ced_entry_fn = { owner, index in
        guard let owner else { return nil }
        let editor = Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
        return editor.historyEntry(Int(index))
    }

    private func historyEntry(_ index: Int) -> UnsafePointer<wchar_t>? {
        guard history.indices.contains(history.count - 1 - index) else { return nil }
        let scalars = history[history.count - 1 - index].unicodeScalars
        let text = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: scalars.count + 1)
        var (_, end) = text.update(from: scalars.lazy.map { wchar_t($0.value) })
        text[end] = 0
        end += 1
        historyText?.deallocate()
        historyText = text
        return UnsafePointer(text.baseAddress)
    }
}
