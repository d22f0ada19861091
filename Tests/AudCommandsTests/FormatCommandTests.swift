import ArgumentParser
import Testing

@testable import AudCommands

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `aud fmt` as a process: what it writes, what it leaves alone, and its exit codes.
@Suite struct FormatCommandTests {
    private static let rough = "let x=1 # one\nlist('s')|count\n"
    private static let smooth = "let x = 1  # one\nlist('s') | count\n"

    @Test func standardInputIsFormattedToStandardOutput() async throws {
        try await TemporaryFolder.with { folder async throws in
            for arguments in [["fmt"], ["fmt", "-"]] {
                let result = try await AudProcess(home: folder).run(arguments, input: Array(Self.rough.utf8))
                #expect(result.code == 0)
                #expect(result.output == Self.smooth)
                #expect(result.errors.isEmpty)
            }
        }
    }

    @Test func whatATerminalWouldNotBeShownIsKept() async throws {
        try await TemporaryFolder.with { folder async throws in
            let text = "f(\"\u{202E}\u{1B}[1m\")  # \u{7}\n"
            let result = try await AudProcess(home: folder).run("fmt", input: text)
            #expect(result.output == text)
        }
    }

    @Test func filesAreRewrittenWithTheirModeAndThroughLinks() async throws {
        try await TemporaryFolder.with { folder async throws in
            let first = try folder.write(Self.rough, to: "a.aud", mode: 0o754)
            try folder.write(Self.rough, to: "lib/b.aud", mode: 0o640)
            let link = folder.path + "/link.aud"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "lib/b.aud")
            let result = try await AudProcess(home: folder).run("fmt", first, link)
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.output.isEmpty)
            #expect(try folder.read("a.aud") == Self.smooth)
            #expect(try folder.read("lib/b.aud") == Self.smooth)
            #expect(folder.mode(of: "a.aud") == 0o754)
            #expect(folder.mode(of: "lib/b.aud") == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "lib/b.aud")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/lib") == ["b.aud"])
        }
    }

    @Test func checkNamesTheFilesThatWouldChange() async throws {
        try await TemporaryFolder.with { folder async throws in
            let rough = try folder.write(Self.rough, to: "rough.aud")
            let smooth = try folder.write(Self.smooth, to: "smooth.aud")
            let both = try await AudProcess(home: folder).run("fmt", "--check", smooth, rough)
            #expect(both.code == 1)
            #expect(both.output == rough + "\n")
            #expect(try folder.read("rough.aud") == Self.rough)
            let one = try await AudProcess(home: folder).run("fmt", "--check", smooth)
            #expect(one.code == 0)
            #expect(one.output.isEmpty)
            let input = try await AudProcess(home: folder).run("fmt", "--check", input: Self.rough)
            #expect(input.code == 1)
            #expect(input.output == "<stdin>\n")
        }
    }

    @Test func aBrokenScriptIsLeftAloneAndTheOthersAreNot() async throws {
        try await TemporaryFolder.with { folder async throws in
            let broken = try folder.write("let = 1\n", to: "broken.aud")
            let rough = try folder.write(Self.rough, to: "rough.aud")
            let result = try await AudProcess(home: folder).run("fmt", broken, rough, "--diagnostics", "short")
            #expect(result.code == 1)
            #expect(result.errors.hasPrefix("\(broken):1:5: error[E02"), "\(result.errors)")
            #expect(try folder.read("broken.aud") == "let = 1\n")
            #expect(try folder.read("rough.aud") == Self.smooth)
            let input = try await AudProcess(home: folder).run("fmt", input: "let = 1\n")
            #expect(input.code == 1)
            #expect(input.output.isEmpty)
            #expect(input.errors.contains("<stdin>:1:5"))
        }
    }

    @Test func whatCannotBeRewrittenIsTold() async throws {
        try await TemporaryFolder.with { folder async throws in
            let locked = try folder.write(Self.rough, to: "locked.aud", mode: 0o444)
            let result = try await AudProcess(home: folder).run("fmt", locked, folder.path + "/none.aud", folder.path)
            #expect(result.code == 1)
            #expect(result.errors.contains("locked.aud: it is read-only"))
            #expect(result.errors.contains("there is no file \(folder.path)/none.aud"))
            #expect(result.errors.contains("is a directory"))
            #expect(try folder.read("locked.aud") == Self.rough)
            let smooth = try folder.write(Self.smooth, to: "smooth.aud", mode: 0o444)
            #expect(try await AudProcess(home: folder).run("fmt", smooth).code == 0, "nothing is to be written")
        }
    }

    @Test func aPipeIsNoFileToRewrite() async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).shell(
                "mkfifo \"$HOME/p\"; printf 'f( )' >\"$HOME/p\" & \"$AUD\" fmt \"$HOME/p\"")
            #expect(result.code == 1)
            #expect(result.errors.contains("it is not a regular file"))
        }
    }

    /// More than a pipe holds, so that the reader is gone before all is written.
    @Test func aClosedPipeEndsAsElsewhere() async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write(String(repeating: "print( 'some text of a line' )\n", count: 20_000), to: "long.aud")
            let result = try await AudProcess(home: folder).shell(
                "{ \"$AUD\" fmt < \"$HOME/long.aud\"; echo \"status $?\" >&2; } | head -n 1")
            #expect(result.output == "print('some text of a line')\n")
            #expect(result.errors == "status 141\n")
        }
    }

    @Test(arguments: [
        ("", ""), ("\n\n", ""), ("f( )", "f()\n"), ("f( )\r\ng( )\r\n", "f()\ng()\n"), ("\u{FEFF}f( )\n", "f()\n"),
        ("#!/usr/bin/env -S aud run\nf( )\n", "#!/usr/bin/env -S aud run\nf()\n"),
        ("\u{FEFF}#!/usr/bin/env -S aud run\r\nf( )", "#!/usr/bin/env -S aud run\nf()\n"),
    ])
    func oddFilesGetTheOneLayout(text: String, expected: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            let path = try folder.write(text, to: "odd.aud", mode: 0o755)
            let process = AudProcess(home: folder)
            let result = try await process.run("fmt", path)
            #expect(result.code == 0, "\(result.errors)")
            #expect(try folder.read("odd.aud") == expected)
            #expect(folder.mode(of: "odd.aud") == 0o755)
            #expect(try await process.run("fmt", "--check", path).code == 0)
        }
    }

    @Test func whatIsNoTextIsLeftAsItIs() async throws {
        try await TemporaryFolder.with { folder async throws in
            let bytes: [UInt8] = [0x66, 0x28, 0x20, 0x29, 0xFF, 0x0A]
            let path = try folder.write(bytes, to: "bytes.aud")
            let result = try await AudProcess(home: folder).run("fmt", path)
            #expect(result.code == 1)
            #expect(result.errors.contains("E0101"), "\(result.errors)")
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(bytes))
            let input = try await AudProcess(home: folder).run(["fmt"], input: bytes)
            #expect(input.code == 1)
            #expect(input.output.isEmpty)
        }
    }

    @Test func options() throws {
        let command = try #require(
            try CommandTree.parse(ordered: ["fmt", "a.aud", "--check", "b.aud"]) as? FormatCommand)
        #expect(command.files == ["a.aud", "b.aud"])
        #expect(command.check)
    }
}
