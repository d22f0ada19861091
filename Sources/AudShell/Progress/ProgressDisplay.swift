// The state of what is shown of progress. Invariant: the line that is on the screen is the one that is remembered here, so
// that it can be erased before anything else is written, and is not written again when it would look the same.

internal import AudRuntime
internal import SegmentAudiences

struct ProgressDisplay: Sendable {
    var current: Progress?
    private var shown = ""
    private var isTicking = false
    private var told: BootInstant?

    /// A log gets a sentence no more often than this.
    private static let pause = Duration.seconds(60)
    private static let erase = "\r\u{1B}[K"

    var isShown: Bool { !shown.isEmpty }

    /// What takes the line from the screen; empty when there is none.
    var erasure: String {
        mutating get {
            defer { shown = "" }
            return shown.isEmpty ? "" : Self.erase
        }
    }

    /// What brings the line up to date.
    mutating func redrawn(width: Int, theme: Theme, now: BootInstant) -> String {
        guard let current else { return "" }
        let text = ProgressLine(current, now: now).text(width: width, theme: theme)
        guard text != shown else { return "" }
        shown = text
        return "\r" + text + "\u{1B}[K"
    }

    /// The sentence that is due, if one is: the first a pause after the beginning.
    mutating func sentence(of progress: Progress?, now: BootInstant) -> String? {
        current = progress
        guard let progress, (told ?? progress.began).duration(to: now) >= Self.pause else { return nil }
        told = now
        return ProgressLine(progress, now: now).sentence
    }

    /// Whether somebody has to begin to count down.
    mutating func beginTicking() -> Bool {
        guard current != nil, !isTicking else { return false }
        isTicking = true
        return true
    }

    /// Whether there is still something to count down.
    mutating func keepsTicking() -> Bool {
        isTicking = current != nil
        return isTicking
    }
}
