package import ArgumentParser

/// `aud limits`.
package struct LimitsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "Show the rate limits, what is used of them and by which process.",
        discussion: """
            Reads what all runs on this machine have noted for the workspace's host and token. No request is sent.
            """
    )

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
