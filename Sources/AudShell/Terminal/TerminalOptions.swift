// Where the terminal is and what it is like.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

package struct TerminalOptions: Sendable {
    let input: Descriptor
    /// Prompts are drawn here; values go to standard output and can be piped.
    let output: Descriptor
    /// Whether a person is there: both ends are terminals.
    let hasPerson: Bool
    /// Whether lines are edited: the terminals know how to move a cursor.
    let isEditing: Bool
    let isColored: Bool
    let reflows: Bool

    /// Standard input and standard error, as the environment describes them.
    package static var standard: TerminalOptions {
        let input = Descriptor.standardInput
        let output = Descriptor.standardError
        let name = variable("TERM") ?? ""
        let hasPerson = input.isTerminal && output.isTerminal
        return TerminalOptions(
            input: input,
            output: output,
            hasPerson: hasPerson,
            isEditing: hasPerson && !["", "dumb"].contains(name),
            isColored: (variable("NO_COLOR") ?? "").isEmpty,
            reflows: Self.reflows(name))
    }

    /// With and without colours; `--color` decides over `NO_COLOR`.
    package func colored(_ isColored: Bool) -> TerminalOptions {
        TerminalOptions(
            input: input, output: output, hasPerson: hasPerson, isEditing: isEditing, isColored: isColored,
            reflows: reflows)
    }

    /// Terminals known not to break rows anew when they get narrower. Where a terminal does not, counting the broken
    /// rows would erase a line of earlier output; where it does, not counting leaves stale rows.
    private static func reflows(_ name: String) -> Bool {
        if variable("XTERM_VERSION") != nil || name == "linux" || name.hasPrefix("rxvt") { return false }
        return !name.hasPrefix("screen") || variable("TMUX") != nil
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
