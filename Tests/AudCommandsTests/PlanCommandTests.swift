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
