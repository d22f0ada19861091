package import ArgumentParser

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Which state file a command reads that needs no workspace.
package struct StateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The database of runs.", valueName: "file"))
    package var state: String?

    package init() {}

    package func validate() throws { try Self.check(state) }

    /// Refuses what cannot be the name of a state file.
    static func check(_ state: String?) throws {
        guard let state else { return }
        if state.isEmpty { throw ValidationError("--state needs the name of a file") }
        if state.contains("://") {
            throw ValidationError("--state takes a file: a state in a database server is not supported")
        }
    }

    /// Refuses a file that was named and is not there: who only reads would take an empty file for the right one.
    func checkThatItIsThere() throws(CommandError) {
        try Self.checkThatItIsThere(state)
    }

    static func checkThatItIsThere(_ state: String?) throws(CommandError) {
        guard let state, !isThere(state) else { return }
        throw CommandError(
            "there is no state file at \(Shown.path(state))",
            help: "look at the spelling; the usual file is used without --state")
    }

    /// What stands in the way of a look is found out by whoever opens the file.
    static func isThere(_ path: String) -> Bool {
        access(path, F_OK) == 0 || errno != ENOENT
    }
}
