// What an answer's headers say about a rate limit, in all the spellings in use: Segment's `X-RateLimit-*` (whose Reset is
// an RFC 5322 date), `Retry-After`, epoch and delta forms, and the IETF `RateLimit` drafts. A date is compared with the
// answer's own `Date`, so that a wrong clock on this machine does no harm.

public import HTTPTypes

/// The rate-limit figures of one answer.
public struct RateHeaders: Sendable, Hashable {
    /// How many calls the server has counted in its window.
    public var consumed: Int?
    /// How many more it takes in this window.
    public var remaining: Int?
    /// How long until its window ends.
    public var reset: Duration?
    /// How long it asks to wait.
    public var retryAfter: Duration?
    private var stated: Int?

    /// The limit itself: stated, or consumed and remaining together.
    public var limit: Int? {
        if let stated { return stated }
        guard let consumed, let remaining else { return nil }
        return consumed + remaining
    }

    /// Reads the headers of an answer received at `now`.
    public init(_ headers: HTTPFields, now: Timestamp) {
        let reference = headers[.date].flatMap { Timestamp(httpDate: $0) } ?? now
        func text(_ names: String...) -> String? {
            for name in names {
                if let field = HTTPField.Name(name), let value = headers[field] { return value }
            }
            return nil
        }
        consumed = text("X-RateLimit-Consumed", "X-RateLimit-Used").flatMap { Self.count($0) }
        remaining = text("X-RateLimit-Remaining", "RateLimit-Remaining").flatMap { Self.count($0) }
        stated = text("X-RateLimit-Limit", "RateLimit-Limit").flatMap { Self.count($0) }
        reset = text("X-RateLimit-Reset", "RateLimit-Reset").flatMap { Self.wait($0, from: reference) }
        retryAfter = headers[.retryAfter].flatMap { Self.wait($0, from: reference) }
        // draft-ietf-httpapi-ratelimit-headers: `RateLimit: "default";r=50;t=30`, before that
        // `RateLimit: limit=100, remaining=50, reset=30`; the quota is `q` of `RateLimit-Policy`.
        if let fields = text("RateLimit").map({ Self.parameters($0) }) {
            remaining = remaining ?? (fields["r"] ?? fields["remaining"]).flatMap { Self.count($0) }
            stated = stated ?? fields["limit"].flatMap { Self.count($0) }
            reset = reset ?? (fields["t"] ?? fields["reset"]).flatMap { Self.wait($0, from: reference) }
        }
        if stated == nil, let policy = text("RateLimit-Policy") {
            stated = Self.parameters(policy)["q"].flatMap { Self.count($0) }
        }
        if let quota = stated, consumed == nil, let left = remaining, left <= quota { consumed = quota - left }
    }

    /// A wait in any spelling: seconds from now, seconds or milliseconds since 1970, an RFC 5322 date, ISO 8601.
    static func wait(_ text: String, from reference: Timestamp) -> Duration? {
        let text = text.trimmingBlanks()
        if let number = Double(text), number.isFinite, number >= 0 {
            // No wait is a year long; nothing before 2001 is a date; a thousand times that is in milliseconds.
            if number < 31_536_000 { return .milliseconds(Int64((number * 1000).rounded(.up))) }
            guard number < 1e15 else { return nil }
            let microseconds = number < 1e11 ? number * 1_000_000 : number * 1000
            return between(reference, Timestamp(microseconds: Int64(microseconds)))
        }
        guard let date = Timestamp(httpDate: text) ?? Timestamp(iso8601: text) else { return nil }
        return between(reference, date)
    }

    private static func between(_ start: Timestamp, _ end: Timestamp) -> Duration {
        max(.zero, .microseconds(end.microseconds - start.microseconds))
    }

    /// A count; of a list such as `100, 100;w=60` the first.
    private static func count(_ text: String) -> Int? {
        let digits = text.trimmingBlanks().prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), count <= 1_000_000_000 else { return nil }
        return count
    }

    private static func parameters(_ text: String) -> [String: String] {
        var parameters: [String: String] = [:]
        for part in text.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let name = String(pair[0]).trimmingBlanks().lowercased()
            if parameters[name] == nil { parameters[name] = String(pair[1]).trimmingBlanks() }
        }
        return parameters
    }
}

extension String {
    func trimmingBlanks() -> String {
        guard let first = firstIndex(where: { $0 != " " && $0 != "\t" }),
            let last = lastIndex(where: { $0 != " " && $0 != "\t" })
        else { return "" }
        return String(self[first...last])
    }
}
