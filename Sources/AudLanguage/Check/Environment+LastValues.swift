extension Environment {
    /// How many values before the last one a prompt keeps: `_1` is the one before `_`, `_9` the oldest. All of them stay
    /// in memory.
    package static let earlierValues = 9

    /// Declares `_` and the names of the values before it, in registers that follow each other. Answers the first.
    package mutating func declareLastValues() -> Int {
        let first = globalCount
        for place in 0...Self.earlierValues {
            let name = Self.lastValue(before: place)
            variables.append(
                Variable(name: name, owner: 0, isMutable: false, global: globalCount, order: 0))
            names[name] = .variable(variables.count - 1)
            globalCount += 1
        }
        return first
    }

    /// What a prompt calls the value that has so many behind it.
    package static func lastValue(before place: Int) -> String { place == 0 ? "_" : "_\(place)" }
}
