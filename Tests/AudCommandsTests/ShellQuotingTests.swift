import AudCommands
import Testing

/// A command that aud prints can be copied into a shell and means the same arguments.
@Suite struct ShellQuotingTests {
    @Test(arguments: [
        ("aud", "aud"),
        ("scripts/examples/stale.aud", "scripts/examples/stale.aud"),
        ("days=90", "days=90"),
        ("", "''"),
        ("two words", "'two words'"),
        ("it's", "'it'\\''s'"),
        ("$HOME; rm -rf *", "'$HOME; rm -rf *'"),
        ("Été 🎉", "'Été 🎉'"),
        ("bell\u{7}", "$'bell\\007'"),
        ("esc\u{1B}[2J'", "$'esc\\033[2J\\''"),
        ("right\u{202E}left", "$'right\\342\\200\\256left'"),
        ("back\\slash\n", "$'back\\\\slash\\012'"),
    ])
    func quotes(argument: String, expected: String) {
        #expect(ShellQuoting.quote(argument) == expected)
    }

    @Test func theRerunCommandKeepsEveryArgumentAndChangesTheMode() {
        let run = RerunCommand(
            arguments: ["aud", "run", "my file.aud", "--dry-run", "--set", "days=90"], source: .file("my file.aud"))
        #expect(run.text(mode: "--apply") == "aud run 'my file.aud' --set days=90 --apply")
    }

    @Test func aTextThatLooksLikeAModeIsKept() {
        let run = RerunCommand(arguments: ["aud", "-e", "--live"], source: .text("--live"))
        #expect(run.text(mode: "--apply") == "aud -e --live --apply")
    }

    @Test func standardInputMustBeGivenAgain() {
        let run = RerunCommand(arguments: ["aud", "--sandbox"], source: .standardInput)
        #expect(run.text(mode: "--apply") == "aud --sandbox --apply (with the same script)")
    }
}
