// What a program that embeds sessions does with them: built-ins of its own, and an end from another thread.

import AudLanguage
import AudTesting
import Testing

@testable import AudRuntime

struct ProgramTests {
    private static let owners = Builtin(
        "owner", "Who owns a key.", parameters: [.init("key", "string")], result: "string?", effect: .reads
    ) { arguments in
        switch try arguments.string(0) {
        case "k1": "ann"
        case "k2": throw RuntimeError(.apiServer, .server, "the directory is down")
        default: .null
        }
    }

    /// Tells `told` what a script says.
    private static func tell(_ told: RecordingOutput) -> Builtin {
        Builtin("tell", "Tells somebody.", parameters: [.init("text", "string")], effect: .updates) { arguments in
            told.print(try arguments.string(0))
            return .null
        }
    }

    @Test func `a built-in of the program chooses, dry and live`() async throws {
        for mode in [Mode.dryRun, .live] {
            let bench = SessionBench(FakeWorkspace(count: 3), SessionOptions(mode: mode, builtins: [Self.owners]))
            let report = try await bench.run("for a in [\"k0\", \"k1\"] { print(owner(a) ?? \"nobody\") }")
            #expect(report.error == nil)
            #expect(bench.output.lines == ["nobody", "ann"])
        }
    }

    @Test func `what a dry run cannot record fails there and is done live`() async throws {
        let told = RecordingOutput()
        let dry = SessionBench(FakeWorkspace(count: 1), SessionOptions(builtins: [Self.tell(told)]))
        let report = try await dry.run("disable(\"a1\")\ntell(\"done\")")
        #expect(report.error?.message == "`tell` changes something that a dry run cannot record")
        #expect(await dry.session.plan.isEmpty)
        #expect(told.lines.isEmpty)
        let live = SessionBench(FakeWorkspace(count: 1), SessionOptions(mode: .live, builtins: [Self.tell(told)]))
        #expect(try await live.run("tell(\"done\")").error == nil)
        #expect(told.lines == ["done"])
    }

    @Test func `a read of the program that failed and was caught stops what it changes`() async throws {
        let told = RecordingOutput()
        let options = SessionOptions(mode: .live, builtins: [Self.owners, Self.tell(told)])
        let bench = SessionBench(FakeWorkspace(count: 1), options)
        let report = try await bench.run("let who = try owner(\"k2\") else \"nobody\"\ntell(who)")
        #expect(report.error?.code == .incomplete)
        #expect(told.lines.isEmpty)
    }

    @Test func `built-ins are listed, the language's first`() async {
        let bench = SessionBench(FakeWorkspace(count: 1), SessionOptions(builtins: [Self.owners]))
        #expect(bench.session.builtins.first?.name == "list")
        #expect(bench.session.builtins.last?.signature == "owner(key: string) → string?")
    }

    @Test func `cancel ends a loop that never ends, and the session goes on`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 1))
        let session = bench.session
        session.cancel()
        let run = Task { await session.run(SourceFile(name: "t", text: "while true { }"), as: .file) }
        // Whatever comes first, the loop ends: a cancel that came too early is given again.
        let canceller = Task.detached {
            while !Task.isCancelled {
                session.cancel()
                await Task.yield()
            }
        }
        let result = await run.value
        canceller.cancel()
        guard case .finished(let report) = result else { throw Unexpected() }
        #expect(report.error?.kind == .cancelled)
        #expect(try await bench.run("print(1)").error == nil)
    }
}
