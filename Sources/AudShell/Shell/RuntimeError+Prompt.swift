// What an error advises, for somebody at a prompt: an option of the command line is no use there.

internal import AudLanguage

extension RuntimeError {
    /// The error with advice that can be followed at a prompt: what `:set` can change is named so, and of other options it
    /// is said when they are given.
    var atPrompt: RuntimeError {
        guard var help, !help.contains("start aud") else { return self }
        help = help.replacing("with --max-time", with: "with `:set max-time`")
        if help.contains(" --") { help += " when you start aud" }
        var error = self
        error.help = help
        return error
    }
}
