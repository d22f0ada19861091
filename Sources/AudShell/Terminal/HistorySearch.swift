// `^R`: the newest earlier statement that contains the query. Pure; the line is not touched until it is taken.
//
// Invariant: `match` is nil or an entry that contains the query as typed so far.

struct HistorySearch {
    private(set) var query = ""
    private(set) var match: (index: Int, text: String)?

    /// Adds to the query; false when nothing contains it (the last match stays).
    mutating func add(_ character: String, in entries: [String]) -> Bool {
        query += character
        return find(from: match?.index ?? entries.count - 1, step: -1, in: entries)
    }

    /// Takes the last character off and looks again from the newest.
    mutating func removeLast(in entries: [String]) -> Bool {
        guard !query.isEmpty else { return false }
        query.removeLast()
        match = nil
        return query.isEmpty || find(from: entries.count - 1, step: -1, in: entries)
    }

    mutating func older(in entries: [String]) -> Bool {
        find(from: (match?.index ?? entries.count) - 1, step: -1, in: entries)
    }

    mutating func newer(in entries: [String]) -> Bool {
        guard let match else { return false }
        return find(from: match.index + 1, step: 1, in: entries)
    }

    /// UTF-8 offset of the query in the match.
    var offset: Int {
        guard let match else { return 0 }
        return Self.find(Array(query.utf8), in: match.text) ?? 0
    }

    private mutating func find(from start: Int, step: Int, in entries: [String]) -> Bool {
        guard !query.isEmpty else { return false }
        let wanted = Array(query.utf8)
        var index = start
        while entries.indices.contains(index) {
            if entries[index] != match?.text || index == match?.index, Self.find(wanted, in: entries[index]) != nil {
                match = (index, entries[index])
                return true
            }
            index += step
        }
        if let match, Self.find(wanted, in: match.text) == nil { self.match = nil }
        return false
    }

    private static func find(_ wanted: [UInt8], in text: String) -> Int? {
        guard let first = wanted.first else { return 0 }
        var text = text
        return text.withUTF8 { bytes -> Int? in
            guard bytes.count >= wanted.count else { return nil }
            for start in 0...bytes.count - wanted.count where bytes[start] == first {
                if bytes[start..<start + wanted.count].elementsEqual(wanted) { return start }
            }
            return nil
        }
    }
}
