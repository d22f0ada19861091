package import ArgumentParser

/// `aud sandbox`.
package struct SandboxCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "A simulated Segment workspace.", subcommands: [SandboxServeCommand.self]
    )

    package init() {}
}

/// `aud sandbox serve`.
package struct SandboxServeCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve a simulated workspace on this machine until ^C."
    )

    @OptionGroup
    package var switches: SandboxSwitches

    package init() {}
}
