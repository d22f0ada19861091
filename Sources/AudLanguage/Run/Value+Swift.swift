/// Values from and to Swift.
///
/// ```swift
/// let value: Value = ["name": "Spring promo", "sizes": [1, 2.5], "owner": .null]
/// value["name"]?.stringValue     // "Spring promo"
/// value["sizes"]?[1]?.floatValue // 2.5
/// ```
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public typealias Key = String
    public typealias Value = AudLanguage.Value

    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: Value...) { self.init(elements) }
    /// A record. Of a repeated name the last counts.
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }

    /// A list. O(count).
    public init(_ items: [Value]) { self = .list(ListValue(items)) }

    /// A record with its fields in this order. Of a repeated name the last counts. O(count).
    public init(_ fields: [(String, Value)]) {
        var builder = RecordBuilder()
        for (name, value) in fields { builder.set(name, value) }
        self = .record(RecordValue(Shape(builder.names), builder.values))
    }

    /// A float; nil when it is infinite or not a number, which no value of the language is.
    public init?(_ number: Double) {
        guard number.isFinite else { return nil }
        self = .float(number)
    }

    /// The bool, nil for other values.
    public var boolValue: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    /// The int, nil for other values, floats too.
    public var intValue: Int64? { if case .int(let int) = self { int } else { nil } }
    /// The number, of an int the nearest `Double`; nil for other values.
    public var floatValue: Double? {
        switch self {
        case .int(let int): Double(int)
        case .float(let float): float
        case .null, .bool, .date, .duration, .string, .list, .record, .function, .regex: nil
        }
    }
    /// The string, nil for other values; any value has a text, ``text(limits:)``.
    public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
    /// The items of a list, nil for other values. O(1), and O(count) for a range.
    public var items: [Value]? { if case .list(let list) = self { list.items } else { nil } }
    /// Whether it is null.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// A field of a record by its name; nil when there is none, and for other values. O(1).
    public subscript(name: String) -> Value? { if case .record(let record) = self { record[name] } else { nil } }

    /// An item of a list by its place from 0; nil when there is none, and for other values. O(1).
    public subscript(place: Int) -> Value? {
        guard case .list(let list) = self, place >= 0, place < list.count else { return nil }
        return list[place]
    }
}

extension Value: Equatable {
    /// Equality as the language's `==` has it: deep, 1 equals 1.0, the order of fields does not count. O(size).
    public static func == (left: Value, right: Value) -> Bool {
        var limits = Limits()
        // The host's own comparison ends when it is done.
        limits.steps = .max
        return (try? Operators.equal(left, right, Meter(limits))) == true
    }
}
