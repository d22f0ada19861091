package import SegmentAudiences

/// What `--limits` takes: the name of a set (`seed`, `current`, `off`) or single limits, `update=10/60s,remove=20/60s`.
package enum LimitsText: Sendable, Equatable {
    /// All limits of that name.
    case named(Name)
    /// These limits replace those of the profile; the others stay.
    case some([Bucket: Limit])

    package enum Name: String, Sendable, CaseIterable {
        case seed, current, off

        package var limits: LimitSet {
            switch self {
            case .seed: .seed
            case .current: .current
            case .off: .unlimited
            }
        }
    }

    /// What a message says about the form of one limit.
    package static let form = "calls/window, such as 10/60s"

    package init(_ text: String) throws(CommandError) {
        if let name = Name(rawValue: text) {
            self = .named(name)
            return
        }
        var limits: [Bucket: Limit] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, let bucket = Profile.buckets.first(where: { $0.rawValue == sides[0] }) else {
                let names = Profile.buckets.map(\.rawValue).joined(separator: ", ")
                throw CommandError(
                    "cannot read --limits \(Shown.quoted(text))",
                    help: "write seed, current, off, or single limits such as update=10/60s (there are \(names))"
                )
            }
            guard let limit = Limit(sides[1], provenance: .profile) else {
                throw CommandError("the limit of \(bucket) must be \(Self.form), not \(Shown.quoted(sides[1]))")
            }
            limits[bucket] = limit
        }
        self = .some(limits)
    }

    /// The limits that hold, where `base` holds otherwise.
    package func over(_ base: LimitSet) -> LimitSet {
        switch self {
        case .named(let name): return name.limits
        case .some(let limits):
            var result = base
            for (bucket, limit) in limits { result[bucket] = limit }
            return result
        }
    }
}
