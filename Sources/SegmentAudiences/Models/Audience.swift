// An audience as the server sent it. Invariants: only `id` is required; a missing, null or wrongly typed field makes its
// accessor nil and nothing else; `fields` gives back everything that came, unknown fields and nulls too, equal to what
// was sent. A value is one reference (8 bytes), because scripts hold and copy hundreds of thousands of them.

/// An audience.
///
/// ```swift
/// let audience = try await service.reading.get("aud_0ujs…", in: "9aQ1…")
/// print(audience.name ?? audience.id, audience.enabled == true ? "on" : "off")
/// ```
public struct Audience: Sendable, Hashable {
    private let storage: Storage

    public var id: String { storage.id }
    public var spaceId: String? { storage.text[.spaceId] }
    public var name: String? { storage.text[.name] }
    public var description: String? { storage.text[.description] }
    public var key: String? { storage.text[.key] }
    public var enabled: Bool? { storage.enabled }
    public var definition: AudienceDefinition? { storage.definition }
    /// Free text: `Live`, `Computing`, `Disabled` and others.
    public var status: String? { storage.text[.status] }
    public var createdBy: String? { storage.text[.createdBy] }
    public var updatedBy: String? { storage.text[.updatedBy] }
    public var createdAt: Timestamp? { storage.createdAt }
    public var updatedAt: Timestamp? { storage.updatedAt }

    /// Reads an audience; nil when `json` is not an object with a non-empty text `id`.
    public init?(json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        self.init(fields: members)
    }

    /// Makes an audience of its fields; nil without a non-empty text `id`.
    public init?(fields: [String: JSONValue]) {
        guard let storage = Storage(fields) else { return nil }
        self.storage = storage
    }

    /// Everything the server sent: known fields in their documented order, then unknown ones by name. A field that was
    /// sent as null is here with `.null`, one that was not sent is missing.
    public var fields: [(name: String, value: JSONValue)] {
        let known = AudienceField.allCases.compactMap { field in
            storage.value(of: field).map { (name: field.rawValue, value: $0) }
        }
        return known + storage.unknown.map { (name: $0.name, value: $0.value) }
    }

    /// One field as the server sent it, nil when it was not sent.
    public subscript(name: String) -> JSONValue? {
        if let field = AudienceField(rawValue: name) { return storage.value(of: field) }
        return storage.unknown.first { $0.name == name }?.value
    }

    /// The audience as the JSON object that the server sent.
    public var json: JSONValue {
        .object(Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first })
    }

    /// This audience with another value of one field.
    public func replacing(_ name: String, with value: JSONValue) -> Audience {
        var members = json.object ?? [:]
        members[name] = value
        return Audience(fields: members) ?? self
    }

    /// This audience switched on or off.
    public func with(enabled: Bool) -> Audience {
        replacing(AudienceField.enabled.rawValue, with: .bool(enabled))
    }

    public static func == (left: Audience, right: Audience) -> Bool {
        left.storage === right.storage || left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(updatedAt)
        hasher.combine(enabled)
    }
}

/// The documented fields in their documented order.
public enum AudienceField: String, Sendable, CaseIterable {
    case id, spaceId, name, description, key, enabled, definition, status, createdBy, updatedBy, createdAt, updatedAt
}
