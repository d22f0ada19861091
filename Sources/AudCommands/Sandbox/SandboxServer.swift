import AudRuntime
import AudSandbox
import AudShell

/// `aud sandbox serve`: a simulated workspace that any client can talk to, until ^C.
struct SandboxServer: Sendable {
    var switches: SandboxSwitches
    var variables: ProcessVariables

    func perform() async -> Int32 {
        let code = await CommandFrame.perform(ConsoleSettings(), variables, stopsWithOutput: true) { frame in
            do {
                try await serve(frame.console)
            } catch is CancellationError {}
            return .done
        }
        // A signal is how a server is ended.
        return code == ExitStatus.interrupted.rawValue ? ExitStatus.done.rawValue : code
    }

    private func serve(_ console: Console) async throws {
        var options = try switches.options()
        if switches.log {
            options.onRequest = { request in
                console.output.write(line: Self.line(request))
                console.output.flush()
            }
        }
        let spaces = Sandbox.spaces(seed: switches.seed)
        try await Sandbox(options).run { url in
            // Standard output has the address alone, for programs that wait for it.
            console.output.write(line: url)
            console.output.flush()
            console.messages.inform("a simulated workspace; ^C ends it")
            for space in spaces { console.messages.inform("  \(space.slug): \(space.id)") }
            guard let first = spaces.first else { return }
            console.messages.inform("for example: SEGMENT_TOKEN=any aud --base-url \(url) --space \(first.id)")
        }
    }

    private static func line(_ request: SandboxRequest) -> String {
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        let status = request.status.map(String.init) ?? "-"
        return
            "\(request.number) \(request.method) \(target) \(status)\(request.body.isEmpty ? "" : " \(request.body)")"
    }
}
