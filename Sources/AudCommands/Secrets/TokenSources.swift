import AudRuntime
package import SegmentAudiences

/// Where the token comes from. The order is fixed: `--token-file`, `SEGMENT_TOKEN`, `PUBLIC_API_TOKEN`, the profile's
/// command, the file of `aud login`, a question at the terminal. Nothing is read before somebody asks for the token, and a token is never an
/// argument, which every user of the machine could read.
package struct TokenSources: Sendable {
    package var file: String?
    package var environment: [String: String]
    package var command: [String]
    /// The file that `aud login` has written for the profile; nil when it has not.
    package var saved: String?
    /// Asks a person; nil when there is none.
    package var prompt: (@Sendable () async throws(CommandError) -> String)?

    package init(
        file: String? = nil, environment: [String: String] = [:], command: [String] = [], saved: String? = nil,
        prompt: (@Sendable () async throws(CommandError) -> String)? = nil
    ) {
        self.file = file
        self.environment = environment
        self.command = command
        self.saved = saved
        self.prompt = prompt
    }

    /// The variables that are looked at, in order.
    package static let variables = ["SEGMENT_TOKEN", "PUBLIC_API_TOKEN"]

    /// The token for requests to `baseURL`. A server that is neither Segment's nor this machine nor the profile's own
    /// only gets a token from a file that was named for this very command.
    package func token(for baseURL: BaseURL, isOwn: Bool) async throws(CommandError) -> APIToken {
        guard file != nil || baseURL.isSegment || baseURL.isLoopback || isOwn else {
            throw CommandError(
                "the token is not sent to \(Shown.text(baseURL.description)): it is not Segment's",
                help: "name the token for this server with --token-file FILE, or write the server into a profile",
                exit: .authentication
            )
        }
        let (text, source) = try await find()
        guard let token = APIToken(text) else {
            throw CommandError(
                "there is no usable token in \(source): it is empty, or has blanks or characters that no token has",
                exit: .authentication
            )
        }
        return token
    }

    /// What the token comes from, without looking at it. A token is never shown.
    package var source: String {
        if let file { return "the token file \(Shown.path(file))" }
        if let name = Self.variables.first(where: { environment[$0]?.isEmpty == false }) { return name }
        // The arguments of a command are the person's own affair.
        if let program = command.first { return "token-command \(Shown.text(program))" }
        if saved != nil { return "aud login" }
        return "a question at the terminal"
    }

    private func find() async throws(CommandError) -> (text: String, source: String) {
        if let file { return (try Self.read(file), "the token file \(Shown.path(file))") }
        for name in Self.variables {
            if let text = environment[name], !text.isEmpty { return (text, name) }
        }
        if !command.isEmpty { return (try await TokenCommand.run(command), "what the profile's token-command printed") }
        if let saved { return (try Self.read(saved), "what aud login has kept in \(Shown.path(saved))") }
        if let prompt { return (try await prompt(), "what was typed") }
        throw CommandError(
            "there is no token for Segment's API",
            help: "to keep one: aud login; or set SEGMENT_TOKEN, name a file with --token-file FILE, or write a "
                + "token-command into the profile; --sandbox needs none",
            exit: .authentication
        )
    }

    private static func read(_ file: String) throws(CommandError) -> String {
        guard let bytes = try GuardedFile.read(file, what: "token file", against: .reading, limit: 1 << 16) else {
            throw CommandError("there is no token file \(Shown.path(file))", exit: .authentication)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TokenSources {
    /// The sources that a workspace has in this process.
    static func of(_ settings: WorkspaceSettings, _ variables: ProcessVariables) -> TokenSources {
        var sources = of(settings.profile, variables)
        sources.file = settings.tokenFile
        return sources
    }

    /// The sources that a profile has when no option names a file.
    static func of(_ profile: Profile, _ variables: ProcessVariables) -> TokenSources {
        TokenSources(
            environment: variables.values(Self.variables), command: profile.tokenCommand,
            saved: TokenStore(variables)?.saved(profile.name), prompt: TokenPrompt.ifInteractive)
    }
}
