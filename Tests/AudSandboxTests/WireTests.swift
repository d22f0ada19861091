// The small parts of the wire format, tested where their edges are.

import NIOCore
import Testing

@testable import AudSandbox

@Suite("Wire format") struct WireTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_136_214_245_000, "2006-01-02T15:04:05.000Z", "Mon, 02 Jan 2006 15:04:05 GMT"),
        (1_709_164_799_999, "2024-02-28T23:59:59.999Z", "Thu, 29 Feb 2024 00:00:00 GMT"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59.999Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_795_435_200_000, "2026-11-23T12:00:00.000Z", "Mon, 23 Nov 2026 12:00:00 GMT"),
    ])
    func dates(milliseconds: Int, iso: String, rfc: String) {
        let instant = Duration.milliseconds(milliseconds)
        #expect(Timestamp.iso8601(instant) == iso)
        // Rounded up: a client that waits for it is never early.
        #expect(Timestamp.rfc5322(instant) == rfc)
    }

    @Test func durationsRoundAsNamed() {
        #expect(Duration.microseconds(1_500).wholeMilliseconds == 1)
        #expect(Duration.microseconds(1_500).millisecondsRoundedUp == 2)
        #expect(Duration.milliseconds(2).millisecondsRoundedUp == 2)
        #expect(Duration.microseconds(-1_500).wholeMilliseconds == -2)
    }

    @Test(arguments: [
        ("", #""""#), ("plain é 🔥", #""plain é 🔥""#), ("a\"b\\c", #""a\"b\\c""#),
        ("\n\r\t\u{0}\u{1f}\u{7f}", "\"\\n\\r\\t\\u0000\\u001f\u{7f}\""),
    ])
    func textIsEscapedAsJSONDemands(text: String, json: String) {
        var buffer = ByteBuffer()
        buffer.writeJSON(text)
        #expect(String(buffer: buffer) == json)
        #expect(JSONValue(parsing: buffer.readableBytesView) == .string(text))
    }

    @Test(
        arguments: [
            ("abc", "abc"), ("a%2Fb", "a/b"), ("%e2%82%ac", "€"), ("%E2%82%AC", "€"), ("a+b", "a+b"), ("%", nil),
            ("%2", nil),
            ("%2g", nil), ("%e2%82", nil), ("%ff", nil), ("%00", "\u{0}"), ("%25", "%"),
        ] as [(String, String?)])
    func percentDecoding(text: String, decoded: String?) {
        #expect(text[...].percentDecoded() == decoded)
    }

    @Test func inAQueryAPlusIsASpace() {
        #expect("a+b%2B"[...].percentDecoded(plusIsSpace: true) == "a b+")
    }
}
