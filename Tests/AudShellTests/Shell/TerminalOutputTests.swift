import AudLanguage
import AudShell
import Synchronization
import Testing

@testable import AudRuntime

@Suite("Output")
struct TerminalOutputTests {
    /// Takes bytes until it has had enough.
    private final class Sink: ByteSink {
        private let state = Mutex<(pieces: [String], failure: WriteFailure?)>(([], nil))

        var pieces: [String] { state.withLock { $0.pieces } }
        var text: String { pieces.joined() }

        func fail(with failure: WriteFailure) { state.withLock { $0.failure = failure } }

        func write(_ bytes: [UInt8]) -> WriteFailure? {
            state.withLock { state in
                if let failure = state.failure { return failure }
                state.pieces.append(String(decoding: bytes, as: UTF8.self))
                return nil
            }
        }
    }

    private let out = Sink()
    private let error = Sink()

    @Test("values go to standard output, everything else to standard error, in the order in which it was said")
    func order() {
        let both = Sink()
        let output = TerminalOutput(out: both, error: both)
        output.print("one")
        output.notice(.incompleteListing("two"))
        output.show(.int(3), as: nil, statement: true)
        output.say("four")
        #expect(both.text == "one\n! two\n3\nfour\n")
    }

    @Test("sentences break between words where standard error is a narrow terminal")
    func fitted() {
        let output = TerminalOutput(
            out: out, error: error, looks: .init(errorWidth: { 20 }, errorTheme: Theme(isColored: true)))
        output.say(error: "there is no room left on the disk", help: "remove what nobody\nneeds any more")
        output.remark("Dry run: changes are staged")
        // Code stays in one piece.
        output.remark("or `list() | count` then")
        #expect(
            error.text.replacing(/\u{1B}\[[0-9;]*m/, with: "") == """
                error: there is no
                room left on the
                disk
                help: remove what
                nobody
                needs any more
                Dry run: changes are
                staged
                or `list() | count`
                then

                """)
    }

    @Test("what a script prints stands among values for people, and beside data", arguments: OutputFormat.allCases)
    func printing(format: OutputFormat) {
        let output = TerminalOutput(out: out, error: error, format: format)
        output.print("11 \u{9B} stale")
        output.write(line: "own")
        output.flush()
        let isData = format != .table
        #expect(out.text == (isData ? "own\n" : "11 \\u{9b} stale\nown\n"))
        #expect(error.text == (isData ? "11 \\u{9b} stale\n" : ""))
    }

    @Test("text of others cannot act on the terminal")
    func escapes() {
        let output = TerminalOutput(out: out, error: error)
        output.print("a\tb\nc\u{1B}[2J")
        output.notice(.incompleteListing("\u{202E}evil"))
        output.remark("wait \u{9B}")
        output.flush()
        #expect(out.text == "a\tb\nc\\u{1b}[2J\n")
        #expect(error.text == "! \\u{202e}evil\nwait \\u{9b}\n")
    }

    @Test("a pipe gets lines in pieces, and at once after a pause")
    func buffering() {
        let clock = ManualTime()
        let output = TerminalOutput(out: out, error: error, time: clock)
        output.print("first")
        #expect(out.pieces == ["first\n"])
        output.print("second")
        output.print("third")
        #expect(out.pieces.count == 1)
        clock.advance(by: .milliseconds(150))
        output.print("fourth")
        #expect(out.pieces == ["first\n", "second\nthird\nfourth\n"])
        for _ in 0..<2000 { output.print(String(repeating: "x", count: 100)) }
        output.flush()
        #expect(out.pieces.count == 6)
        #expect(out.text.utf8.count == 26 + 2000 * 101)
    }

    @Test("a terminal gets each line at once")
    func terminal() {
        let output = TerminalOutput(out: out, error: error, looks: .init(width: { 80 }))
        output.print("a")
        output.print("b")
        #expect(out.pieces == ["a\n", "b\n"])
    }

    @Test("a closed pipe ends the output quietly, and is told once")
    func closedPipe() {
        let told = Mutex<[WriteFailure]>([])
        let output = TerminalOutput(out: out, error: error)
        output.onFailure { failure in told.withLock { $0.append(failure) } }
        out.fail(with: .closedPipe)
        for _ in 0..<10 {
            output.print("x")
            output.flush()
        }
        #expect(output.failure == .closedPipe)
        #expect(told.withLock { $0 } == [.closedPipe])
        #expect(error.text == "")
    }

    @Test("a value that has no form in a format is an error on standard error, and is counted")
    func refusal() {
        let output = TerminalOutput(out: out, error: error, format: .ids)
        output.show(.int(1), as: nil, statement: true)
        output.show(.int(1), as: "tabel", statement: false)
        output.show(.int(1), as: "json", statement: false)
        output.flush()
        #expect(output.refusals == 2)
        #expect(out.text == "1\n")
        #expect(error.text.contains("did you mean `table`?"))
    }

    @Test("a secret is masked on both streams")
    func redaction() {
        let output = TerminalOutput(out: out, error: error, redact: { $0.replacing("s3cret", with: "***") })
        output.print("token s3cret")
        output.say("token s3cret")
        #expect(out.text == "token ***\n")
        #expect(error.text == "token ***\n")
    }
}
