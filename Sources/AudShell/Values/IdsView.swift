// `--format ids`: what another command takes, one id a line.

internal import AudLanguage

enum IdsView {
    /// The ids of a value: an audience, a record with an `id`, an outcome, a string, or a list of these.
    static func write(_ value: Value, _ work: ViewWork, to emit: (String) -> Void) throws(ViewError) {
        guard case .list(let list) = value else { return emit(try id(of: value, at: nil)) }
        // All are looked at before the first is written: half a list of ids must not look like a whole one.
        var ids: [String] = []
        ids.reserveCapacity(list.count)
        for index in 0..<list.count {
            try work.row()
            ids.append(try id(of: list[index], at: index))
        }
        for id in ids {
            try work.pass(id)
            emit(id)
        }
    }

    private static func id(of value: Value, at index: Int?) throws(ViewError) -> String {
        switch value {
        case .string(let text): return text
        case .record(let record):
            if case .string(let id)? = record["id"] { return id }
            if record.kind == .outcome, let item = record["item"] { return try id(of: item, at: index) }
        case .null, .bool, .int, .float, .date, .duration, .list, .function, .regex: break
        }
        let which = index.map { "item \($0 + 1)" } ?? "the value"
        var what = "a value of type \(value.typeName)"
        if case .record = value { what = "a \(value.typeName) without an id" }
        throw ViewError(
            "the format `ids` needs audiences, records with an `id`, or strings; \(which) is \(what)",
            help: "pick the ids first, for example `… | map .id`, or keep the column: `… | select .id, .name`"
        )
    }
}
