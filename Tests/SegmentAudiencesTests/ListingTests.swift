// Listings: every page once, one page ahead, and nothing after the consumer has stopped.

import AudTesting
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ListingTests {
    private let clock = VirtualClock()
    private let threePages: [Step] = [.page(["a", "b"], next: "Mg=="), .page(["c", "d"], next: "N/+ä"), .page(["e"])]

    @Test("All pages, with the count always and the cursor percent-encoded")
    func pages() async throws {
        let server = ScriptedTransport(clock, threePages)
        let client = try service(clock, server).reading
        let ids = try await clock.run {
            try await client.audiences(in: "s p").reduce(into: [String]()) { $0.append($1.id) }
        }
        #expect(ids == ["a", "b", "c", "d", "e"])
        #expect(
            server.calls == [
                "GET /spaces/s%20p/audiences?pagination.count=200",
                "GET /spaces/s%20p/audiences?pagination.count=200&pagination.cursor=Mg%3D%3D",
                "GET /spaces/s%20p/audiences?pagination.count=200&pagination.cursor=N%2F%2B%C3%A4",
            ])
    }

    @Test("The next page is fetched while the last is consumed")
    func readsAhead() async throws {
        let server = ScriptedTransport(clock, latency: .seconds(10), threePages)
        let client = try service(clock, server).reading
        try await clock.run {
            for try await _ in client.pages(in: "s") { try await clock.sleep(for: .seconds(10)) }
        }
        #expect(clock.elapsed == .seconds(1000 + 40))
    }

    @Test("A consumer that stops in the first half of a page costs one call")
    func stopsEarly() async throws {
        let server = ScriptedTransport(clock, [.page(["a", "b", "c", "d"], next: "Mg==")])
        let client = try service(clock, server).reading
        let first = try await clock.run { try await client.audiences(in: "s").first { _ in true } }
        #expect(first?.id == "a")
        #expect(server.records.count == 1)
    }

    @Test("A consumer that stops takes the page being read with it")
    func stopsReading() async throws {
        let server = ScriptedTransport(
            clock, latency: .seconds(10), [.page(["a"], next: "1"), .page(["b"], next: "2")])
        let client = try service(clock, server).reading
        try await clock.run {
            for try await _ in client.pages(in: "s") {
                try await clock.sleep(for: .seconds(1))
                break
            }
            try await clock.sleep(for: .seconds(300))
        }
        #expect(server.records.count == 2)
    }

    @Test("A page that fails for a moment in the middle is read again")
    func transientFailure() async throws {
        let server = ScriptedTransport(clock, [threePages[0], .error(500), threePages[1], .drop, threePages[2]])
        let client = try service(clock, server).reading
        let count = try await clock.run { try await client.audiences(in: "s").reduce(0) { count, _ in count + 1 } }
        #expect(count == 5)
    }

    @Test("A page that fails for good ends the listing with the error, once")
    func failure() async throws {
        let server = ScriptedTransport(clock, [threePages[0], .error(403)])
        let client = try service(clock, server).reading
        let (first, error, after) = try await clock.run {
            var iterator = client.pages(in: "s").makeAsyncIterator()
            let first = try await iterator.next()
            let error = try await SegmentAudiencesTests.failure { try await iterator.next() }
            return (first, error, try await iterator.next())
        }
        #expect(first?.audiences.count == 2)
        #expect(error.kind == .forbidden)
        #expect(after == nil)
    }

    @Test("A repeated cursor is an error, not an endless loop")
    func repeatedCursor() async throws {
        let server = ScriptedTransport(
            clock, [.page(["a"], next: "1"), .page(["b"], next: "2"), .page(["c"], next: "1")])
        let client = try service(clock, server).reading
        let error = try await clock.run {
            try await SegmentAudiencesTests.failure { try await client.audiences(in: "s").reduce(0) { n, _ in n + 1 } }
        }
        #expect(error.kind == .repeatedCursor)
        #expect(server.records.count == 3)
    }

    @Test("Totals and cursors are passed on; an empty cursor is none")
    func pagination() async throws {
        let body =
            #"{"data":{"audiences":[],"pagination":{"current":"MA==","next":"","previous":7,"totalEntries":20}}}"#
        let server = ScriptedTransport(clock, [.answer(200, body: body)])
        let client = try service(clock, server).reading
        let page = try await clock.run { try await client.page(of: "s", after: nil) }
        #expect(page == AudiencePage(audiences: [], pagination: Pagination(current: "MA==", totalEntries: 20)))
    }
}
