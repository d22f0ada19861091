import AudLanguage
import AudRuntime
import AudSandbox
import SegmentAudiences

/// Opens the way to the API at the first request: asks for the token, starts the sandbox if there is to be one, makes the
/// client. Closes all of it at the end.
actor WorkspaceOpener {
    private let settings: WorkspaceSettings
    private let tokens: TokenSources
    private let mask: SecretMask
    private let trace: TraceFile?
    private let onWait: (@Sendable (WaitNotice) -> Void)?
    private var service: AudienceService?
    private var sandbox: Sandbox?

    init(
        _ settings: WorkspaceSettings, tokens: TokenSources, mask: SecretMask, trace: TraceFile?,
        onWait: (@Sendable (WaitNotice) -> Void)? = nil
    ) {
        self.settings = settings
        self.tokens = tokens
        self.mask = mask
        self.trace = trace
        self.onWait = onWait
    }

    /// The workspace as a session takes it.
    nonisolated var workspace: Workspace {
        Workspace(
            aliases: settings.aliases, defaultSpace: settings.space, configurationPath: settings.configurationPath
        ) { () async throws(RuntimeError) -> Connection in
            do throws(CommandError) {
                return try await self.open()
            } catch {
                throw error.runtimeError
            }
        }
    }

    private func open() async throws(CommandError) -> Connection {
        let (url, token) = try await address()
        var configuration = ServiceConfiguration(baseURL: url, token: token)
        configuration.mediaType = settings.mediaType
        configuration.limits = settings.limits
        configuration.onWait = onWait
        if let trace {
            try trace.open()
            configuration.onExchange = { [mask] exchange in trace.write(exchange, masking: mask) }
        }
        let service = AudienceService(configuration: configuration)
        mask.use(service.redactor)
        self.service = service
        return Connection(service)
    }

    private func address() async throws(CommandError) -> (BaseURL, APIToken) {
        if let url = settings.baseURL {
            return (url, try await tokens.token(for: url, isOwn: settings.isOwnBaseURL))
        }
        var options = SandboxOptions()
        options.seed = WorkspaceSettings.seed
        options.limits = settings.sandboxLimits.sandbox
        let sandbox = Sandbox(options)
        do {
            let url = try BaseURL(try await sandbox.start())
            self.sandbox = sandbox
            guard let token = APIToken("sandbox") else { throw CommandError("the sandbox has no token") }
            return (url, token)
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError("cannot start the sandbox: \(Shown.text("\(error)"))", exit: .service)
        }
    }

    /// Closes connections and the sandbox.
    func close() async {
        await service?.shutdown()
        await sandbox?.stop()
        service = nil
        sandbox = nil
    }
}

extension CommandError {
    /// The error as a running script sees it.
    var runtimeError: RuntimeError {
        switch exit {
        case .authentication: RuntimeError(.apiAuth, .auth, message, help: help)
        case .interrupted: RuntimeError(.cancelled, .cancelled, message, help: help)
        case .service: RuntimeError(.apiNetwork, .network, message, help: help)
        default: RuntimeError(.apiConfiguration, .limit, message, help: help)
        }
    }
}
