// Rate-limit headers in all their spellings.

import HTTPTypes
import SegmentAudiences
import Testing

struct RateHeadersTests {
    private static let now = "2006-01-02T15:04:05Z"

    @Test(
        "The end of the window",
        arguments: [
            ("X-RateLimit-Reset", "Mon, 02 Jan 2006 15:05:05 GMT", 60),
            ("X-RateLimit-Reset", "2 Jan 2006 16:05:05 +0100", 60),
            ("x-ratelimit-reset", "Mon, 02 Jan 2006 15:05 UT", 55),
            ("X-RateLimit-Reset", "Monday, 02-Jan-06 15:05:05 GMT", 60),
            ("X-RateLimit-Reset", "1136214305", 60), ("X-RateLimit-Reset", "1136214305500", 60.5),
            ("X-RateLimit-Reset", "37", 37),
            ("X-RateLimit-Reset", "2006-01-02T15:05:05Z", 60), ("RateLimit-Reset", "30", 30),
            ("RateLimit", #""default";r=50;t=31"#, 31), ("RateLimit", "limit=100, remaining=50, reset=32", 32),
            ("X-RateLimit-Reset", "Mon, 02 Jan 2006 15:03:05 GMT", 0),
        ])
    func reset(name: String, value: String, seconds: Double) throws {
        #expect(try headers([name: value]).reset == .seconds(seconds))
    }

    @Test(
        "What is no time is no wait", arguments: ["soon", "-5", "NaN", "inf", "1e300", "", "32 Jan 2006 15:05:05 GMT"])
    func nonsense(_ value: String) throws {
        #expect(try headers(["X-RateLimit-Reset": value, "Retry-After": value]).reset == nil)
    }

    @Test("Retry-After as seconds and as a date")
    func retryAfter() throws {
        #expect(try headers(["Retry-After": "120"]).retryAfter == .seconds(120))
        #expect(try headers(["Retry-After": "0.5"]).retryAfter == .milliseconds(500))
        #expect(try headers(["Retry-After": "Mon, 02 Jan 2006 15:04:15 GMT"]).retryAfter == .seconds(10))
    }

    @Test("A date is compared with the answer's own Date, so that a wrong clock here does no harm")
    func clockSkew() throws {
        let fields = ["Date": "Mon, 02 Jan 2006 18:00:00 GMT", "X-RateLimit-Reset": "Mon, 02 Jan 2006 18:00:42 GMT"]
        #expect(try headers(fields).reset == .seconds(42))
    }

    @Test(
        "The limit is consumed and remaining together, unless it is stated",
        arguments: [
            (["X-RateLimit-Consumed": "3", "X-RateLimit-Remaining": "7"], 10, 3),
            (["X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "15"], 20, 5),
            (["RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "99"], 100, 1),
            (["RateLimit-Policy": #""default";q=50;w=60"#, "RateLimit": #""default";r=49;t=60"#], 50, 1),
            (["X-RateLimit-Remaining": "7"], nil, nil), (["X-RateLimit-Consumed": "x"], nil, nil),
        ] as [([String: String], Int?, Int?)])
    func limit(fields: [String: String], limit: Int?, consumed: Int?) throws {
        #expect(try headers(fields).limit == limit)
        #expect(try headers(fields).consumed == consumed)
    }

    private func headers(_ fields: [String: String]) throws -> RateHeaders {
        var headers: HTTPFields = [:]
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return RateHeaders(headers, now: try #require(Timestamp(iso8601: Self.now)))
    }
}
