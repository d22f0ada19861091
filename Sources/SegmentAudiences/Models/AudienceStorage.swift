// The memory of an audience: typed slots for what came as documented, and the raw JSON only of what did not (null, wrong
// type, a date that cannot be written back exactly), so that the usual audience costs one object and its strings.

extension Audience {
    final class Storage: Sendable {
        let id: String
        let text: TextFields
        let enabled: Bool?
        let definition: AudienceDefinition?
        let createdAt: Timestamp?
        let updatedAt: Timestamp?
        /// The raw value of each known field that its slot cannot give back.
        let irregular: [AudienceField: JSONValue]
        let unknown: [Member]

        struct Member: Sendable {
            let name: String
            let value: JSONValue
        }

        init?(_ members: [String: JSONValue]) {
            guard let id = members[AudienceField.id.rawValue]?.string, !id.isEmpty else { return nil }
            var text = TextFields()
            var enabled: Bool?
            var definition: AudienceDefinition?
            var createdAt: Timestamp?
            var updatedAt: Timestamp?
            var irregular: [AudienceField: JSONValue] = [:]
            var unknown: [Member] = []
            for (name, value) in members {
                guard let field = AudienceField(rawValue: name) else {
                    unknown.append(Member(name: name, value: value))
                    continue
                }
                let isRegular: Bool
                switch field {
                case .id:
                    isRegular = true
                case .enabled:
                    enabled = value.bool
                    isRegular = enabled != nil
                case .definition:
                    definition = AudienceDefinition(json: value)
                    isRegular = definition?.isWhole(value) ?? false
                case .createdAt:
                    createdAt = value.string.flatMap { Timestamp(iso8601: $0) }
                    isRegular = createdAt.map { Storage.isCanonical($0, value) } ?? false
                case .updatedAt:
                    updatedAt = value.string.flatMap { Timestamp(iso8601: $0) }
                    isRegular = updatedAt.map { Storage.isCanonical($0, value) } ?? false
                case .spaceId, .name, .description, .key, .status, .createdBy, .updatedBy:
                    text[field] = value.string
                    isRegular = text[field] != nil
                }
                if !isRegular { irregular[field] = value }
            }
            self.id = id
            self.text = text
            self.enabled = enabled
            self.definition = definition
            self.createdAt = createdAt
            self.updatedAt = updatedAt
            self.irregular = irregular
            self.unknown = unknown.count > 1 ? unknown.sorted { $0.name < $1.name } : unknown
        }

        /// The field as it was sent.
        func value(of field: AudienceField) -> JSONValue? {
            if let raw = irregular[field] { return raw }
            return switch field {
            case .id: .string(id)
            case .enabled: enabled.map { .bool($0) }
            case .definition: definition?.json
            case .createdAt: createdAt.map { .string($0.iso8601) }
            case .updatedAt: updatedAt.map { .string($0.iso8601) }
            case .spaceId, .name, .description, .key, .status, .createdBy, .updatedBy: text[field].map { .string($0) }
            }
        }

        /// Whether the date's text can be made again from its value: the documented form is recognised by its shape,
        /// which costs a tenth of writing it.
        private static func isCanonical(_ timestamp: Timestamp, _ value: JSONValue) -> Bool {
            guard let text = value.string, text.utf8.count == 24, timestamp.microseconds % 1000 == 0 else {
                return false
            }
            let bytes = Array(text.utf8)
            return bytes[10] == UInt8(ascii: "T") && bytes[16] == UInt8(ascii: ":") && bytes[19] == UInt8(ascii: ".")
                && bytes[23] == UInt8(ascii: "Z") && bytes[17...18] != [UInt8(ascii: "6"), UInt8(ascii: "0")]
        }
    }

    /// The fields that are text.
    struct TextFields: Sendable {
        private var spaceId, name, description, key, status, createdBy, updatedBy: String?

        subscript(field: AudienceField) -> String? {
            get {
                switch field {
                case .spaceId: spaceId
                case .name: name
                case .description: description
                case .key: key
                case .status: status
                case .createdBy: createdBy
                case .updatedBy: updatedBy
                case .id, .enabled, .definition, .createdAt, .updatedAt: nil
                }
            }
            set {
                switch field {
                case .spaceId: spaceId = newValue
                case .name: name = newValue
                case .description: description = newValue
                case .key: key = newValue
                case .status: status = newValue
                case .createdBy: createdBy = newValue
                case .updatedBy: updatedBy = newValue
                case .id, .enabled, .definition, .createdAt, .updatedAt: break
                }
            }
        }
    }
}

extension AudienceDefinition {
    /// The definition as a JSON object.
    public var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if let query { members["query"] = .string(query) }
        if let type { members["type"] = .string(type) }
        return .object(members)
    }

    /// Whether this definition holds all of `json`, which it was read from.
    fileprivate func isWhole(_ json: JSONValue) -> Bool {
        json.object?.count == (query == nil ? 0 : 1) + (type == nil ? 0 : 1)
    }
}
