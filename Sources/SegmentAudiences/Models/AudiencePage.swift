// One page of a listing. The cursors are opaque: they are only ever sent back.

/// A page of audiences.
public struct AudiencePage: Sendable, Hashable {
    /// The audiences of this page, in the server's order.
    public let audiences: [Audience]
    /// Where this page stands.
    public let pagination: Pagination

    /// Makes a page.
    public init(audiences: [Audience], pagination: Pagination) {
        self.audiences = audiences
        self.pagination = pagination
    }
}

/// Where a page stands in its listing.
public struct Pagination: Sendable, Hashable {
    /// The cursor of this page.
    public let current: String?
    /// The cursor of the next page; nil at the end.
    public let next: String?
    /// The cursor of the page before.
    public let previous: String?
    /// How many audiences the space has, if the server says so.
    public let totalEntries: Int?

    /// Makes a pagination.
    public init(current: String? = nil, next: String? = nil, previous: String? = nil, totalEntries: Int? = nil) {
        self.current = current
        self.next = next
        self.previous = previous
        self.totalEntries = totalEntries
    }

    /// The cursor of the next page; nil at the end. One that its listing has been at is an error, never an endless loop.
    ///
    /// - Parameter visited: the cursors that the listing has been at; the next one joins them.
    public func next(after visited: inout Set<String>) throws(APIError) -> String? {
        guard let next else { return nil }
        guard visited.insert(next).inserted else {
            throw APIError(
                .repeatedCursor,
                "The listing of the space came back to a page it had been at (after \(visited.count) pages): the server"
                    + " repeats a cursor, so the listing cannot be completed. Try again."
            )
        }
        return next
    }

    /// Reads a pagination; whatever is missing or of another type is nil, and an empty cursor is no cursor.
    init(json: JSONValue?) {
        func cursor(_ name: String) -> String? {
            json?[name]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        self.init(
            current: cursor("current"), next: cursor("next"), previous: cursor("previous"),
            totalEntries: json?["totalEntries"]?.int.map { Int($0) }
        )
    }
}
