import AudSandbox
import AudTesting
import Synchronization
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A token that is recognised wherever it turns up, given to the real program in every way and with every command. It may
/// be found where the person put it, and nowhere else.
@Suite(.timeLimit(.minutes(10))) struct CanaryTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"
    /// Every kind of character that an encoding treats in its own way.
    private static let canary = "sgp_cAnaRy/7Yq+Wm=3Kd%Zp0&Xs?9"
    /// Another, for a test whose command line has it while others look at the command lines of all processes.
    private static let argument = "sgp_aRguMent/8Zr+Vn=4Le%Yq1&Wt?0"

    enum Source: String, CaseIterable, Sendable {
        case file, segmentToken, publicToken, command
    }

    @Test(arguments: Source.allCases)
    func theTokenStaysWhereThePersonPutIt(source: Source) async throws {
        try await TemporaryFolder.with { folder async throws in
            let watch = ProcessWatch()
            var options = SandboxOptions()
            options.lock = .zero
            options.limits = .off
            options.tokens = .only([Self.canary])
            options.onRequest = { _ in watch.look(for: Needles(Self.canary)) }
            try await Sandbox.with(options) { sandbox, url in
                let place = try Place(folder, source, sandbox: sandbox, url: "\(url)", canary: Self.canary)
                try await place.useEveryCommand()
                // What an error says does not depend on where the token came from.
                if source == .segmentToken { try await place.meetEveryError() }
                let needles = Needles(Self.canary)
                for (command, said) in place.said {
                    #expect(needles.first(in: Array(said.utf8)) == nil, "\(command): \(said)")
                }
                #expect(watch.looks > 20)
                #expect(watch.found.isEmpty, "\(watch.found)")
                let files = try place.filesOfTheProgram()
                for name in ["state/aud/state.sqlite", "plan.aud", "trace"] { #expect(files[name] != nil, "\(name)") }
                #expect(files["named.plan.aud"] == nil)
                for (name, bytes) in files { #expect(needles.first(in: bytes) == nil, "\(name)") }
            }
        }
    }

    @Test func aTokenThatIsTypedIsNeitherShownNorRemembered() async throws {
        try await TemporaryFolder.with { folder async throws in
            var options = SandboxOptions()
            options.tokens = .only([Self.canary])
            try await Sandbox.with(options) { _, url in
                let output = try await Self.typeInTheShell(folder, "\(url)")
                let needles = Needles(Self.canary)
                #expect(needles.first(in: output) == nil)
                for (name, bytes) in try Place.files(in: folder.path) {
                    #expect(needles.first(in: bytes) == nil, "\(name)")
                }
            }
        }
    }

    @TerminalActor
    private static func typeInTheShell(_ folder: TemporaryFolder, _ url: String) throws -> [UInt8] {
        let shell = TerminalShell(folder: folder)
        let terminal = try shell.start(["--base-url", url, "--space", prod], columns: 100)
        let prompt = "\(prod) dry>"
        try terminal.waitForPrompt(prompt)
        try terminal.send("list() | count\r")
        try terminal.wait(forText: "Token for Segment")
        try terminal.send(canary + "\r")
        try terminal.wait(for: "the answer") { $0.lines.contains("212") && $0.isAt(prompt: prompt) }
        try terminal.run(":limits", text: "4 rows", prompt: prompt)
        try terminal.run("list() | take 1 | disable", text: "1 staged", prompt: "\(prod) dry +1>")
        try terminal.send(":quit\r")
        try terminal.wait(forText: "[y/N]")
        try terminal.send("y\r")
        #expect(try terminal.waitForEnd() == .exited(0))
        return terminal.output
    }

    /// `aud sandbox serve --log` is shown to people, and a client may have taken the token for something else.
    @Test func theLogOfTheSandboxHasNoToken() async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write(Self.argument, to: "token")
            let aud = AudProcess(home: folder, variables: ["SEGMENT_TOKEN": Self.argument])
            let result = try await aud.shell(
                """
                cd "$HOME"; "$AUD" sandbox serve --port 0 --token-file token --log >log 2>errors & pid=$!
                until url=$(head -1 log) && [ -n "$url" ]; do :; done
                "$AUD" --base-url "$url" --space "$(cat token)" -e 'list() | count'
                "$AUD" --base-url "$url" --space \(Self.prod) -e 'get(env("SEGMENT_TOKEN"))'
                kill $pid; wait $pid
                """)
            let needles = Needles(Self.argument)
            #expect(needles.first(in: Array((result.output + result.errors).utf8)) == nil)
            let log = try folder.read("log")
            #expect(log.contains("GET /spaces/***/audiences"), "\(log)")
            for name in ["log", "errors"] {
                #expect(needles.first(in: Array(try folder.read(name).utf8)) == nil, "\(name)")
            }
        }
    }
}

/// The forms in which a token could be written.
private struct Needles: Sendable {
    private var forms: [[UInt8]] = []

    init(_ token: String) {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        for isUpper in [true, false] {
            let text = token.utf8.map { byte in
                plain.contains(byte)
                    ? String(UnicodeScalar(byte))
                    : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: isUpper)
            }
            forms.append(Array(text.joined().utf8))
        }
        forms.append(Array(token.utf8))
        forms.append(Array(token.utf8.flatMap { $0 == UInt8(ascii: "/") ? Array("\\/".utf8) : [$0] }))
        // Of base64 inside a longer text the first and the last characters depend on what stands beside it.
        for before in 0..<3 {
            let bytes = Data(Array(repeating: 0x41, count: before) + Array(token.utf8))
            let text = Array(bytes.base64EncodedString().utf8).filter { $0 != UInt8(ascii: "=") }
            let core = Array(text.dropFirst(before == 0 ? 0 : before + 1).dropLast())
            forms.append(core)
            forms.append(
                core.map {
                    switch $0 {
                    case UInt8(ascii: "+"): UInt8(ascii: "-")
                    case UInt8(ascii: "/"): UInt8(ascii: "_")
                    default: $0
                    }
                })
        }
    }

    /// The first form that is in the bytes.
    func first(in bytes: [UInt8]) -> String? {
        forms.first { bytes.firstRange(of: $0) != nil }.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Looks at the command lines of all processes, and at what children of the program inherit.
private final class ProcessWatch: Sendable {
    private struct State {
        var looks = 0
        var found: Set<String> = []
    }

    private let state = Mutex(State())

    var looks: Int { state.withLock { $0.looks } }
    var found: Set<String> { state.withLock { $0.found } }

    func look(for needles: Needles) {
        var found: Set<String> = []
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for pid in names where pid.allSatisfy(\.isNumber) {
            guard let line = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/cmdline")) else { continue }
            if needles.first(in: Array(line)) != nil { found.insert(String(decoding: line, as: UTF8.self)) }
        }
        state.withLock { state in
            state.looks += 1
            state.found.formUnion(found)
        }
    }
}

/// A home with a token, and the commands that are given it.
private final class Place: Sendable {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    private let folder: TemporaryFolder
    private let sandbox: Sandbox
    private let canary: String
    private let aud: AudProcess
    private let options: [String]
    private let collected = Mutex<[(command: String, said: String)]>([])

    init(_ folder: TemporaryFolder, _ source: CanaryTests.Source, sandbox: Sandbox, url: String, canary: String) throws
    {
        self.folder = folder
        self.sandbox = sandbox
        self.canary = canary
        var aud = AudProcess(home: folder)
        var profile = """
            profiles:
              local:
                base-url: \(url)
                space: prod
                spaces:
                  prod: \(Self.prod)
                limits:
                  update: 1000/60s
                  list: 1000/60s
                  get: 1000/60s

            """
        var options: [String] = []
        switch source {
        case .file: options = ["--token-file", try folder.write(canary, to: "put/token")]
        case .segmentToken: aud.variables["SEGMENT_TOKEN"] = canary
        case .publicToken: aud.variables["PUBLIC_API_TOKEN"] = canary
        case .command:
            // It leaves what it was given beside the token.
            let script = try folder.write(
                """
                #!/bin/sh
                here=$(dirname "$0")
                env >>"$here/../child.env"; tr '\\0' ' ' </proc/$PPID/cmdline >>"$here/../child.parent"
                cat "$here/secret"
                """, to: "put/token-command", mode: 0o700)
            try folder.write(canary, to: "put/secret")
            profile += "    token-command: [\(script)]\n"
        }
        try folder.write(profile, to: "config/aud/config.yaml")
        self.aud = aud
        self.options = options
    }

    var said: [(command: String, said: String)] { collected.withLock { $0 } }

    @discardableResult
    private func run(_ arguments: String..., code: Int32? = nil) async throws -> AudProcess.Result {
        let result = try await aud.run(arguments, input: [])
        collected.withLock { $0.append((arguments.joined(separator: " "), result.output + result.errors)) }
        if let code { #expect(result.code == code, "\(arguments): \(result.errors)") }
        return result
    }

    /// A command that works in the workspace.
    private func work(_ arguments: String..., code: Int32? = nil) async throws {
        let trace = ["--trace", folder.path + "/trace"]
        let result = try await aud.run(arguments + options + trace, input: [])
        collected.withLock { $0.append((arguments.joined(separator: " "), result.output + result.errors)) }
        if let code { #expect(result.code == code, "\(arguments): \(result.errors)") }
    }

    func useEveryCommand() async throws {
        let script = folder.path + "/s.aud"
        let plan = folder.path + "/plan.aud"
        try folder.write("let some = list() | where .enabled | take 2\nsome | disable\n", to: "s.aud")
        try await work("run", script, "--format", "json", code: 0)
        try await work("run", script, "--apply", "--yes", code: 0)
        try await work("run", script, "--live", "--yes", code: 0)
        try await work("plan", script, "-o", plan, code: 0)
        try await work("apply", plan, "--yes", code: 0)
        try await work("apply", plan, "--yes", code: 5)
        try await work("-e", "list() | where not .enabled | last | remove", "--apply", "--yes", "--max-removes", "1")
        for format in ["table", "json", "ndjson", "csv"] {
            try await run("runs", "--format", format, code: 0)
            try await run("runs", "show", "1", "--format", format, code: 0)
            try await run("banked", "--format", format, code: 0)
        }
        try await work("resume", "1", code: 0)
        try await work("undo", "1", code: 0)
        try await work("undo", "1", "--apply", "--yes", code: 0)
        try await work("limits", code: 0)
        try await work("limits", "--format", "json", code: 0)
        try await run("check", script, code: 0)
        try await run("fmt", "--check", script)
        try await run("explain", "A2001", code: 0)
        try await run("help", "list", code: 0)
        try await run("--version", code: 0)
    }

    func meetEveryError() async throws {
        // The server gives the token back in its answers, as it is and in other forms.
        let base64 = Data(canary.utf8).base64EncodedString()
        let answers: [(Int, String, String)] = [
            (401, "application/json", "{\"errors\":[{\"type\":\"auth\",\"message\":\"bad token \(canary)\"}]}"),
            (422, "application/json", "{\"errors\":[{\"type\":\"x\",\"message\":\"Basic \(base64)\"}]}"),
            (403, "text/html", "<html><title>Forbidden</title><body>Bearer \(canary)</body></html>"),
            (500, "text/plain", canary), (302, "text/plain", ""), (404, "application/json", "{"),
        ]
        for (status, type, body) in answers {
            let headers = status == 302 ? ["Location": "http://127.0.0.1:9/?token=\(canary)"] : [:]
            sandbox.faults = [
                SandboxFault(
                    .answer(.init(status: status, contentType: type, headers: headers, body: body), applying: false),
                    on: [.update])
            ]
            try await work("-e", "list() | where .enabled | take 2 | disable", "--apply", "--yes")
            sandbox.faults = []
            try await run("runs", "show", "5")
        }
        sandbox.faults = [
            SandboxFault(.dropAfterApplying, on: [.update]), SandboxFault(.cutBody(keeping: 9), on: [.get]),
        ]
        try await work("-e", "list() | where .enabled | take 2 | disable", "--live", "--yes", "--max-time", "5s")
        sandbox.faults = []
        // An audience is called like the token: it is shown masked, and in no plan.
        sandbox.insert(SandboxAudience(id: "aud_named", spaceID: Self.prod, name: canary))
        try await work("-e", "print(get(\"aud_named\").name); get(\"aud_named\")", code: 0)
        try await work("plan", "-e", "disable(get(\"aud_named\"))", "-o", folder.path + "/named.plan.aud", code: 1)
        try await work("-e", "disable(get(\"aud_named\"))", "--live", "--yes", code: 0)
        try await work("-e", "remove(get(\"aud_named\"))", "--apply", "--yes", "--max-removes", "1", code: 0)
        try await run("banked", "--format", "json", code: 0)
        // A script that ends badly with a value of the workspace in hand.
        try await work("-e", "list(); fail \"no\"", code: 1)
        try await work("-e", "list(); while true {}", "--max-steps", "1000", code: 75)
        try await work("-e", "let all = list(); all[0] + 1", code: 1)
    }

    /// All that is in the home and was not put there by a person.
    func filesOfTheProgram() throws -> [String: [UInt8]] {
        try Self.files(in: folder.path).filter { !$0.key.hasPrefix("put/") }
    }

    static func files(in folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            // A folder has no bytes.
            guard let bytes = try? Data(contentsOf: URL(filePath: folder + "/" + name)) else { continue }
            files[name] = Array(bytes)
        }
        return files
    }
}
