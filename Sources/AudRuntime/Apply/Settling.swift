// Finds out what became of the calls of a run whose process died, or whose answer never came: a GET for each, before
// anything else is done. The state that the call wanted means that it was made; the old one, that it was not.

internal import AudLanguage
internal import SegmentAudiences

struct Settling: Sendable {
    let connection: Connection
    let reader: Reader
    let journal: RunJournal
    let record: RunRecord
    /// What the run goes on with: then a call that was not made is left to be sent again. If not, it has failed.
    let goesOn: Bool

    /// Settles what can be settled, and writes it into the calls and the journal. Answers what ended it early.
    func settle(_ calls: inout [JournaledCall]) async -> RuntimeError? {
        var sight = SpaceSight()
        for place in calls.indices where calls[place].isUnsettled {
            if Task.isCancelled { return .interrupted }
            let entry: RunJournal.Entry
            do throws(RuntimeError) {
                try record.countRequest()
                entry = self.entry(for: &calls[place], try await found(calls[place].call, &sight))
            } catch {
                return error
            }
            do throws(StateError) {
                try journal.write([entry])
            } catch {
                return RuntimeError(error)
            }
        }
        return nil
    }

    private enum Found {
        case done, notDone, gone
        case unknown(RuntimeError)
    }

    private func found(_ call: PlannedCall, _ sight: inout SpaceSight) async throws(RuntimeError) -> Found {
        guard let goal = call.verb.goal else { throw .laterVersion(call.verb) }
        do throws(APIError) {
            let audience = try await connection.reading.get(call.id, in: call.space.id)
            sight.note(call.space)
            _ = reader.record(audience, space: call.space)
            switch goal {
            case .enabled(let flag): return audience.enabled == flag ? .done : .notDone
            case .removed: return .notDone
            }
        } catch {
            switch error.kind {
            case .notFound:
                try await sight.confirm(call.space, connection.reading, record)
                reader.forget(call.id, in: call.space)
                return goal == .removed ? .done : .gone
            case .auth, .forbidden, .cancelled, .budget, .rateLimited, .ledger:
                throw RuntimeError(error, audience: call.id, in: call.space)
            case .invalidArgument, .conflict, .validation, .server, .network, .timeout, .unreadable, .outcomeUnknown,
                .repeatedCursor, .redirect:
                return .unknown(RuntimeError(error, audience: call.id, in: call.space))
            }
        }
    }

    private func entry(for call: inout JournaledCall, _ found: Found) -> RunJournal.Entry {
        let number = call.call.number
        switch found {
        case .done:
            call.status = .done
            call.error = nil
        case .gone:
            call.status = .gone
            call.error = "the change had no answer, and the audience is no longer there"
        case .unknown(let error):
            call.status = .unknown
            call.error = "nobody knows whether the change was made, and the audience cannot be read: \(error.message)"
        case .notDone where goesOn:
            call.status = .notAttempted
            call.intent = nil
            call.error = nil
            return .refused(number)
        case .notDone:
            call.status = .failed
            call.error = "the change had no answer, and the audience is as it was: the change was not made"
        }
        return .outcome(number, call.outcome, error: call.error)
    }
}
