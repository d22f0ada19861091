package import ArgumentParser

/// How much may change, and whether a person is asked.
package struct ChangeOptions: ParsableArguments {
    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Send without asking; removals then need a cap.")
    package var yes = false

    @OptionGroup
    package var caps: CapOptions

    @Flag(help: "Leave an audience alone when its updatedAt is newer than the plan knows, whatever else holds.")
    package var strictDrift = false

    @Flag(help: "Change something even though a listing was incomplete.")
    package var allowIncomplete = false

    package init() {}

    /// What a command that sends nothing comes to.
    package init(caps: CapOptions, allowIncomplete: Bool) {
        // The argument parser wants every property of what it does not read itself.
        yes = false
        strictDrift = false
        self.caps = caps
        self.allowIncomplete = allowIncomplete
    }
}
