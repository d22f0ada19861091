// Which key calls what. Bound through libedit, so that a user's `~/.editrc` has the last word, but for a few keys that the
// editor cannot do without.

internal import CEditline

struct KeyBinding {
    let keys: [String]
    let function: String

    private init(_ keys: String..., calls command: EditorCommand) {
        self.keys = keys
        function = command.rawValue
    }

    private init(_ keys: String..., builtIn: String) {
        self.keys = keys
        function = builtIn
    }

    /// Bound before the user's file.
    private static let defaults = [
        KeyBinding("\\e^M", "\\e^J", calls: .newline),
        KeyBinding("\\e[A", "\\eOA", calls: .up),
        KeyBinding("\\e[B", "\\eOB", calls: .down),
        KeyBinding("^P", calls: .older),
        KeyBinding("^N", calls: .newer),
        KeyBinding("\\e[C", "\\eOC", "^F", calls: .right),
        KeyBinding("\\e[D", "\\eOD", "^B", calls: .left),
        KeyBinding("\\e[1;5C", "\\e[1;3C", "\\ef", calls: .wordRight),
        KeyBinding("\\e[1;5D", "\\e[1;3D", builtIn: "ed-prev-word"),
        KeyBinding("\\e[H", "\\eOH", "\\e[1~", "\\e[7~", "^A", calls: .lineStart),
        KeyBinding("\\e[F", "\\eOF", "\\e[4~", "\\e[8~", "^E", calls: .lineEnd),
        KeyBinding("^?", "^H", calls: .backspace),
        KeyBinding("\\e[3~", calls: .delete),
        KeyBinding("^K", calls: .killLineEnd),
        KeyBinding("^U", calls: .killLineStart),
        KeyBinding("^W", "\\e^?", "\\e^H", calls: .killWordLeft),
        KeyBinding("\\ed", "\\eD", calls: .killWordRight),
        KeyBinding("^Y", calls: .yank),
        KeyBinding("^I", calls: .complete),
        KeyBinding("\\e[Z", calls: .completeBack),
        KeyBinding("^R", calls: .search),
        KeyBinding("^_", calls: .undo),
        KeyBinding("\\e/", calls: .redo),
        KeyBinding("^V", "^Q", calls: .quote),
        KeyBinding("^L", calls: .clearScreen),
    ]

    /// Bound after the user's file, in vi's command map too.
    private static let ours = [
        KeyBinding(VirtualKey.set.notation, calls: .set),
        KeyBinding(VirtualKey.insert.notation, calls: .insert),
        KeyBinding(VirtualKey.escape.notation, calls: .escape),
        KeyBinding("^M", "^J", calls: .enter),
        KeyBinding("^C", calls: .interrupt),
        KeyBinding("^D", calls: .deleteOrEnd),
        KeyBinding("^Z", calls: .suspend),
    ]

    /// `bind -v` in the user's file has dropped our defaults with the emacs map; these keys have no meaning in vi.
    private static let viInsert = [
        KeyBinding("\\e^M", "\\e^J", calls: .newline),
        KeyBinding("\\e[A", "\\eOA", calls: .up),
        KeyBinding("\\e[B", "\\eOB", calls: .down),
        KeyBinding("\\e[C", "\\eOC", calls: .right),
        KeyBinding("\\e[D", "\\eOD", calls: .left),
        KeyBinding("\\e[H", "\\eOH", "\\e[1~", "\\e[7~", calls: .lineStart),
        KeyBinding("\\e[F", "\\eOF", "\\e[4~", "\\e[8~", calls: .lineEnd),
        KeyBinding("\\e[3~", calls: .delete),
        KeyBinding("^?", "^H", calls: .backspace),
        KeyBinding("^I", calls: .complete),
        KeyBinding("\\e[Z", calls: .completeBack),
        KeyBinding("^R", calls: .search),
        KeyBinding("^_", calls: .undo),
        KeyBinding("^V", calls: .quote),
        KeyBinding("^L", calls: .clearScreen),
        KeyBinding(VirtualKey.escape.notation, builtIn: "vi-command-mode"),
    ]

    private static let viCommand = [
        KeyBinding("k", "\\e[A", "\\eOA", calls: .up),
        KeyBinding("j", "\\e[B", "\\eOB", calls: .down),
        KeyBinding("\\e[C", "\\eOC", calls: .right),
        KeyBinding("\\e[D", "\\eOD", calls: .left),
        KeyBinding("\\e[H", "\\eOH", "\\e[1~", "\\e[7~", calls: .lineStart),
        KeyBinding("\\e[F", "\\eOF", "\\e[4~", "\\e[8~", calls: .lineEnd),
        KeyBinding("\\e[3~", calls: .delete),
        KeyBinding("^R", calls: .redo),
        KeyBinding("u", calls: .undo),
        KeyBinding("^L", calls: .clearScreen),
    ]

    /// `em-copy-prev-word` uses freed memory; `ed-command` wipes the line.
    private static let dangerous = ["\\e^_", "\\ex", "\\eX"]
    /// `v` forks an editor inside our process, the searches overflow or leave the buffer, `:` and `@` read commands.
    private static let dangerousInVi = ["v", "/", "?", "n", "N", ":", "@"]

    static func bindDefaults(in editLine: OpaquePointer?) {
        for binding in defaults { binding.bind(in: editLine) }
    }

    static func bindOurs(in editLine: OpaquePointer?, vi: Bool) {
        if vi {
            for binding in viInsert { binding.bind(in: editLine) }
        }
        for binding in ours where !(vi && binding.keys == [VirtualKey.escape.notation]) { binding.bind(in: editLine) }
        for binding in viCommand + ours { binding.bindCommand(in: editLine) }
        for key in dangerous {
            _ = ced_unbind(editLine, key)
            _ = ced_unbind_command(editLine, key)
        }
        for key in dangerousInVi { _ = ced_unbind_command(editLine, key) }
    }

    private func bind(in editLine: OpaquePointer?) {
        for key in keys { _ = ced_bind(editLine, key, function) }
    }

    private func bindCommand(in editLine: OpaquePointer?) {
        for key in keys { _ = ced_bind_command(editLine, key, function) }
    }
}
