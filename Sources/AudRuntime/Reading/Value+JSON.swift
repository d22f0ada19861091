internal import AudLanguage
internal import SegmentAudiences

extension Value {
    /// JSON as a value: the client bounds its nesting far below the language's limit.
    init(_ json: JSONValue) {
        self =
            switch json {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .int(let number): .int(number)
            case .double(let number): number.isFinite ? .float(number) : .null
            case .string(let text): .string(text)
            case .array(let elements): .list(ListValue(elements.map { Value($0) }))
            case .object(let members):
                .record(RecordValue(members.sorted { $0.key < $1.key }.map { ($0.key, Value($0.value)) }))
            }
    }
}
