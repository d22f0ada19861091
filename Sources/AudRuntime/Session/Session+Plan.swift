// What a session says of its plan and of the limits before anything is sent.

public import AudLanguage
internal import SegmentAudiences

extension Session {
    /// Drops the staged calls and forgives the incomplete reads of the session. Answers how many calls there were.
    @discardableResult
    public func discard() async -> Int {
        guard !isRunning else { return 0 }
        let count = plan.count
        plan = await dry.keep()
        incomplete = []
        return count
    }

    /// What the plan costs at what is left of the limits now.
    public func bill() async throws(RuntimeError) -> Bill {
        let connection = try await connector.connection()
        do {
            var bill = try await plan.bill(
                ledger: connection.ledger, now: time.wallNow(), others: callsOfOthers(besides: nil)
            )
            bill.editsInProgress = options.editsInProgress
            return bill
        } catch {
            throw RuntimeError(error)
        }
    }

    /// What other runs of this machine have still to send there; nothing when that cannot be read, as it is an estimate.
    func callsOfOthers(besides run: Int64?) -> [Bucket: Int] {
        guard let state, origin.isKept else { return [:] }
        return (try? state.callsLeft(at: origin.host, besides: run)) ?? [:]
    }

    /// The rate limits and what is used of them now. Opens the workspace and sends no request.
    public func limitReport() async throws(RuntimeError) -> LimitReport {
        let connection = try await connector.connection()
        do {
            let buckets = try await connection.ledger.snapshot()
            return LimitReport(buckets: buckets, now: time.now())
        } catch {
            throw RuntimeError(error)
        }
    }

    /// The same when the workspace is open already; nil when it is not, or when its limits cannot be read now. For looks
    /// that nobody asked for: no token is asked for, and nothing fails.
    package func limitReportIfOpen() async -> LimitReport? {
        guard let connection = await connector.current, let buckets = try? await connection.ledger.snapshot() else {
            return nil
        }
        return LimitReport(buckets: buckets, now: time.now())
    }
}
