// Segment works on five audiences at once; further edits wait and stay locked meanwhile. The queue is a list of end
// times: an edit starts when fewer than the limit are still running.

struct EditQueue {
    let limit: Int?
    private var ends: [Duration] = []

    init(limit: Int?) {
        self.limit = limit
    }

    /// Takes in an edit and returns when it starts.
    mutating func enter(at now: Duration, lasting duration: Duration) -> Duration {
        guard let limit, limit > 0 else { return now }
        ends.removeAll { $0 <= now }
        // Ends never decrease along the list, since every edit lasts equally long and starts in order.
        let start = ends.count < limit ? now : ends[ends.count - limit]
        ends.append(start + duration)
        return start
    }
}
