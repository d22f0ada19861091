// A small workspace in memory, and a clock that stands still.

import AudRuntime
import SegmentAudiences
import Synchronization

final class FakeWorkspace: AudienceReading, AudienceWriting {
    private struct State {
        var audiences: [Audience]
        var changes = 0
    }

    private let state: Mutex<State>
    /// What the space `stubborn` waits for, whatever is cancelled.
    let gate = Gate()

    init(_ audiences: [Audience]) {
        state = Mutex(State(audiences: audiences))
    }

    /// How many changes were sent.
    var changes: Int { state.withLock { $0.changes } }

    static let sample: [Audience] = [
        ("a1", "Spring promo", "spring_promo", true), ("a2", "Summer \"hot\" list", "summer_hot", true),
        ("a3", "Lapsed \u{1B}[2J buyers", "lapsed", false), ("a4", "VIP", "vip", true),
    ].compactMap { id, name, key, enabled in
        Audience(fields: [
            "id": .string(id), "spaceId": .string("s1"), "name": .string(name), "key": .string(key),
            "enabled": .bool(enabled), "status": .string(enabled ? "Live" : "Disabled"),
            "updatedAt": .string("2025-01-02T03:04:05Z"),
        ])
    }

    /// One page; the space `slow` answers only when nobody waits any more.
    func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
        if space == "slow" {
            let (stream, _) = AsyncStream<Never>.makeStream()
            for await _ in stream {}
            throw APIError(.cancelled, "The call was cancelled.")
        }
        if space == "stubborn" { await gate.wait() }
        let audiences = state.withLock { $0.audiences }
        return AudiencePage(
            audiences: audiences, pagination: Pagination(next: nil, totalEntries: audiences.count))
    }

    func get(_ id: String, in space: String) async throws(APIError) -> Audience {
        guard let audience = state.withLock({ $0.audiences.first { $0.id == id } }) else {
            throw APIError(.notFound, "There is no audience \(id).", status: 404)
        }
        return audience
    }

    func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience {
        if id == "a4" { throw APIError(.validation, "The audience is locked by its owner.", status: 422) }
        let changed = state.withLock { state -> Audience? in
            guard let place = state.audiences.firstIndex(where: { $0.id == id }) else { return nil }
            state.changes += 1
            state.audiences[place] = state.audiences[place].with(enabled: enabled)
            return state.audiences[place]
        }
        guard let changed else { throw APIError(.notFound, "There is no audience \(id).", status: 404) }
        return changed
    }

    func remove(_ id: String, in space: String) async throws(APIError) -> Removal {
        state.withLock { state in
            state.changes += 1
            state.audiences.removeAll { $0.id == id }
        }
        return .removed
    }
}

/// 2026-11-23T15:40Z, always.
struct StandingTime: TimeSource {
    func now() -> BootInstant { BootInstant(sinceBoot: .seconds(1000)) }
    func wallNow() -> Timestamp { Timestamp(microseconds: 1_795_448_400_000_000) }
    func sleep(until deadline: BootInstant) async throws(CancellationError) {}
}
