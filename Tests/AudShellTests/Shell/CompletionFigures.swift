// How long Tab takes with 20,000 audiences, and a key in a history of 10,000 statements. Says something in a release build only, and runs when it is asked for:
//
//     AUD_FIGURES=1 swift test -c release -Xswiftc -enable-testing --disable-xctest --filter CompletionFigures

import SegmentAudiences
import Testing

@testable import AudRuntime
@testable import AudShell

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite(
    "Figures of completion", .enabled(if: ProcessInfo.processInfo.environment["AUD_FIGURES"] != nil), .serialized)
struct CompletionFigures {
    /// A text that Tab is pressed behind.
    private static let texts = [
        "list() | where .key == \"", "list() | where .name == \"夏の", "list() | where .name == \"SPRING promo 1",
        "get(\"",
        "get(\"aud_19999", "list(\"", "x = \"zzz", "list() | where .status == ", "le",
    ]

    private static func audiences(_ count: Int) -> [Audience] {
        (0..<count).compactMap { number in
            let name = number.isMultiple(of: 3) ? "夏のキャンペーン \(number)" : "Spring promo \(number) – DE"
            return Audience(fields: [
                "id": .string("aud_\(number)00000000000000000000"), "spaceId": .string("s1"), "name": .string(name),
                "key": .string("spring_promo_\(number)_de"),
            ])
        }
    }

    @Test("Tab with 20,000 audiences, in order and just listed", arguments: [true, false])
    func tab(isOrdered: Bool) {
        let index = AudienceIndex()
        for page in Self.audiences(20_000).chunks(of: 200) {
            index.add(page, space: Space(id: "s1"), at: 1, listing: true)
        }
        let clock = ContinuousClock()
        if isOrdered { Swift.print("order: \(clock.measure { index.order() }) in the background") }
        let completer = Completer(
            CompletionContext(
                spaces: ["prod": "s1"], knownSpaces: { index.spaces },
                audiences: { prefix, field in
                    index.matches(prefix: prefix, field: field, limit: Completer.most).map { entry in
                        .init(id: entry.id, key: entry.key, name: entry.name, seen: entry.seen)
                    }
                }, now: 2))
        for text in Self.texts {
            let time = clock.measure { _ = completer.complete(text, at: text.utf8.count) }
            Swift.print("\(isOrdered ? "ordered" : "listed ") \(time) \(text)")
            #if !DEBUG
            #expect(time < .milliseconds(16), "\(text)")
            #endif
        }
    }

    @Test("a key with a history of 10,000 statements")
    func history() {
        let entries = (0..<10_000).map { "list(\"prod\") | where .key == \"spring_promo_\($0)\" | select .name, .key" }
        let clock = ContinuousClock()
        var search = HistorySearch()
        for query in ["zzz", "promo_0\""] {
            for key in query {
                let time = clock.measure { _ = search.add(String(key), in: entries) }
                Swift.print("search \(time) \(search.query)")
            }
            search = HistorySearch()
        }
        var walk = HistoryWalk(from: "list(\"prod\") | where .key == \"spring_promo_0", in: entries)
        Swift.print("walk \(clock.measure { _ = walk.older(in: entries) })")
        #expect(walk.shown == entries[0])
    }

    @Test("what a listing of 10,000 audiences costs the index, in memory and in the file")
    func listing() throws {
        let file = try TemporaryFile()
        let state = StateDatabase(path: file.path)
        _ = try state.history(profile: "p")
        let clock = ContinuousClock()
        let pages = Self.audiences(10_000).chunks(of: 200)
        for round in 1...2 {
            let index = AudienceIndex(isKept: true)
            let adding = clock.measure {
                for page in pages { index.add(page, space: Space(id: "s1"), at: Int64(round), listing: true) }
                index.finishListing(of: Space(id: "s1"), since: Int64(round))
            }
            var news: IndexNews?
            let taking = clock.measure { news = index.takeNews(of: "t") }
            let origin = IndexTable.Origin(host: "h", profile: "p", token: "t")
            let writing = clock.measure {
                if let news { state.save(news, of: origin, mask: { $0 }, onFailure: {}) }
                state.close()
            }
            Swift.print("listing \(round): adding \(adding), news \(taking), in the background \(writing)")
        }
        let loading = clock.measure { _ = try? state.index(host: "h", profile: "p") }
        Swift.print("loading: \(loading) in the background")
        state.close()
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
