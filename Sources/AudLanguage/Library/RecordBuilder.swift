/// Builds a record field by field, where names may repeat: a later value takes the place of an earlier one.
package struct RecordBuilder {
    package private(set) var names: [String]
    package private(set) var values: [Value]
    /// Kept from the ninth name on; a few names are searched faster.
    private var places = GrowingIndex<TextKey>()
    private var marks = ShapeMarks()

    package init() {
        names = []
        values = []
    }

    /// Sets all fields of a record, and marks those that are marked there.
    mutating func set(_ record: RecordValue, _ meter: Meter) throws(RuntimeError) {
        for (name, value) in zip(record.shape.names, record.values) {
            try meter.charge()
            set(name, value)
        }
        mark(record.shape.marks)
    }

    /// Marks fields that were set, until they are set again.
    mutating func mark(_ more: ShapeMarks) {
        marks.simulated += more.simulated
        marks.recorded += more.recorded
    }

    /// The place of a name. O(1).
    package func place(of name: String) -> Int? {
        names.count > 8 ? places[TextKey(name)] : names.firstIndex { $0.isExactly(name) }
    }

    /// Adds a field, or gives it a new value where it stands.
    package mutating func set(_ name: String, _ value: Value) {
        if !marks.isEmpty { marks = marks.filter { !$0.isExactly(name) } }
        if let place = place(of: name) {
            values[place] = value
            return
        }
        names.append(name)
        values.append(value)
        if names.count == 9 {
            for (place, name) in names.enumerated() { _ = places.update(TextKey(name), place) }
        } else if names.count > 9 {
            _ = places.update(TextKey(name), names.count - 1)
        }
    }

    /// Has the fields freed in parts, when there are many.
    func release() {
        guard names.count > 64 else { return }
        names.release()
        values.release()
        places.release()
    }

    /// The record. `like` is a shape that may fit already, so that the records of a list share one.
    package func record(
        kind: RecordValue.Kind = .plain, like shape: Shape? = nil, _ limits: Limits
    ) throws(RuntimeError) -> RecordValue {
        let fitting = shape.flatMap { $0.marks == marks && $0.hasNames(names) ? $0 : nil }
        let shape = fitting ?? Shape(names, places: places, marks: marks)
        return try RecordValue.checked(shape, values, kind: kind, limits)
    }
}
