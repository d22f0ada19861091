// One line that says how far the sending has come: `━━━━────── 37/137  10/min  about 10 min left  next in 12 s  disable
// Spring promo`. Invariant: it never takes more columns than there are, so that it stays one row; what matters least
// goes first when room is short.

internal import AudLanguage
package import AudRuntime
package import SegmentAudiences

package struct ProgressLine: Sendable {
    private let progress: Progress
    private let now: BootInstant

    private static let gap = 2
    private static let barWidth = 16
    /// A name cut shorter than this says nothing.
    private static let leastItem = 8

    package init(_ progress: Progress, now: BootInstant) {
        self.progress = progress
        self.now = now
    }

    /// The line for a terminal of so many columns; it takes at most three less, so that the cursor stays in the row, also
    /// behind the `^C` that the terminal shows.
    package func text(width: Int, theme: Theme = .plain) -> String {
        var room = max(0, width - 3)
        // By importance: each part is taken when it still fits.
        func take(_ text: String?) -> String? {
            guard let text, !text.isEmpty else { return nil }
            let columns = FittedText.width(text, upTo: room + 1) + Self.gap
            guard columns <= room + Self.gap else { return nil }
            room -= columns
            return text
        }
        let count = take(count)
        let left = take(left)
        let next = take(next)
        let bar = progress.total == nil ? nil : take(bar)
        let rate = take(rate)
        var item: String?
        if let whole = self.item, room >= Self.leastItem { item = FittedText.cut(whole, to: room).text }
        let parts = [
            bar.map(theme.good), count, rate.map(theme.faint), left, next, item.map(theme.faint),
        ]
        return parts.compactMap(\.self).joined(separator: String(repeating: " ", count: Self.gap))
    }

    /// The same as a sentence, for what is not a terminal.
    package var sentence: String {
        let done =
            progress.total.map { "\(progress.finished) of \(counted($0, "change"))" }
            ?? counted(progress.finished, "change")
        return ([done] + [left, next].compactMap(\.self)).joined(separator: ", ")
    }

    private var count: String {
        progress.total.map { "\(progress.finished)/\($0)" } ?? counted(progress.finished, "change")
    }

    private var left: String? {
        guard let finish = progress.finish else { return nil }
        let left = now.duration(to: finish)
        return left > .seconds(1) ? "\(HumanTime.about(left)) left" : nil
    }

    private var next: String? {
        if let edits = progress.editsInProgress { return "waits for \(counted(edits, "edit")) in progress" }
        guard let moment = progress.waitsUntil, moment > now else { return nil }
        let seconds = (now.duration(to: moment) / .seconds(1)).rounded(.up)
        return progress.isLocked ? "locked, next try in \(Int(seconds)) s" : "next in \(Int(seconds)) s"
    }

    private var bar: String {
        let total = max(progress.total ?? 0, 1)
        let full = min(Self.barWidth, progress.finished * Self.barWidth / total)
        return String(repeating: "━", count: full) + String(repeating: "─", count: Self.barWidth - full)
    }

    /// Calls per minute, or per second when there are many; none before there is something to measure.
    private var rate: String? {
        let elapsed = progress.began.duration(to: now) / .seconds(1)
        // What a fresh limit lets through at once says nothing about the pace.
        guard elapsed >= 10 || progress.finished >= 500 && elapsed >= 1 else { return nil }
        let perSecond = Double(progress.finished) / elapsed
        guard perSecond > 0 else { return nil }
        return perSecond >= 10
            ? "\(Int(perSecond.rounded()))/s" : "\(max(1, Int((perSecond * 60).rounded())))/min"
    }

    private var item: String? {
        guard let item = progress.item else { return nil }
        let name = TerminalText.escaped(item)
        return progress.verb.map { "\($0.rawValue) \(name)" } ?? name
    }
}
