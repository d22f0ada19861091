/// A set of the outermost kinds that a value may be of. Most types are one kind; what nothing is known of is all.
package struct Kinds: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    static let null = Kinds(rawValue: 1 << 0)
    static let bool = Kinds(rawValue: 1 << 1)
    static let int = Kinds(rawValue: 1 << 2)
    static let float = Kinds(rawValue: 1 << 3)
    static let string = Kinds(rawValue: 1 << 4)
    static let date = Kinds(rawValue: 1 << 5)
    static let duration = Kinds(rawValue: 1 << 6)
    static let regex = Kinds(rawValue: 1 << 7)
    static let list = Kinds(rawValue: 1 << 8)
    static let record = Kinds(rawValue: 1 << 9)
    static let audience = Kinds(rawValue: 1 << 10)
    static let space = Kinds(rawValue: 1 << 11)
    static let outcome = Kinds(rawValue: 1 << 12)
    static let function = Kinds(rawValue: 1 << 13)

    static let all = Kinds(rawValue: 1 << 14 - 1)
    static let numbers: Kinds = [.int, .float]
    /// Everything with named fields.
    static let records: Kinds = [.record, .audience, .space, .outcome]

    /// The kinds one by one, in the order of their bits.
    var each: [Kinds] {
        var rest = rawValue
        var found: [Kinds] = []
        while rest != 0 {
            let bit = rest & (~rest &+ 1)
            found.append(Kinds(rawValue: bit))
            rest &= ~bit
        }
        return found
    }

    /// What takes every kind of record takes a record: naming the others says nothing more.
    private var general: Kinds {
        isSuperset(of: .records) ? subtracting([.audience, .space, .outcome]) : self
    }

    /// Whether so little is known that naming the kinds says nothing.
    var isWide: Bool { rawValue.nonzeroBitCount > 6 }

    /// What messages call the kinds: `an int`, `a string or a list`.
    var described: String {
        if isWide { return "a value" }
        var names = general.each.map { Self.names[$0] ?? "a value" }
        guard let last = names.popLast() else { return "nothing" }
        return names.isEmpty ? last : "\(names.joined(separator: ", ")) or \(last)"
    }

    /// What messages call values of the kinds: `ints`, `strings or lists`.
    var plural: String {
        if isWide { return "values" }
        let names = general.each.map { kind in
            if kind == .null { return "null" }
            let name = (Self.names[kind] ?? "a value").drop { $0 != " " }.dropFirst()
            return name + (kind == .regex ? "es" : "s")
        }
        guard let last = names.last else { return "nothing" }
        return names.count == 1 ? last : "\(names.dropLast().joined(separator: ", ")) or \(last)"
    }

    private static let names: [Kinds: String] = [
        .null: "null", .bool: "a bool", .int: "an int", .float: "a float", .string: "a string", .date: "a date",
        .duration: "a duration", .regex: "a regex", .list: "a list", .record: "a record", .audience: "an audience",
        .space: "a space", .outcome: "an outcome", .function: "a function",
    ]
}
