// What errors advise at a prompt, where options of the command line are no use.

import AudLanguage
import Testing

@testable import AudShell

@Suite("Advice at a prompt")
struct AdviceTests {
    @Test(arguments: [
        (
            "allow it more time with --max-time, or do less in one run",
            "allow it more time with `:set max-time`, or do less in one run"
        ),
        ("raise the limit with --max-list", "raise the limit with --max-list when you start aud"),
        ("run it at a terminal, or with --yes", "run it at a terminal, or with --yes when you start aud"),
        (
            "start aud with --max-removes 2: `:set` raises no cap above the profile's 1",
            "start aud with --max-removes 2: `:set` raises no cap above the profile's 1"
        ),
        ("raise the cap with `:set max-changes 6`", "raise the cap with `:set max-changes 6`"),
    ])
    func advice(_ help: String, atPrompt: String) {
        #expect(RuntimeError(.badArgument, .value, "no", help: help).atPrompt.help == atPrompt)
    }

    @Test("the shell gives it")
    func shown() async {
        let text = await ShellBench().run(["padStart(\"x\", 100000000000)"]).transcript
        #expect(text.contains("--max-string when you start aud"), "\(text)")
    }
}
