import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `use` from outside: what may be read, what may not, and what is said about it.
@Suite struct ModuleProcessTests {
    private func run(
        _ files: [String: String], _ arguments: [String] = ["run", "work/main.aud"],
        prepare: (TemporaryFolder) throws -> Void = { _ in }
    ) async throws -> AudProcess.Result {
        try await TemporaryFolder.with { folder async throws in
            for (name, text) in files { try folder.write(text, to: name) }
            try prepare(folder)
            let words = arguments.map(ShellWord.quote).joined(separator: " ")
            return try await AudProcess(home: folder).shell("cd \"$HOME\" && \"$AUD\" \(words)")
        }
    }

    private enum ShellWord {
        static func quote(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
    }

    @Test func aCircleIsShown() async throws {
        let result = try await run([
            "work/main.aud": "use \"b.aud\" as b\nprint(b.f())", "work/b.aud": "use \"lib/c.aud\" as c\nfn f() = c.f()",
            "work/lib/c.aud": "use \"../b.aud\" as b\nfn f() = b.f()",
        ])
        #expect(result.code == 1)
        #expect(
            result.errors.contains(
                "error[E0602]: modules use each other in a circle: work/b.aud uses work/lib/c.aud uses work/b.aud"),
            "\(result.errors)")
        #expect(result.errors.contains("--> work/lib/c.aud:1:5"))
        #expect(result.errors.components(separatedBy: "error[").count == 2, "one error: \(result.errors)")
    }

    @Test(arguments: [
        (["work/main.aud": "use \"main.aud\" as m\nprint(1)"], "work/main.aud uses work/main.aud"),
        (
            ["work/main.aud": "use \"b.aud\" as b\nprint(1)", "work/b.aud": "use \"main.aud\" as m\nfn f() = 1"],
            "work/main.aud uses work/b.aud uses work/main.aud"
        ),
    ])
    func theMainScriptIsPartOfACircle(files: [String: String], expected: String) async throws {
        let result = try await run(files)
        #expect(result.code == 1)
        #expect(result.errors.contains("error[E0602]") && result.errors.contains(expected), "\(result.errors)")
    }

    @Test func twoWaysToOneModuleAreNoCircle() async throws {
        let result = try await run([
            "work/main.aud": "use \"a.aud\" as a\nuse \"lib/../b.aud\" as b\nprint(a.f() + b.f())",
            "work/a.aud": "use \"b.aud\" as b\nfn f() = b.f()", "work/b.aud": "fn f() = 21", "work/lib/x.aud": "",
        ])
        #expect(result.output == "42\n", "\(result.errors)")
    }

    @Test(arguments: [
        ("lib/hlper.aud", "did you mean \"lib/helper.aud\"?"), ("lib/helper", "\"lib/helper.aud\""),
        ("nothing/like/it.aud", "beside work/main.aud"), ("/etc/passwd.aud", "relative path"),
        ("../otside.aud", "there is no module"), ("../outside.aud", "lies outside work"),
        ("link.aud", "lies outside work"), ("folder/outside.aud", "lies outside work"), ("lib", "ends in .aud"),
        ("loop.aud", "there is no module"), ("dir.aud", "is a directory"), ("fine.aud", "E0101"),
        ("pipe.aud", "\"pipe.aud\" is no file"),
    ])
    func whatIsNoModuleOfTheFolder(path: String, expected: String) async throws {
        let files = [
            "work/main.aud": "use \"\(path)\" as m\nprint(m.f())", "work/lib/helper.aud": "fn f() = 1",
            "outside.aud": "fn f() = \"secret\"", "work/dir.aud/x.aud": "",
        ]
        let result = try await run(files) { folder in
            let links = [
                ("link.aud", "../outside.aud"), ("folder", ".."), ("loop.aud", "loop.aud"),
            ]
            for (link, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path + "/work/" + link, withDestinationPath: target)
            }
            // Whoever opened it would wait for a writer.
            #expect(mkfifo(folder.path + "/work/pipe.aud", 0o600) == 0)
            try folder.write([0x66, 0xFF, 0xFE], to: "work/fine.aud")
        }
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        // The name of the folder may be so long that the message is wrapped.
        #expect(result.errors.replacing("\n  ", with: " ").contains(expected), "\(result.errors)")
        #expect(!result.errors.contains("secret"))
        #expect(!result.errors.contains("did you mean \"../outside"), "names outside of the folder are not told")
    }

    @Test func whatIsWrongWithAModuleIsToldOnceForAllFilesThatUseIt() async throws {
        let user = "use \"m.aud\" as m\nprint(m.f())"
        let result = try await run(
            ["work/main.aud": user, "work/two.aud": user, "work/m.aud": "fn f() = nothing"],
            ["check", "work/main.aud", "work/two.aud", "--diagnostics", "short"])
        #expect(result.code == 1)
        #expect(result.errors == "work/m.aud:1:10: error[E0302]: there is nothing named `nothing`\n")
    }

    @Test func linksInsideTheFolderAreFollowed() async throws {
        let result = try await run([
            "work/main.aud": "use \"alias.aud\" as a\nprint(a.f())", "work/lib/x.aud": "fn f() = 7",
        ]) { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/work/alias.aud", withDestinationPath: "lib/x.aud")
        }
        #expect(result.output == "7\n", "\(result.errors)")
    }

    @Test func aLinkToAScriptUsesTheModulesBesideTheScript() async throws {
        let result = try await run(
            ["work/main.aud": "use \"lib/x.aud\" as x\nprint(x.f())", "work/lib/x.aud": "fn f() = 8"],
            ["run", "bin/clean"]
        ) { folder in
            try FileManager.default.createDirectory(
                atPath: folder.path + "/bin", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/bin/clean", withDestinationPath: "../work/main.aud")
        }
        #expect(result.output == "8\n", "\(result.errors)")
    }

    @Test(arguments: [
        ("fn f() = 1\nlet x = nope\n", "E0302", "work/lib/m.aud:2:9"), ("fn f( = 1\n", "E02", "work/lib/m.aud:1:7"),
        ("print(1)\n", "E0603", "work/lib/m.aud:1:1"), ("fn f() = 1 / 0\n", "R1001", "work/lib/m.aud:1:10"),
        ("param x: int = 1\n", "E0603", "work/lib/m.aud:1:1"),
    ])
    func anErrorOfAModuleShowsItsFileAndLine(module: String, code: String, place: String) async throws {
        let result = try await run([
            "work/main.aud": "use \"lib/m.aud\" as m\nprint(m.f())", "work/lib/m.aud": module,
        ])
        #expect(result.code == 1)
        #expect(result.errors.contains("error[\(code)"), "\(result.errors)")
        #expect(result.errors.contains("--> \(place)"), "\(result.errors)")
        #expect(result.errors.components(separatedBy: "error[").count == 2, "one error: \(result.errors)")
    }

    @Test func namesWithAnUnderscoreArePrivate() async throws {
        let result = try await run([
            "work/main.aud": "use \"m.aud\" as m\nprint(m._g())", "work/m.aud": "fn f() = _g()\nfn _g() = 2",
        ])
        #expect(result.code == 1)
        #expect(result.errors.contains("the module `m` has no `_g`"), "\(result.errors)")
    }

    @Test func aTextHasModulesOnlyWithLib() async throws {
        let files = ["work/m.aud": "fn f() = 3", "work/main.aud": "print(1)"]
        let text = "use \"m.aud\" as m\nprint(m.f())"
        #expect(try await run(files, ["-e", text, "--lib", "work"]).output == "3\n")
        let without = try await run(files, ["-e", text])
        #expect(without.errors.contains("--lib DIR"), "\(without.errors)")
        #expect(try await run(files, ["-e", text, "--lib", "wrk"]).errors.contains("there is no folder wrk"))
        let script = try await run(files, ["run", "work/main.aud", "--lib", "work"])
        #expect(script.code == 1)
        #expect(script.errors.contains("--lib is for -e and standard input"))
    }
}
