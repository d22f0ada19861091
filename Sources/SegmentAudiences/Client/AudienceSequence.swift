// A listing as a sequence of audiences. The next page is read ahead once half of a page is consumed: a consumer that
// stops early (the first five) costs one call of the small `list` bucket, not two.

/// The audiences of a listing.
public struct AudienceSequence: AsyncSequence, Sendable {
    public typealias Element = Audience
    public typealias Failure = APIError

    let pages: AudiencePages

    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: pages.makeAsyncIterator())
    }

    /// Reads audience after audience.
    public struct Iterator: AsyncIteratorProtocol {
        private var pages: AudiencePages.Iterator
        private var audiences: [Audience] = []
        private var position = 0

        init(pages: AudiencePages.Iterator) {
            self.pages = pages
        }

        public mutating func next() async throws(APIError) -> Audience? {
            try await next(isolation: nil)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> Audience? {
            while position == audiences.count {
                guard let page = try await pages.nextWithoutReadingAhead(isolation: actor) else { return nil }
                audiences = page.audiences
                position = 0
            }
            position += 1
            if position * 2 > audiences.count { pages.readAhead() }
            return audiences[position - 1]
        }
    }
}
