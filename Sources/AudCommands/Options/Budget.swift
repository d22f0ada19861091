import AudLanguage
package import AudRuntime

/// What one run may use, as far as somebody has said: the options of the group "Limits" and the `budget` of a profile.
/// What nobody has said stays as the language and the session have it.
package struct Budget: Sendable, Equatable {
    /// The limits of a run; the raw value is the key in a profile and, behind `--max-`, the option.
    package enum Item: String, Sendable, CaseIterable {
        case steps, depth, list, string, memory, requests, time

        /// What a message says about the form.
        package var form: String {
            switch self {
            case .depth: "a whole number up to 1_000_000"
            case .steps, .list, .requests: "a whole number such as 500 or 2_000_000"
            case .string, .memory: ByteSizeText.form
            case .time: DurationText.form
            }
        }

        /// The most that can be said: each call takes a few hundred bytes, which no limit of memory counts, and the other
        /// sums of the machine never overflow below theirs.
        private var most: Int { self == .depth ? 1_000_000 : 1 << 50 }

        /// The number that a text stands for: a count, bytes, or milliseconds. nil when it is none.
        func amount(_ text: String) -> Int? {
            let amount: Int? =
                switch self {
                case .steps, .depth, .list, .requests: Int(text.filter { $0 != "_" })
                case .string, .memory: ByteSizeText.parse(text)
                case .time: DurationText.parse(text).map { Int($0 / .milliseconds(1)) }
                }
            guard let amount, amount >= (self == .time ? 1 : 0), amount <= most else { return nil }
            return amount
        }
    }

    private var amounts: [Item: Int] = [:]

    package init() {}

    package subscript(item: Item) -> Int? {
        get { amounts[item] }
        set { amounts[item] = newValue }
    }

    /// The longest that a run may take.
    package var time: Duration? { self[.time].map { .milliseconds($0) } }

    /// This budget, and `other` for what it does not say.
    package func over(_ other: Budget) -> Budget {
        var result = other
        result.amounts.merge(amounts) { $1 }
        return result
    }

    package func apply(to options: inout SessionOptions) {
        for (item, amount) in amounts {
            switch item {
            case .steps: options.limits.steps = amount
            case .depth: options.limits.callDepth = amount
            case .list: options.limits.listLength = amount
            case .string: options.limits.stringBytes = amount
            case .memory: options.limits.allocation = amount
            case .requests: options.limits.requests = amount
            case .time: options.wallTime = .milliseconds(amount)
            }
        }
    }
}
