// The four operations. Each checks all that it needs before it changes anything, so that a refused call leaves the
// workspace as it was; within an operation the order of the gates is media type, ids, parameters, space, audience, lock.

import NIOCore

extension Workspace {
    /// Carries out an operation as the API documents it.
    mutating func perform(
        _ call: Call, _ route: Route, at now: Duration, delivery: Reply.Delivery = .whole, repeatCursor: Bool = false
    ) -> Reply {
        var reply: Reply
        do throws(APIFailure) {
            guard let media = MediaType.negotiate(accept: call.header("accept")) else {
                throw APIFailure(
                    status: 406, type: "not-acceptable",
                    message: "Send 'Accept: application/vnd.segment.v1alpha+json'.")
            }
            guard let body = call.body else { throw .tooLarge }
            let ids = try route.checkedIDs()
            let data: ByteBuffer
            switch (route.operation, ids.audienceID) {
            case (.get, let id?):
                data = try get(id, in: ids.spaceID, at: now)
            case (.update, let id?):
                let enabled = try checkedUpdate(body, contentType: call.header("content-type"))
                data = try update(id, in: ids.spaceID, enabled: enabled, at: now)
            case (.remove, let id?):
                data = try remove(id, in: ids.spaceID, at: now)
            case (.list, _), (_, nil):
                var page = try PageRequest(query: call.query)
                if page == nil, !media.isAlpha { page = .stableDefault }
                guard let page else { throw .invalid("pagination", "'pagination' is required.") }
                data = try list(ids.spaceID, page, at: now, repeatCursor: repeatCursor)
            }
            reply = Reply(status: 200, contentType: media.name, body: data)
        } catch {
            reply = Reply(error)
        }
        reply.delivery = delivery
        return reply
    }

    // MARK: - Operations

    private mutating func list(
        _ spaceID: String, _ page: PageRequest, at now: Duration, repeatCursor: Bool
    ) throws(APIFailure) -> ByteBuffer {
        let offset = try offset(of: page)
        try open(spaceID)
        stores[spaceID]?.sort(by: behaviour.listOrder)
        let total = stores[spaceID]?.count ?? 0
        let range = min(offset, total)..<min(offset + page.count, total)
        let ids = stores[spaceID]?.ids(range) ?? []
        var buffer = ByteBuffer()
        buffer.reserveCapacity(600 * ids.count + 256)
        buffer.writeStaticString("{\"data\":{\"audiences\":[")
        for (index, id) in ids.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            stores[spaceID]?.update(id) { record in
                record.settle(at: now)
                buffer.writeImmutableBuffer(record.json())
            }
        }
        let next = range.upperBound < total ? range.upperBound : nil
        buffer.writeStaticString("],\"pagination\":{\"current\":")
        buffer.writeJSON(Cursor.encode(offset))
        write(cursor: repeatCursor ? offset : next, as: "next", to: &buffer)
        write(cursor: offset > 0 ? max(0, offset - page.count) : nil, as: "previous", to: &buffer)
        if behaviour.totalEntries { buffer.writeString(",\"totalEntries\":\(total)") }
        buffer.writeStaticString("}}}")
        return buffer
    }

    private mutating func get(_ id: String, in spaceID: String, at now: Duration) throws(APIFailure) -> ByteBuffer {
        _ = try existing(id, in: spaceID, at: now)
        return answer(with: id, in: spaceID)
    }

    private mutating func update(
        _ id: String, in spaceID: String, enabled: Bool, at now: Duration
    ) throws(APIFailure) -> ByteBuffer {
        let record = try unlocked(id, in: spaceID, at: now)
        let changes = record.audience.enabled != enabled
        if changes {
            let statuses: [AudienceRecord.StatusChange] =
                enabled
                ? [
                    .init(at: now, status: "Preparing"),
                    .init(at: now + options.preparing, status: "Computing"),
                    .init(at: now + options.preparing + options.computing, status: "Live"),
                ] : [.init(at: now, status: "Disabled")]
            let user = apiUser
            stores[spaceID]?.update(id) { $0.setEnabled(enabled, by: user, at: now, statuses: statuses) }
        }
        if changes || behaviour.noOpPatchLocks, options.lock > .zero {
            let end = edits.enter(at: now, lasting: options.lock) + options.lock
            stores[spaceID]?.update(id) { $0.lock(until: end) }
        }
        return answer(with: id, in: spaceID)
    }

    private mutating func remove(_ id: String, in spaceID: String, at now: Duration) throws(APIFailure) -> ByteBuffer {
        let record = try unlocked(id, in: spaceID, at: now)
        if record.audience.enabled, behaviour.deleteWhileEnabled == .conflict {
            throw APIFailure(
                status: 409, type: "conflict", message: "Audience \(id) is enabled. Disable it before removing it.")
        }
        stores[spaceID]?.remove(id)
        return ByteBuffer(string: "{\"data\":{\"status\":\"SUCCESS\"}}")
    }

    // MARK: - Parts of operations

    /// Makes the space's audiences when they are first needed.
    mutating func open(_ spaceID: String) throws(APIFailure) {
        guard stores[spaceID] == nil else { return }
        guard let space = spaces.first(where: { $0.id == spaceID }) else {
            throw .notFound("There is no space with this id, or the token may not see it.")
        }
        let demo = DemoData(seed: options.seed, now: birth, prodCount: options.audienceCount)
        stores[spaceID] = SpaceStore(demo.audiences(of: space), listOrder: behaviour.listOrder)
    }

    mutating func existing(
        _ id: String, in spaceID: String, at now: Duration
    ) throws(APIFailure) -> AudienceRecord {
        try open(spaceID)
        guard let record = stores[spaceID]?.record(id, at: now) else {
            throw .notFound("There is no audience with this id in this space.")
        }
        return record
    }

    private mutating func unlocked(
        _ id: String, in spaceID: String, at now: Duration
    ) throws(APIFailure) -> AudienceRecord {
        let record = try existing(id, in: spaceID, at: now)
        guard !record.isLocked(at: now) else {
            throw APIFailure(
                status: behaviour.lockStatus, type: "conflict",
                message: "Audience \(id) is locked until its last change has been incorporated. Try again later.")
        }
        return record
    }

    private mutating func answer(with id: String, in spaceID: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"data\":{\"audience\":")
        stores[spaceID]?.update(id) { buffer.writeImmutableBuffer($0.json()) }
        buffer.writeStaticString("}}")
        return buffer
    }

    private func checkedUpdate(_ body: ByteBuffer, contentType: String?) throws(APIFailure) -> Bool {
        if behaviour.strictContentType, !MediaType.isVersioned(contentType: contentType) {
            throw APIFailure(
                status: 415, type: "unsupported-media-type",
                message: "Send 'Content-Type: application/vnd.segment.v1alpha+json'.")
        }
        guard case .object(let fields)? = JSONValue(parsing: body.readableBytesView) else {
            throw .invalid("body", "The body must be a JSON object.")
        }
        guard let value = fields["enabled"] else { throw .invalid("enabled", "'enabled' is required.") }
        guard case .bool(let enabled) = value else { throw .invalid("enabled", "'enabled' must be a boolean.") }
        if let unknown = fields.keys.filter({ $0 != "enabled" }).min() {
            throw .invalid(unknown, "'\(unknown)' is not allowed.")
        }
        return enabled
    }

    private func offset(of page: PageRequest) throws(APIFailure) -> Int {
        guard let cursor = page.cursor, !cursor.isEmpty else { return 0 }
        // Kept far from overflow: no listing is longer.
        if let offset = Cursor.decode(cursor), offset < 1 << 32 { return offset }
        let failure = APIFailure.invalid("pagination.cursor", "'pagination.cursor' is not a cursor of this listing.")
        switch behaviour.badCursor {
        case .unprocessable: throw failure
        case .badRequest: throw APIFailure(status: 400, type: "bad-request", message: failure.message)
        case .firstPage: return 0
        }
    }

    /// Which page of a listing a query asks for, from 1; nil when it is not valid.
    func pageNumber(_ query: String?) -> Int? {
        guard let page = (try? PageRequest(query: query)) ?? nil, let offset = try? offset(of: page) else { return nil }
        return offset / page.count + 1
    }

    private func write(cursor offset: Int?, as name: StaticString, to buffer: inout ByteBuffer) {
        guard offset != nil || behaviour.nullCursors else { return }
        buffer.writeStaticString(",\"")
        buffer.writeStaticString(name)
        buffer.writeStaticString("\":")
        buffer.writeJSON(offset.map(Cursor.encode))
    }
}
