// The line of progress among everything else that is written: nothing is written over it, and nothing of it stays.

import AudRuntime
import AudTesting
import SegmentAudiences
import Synchronization
import Testing

@testable import AudShell

@Suite("Progress")
struct ProgressOutputTests {
    private final class Sink: ByteSink {
        private let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
        func write(_ new: [UInt8]) -> WriteFailure? {
            bytes.withLock { $0 += new }
            return nil
        }
    }

    private let time = ManualTime()
    private let screen = Sink()

    private func output(_ style: ProgressStyle) -> TerminalOutput {
        TerminalOutput(
            out: screen, error: screen, looks: .init(width: { 40 }, errorWidth: { 40 }, progress: style), time: time)
    }

    private func progress(_ finished: Int, waits seconds: Int? = nil) -> Progress {
        Progress(
            finished: finished, total: 20, began: BootInstant(nanoseconds: 0),
            waitsUntil: seconds.map { time.now().advanced(by: .seconds($0)) })
    }

    @Test("a line that is drawn again erases itself before anything else is written, and at the end")
    func line() {
        let output = output(.line)
        output.notice(.progress(progress(1)))
        output.say("a remark")
        output.print("a value")
        output.notice(.progress(progress(2)))
        output.notice(.progress(nil))
        output.say("the end")
        let one = "\r────────────────  1/20\u{1B}[K"
        let erase = "\r\u{1B}[K"
        #expect(
            screen.text == one + erase + "a remark\n" + one + erase + "a value\n" + one
                + "\r━───────────────  2/20\u{1B}[K" + erase + "the end\n")
        #expect(!output.tellsProgress)
    }

    @Test("a line counts down while a call waits, and is left alone when nothing changes", .timeLimit(.minutes(1)))
    func countdown() async {
        let output = output(.line)
        output.notice(.progress(progress(0, waits: 3)))
        #expect(screen.text.hasSuffix("0/20  next in 3 s\u{1B}[K"))
        for left in ["2 s", "1 s"] {
            while !time.isSleptOn { await Task.yield() }
            time.advance(by: .seconds(1))
            while !screen.text.hasSuffix("0/20  next in \(left)\u{1B}[K") { await Task.yield() }
        }
        let before = screen.text
        output.notice(.progress(progress(0, waits: 1)))
        #expect(screen.text == before)
        output.notice(.progress(nil))
        #expect(screen.text == before + "\r\u{1B}[K")
        while !time.isSleptOn { await Task.yield() }
        time.advance(by: .seconds(1))
        #expect(screen.text == before + "\r\u{1B}[K")
    }

    @Test("a log gets a sentence once a minute")
    func sentences() {
        let output = output(.sentences)
        for second in 0..<150 {
            output.notice(.progress(progress(second / 10)))
            time.advance(by: .seconds(1))
        }
        output.notice(.progress(nil))
        #expect(screen.text == "6 of 20 changes\n12 of 20 changes\n")
    }

    @Test("quiet is quiet, and a terminal that cannot move gets sentences")
    func styles() {
        let output = output(.silent)
        output.notice(.progress(progress(1)))
        #expect(screen.text == "")
        #expect(!output.tellsProgress)
        #expect(ProgressStyle.of(terminal: true, isQuiet: false, term: "xterm") == .line)
        #expect(ProgressStyle.of(terminal: true, isQuiet: false, term: "dumb") == .sentences)
        #expect(ProgressStyle.of(terminal: true, isQuiet: false, term: nil) == .sentences)
        #expect(ProgressStyle.of(terminal: false, isQuiet: false, term: "xterm") == .sentences)
        #expect(ProgressStyle.of(terminal: true, isQuiet: true, term: "xterm") == .silent)
    }
}
