// Sends one change and says what became of it. An unknown outcome is settled by a GET before anything else is done; a
// change is never sent again without evidence that it did not happen. What ends the whole run (the token is refused,
// time is up, the run is cancelled before the call left) is thrown; everything else is the outcome of this one item.

internal import AudLanguage
internal import SegmentAudiences

struct ChangeSender: Sendable {
    private let connector: Connector
    private let reader: Reader

    init(connector: Connector, reader: Reader) {
        self.connector = connector
        self.reader = reader
    }

    func send(
        _ verb: Verb, to subject: ChangeSubject, noting record: RunRecord
    ) async throws(RuntimeError) -> Outcome {
        guard let goal = verb.goal else { throw .laterVersion(verb) }
        let connection = try await connector.connection()
        try record.countRequest()
        do throws(APIError) {
            switch goal {
            case .enabled(let flag):
                let audience = try await connection.writing.setEnabled(
                    flag, id: subject.id, in: subject.space.id, settlingWith: connection.reading
                )
                _ = reader.record(audience, space: subject.space)
            case .removed:
                _ = try await connection.writing.remove(
                    subject.id, in: subject.space.id, settlingWith: connection.reading
                )
                reader.forget(subject.id, in: subject.space)
            }
            return subject.outcome(verb, .done, after: ChangeSubject.state(after: verb))
        } catch {
            return try outcome(of: error, verb, subject)
        }
    }

    private func outcome(
        of error: APIError, _ verb: Verb, _ subject: ChangeSubject
    ) throws(RuntimeError) -> Outcome {
        let cause = RuntimeError(error, item: subject.item)
        switch error.kind {
        case .auth, .forbidden, .cancelled, .budget, .rateLimited: throw cause
        case .notFound:
            reader.forget(subject.id, in: subject.space)
            return subject.gone(verb, error: cause)
        case .outcomeUnknown: return subject.outcome(verb, .unknown, after: .null, error: cause)
        case .invalidArgument, .conflict, .validation, .server, .network, .timeout, .unreadable, .repeatedCursor,
            .redirect, .ledger:
            return subject.outcome(verb, .failed, error: cause)
        }
    }
}
