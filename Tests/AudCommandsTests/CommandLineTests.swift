import ArgumentParser
import AudLanguage
import AudSandbox
import AudShell
import Testing

@testable import AudCommands

/// What the commands make of their options.
@Suite struct CommandLineTests {
    @Test func aDryRunIsTheDefault() throws {
        let command = try #require(try CommandTree.parse(ordered: ["run", "x.aud"]) as? RunCommand)
        #expect(command.arguments.run.mode == .dryRun)
        #expect(command.arguments.run.changes.caps.maxChanges == nil)
        #expect(!command.arguments.run.changes.yes)
    }

    @Test func everyCommonOption() throws {
        let command = try #require(
            try CommandTree.parse(ordered: [
                "run", "x.aud", "--profile", "acme", "--space", "prod", "--base-url", "http://127.0.0.1:1",
                "--token-file", "t", "--limits", "off", "--trace", "trace.ndjson", "--apply", "--yes", "--max-changes",
                "5",
                "--max-removes", "0", "--allow-incomplete", "--set", "a=1", "--set", "b=-2", "--lib", "lib", "--format",
                "ndjson", "--csv-raw", "--diagnostics", "short", "--color", "never", "--quiet",
            ]) as? RunCommand)
        #expect(command.arguments.workspace.profile == "acme")
        #expect(command.arguments.workspace.space == "prod")
        #expect(command.arguments.workspace.limits == "off")
        #expect(command.arguments.run.mode == .apply)
        #expect(command.arguments.run.changes.yes)
        #expect(command.arguments.run.changes.caps.maxChanges == 5)
        #expect(command.arguments.run.changes.caps.maxRemoves == 0)
        #expect(command.arguments.run.changes.allowIncomplete)
        #expect(command.arguments.script.texts().texts == ["a": "1", "b": "-2"])
        #expect(command.arguments.output.format == .ndjson)
        #expect(command.arguments.output.rawCSV)
        #expect(command.arguments.output.diagnostics == .short)
        #expect(command.arguments.output.color == .never)
        #expect(command.arguments.output.quiet)
    }

    @Test func aTextMayBeginWithADash() throws {
        let command = try #require(try CommandTree.parse(ordered: ["-e", "-1 + 2"]) as? AudCommand)
        #expect(command.text == "-1 + 2")
    }

    @Test(arguments: [
        ["run"], ["run", "x.aud", "--live", "--apply"], ["run", "x.aud", "--formt", "json"],
        ["run", "x.aud", "--format", "xml"], ["run", "x.aud", "--max-changes", "-1"], ["run", "x.aud", "y.aud"],
        ["--sandbox", "--base-url", "http://127.0.0.1:1"], ["sandbox", "serve", "--port", "70000"],
        ["sandbox", "serve", "--window", "60"],
    ])
    func aUsageError(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try CommandTree.parse(ordered: arguments) }
        if let error { #expect(!CommandTree.exitCode(for: error).isSuccess) }
    }

    @Test func theSandboxSwitches() throws {
        let command = try #require(
            try CommandTree.parse(ordered: [
                "sandbox", "serve", "--port", "0", "--seed", "7", "--limits", "off", "--window", "10s", "--latency",
                "80ms",
                "--lock", "0s", "--concurrent-edits", "0", "--lock-status", "423", "--delete-while-enabled", "conflict",
                "--list-order", "name", "--bad-cursor", "firstPage", "--no-total-entries", "--fault",
                "html:on=list,page=2",
            ]) as? SandboxServeCommand)
        let options = try command.switches.options()
        #expect(options.seed == 7)
        #expect(options.limits == .off)
        #expect(options.window == .seconds(10))
        #expect(options.latency == .milliseconds(80))
        #expect(options.lock == .zero)
        #expect(options.concurrentEdits == nil)
        #expect(options.behaviour.lockStatus == 423)
        #expect(options.behaviour.deleteWhileEnabled == .conflict)
        #expect(options.behaviour.listOrder == .name)
        #expect(options.behaviour.badCursor == .firstPage)
        #expect(!options.behaviour.totalEntries)
        #expect(options.faults.count == 1)
        #expect(options.faults.first?.page == 2)
    }

    private func texts(_ parameters: String...) throws -> [String: String] {
        let (texts, problems) = try ScriptOptions.parse(parameters.flatMap { ["--set", $0] }).texts()
        if let problem = problems.first { throw problem }
        return texts
    }

    @Test func checkHasItsOwnOptions() throws {
        let command = try #require(
            try CommandTree.parse(ordered: ["check", "x.aud", "--diagnostics", "json", "--lib", "lib"]) as? CheckCommand
        )
        #expect(command.files == ["x.aud"])
        #expect(command.diagnostics == .json)
        #expect(command.lib == "lib")
    }

    @Test func setTakesEverythingAfterTheFirstEqualsSign() throws {
        #expect(try texts("query=a=b", "empty=") == ["query": "a=b", "empty": ""])
    }

    @Test(arguments: ["days", "=1", "list=@/nonexistent/list.txt"])
    func setRefuses(parameter: String) {
        #expect(throws: CommandError.self) { try texts(parameter) }
    }

    @Test func setRefusesTheSameNameTwice() {
        #expect(throws: CommandError.self) { try texts("a=1", "a=2") }
    }

    @Test func setReadsAFile() throws {
        try TemporaryFolder.with { folder throws in
            #expect(try texts("names=@\(try folder.write("one\ntwo\n", to: "names.txt"))") == ["names": "one\ntwo"])
        }
    }
}
