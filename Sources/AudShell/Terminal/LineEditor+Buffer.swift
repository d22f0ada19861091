// libedit's text buffer. These calls are the safe ones: `el_deletestr1` deletes the wrong characters, `el_wreplacestr`
// refuses the empty string, and writing through `LineInfoW` goes behind libedit's back.

internal import CEditline

extension LineEditor {
    var snapshot: Snapshot {
        guard let line = el_wline(editLine)?.pointee, let start = line.buffer else { return Snapshot() }
        let buffer = UnsafeBufferPointer(start: start, count: line.lastchar - start)
        let text = buffer.map { Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{FFFD}" }
        return Snapshot(text, cursor: line.cursor - start)
    }

    func move(to index: Int) {
        guard let line = el_wline(editLine)?.pointee else { return }
        el_cursor(editLine, Int32(index - (line.cursor - line.buffer)))
    }

    /// At the cursor, which ends up behind it.
    func insert(_ text: some Collection<Unicode.Scalar>) {
        // libedit reads up to the first zero and takes the empty string for an error.
        var characters = text.lazy.filter { $0 != "\0" }.map { wchar_t($0.value) } as [wchar_t]
        guard !characters.isEmpty else { return }
        characters.append(0)
        _ = el_winsertstr(editLine, characters)
    }

    /// The cursor ends up behind the new text.
    func replace(_ range: Range<Int>, with text: some Collection<Unicode.Scalar>) {
        move(to: range.upperBound)
        if !range.isEmpty { el_deletestr(editLine, Int32(range.count)) }
        insert(text)
    }

    func set(_ wanted: Snapshot) {
        replace(0..<snapshot.text.count, with: wanted.text)
        move(to: wanted.cursor)
    }
}
