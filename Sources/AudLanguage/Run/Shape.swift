/// The field names of a record, in order. Records that were built at one place share one shape, so that a field access
/// can remember where it found its field.
///
/// Names are compared scalar by scalar, as all strings of the language are.
public final class Shape: Sendable {
    /// The names, each once.
    public let names: [String]
    /// The names whose values a host had to keep although they are not what they would be: what a dry run has changed
    /// still has the `status` of before. The machine notes where a script reads one.
    public let simulated: [String]
    private let places: GrowingIndex<TextKey>

    /// A short list is searched faster than it is hashed.
    private static let searched = 8

    /// Makes a shape. Of a repeated name the last place counts; callers give each once.
    public init(_ names: [String], simulated: [String] = []) {
        self.names = names
        self.simulated = simulated
        var places = GrowingIndex<TextKey>()
        if names.count > Shape.searched {
            for (place, name) in names.enumerated() { _ = places.update(TextKey(name), place) }
        }
        self.places = places
    }

    /// Makes a shape of names whose places are known already, when there are many.
    init(_ names: [String], places: GrowingIndex<TextKey>) {
        self.names = names
        simulated = []
        self.places = places
    }

    /// The place of a name. O(1).
    public func place(of name: String) -> Int? {
        names.count > Shape.searched ? places[TextKey(name)] : names.firstIndex { $0.isExactly(name) }
    }

    /// Whether both have the same names in the same order.
    package func hasNames(_ other: [String]) -> Bool {
        names.count == other.count && zip(names, other).allSatisfy { $0.isExactly($1) }
    }
}
