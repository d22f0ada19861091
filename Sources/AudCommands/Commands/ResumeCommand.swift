package import ArgumentParser

/// `aud resume RUN`.
package struct ResumeCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a run that was interrupted.",
        discussion: """
            First the calls that were sent and have no outcome are settled, by reading their audiences. Then the rest is \
            carried through, each call after a fresh look at its audience. Of a live run only the first is done: run its \
            script again for the rest.

            What is left was confirmed when the run began, and is sent without a question. The caps of the profile, and \
            those that are given here, hold for it.
            """
    )

    @Argument(help: ArgumentHelp("The number of the run, as `aud runs` shows it.", valueName: "run"), completion: .runs)
    package var run: Int64

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Changes")
    package var caps: CapOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
