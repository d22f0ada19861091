// The one place where failures of the API become errors of the language: their kind (what a script may branch on), their
// code (what `aud explain` explains) and the item that they are about. The client's messages are whole explanations and
// are kept.

internal import AudLanguage
internal import SegmentAudiences

extension RuntimeError {
    init(_ error: APIError, item: Value = .null, help: String? = nil) {
        let (code, kind) = error.classification
        var message = error.message
        if message.hasSuffix(".") { message.removeLast() }
        self.init(
            code, kind, message, help: help ?? (code == .timeLimit ? Self.needsMoreTime : nil), item: item,
            status: error.status, retryable: error.isRetryable
        )
    }

    /// A listing failed.
    init(_ error: APIError, listing space: Space, names: SpaceNames) {
        guard error.kind == .notFound else {
            self.init(error)
            return
        }
        self.init(error, help: names.adviceForUnknown(space))
        message = "the API knows no space \(space.quoted): \(message)"
    }

    /// A read of one audience failed.
    init(_ error: APIError, audience id: String, in space: Space) {
        self.init(error, item: .string(id))
        if error.kind == .notFound { message = "there is no audience \(id) in \(space.quoted): \(message)" }
    }

    private static let needsMoreTime = "allow it more time with --max-time, or do less in one run"

    static func outOfTime(_ wallTime: Duration) -> RuntimeError {
        RuntimeError(
            .timeLimit, .limit,
            "the run took longer than the \(DateText.duration(wallTime.microseconds)) that it may take",
            help: needsMoreTime, retryable: true
        )
    }

    static func restsOnIncompleteReads(_ first: String, count: Int) -> RuntimeError {
        let more = count > 1 ? " (and \(count - 1) more)" : ""
        return RuntimeError(
            .incomplete, .limit, "not everything could be read, so nothing more is changed: \(first)\(more)",
            help: "run it again; if what was read is enough, say --allow-incomplete"
        )
    }

    static func laterVersion(_ verb: Verb) -> RuntimeError {
        RuntimeError(
            .apiConfiguration, .value, "`\(verb.rawValue)` is not in this version of the API",
            help: "the verbs are `enable`, `disable` and `remove`"
        )
    }
}

extension Space {
    /// The alias and the id, for messages.
    var quoted: String {
        alias.map { "\"\($0)\" (\(id))" } ?? "\"\(id)\""
    }
}

extension APIError {
    fileprivate var classification: (Code, RuntimeError.Kind) {
        switch kind {
        case .invalidArgument: (.apiValidation, .value)
        case .auth, .forbidden: (.apiAuth, .auth)
        case .notFound: (.apiNotFound, .notFound)
        case .conflict: (.apiConflict, .conflict)
        case .validation: (.apiValidation, .value)
        case .rateLimited: (.apiRateLimited, .limit)
        case .server: (.apiServer, .server)
        case .network, .timeout: (.apiNetwork, .network)
        case .ledger: (.stateUnusable, .limit)
        case .unreadable, .redirect, .repeatedCursor: (.apiUnreadable, .server)
        case .outcomeUnknown: (.apiOutcomeUnknown, cause == .network || cause == .timeout ? .network : .server)
        case .cancelled: (.cancelled, .cancelled)
        case .budget: (.timeLimit, .limit)
        }
    }
}
