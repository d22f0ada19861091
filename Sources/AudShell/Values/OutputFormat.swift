// The forms that a value is written in: `--format`, `:format` and `show(x, as: "…")`.

/// How a value is written to standard output.
package enum OutputFormat: String, CaseIterable, Sendable {
    /// For people: a table for a list of records, two columns for a record, else the text of the value.
    case table
    /// The value as one JSON text.
    case json
    /// One JSON text a line, for each item of a list.
    case ndjson
    /// RFC 4180, with a header.
    case csv
    /// The ids alone, one a line: what other commands take.
    case ids

    /// The names for a message: `table, json, ndjson, csv, ids`.
    package static var listed: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
