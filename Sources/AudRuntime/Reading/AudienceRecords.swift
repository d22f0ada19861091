// Makes the language's audience records of what the API sent. All audiences with the documented fields share one shape,
// so that a field access in a loop looks its place up once. Invariant: the documented fields are always there, in their
// documented order, null when the server did not send them; unknown fields follow by name, as sent.

internal import AudLanguage
internal import SegmentAudiences
internal import Synchronization

final class AudienceRecords: Sendable {
    private static let standard = Shape(AudienceField.allCases.map(\.rawValue))
    private static let definition = Shape(["query", "type"])
    /// 0001-01-01 in microseconds since 1970: the language knows no earlier date.
    private static let firstDate: Int64 = -62_135_596_800_000_000

    /// Shapes of audiences with unknown fields, by the names of these.
    private let extended = Mutex<[[String]: Shape]>([:])

    init() {}

    /// The audience as a record. An audience that does not say its space is in the one that was asked for.
    func record(_ audience: Audience, space: Space) -> RecordValue {
        var values: [Value] = []
        values.reserveCapacity(AudienceField.allCases.count)
        for field in AudienceField.allCases {
            values.append(value(of: field, audience, space))
        }
        let unknown = audience.unknownFields
        if unknown.isEmpty { return RecordValue(Self.standard, values, kind: .audience) }
        values += unknown.map { Value($0.value) }
        return RecordValue(shape(with: unknown.map(\.name)), values, kind: .audience)
    }

    private func shape(with unknown: [String]) -> Shape {
        extended.withLock { shapes in
            if let shape = shapes[unknown] { return shape }
            let shape = Shape(Self.standard.names + unknown)
            shapes[unknown] = shape
            return shape
        }
    }

    private func value(of field: AudienceField, _ audience: Audience, _ space: Space) -> Value {
        let regular: Value? =
            switch field {
            case .id: .string(audience.id)
            case .spaceId: .string(audience.spaceId ?? space.id)
            case .name: audience.name.map { .string($0) }
            case .description: audience.description.map { .string($0) }
            case .key: audience.key.map { .string($0) }
            case .enabled: audience.enabled.map { .bool($0) }
            case .definition: definition(audience)
            case .status: audience.status.map { .string($0) }
            case .createdBy: audience.createdBy.map { .string($0) }
            case .updatedBy: audience.updatedBy.map { .string($0) }
            case .createdAt: Self.date(audience.createdAt)
            case .updatedAt: Self.date(audience.updatedAt)
            }
        // What came in another type than documented is shown as it came.
        return regular ?? audience[field.rawValue].map { Value($0) } ?? .null
    }

    private func definition(_ audience: Audience) -> Value? {
        guard let definition = audience.definition else { return nil }
        let values: [Value] = [
            definition.query.map { .string($0) } ?? .null, definition.type.map { .string($0) } ?? .null,
        ]
        return .record(RecordValue(Self.definition, values))
    }

    private static func date(_ timestamp: Timestamp?) -> Value? {
        guard let timestamp, timestamp.microseconds >= firstDate else { return nil }
        return .date(timestamp.microseconds)
    }
}

extension Audience {
    /// The fields that the documentation does not name.
    fileprivate var unknownFields: [(name: String, value: JSONValue)] {
        fields.filter { AudienceField(rawValue: $0.name) == nil }
    }
}

extension RecordValue {
    /// A field that is text, nil when it is missing or anything else.
    func text(_ name: String) -> String? {
        if case .string(let text) = self[name] { text } else { nil }
    }

    /// An audience's `enabled`, nil when the server did not say.
    var isEnabled: Bool? {
        if case .bool(let flag) = self["enabled"] { flag } else { nil }
    }

    /// This record with another value of a field that it has.
    func replacing(_ name: String, with value: Value) -> RecordValue {
        guard let place = shape.place(of: name) else { return self }
        var values = values
        values[place] = value
        return RecordValue(shape, values, kind: kind)
    }
}
