// A listing as a sequence of pages. Invariants: at most one page is read ahead, while the one before is consumed; when the
// consumer stops, the reading stops; a cursor that comes again is an error, never an endless loop.

extension AudienceReading {
    /// The pages of a space's audiences, each read while the one before is consumed.
    public func pages(in space: String) -> AudiencePages {
        AudiencePages(reader: self, space: space)
    }

    /// The audiences of a space.
    public func audiences(in space: String) -> AudienceSequence {
        AudienceSequence(pages: pages(in: space))
    }
}

/// The pages of a listing.
public struct AudiencePages: AsyncSequence, Sendable {
    public typealias Element = AudiencePage
    public typealias Failure = APIError

    let reader: any AudienceReading
    let space: String

    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: reader, space: space)
    }

    /// Reads page after page.
    public struct Iterator: AsyncIteratorProtocol {
        private let reader: any AudienceReading
        private let space: String
        private var visited: Set<String> = []
        private var state = State.start

        private enum State {
            case start
            case more(cursor: String)
            case reading(PageRead)
            case end
        }

        init(reader: any AudienceReading, space: String) {
            self.reader = reader
            self.space = space
        }

        public mutating func next() async throws(APIError) -> AudiencePage? {
            try await next(isolation: nil)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> AudiencePage? {
            guard let page = try await nextWithoutReadingAhead(isolation: actor) else { return nil }
            readAhead()
            return page
        }

        mutating func nextWithoutReadingAhead(
            isolation actor: isolated (any Actor)?
        ) async throws(APIError) -> AudiencePage? {
            let result: Result<AudiencePage, APIError>
            switch state {
            case .start: result = await PageRead.page(reader, space, nil)
            case .more(let cursor): result = await PageRead.page(reader, space, cursor)
            case .reading(let read): result = await read.result()
            case .end: return nil
            }
            // A failed listing is over: going on behind a missing page would look like a whole one.
            state = .end
            let page = try result.get()
            if let cursor = try page.pagination.next(after: &visited) { state = .more(cursor: cursor) }
            return page
        }

        /// Begins to read the next page, if there is one and it is not being read yet.
        mutating func readAhead() {
            guard case .more(let cursor) = state else { return }
            state = .reading(PageRead(reader, space, cursor))
        }
    }
}

/// A page that is being read; forgetting it stops the reading.
final class PageRead: Sendable {
    private let task: Task<Result<AudiencePage, APIError>, Never>

    init(_ reader: any AudienceReading, _ space: String, _ cursor: String) {
        task = started { await PageRead.page(reader, space, cursor) }
    }

    deinit {
        task.cancel()
    }

    func result() async -> Result<AudiencePage, APIError> {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    static func page(
        _ reader: any AudienceReading, _ space: String, _ cursor: String?
    ) async -> Result<AudiencePage, APIError> {
        do {
            return .success(try await reader.page(of: space, after: cursor))
        } catch {
            return .failure(error)
        }
    }
}
