// What the line of progress says, and that it stays one row.

import AudLanguage
import AudRuntime
import SegmentAudiences
import Testing

@testable import AudShell

struct ProgressLineTests {
    private static let start = BootInstant(nanoseconds: 0)

    private static func at(_ seconds: Int) -> BootInstant { start.advanced(by: .seconds(seconds)) }

    private static func progress(item: String = "Spring promo") -> Progress {
        Progress(
            finished: 37, total: 137, began: start, verb: .disable, item: item, waitsUntil: at(234), finish: at(822)
        )
    }

    @Test(
        "what matters least goes first when room is short",
        arguments: [
            (
                100,
                "━━━━────────────  37/137  10/min  about 10 min left  next in 12 s  disable Spring promo"
            ),
            (82, "━━━━────────────  37/137  10/min  about 10 min left  next in 12 s  disable Spr…"),
            (62, "━━━━────────────  37/137  about 10 min left  next in 12 s"),
            (52, "37/137  10/min  about 10 min left  next in 12 s"),
            (45, "37/137  about 10 min left  next in 12 s"),
            (30, "37/137  about 10 min left"),
            (20, "37/137  10/min"),
            (12, "37/137"),
            (4, ""),
        ])
    func fits(_ width: Int, _ text: String) {
        #expect(ProgressLine(Self.progress(), now: Self.at(222)).text(width: width) == text)
    }

    @Test("the line is never wider than the terminal", arguments: 1...120)
    func narrow(_ width: Int) {
        for item in ["日本語のとても長い名前のオーディエンス", "a\u{301}e\u{301}\n\u{1B}[31m", "👩‍👩‍👧‍👦 family 👩‍👩‍👧‍👦", "\u{202E}evil"] {
            let text = ProgressLine(Self.progress(item: item), now: Self.at(222)).text(width: width)
            #expect(FittedText.width(text, upTo: 1000) < width)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
        }
    }

    @Test("a live run has no total, and a wait that is over is not told")
    func live() {
        let progress = Progress(
            finished: 1, total: nil, began: Self.start, verb: .remove, item: "x", waitsUntil: Self.at(5))
        #expect(ProgressLine(progress, now: Self.at(6)).text(width: 80) == "1 change  remove x")
        #expect(ProgressLine(progress, now: Self.at(4)).sentence == "1 change, next in 1 s")
    }

    @Test("a wait for a locked audience says so")
    func locked() {
        var progress = Self.progress()
        progress.isLocked = true
        #expect(
            ProgressLine(progress, now: Self.at(222)).sentence
                == "37 of 137 changes, about 10 min left, locked, next try in 12 s")
    }

    @Test("a fast run counts by the second")
    func fast() {
        let progress = Progress(finished: 2400, total: 10_000, began: Self.start)
        #expect(ProgressLine(progress, now: Self.at(2)).text(width: 80) == "━━━─────────────  2400/10000  1200/s")
        #expect(ProgressLine(progress, now: Self.at(2)).sentence == "2400 of 10000 changes")
    }
}
