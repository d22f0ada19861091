// Keys that nobody can type, to call our functions from the reader.
//
// libedit binds codes below 256 only; U+0080…U+009F are among them, and the reader drops C1 controls.

internal import CEditline

enum VirtualKey: Int32 {
    /// Makes the line what `LineEditor.pendingText` says.
    case set = 0x80
    /// Inserts `LineEditor.pendingInsert`.
    case insert = 0x81
    /// The Escape key: ESC itself cannot be bound while sequences that begin with it are.
    case escape = 0x82

    var code: Int32 { rawValue }

    /// In the notation of libedit's `bind`.
    var notation: String { "\\" + String(rawValue, radix: 8) }
}
