// What a person at the prompt should know of a run that another process was carrying: that it carries it no more.

internal import AudRuntime

struct RunNotice: Sendable {
    /// May have anybody's text in it.
    var text: String

    /// - Parameter goOn: the command that goes on with the run.
    init(_ run: JournaledRun, goOn: String) {
        let how =
            switch run.state {
            case .done, .running: "has ended"
            case .stopped: "has stopped"
            case .interrupted: "was interrupted"
            }
        let parts = RunReportView.partition(of: run.counts)
        text = "run \(run.number) (\(run.kind.rawValue), \(run.origin.script)) \(how)"
        if !parts.isEmpty { text += ": \(parts)" }
        // The command stands alone, so that no line end is put into it.
        if run.canResume { text = "! \(text)\nTo go on: \(goOn)" }
    }
}
