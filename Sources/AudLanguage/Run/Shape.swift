/// The field names of a record, in order. Records that were built at one place share one shape, so that a field access
/// can remember where it found its field.
///
/// Names are compared scalar by scalar, as all strings of the language are.
public final class Shape: Sendable {
    /// The names, each once.
    public let names: [String]
    /// The fields that rest on changes that were not sent.
    public let marks: ShapeMarks
    private let places: GrowingIndex<TextKey>

    /// A short list is searched faster than it is hashed.
    private static let searched = 8

    /// Makes a shape. Of a repeated name the last place counts; callers give each once.
    public init(_ names: [String], marks: ShapeMarks = ShapeMarks()) {
        self.names = names
        self.marks = marks
        var places = GrowingIndex<TextKey>()
        if names.count > Shape.searched {
            for (place, name) in names.enumerated() { _ = places.update(TextKey(name), place) }
        }
        self.places = places
    }

    /// Makes a shape of names whose places are known already, when there are many.
    init(_ names: [String], places: GrowingIndex<TextKey>, marks: ShapeMarks) {
        self.names = names
        self.marks = marks
        self.places = places
    }

    deinit {
        guard names.count > Shape.searched else { return }
        names.release()
        places.release()
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
