// The walk and the search through earlier statements: what they find is what looking at all of them finds, also at 10,000.

import Testing

@testable import AudShell

@Suite("The history in the editor")
struct HistoryTests {
    private static let entries = (0..<10_000).map { number in
        switch number % 5 {
        case 0: "list(\"prod\") | where .key == \"k\(number % 70)\""
        case 1: "list() | count"
        case 2: "let x\(number % 30) = 夏 \(number)"
        case 3: ":plan"
        default: "fn f() {\n  return \(number % 11)\n}"
        }
    }

    @Test(
        "up finds the entries that begin with what was typed, newest first; down leads back",
        arguments: ["", "list(", "let x7 = 夏", "zz", ":"])
    func walk(typed: String) {
        var walk = HistoryWalk(from: typed, in: Self.entries)
        var expected: [String] = []
        for entry in Self.entries.reversed()
        where entry.utf8.starts(with: typed.utf8) && entry != expected.last ?? typed {
            expected.append(entry)
        }
        var found: [String] = []
        while found.count <= Self.entries.count, let entry = walk.older(in: Self.entries) { found.append(entry) }
        #expect(found == expected)
        guard !expected.isEmpty else { return }
        var back: [String] = []
        while let entry = walk.newer(in: Self.entries) { back.append(entry) }
        #expect(back == expected.dropLast().reversed() + [typed])
    }

    @Test(
        "the search finds the entries that contain what was typed, newest first",
        arguments: ["k69", "夏 99", "return 3", "\n}", "nowhere"])
    func search(query: String) {
        var search = HistorySearch()
        var isFound = true
        for character in query { isFound = search.add(String(character), in: Self.entries) }
        let places = Self.entries.indices.reversed().filter { Self.entries[$0].contains(query) }
        #expect(isFound == !places.isEmpty)
        #expect(search.match?.index == places.first)
        guard let first = places.first else { return }
        let other = places.first { Self.entries[$0] != Self.entries[first] }
        let isOlder = search.older(in: Self.entries)
        #expect(isOlder == (other != nil))
        #expect(search.match?.index == other ?? first)
    }
}
