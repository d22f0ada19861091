// Sends one change and says what became of it. An unknown outcome is settled by a GET before anything else is done; a
// change is never sent again without evidence that it did not happen. What ends the whole run (the token is refused,
// time is up, the run is cancelled before the call left) is thrown, and then the change was not made; everything else is
// the outcome of this one item.

internal import AudLanguage
internal import SegmentAudiences

struct ChangeSender: Sendable {
    enum Result: Sendable {
        /// What became of the change, and the audience as the API answered it.
        case over(Outcome, answer: RecordValue?)
        /// The change was refused because its audience is locked; the server may say how long to wait.
        case locked(RuntimeError, retryAfter: Duration?)
        /// The change provably never left: the server could not be reached.
        case unreachable(RuntimeError)
    }

    private let connector: Connector
    private let reader: Reader

    init(connector: Connector, reader: Reader) {
        self.connector = connector
        self.reader = reader
    }

    /// Masks the token of the workspace.
    var mask: @Sendable (String) -> String {
        get async throws(RuntimeError) { try await connector.connection().mask }
    }

    /// Reads of the workspace, within the run's budget.
    var reading: any AudienceReading {
        get async throws(RuntimeError) { try await connector.connection().reading }
    }

    /// When the next call of a verb may be sent; nil when nobody knows.
    func nextFree(_ verb: Verb) async -> BootInstant? {
        try? await connector.connection().ledger.nextFree(verb.bucket)
    }

    func send(
        _ verb: Verb, to subject: ChangeSubject, noting record: RunRecord
    ) async throws(RuntimeError) -> Result {
        guard let goal = verb.goal else { throw .laterVersion(verb) }
        let connection = try await connector.connection()
        try record.countRequest()
        do throws(APIError) {
            var answer: RecordValue?
            switch goal {
            case .enabled(let flag):
                let audience = try await connection.writing.setEnabled(
                    flag, id: subject.id, in: subject.space.id, settlingWith: connection.reading
                )
                answer = reader.record(audience, space: subject.space)
            case .removed:
                _ = try await connection.writing.remove(
                    subject.id, in: subject.space.id, settlingWith: connection.reading
                )
                reader.forget(subject.id, in: subject.space)
            }
            return .over(subject.outcome(verb, .done, after: ChangeSubject.state(after: verb)), answer: answer)
        } catch {
            return try result(of: error, verb, subject)
        }
    }

    private func result(
        of error: APIError, _ verb: Verb, _ subject: ChangeSubject
    ) throws(RuntimeError) -> Result {
        let cause = RuntimeError(error, item: subject.item)
        switch error.kind {
        case .auth, .forbidden, .cancelled, .budget, .rateLimited, .ledger: throw cause
        case .notFound:
            reader.forget(subject.id, in: subject.space)
            return .over(subject.gone(verb, error: cause), answer: nil)
        case .outcomeUnknown: return .over(subject.outcome(verb, .unknown, after: .null, error: cause), answer: nil)
        case .conflict: return .locked(cause, retryAfter: error.retryAfter)
        case .network where !error.mayHaveBeenSent, .timeout where !error.mayHaveBeenSent: return .unreachable(cause)
        case .invalidArgument, .validation, .server, .network, .timeout, .unreadable, .repeatedCursor,
            .redirect:
            return .over(subject.outcome(verb, .failed, error: cause), answer: nil)
        }
    }
}
