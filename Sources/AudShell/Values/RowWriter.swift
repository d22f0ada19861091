// Rows of `csv` and `ndjson` that are written while their list is still being read.
//
// Invariant: all rows have the fields of the first, whose names are the header. What has others is refused: a column that
// silently misses values is worse than a file that ends.

internal import AudLanguage

struct RowWriter {
    private let view: ValueView
    private var header: [String]?

    init(_ view: ValueView) {
        self.view = view
    }

    /// Whether rows can be written one by one, and which.
    static func streaming(of format: OutputFormat) -> RowStreaming {
        switch format {
        case .ndjson: .always
        case .csv: .sameFields
        // A table measures all rows first, and half a list of ids or half a JSON text must not look like a whole one.
        case .table, .json, .ids: .never
        }
    }

    mutating func write(_ item: Value, to emit: (String) -> Void) throws(ViewError) {
        guard view.format == .csv, case .record(let record) = item else {
            return try view.write(.list(ListValue([item])), to: emit)
        }
        guard let header else {
            self.header = record.shape.names
            return try view.write(.list(ListValue([item])), to: emit)
        }
        guard record.shape.names == header else {
            throw ViewError(
                "this record has other fields than the header that was written",
                help: "name the columns in the last stage, `… | select .id, .name`, or use `--format ndjson`")
        }
        var isHeader = true
        try view.write(.list(ListValue([item]))) { line in
            if !isHeader { emit(line) }
            isHeader = false
        }
    }
}
