/// What is known of a value before the program runs.
///
/// Invariant: a type never says less than the truth. Where nothing is certain it is `any`, with which everything may be
/// done, so that no program is refused for what the checker did not see.
package struct Type: Sendable {
    /// The kinds that the value may be of.
    var kinds: Kinds
    /// Whether null is among the kinds because the documentation of the API says so: its use without a test is then an
    /// error. Null that merely may come (the first item of an empty list) is not held against a program.
    var isNullable = false
    /// Whether the server may leave the value out, which is null then. Nobody has to expect that, and whoever does must
    /// not be told that it cannot be.
    var mayBeMissing = false
    /// Whether the value has an error that was reported: nothing more is said about what is made of it.
    var isError = false
    /// The words that a string is one of, as far as they are known.
    var words: KnownWords?
    private var details: Details?

    /// What a function value is known to be.
    enum Callee: Hashable, Sendable {
        case builtin(Int)
        case function(Int)
    }

    private final class Details: Sendable {
        let element: Type?
        let fields: Fields?
        let callee: Callee?
        let depth: Int

        init(element: Type?, fields: Fields?, callee: Callee?) {
            self.element = element
            self.fields = fields
            self.callee = callee
            depth = 1 + max(element?.depth ?? 0, fields?.depth ?? 0)
        }
    }

    init(_ kinds: Kinds, isNullable: Bool = false) {
        self.kinds = kinds
        self.isNullable = isNullable
    }

    private init(_ kinds: Kinds, isNullable: Bool, element: Type?, fields: Fields?, callee: Callee?) {
        self.init(kinds, isNullable: isNullable)
        if element != nil || fields != nil || callee != nil {
            let details = Details(element: element, fields: fields, callee: callee)
            // Deeper shapes are of no use to a message, and joining them would recurse as deep.
            self.details = details.depth > 8 ? nil : details
        }
    }

    static let any = Type(.all)
    /// What an expression with an error has: everything may be done with it.
    static let error: Type = {
        var type = Type.any
        type.isError = true
        return type
    }()
    static let null = Type(.null)
    static let bool = Type(.bool)
    static let int = Type(.int)
    static let string = Type(.string)

    static func list(of element: Type) -> Type {
        Type(.list, isNullable: false, element: element.isAny ? nil : element, fields: nil, callee: nil)
    }

    static func record(_ fields: Fields, kind: Kinds = .record) -> Type {
        Type(kind, isNullable: false, element: nil, fields: fields, callee: nil)
    }

    static func function(_ callee: Callee) -> Type {
        Type(.function, isNullable: false, element: nil, fields: nil, callee: callee)
    }

    private var depth: Int { details?.depth ?? 0 }

    var isAny: Bool { kinds == .all && details == nil && !isNullable }
    /// What the items are, when the value is a list.
    var element: Type { details?.element ?? .any }
    /// The fields, when the value is a record of some kind; nil when they are not known.
    var fields: Fields? { details?.fields }
    /// The function that the value is, when that is known.
    var callee: Callee? { kinds == .function ? details?.callee : nil }

    /// The type without null. What was always null is anything then: only code that cannot run so far uses it, such as
    /// that behind `if limit != null` where the script says `let limit = null`.
    var withoutNull: Type {
        guard kinds != .null else { return .any }
        var result = self
        result.kinds.remove(.null)
        result.isNullable = false
        result.mayBeMissing = false
        return result
    }

    /// The type, or null that nobody promised.
    var orNull: Type {
        var result = self
        result.kinds.insert(.null)
        return result
    }

    /// The type, narrowed to some of its kinds.
    func only(_ kinds: Kinds) -> Type {
        var result = self
        result.kinds.formIntersection(kinds)
        if !result.kinds.contains(.null) { result.isNullable = false }
        return result
    }

    /// The type with other fields.
    func with(_ fields: Fields?) -> Type {
        var result = Type(kinds, isNullable: isNullable, element: details?.element, fields: fields, callee: nil)
        result.mayBeMissing = mayBeMissing
        return result
    }

    /// The type of a value that is of one of two types.
    func joined(with other: Type) -> Type {
        if isAny || other.isAny { return .any }
        var result = Type(kinds.union(other.kinds), isNullable: isNullable || other.isNullable)
        if details != nil || other.details != nil {
            result = Type(
                result.kinds, isNullable: result.isNullable, element: joinedElement(other), fields: joinedFields(other),
                callee: details?.callee == other.details?.callee ? details?.callee : nil)
        }
        result.mayBeMissing = mayBeMissing || other.mayBeMissing
        if words == other.words { result.words = words }
        return result
    }

    private func joinedElement(_ other: Type) -> Type? {
        guard kinds.contains(.list) else { return other.details?.element }
        guard other.kinds.contains(.list) else { return details?.element }
        guard let mine = details?.element, let theirs = other.details?.element else { return nil }
        return mine.joined(with: theirs)
    }

    private func joinedFields(_ other: Type) -> Fields? {
        guard !kinds.isDisjoint(with: .records) else { return other.fields }
        guard !other.kinds.isDisjoint(with: .records) else { return fields }
        guard let mine = fields, let theirs = other.fields else { return nil }
        return mine.joined(with: theirs)
    }
}

/// The fields of a record, as far as they are known, in their order.
struct Fields: Sendable {
    private(set) var names: [String] = []
    private var types: [String: Type] = [:]
    /// Whether there may be further fields.
    var isOpen: Bool
    private(set) var depth = 0

    init(_ fields: [(String, Type)] = [], isOpen: Bool = false) {
        self.isOpen = isOpen
        for (name, type) in fields { set(name, type) }
    }

    subscript(name: String) -> Type? { types[name] }

    mutating func set(_ name: String, _ type: Type) {
        if types.updateValue(type, forKey: name) == nil { names.append(name) }
        depth = max(depth, type.detailDepth)
    }

    /// The fields of a record that is one of two: those of both, and no others.
    func joined(with other: Fields) -> Fields {
        var result = Fields(isOpen: isOpen || other.isOpen)
        for name in names { result.set(name, types[name].flatMap { other[name]?.joined(with: $0) } ?? .any) }
        for name in other.names where types[name] == nil { result.set(name, .any) }
        return result
    }
}

extension Type {
    fileprivate var detailDepth: Int { depth }
}
