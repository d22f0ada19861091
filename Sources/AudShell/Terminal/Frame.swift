// All that is to be seen while a line is edited. Pure data: `Layout` turns it into rows.

package struct Frame: Sendable, Equatable {
    package var prompt: StyledText
    package var continuation: StyledText
    package var text: StyledText
    /// UTF-8 offset in `text`; nil for a picture that is left behind: no hint, no menu, no row kept for the cursor.
    package var cursor: Int?
    /// A dim tail after the end of the text.
    package var hint: String
    /// The part of the hint that stands out, in UTF-8 offsets.
    package var hintMark: Range<Int>?
    package var menu: [MenuRow]

    package init(
        prompt: StyledText, continuation: StyledText = "", text: StyledText = "", cursor: Int? = nil,
        hint: String = "", hintMark: Range<Int>? = nil, menu: [MenuRow] = []
    ) {
        self.prompt = prompt
        self.continuation = continuation
        self.text = text
        self.cursor = cursor
        self.hint = hint
        self.hintMark = hintMark
        self.menu = menu
    }

    /// The picture that stays when editing is over.
    var left: Frame { Frame(prompt: prompt, continuation: continuation, text: text) }
}

/// A row of the completion menu; never wraps.
package struct MenuRow: Sendable, Equatable {
    package var label: String
    package var detail: String
    package var isSelected: Bool

    package init(_ label: String, detail: String = "", isSelected: Bool = false) {
        self.label = label
        self.detail = detail
        self.isSelected = isSelected
    }
}

package struct TerminalSize: Sendable, Equatable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
    }
}
