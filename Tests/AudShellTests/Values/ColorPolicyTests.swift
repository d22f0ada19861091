import AudShell
import Testing

@Suite("Colours")
struct ColorPolicyTests {
    @Test(
        "auto colours a terminal, unless NO_COLOR or a dumb terminal says otherwise",
        arguments: [
            (ColorPolicy.auto, true, ["TERM": "xterm"], true),
            (.auto, false, ["TERM": "xterm"], false),
            (.auto, true, ["TERM": "dumb"], false),
            (.auto, true, ["TERM": "xterm", "NO_COLOR": "1"], false),
            (.auto, true, ["TERM": "xterm", "NO_COLOR": ""], true),
            (.auto, true, [:], false),
            (.always, false, ["NO_COLOR": "1"], true),
            (.never, true, ["TERM": "xterm"], false),
        ])
    func policy(_ policy: ColorPolicy, terminal: Bool, environment: [String: String], isColored: Bool) {
        #expect(policy.isColored(terminal: terminal, environment: environment) == isColored)
    }
}
