// How values become text on standard output: one entry for the shell, `aud -e` and `aud run`.
//
// Invariant: what goes to a terminal holds no character that acts on it, in any format. What goes to a pipe in `csv` and
// `ids` is exact, and a table there is not cut: the reader may be a program.

package import AudLanguage

package struct ValueView: Sendable {
    /// The session's format (`--format`, `:format`).
    package var format: OutputFormat
    /// The columns of the terminal; nil when standard output is none.
    package var width: Int?
    package var theme: Theme
    /// `--csv-raw`.
    package var isCSVRaw: Bool
    /// Whether bars may have parts of a column; else they are of ASCII.
    package var isUnicode: Bool
    /// When it is, for a table on a terminal: microseconds since 1970. Nil shows dates as they are.
    package var now: Int64?
    package var bounds: ViewBounds

    package init(
        format: OutputFormat = .table, width: Int? = nil, theme: Theme = .plain, isCSVRaw: Bool = false,
        isUnicode: Bool = true, now: Int64? = nil, bounds: ViewBounds = ViewBounds()
    ) {
        self.format = format
        self.width = width
        self.theme = theme
        self.isCSVRaw = isCSVRaw
        self.isUnicode = isUnicode
        self.now = now
        self.bounds = bounds
    }

    /// Writes a value, line by line, line ends included.
    ///
    /// - Parameter name: the format that a script asked for; nil is the session's.
    package func write(_ value: Value, as name: String? = nil, to emit: (String) -> Void) throws(ViewError) {
        if name == ChartData.form { return try writeChart(value, to: emit) }
        let format = try name.map { text throws(ViewError) in try Self.format(named: text) } ?? self.format
        let work = ViewWork(bounds)
        switch format {
        case .table:
            if case .string(let text) = value, text.utf8.count > Self.partSize {
                try writeLong(text, work, to: emit)
            } else {
                try writeTable(value, work) { emit($0 + "\n") }
            }
        case .json: try writeJSON(value, work, to: emit)
        case .ndjson:
            if case .list(let list) = value {
                for index in 0..<list.count { emit(try work.json(list[index]) + "\n") }
            } else {
                emit(try work.json(value) + "\n")
            }
        case .csv:
            let view = CSVView(isRaw: isCSVRaw, work: work)
            try view.write(value) { line in
                emit(width == nil ? line + "\r\n" : TerminalText.escaped(line, keepingLines: true) + "\n")
            }
        case .ids:
            try IdsView.write(value, work) { id in emit((width == nil ? id : TerminalText.escaped(id)) + "\n") }
        }
    }

    /// A list is written in parts: the text of a long one would be held twice. One that fits into a part is written whole
    /// or, when it cannot be, not at all.
    private func writeJSON(_ value: Value, _ work: ViewWork, to emit: (String) -> Void) throws(ViewError) {
        let isPretty = width != nil
        guard case .list(let list) = value, list.count > 0 else {
            return emit(try work.json(value, pretty: isPretty) + "\n")
        }
        var (part, isBegun) = ("", false)
        do throws(ViewError) {
            for index in 0..<list.count {
                let text = try work.json(list[index], pretty: isPretty)
                part += index == 0 ? "[" : ","
                part += isPretty ? "\n  " + text.replacing("\n", with: "\n  ") : text
                guard part.utf8.count > Self.partSize else { continue }
                emit(part)
                (part, isBegun) = ("", true)
            }
        } catch {
            if isBegun { emit("\n") }
            throw error
        }
        emit(part + (isPretty ? "\n]\n" : "]\n"))
    }

    /// A text in pieces, between which a stop is heard. They end behind blanks and line ends, so that no word is cut that
    /// could have to be masked; what has none for a whole part is no word.
    private func writeLong(_ text: String, _ work: ViewWork, to emit: (String) -> Void) throws(ViewError) {
        let bytes = text.utf8
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let least = bytes.index(start, offsetBy: Self.pieceSize, limitedBy: bytes.endIndex) ?? bytes.endIndex
            let most = bytes.index(least, offsetBy: Self.partSize, limitedBy: bytes.endIndex) ?? bytes.endIndex
            let blank = bytes[least..<most].firstIndex { $0 == 0x20 || $0 == 0x0A }
            var end = blank.map { bytes.index(after: $0) } ?? most
            while end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end = bytes.index(after: end) }
            let piece = TerminalText.escaped(text[start..<end], keepingLines: true)
            try work.pass(piece)
            emit(piece)
            start = end
        }
        emit("\n")
    }

    private static let partSize = 1 << 20
    private static let pieceSize = 1 << 16

    /// Bars where a person looks at them; else the rows that they stand for.
    private func writeChart(_ value: Value, to emit: (String) -> Void) throws(ViewError) {
        guard case .list(let list) = value, let chart = BarChart(list) else {
            throw ViewError(
                "the form `chart` needs records of a label and a number",
                help: "the built-in counts and draws: `… | map .status | chart`, `… | group by .status | chart`")
        }
        guard format == .table else { return try write(value, to: emit) }
        chart.write(width: width, theme: theme, isUnicode: isUnicode) { emit($0 + "\n") }
    }

    /// The format of a name, or what the names are.
    package static func format(named name: String) throws(ViewError) -> OutputFormat {
        if let format = OutputFormat(rawValue: name) { return format }
        let nearest = Suggestions.closest(to: name, among: OutputFormat.allCases.map(\.rawValue))
        throw ViewError(
            "there is no format `\(TerminalText.escaped(name))`",
            help: (nearest.map { "did you mean `\($0)`? " } ?? "") + "the formats are: \(OutputFormat.listed)"
        )
    }

    /// A reader that is no terminal may be a program, so it gets dates that it can read.
    private var shownNow: Int64? { width == nil ? nil : now }

    private func writeTable(_ value: Value, _ work: ViewWork, _ emit: (String) -> Void) throws(ViewError) {
        switch value {
        case .list(let list):
            if list.count == 0 { return emit(theme.faint("empty list")) }
            if let table = RecordTable(list, now: shownNow) {
                return try table.write(width: width, theme: theme, work, to: emit)
            }
            for index in 0..<list.count {
                let item = list[index]
                let text = if case .null = item { "null" } else { CellText.of(item) }
                try work.pass(text)
                emit(text)
            }
        case .record(let record): RecordView(record, now: shownNow).write(width: width, theme: theme, to: emit)
        case .string(let text): emit(TerminalText.escaped(text, keepingLines: true))
        case .null: break
        case .bool, .int, .float, .date, .duration, .function, .regex: emit(CellText.of(value))
        }
    }
}
