import AudRuntime
import SegmentAudiences
import Testing

@testable import AudCommands

/// Where the token comes from, and where it may go.
@Suite struct TokenSourcesTests {
    private let segment = BaseURL.unitedStates

    private func token(_ sources: TokenSources) async throws -> APIToken {
        try await sources.token(for: segment, isOwn: true)
    }

    @Test func theOrderIsFileVariablesCommandLoginQuestion() async throws {
        try await TemporaryFolder.with { folder async throws in
            var sources = TokenSources(
                file: try folder.write("from-the-file\n", to: "token"),
                environment: ["SEGMENT_TOKEN": "from-segment", "PUBLIC_API_TOKEN": "from-public"],
                command: ["echo", "from-the-command"],
                saved: try folder.write("from-login\n", to: "saved"), prompt: { "typed" })
            #expect(try await token(sources) == APIToken("from-the-file"))
            #expect(sources.source == "the token file \(folder.path)/token")
            sources.file = nil
            #expect(try await token(sources) == APIToken("from-segment"))
            #expect(sources.source == "SEGMENT_TOKEN")
            sources.environment["SEGMENT_TOKEN"] = ""
            #expect(try await token(sources) == APIToken("from-public"))
            #expect(sources.source == "PUBLIC_API_TOKEN")
            sources.environment = [:]
            #expect(try await token(sources) == APIToken("from-the-command"))
            #expect(sources.source == "token-command echo")
            sources.command = []
            #expect(try await token(sources) == APIToken("from-login"))
            #expect(sources.source == "aud login")
            sources.saved = nil
            #expect(try await token(sources) == APIToken("typed"))
            #expect(sources.source == "a question at the terminal")
            sources.prompt = nil
            let error = await #expect(throws: CommandError.self) { try await token(sources) }
            #expect(error?.exit == .authentication)
            #expect(error?.help?.contains("SEGMENT_TOKEN") == true)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660] as [UInt32])
    func aFileThatOthersCanReadIsRefusedWithWhatMendsIt(mode: UInt32) async throws {
        try await TemporaryFolder.with { folder async throws in
            let path = try folder.write("secret", to: "token", mode: mode)
            let error = await #expect(throws: CommandError.self) { try await token(TokenSources(file: path)) }
            #expect(error?.message.contains("others than you can read it") == true)
            #expect(error?.help == "chmod 600 \(path)")
        }
    }

    @Test func aTokenOfLoginThatOthersCanReadIsRefused() async throws {
        try await TemporaryFolder.with { folder async throws in
            let path = try folder.write("secret", to: "saved", mode: 0o640)
            let error = await #expect(throws: CommandError.self) { try await token(TokenSources(saved: path)) }
            #expect(error?.message.contains("others than you can read it") == true)
        }
    }

    @Test func aMissingFileIsNotPassedOver() async {
        let sources = TokenSources(file: "/nonexistent/token", environment: ["SEGMENT_TOKEN": "x"])
        await #expect(throws: CommandError.self) { try await token(sources) }
    }

    @Test(arguments: ["", "  \n", "two words", "nul\0", "é"])
    func whatIsNoTokenIsRefused(text: String) async throws {
        try await TemporaryFolder.with { folder async throws in
            let path = try folder.write(text, to: "token")
            let error = await #expect(throws: CommandError.self) { try await token(TokenSources(file: path)) }
            #expect(error?.message.contains("no usable token") == true)
        }
    }

    @Test(arguments: [
        (["false"], "failed"), (["/nonexistent/program"], "cannot run"), (["no-such-program-anywhere"], "cannot run"),
    ])
    func aCommandThatFailsIsNamed(command: [String], expected: String) async {
        let error = await #expect(throws: CommandError.self) { try await token(TokenSources(command: command)) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(command[0]) == true)
    }

    @Test func noShellReadsTheCommand() async throws {
        let token = try await token(TokenSources(command: ["printf", "%s", "$HOME"]))
        #expect(token == APIToken("$HOME"))
    }

    @Test func anotherServerOnlyGetsATokenFromAFile() async throws {
        let stranger = try BaseURL("https://proxy.example")
        let sources = TokenSources(environment: ["SEGMENT_TOKEN": "secret"])
        let error = await #expect(throws: CommandError.self) { try await sources.token(for: stranger, isOwn: false) }
        #expect(error?.help?.contains("--token-file") == true)
        #expect(try await sources.token(for: stranger, isOwn: true) == APIToken("secret"))
        #expect(try await sources.token(for: BaseURL("http://127.0.0.1:8089"), isOwn: false) == APIToken("secret"))
        try await TemporaryFolder.with { folder async throws in
            let named = TokenSources(file: try folder.write("for-this-one", to: "token"))
            #expect(try await named.token(for: stranger, isOwn: false) == APIToken("for-this-one"))
        }
    }
}
