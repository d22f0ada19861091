// The pagination parameters of a listing, in the three spellings that the official SDKs send:
// `pagination.count=200`, `pagination[count]=200` (brackets encoded or not) and `pagination={"count":200}`.

struct PageRequest: Equatable {
    var count: Int
    var cursor: String?

    static let countRange = 1...200
    /// What a listing without pagination gets at the stable version, where it is optional.
    static let stableDefault = PageRequest(count: 10)

    /// Nil when the query says nothing about pagination.
    init?(query: String?) throws(APIFailure) {
        var count: JSONValue?
        var cursor: JSONValue?
        var mentioned = false
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts[0].percentDecoded(plusIsSpace: true),
                let value = (parts.count > 1 ? parts[1] : "").percentDecoded(plusIsSpace: true)
            else { throw .invalid("query", "The query is not valid percent-encoded UTF-8.") }
            switch name {
            case "pagination.count", "pagination[count]":
                count = value.allSatisfy(\.isASCIIDigit) ? Double(value).map { .number($0) } : .string(value)
                mentioned = true
            case "pagination.cursor", "pagination[cursor]":
                cursor = .string(value)
                mentioned = true
            case "pagination":
                guard case .object(let fields)? = JSONValue(parsing: value.utf8) else {
                    throw .invalid("pagination", "'pagination' must be an object.")
                }
                count = fields["count"]
                cursor = fields["cursor"]
                mentioned = true
            default:
                continue
            }
        }
        guard mentioned else { return nil }
        self.count = try PageRequest.checkedCount(count)
        self.cursor = try PageRequest.checkedCursor(cursor)
    }

    private init(count: Int) {
        self.count = count
    }

    private static func checkedCount(_ value: JSONValue?) throws(APIFailure) -> Int {
        guard let value else { throw .invalid("pagination.count", "'pagination.count' is required.") }
        guard case .number(let number) = value, let count = Int(exactly: number), countRange.contains(count) else {
            throw .invalid("pagination.count", "'pagination.count' must be an integer between 1 and 200.")
        }
        return count
    }

    private static func checkedCursor(_ value: JSONValue?) throws(APIFailure) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw .invalid("pagination.cursor", "'pagination.cursor' must be a string.")
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
