// What was cut last. Pure.
//
// libedit has a kill buffer, but every deletion lands in it, a backspace too (its test for emacs mode never holds), so a
// yank would bring back the last typing error. Cuts that follow each other directly are one.

struct KillBuffer {
    private(set) var text: [Unicode.Scalar] = []
    /// What the last cut left.
    private var left: Snapshot?

    mutating func take(
        _ cut: ArraySlice<Unicode.Scalar>, isBefore: Bool, from before: Snapshot, leaving after: Snapshot
    ) {
        if left != before { text = [] }
        if isBefore { text.insert(contentsOf: cut, at: 0) } else { text += cut }
        left = after
    }
}
