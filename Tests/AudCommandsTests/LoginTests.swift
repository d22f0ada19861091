import AudSandbox
import AudTesting
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `aud login`, `aud logout` and `aud profiles`: the token is kept in one file and is nowhere else.
@TerminalActor
@Suite struct LoginTests {
    private static let canary = "canary-token-0123456789"
    private static let space = "9aQ1Lj62S4bomZKLF4DPqW"

    private static var options: SandboxOptions {
        var options = SandboxOptions()
        options.tokens = .only([canary])
        return options
    }

    private func with(
        _ body: @escaping @TerminalActor @Sendable (_ folder: TemporaryFolder, _ url: String) async throws -> Void
    ) async throws {
        let options = Self.options
        try await TemporaryFolder.with { @Sendable folder async throws in
            try await Sandbox.with(options) { @Sendable _, url in try await body(folder, url) }
        }
    }

    private static func logIn(
        _ folder: TemporaryFolder, _ arguments: [String], tokens: [String]
    ) throws -> (
        screen: String, ending: PseudoTerminal.Ending
    ) {
        let terminal = try TerminalShell(folder: folder).start(["login"] + arguments, columns: 160)
        for (place, token) in tokens.enumerated() {
            try terminal.wait(for: "question \(place + 1)") { screen in
                screen.lines.count { $0.hasPrefix("Token (it is not shown):") } == place + 1
            }
            try terminal.send(token + "\r")
        }
        let ending = try terminal.waitForEnd()
        return (terminal.screen.allLines.joined(separator: "\n"), ending)
    }

    /// The files of a folder in which a text stands, as paths below it.
    private static func files(in folder: TemporaryFolder, with text: String) -> [String] {
        var files: [String] = []
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? [] {
            guard let data = FileManager.default.contents(atPath: folder.path + "/" + name) else { continue }
            if String(decoding: data, as: UTF8.self).contains(text) { files.append(name) }
        }
        return files
    }

    @Test func aWrongTokenThenTheRightOne() async throws {
        try await with { folder, url in
            let place = ["acme", "--base-url", url, "--space", Self.space]
            let (screen, ending) = try Self.logIn(folder, place, tokens: ["wrong-wrong-wrong", Self.canary])
            #expect(ending == .exited(0))
            #expect(screen.contains("the server refuses this token"))
            #expect(screen.contains("The token works and is kept for the profile acme."))
            #expect(!screen.contains("wrong-wrong") && !screen.contains(Self.canary), "nothing is echoed")
            #expect(folder.mode(of: "state/aud/tokens/acme") == 0o600)
            #expect(folder.mode(of: "state/aud/tokens") == 0o700)
            #expect(folder.mode(of: "config/aud/config.yaml") == 0o600)

            let aud = AudProcess(home: folder)
            let counted = try await aud.run("-e", "list() | count", "--trace", folder.path + "/trace")
            #expect(counted.code == 0 && counted.output == "212\n", "\(counted.errors)")
            let profiles = try await aud.run("profiles", "--format", "json")
            #expect(
                profiles.output.contains("\"name\":\"acme\"") && profiles.output.contains("\"token\":\"aud login\""))

            #expect(try await aud.run("logout").code == 0)
            #expect(folder.mode(of: "state/aud/tokens/acme") == nil)
            #expect(try await aud.run("-e", "list() | count").code == 4)
        }
    }

    @Test func theTokenIsInNoOtherFile() async throws {
        try await with { folder, url in
            let place = ["acme", "--base-url", url, "--space", Self.space]
            #expect(try Self.logIn(folder, place, tokens: [Self.canary]).ending == .exited(0))
            let aud = AudProcess(home: folder, variables: ["SHELL_FILE": folder.path + "/env"])
            let plan = folder.path + "/p.aud"
            let results = [
                try await aud.run(
                    "plan", "-e", "list() | take 2 | disable", "-o", plan, "--trace", folder.path + "/t1"),
                try await aud.run(
                    "-e", "list() | take 1 | disable", "--apply", "--yes", "--trace", folder.path + "/t2"),
                try await aud.run("-e", "get(\"\(Self.canary)\")"), try await aud.run("profiles"),
                try await aud.run("limits"), try await aud.run("runs", "--format", "json"),
            ]
            for result in results { #expect(!(result.output + result.errors).contains(Self.canary)) }
            try Self.useShell(folder)
            #expect(Self.files(in: folder, with: Self.canary) == ["state/aud/tokens/acme"])
        }
    }

    /// A shell that asks the server, edits and saves. What its editor can see of processes goes into a file.
    private static func useShell(_ folder: TemporaryFolder) throws {
        try folder.write(
            "#!/bin/sh\nenv > \(folder.path)/seen\ncat /proc/$PPID/cmdline /proc/$PPID/environ >> \(folder.path)/seen\n",
            to: "editor", mode: 0o700)
        let shell = TerminalShell(folder: folder, variables: ["EDITOR": folder.path + "/editor"])
        let terminal = try shell.start([], columns: 240)
        let prompt = "acme/\(space) dry>"
        try terminal.waitForPrompt(prompt)
        try terminal.run("list() | count", row: "212", prompt: prompt)
        try terminal.send(":edit\r")
        try terminal.wait(for: "the edited text") { $0.line($0.row) == "\(prompt) list() | count" }
        try terminal.send("\u{3}")
        try terminal.waitForPrompt(prompt)
        try terminal.run(":save \(folder.path)/s.aud", text: "To run it", prompt: prompt)
        try terminal.run("\"\(canary.dropLast(3))\" + \"789\"", row: "****", prompt: prompt)
        try terminal.send("\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
    }

    @Test func nothingIsKeptOfWhatIsRefused() async throws {
        try await with { folder, url in
            let place = ["acme", "--base-url", url, "--space", Self.space]
            let (screen, ending) = try Self.logIn(
                folder, place, tokens: ["wrong-1-wrong-1", "two words", "wrong-3-wrong-3"])
            #expect(ending == .exited(4))
            #expect(screen.contains("this is no token"))
            #expect(folder.mode(of: "state/aud/tokens/acme") == nil)
            #expect(folder.mode(of: "config/aud/config.yaml") == nil)
            let (missing, end) = try Self.logIn(
                folder, ["acme", "--base-url", url, "--space", "none"], tokens: [Self.canary])
            #expect(end == .exited(1))
            #expect(missing.contains("knows no such space"))
            #expect(Self.files(in: folder, with: Self.canary) == [])
        }
    }

    @Test func aConfigurationKeepsItsTextAndAProfileItsServer() async throws {
        try await with { folder, url in
            let text = "# mine\nprofile: b\nprofiles:\n  b: # the other\n    token-command: [pass, b]\n"
            try folder.write(text, to: "config/aud/config.yaml", mode: 0o644)
            let place = ["acme", "--base-url", url, "--space", Self.space]
            #expect(try Self.logIn(folder, place, tokens: [Self.canary]).ending == .exited(0))
            let added = "  acme:\n    base-url: \"\(url)\"\n    space: \"\(Self.space)\"\n"
            #expect(
                try folder.read("config/aud/config.yaml") == text.replacing("profiles:\n", with: "profiles:\n" + added))
            #expect(folder.mode(of: "config/aud/config.yaml") == 0o644)

            let again = try Self.logIn(folder, ["acme"], tokens: [Self.canary])
            #expect(again.ending == .exited(0))
            let elsewhere = try Self.logIn(folder, ["acme", "--region", "eu"], tokens: [])
            #expect(elsewhere.ending == .exited(1) && elsewhere.screen.contains("is for another server"))
            let profiles = try await AudProcess(home: folder).run("profiles", "--format", "csv")
            #expect(
                profiles.output.contains("b,true,api.segmentapis.com,")
                    && profiles.output.contains(",token-command pass,"))
        }
    }

    @Test func theTokenOfATokenCommandIsCheckedAndNotKept() async throws {
        try await with { folder, url in
            for (token, code) in [(Self.canary, Int32(0)), ("wrong-wrong-wrong", 4)] {
                try folder.write("#!/bin/sh\necho \(token)\n", to: "pass", mode: 0o700)
                let place = "base-url: \(url)\n    space: \(Self.space)\n"
                try folder.write(
                    "profiles:\n  b:\n    \(place)    token-command: [\(folder.path)/pass]\n",
                    to: "config/aud/config.yaml")
                let (screen, ending) = try Self.logIn(folder, ["b"], tokens: [])
                #expect(ending == .exited(code))
                let words =
                    code == 0 ? "nothing to keep for the profile b." : "look at what the profile's token-command"
                #expect(screen.contains(words))
                #expect(folder.mode(of: "state/aud/tokens/b") == nil)
            }
        }
    }

    @Test func aServerThatFailsIsAskedOnce() async throws {
        var options = Self.options
        options.faults = [SandboxFault(.status(503))]
        let faulty = options
        try await TemporaryFolder.with { @Sendable folder async throws in
            try await Sandbox.with(faulty) { @TerminalActor @Sendable sandbox, url in
                let place = ["acme", "--base-url", url, "--space", Self.space]
                let (screen, ending) = try Self.logIn(folder, place, tokens: [Self.canary])
                #expect(ending == .exited(8) && screen.contains("could not be checked, so nothing was kept"))
                #expect(sandbox.requests.count == 1)
            }
        }
    }

    @Test func withoutATerminalNothingIsAsked() async throws {
        try await with { folder, url in
            let result = try await AudProcess(home: folder).run(
                "login", "acme", "--base-url", url, "--space", Self.space, input: Self.canary + "\n")
            #expect(result.code == 4)
            #expect(result.errors.contains("there is no terminal to type a token at"))
            #expect(Self.files(in: folder, with: Self.canary) == [])
        }
    }

    @Test func aProfileThatAlwaysConfirmsTakesNoYes() async throws {
        try await with { folder, url in
            try folder.write(
                "profiles:\n  acme:\n    base-url: \(url)\n    space: \(Self.space)\n    confirm: always\n",
                to: "config/aud/config.yaml")
            let aud = AudProcess(home: folder, variables: ["SEGMENT_TOKEN": Self.canary])
            let result = try await aud.run("-e", "list() | take 1 | disable", "--apply", "--yes")
            #expect(result.code == 5)
            #expect(result.errors.contains("the profile says `confirm: always`"))
        }
    }
}
