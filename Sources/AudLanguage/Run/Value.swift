/// A value of the language. Values never change and hold no cycles, so they can be shared and sent anywhere.
///
/// `Value` has 16 bytes: strings and 64-bit numbers sit in it directly, lists, records and functions behind one
/// reference.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    /// Always finite.
    case float(Double)
    /// Microseconds since 1970-01-01T00:00Z, from year 1 to 9999.
    case date(Int64)
    /// Microseconds.
    case duration(Int64)
    case string(String)
    case list(ListValue)
    case record(RecordValue)
    case function(FunctionValue)
    case regex(RegexValue)
}

extension Value {
    /// The name of the value's type, as `type(x)` gives it.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .date: "date"
        case .duration: "duration"
        case .string: "string"
        case .list: "list"
        case .record(let record): record.kind.typeName
        case .function: "fn"
        case .regex: "regex"
        }
    }

    /// How deep lists, records and closures nest: 0 for a value that is none of these.
    package var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .record(let record): record.depth
        case .function(let function): function.depth
        case .null, .bool, .int, .float, .date, .duration, .string, .regex: 0
        }
    }

    /// Values nest at most this deep, so that equality, sorting, printing and release may recurse.
    package static let maximumDepth = 500
}
