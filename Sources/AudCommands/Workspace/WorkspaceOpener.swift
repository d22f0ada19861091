import AudLanguage
import AudRuntime
import AudSandbox
import SegmentAudiences

/// Opens the way to the API at the first request: asks for the token, starts the sandbox if there is to be one, makes the
/// client over the ledger that all processes share. Closes all of it at the end.
actor WorkspaceOpener {
    private let settings: WorkspaceSettings
    private let tokens: TokenSources
    private let mask: SecretMask
    private let trace: TraceFile?
    private let state: StateDatabase?
    private let purpose: CallPurpose
    private let onWait: (@Sendable (WaitNotice) -> Void)?
    private let meter: WaitMeter?
    private let retry: RetryPolicy
    private var service: AudienceService?
    private var sandbox: Sandbox?

    init(
        _ settings: WorkspaceSettings, tokens: TokenSources, mask: SecretMask, trace: TraceFile?,
        state: StateDatabase?, purpose: CallPurpose,
        onWait: (@Sendable (WaitNotice) -> Void)? = nil, meter: WaitMeter? = nil, retry: RetryPolicy = RetryPolicy()
    ) {
        self.meter = meter
        self.retry = retry
        self.settings = settings
        self.tokens = tokens
        self.mask = mask
        self.trace = trace
        self.state = state
        self.purpose = purpose
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
        configuration.retry = retry
        try trace?.open()
        if trace != nil || meter != nil {
            configuration.onExchange = { [mask, trace, meter] exchange in
                trace?.write(exchange, masking: mask)
                meter?.add(exchange)
            }
        }
        let service = AudienceService(configuration: configuration, ledger: try ledger(url, token))
        mask.use(service.redactor)
        self.service = service
        return Connection(service)
    }

    /// The shared ledger; nil for the sandbox of this process, which nobody shares. It opens its file at the first call.
    private func ledger(_ url: BaseURL, _ token: APIToken) throws(CommandError) -> (any RateLedger)? {
        guard settings.baseURL != nil else { return nil }
        guard let state else {
            throw CommandError(
                "there is no place for the state file, in which calls are counted before they are sent",
                help: "set HOME or XDG_STATE_HOME, or name a file with --state FILE"
            )
        }
        return SharedLedger(
            state, host: url.authority, token: token, limits: settings.limits,
            kept: purpose.isInteractive ? 0 : settings.keptForShell, purpose: purpose.text
        )
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
        state?.close()
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
