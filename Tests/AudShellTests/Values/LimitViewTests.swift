import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences
import Testing

/// The rate limits as a person sees them.
struct LimitViewTests {
    private let now = BootInstant(sinceBoot: .seconds(1000))

    private func status(
        _ limit: Limit?, proposed: Limit? = nil, blockedFor: Duration? = nil, holders: [CallHolder] = []
    ) -> BucketStatus {
        BucketStatus(
            bucket: .update, limit: limit, proposed: proposed,
            observedAt: Timestamp(microseconds: 1_767_225_600_000_000),
            used: 3, inFlight: 1, nextFree: now.advanced(by: .seconds(12)),
            blockedUntil: blockedFor.map { now.advanced(by: $0) }, holders: holders)
    }

    private func view(_ status: BucketStatus) -> LimitView {
        LimitView(LimitReport(buckets: [status], now: now), profile: "acme")
    }

    private func row(_ status: BucketStatus) throws -> RecordValue {
        guard case .list(let rows) = view(status).table, case .record(let row) = rows[0] else { throw NoRow() }
        return row
    }

    private struct NoRow: Error {}

    private func cell(_ record: RecordValue, _ field: String) -> String? {
        record[field].map { CellText.of($0) }
    }

    @Test func `a row says what is used, when the next call may be sent and who holds what`() throws {
        let row = try row(
            status(
                Limit(count: 10, provenance: .seedDefault),
                holders: [
                    CallHolder(process: 7, purpose: "shell", calls: 2, inFlight: 1),
                    CallHolder(process: nil, purpose: nil, calls: 1, inFlight: 0),
                ]))
        #expect(cell(row, "limit") == "10/60s")
        #expect(cell(row, "source") == "documented")
        #expect(cell(row, "used") == "3 (1 in flight)")
        #expect(cell(row, "next") == "about 12 s")
        #expect(cell(row, "held by") == "shell [7]: 2 (1 in flight), others: 1")
    }

    @Test func `a bucket without a limit says so`() throws {
        let row = try row(status(nil))
        #expect(cell(row, "limit") == "none")
        #expect(view(status(nil)).remarks == [])
    }

    @Test func `a raise is proposed with the line for the configuration`() {
        let proposed = Limit(count: 50, provenance: .observed)
        #expect(
            view(status(Limit(count: 10, provenance: .seedDefault), proposed: proposed)).remarks == [
                """
                update: the server's headers showed a limit of 50/60s (seen 2026-01-01 00:00 UTC); 10/60s is kept to. To \
                use it, write under profiles.acme.limits in config.yaml (for one run: --limits update=50/60s):
                    update: 50/60s
                """
            ])
    }

    @Test func `a lowered limit and a wait after a 429 are told`() {
        let remarks = view(status(Limit(count: 4, provenance: .observed), blockedFor: .seconds(40))).remarks
        #expect(
            remarks == [
                "update: the server refused a call (429); the next one is sent in about 40 s",
                "update: the server's headers showed a lower limit (seen 2026-01-01 00:00 UTC), so it is kept to 4/60s",
            ])
    }

    @Test func `as data it has exact times and a record for each holder`() throws {
        let report = LimitReport(
            buckets: [
                status(
                    Limit(count: 10), blockedFor: .seconds(40),
                    holders: [CallHolder(process: 7, purpose: "shell", calls: 3, inFlight: 1)])
            ], now: now)
        guard case .list(let rows) = report.value, case .record(let row) = rows[0] else { throw NoRow() }
        #expect(cell(row, "nextFree") == "12s")
        #expect(cell(row, "blocked") == "40s")
        #expect(cell(row, "source") == "configured")
        guard case .list(let holders)? = row["heldBy"], case .record(let holder) = holders[0] else { throw NoRow() }
        #expect(cell(holder, "process") == "7")
        #expect(cell(holder, "purpose") == "shell")
    }

    @Test func `a purpose cannot reach the terminal`() {
        let transcript = Transcript()
        let output = TerminalOutput(out: transcript, error: transcript, looks: .init(width: { 120 }))
        let holder = CallHolder(process: 7, purpose: "x\u{1B}[2J\u{202E}.aud", calls: 3, inFlight: 0)
        output.limits(
            LimitReport(buckets: [status(Limit(count: 10), holders: [holder])], now: now), profile: "a\u{1B}c")
        output.flush()
        #expect(transcript.text.contains("x\\u{1b}[2J") || transcript.text.contains("x\\u{1B}[2J"))
        #expect(!transcript.text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }
}
