package import ArgumentParser

/// `aud login [PROFILE]`.
package struct LoginCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Ask for a token, check it with one read, and keep it for a profile.",
        discussion: """
            The token is typed at the terminal and not shown. It is kept in a file that only you can read, beside the \
            state database. A profile that is not in the configuration yet is added to it.
            """
    )

    @Argument(help: ArgumentHelp("The profile (default: the usual one).", valueName: "profile"), completion: .profiles)
    package var profile: String?

    @Option(help: "Where Segment keeps the workspace of a new profile: us or eu (default: us).")
    package var region: Region?

    @Option(name: .customLong("base-url"), help: ArgumentHelp("The server of a new profile.", valueName: "url"))
    package var baseURL: String?

    @Option(help: ArgumentHelp("The space that is read to check the token.", valueName: "id"))
    package var space: String?

    @OptionGroup(title: "State")
    package var state: StateOptions

    package init() {}

    package func validate() throws {
        if region != nil, baseURL != nil { throw ValidationError("choose one: --region or --base-url") }
    }
}

extension Region: ExpressibleByArgument {}
