// Numbers with their noun.

/// `1 call`, `3 calls`, `2 queries` (with the plural given).
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
