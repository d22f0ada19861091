package import ArgumentParser

/// `aud banked [RUN]`.
package struct BankedCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "banked", abstract: "Show audiences that were written down before their removal.",
        discussion: "The formats json and ndjson have each audience whole, so that it can be made again by hand."
    )

    @Argument(help: ArgumentHelp("Only the audiences that this run removed.", valueName: "run"), completion: .runs)
    package var run: Int64?

    @OptionGroup(title: "State")
    package var state: StateOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
