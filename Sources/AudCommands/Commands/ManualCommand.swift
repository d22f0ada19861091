package import ArgumentParser

/// `aud manual`.
package struct ManualCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual page.",
        discussion: "To install it: aud manual > ~/.local/share/man/man1/aud.1"
    )

    package init() {}
}
