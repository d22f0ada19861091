package import ArgumentParser

/// What a run may use. How much it may change is a cap, in `ChangeOptions`.
package struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Rounds of loops, items of stages and calls (default: 1_000_000_000).", valueName: "n"),
        transform: { try amount($0, of: .steps) }
    )
    package var maxSteps: Int?

    @Option(
        help: ArgumentHelp("Calls inside calls, up to 1_000_000 (default: 1_000).", valueName: "n"),
        transform: { try amount($0, of: .depth) }
    )
    package var maxDepth: Int?

    @Option(
        help: ArgumentHelp("Items of one list (default: 10_000_000).", valueName: "n"),
        transform: { try amount($0, of: .list) }
    )
    package var maxList: Int?

    @Option(
        help: ArgumentHelp("Bytes of one string (default: 64MB).", valueName: "size"),
        transform: { try amount($0, of: .string) }
    )
    package var maxString: Int?

    @Option(
        help: ArgumentHelp("Bytes of all values that are built, freed ones too (default: 16GB).", valueName: "size"),
        transform: { try amount($0, of: .memory) }
    )
    package var maxMemory: Int?

    @Option(
        help: ArgumentHelp("Requests to the API (default: 100_000).", valueName: "n"),
        transform: { try amount($0, of: .requests) }
    )
    package var maxRequests: Int?

    @Option(
        help: ArgumentHelp("Time for the script, and again for sending its plan (default: no end).", valueName: "time"),
        transform: { try amount($0, of: .time) }
    )
    package var maxTime: Int?

    package init() {}

    package var budget: Budget {
        var budget = Budget()
        budget[.steps] = maxSteps
        budget[.depth] = maxDepth
        budget[.list] = maxList
        budget[.string] = maxString
        budget[.memory] = maxMemory
        budget[.requests] = maxRequests
        budget[.time] = maxTime
        return budget
    }

    private static func amount(_ text: String, of item: Budget.Item) throws -> Int {
        guard let amount = item.amount(text) else { throw ValidationError("write \(item.form)") }
        return amount
    }
}
