package import ArgumentParser

/// `aud logout [PROFILE]`.
package struct LogoutCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "Forget the token that login has kept for a profile.",
        discussion: "The profile stays in the configuration. The token is still valid: revoke it in Segment's settings."
    )

    @Argument(help: ArgumentHelp("The profile (default: the usual one).", valueName: "profile"), completion: .profiles)
    package var profile: String?

    package init() {}
}
