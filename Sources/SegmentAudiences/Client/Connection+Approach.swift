// Waiting for a bucket without taking its slot, so that what must be fresh when a call is sent can be read shortly before.
// The wait is looked at again every second: an answer to another process's call may bring the free moment forward.

extension Connection {
    /// Returns when the next call of `bucket` may be sent within `lead`, and answers whether it waited for that. A moment
    /// after the deadline is not waited for: the call itself then says so.
    func approach(_ bucket: Bucket, within lead: Duration, budget: RunBudget) async throws(APIError) -> Bool {
        var told: BootInstant?
        while true {
            if Task.isCancelled { throw APIError(.cancelled, "Cancelled before the call was sent.") }
            let now = time.now()
            let free = try await ledger.nextFree(bucket)
            if now.duration(to: free) <= lead { return told != nil }
            if let deadline = budget.deadline, free > deadline { return told != nil }
            if told != free {
                told = free
                configuration.onWait?(WaitNotice(reason: .limit, bucket: bucket, until: free))
            }
            let moment = min(free.advanced(by: .zero - lead), now.advanced(by: .seconds(1)))
            do {
                try await time.sleep(until: moment)
            } catch {
                throw APIError(.cancelled, "Cancelled before the call was sent.")
            }
        }
    }
}
