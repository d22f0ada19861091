// The rate limits for a person: a row for each bucket, then what is out of the ordinary. The texts are for `TerminalOutput`,
// which escapes them: the purpose of another process is anybody's text.

package import AudLanguage
package import AudRuntime
internal import SegmentAudiences

package struct LimitView: Sendable {
    private let report: LimitReport
    private let profile: String

    /// - Parameter profile: the one under which a limit is configured.
    package init(_ report: LimitReport, profile: String) {
        self.report = report
        self.profile = profile
    }

    /// A record for each bucket, to be shown as a table.
    package var table: Value {
        .list(
            ListValue(
                report.buckets.map { status in
                    .record(
                        RecordValue([
                            ("bucket", .string(status.bucket.rawValue)),
                            ("limit", .string(status.limit?.description ?? "none")),
                            ("source", .string(status.limit?.provenance.word ?? "")),
                            ("used", .string(used(status.used, status.inFlight))),
                            ("idle", .string(status.idle.map(String.init) ?? "")),
                            ("next", .string(HumanTime.about(wait(until: status.nextFree)))),
                            ("held by", .string(status.holders.map(holder).joined(separator: ", "))),
                        ]))
                }))
    }

    /// A sentence for each thing that a person may have to know or to decide.
    package var remarks: [String] {
        report.buckets.flatMap { status in
            [blocked(status), lowered(status), proposal(status)].compactMap(\.self)
        }
    }

    private func blocked(_ status: BucketStatus) -> String? {
        status.blockedUntil.map {
            "\(status.bucket): the server refused a call (429); the next one is sent "
                + (wait(until: $0) > .seconds(1) ? "in " : "") + HumanTime.about(wait(until: $0))
        }
    }

    private func lowered(_ status: BucketStatus) -> String? {
        guard let limit = status.limit, limit.provenance == .observed else { return nil }
        return "\(status.bucket): the server's headers showed a lower limit\(when(status)), so it is kept to \(limit)"
    }

    private func proposal(_ status: BucketStatus) -> String? {
        guard let limit = status.limit, let proposed = status.proposed else { return nil }
        return """
            \(status.bucket): the server's headers showed a limit of \(proposed)\(when(status)); \(limit) is kept to. \
            To use it, write under profiles.\(profile).limits in config.yaml (for one run: \
            --limits \(status.bucket)=\(proposed)):
                \(status.bucket): \(proposed)
            """
    }

    private func when(_ status: BucketStatus) -> String {
        status.observedAt.map { " (seen \(HumanTime.minute($0.microseconds)))" } ?? ""
    }

    private func holder(_ holder: CallHolder) -> String {
        let name: String =
            switch (holder.process, holder.purpose) {
            case (let process?, let purpose): "\(purpose ?? "process") [\(process)]"
            case (nil, let purpose?): purpose
            case (nil, nil): "others"
            }
        return "\(name): \(used(holder.calls, holder.inFlight))"
    }

    private func used(_ calls: Int, _ inFlight: Int) -> String {
        inFlight > 0 ? "\(calls) (\(inFlight) in flight)" : "\(calls)"
    }

    private func wait(until moment: BootInstant) -> Duration {
        max(.zero, report.now.duration(to: moment))
    }
}
