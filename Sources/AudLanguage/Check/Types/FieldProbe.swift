/// A field that stands where one is being typed, and what the checker has found out about the value before it.
struct FieldProbe {
    /// No text has a field that is called so.
    static let name = "probed__field"

    private(set) var type: Type?

    mutating func note(_ field: Identifier, of type: Type) {
        // The body of a lambda is checked again when its arguments are known.
        if field.text == Self.name, self.type == nil || !type.isAny { self.type = type }
    }
}
