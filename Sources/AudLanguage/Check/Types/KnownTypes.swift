/// What is known of the names of a session, from text to text.
struct KnownTypes: Sendable {
    /// By the place in `Environment.variables`.
    var variables: [Int: Type] = [:]
    /// What a call gives, by the place in `Environment.functions`.
    var results: [Int: Type] = [:]
    /// What the parameters take, by the place in `Environment.functions`.
    var parameters: [Int: [Type]] = [:]
}

/// The types that the API and the language itself define.
extension Type {
    /// An audience. The definition is documented as nullable, and the fields of later API versions need not be there; a
    /// field of this version that the server left out is null as well, but nobody has to expect that.
    static let audience = Type.record(audienceFields, kind: .audience)

    /// The wire names of the API version that aud speaks, for messages; those of later versions may be used as well.
    static let audienceFieldNames = [
        "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy", "updatedBy",
        "createdAt", "updatedAt",
    ]

    /// Those of later versions. Audiences of a version without them have null there.
    static let laterFieldNames = ["audienceType", "computeCadence", "size", "options", "schedules"]

    private static let audienceFields: Fields = {
        let definition = Type.record(Fields([("query", .string), ("type", .string)]))
        var nullable = definition.orNull
        nullable.isNullable = true
        var fields = Fields()
        for name in audienceFieldNames {
            var type: Type =
                switch name {
                case "enabled": .bool
                case "definition": nullable
                case "createdAt", "updatedAt": Type(.date)
                default: .string
                }
            type.mayBeMissing = true
            if name == "status" { type.words = .audienceStatus }
            fields.set(name, type)
        }
        var later = Type.any
        later.isNullable = true
        for name in laterFieldNames { fields.set(name, later) }
        return fields
    }()

    static let space = Type.record(Fields([("id", .string), ("name", Type([.string, .null]))]), kind: .space)

    /// What `catch e` gives.
    static let caughtError = Type.record(
        Fields([
            ("kind", .string), ("code", .string), ("message", .string), ("item", .any),
            ("status", Type([.int, .null])),
            ("retryable", .bool), ("line", .int),
        ]))

    /// What an action gives for one item.
    static let outcome = Type.record(
        Fields([
            ("item", .any), ("action", .string), ("status", outcomeStatus), ("before", .any), ("after", .any),
            ("error", caughtError.orNull),
        ]), kind: .outcome)

    private static let outcomeStatus: Type = {
        var type = Type.string
        type.words = .outcomeStatus
        return type
    }()

    /// What `match` gives.
    static let match = Type.record(
        Fields([
            ("text", .string), ("start", .int), ("groups", .list(of: Type([.string, .null]))),
            ("named", Type(.record)),
        ]))
}

extension Type {
    /// The type that an annotation names. The machine checks it when the value arrives, so it may be trusted.
    init(_ annotation: TypeExpr) {
        self = Self.named(annotation.name.text, element: annotation.element.first.map { Type($0) })
        if annotation.nullable { self = orNull }
    }

    private static func named(_ name: String, element: Type?) -> Type {
        switch name {
        case "bool": .bool
        case "int": .int
        case "float": Type(.numbers)
        case "string": .string
        case "date": Type(.date)
        case "duration": Type(.duration)
        case "record": Type(.records)
        case "audience": .audience
        case "space": .space
        case "outcome": .outcome
        case "regex": Type(.regex)
        case "fn": Type(.function)
        case "null": .null
        case "list": .list(of: element ?? .any)
        default: .any
        }
    }

    /// The type that a row of the library names: `list<string>`, `string?`, `int | float`.
    init(row text: String) {
        let alternatives = text.split(separator: "|").map { Self.alternative(Self.trimmed($0)) }
        self = alternatives.dropFirst().reduce(alternatives.first ?? .any) { $0.joined(with: $1) }
    }

    /// Whether every name in a row's type is one of a type.
    static func isWritten(_ text: String) -> Bool {
        text.split(separator: "|", omittingEmptySubsequences: false).allSatisfy { isWritten(alternative: trimmed($0)) }
    }

    private static func isWritten(alternative text: Substring) -> Bool {
        let name = text.last == "?" ? text.dropLast() : text
        guard name.hasPrefix("list<"), name.last == ">" else { return rowNames.contains(String(name)) }
        return isWritten(alternative: name.dropFirst(5).dropLast())
    }

    /// What an annotation may name, and what has no annotation because nothing is declared with it.
    private static let rowNames = Set(Resolver.types + ["null", "regex", "outcome"])

    private static func alternative(_ text: Substring) -> Type {
        var name = text
        var isNullable = false
        if name.last == "?" {
            name = name.dropLast()
            isNullable = true
        }
        var element: Type?
        if let open = name.firstIndex(of: "<"), name.last == ">" {
            element = alternative(name[name.index(after: open)...].dropLast())
            name = name[..<open]
        }
        // Rows say `record` for results whose fields depend on the arguments and for every kind of record.
        let type = named(String(name), element: element)
        return isNullable ? type.orNull : type
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }
}
