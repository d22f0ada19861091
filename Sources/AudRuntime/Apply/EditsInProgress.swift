// A bound on how many audiences a run has changed that Segment still works on. Segment computes five at a time; what is
// changed beyond that waits there and stays locked. Only a read tells when an audience is through, so each one that counts
// is looked at again and again, ever less often, and only while there is no room for the next change: the looks go to the
// get bucket, which has room to spare.

internal import AudLanguage
internal import SegmentAudiences

struct EditsInProgress: Sendable {
    private struct Edit: Sendable {
        var audience: AudienceIdentity
        var due: BootInstant
        var looks = 0
    }

    /// Of the statuses that Segment shows, in lower case, those of an audience that is worked on.
    private static let busyStatuses: Set<String> = ["backfilling", "computing", "locked", "preparing"]
    /// The waits before each look at one audience; the last one again and again. The first is there because an answer
    /// that is read at once may still show the state before the change.
    private static let waits: [Duration] = [2, 3, 5, 10, 20, 30].map { .seconds($0) }
    /// So many looks in a row that fail mean that the API cannot be reached.
    private static let mostUnreadable = 3

    /// The most edits in progress; nil: any number.
    let most: Int?
    private var edits: [Edit] = []

    init(most: Int?) {
        self.most = most
    }

    /// Whether the next edit must wait.
    var isFull: Bool { most.map { edits.count >= $0 } ?? false }

    /// Notes that an audience was changed, or may have been.
    mutating func note(_ verb: Verb, _ audience: AudienceIdentity, at now: BootInstant) {
        guard most != nil, verb.isEdit else { return }
        edits.removeAll { $0.audience == audience }
        edits.append(Edit(audience: audience, due: now.advanced(by: Self.waits[0])))
    }

    /// Returns when there is room for one more edit; answers whether that took a wait.
    ///
    /// - Parameter onWait: told the number of edits in progress and the moment of the next look.
    mutating func waitForRoom(
        _ reading: any AudienceReading, _ time: any TimeSource, _ record: RunRecord,
        onWait: @Sendable (Int, BootInstant) -> Void = { _, _ in }
    ) async throws(RuntimeError) -> Bool {
        var hasWaited = false
        var unreadable = 0
        while isFull, let place = edits.indices.min(by: { edits[$0].due < edits[$1].due }) {
            hasWaited = true
            onWait(edits.count, edits[place].due)
            if (try? await time.sleep(until: edits[place].due)) == nil { throw .interrupted }
            try record.countRequest()
            let audience = edits[place].audience
            do throws(APIError) {
                let isBusy = try await Self.isBusy(reading.get(audience.id, in: audience.spaceID))
                unreadable = 0
                if !isBusy {
                    edits.remove(at: place)
                    continue
                }
            } catch {
                let cause = RuntimeError(error, item: .string(audience.id))
                switch error.kind {
                case .notFound:
                    edits.remove(at: place)
                    continue
                case .auth, .forbidden, .cancelled, .budget, .rateLimited, .ledger: throw cause
                case .invalidArgument, .conflict, .validation, .server, .network, .timeout, .unreadable,
                    .outcomeUnknown, .repeatedCursor, .redirect:
                    unreadable += 1
                    if unreadable >= Self.mostUnreadable { throw .unreachable(after: cause) }
                }
            }
            edits[place].looks += 1
            let wait = Self.waits[min(edits[place].looks, Self.waits.count - 1)]
            edits[place].due = time.now().advanced(by: wait)
        }
        return hasWaited
    }

    private static func isBusy(_ audience: Audience) -> Bool {
        audience.status.map { busyStatuses.contains($0.lowercased()) } ?? false
    }
}

extension Verb {
    /// Whether Segment computes the audience after the call.
    var isEdit: Bool {
        switch self {
        case .enable, .disable, .update, .create: true
        case .remove: false
        }
    }
}
