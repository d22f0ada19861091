import Foundation
import Testing

/// The program from outside: what it prints, and the code it ends with.
@Suite struct ProgramTests {
    private func aud(
        _ arguments: String..., input: String = "", folder: TemporaryFolder
    ) async throws -> AudProcess.Result {
        try await AudProcess(home: folder).run(arguments, input: Array(input.utf8))
    }

    @Test func aTextNeedsNoConfigurationTokenOrState() async throws {
        try await TemporaryFolder.with { folder async throws in
            // A broken configuration is not even looked at.
            try folder.write("profiles: {{{", to: "config/aud/config.yaml", mode: 0o666)
            let result = try await aud("-e", "1 + 1", folder: folder)
            #expect(result.code == 0)
            #expect(result.output == "2\n")
            #expect(result.errors.isEmpty)
            #expect(folder.mode(of: "state") == nil)
        }
    }

    @Test func aScriptOnStandardInput() async throws {
        try await TemporaryFolder.with { folder async throws in
            let piped = try await aud(input: "let x = 20\nprint(x + 1)\nx * 2\n", folder: folder)
            #expect(piped.output == "21\n40\n")
            #expect(piped.code == 0)
            let dash = try await aud("run", "-", "--set", "n=4", input: "param n: int\nn + 1", folder: folder)
            #expect(dash.output == "5\n")
        }
    }

    /// The shell's own rule for data is tested where the output is.
    @Test func whatAScriptPrintsIsNoRowOfItsData() async throws {
        try await TemporaryFolder.with { folder async throws in
            let text = "print(\"two rows\")\n[{a: 1}, {a: 2}] | select .a\nprint(\"end\")\n"
            let path = try folder.write(text, to: "rows.aud")
            for (format, rows) in [
                ("csv", "a\r\n1\r\n2\r\n"), ("ndjson", "{\"a\":1}\n{\"a\":2}\n"), ("json", "[{\"a\":1},{\"a\":2}]\n"),
            ] {
                for result in [
                    try await aud("run", path, "--format", format, folder: folder),
                    try await aud("--format", format, "-e", text, folder: folder),
                    try await aud("--format", format, input: text, folder: folder),
                ] {
                    #expect(result.output == rows)
                    #expect(result.errors == "two rows\nend\n")
                }
            }
            let table = try await aud("run", path, folder: folder)
            #expect(table.output.hasPrefix("two rows\na\n") && table.output.hasSuffix("\nend\n"), "\(table.output)")
        }
    }

    /// Else the next file to be opened has the number of standard output, and gets what is printed.
    @Test func closedStandardDescriptorsAreNoFiles() async throws {
        try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder)
            let printed = try await aud.shell("\"$AUD\" -e 'print(\"x\")' >&-; echo $?")
            #expect(printed.output == "1\n")
            #expect(printed.errors == "error: cannot write standard output: bad file descriptor\n")
            let silent = try await aud.shell("\"$AUD\" -e 'print(\"x\")' <&- 2>&-; echo $?")
            #expect(silent.output == "x\n0\n")
        }
    }

    @Test func aScriptInUTF16IsToldAsSuch() async throws {
        try await TemporaryFolder.with { folder async throws in
            let bytes: [UInt8] = [0xFF, 0xFE] + Array("print(1)\n".utf8).flatMap { [$0, UInt8(0)] }
            let result = try await AudProcess(home: folder).run([], input: bytes)
            #expect(result.code == 1)
            #expect(result.errors.hasPrefix("error[E0101]: this is UTF-16 text, and a script is UTF-8\n"))
            #expect(result.errors.split(separator: "\n").count { $0.hasPrefix("error") } == 1)
        }
    }

    @Test func aScriptThatIsRunByItsFirstLine() async throws {
        try await TemporaryFolder.with { folder async throws in
            let script = try folder.write("#!/usr/bin/env -S aud run\nprint(\"ran\")\n", to: "hello", mode: 0o700)
            let result = try await AudProcess(home: folder).shell("PATH=${AUD%/*}:$PATH; '\(script)'")
            #expect(result.output == "ran\n", "\(result.errors)")
        }
    }

    @Test func aModuleBesideTheScriptAndNoneOutside() async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write("fn double(x) = x * 2\n", to: "work/lib/math.aud")
            try folder.write("fn secret() = 1\n", to: "outside.aud")
            let good = try folder.write("use \"lib/math.aud\" as math\nmath.double(21)\n", to: "work/good.aud")
            #expect(try await aud("run", good, folder: folder).output == "42\n")
            let bad = try folder.write("use \"../outside.aud\" as o\no.secret()\n", to: "work/bad.aud")
            let result = try await aud("run", bad, folder: folder)
            #expect(result.code == 1)
            #expect(result.errors.contains("outside"))
            let lib = try await aud(
                "--lib", folder.path + "/work/lib", "-e", "use \"math.aud\" as m\nm.double(4)", folder: folder)
            #expect(lib.output == "8\n", "\(lib.errors)")
        }
    }

    @Test(arguments: [
        (["nosuch.aud"], "there is no file nosuch.aud"),
        (["run", "nosuch"], "there is no file nosuch"),
        (["run", "."], "is a directory"), (["fmt", "."], "name its files, for example ./*.aud"),
        (["check", ""], "the name of the script is empty"), (["-e", "1", "--lib", "/dev/null"], "no folder /dev/null"),
        (["chekc", "x.aud"], "did you mean: aud check"), (["--sandbox", "rnu", "x.aud"], "did you mean: aud run"),
        (["--nope", "value", "x.aud"], "unknown option '--nope'"),
        (["run"], "error: missing expected argument"),
        (["-e", "1", "--formt", "json"], "--formt"),
        (["run", "x.aud", "--days", "30"], "error: unknown option '--days'\nusage: "),
        (["run", "x.aud", "--days", "30"], "given with --set name=value"),
        (["run", "x.aud", "--sandbx"], "Did you mean '--sandbox'?"),
        (["-e", "1 +"], "error[E02"),
        (["-e", "nope + 1"], "nope"),
        (["-e", "1 / 0"], "error[R1001]"),
        (["-e", "1", "--set", "x=1"], "no param"),
        (["-e", "param n: int \"how many\"\nn", "--set", "n=many"], "n"),
        (["-e", "param n: int \"how many\"\nn"], "how many"),
        (["-e", "list()", "--profile", "acme"], "no profile"),
        (["-e", "list(\"x\")", "--limits", "fast"], "--limits"),
        (["sandbox", "serve", "--fault", "drp"], "fault"),
    ])
    func whatIsWrongIsSaidAndTheCodeIsOne(arguments: [String], expected: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).run(arguments, input: [])
            #expect(result.code == 1)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains(expected), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count < 25)
        }
    }

    @Test(arguments: [
        (["check", "x.aud", "--diagnostics", "json", "--nope"], "unknown option '--nope'"),
        (["run", "--diagnostics=json"], "missing expected argument '<file>'"),
        (["chekc", "x.aud", "--diagnostics", "json"], "there is no command \"chekc\""),
        (["-e", "list()", "--limits", "fast", "--diagnostics", "json"], "--limits"),
    ])
    func whatIsWrongOfTheCommandLineIsAlsoForPrograms(arguments: [String], expected: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).run(arguments, input: [])
            #expect(result.code == 1)
            #expect(result.output.isEmpty)
            let lines = result.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(result.errors)")
            let message = try JSONDecoder().decode([String: String?].self, from: Data(result.errors.utf8))
            #expect(message["severity"] == "error")
            #expect(message["message"]??.contains(expected) == true, "\(result.errors)")
            let short = try await AudProcess(home: folder).run(
                arguments.map { $0.replacing("json", with: "short") }, input: [])
            #expect(short.errors.hasPrefix("aud: error: ") && short.errors.split(separator: "\n").count == 1)
        }
    }

    @Test(arguments: [
        (["run", "stle.aud"], "did you mean stale.aud?"), (["stlae.aud"], "did you mean stale.aud?"),
        (["run", "stale"], "did you mean stale.aud?"), (["check", "lib/helpr.aud"], "did you mean lib/helper.aud?"),
        (["fmt", "stal.aud"], "did you mean stale.aud?"), (["run", "lib/nothing.aud"], "look at the spelling"),
    ])
    func aMisspeltFileGetsASuggestion(arguments: [String], expected: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write("print(1)", to: "stale.aud")
            try folder.write("print(1)", to: "lib/helper.aud")
            let result = try await AudProcess(home: folder).shell(
                "cd \"$HOME\" && \"$AUD\" \(arguments.joined(separator: " "))")
            #expect(result.code == 1)
            #expect(result.errors.contains(expected), "\(result.errors)")
        }
    }

    @Test func randomBytesAreADiagnosticAndNoCrash() async throws {
        try await TemporaryFolder.with { folder async throws in
            var seed: UInt64 = 1
            for round in 0..<8 {
                let bytes = (0..<2000).map { _ -> UInt8 in
                    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: seed >> 33)
                }
                let script = try folder.write(bytes, to: "random\(round).aud")
                let result = try await AudProcess(home: folder).run(["run", script], input: [])
                #expect(result.code == 1)
                #expect(result.errors.contains("error["))
                #expect(!result.errors.unicodeScalars.contains("\u{1B}"))
            }
        }
    }

    @Test(arguments: ["(", "[", "{ x: ", "not ", "- ", "if true then ", "\"{", "x => "])
    func nestingTenThousandDeepIsAnErrorOfOneScreen(opening: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            let text = String(repeating: opening, count: 10_000) + "1"
            let result = try await aud("run", "-", input: text, folder: folder)
            #expect(result.code == 1)
            #expect(result.errors.contains("error[E0"))
            #expect(result.errors.split(separator: "\n").count < 25)
            #expect(result.errors.utf8.count < 4000)
        }
    }

    @Test func aClosedOutputPipeEndsQuietly() async throws {
        try await TemporaryFolder.with { folder async throws in
            let process = AudProcess(home: folder)
            let result = try await process.shell(
                "{ \"$AUD\" -e 'for i in 1..300000 { print(\"line {i}\") }'; echo \"status $?\" >&2; } | head -n 1")
            #expect(result.output == "line 1\n")
            #expect(result.errors == "status 141\n")
        }
    }

    @Test func aFullDiskIsSaid() async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).shell("\"$AUD\" -e 'print(1)' >/dev/full")
            #expect(result.code == 1)
            #expect(result.errors.contains("cannot write standard output: no space left on device"))
        }
    }

    @Test func anInterruptEndsALoopWithCode130() async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).shell(
                """
                mkfifo "$HOME/ready"
                "$AUD" -e 'print("on")
                while true {}' >"$HOME/ready" & pid=$!
                read line <"$HOME/ready"
                kill -TERM $pid
                wait $pid
                """)
            #expect(result.code == 130, "\(result.errors)")
            #expect(result.errors.contains("interrupted"))
        }
    }

    @Test func diagnosticsInAllForms() async throws {
        try await TemporaryFolder.with { folder async throws in
            let short = try await aud("-e", "1 / 0", "--diagnostics", "short", folder: folder)
            #expect(short.errors.hasPrefix("-e:1:"))
            #expect(short.errors.split(separator: "\n").count == 1)
            let json = try await aud("-e", "1 / 0", "--diagnostics", "json", folder: folder)
            #expect(json.errors.hasPrefix("{\"severity\":\"error\",\"code\":\"R1001\""))
            let usage = try await aud("run", "nosuch.aud", "--diagnostics", "json", folder: folder)
            #expect(usage.errors.contains("\"message\":\"there is no file nosuch.aud\""))
        }
    }

    @Test func formats() async throws {
        try await TemporaryFolder.with { folder async throws in
            let rows = "[{name: \"=1+1\", n: 1}, {name: \"b\", n: 2}]"
            #expect(
                try await aud("-e", rows, "--format", "csv", folder: folder).output == "name,n\r\n'=1+1,1\r\nb,2\r\n")
            #expect(
                try await aud("-e", rows, "--format", "csv", "--csv-raw", folder: folder).output
                    == "name,n\r\n=1+1,1\r\nb,2\r\n")
            #expect(
                try await aud("-e", rows, "--format", "ndjson", folder: folder).output
                    == "{\"name\":\"=1+1\",\"n\":1}\n{\"name\":\"b\",\"n\":2}\n")
        }
    }

    @Test func checkFindsErrorsWithoutRunning() async throws {
        try await TemporaryFolder.with { folder async throws in
            let good = try folder.write("print(\"not printed\")\n", to: "good.aud")
            let bad = try folder.write("let x = \n", to: "bad.aud")
            let fine = try await aud("check", good, folder: folder)
            #expect(fine.code == 0)
            #expect(fine.output == "\(good)\n  reads and changes nothing\n")
            let both = try await aud("check", good, bad, folder: folder)
            #expect(both.code == 1)
            #expect(both.errors.contains("bad.aud:"))
        }
    }

    @Test func checkListsWhatAScriptCanDo() async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write("fn retire(a) {\n  disable(a)\n}\n", to: "lib.aud")
            let script = try folder.write(
                """
                use "lib.aud" as lib
                param space: string "space to clean"
                for a in list(space) | where .enabled | at most 40 { lib.retire(a) }
                list(space) | where not .enabled | remove

                """, to: "clean.aud")
            let rich = try await aud("check", script, folder: folder)
            #expect(rich.code == 0)
            var lines = rich.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 7 && lines.remove(at: 2).hasPrefix("  use      /"), "\(rich.output)")
            #expect(
                lines.remove(at: 3).hasPrefix("  updates  line 3  disable  at most 40  through `retire`, line 2 of /"))
            #expect(
                lines == [
                    script, "  param    space: string, needed  space to clean", "  reads    line 3  list",
                    "  reads    line 4  list", "  removes  line 4  remove   no cap",
                ])
            let short = try await aud("check", script, "--diagnostics", "short", folder: folder)
            #expect(short.output.contains("clean.aud:4:36: removes: remove, no cap\n"))
            let json = try await aud("check", script, "--diagnostics", "json", folder: folder)
            #expect(json.output.hasPrefix("{\"file\":") && json.output.split(separator: "\n").count == 1)
            #expect(json.output.contains("\"effect\":\"removes\",\"name\":\"remove\""))
        }
    }

    /// One log for all files, with what is wrong and what can be done, and nothing else on standard output.
    @Test func checkWritesALogForCodeHosts() async throws {
        try await TemporaryFolder.with { folder async throws in
            let good = try folder.write("[\"a\"] | disable\n", to: "good.aud")
            let bad = try folder.write("let x = lenn([1])\nprint(x)\n", to: "bad.aud")
            let log = try await aud("check", good, bad, "--diagnostics", "sarif", folder: folder)
            #expect(log.code == 1)
            #expect(log.output.split(separator: "\n").count == 1)
            for part in [
                "\"version\":\"2.1.0\"", "\"ruleId\":\"E0302\"", "\"ruleId\":\"effect/updates\"",
                "updates: disable one",
                "\"startLine\":1,\"startColumn\":9,\"endLine\":1,\"endColumn\":13",
            ] {
                #expect(log.output.contains(part), "\(part)")
            }
            #expect(log.output.ranges(of: "\"columnKind\"").count == 1, "one run")
            let missing = try await aud("check", "none.aud", "--diagnostics", "sarif", folder: folder)
            #expect(missing.code == 1 && missing.output.contains("\"results\":[]"))
            #expect(missing.errors.contains("none.aud"))
            // A host that shows only the log shows that a file was not looked at.
            #expect(log.output.contains("\"executionSuccessful\":true,\"toolExecutionNotifications\":[]"))
            #expect(
                missing.output.contains(
                    "\"executionSuccessful\":false,\"toolExecutionNotifications\":[{\"level\":\"error\","
                        + "\"message\":{\"text\":\"there is no file none.aud; "), "\(missing.output)")
            #expect(missing.output.contains("\"artifactLocation\":{\"uri\":\"none.aud\"}"))
        }
    }

    @Test func versionAndHelpGoToStandardOutput() async throws {
        try await TemporaryFolder.with { folder async throws in
            let version = try await aud("--version", folder: folder)
            #expect(version.output.hasPrefix("aud "))
            let help = try await aud("run", "--help", folder: folder)
            #expect(help.code == 0)
            #expect(help.output.contains("--apply"))
            #expect(help.errors.isEmpty)
        }
    }
}
