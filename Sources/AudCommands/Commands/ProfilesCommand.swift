package import ArgumentParser

/// `aud profiles`.
package struct ProfilesCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "List the profiles: where each works, what it may do, and where its token comes from.",
        discussion: "No token is read, and no request is sent."
    )

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
