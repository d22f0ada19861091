/// To how many items a change can come, as far as the text says: a product of what bounds the lists and loops around it.
/// It errs to one side: where the text does not say it, there is no cap.
package struct EffectCap: Sendable, Hashable {
    enum Factor: Sendable, Hashable {
        case number(Int)
        /// An operand of `at most` or `take` that the run works out, as it is written.
        case written(String)
        /// As many as the caller gives for this parameter.
        case parameter(Int)
        case unbounded
    }

    private(set) var factors: [Factor]

    private init(_ factors: [Factor]) { self.factors = factors }

    static let one = EffectCap([])
    static let unbounded = EffectCap([.unbounded])
    static func number(_ count: Int) -> EffectCap { EffectCap(count == 1 ? [] : [.number(count)]) }
    static func written(_ text: String) -> EffectCap { EffectCap([.written(text)]) }
    static func parameter(_ variable: Int) -> EffectCap { EffectCap([.parameter(variable)]) }

    package var isUnbounded: Bool { factors.contains(.unbounded) }

    /// What a change comes to that is asked for once for each of these.
    func times(_ inner: EffectCap) -> EffectCap {
        if isUnbounded || inner.isUnbounded { return .unbounded }
        var number = 1
        var others: [Factor] = []
        for factor in factors + inner.factors {
            guard case .number(let count) = factor else {
                others.append(factor)
                continue
            }
            let (product, overflows) = number.multipliedReportingOverflow(by: count)
            if overflows { return .unbounded }
            number = product
        }
        // A loop with a loop inside, again and again: the text would say no more than that.
        return others.count > 4 ? .unbounded : EffectCap(EffectCap.number(number).factors + others)
    }

    /// The same with at most so many items.
    func limited(to limit: EffectCap) -> EffectCap {
        if factors.isEmpty { return self }
        if let mine = number, let theirs = limit.number { return .number(min(mine, theirs)) }
        return limit
    }

    /// The larger of two; none when they cannot be compared. A written operand may be 0, so it is not the larger one even
    /// beside one item.
    func joined(with other: EffectCap) -> EffectCap {
        if self == other { return self }
        guard let mine = number, let theirs = other.number else { return .unbounded }
        return .number(max(mine, theirs))
    }

    /// What two changes come to that are both made; none when a sum has no short text.
    func plus(_ other: EffectCap) -> EffectCap {
        guard let mine = number, let theirs = other.number else { return .unbounded }
        let (sum, overflows) = mine.addingReportingOverflow(theirs)
        return overflows ? .unbounded : .number(sum)
    }

    /// With the caps of the arguments in place of the parameters.
    func substituting(_ arguments: [Int: EffectCap]) -> EffectCap {
        factors.reduce(.one) { product, factor in
            guard case .parameter(let variable) = factor else { return product.times(EffectCap([factor])) }
            return product.times(arguments[variable] ?? .unbounded)
        }
    }

    /// The cap, when it is a plain number.
    private var number: Int? {
        if factors.isEmpty { return 1 }
        guard factors.count == 1, case .number(let count) = factors[0] else { return nil }
        return count
    }

    /// `one`, `at most 40`, `at most cap × 2`, `as many as it is given`, `no cap`.
    package var text: String {
        if isUnbounded { return "no cap" }
        var parts: [String] = []
        for factor in factors {
            switch factor {
            case .number(let count): parts.append(String(count))
            case .written(let text): parts.append(text)
            case .parameter: if factors.count > 1 { parts.append("what it is given") }
            case .unbounded: break
            }
        }
        if factors.isEmpty { return "one" }
        return parts.isEmpty ? "as many as it is given" : "at most \(parts.joined(separator: " × "))"
    }
}
