import AudLanguage

/// Whatever a text asks for, it gets no more than the limits allow, and the same each time.
enum MachineLaw {
    /// Small, so that a text comes to each of them soon.
    static let limits: Limits = {
        var limits = Limits()
        limits.steps = 20_000
        limits.callDepth = 60
        limits.listLength = 2_000
        limits.stringBytes = 20_000
        limits.allocation = 4 << 20
        return limits
    }()

    static func broken(by file: SourceFile) -> String? {
        // The host fails one request of some texts, each of the first seven in turn.
        let failing = file.bytes.count % 8
        var first = runner(failing)
        first.run(file)
        if let broken = broken(after: first) { return broken }
        // One half of the texts is run again, the other half is typed: each alone takes most of the time.
        if !file.bytes.count.isMultiple(of: 2) { return brokenAtPrompt(file, failing) }
        var second = runner(failing)
        second.run(file)
        return first.events == second.events ? nil : "two runs differ: \(first.events) \(second.events)"
    }

    /// The same text line by line, as it is typed.
    private static func brokenAtPrompt(_ file: SourceFile, _ failing: Int) -> String? {
        var typed = runner(failing)
        var statement: [UInt8] = []
        for line in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(40) {
            statement += line
            // Each statement has the limits to itself.
            typed.pauses = 0
            if typed.run(SourceFile(name: "prompt:1", bytes: statement), as: .prompt) {
                statement = []
                if let broken = brokenPace(of: typed) { return broken }
            } else {
                statement.append(UInt8(ascii: "\n"))
            }
        }
        return broken(after: typed)
    }

    private static func runner(_ failing: Int) -> ScriptRunner {
        var runner = ScriptRunner(limits: limits)
        runner.workspace.failing = failing == 0 ? nil : failing
        return runner
    }

    private static func brokenPace(of run: ScriptRunner) -> String? {
        // A request is a step or a call of one, and a page brings at most 10 items.
        let most = limits.steps / ScriptRunner.fuel + run.workspace.requests + 40
        return run.pauses > most ? "\(run.pauses) pauses" : nil
    }

    private static func broken(after run: ScriptRunner) -> String? {
        var run = run
        if let broken = brokenPace(of: run) { return broken }
        for event in run.events where event.utf8.count > 8 * limits.stringBytes {
            return "\(event.utf8.count) bytes in one event"
        }
        run.workspace.events = []
        run.workspace.failing = nil
        run.run(SourceFile(name: "after.aud", text: "1 + 1"))
        guard run.events == ["=> 2"] else { return "afterwards 1 + 1 gives \(run.events)" }
        return nil
    }
}
