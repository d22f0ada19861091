// The calls that wait for a locked audience while others go on. Invariant: calls on one audience stay in their order:
// whatever comes for an audience that has a line queues up behind it.

internal import SegmentAudiences

struct LockedLines {
    private struct Line {
        var places: [Int]
        var due: BootInstant
        /// How often its first call was refused.
        var refusals: Int
    }

    /// The waits before each further try of one call; when they are used up, it has failed.
    private static let waits: [Duration] = [5, 10, 20, 40, 60].map { .seconds($0) }

    private var lines: [AudienceIdentity: Line] = [:]

    /// The call that may be tried again first, and when; nil when none waits.
    var next: (place: Int, due: BootInstant)? {
        lines.values.min { ($0.due, $0.places[0]) < ($1.due, $1.places[0]) }.map { ($0.places[0], $0.due) }
    }

    /// Queues a call behind the others of its audience; false when the audience has no line.
    mutating func append(_ place: Int, of audience: AudienceIdentity) -> Bool {
        lines[audience]?.places.append(place) != nil
    }

    /// Notes that a call was refused; false when it was refused too often.
    mutating func refuse(
        _ place: Int, of audience: AudienceIdentity, retryAfter: Duration?, at now: BootInstant
    ) -> Bool {
        var line = lines[audience] ?? Line(places: [place], due: now, refusals: 0)
        guard line.refusals < Self.waits.count else { return false }
        line.due = now.advanced(by: max(Self.waits[line.refusals], min(retryAfter ?? .zero, .seconds(3600))))
        line.refusals += 1
        lines[audience] = line
        return true
    }

    /// Notes that the first call of an audience's line is over; the next one, if there is one, may go at once.
    mutating func leave(_ audience: AudienceIdentity, at now: BootInstant) {
        guard var line = lines.removeValue(forKey: audience) else { return }
        line.places.removeFirst()
        if !line.places.isEmpty { lines[audience] = Line(places: line.places, due: now, refusals: 0) }
    }

    /// The call that has waited longest for its moment, when that has come.
    func due(at now: BootInstant) -> Int? {
        next.flatMap { $0.due <= now ? $0.place : nil }
    }
}
