// What the reads of a run have taught the index, on its way to the state file.

struct IndexNews: Sendable {
    struct SpaceNews: Sendable {
        /// Of a space that was listed in full, all that are known.
        var entries: [AudienceIndex.Entry] = []
        /// The ids of audiences that are not there any more.
        var gone: [String] = []
        /// There is one when the space was listed in full.
        var listing: Listing?
    }

    struct Listing: Sendable {
        /// What was last seen before this moment is not there any more. Microseconds since 1970.
        var began: Int64
        /// Equal for equal audiences in any order: a listing that says what the file says costs one row.
        var digest: Int64
    }

    /// By the id of the space.
    var spaces: [String: SpaceNews] = [:]

    /// 64-bit FNV-1a of the texts of each entry, added up.
    static func digest(of entries: [AudienceIndex.Entry]) -> Int64 {
        var sum: UInt64 = 0
        for entry in entries {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            // No text has the byte FF, and a missing one is not an empty one.
            for text in [entry.id, entry.key ?? "\u{0}", entry.name ?? "\u{0}"] {
                for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                hash = (hash ^ 0xFF) &* 0x100_0000_01B3
            }
            sum &+= hash
        }
        return Int64(bitPattern: sum)
    }
}
