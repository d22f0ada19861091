import AudSandbox
import Testing

/// `aud plan` and `aud apply` over real HTTP: what is in the file is what is sent.
@Suite struct PlanCommandTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"
    private static let script = """
        let all = list("prod") | where .enabled
        all | take 3 | disable on error continue
        all | skip 3 | take 2 | remove
        list("prod") | where not .enabled | last | enable
        """

    private struct Place {
        var sandbox: Sandbox
        var process: AudProcess
        var folder: TemporaryFolder
        var url: String

        func aud(_ arguments: String...) async throws -> AudProcess.Result {
            try await process.run(arguments, input: [])
        }

        /// The changing requests, as the server saw them.
        var changes: [String] {
            sandbox.requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.path) \($0.body)" }
        }
    }

    /// A workspace without locks, so that nothing in a test waits.
    private func with(_ body: (Place) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder async throws in
            var process = AudProcess(home: folder)
            process.variables["SEGMENT_TOKEN"] = "sgp_aTokenThatIsLongEnough"
            var options = SandboxOptions()
            options.lock = .zero
            try await Sandbox.with(options) { sandbox, url in
                try folder.write(
                    """
                    profiles:
                      local:
                        base-url: \(url)
                        space: prod
                        spaces:
                          prod: \(Self.prod)
                    """, to: "config/aud/config.yaml")
                try await body(Place(sandbox: sandbox, process: process, folder: folder, url: "\(url)"))
            }
        }
    }

    /// The requests that the lines of a plan stand for.
    private func expected(_ text: String) throws -> [String] {
        try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let id = try #require(line.split(separator: "\"").dropFirst().first)
            let path = "/spaces/\(Self.prod)/audiences/\(id)"
            if line.hasPrefix("remove(") { return "DELETE \(path) " }
            return "PATCH \(path) {\"enabled\":\(line.hasPrefix("enable("))}"
        }
    }

    @Test func whatIsSentIsThePlanToTheByteAndInOrder() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/cleanup.plan.aud"
            let planned = try await place.aud("plan", "-e", Self.script, "-o", file)
            #expect(planned.code == 0, "\(planned.errors)")
            #expect(planned.errors.contains("6 calls: 3 disable, 2 remove, 1 enable"))
            #expect(planned.errors.contains("apply \(file)"))
            #expect(place.changes.isEmpty)
            #expect(place.folder.mode(of: "cleanup.plan.aud") == 0o600)
            let text = try place.folder.read("cleanup.plan.aud")
            let applied = try await place.aud("apply", file, "--yes", "--max-removes", "2", "--max-broken", "9")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(applied.errors.contains("6 done"))
            let expected = try expected(text)
            #expect(place.changes == expected)
            #expect(place.changes.count == 6)
        }
    }

    @Test func aLineThatIsDeletedIsNamedAndNotSent() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", Self.script, "-o", file)
            let kept = try place.folder.read("p.aud").split(separator: "\n")
                .filter { !$0.contains("  #2:") && !$0.hasPrefix("remove(") }
            try place.folder.write(kept.joined(separator: "\n"), to: "p.aud")
            let result = try await place.aud("apply", file, "--yes")
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.errors.contains("deleted by hand: 3 calls, #2, #4, #5"))
            let expected = try expected(kept.joined(separator: "\n"))
            #expect(place.changes == expected)
            #expect(place.changes.count == 3)
        }
    }

    @Test func aChangedLineStopsAll() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", Self.script, "-o", file)
            var lines = try place.folder.read("p.aud").split(separator: "\n").map(String.init)
            let bad = lines.count - 1
            lines[bad] = "remove" + lines[bad].dropFirst("enable".count)
            try place.folder.write(lines.joined(separator: "\n"), to: "p.aud")
            let result = try await place.aud("apply", file, "--yes")
            #expect(result.code == 5)
            #expect(result.errors.contains("p.aud:\(bad + 1) is refused, and nothing was sent"))
            #expect(place.changes.isEmpty)
        }
    }

    @Test func aPlanIsForItsServerItsSpaceAndItsDay() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", Self.script, "-o", file)
            for arguments in [["--sandbox"], ["--space", "other9"], ["--max-age", "0s"]] {
                let result = try await place.process.run(["apply", file, "--yes"] + arguments, input: [])
                #expect(result.code == 5, "\(arguments): \(result.errors)")
                #expect(result.errors.contains("refused, and nothing was sent"), "\(arguments): \(result.errors)")
            }
            #expect(place.changes.isEmpty)
        }
    }

    @Test func aPlanIsForAProfileThatKnowsItsSpaces() async throws {
        try await with { place async throws in
            let text = try place.folder.read("config/aud/config.yaml")
            let other = """

                  beta:
                    base-url: \(place.url)
                    spaces:
                      prod: 7bTheSpaceOfAnotherWorkspace
                """
            try place.folder.write("profile: local\n" + text + other, to: "config/aud/config.yaml")
            let file = place.folder.path + "/p.aud"
            let script = "list() | where .enabled | take 1 | disable"
            _ = try await place.aud("plan", "-e", script, "-o", file)
            let refused = try await place.aud("apply", file, "--profile", "beta", "--yes")
            #expect(refused.code == 5, "\(refused.errors)")
            #expect(refused.errors.contains("(\(Self.prod)), which the profile \"beta\" does not know"))
            #expect(place.changes.isEmpty)
            // Who says the space means it, and a plan that needs it is shown with it.
            let foreign = place.folder.path + "/q.aud"
            let planned = try await place.aud(
                "plan", "-e", script, "-o", foreign, "--profile", "beta", "--space", Self.prod)
            #expect(planned.errors.contains("--profile beta --space \(Self.prod)"), "\(planned.errors)")
            let meant = try await place.aud("apply", foreign, "--profile", "beta", "--space", Self.prod, "--yes")
            #expect(meant.code == 0, "\(meant.errors)")
            #expect(place.changes.count == 1)
        }
    }

    @Test func aPlanOverSpacesOfWhichTheProfileKnowsOneSaysWhatItNeeds() async throws {
        try await with { place async throws in
            let (file, staging) = (place.folder.path + "/p.aud", "R5fIu4Wkbv8rsMwgkGOTi1")
            let script = "for s in [\"prod\", \"\(staging)\"] { list(s) | where .enabled | first | disable }"
            let needed = "once `spaces:` of the profile \"local\" names \(staging)"
            let planned = try await place.aud("plan", "-e", script, "-o", file)
            #expect(planned.errors.contains("apply \(file), \(needed)"), "\(planned.errors)")
            let refused = try await place.aud("apply", file, "--yes")
            #expect(refused.code == 5, "\(refused.errors)")
            #expect(refused.errors.contains("it can be sent \(needed)"), "\(refused.errors)")
            #expect(place.changes.isEmpty)
            let text = try place.folder.read("config/aud/config.yaml")
            try place.folder.write(text + "\n      staging: \(staging)", to: "config/aud/config.yaml")
            let applied = try await place.aud("apply", file, "--yes")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(place.changes.count == 2)
        }
    }

    @Test func commandsThatAreShownNameTheStateFileAndTheTokenFile() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            try place.folder.write("sgp_aTokenThatIsLongEnough", to: "token", mode: 0o600)
            let options = [
                "--state", place.folder.path + "/other.sqlite", "--token-file", place.folder.path + "/token",
            ]
            let script = "list() | where .enabled | take 3 | disable"
            let planned = try await place.process.run(["plan", "-e", script, "-o", file] + options, input: [])
            #expect(planned.errors.contains("apply \(file) --token-file \(options[3]) --state \(options[1])"))
            place.sandbox.faults = [SandboxFault(.status(401), on: [.update], skip: 1)]
            let stopped = try await place.process.run(["apply", file, "--yes"] + options, input: [])
            #expect(stopped.errors.contains("To go on: aud resume 1 \(options.joined(separator: " "))"))
            let again = try await place.process.run(["apply", file, "--yes"] + options, input: [])
            #expect(again.errors.contains("`aud runs show 1 --state \(options[1])`"), "\(again.errors)")
            #expect(again.errors.contains("`aud resume 1 --state \(options[1])`"), "\(again.errors)")
            place.sandbox.faults = []
            // A cap that refuses says itself what is to be done; the same command would be refused again.
            let refused = try await place.process.run(["resume", "1", "--max-changes", "1"] + options, input: [])
            #expect(refused.code == 5, "\(refused.errors)")
            #expect(refused.errors.contains("--max-changes 2") && !refused.errors.contains("To go on"))
            #expect(try await place.process.run(["resume", "1"] + options, input: []).code == 0)
        }
    }

    @Test(arguments: ["csv", "ndjson", "json"])
    func whatBecameOfEachCallIsDataOnStandardOutput(format: String) async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            let script = "list() | where .enabled | take 3 | disable"
            /// The statuses in the order of the rows.
            func statuses(_ result: AudProcess.Result) -> [String] {
                let words = result.output.split { !$0.isLetter }.map(String.init)
                return words.filter { ["done", "failed", "notAttempted", "planned"].contains($0) }
            }
            let all = ["-e", script, "--apply", "--yes", "--format", format]
            let applied = try await place.process.run(all, input: [])
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(statuses(applied) == ["done", "done", "done"], "\(applied.output)")
            #expect(applied.errors.contains("3 calls: 3 disable") && applied.errors.contains("3 changes: 3 done"))
            #expect(!applied.output.contains("bill"))

            _ = try await place.aud("plan", "-e", script, "-o", file)
            place.sandbox.faults = [SandboxFault(.status(401), on: [.update], skip: 1)]
            let stopped = try await place.aud("apply", file, "--yes", "--format", format)
            #expect(stopped.code == 4)
            #expect(statuses(stopped) == ["done", "notAttempted", "notAttempted"], "\(stopped.output)")
            place.sandbox.faults = []
            let resumed = try await place.aud("resume", "2", "--format", format)
            #expect(statuses(resumed) == ["done", "done", "done"], "\(resumed.output)")
            let live = try await place.aud("-e", script, "--live", "--yes", "--format", format)
            #expect(statuses(live) == ["done", "done", "done"], "\(live.output)")

            // Nothing to change is no row, and nothing that was refused is any either.
            let none = "let none = list() | take 0 | disable"
            let nothing = try await place.aud("-e", none, "--apply", "--format", format)
            #expect(nothing.code == 0 && nothing.output.isEmpty, "\(nothing.output)")
            let refused = try await place.aud("-e", script, "--apply", "--format", format)
            #expect(refused.code == 5 && refused.output.isEmpty, "\(refused.output)")
        }
    }

    @Test func aDeletedLineIsInTheJournal() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", "list() | where .enabled | take 5 | disable", "-o", file)
            let kept = try place.folder.read("p.aud").split(separator: "\n")
                .filter { !$0.contains("  #2:") && !$0.contains("  #5:") }
            try place.folder.write(kept.joined(separator: "\n"), to: "p.aud")
            #expect(try await place.aud("apply", file, "--yes").code == 0)
            let shown = try await place.aud("runs", "show", "1")
            let message = "deleted from the plan by hand, before it was sent: #2, #5"
            #expect(shown.errors.contains(message), "\(shown.errors)")
        }
    }

    @Test func aLiveRemovalThatBreaksOthersNeedsANumberToo() async throws {
        try await with { place async throws in
            let all = place.sandbox.snapshot(Self.prod)
            let target = try #require(
                all.first { one in
                    all.contains { $0.id != one.id && $0.definition?.query.contains("trait('\(one.key)')") == true }
                })
            for script in ["remove(\"\(target.id)\")", "list() | where .id == \"\(target.id)\" | remove"] {
                for cap in [[], ["--max-broken", "0"]] {
                    let arguments = ["-e", script, "--live", "--yes", "--max-removes", "1"] + cap
                    let refused = try await place.process.run(arguments, input: [])
                    #expect(refused.code == 5, "\(refused.errors)")
                    #expect(refused.errors.contains("--max-broken"), "\(refused.errors)")
                    #expect(place.changes.isEmpty)
                }
            }
            let allowed = try await place.aud(
                "-e", "remove(\"\(target.id)\")", "--live", "--yes", "--max-removes", "1", "--max-broken", "9")
            #expect(allowed.code == 0, "\(allowed.errors)")
            #expect(place.changes.count == 1)
        }
    }

    @Test func withoutAYesNothingIsSent() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", Self.script, "-o", file)
            #expect(try await place.aud("apply", file).code == 5)
            #expect(try await place.aud("apply", file, "--yes").code == 5, "removals need a cap")
            #expect(try await place.aud("apply", file, "--yes", "--max-changes", "5").code == 5)
            #expect(try await place.aud("apply", file, "--dry-run").code == 0)
            #expect(place.changes.isEmpty)
        }
    }

    @Test func removalsThatBreakOthersNeedANumber() async throws {
        try await with { place async throws in
            let all = place.sandbox.snapshot(Self.prod)
            let target = try #require(
                all.first { one in
                    all.contains { $0.id != one.id && $0.definition?.query.contains("trait('\(one.key)')") == true }
                })
            let script = "remove(\"\(target.id)\")"
            let arguments = ["-e", script, "--apply", "--yes", "--max-removes", "1"]
            let refused = try await place.process.run(arguments, input: [])
            #expect(refused.code == 5, "\(refused.errors)")
            #expect(refused.errors.contains("refers to #1, and breaks") && refused.errors.contains("--max-broken"))
            #expect(place.changes.isEmpty)
            let tooMany = try await place.process.run(arguments + ["--max-broken", "0"], input: [])
            #expect(tooMany.code == 5, "\(tooMany.errors)")
            #expect(place.changes.isEmpty)
            let allowed = try await place.process.run(arguments + ["--max-broken", "9"], input: [])
            #expect(allowed.code == 0, "\(allowed.errors)")
            #expect(place.changes == ["DELETE /spaces/\(Self.prod)/audiences/\(target.id) "])
            // Disabling only shows them.
            let script2 = "disable(list() | where .key == \"\(target.key)\")"
            let disabled = try await place.process.run(["-e", script2, "--apply", "--yes"], input: [])
            #expect(disabled.code == 0, "\(disabled.errors)")
        }
    }

    @Test func aPlanIsNoScript() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", Self.script, "-o", file)
            let text = try place.folder.read("p.aud")
            try place.folder.write("use \"p.aud\" as p\np.x()", to: "main.aud")
            for arguments in [
                ["run", file, "--apply", "--yes"], ["-e", text, "--live", "--yes"],
                ["run", place.folder.path + "/main.aud"], ["check", file], ["plan", file], ["fmt", file], [file],
            ] {
                let result = try await place.process.run(arguments, input: [])
                #expect(result.code == 1)
                #expect(result.errors.contains("E0607"), "\(arguments.prefix(1)): \(result.errors)")
            }
            let piped = try await place.process.run(["-"], input: Array(text.utf8))
            #expect(piped.code == 1 && piped.errors.contains("E0607"))
            #expect(try place.folder.read("p.aud") == text)
            #expect(place.changes.isEmpty)
        }
    }

    @Test func detailedSaysWhetherThereIsSomethingToChange() async throws {
        try await with { place async throws in
            #expect(try await place.aud("plan", "-e", Self.script, "--detailed").code == 2)
            #expect(try await place.aud("plan", "-e", "list() | count", "--detailed").code == 0)
            #expect(try await place.aud("plan", "-e", "1 + 1", "--detailed").code == 0)
            #expect(try await place.aud("plan", "-e", Self.script).code == 0)
            #expect(try await place.aud("plan", "-e", Self.script + "\nfail \"no\"", "--detailed").code == 1)
        }
    }

    @Test func aScriptThatFailsIsNotSaved() async throws {
        try await with { place async throws in
            try place.folder.write("before", to: "p.aud")
            let result = try await place.aud(
                "plan", "-e", Self.script + "\nfail \"no\"", "-o", place.folder.path + "/p.aud")
            #expect(result.code == 1)
            #expect(result.errors.contains("no plan was saved"))
            #expect(result.errors.contains("6 calls"))
            #expect(try place.folder.read("p.aud") == "before")
        }
    }

    @Test func nothingToChangeIsAPlanTooAndReplacesAnOldOne() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            #expect(try await place.aud("plan", "-e", Self.script, "-o", file).code == 0)
            let planned = try await place.aud("plan", "-e", "list() | count", "-o", file)
            #expect(planned.code == 0, "\(planned.errors)")
            #expect(try place.folder.read("p.aud").hasPrefix("# aud plan 1 · 0 calls"))
            #expect(place.folder.mode(of: "p.aud") == 0o600)
            let applied = try await place.aud("apply", file)
            #expect(applied.code == 0)
            #expect(applied.errors.contains("changes nothing"))
        }
    }

    @Test func whatIsNoPlanIsNotWrittenOver() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/cleanup.aud"
            try place.folder.write(Self.script, to: "cleanup.aud")
            for arguments in [["plan", file, "-o", file], ["plan", "-e", "disable(list()[0])", "-o", file]] {
                let refused = try await place.process.run(arguments, input: [])
                #expect(refused.code == 1)
                #expect(refused.errors.contains("the plan was not saved"), "\(refused.errors)")
                #expect(refused.errors.contains("it is no plan"), "\(refused.errors)")
                #expect(try place.folder.read("cleanup.aud") == Self.script)
            }
            // An empty file is nobody's work: `mktemp` makes one.
            try place.folder.write("", to: "empty", mode: 0o644)
            #expect(
                try await place.aud("plan", "-e", "disable(list()[0])", "-o", place.folder.path + "/empty").code == 0)
            #expect(place.folder.mode(of: "empty") == 0o600)
        }
    }

    @Test(arguments: ["-", ""])
    func aPlanNeedsTheNameOfAFile(name: String) async throws {
        try await with { place async throws in
            for arguments in [["plan", "-e", "disable(list()[0])", "-o", name], ["undo", "1", "-o", name]] {
                let refused = try await place.process.run(arguments, input: [])
                #expect(refused.code == 1)
                #expect(refused.errors.contains("-o needs the name of a file"), "\(refused.errors)")
                #expect(refused.output.isEmpty)
            }
        }
    }

    @Test func aPlanIsAppliedOnceAndTheRefusalNamesResumeWhereItHelps() async throws {
        try await with { place async throws in
            let file = place.folder.path + "/p.aud"
            _ = try await place.aud("plan", "-e", "list() | where .enabled | take 3 | disable", "-o", file)
            // The token is refused in the middle.
            place.sandbox.faults = [SandboxFault(.status(401), on: [.update], skip: 1)]
            let stopped = try await place.aud("apply", file, "--yes")
            #expect(stopped.code == 4, "\(stopped.errors)")
            #expect(stopped.errors.contains("To go on: aud resume 1"))
            place.sandbox.faults = []
            let sent = place.changes.count
            for isDone in [false, true] {
                if isDone { #expect(try await place.aud("resume", "1").code == 0) }
                let sent = isDone ? place.changes.count : sent
                let again = try await place.aud("apply", file, "--yes")
                #expect(again.code == 5)
                #expect(again.errors.contains("this plan was applied already, as run 1, so nothing was sent"))
                #expect(again.errors.contains("aud runs show 1"))
                #expect(again.errors.contains("aud resume 1") == !isDone, "\(again.errors)")
                #expect(place.changes.count == sent)
            }
            #expect(Set(place.changes).count == 3)
        }
    }

    @Test func thePlanAsDataHasAllThatThePreviewSays() async throws {
        try await with { place async throws in
            let result = try await place.aud(
                "plan", "-e", "disable(list()[0]); print(list()[0].status)", "--format", "json")
            #expect(result.code == 0, "\(result.errors)")
            for part in ["\"calls\":", "\"bill\":", "\"consequences\":", "\"simulated\":", "read `status`"] {
                #expect(result.output.contains(part), "\(part)")
            }
        }
    }

    @Test func theTokenIsInNoPlan() async throws {
        try await with { place async throws in
            let script = "param note: string\ndisable(list()[0])"
            try place.folder.write(script, to: "s.aud")
            let result = try await place.aud(
                "plan", place.folder.path + "/s.aud", "--set", "note=sgp_aTokenThatIsLongEnough", "-o",
                place.folder.path + "/p.aud")
            #expect(result.code == 1)
            #expect(result.errors.contains("the token is in it"))
            #expect(place.folder.mode(of: "p.aud") == nil)
        }
    }

    @Test func capsInPercentComeFromTheOptionOrTheProfile() async throws {
        try await with { place async throws in
            let script = "list() | where .enabled | take 5 | disable"
            let option = try await place.aud("-e", script, "--apply", "--yes", "--max-percent", "1")
            #expect(option.code == 5)
            #expect(option.errors.contains("would change 5 of 212 audiences of prod, the cap is 1 %"))
            let text = try place.folder.read("config/aud/config.yaml") + "\n    max-percent: 2\n"
            try place.folder.write(text, to: "config/aud/config.yaml")
            #expect(try await place.aud("-e", script, "--apply", "--yes").code == 5)
            #expect(place.changes.isEmpty)
            #expect(try await place.aud("-e", script, "--apply", "--yes", "--max-percent", "3").code == 0)
            #expect(place.changes.count == 5)
        }
    }
}
