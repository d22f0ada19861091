import AudLanguage

/// A made-up workspace of 25 audiences, in pages of 10, and a note of what was asked of it, in order: `=> value` a value
/// shown, `>> text` a line printed, `?? …` a request.
struct SmallWorkspace {
    var events: [String] = []
    /// What a value may take that is shown.
    var limits = Limits()
    var requests = 0
    /// The number of the request that fails, if one does.
    var failing: Int?
    /// What that request fails with.
    var fault = RuntimeError(.apiServer, .server, "the server failed")

    /// How many requests are answered before the limit ends the run.
    var mostRequests = Int.max

    /// Writes a request down and answers it.
    mutating func answer(_ request: Request) -> Answer {
        requests += 1
        if requests > mostRequests { return .failure(RuntimeError(.requestLimit, .limit, "too many requests")) }
        if requests == failing { return .failure(fault) }
        switch request {
        case .page(let space, let cursor):
            let read = cursor?.read ?? 0
            events.append("?? page \(read) of \(space ?? "-")")
            let items = (read..<min(read + 10, 25)).map(Self.audience)
            let next = read + 10 < 25 ? ListingCursor(token: "t", read: read + 10, expected: 25) : nil
            return .page(items, next: next)
        case .get(let id, _):
            events.append("?? get \(id)")
            guard let number = Int(id.dropFirst(4)), number < 25 else {
                return .failure(RuntimeError(.apiNotFound, .notFound, "there is no audience \(id)", status: 404))
            }
            return .value(Self.audience(number))
        case .change(let change):
            events.append("?? \(change.verb) \(change.targets.map(\.id).joined(separator: " "))")
            return .outcomes(change.targets.map { Self.outcome($0, change.verb) })
        case .print(let line):
            events.append(">> \(line)")
            return .value(.null)
        case .showItem: return .value(.null)
        case .show(let value, _, _):
            events.append("=> \((try? Printer.literal(value, Meter(limits))) ?? "?")")
            return .value(.null)
        case .space(let name): return .value(Self.space(name))
        case .spaces: return .value([Self.space("prod"), Self.space("staging")])
        case .environment: return .value("ann")
        case .confirm, .sleep, .host: return .value(true)
        }
    }

    private static func space(_ name: String) -> Value {
        .record(RecordValue([("id", .string("id of \(name)")), ("name", .string(name))], kind: .space))
    }

    private static func outcome(_ target: ChangeRequest.Target, _ verb: Verb) -> Outcome {
        let item = target.audience.map { Value.record($0) } ?? .string(target.id)
        if target.id == "aud_13" {
            let error = RuntimeError(.apiValidation, .value, "aud_13 cannot be changed", item: item, status: 422)
            return Outcome(item: item, verb: verb, status: .failed, error: error)
        }
        return Outcome(item: item, verb: verb, status: .planned)
    }

    private static let shape = Shape([
        "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy", "updatedBy",
        "createdAt", "updatedAt",
    ])

    /// Audience number `i` of 25: even ones are enabled, every third is a test, every fifth failed, every fourth has
    /// no owner.
    static func audience(_ i: Int) -> Value {
        let day: Int64 = 86_400_000_000
        return .record(
            RecordValue(
                shape,
                [
                    .string("aud_\(i)"), .string("sp"), .string(i % 3 == 0 ? "test \(i)" : "Spring promo \(i)"),
                    .null, .string("key_\(i)"), .bool(i % 2 == 0), .null,
                    .string(i % 5 == 0 ? "Failed" : "Live"), i % 4 == 0 ? .null : .string(i % 2 == 0 ? "ann" : "bob"),
                    .null, .null, .date(1_763_899_200_000_000 - Int64(i) * 10 * day),
                ],
                kind: .audience))
    }
}
