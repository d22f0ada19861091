// Tells audiences that are gone from a space that is out of sight. With the token of another workspace, or the id of a
// space that is not there, the API knows none of the audiences either: a run must not take that for the work of somebody
// who has removed them all. So the first audience that is not found, in a space of which nothing was read, is believed
// only once the space itself could be listed.

internal import AudLanguage
internal import SegmentAudiences

struct SpaceSight: Sendable {
    /// The ids of the spaces of which something was read.
    private var seen: Set<String> = []

    init() {}

    /// Notes that something of a space was read.
    mutating func note(_ space: Space) { seen.insert(space.id) }

    /// Returns when an audience of this space that was not found is gone. Throws when the space is out of sight, or when
    /// that cannot be found out.
    mutating func confirm(
        _ space: Space, _ reading: any AudienceReading, _ record: RunRecord
    ) async throws(RuntimeError) {
        guard !seen.contains(space.id) else { return }
        try record.countRequest()
        do throws(APIError) {
            _ = try await reading.page(of: space.id, after: nil)
        } catch {
            throw error.kind == .notFound ? .outOfSight(space, error) : RuntimeError(error)
        }
        note(space)
    }
}

extension RuntimeError {
    fileprivate static func outOfSight(_ space: Space, _ error: APIError) -> RuntimeError {
        var out = RuntimeError(
            error,
            help: "look at the profile and its token: they may be those of another workspace; with the right ones the"
                + " run can be resumed")
        out.message =
            "the API knows neither the space \(space.quoted) nor its audiences, so nothing more is sent: \(out.message)"
        return out
    }
}
