// Everything that a session has to say, on its way out: values to standard output, notices and reports to standard error.
// What a script prints goes with the values, unless they are data.
//
// Invariant: what is written to the two streams appears in the order in which it was said, for standard output is
// flushed before anything goes to standard error. After the first failed write nothing more is written to standard
// output, and `failure` says why.

package import AudLanguage
package import AudRuntime
package import SegmentAudiences
internal import Synchronization

package final class TerminalOutput: AudRuntime.Output {
    private enum Rows {
        case none
        case open(RowWriter)
        case refused
    }

    private struct State {
        var rows = Rows.none
        /// Rows of the screen beyond which a value is held back for the pager; nil holds nothing back.
        var pageRows: Int?
        var usesPager = true
        /// A value that is held back as long as nothing else is said.
        var longValue: String?
        var format: OutputFormat
        var pending: [UInt8] = []
        var flushed: BootInstant?
        var progress = ProgressDisplay()
        var failure: WriteFailure?
        var refusals = 0
        var sources: SourceMap
        var bounds = ViewBounds()
        var asker: (@Sendable (String) async -> Bool?)?
        var onFailure: (@Sendable (WriteFailure) -> Void)?
        var errorRoute: (@Sendable (String) -> Void)?
    }

    package let looks: Looks
    private let out: any ByteSink
    private let error: any ByteSink
    /// Masks what must not be seen, on both streams.
    private let redact: @Sendable (String) -> String
    private let time: any TimeSource
    private let state: Mutex<State>

    /// Rows are sent in pieces of this size, which a pipe holds.
    private static let pieceSize = 64 << 10
    /// A reader of a pipe waits no longer than this for a line that was printed after a pause.
    private static let pause = Duration.milliseconds(100)

    package init(
        out: any ByteSink = FileDescriptorSink(1), error: any ByteSink = FileDescriptorSink(2),
        format: OutputFormat = .table, looks: Looks = Looks(), redact: @escaping @Sendable (String) -> String = { $0 },
        time: any TimeSource = SystemTime()
    ) {
        self.out = out
        self.error = error
        self.looks = looks
        self.redact = redact
        self.time = time
        state = Mutex(State(format: format, sources: SourceMap()))
    }

    // MARK: Output

    package func print(_ line: String) {
        // Among data it would be taken for a row.
        guard format == .table else { return say(TerminalText.escaped(line, keepingLines: true)) }
        guard line.utf8.count > Self.pieceSize else { return write(line: line) }
        // Only a stop ends it early, and the run tells that.
        try? view.write(.string(line)) { write($0) }
        settle()
    }

    package func show(_ value: Value, as name: String?, statement: Bool) {
        do throws(ViewError) {
            if let limit = pageRows {
                var text = ""
                try view.write(value, as: name) { text += $0 }
                if LongValue.isLong(text, rows: limit, width: looks.width() ?? 80) {
                    state.withLock { $0.longValue = text }
                    return
                }
                write(text)
            } else {
                try view.write(value, as: name) { write($0) }
            }
        } catch {
            refuse(error)
        }
        settle()
    }

    private var view: ValueView {
        ValueView(
            format: format, width: looks.width(), theme: looks.outTheme, isCSVRaw: looks.isCSVRaw,
            isUnicode: looks.isUnicode, now: time.wallNow().microseconds, bounds: state.withLock { $0.bounds })
    }

    package func begin(limits: Limits, stop: StopSignal) {
        state.withLock { $0.bounds = ViewBounds(limits: limits, stop: stop) }
    }

    private func refuse(_ error: ViewError) {
        if error.isInterruption { return }
        state.withLock { $0.refusals += 1 }
        say(error: error.message, help: error.help)
    }

    // MARK: Rows of a list that is still being read

    package var streaming: RowStreaming { RowWriter.streaming(of: format) }

    package func showItem(_ item: Value?) {
        guard let item else {
            state.withLock { $0.rows = .none }
            return settle()
        }
        var writer: RowWriter
        switch state.withLock({ $0.rows }) {
        case .none: writer = RowWriter(view)
        case .open(let open): writer = open
        // The rows behind one that could not be written would hide that it is missing.
        case .refused: return
        }
        do throws(ViewError) {
            try writer.write(item) { write($0) }
            state.withLock { $0.rows = .open(writer) }
        } catch {
            state.withLock { $0.rows = .refused }
            return refuse(error)
        }
        settle()
    }

    package func awaitItems() {
        if case .open = state.withLock({ $0.rows }) { flush() }
    }

    package func notice(_ notice: Notice) {
        switch notice {
        case .warning(let diagnostic): report(diagnostic)
        case .incompleteListing(let text):
            say(looks.errorTheme.warning("! ") + TerminalText.escaped(text, keepingLines: true))
        case .progress(let progress): show(progress)
        }
    }

    package func confirm(_ question: String) async -> Bool? {
        flush()
        // The question stands alone; the next call tells its progress again.
        show(nil)
        let asker = state.withLock { $0.asker }
        return await asker?(TerminalText.escaped(question, keepingLines: true))
    }

    // MARK: What the shell and the commands add

    /// A line of aud's own for standard output, in every format. The text may be anybody's.
    package func write(line: String) {
        write(TerminalText.escaped(line, keepingLines: true) + "\n")
        settle()
    }

    /// A line, or several, for standard error. The text is safe already.
    package func say(_ text: String) {
        flush()
        state.withLock { state in
            write(error: state.progress.erasure + text + "\n" + redrawn(&state), state.errorRoute)
        }
    }

    /// Sentences for standard error, which break between words where they do not fit. The text is safe already.
    package func say(fitted text: String) { say(fitted(text)) }

    /// What is wrong, and what to do about it. The texts are safe already.
    package func say(error message: String, help: String?) {
        let mark = "error:"
        say(looks.errorTheme.danger(mark) + fitted("\(mark) \(message)").dropFirst(mark.count))
        if let help { say(fitted: "help: \(help)") }
    }

    /// A text without colours in lines that fit standard error.
    func fitted(_ text: String) -> String {
        guard let width = looks.errorWidth() else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.flatMap { TextWrap.lines(String($0), fitting: width) }.joined(separator: "\n")
    }

    /// Lines for standard error, which are held back for the pager as a long value is when the screen does not hold them.
    func sayLong(_ text: String) {
        guard let limit = pageRows, LongValue.isLong(text + "\n", rows: limit, width: looks.errorWidth() ?? 80) else {
            return say(text)
        }
        flush()
        state.withLock { $0.longValue = text + "\n" }
    }

    /// Who writes to the terminal instead of standard error; nil: nobody. Only this one knows what is drawn there.
    package func routeErrors(_ route: (@Sendable (String) -> Void)?) {
        state.withLock { $0.errorRoute = route }
    }

    /// A line on what goes on, such as a wait; nothing with `--quiet`. The text may be anybody's.
    package func remark(_ text: String) {
        if !looks.isQuiet { say(fitted: TerminalText.escaped(text, keepingLines: true)) }
    }

    /// A diagnostic for standard error, with the source that it is about.
    package func report(_ diagnostic: Diagnostic) {
        let sources = state.withLock { $0.sources }
        let renderer = DiagnosticRenderer(
            sources: sources, format: looks.diagnostics, width: looks.errorWidth() ?? 100,
            color: looks.errorTheme.isColored)
        say(String(renderer.render(diagnostic).dropLast()))
    }

    /// Several of them, with an empty line between those for people.
    package func report(_ diagnostics: [Diagnostic]) {
        for (place, diagnostic) in diagnostics.enumerated() {
            if place > 0, looks.diagnostics == .rich { say("") }
            report(diagnostic)
        }
    }

    /// Which texts spans are about, from now on.
    package func setSources(_ sources: SourceMap) {
        state.withLock { $0.sources = sources }
    }

    /// Who answers the questions of a script.
    package func setAsker(_ asker: @escaping @Sendable (String) async -> Bool?) {
        state.withLock { $0.asker = asker }
    }

    /// What to do when standard output fails, once: the run goes on for nobody.
    package func onFailure(_ action: @escaping @Sendable (WriteFailure) -> Void) {
        let failure = state.withLock { state in
            state.onFailure = action
            return state.failure
        }
        if let failure { action(failure) }
    }

    /// The format of values.
    package var format: OutputFormat {
        get { state.withLock { $0.format } }
        set { state.withLock { $0.format = newValue } }
    }

    /// Why nothing is written to standard output any more.
    package var failure: WriteFailure? { state.withLock { $0.failure } }

    /// How many values could not be written in their format.
    package var refusals: Int { state.withLock { $0.refusals } }

    /// From now on a value that takes more than this many rows of the screen is held back for the pager, until
    /// `takeLongValue` or until something else is said; nil ends that.
    package var pageRows: Int? {
        get { state.withLock { $0.pageRows } }
        set { state.withLock { $0.pageRows = newValue } }
    }

    /// Whether long values go to the pager, where there is one: `:set pager off`.
    package var usesPager: Bool {
        get { state.withLock { $0.usesPager } }
        set { state.withLock { $0.usesPager = newValue } }
    }

    /// Writes a value that was held back.
    package func showText(_ text: String) {
        write(text)
        settle()
    }

    /// The value that was held back, for the pager.
    package func takeLongValue() -> String? {
        state.withLock { state in
            defer { state.longValue = nil }
            return state.longValue
        }
    }

    /// Sends what is held back.
    package func flush() {
        if let long = takeLongValue() { write(long) }
        let news: (WriteFailure, (@Sendable (WriteFailure) -> Void)?)? = state.withLock { state in
            state.flushed = time.now()
            guard !state.pending.isEmpty else { return nil }
            let bytes = state.pending
            state.pending.removeAll(keepingCapacity: true)
            guard state.failure == nil else { return nil }
            // Values that go to a terminal would be written behind the line of progress.
            let isInTheWay = state.progress.isShown && looks.width() != nil
            if isInTheWay { write(error: state.progress.erasure, state.errorRoute) }
            let failure = out.write(bytes)
            if isInTheWay { write(error: redrawn(&state), state.errorRoute) }
            guard let failure else { return nil }
            state.failure = failure
            return (failure, state.onFailure)
        }
        if let (failure, action) = news { action?(failure) }
    }

    // MARK: Progress

    /// Whether progress is being told, so that waits need not be.
    package var tellsProgress: Bool { looks.progress != .silent && state.withLock { $0.progress.current != nil } }

    /// Takes the line of progress off the screen, for a process that ends at once. It waits for nobody who writes.
    package func abandonProgress(saying line: String? = nil) {
        _ = state.withLockIfAvailable { state in
            state.progress.current = nil
            write(error: state.progress.erasure + (line.map { TerminalText.escaped($0) + "\n" } ?? ""), nil)
        }
    }

    private func show(_ progress: Progress?) {
        switch looks.progress {
        case .silent: return
        case .sentences:
            let sentence = state.withLock { $0.progress.sentence(of: progress, now: time.now()) }
            if let sentence { say(sentence) }
        case .line:
            flush()
            let mustTick = state.withLock { state in
                let erasure = progress == nil ? state.progress.erasure : ""
                state.progress.current = progress
                write(error: erasure + redrawn(&state), state.errorRoute)
                return state.progress.beginTicking()
            }
            if mustTick { tick() }
        }
    }

    /// What draws the line of progress again; empty when there is none, or when it is there already.
    private func redrawn(_ state: inout State) -> String {
        guard looks.progress == .line else { return "" }
        return state.progress.redrawn(width: looks.errorWidth() ?? 80, theme: looks.errorTheme, now: time.now())
    }

    /// Counts down what the line says, once a second, as long as there is a line.
    private func tick() {
        Task {
            while true {
                guard (try? await time.sleep(until: time.now().advanced(by: .seconds(1)))) != nil else { return }
                let goesOn = state.withLock { state in
                    write(error: redrawn(&state), state.errorRoute)
                    return state.progress.keepsTicking()
                }
                guard goesOn else { return }
            }
        }
    }

    private func write(error text: String, _ route: (@Sendable (String) -> Void)?) {
        if text.isEmpty { return }
        if let route { route(redact(text)) } else { _ = error.write(Array(redact(text).utf8)) }
    }

    private func write(_ text: String) {
        if let long = takeLongValue() { write(long) }
        let text = redact(text)
        let isFull = state.withLock { state in
            guard state.failure == nil else { return false }
            state.pending.append(contentsOf: text.utf8)
            return state.pending.count >= Self.pieceSize
        }
        if isFull { flush() }
    }

    /// At the end of a line or a value: a terminal sees it at once, a pipe when it has waited.
    private func settle() {
        let isDue = state.withLock { state in
            guard let flushed = state.flushed else { return true }
            return flushed.duration(to: time.now()) >= Self.pause
        }
        if isDue || looks.width() != nil { flush() }
    }
}
