// The functions we add to libedit, under the names a user's `~/.editrc` can bind. At most 160: index 256 of libedit's
// table silently wraps onto a built-in.

internal import CEditline

enum EditorCommand: String, CaseIterable {
    case set = "aud-set"
    case insert = "aud-insert"
    case escape = "aud-escape"
    case enter = "aud-enter"
    case newline = "aud-newline"
    case interrupt = "aud-interrupt"
    case deleteOrEnd = "aud-delete-or-end"
    case suspend = "aud-suspend"
    case clearScreen = "aud-clear-screen"
    case quote = "aud-quote"
    case up = "aud-up"
    case down = "aud-down"
    case older = "aud-older"
    case newer = "aud-newer"
    case search = "aud-search"
    case left = "aud-left"
    case right = "aud-right"
    case wordRight = "aud-word-right"
    case lineStart = "aud-line-start"
    case lineEnd = "aud-line-end"
    case backspace = "aud-backspace"
    case delete = "aud-delete"
    case killLineEnd = "aud-kill-line-end"
    case killLineStart = "aud-kill-line-start"
    case killWordRight = "aud-kill-word-right"
    case killWordLeft = "aud-kill-word-left"
    case yank = "aud-yank"
    case complete = "aud-complete"
    case completeBack = "aud-complete-back"
    case undo = "aud-undo"
    case redo = "aud-redo"

    private var help: String {
        switch self {
        case .set: "Internal: replace the statement"
        case .insert: "Internal: insert pasted or quoted text"
        case .escape: "Close the menu"
        case .enter: "Run the statement, or go on with it on a new line"
        case .newline: "New line"
        case .interrupt: "Drop the statement"
        case .deleteOrEnd: "Delete the next character; on an empty line, end"
        case .suspend: "Stop aud as a job"
        case .clearScreen: "Clear the screen"
        case .quote: "Insert the next key as it is"
        case .up: "Line up, then earlier statements"
        case .down: "Line down, then later statements"
        case .older: "Earlier statement that begins like this one"
        case .newer: "Later statement that begins like this one"
        case .search: "Search earlier statements"
        case .left: "Previous character"
        case .right: "Next character, or take the hint"
        case .wordRight: "Next word, or take a word of the hint"
        case .lineStart: "Start of the line"
        case .lineEnd: "End of the line, or take the hint"
        case .backspace: "Delete the previous character"
        case .delete: "Delete the next character"
        case .killLineEnd: "Cut to the end of the line"
        case .killLineStart: "Cut to the start of the line"
        case .killWordRight: "Cut the next word"
        case .killWordLeft: "Cut the previous word"
        case .yank: "Insert what was cut last"
        case .complete: "Complete, then the next candidate"
        case .completeBack: "The candidate before"
        case .undo: "Undo"
        case .redo: "Redo"
        }
    }

    /// libedit calls a C function, which cannot carry the case along: one literal each.
    private var function: ced_fn {
        switch self {
        case .set: { line, _ in EditorCommand.set.call(line) }
        case .insert: { line, _ in EditorCommand.insert.call(line) }
        case .escape: { line, _ in EditorCommand.escape.call(line) }
        case .enter: { line, _ in EditorCommand.enter.call(line) }
        case .newline: { line, _ in EditorCommand.newline.call(line) }
        case .interrupt: { line, _ in EditorCommand.interrupt.call(line) }
        case .deleteOrEnd: { line, _ in EditorCommand.deleteOrEnd.call(line) }
        case .suspend: { line, _ in EditorCommand.suspend.call(line) }
        case .clearScreen: { line, _ in EditorCommand.clearScreen.call(line) }
        case .quote: { line, _ in EditorCommand.quote.call(line) }
        case .up: { line, _ in EditorCommand.up.call(line) }
        case .down: { line, _ in EditorCommand.down.call(line) }
        case .older: { line, _ in EditorCommand.older.call(line) }
        case .newer: { line, _ in EditorCommand.newer.call(line) }
        case .search: { line, _ in EditorCommand.search.call(line) }
        case .left: { line, _ in EditorCommand.left.call(line) }
        case .right: { line, _ in EditorCommand.right.call(line) }
        case .wordRight: { line, _ in EditorCommand.wordRight.call(line) }
        case .lineStart: { line, _ in EditorCommand.lineStart.call(line) }
        case .lineEnd: { line, _ in EditorCommand.lineEnd.call(line) }
        case .backspace: { line, _ in EditorCommand.backspace.call(line) }
        case .delete: { line, _ in EditorCommand.delete.call(line) }
        case .killLineEnd: { line, _ in EditorCommand.killLineEnd.call(line) }
        case .killLineStart: { line, _ in EditorCommand.killLineStart.call(line) }
        case .killWordRight: { line, _ in EditorCommand.killWordRight.call(line) }
        case .killWordLeft: { line, _ in EditorCommand.killWordLeft.call(line) }
        case .yank: { line, _ in EditorCommand.yank.call(line) }
        case .complete: { line, _ in EditorCommand.complete.call(line) }
        case .completeBack: { line, _ in EditorCommand.completeBack.call(line) }
        case .undo: { line, _ in EditorCommand.undo.call(line) }
        case .redo: { line, _ in EditorCommand.redo.call(line) }
        }
    }

    static func install(in editLine: OpaquePointer?) {
        for command in allCases {
            _ = ced_add_function(editLine, command.rawValue, command.help, command.function)
        }
    }

    private func call(_ editLine: OpaquePointer?) -> UInt8 {
        guard let editor = LineEditor.of(editLine) else { return UInt8(CC_ERROR) }
        return UInt8(editor.perform(self).code)
    }
}

/// What a function tells libedit.
enum CommandResult {
    case nothing
    case changed
    case moved
    case refused
    /// Ends the reading; the outcome says how.
    case done

    var code: Int32 {
        switch self {
        case .nothing: CC_NORM
        case .changed: CC_REFRESH
        case .moved: CC_CURSOR
        case .refused: CC_ERROR
        case .done: CC_NEWLINE
        }
    }
}
