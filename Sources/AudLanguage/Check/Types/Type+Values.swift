/// Values as the types that they have, for the arguments and results of the host's built-ins.
extension Kinds {
    init(of value: Value) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .float: self = .float
        case .date: self = .date
        case .duration: self = .duration
        case .string: self = .string
        case .list: self = .list
        case .function: self = .function
        case .regex: self = .regex
        case .record(let record):
            switch record.kind {
            case .plain: self = .record
            case .audience: self = .audience
            case .space: self = .space
            case .outcome: self = .outcome
            }
        }
    }
}

extension Type {
    /// What a look at a value tells of it and of what is in it: of a list the first items speak for all.
    init(lookingAt value: Value, depth: Int = 4) {
        switch value {
        case .record(let record) where depth > 0:
            let fields = zip(record.shape.names, record.values).prefix(200)
            self = .record(
                Fields(fields.map { ($0, Type(lookingAt: $1, depth: depth - 1)) }), kind: Kinds(of: value))
        case .list(let list) where depth > 0:
            let items = (0..<min(list.count, 20)).map { Type(lookingAt: list[$0], depth: depth - 1) }
            self = .list(of: items.dropFirst().reduce(items.first ?? .any) { $0.joined(with: $1) })
        default: self = Type(Kinds(of: value))
        }
    }

    /// Whether a value is of the type; fields are not looked at. O(1), O(items) for a list whose items have a type.
    func holds(_ value: Value) -> Bool {
        guard kinds.contains(Kinds(of: value)) else { return false }
        guard case .list(let list) = value, !element.isAny else { return true }
        let element = element
        return (0..<list.count).allSatisfy { element.holds(list[$0]) }
    }
}
