import AudLanguage
import AudRuntime
import SegmentAudiences

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `aud login`: asks, checks, and only then keeps anything. The token is in no argument, no message and no other file.
struct LoginRun: Sendable {
    var command: LoginCommand
    var variables: ProcessVariables

    /// How often a person may mistype.
    private static let tries = 3

    func perform() async -> Int32 {
        await CommandFrame.perform(ConsoleSettings(), variables) { frame in
            try await logIn(frame.console)
            return .done
        }
    }

    private func logIn(_ console: Console) async throws(CommandError) {
        let (file, path, profile, isNew) = try target()
        guard let store = TokenStore(variables) else { throw .noPlaceForTokens }
        let settings = try WorkspaceSettings(loggingInto: profile, state: command.state.state, variables)
        let space = try await space(of: profile)
        var complete = profile
        // The space that was typed is the one that is meant from now on.
        if isNew, complete.space == nil { complete.space = space }
        // What cannot be written is known before anybody types a secret.
        let text = isNew ? try newConfiguration(complete, file, path) : nil
        let host = settings.baseURL.map(\.description) ?? ""
        console.messages.inform("Logging in to \(Shown.text(profile.name)) at \(Shown.text(host))")
        guard profile.tokenCommand.isEmpty else {
            let tokens = TokenSources(command: profile.tokenCommand)
            if let error = await refusal(of: tokens, settings, space, console) { throw error }
            console.messages.inform(
                "The token that the token-command prints works, and there is nothing to keep for the profile "
                    + "\(Shown.text(profile.name)).")
            return tellShadow(console)
        }
        let token = try await checkedToken(settings, space, console)
        if let text {
            try PrivateFolder.make(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
            if file == nil {
                try FileReplacement.write(text, to: path, mode: 0o600)
            } else {
                try FileReplacement.replace(path, with: text, help: "chmod u+w it, then log in again")
            }
        }
        try store.save(token, of: profile.name)
        let added = isNew ? " It was added to \(Shown.path(path))." : ""
        console.messages.inform("The token works and is kept for the profile \(Shown.text(profile.name)).\(added)")
        tellShadow(console)
    }

    private func tellShadow(_ console: Console) {
        if let shadow = TokenSources.variables.first(where: { !(variables[$0] ?? "").isEmpty }) {
            console.messages.inform("\(shadow) is set and goes before it.")
        }
    }

    // MARK: - The profile

    /// The configuration as it is, and the profile that is meant.
    private func target() throws(CommandError) -> (bytes: [UInt8]?, path: String, profile: Profile, isNew: Bool) {
        guard let path = variables.configurationFolder.map({ $0 + "/config.yaml" }) else {
            throw CommandError("there is no place for the configuration", help: "set HOME or XDG_CONFIG_HOME")
        }
        let bytes = try GuardedFile.read(path, what: "configuration", against: .writing, limit: 1 << 20)
        let file = try bytes.map { bytes throws(CommandError) in try ConfigurationFile(bytes, path: path) }
        let named: String
        if let profile = command.profile { named = profile } else { named = try Self.usual(variables).name }
        guard TokenStore.isName(named) else { throw TokenStore.wrongName(named) }
        if let known = file?.profiles[named] {
            try checkOptions(against: known, path)
            return (bytes, path, known, false)
        }
        var profile = Profile(name: named)
        profile.baseURL = command.baseURL
        profile.region = command.baseURL == nil ? command.region ?? .us : nil
        profile.space = command.space
        return (bytes, path, profile, true)
    }

    /// The profile that is meant when none is named.
    static func usual(_ variables: ProcessVariables) throws(CommandError) -> Profile {
        let path = variables.configurationFolder.map { $0 + "/config.yaml" }
        let file = try path.flatMap { path throws(CommandError) in try ConfigurationFile.read(path) }
        return try file?.profile(nil) ?? Profile(name: "default")
    }

    private func checkOptions(against profile: Profile, _ path: String) throws(CommandError) {
        let isElsewhere =
            command.region.map { profile.baseURL != nil || $0 != profile.region ?? .us } ?? false
            || command.baseURL.map { $0 != profile.baseURL } ?? false
        guard !isElsewhere else {
            throw CommandError(
                "the profile \(Shown.quoted(profile.name)) is for another server",
                help: "change its region or base-url in \(Shown.path(path)), or log in with another name")
        }
    }

    private func newConfiguration(
        _ profile: Profile, _ bytes: [UInt8]?, _ path: String
    ) throws(CommandError) -> [UInt8] {
        let text = ProfileText(profile: profile)
        if let result = try text.added(to: bytes, path: path) { return result }
        throw CommandError(
            "the profile \(Shown.quoted(profile.name)) cannot be added to \(Shown.path(path)) without changing what is there",
            help: "add it under profiles, then log in again:\n\(text.lines().map(Shown.text).joined(separator: "\n"))")
    }

    /// The id of the space that is read.
    private func space(of profile: Profile) async throws(CommandError) -> String {
        let named = command.space ?? profile.space ?? profile.spaces.keys.min()
        if let named { return profile.spaces[named] ?? named }
        switch await ControllingTerminal().ask("The id of a space, to check the token with: ") {
        case .line(let line) where !line.allSatisfy(\.isWhitespace): return line.filter { !$0.isWhitespace }
        case .interrupted: throw CommandError("no space was named: nothing was kept", exit: .interrupted)
        case .line, .refused, .nobody:
            throw CommandError(
                "a token is checked by reading a space, and none is named",
                help: "aud login \(Shown.text(profile.name)) --space ID; the id is in the address of the space in "
                    + "Segment's app", exit: .authentication)
        }
    }

    // MARK: - The token

    private func checkedToken(
        _ settings: WorkspaceSettings, _ space: String, _ console: Console
    ) async throws(CommandError) -> String {
        var left = Self.tries
        while true {
            let text = try await typed()
            left -= 1
            guard APIToken(text) != nil else {
                let error = CommandError(
                    "this is no token: it is empty, or has blanks or characters that no token has",
                    exit: .authentication)
                guard left > 0 else { throw error }
                console.messages.report(error)
                continue
            }
            guard let error = await refusal(of: TokenSources(prompt: { text }), settings, space, console) else {
                return text
            }
            guard error.exit == .authentication, left > 0 else { throw error }
            console.messages.report(error)
        }
    }

    private func typed() async throws(CommandError) -> String {
        switch await ControllingTerminal().ask("Token (it is not shown): ", echo: false) {
        case .line(let line): return line.trimmingBlanks
        case .refused, .interrupted: throw CommandError("no token was typed: nothing was kept", exit: .interrupted)
        case .nobody:
            throw CommandError(
                "there is no terminal to type a token at",
                help: "without one, give the token in SEGMENT_TOKEN or with --token-file FILE", exit: .authentication)
        }
    }

    /// What is wrong with a token, by one read. A person waits for it and can do it again, so it is tried once.
    private func refusal(
        of tokens: TokenSources, _ settings: WorkspaceSettings, _ space: String, _ console: Console
    ) async -> CommandError? {
        var once = RetryPolicy()
        once.attempts = 1
        let opener = WorkspaceOpener(
            settings, tokens: tokens, mask: console.mask, trace: nil, state: settings.stateDatabase,
            purpose: CallPurpose(text: "login", isInteractive: true), retry: once)
        let result: CommandError?
        do {
            _ = try await opener.workspace.connect().reading.page(of: space, after: nil)
            result = nil
        } catch let error as APIError {
            result = refusal(error, settings)
        } catch let error as RuntimeError {
            result = CommandError(Shown.text(error.message), help: error.help, exit: error.exitCode)
        } catch {
            result = CommandError(Shown.text("\(error)"), exit: .service)
        }
        await opener.close()
        return result
    }

    private func refusal(_ error: APIError, _ settings: WorkspaceSettings) -> CommandError {
        let name = Shown.text(settings.profile.name)
        let other: String? =
            switch settings.baseURL {
            case .unitedStates?: "eu"
            case .europe?: "us"
            default: nil
            }
        let elsewhere = other.map { "; a workspace of the other region: aud login NAME --region \($0)" } ?? ""
        switch error.kind {
        case .auth:
            return CommandError(
                "the server refuses this token: \(Shown.text(error.message))",
                help: (settings.profile.tokenCommand.isEmpty
                    ? "type it again, as Segment has shown it" : "look at what the profile's token-command prints")
                    + elsewhere, exit: .authentication)
        case .forbidden:
            return CommandError(
                "the token may not read this space: \(Shown.text(error.message))",
                help: "look at the token's permissions, and at whether the workspace has audiences\(elsewhere)",
                exit: .authentication)
        case .notFound:
            return CommandError(
                "the server takes the token and knows no such space, so nothing was kept",
                help: "aud login \(name) --space ID; the id is in the address of the space in Segment's app")
        default:
            return CommandError(
                "the token could not be checked, so nothing was kept: \(Shown.text(error.message))", exit: .service)
        }
    }
}

extension String {
    /// Without blanks at its ends: they come with what is pasted.
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
