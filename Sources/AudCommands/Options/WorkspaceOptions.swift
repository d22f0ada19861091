package import ArgumentParser

/// Which workspace a command works with, and how it gets there.
package struct WorkspaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A profile of the configuration.", valueName: "name"), completion: .profiles)
    package var profile: String?

    @Option(
        help: ArgumentHelp("The space to work in: an alias of the profile or an id.", valueName: "id"),
        completion: .spaces)
    package var space: String?

    @Option(name: .customLong("base-url"), help: ArgumentHelp("Another server than the profile's.", valueName: "url"))
    package var baseURL: String?

    @Option(help: ArgumentHelp("A file that holds the token and that only you can read.", valueName: "file"))
    package var tokenFile: String?

    @Flag(help: "Work in a simulated workspace with demo data, inside this process.")
    package var sandbox = false

    @Option(
        help: ArgumentHelp(
            "Rate limits to keep: seed, current, off, or update=10/60s,remove=20/60s.", valueName: "limits")
    )
    package var limits: String?

    @Option(help: ArgumentHelp("Write a line of JSON for each HTTP exchange; the token is masked.", valueName: "file"))
    package var trace: String?

    @Option(
        help: ArgumentHelp(
            "The database of runs, of all calls that they make, and of the shell's history.", valueName: "file")
    )
    package var state: String?

    @Option(
        help: ArgumentHelp(
            "Calls of each limit that runs leave to the shell and to other tools (default: 0).", valueName: "n")
    )
    package var keepForShell: Int?

    @Option(
        help: ArgumentHelp(
            "Change no audience while Segment still computes so many that were changed (default: any number).",
            valueName: "n")
    )
    package var editsInProgress: Int?

    package init() {}

    package func validate() throws {
        if let editsInProgress, editsInProgress < 1 { throw ValidationError("--edits-in-progress must be 1 or more") }
        if let keepForShell, keepForShell < 0 { throw ValidationError("--keep-for-shell must be 0 or more") }
        try StateOptions.check(state)
        if sandbox, baseURL != nil || profile != nil || tokenFile != nil {
            throw ValidationError("--sandbox needs no --profile, --base-url and --token-file")
        }
    }
}
