// The fields that records of a workspace have, and the values of those that have few: from the API reference, and from the
// enumerations that outcomes and errors are made of. Values of the API may be others than these: nothing depends on them
// but what Tab offers.

internal import AudLanguage

enum FieldValues {
    struct Value {
        var text: String
        var detail = ""
    }

    // MARK: Fields

    /// The wire names of an audience's fields, those of later API versions at the end.
    private static let audience = [
        "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy", "updatedBy",
        "createdAt", "updatedAt", "audienceType", "computeCadence", "size", "options", "schedules",
    ]
    private static let outcome = ["item", "action", "status", "before", "after", "error"]
    private static let error = ["kind", "code", "message", "item", "status", "retryable", "line"]

    /// The fields that may stand behind a path; of anything, those of audiences, outcomes and errors.
    static func fields(behind path: [String]) -> [Candidate] {
        switch path.last {
        case "definition": return ["query", "type"].map { Candidate($0) }
        case "computeCadence": return [Candidate("type")]
        case "size": return ["count", "type", "uniqueCount"].map { Candidate($0) }
        default:
            return audience.map { Candidate($0) } + outcome.map { Candidate($0, detail: "of an outcome") }
                + error.map { Candidate($0, detail: "of an error") }
        }
    }

    // MARK: Values

    /// The texts that the field at the end of a path may have; empty when there are many.
    static func texts(of path: [String]) -> [Value] {
        switch (path.dropLast().last, path.last) {
        case (_, "status"):
            return values(KnownWords.audienceStatus.all)
                + AudLanguage.Outcome.Status.allCases.map { Value(text: $0.rawValue, detail: "of an outcome") }
        case (_, "audienceType"): return values(["USERS", "ACCOUNTS", "LINKED"])
        case ("definition", "type"): return values(["users", "accounts"])
        case ("computeCadence", "type"): return values(["BATCH", "REALTIME"])
        case ("size", "type"): return values(["USERS", "ACCOUNTS", "ENTITIES"])
        case (_, "strategy"): return values(["PERIODIC", "SPECIFIC_DAYS"])
        case (_, "action"): return values(Verb.allCases.map(\.rawValue))
        case (_, "kind"): return values(errorKinds)
        default: return []
        }
    }

    /// The words of the language that the field at the end of a path may have.
    static func words(of path: [String]) -> [String] {
        switch path.last {
        case "enabled", "retryable": ["true", "false"]
        default: []
        }
    }

    private static let errorKinds: [String] = [
        RuntimeError.Kind.fail, .type, .value, .name, .limit, .cancelled, .auth, .notFound, .conflict, .rateLimited,
        .network, .server,
    ].map(\.rawValue)

    private static func values(_ texts: [String]) -> [Value] { texts.map { Value(text: $0) } }
}
