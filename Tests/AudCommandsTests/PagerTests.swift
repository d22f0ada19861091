import AudShell
import Testing

@testable import AudCommands

@Suite("Which pager there is")
struct PagerTests {
    @Test(
        "AUD_PAGER, else PAGER, else less where there is one; empty and `cat` are none",
        arguments: [
            ([:], true, "less"), ([:], false, nil), (["PAGER": "more"], true, "more"),
            (["PAGER": "more", "AUD_PAGER": "less -S"], true, "less -S"),
            (["PAGER": "more", "AUD_PAGER": ""], true, nil),
            (["PAGER": " cat "], true, nil), (["PAGER": ""], true, nil),
        ] as [([String: String], Bool, String?)])
    func choice(variables: [String: String], hasLess: Bool, command: String?) {
        #expect(Pager.command(of: { variables[$0] }, isProgram: { _ in hasLess }) == command)
    }

    @Test("less is asked to leave short texts, keep colours and read UTF-8, unless the person has chosen")
    func options() {
        #expect(Pager.additions { _ in nil } == ["LESS": "FRX", "LESSCHARSET": "utf-8"])
        #expect(Pager.additions { ["LESS": "-S", "LESSCHARSET": "latin1"][$0] } == [:])
    }
}
