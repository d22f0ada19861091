// A workspace in memory that counts what it is asked, and fails when a test says so.

import SegmentAudiences
import Synchronization

final class FakeWorkspace: AudienceReading, AudienceWriting {
    enum Call: Sendable, Equatable {
        case page(space: String, cursor: String?)
        case get(String)
        case setEnabled(Bool, String)
        case remove(String)

        var isWrite: Bool {
            switch self {
            case .page, .get: false
            case .setEnabled, .remove: true
            }
        }
    }

    enum Fault: Sendable {
        /// Nothing happens but the error.
        case refuse(APIError)
        /// The change is made, and the error comes all the same.
        case applyThen(APIError)
    }

    private struct State {
        var spaces: [String: [Audience]]
        var calls: [Call] = []
        var applied: [Call] = []
    }

    private let state: Mutex<State>
    private let pageSize: Int
    private let slip: Int
    private let sticksAt: Int?
    private let fault: @Sendable (Call, _ number: Int) -> Fault?
    private let before: @Sendable (Call) async throws -> Void
    private let total: @Sendable (Int) -> Int?
    private let answering: @Sendable (Audience) -> Audience?

    /// - Parameters:
    ///   - fault: what goes wrong with a call; its number counts all calls from 1.
    ///   - before: runs before each call is looked at: to wait, or to cancel. When it throws, the call is cancelled
    ///     before it is sent.
    ///   - total: what `totalEntries` says of the true number.
    ///   - answering: what an audience becomes when it is switched.
    ///   - slip: how far the pages behind the first have slipped back: audiences of the page before come again, and as many
    ///     at the end never come.
    ///   - sticksAt: the place of a page that names itself as the next one.
    init(
        _ spaces: [String: [Audience]], pageSize: Int = 200, slip: Int = 0, sticksAt: Int? = nil,
        fault: @escaping @Sendable (Call, Int) -> Fault? = { _, _ in nil },
        before: @escaping @Sendable (Call) async throws -> Void = { _ in },
        total: @escaping @Sendable (Int) -> Int? = { $0 },
        answering: @escaping @Sendable (Audience) -> Audience? = { $0 }
    ) {
        self.answering = answering
        state = Mutex(State(spaces: spaces))
        self.pageSize = pageSize
        self.slip = slip
        self.sticksAt = sticksAt
        self.fault = fault
        self.before = before
        self.total = total
    }

    /// A workspace whose space `s1` has audiences `a1`…, every third of them disabled.
    convenience init(
        count: Int, pageSize: Int = 200, slip: Int = 0, sticksAt: Int? = nil,
        fault: @escaping @Sendable (Call, Int) -> Fault? = { _, _ in nil },
        before: @escaping @Sendable (Call) async throws -> Void = { _ in },
        total: @escaping @Sendable (Int) -> Int? = { $0 },
        answering: @escaping @Sendable (Audience) -> Audience? = { $0 }
    ) {
        let audiences = (1...max(1, count)).prefix(count).map { Audience.sample("a\($0)", enabled: $0 % 3 != 0) }
        self.init(
            ["s1": audiences], pageSize: pageSize, slip: slip, sticksAt: sticksAt, fault: fault, before: before,
            total: total, answering: answering)
    }

    /// Changes an audience of space `s1` behind everybody's back; nil removes it.
    func mutate(_ id: String, _ change: (Audience) -> Audience?) {
        state.withLock { state in
            state.spaces["s1"] = state.spaces["s1"]?.compactMap { $0.id == id ? change($0) : $0 }
        }
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var writes: [Call] { calls.filter(\.isWrite) }
    /// The changes that took effect, in order.
    var applied: [Call] { state.withLock { $0.applied } }
    /// `enabled` by id, of all spaces.
    var enabled: [String: Bool] {
        state.withLock { state in
            let pairs = state.spaces.values.joined().map { ($0.id, $0.enabled ?? false) }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
    }

    func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
        try await enter(.page(space: space, cursor: cursor))
        let start = cursor.flatMap { Int($0) } ?? 0
        guard let all = state.withLock({ $0.spaces[space] }) else { throw .sample(.notFound, status: 404) }
        let end = min(all.count, start + pageSize)
        let next = start == sticksAt ? start : end
        let slip = start == 0 ? 0 : slip
        return AudiencePage(
            audiences: Array(all[(min(start, end) - slip)..<(end - slip)]),
            pagination: Pagination(next: next < all.count ? String(next) : nil, totalEntries: total(all.count))
        )
    }

    func get(_ id: String, in space: String) async throws(APIError) -> Audience {
        try await enter(.get(id))
        guard let audience = state.withLock({ $0.spaces[space]?.first { $0.id == id } }) else {
            throw .sample(.notFound, status: 404)
        }
        return audience
    }

    func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience {
        let call = Call.setEnabled(enabled, id)
        let late = try await enter(call)
        let changed = state.withLock { state -> Audience? in
            guard let place = state.spaces[space]?.firstIndex(where: { $0.id == id }) else { return nil }
            let audience = (state.spaces[space]?[place].with(enabled: enabled)).flatMap(answering)
            if let audience { state.spaces[space]?[place] = audience }
            state.applied.append(call)
            return audience
        }
        if let late { throw late }
        guard let changed else { throw .sample(.notFound, status: 404) }
        return changed
    }

    func remove(_ id: String, in space: String) async throws(APIError) -> Removal {
        let call = Call.remove(id)
        let late = try await enter(call)
        let found = state.withLock { state in
            guard let place = state.spaces[space]?.firstIndex(where: { $0.id == id }) else { return false }
            state.spaces[space]?.remove(at: place)
            state.applied.append(call)
            return true
        }
        if let late { throw late }
        guard found else { throw .sample(.notFound, status: 404) }
        return .removed
    }

    /// Notes a call. Throws its error, or answers the error that follows after it took effect.
    @discardableResult
    private func enter(_ call: Call) async throws(APIError) -> APIError? {
        do {
            try await before(call)
        } catch {
            throw .sample(.cancelled)
        }
        let number = state.withLock { state in
            state.calls.append(call)
            return state.calls.count
        }
        switch fault(call, number) {
        case nil: return nil
        case .refuse(let error): throw error
        case .applyThen(let error): return error
        }
    }
}

extension Audience {
    /// This audience with another value of a field.
    func with(_ name: String, _ value: JSONValue) -> Audience? {
        var members = json.object ?? [:]
        members[name] = value
        return Audience(fields: members)
    }

    static func sample(_ id: String, enabled: Bool? = true, space: String = "s1", name: String? = nil) -> Audience {
        let fields: [String: JSONValue] = [
            "id": .string(id), "spaceId": .string(space), "name": .string(name ?? "Audience \(id)"),
            "description": .string(""), "key": .string("key_\(id)"), "enabled": enabled.map { .bool($0) } ?? .null,
            "definition": .object(["query": .string("event('x')"), "type": .string("users")]),
            "status": .string("Live"), "createdBy": .string("u1"), "updatedBy": .string("u1"),
            "createdAt": .string("2025-01-02T03:04:05.678Z"), "updatedAt": .string("2025-06-02T03:04:05.678Z"),
        ]
        guard let audience = Audience(fields: fields) else { preconditionFailure("a sample has an id") }
        return audience
    }
}

extension APIError {
    static func sample(_ kind: Kind, status: Int? = nil, cause: Kind? = nil) -> APIError {
        APIError(kind, "The call ended as \(kind.rawValue).", status: status, cause: cause)
    }
}
