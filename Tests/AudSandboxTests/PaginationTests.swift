// Paging: three spellings, required at alpha, opaque cursors of an offset, every audience exactly once.

import Testing

@testable import AudSandbox

@Suite("Pagination") struct PaginationTests {
    @Test(arguments: [
        "pagination.count=3&pagination.cursor=Mw%3D%3D",
        "pagination.cursor=Mw==&pagination.count=3",
        "pagination%5Bcount%5D=3&pagination%5Bcursor%5D=Mw%3D%3D",
        "pagination[count]=3&pagination[cursor]=Mw==",
        "pagination=%7B%22count%22%3A3%2C%22cursor%22%3A%22Mw%3D%3D%22%7D",
        "pagination={%22count%22:3,%22cursor%22:%22Mw==%22}",
        "unrelated=1&pagination.count=3&pagination.cursor=Mw==&x",
    ])
    func everySpellingOfTheSDKsMeansTheSamePage(query: String) async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let answer = try await client.get(RawClient.audiences + "?" + query)
            #expect(answer.status == 200)
            #expect(answer.ids == sandbox.snapshot(RawClient.prod)[3..<6].map(\.id))
            #expect(answer.page?["current"]?.text == "Mw==")
            #expect(answer.page?["next"]?.text == "Ng==")
            #expect(answer.page?["previous"]?.text == "MA==")
            #expect(answer.page?["totalEntries"]?.number == 212)
        }
    }

    @Test(arguments: [1, 7, 100, 199, 200])
    func followingNextShowsEveryAudienceOnce(count: Int) async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            var ids: [String] = []
            var cursor: String? = nil
            repeat {
                let suffix = cursor.map { "&pagination.cursor=\($0)" } ?? ""
                let answer = try await client.get(RawClient.audiences + "?pagination.count=\(count)" + suffix)
                try #require(answer.status == 200)
                ids += answer.ids
                cursor = answer.page?["next"]?.text
            } while cursor != nil
            #expect(ids == sandbox.snapshot(RawClient.prod).map(\.id))
        }
    }

    @Test func theFirstAndLastPageHaveNullNeighbours() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let first = try await client.get(RawClient.audiences + "?pagination.count=200")
            #expect(first.page?["previous"] == .null)
            let last = try await client.get(RawClient.audiences + "?pagination.count=200&pagination.cursor=MjAw")
            #expect(last.ids.count == 12)
            #expect(last.page?["next"] == .null)

            sandbox.behaviour.nullCursors = false
            sandbox.behaviour.totalEntries = false
            let bare = try await client.get(RawClient.audiences + "?pagination.count=200&pagination.cursor=MjAw")
            #expect(bare.page?.fields == ["current", "previous"])
        }
    }

    @Test(arguments: [
        "", "?", "?pagination.cursor=MA==", "?pagination=", "?pagination={}", "?pagination=5", "?pagination.count=",
        "?pagination.count=0", "?pagination.count=201", "?pagination.count=-1", "?pagination.count=1.5",
        "?pagination.count=1e2", "?pagination.count=abc", "?pagination.count=99999999999999999999",
        "?pagination={%22count%22:%225%22}", "?pagination={%22count%22:5,%22cursor%22:5}", "?pagination.count=%zz",
        "?pagination.count=%ff", "?pagination={%22count%22:2.5}", "?Pagination.Count=5", "?count=5",
    ])
    func badOrMissingPaginationIsAValidationFailure(query: String) async throws {
        try await withSandbox { (_, client, _) async throws in
            let answer = try await client.get(RawClient.audiences + query)
            #expect(answer.status == 422)
            #expect(answer.error?["type"]?.text == "input-validation")
        }
    }

    @Test func theStableVersionDoesNotRequirePagination() async throws {
        try await withSandbox { (_, client, _) async throws in
            let stable = ["Accept: application/vnd.segment.v1+json"]
            let answer = try await client.get(RawClient.audiences, headers: stable)
            #expect(answer.status == 200)
            #expect(answer.ids.count == 10)
            #expect(try await client.get(RawClient.audiences + "?pagination.count=0", headers: stable).status == 422)
        }
    }

    @Test(arguments: [
        (SandboxBehaviour.BadCursor.unprocessable, 422), (.badRequest, 400), (.firstPage, 200),
    ])
    func aCursorThatTheServerDidNotMakeIsTreatedAsSwitched(mode: SandboxBehaviour.BadCursor, status: Int) async throws {
        try await withSandbox({ $0.behaviour.badCursor = mode }) { (sandbox, client, _) async throws in
            for cursor in ["garbage", "MA", "LTE=", "M%00==", "MDE=", "OTk5OTk5OTk5OTk5", "%F0%9F%94%A5"] {
                let answer = try await client.get(
                    RawClient.audiences + "?pagination.count=2&pagination.cursor=" + cursor)
                #expect(answer.status == status, "cursor \(cursor)")
                if status == 200 { #expect(answer.ids == sandbox.snapshot(RawClient.prod).prefix(2).map(\.id)) }
            }
        }
    }

    @Test func aCursorBehindTheEndIsAnEmptyLastPage() async throws {
        try await withSandbox { (_, client, _) async throws in
            let cursor = Cursor.encode(5_000)
            let answer = try await client.get(RawClient.audiences + "?pagination.count=2&pagination.cursor=" + cursor)
            #expect(answer.status == 200)
            #expect(answer.ids.isEmpty)
            #expect(answer.page?["next"] == .null)
        }
    }

    @Test func removingWhilePagingSkipsAnAudienceAsOffsetsDo() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let all = sandbox.snapshot(RawClient.prod).map(\.id)
            let first = try await client.get(RawClient.audiences + "?pagination.count=3")
            _ = try await client.delete(RawClient.audiences + "/" + all[0])
            let next = try #require(first.page?["next"]?.text)
            let second = try await client.get(RawClient.audiences + "?pagination.count=3&pagination.cursor=" + next)
            #expect(second.ids == Array(all[4..<7]))
            #expect(second.page?["totalEntries"]?.number == 211)
        }
    }

    @Test(arguments: SandboxBehaviour.ListOrder.allCases)
    func theOrderIsASwitch(order: SandboxBehaviour.ListOrder) async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            sandbox.behaviour.listOrder = order
            let page = try await client.get(RawClient.audiences + "?pagination.count=200")
            let shown = page.json?["data"]?["audiences"]?.items ?? []
            let sorted = sandbox.snapshot(RawClient.prod).sorted {
                switch order {
                case .createdAt: $0.createdAt < $1.createdAt
                case .name: $0.name < $1.name
                case .id: $0.id < $1.id
                }
            }
            #expect(shown.compactMap { $0["id"]?.text } == sorted.prefix(200).map(\.id))
        }
    }

    @Test func cursorsAreBase64OfAnOffsetAsInTheSamples() {
        #expect(Cursor.encode(0) == "MA==")
        #expect(Cursor.encode(1) == "MQ==")
        #expect(Cursor.encode(3) == "Mw==")
        #expect(Cursor.encode(200) == "MjAw")
        for offset in [0, 9, 10, 99, 100, 12_345, 999_999_999] {
            #expect(Cursor.decode(Cursor.encode(offset)) == offset)
        }
        for text in ["", "=", "MA", "MA=", "MA===", "M===", "MB==", "KzE=", "IDE="] {
            #expect(Cursor.decode(text) == nil)
        }
    }
}
