package import ArgumentParser

/// Which state file a command reads that needs no workspace.
package struct StateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The database of runs.", valueName: "file"))
    package var state: String?

    package init() {}

    package func validate() throws {
        if state?.isEmpty == true { throw ValidationError("--state needs the name of a file") }
    }
}
