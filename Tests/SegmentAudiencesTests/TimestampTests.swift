// Dates: ISO 8601 as the API sends it, and the dates of HTTP headers.

import SegmentAudiences
import Testing

struct TimestampTests {
    @Test(
        "ISO 8601",
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("2006-01-02T15:04:05.000Z", 1_136_214_245_000_000),
            ("2006-01-02T15:04:05Z", 1_136_214_245_000_000), ("2006-01-02T15:04:05.6Z", 1_136_214_245_600_000),
            ("2006-01-02T15:04:05.123456789Z", 1_136_214_245_123_456), ("2006-01-02 15:04:05", 1_136_214_245_000_000),
            ("2006-01-02T16:04:05+01:00", 1_136_214_245_000_000), ("2006-01-02T10:04-0500", 1_136_214_240_000_000),
            ("2024-02-29", 1_709_164_800_000_000), ("1969-12-31T23:59:59.999Z", -1000),
        ] as [(String, Int64)])
    func reading(_ text: String, _ microseconds: Int64) {
        #expect(Timestamp(iso8601: text)?.microseconds == microseconds)
    }

    @Test(
        "What is no date",
        arguments: [
            "", "2006", "2006-13-01", "2023-02-29", "2006-01-02T", "2006-01-02T25:00:00Z", "2006-01-02T15:04:05.Z",
            "2006-01-02T15:04:05Zx", "2006-1-2", "yesterday", "２００６-01-02", "2006-01-02T15:04:05+99:00",
        ])
    func refused(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("Writing and reading agree over four centuries")
    func roundTrip() {
        var random = SplitMix(5)
        for _ in 0..<5000 {
            let stamp = Timestamp(
                microseconds: Int64.random(in: -6_000_000_000_000_000...6_000_000_000_000_000, using: &random))
            #expect(Timestamp(iso8601: stamp.iso8601) == stamp)
        }
        #expect(Timestamp(microseconds: 1_136_214_245_000_000).iso8601 == "2006-01-02T15:04:05.000Z")
        #expect(Timestamp(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999Z")
    }
}
