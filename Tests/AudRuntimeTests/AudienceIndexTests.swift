// The index in memory: what it finds is what looking at everything would find, in whatever order it was filled.

import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct AudienceIndexTests {
    private typealias Entry = AudienceIndex.Entry

    private let space = Space(id: "s1")

    @Test func `audiences are found by id, key and name, whatever the case`() {
        let index = AudienceIndex()
        index.add(
            [.sample("aud_1", name: "Spring Promo"), .sample("aud_2", space: "s2", name: "Winter")], space: space,
            at: 5
        )
        #expect(index.matches(prefix: "spring").map(\.id) == ["aud_1"])
        #expect(index.matches(prefix: "KEY_AUD_2").map(\.id) == ["aud_2"])
        #expect(index.matches(prefix: "aud_").map(\.id) == ["aud_1", "aud_2"])
        #expect(index.matches(prefix: "aud_", in: "s2").map(\.id) == ["aud_2"])
        #expect(index.matches(prefix: "aud_", field: .key).isEmpty)
        #expect(index.matches(prefix: "aud_", limit: 1).count == 1)
        #expect(index.spaces == [.init(id: "s1", count: 1, seen: 5), .init(id: "s2", count: 1, seen: 5)])
        index.remove(id: "aud_1", space: space)
        #expect(index.count == 1)
    }

    // MARK: Order

    /// All entries, looked through.
    private func naive(
        _ entries: [Entry], _ prefix: String, _ field: AudienceIndex.Field, _ spaceID: String?, _ limit: Int
    ) -> [String] {
        let found = entries.compactMap { entry -> (text: String, entry: Entry)? in
            guard spaceID == nil || entry.spaceID == spaceID, let text = entry.text(of: field)?.lowercased(),
                text.utf8.starts(with: prefix.lowercased().utf8)
            else { return nil }
            return (text, entry)
        }
        let sorted = found.sorted { left, right in
            left.text == right.text
                ? (left.entry.id, left.entry.spaceID) < (right.entry.id, right.entry.spaceID)
                : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
        return sorted.prefix(limit).map { "\($0.entry.spaceID)/\($0.entry.id)" }
    }

    @Test(arguments: 0..<10) func `what is found does not depend on when it was put in order`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let names = [nil, "", "Ab", "aB c", "abc\n", "ÄB", "äbc", "夏", "夏の", "\u{202E}ab", "a\u{0}", "É"]
        let prefixes = ["", "a", "AB", "ä", "夏", "a\u{0}", "zz", "\u{202E}"]
        var known = KnownAudiences(isKept: true)
        var model: [String: Entry] = [:]
        for step in 1...120 {
            let id = "aud_\(Int.random(in: 0..<40, using: &random))"
            let space = Bool.random(using: &random) ? "s1" : "s2"
            let entry = Entry(
                id: id, spaceID: space, key: Bool.random(using: &random) ? id : nil,
                name: names.randomElement(using: &random) ?? nil, seen: Int64(step)
            )
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                known.remove(KnownAudiences.Identity(entry))
                model[space + id] = nil
            case 1:
                if let entries = known.beginOrdering() {
                    // What comes while the order is made must not be lost.
                    known.add(entry, isListed: false)
                    model[space + id] = entry
                    known.endOrdering(OrderedEntries(entries))
                }
            default:
                known.add(entry, isListed: Bool.random(using: &random))
                model[space + id] = entry
            }
            let prefix = prefixes.randomElement(using: &random) ?? ""
            let spaceID = [nil, "s1"].randomElement(using: &random) ?? nil
            for field in AudienceIndex.Field.allCases {
                let found = known.matches(prefix.lowercased(), field, spaceID, 7).map { "\($0.spaceID)/\($0.id)" }
                #expect(found.count == min(7, found.count))
                #expect(found == naive(Array(model.values), prefix, field, spaceID, 7))
            }
        }
    }

    // MARK: What leaves

    @Test func `a whole listing leaves nothing that it did not give`() {
        let index = AudienceIndex()
        let other = Space(id: "s2")
        index.add([.sample("a1"), .sample("a2")], space: space, at: 1)
        index.add([.sample("b1", space: "s2")], space: other, at: 1)
        index.add([.sample("a2")], space: space, at: 5, listing: true)
        // Read by somebody while the listing went on.
        index.add([.sample("a9")], space: space, at: 6)
        index.finishListing(of: space, since: 5)
        #expect(index.matches(prefix: "").map(\.id) == ["a2", "a9", "b1"])
    }

    @Test func `of a full space a listing adds no more, and a single read takes the place of the oldest`() {
        var known = KnownAudiences(isKept: false)
        func entry(_ number: Int, at time: Int64) -> Entry {
            Entry(id: "a\(number)", spaceID: "s1", key: nil, name: nil, seen: time)
        }
        for number in 0..<KnownAudiences.mostInSpace { known.add(entry(number, at: Int64(number)), isListed: true) }
        known.add(entry(-1, at: 99_999), isListed: true)
        #expect(known.spaces["s1"]?.count == KnownAudiences.mostInSpace)
        #expect(known.spaces["s1"]?["a-1"] == nil)
        known.add(entry(-2, at: 99_999), isListed: false)
        #expect(known.spaces["s1"]?.count == KnownAudiences.mostInSpace)
        #expect(known.spaces["s1"]?["a-2"] != nil)
        #expect(known.spaces["s1"]?["a0"] == nil)
        #expect(known.spaces["s1"]?["a1"] != nil)
    }

    @Test func `what the file tells gives way to what this session has read, listed or lost`() {
        let index = AudienceIndex(isKept: true)
        index.add([.sample("a1", name: "New")], space: space, at: 10)
        index.remove(id: "a2", space: space)
        index.finishListing(of: Space(id: "s3"), since: 10)
        let old = ["s1/a1", "s1/a2", "s1/a3", "s3/c1"].map { place -> Entry in
            let parts = place.split(separator: "/").map(String.init)
            return Entry(id: parts[1], spaceID: parts[0], key: nil, name: "Old \(parts[1])", seen: 1)
        }
        index.load(old, of: "t")
        #expect(index.matches(prefix: "").map(\.name) == ["New", "Old a3"])
    }

    @Test func `a name that fills the screen is not kept, its audience is`() {
        let index = AudienceIndex()
        index.add([.sample("a1", name: String(repeating: "x", count: 513))], space: space, at: 1)
        #expect(index.matches(prefix: "xxx").isEmpty)
        #expect(index.matches(prefix: "a1").map(\.name) == [nil])
    }
}
