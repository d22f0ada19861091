// What a person at the prompt should know of others who use the same limits: that little is left for them.

internal import AudLanguage
internal import AudRuntime
internal import SegmentAudiences

struct LimitNotice: Sendable, Hashable {
    var bucket: Bucket
    /// The limit's.
    var window: Duration
    /// May have the text of another process in it.
    var text: String

    /// A notice for each limit of which others hold at least four fifths.
    static func all(in report: LimitReport, process: Int32) -> [LimitNotice] {
        report.buckets.compactMap { status in
            guard let limit = status.limit else { return nil }
            let others = status.holders.filter { $0.process != process }
            let held = others.reduce(0) { $0 + $1.calls }
            guard held > 0, held * 5 >= limit.count * 4 else { return nil }
            let names = others.prefix(3).map { holder in
                let purpose = holder.purpose ?? "another process"
                return holder.process.map { "\(purpose) [\($0)]" } ?? holder.purpose ?? "others"
            }
            let next = HumanTime.about(max(.zero, report.now.duration(to: status.nextFree)))
            let verb = others.count == 1 ? "holds" : "hold"
            return LimitNotice(
                bucket: status.bucket, window: limit.window,
                text: "\(names.joined(separator: ", ")) \(verb) \(held) of \(limit.count) \(status.bucket) calls; "
                    + "the next can be sent \(next == "at once" ? "" : "in ")\(next)")
        }
    }
}
