// The secret. Invariants: no description, dump, interpolation or reflection of this type shows it; it is only handed to
// the request header and to the redactor.

import Crypto

/// A Segment Public API token.
public struct APIToken: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, for the `Authorization` header alone.
    package let secret: String

    /// Makes a token; nil when the text (white space around it aside) is empty or cannot stand in an HTTP header.
    public init?(_ text: String) {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard let first = text.firstIndex(where: { !blank($0) }), let last = text.lastIndex(where: { !blank($0) })
        else {
            return nil
        }
        let trimmed = text[first...last]
        guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        secret = String(trimmed)
    }

    public var description: String { "APIToken(****)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// 16 hex digits that are the same for the same token and tell nothing about it, to key shared state.
    public var fingerprint: String {
        SHA256.hash(data: Array("aud token \(secret)".utf8)).prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
