// The digests of a plan file. They find accidents (a merge, an editor, a slip of the finger), not forgery: whoever may
// change the file may also run `aud` themselves.

internal import Crypto

package enum PlanDigest {
    /// The SHA-256 of the parts with a line end behind each, 64 hexadecimal digits.
    static func sha256(_ parts: [some Sequence<UInt8>]) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array(part))
            hash.update(data: [0x0A])
        }
        return hex(hash.finalize())
    }

    /// The SHA-256 of a text's bytes, as other programs compute it.
    package static func sha256(of bytes: [UInt8]) -> String {
        hex(SHA256.hash(data: bytes))
    }

    /// The digest of a line: of the plan's id, the call's number, the call and its comment.
    static func line(id: String, number: Int, call: some Sequence<UInt8>, comment: some Sequence<UInt8>) -> String {
        String(sha256([Array(id.utf8), Array(String(number).utf8), Array(call), Array(comment)]).prefix(8))
    }

    /// The digest of the header's lines.
    static func header(_ lines: [some Sequence<UInt8>]) -> String {
        String(sha256(lines).prefix(8))
    }

    private static func hex(_ digest: SHA256.Digest) -> String {
        digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
