/// "Did you mean": the known name that is nearest to a wrong one.
public enum Suggestions {
    /// The closest of `names` by restricted edit distance (insertion, deletion, substitution and the swap of two
    /// neighbours cost 1 each, case nothing); nil when none is near. One change is allowed in three to five letters,
    /// two up to eight, three beyond; names of one or two letters must be equal but for case.
    public static func closest(to name: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars)
        guard wanted.count <= 64 else { return nil }
        var best: (name: String, distance: Int)?
        let allowed = wanted.count <= 2 ? 0 : min(3, wanted.count / 3)
        let wantedLetters = letters(of: name)
        for candidate in names where candidate != name {
            // Each change brings in one letter at most.
            if let wantedLetters, let letters = letters(of: candidate),
                max((wantedLetters & ~letters).nonzeroBitCount, (letters & ~wantedLetters).nonzeroBitCount) > allowed
            {
                continue
            }
            let letters = Array(candidate.lowercased().unicodeScalars)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, letters)
            guard distance <= allowed, distance < max(wanted.count, 1) else { continue }
            if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// A bit for each letter, whatever its case; several may share one. Nil for what is not ASCII.
    private static func letters(of name: String) -> UInt64? {
        var letters: UInt64 = 0
        for byte in name.utf8 {
            guard byte < 0x80 else { return nil }
            letters |= 1 << UInt64((byte | 0x20) & 63)
        }
        return letters
    }

    /// The restricted Damerau–Levenshtein distance, with three rows of the table.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
