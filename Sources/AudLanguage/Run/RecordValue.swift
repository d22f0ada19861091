/// A record: named values in the order in which they were given.
public final class RecordValue: Sendable {
    /// The nominal types: a record that came from the API keeps its name through the program.
    public enum Kind: Sendable, Hashable {
        case plain
        case audience
        case space
        /// What an action answers for one item.
        case outcome

        package var typeName: String {
            switch self {
            case .plain, .outcome: "record"
            case .audience: "audience"
            case .space: "space"
            }
        }
    }

    /// The names of the fields.
    public let shape: Shape
    /// The values, one for each name of the shape.
    public let values: [Value]
    /// What the record stands for.
    public let kind: Kind
    package let depth: Int

    /// Makes a record with one value for each name of the shape. O(fields).
    public init(_ shape: Shape, _ values: [Value], kind: Kind = .plain) {
        precondition(shape.names.count == values.count, "a record has one value for each name")
        self.shape = shape
        self.values = values
        self.kind = kind
        var deepest = 0
        for value in values { deepest = max(deepest, value.depth) }
        depth = deepest + 1
    }

    deinit {
        if !Meter.mayFree(values.count) { Meter.keep(values, arePlain: depth == 1) }
    }

    /// Makes a plain record of pairs; names are distinct.
    public convenience init(_ fields: [(String, Value)], kind: Kind = .plain) {
        self.init(Shape(fields.map(\.0)), fields.map(\.1), kind: kind)
    }

    /// The value of a field, nil when there is none. O(1).
    public subscript(name: String) -> Value? {
        shape.place(of: name).map { values[$0] }
    }

    /// Makes a record that keeps the limits on the number of fields and on depth. O(fields).
    package static func checked(
        _ shape: Shape, _ values: [Value], kind: Kind = .plain, _ limits: Limits
    ) throws(RuntimeError) -> RecordValue {
        try limits.check(listLength: values.count)
        let record = RecordValue(shape, values, kind: kind)
        try Limits.check(depth: record.depth)
        return record
    }
}
