package import ArgumentParser

/// How much may change at once.
package struct CapOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Refuse to change more audiences than this (default: 100).", valueName: "n"))
    package var maxChanges: Int?

    @Option(help: ArgumentHelp("Refuse to remove more audiences than this.", valueName: "n"))
    package var maxRemoves: Int?

    @Option(help: ArgumentHelp("Refuse to change more of each hundred audiences of a space.", valueName: "p"))
    package var maxPercent: Int?

    @Option(
        help: ArgumentHelp(
            "Refuse removals that break more audiences than this, because they refer to a removed one.", valueName: "n")
    )
    package var maxBroken: Int?

    package init() {}

    package func validate() throws {
        let numbers = [
            ("--max-changes", maxChanges), ("--max-removes", maxRemoves), ("--max-percent", maxPercent),
            ("--max-broken", maxBroken),
        ]
        for (name, value) in numbers {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more, not \(value)") }
        }
        if let maxPercent, maxPercent > 100 { throw ValidationError("--max-percent must be 100 or less") }
    }
}
