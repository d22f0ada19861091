// A workspace whose audiences are computed for a while after each change, on a virtual clock.

import AudTesting
import SegmentAudiences
import Synchronization

final class ComputingWorkspace: AudienceReading, AudienceWriting {
    private struct State {
        var changed: [String: Duration] = [:]
        var mostAtOnce = 0
    }

    let fake: FakeWorkspace
    private let clock: VirtualClock
    private let takes: Duration
    private let state = Mutex(State())

    /// - Parameter takes: how long an audience is computed.
    init(_ fake: FakeWorkspace, takes: Duration, on clock: VirtualClock) {
        self.fake = fake
        self.takes = takes
        self.clock = clock
    }

    /// The most audiences that were computed at one time.
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
        try await fake.page(of: space, after: cursor)
    }

    func get(_ id: String, in space: String) async throws(APIError) -> Audience {
        let audience = try await fake.get(id, in: space)
        let isComputing = state.withLock { $0.changed[id].map { clock.elapsed < $0 + takes } ?? false }
        return audience.with("status", .string(isComputing ? "COMPUTING" : "Live")) ?? audience
    }

    func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience {
        let audience = try await fake.setEnabled(enabled, id: id, in: space)
        state.withLock { state in
            state.changed[id] = clock.elapsed
            let computing = state.changed.values.count { clock.elapsed < $0 + takes }
            state.mostAtOnce = max(state.mostAtOnce, computing)
        }
        return audience
    }

    func remove(_ id: String, in space: String) async throws(APIError) -> Removal {
        try await fake.remove(id, in: space)
    }
}
