import AudSandbox
import Testing

/// Taking runs back, as a person meets it: over real HTTP, with the program as a process.
@Suite struct UndoProcessTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    private struct Place {
        var sandbox: Sandbox
        var process: AudProcess
        var folder: TemporaryFolder

        func aud(_ arguments: String...) async throws -> AudProcess.Result {
            try await process.run(arguments, input: [])
        }

        var states: [String: Bool] {
            Dictionary(
                sandbox.snapshot(UndoProcessTests.prod).map { ($0.id, $0.enabled) }, uniquingKeysWith: { $1 })
        }

        /// How many changes the server was asked for.
        var changes: Int { sandbox.requests.filter { $0.method != "GET" }.count }
    }

    /// The profile of the runs is not the usual one.
    private func with(_ body: (Place) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder async throws in
            var process = AudProcess(home: folder)
            process.variables["SEGMENT_TOKEN"] = "any"
            var options = SandboxOptions()
            options.lock = .zero
            options.limits = .off
            try await Sandbox.with(options) { sandbox, url in
                try folder.write(
                    """
                    profile: other
                    profiles:
                      local:
                        base-url: \(url)
                        space: prod
                        spaces:
                          prod: \(Self.prod)
                      other:
                        base-url: http://127.0.0.1:9
                    """, to: "config/aud/config.yaml")
                try await body(Place(sandbox: sandbox, process: process, folder: folder))
            }
        }
    }

    private func apply(_ script: String, _ place: Place, _ more: String...) async throws {
        let applied = try await place.process.run(
            ["--profile", "local", "-e", script, "--apply", "--yes"] + more, input: [])
        try #require(applied.code == 0, "\(applied.errors)")
    }

    @Test func afterAnUndoEveryAudienceIsAsBefore() async throws {
        try await with { place in
            let before = place.states
            try await apply(
                "list() | where .enabled | take 3 | disable; list() | where not .enabled | last | enable", place)
            #expect(place.states != before)
            let sent = place.changes
            // It shows and sends nothing, unless that is asked for.
            let shown = try await place.aud("undo", "1")
            #expect(shown.code == 0, "\(shown.errors)")
            #expect(shown.errors.contains("undo of run 1: 1 exact, 3 lossy\n"), "\(shown.errors)")
            #expect(shown.errors.contains("4 calls: 1 disable, 3 enable"), "\(shown.errors)")
            #expect(shown.errors.contains("undo 1 --apply"), "\(shown.errors)")
            #expect(place.changes == sent)
            let asked = try await place.aud("undo", "1", "--apply")
            #expect(asked.code == 5 && asked.errors.contains("there is no terminal to confirm at"))
            let capped = try await place.aud("undo", "1", "--apply", "--yes", "--max-changes", "3")
            #expect(capped.code == 5, "\(capped.errors)")
            #expect(place.changes == sent)
            let undone = try await place.aud("undo", "1", "--apply", "--yes")
            #expect(undone.code == 0, "\(undone.errors)")
            #expect(undone.errors.contains("4 changes: 4 done"), "\(undone.errors)")
            #expect(place.states == before)
            #expect(place.changes == sent + 4)
            // What is as it was is not changed again.
            let again = try await place.aud("undo", "1", "--apply", "--yes")
            #expect(again.code == 0, "\(again.errors)")
            #expect(again.errors.contains("4 changes: 4 skipped"), "\(again.errors)")
            #expect(place.changes == sent + 4)
            let runs = try await place.aud("runs", "--format", "csv")
            #expect(runs.output.contains(",undo 1,done,4,"), "\(runs.output)")
        }
    }

    @Test func whatIsPlannedIsDataWhereThatIsAskedFor() async throws {
        try await with { place in
            let script = "show([{a: 1}]); list() | where .enabled | take 2 | disable"
            let header = "number,verb,id,name,key,space,spaceId,before,after,source"
            let planned = try await place.aud("plan", "--profile", "local", "-e", script, "--format", "csv")
            #expect(planned.code == 0, "\(planned.errors)")
            let rows = planned.output.split(separator: "\r\n").map(String.init)
            // The values of the script stand before them.
            try #require(rows.count == 5, "\(planned.output)")
            #expect(rows[2] == header && rows[3].hasPrefix("1,disable,") && rows[4].hasPrefix("2,disable,"))
            #expect(planned.errors.contains("2 calls: 2 disable"), "\(planned.errors)")
            // Who asked for data gets it, also with --quiet.
            let quiet = try await place.aud("plan", "--profile", "local", "-e", script, "--format", "json", "--quiet")
            #expect(quiet.output.contains("\"calls\":[{\"number\":1,\"verb\":\"disable\""), "\(quiet.output)")
            #expect(quiet.errors.isEmpty)
            // A dry run has the values of its script there, and they alone.
            let run = try await place.aud("--profile", "local", "-e", script, "--format", "csv")
            #expect(run.output == "a\r\n1\r\n", "\(run.output)")

            try await apply("list() | where .enabled | take 2 | disable", place)
            let undo = try await place.aud("undo", "1", "--format", "csv")
            let lines = undo.output.split(separator: "\r\n").map(String.init)
            try #require(lines.count == 3, "\(undo.output)")
            #expect(lines[0] == header && lines[1].hasPrefix("1,enable,") && lines[2].hasPrefix("2,enable,"))
            #expect(undo.errors.contains("2 calls: 2 enable"), "\(undo.errors)")
        }
    }

    @Test func whatBecameOfEachCallIsDataWhereThatIsAskedFor() async throws {
        try await with { place in
            try await apply("list() | where .enabled | take 2 | disable", place)
            let ids = place.sandbox.requests.filter { $0.method == "PATCH" }.map {
                $0.path.split(separator: "/").last ?? ""
            }
            let undone = try await place.aud("undo", "1", "--apply", "--yes", "--format", "csv")
            #expect(undone.code == 0, "\(undone.errors)")
            let lines = undone.output.split(separator: "\r\n").map(String.init)
            #expect(lines.first == "id,name,key,spaceId,action,status,before,after,error")
            // The last change is taken back first; the preview is for people.
            try #require(lines.count == 3, "\(undone.output)")
            for (line, id) in zip(lines.dropFirst(), ids.reversed()) {
                #expect(line.hasPrefix("\(id),") && line.contains(",enable,done,"), "\(line)")
            }
            #expect(undone.errors.contains("2 calls: 2 enable"), "\(undone.errors)")
        }
    }

    @Test func everyCommandThatIsShownFindsTheStateFile() async throws {
        try await with { place in
            let (file, plan) = (place.folder.path + "/other.sqlite", place.folder.path + "/undo.plan.aud")
            let state = ["--state", file]
            let named = state.joined(separator: " ")
            try await apply(
                "list() | where .enabled | first | disable; list() | last | remove", place,
                "--state", file, "--max-removes", "1", "--max-broken", "99")
            let shown = try await place.process.run(["undo", "1"] + state, input: [])
            #expect(shown.errors.contains("undo 1 \(named) --apply"), "\(shown.errors)")
            #expect(shown.errors.contains("`aud banked 1 \(named)` has it"), "\(shown.errors)")
            let saved = try await place.process.run(["undo", "1", "-o", plan] + state, input: [])
            #expect(saved.errors.contains("apply \(plan) --profile local \(named)"), "\(saved.errors)")
            for command in [["undo", "9"], ["runs", "show", "9"], ["banked", "9"], ["resume", "9"]] {
                let unknown = try await place.process.run(command + state, input: [])
                #expect(unknown.code == 1, "\(unknown.errors)")
                #expect(unknown.errors.contains("aud runs \(named)"), "\(command): \(unknown.errors)")
            }
        }
    }

    @Test func aSavedUndoIsAPlanForApply() async throws {
        try await with { place in
            let before = place.states
            try await apply("list() | where .enabled | take 2 | disable", place)
            let file = place.folder.path + "/undo.plan.aud"
            let saved = try await place.aud("undo", "1", "-o", file)
            #expect(saved.code == 0, "\(saved.errors)")
            // The run knows its profile, and the plan's command names it.
            #expect(saved.errors.contains("apply \(file) --profile local"), "\(saved.errors)")
            #expect(place.folder.mode(of: "undo.plan.aud") == 0o600)
            #expect(try place.folder.read("undo.plan.aud").contains("run 1, call 2"))
            let applied = try await place.aud("apply", file, "--profile", "local", "--yes")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(place.states == before)
            let both = try await place.aud("undo", "1", "-o", file, "--apply")
            #expect(both.code == 1 && both.errors.contains("choose one"), "\(both.errors)")
        }
    }

    @Test func aRemovalCannotBeUndoneAndIsInTheBank() async throws {
        try await with { place in
            let none = try await place.aud("banked")
            #expect(none.code == 0 && none.errors.contains("no run has removed an audience"))
            let target = try #require(
                place.sandbox.snapshot(Self.prod).first { $0.name.contains("\u{1B}") && $0.definition != nil })
            try await apply("remove(\"\(target.id)\")", place, "--max-removes", "1", "--max-broken", "99")
            let undone = try await place.aud("undo", "1", "--apply", "--yes")
            #expect(undone.code == 0, "\(undone.errors)")
            #expect(undone.errors.contains("undo of run 1: 1 impossible\n"), "\(undone.errors)")
            #expect(undone.errors.contains("`aud banked 1` has it"), "\(undone.errors)")
            #expect(undone.errors.contains(target.id) && !undone.errors.contains("\u{1B}"), "\(undone.errors)")
            let data = try await place.aud("undo", "1", "--format", "ndjson")
            #expect(
                data.output.hasPrefix(
                    "{\"undo\":{\"run\":1,\"exact\":0,\"lossy\":0,\"impossible\":1,\"audiences\":[{\"undo\":\"impossible\","
                        + "\"id\":\"\(target.id)\""), "\(data.output)")
            #expect(data.output.contains("\"calls\":[]"), "\(data.output)")
            let rows = try await place.aud("banked", "--format", "csv")
            #expect(rows.output.hasPrefix("run,call,when,id,name,key,space\r\n1,1,"), "\(rows.output)")
            #expect(rows.output.contains(",\(target.id),") && rows.output.contains(",prod\r\n"))
            let whole = try await place.aud("banked", "1", "--format", "ndjson")
            #expect(whole.output.hasPrefix("{\"run\":1,\"call\":1,"), "\(whole.output)")
            for field in [
                "\"definition\":{", "\"query\":", "\"createdAt\":", "\"description\":", "\"enabled\":\(target.enabled)",
            ] {
                #expect(whole.output.contains(field), "\(field) in \(whole.output)")
            }
            let json = try await place.aud("banked", "--format", "json")
            #expect(json.output.contains(target.id) && json.output.contains("\"query\""), "\(json.output)")
            let unknown = try await place.aud("banked", "9")
            #expect(unknown.code == 1 && unknown.errors.contains("aud runs lists the runs"))
        }
    }

    @Test func nothingToUndoAndNothingThatCanBe() async throws {
        try await with { place in
            try await apply("let a = list()[0]; disable(a); enable(a)", place)
            let nothing = try await place.aud("undo", "1")
            #expect(nothing.code == 0, "\(nothing.errors)")
            #expect(nothing.errors.contains("there is nothing to undo"), "\(nothing.errors)")
            let unknown = try await place.aud("undo", "9", "--profile", "local")
            #expect(unknown.code == 1 && unknown.errors.contains("`aud runs` lists the runs"), "\(unknown.errors)")
            _ = try await place.aud("--sandbox", "-e", "list() | take 1 | disable", "--apply", "--yes")
            let gone = try await place.aud("undo", "2", "--sandbox")
            #expect(gone.code == 1 && gone.errors.contains("ended with its process"), "\(gone.errors)")
        }
    }
}
