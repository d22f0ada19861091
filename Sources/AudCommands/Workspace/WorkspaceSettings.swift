package import AudRuntime
import AudSandbox
package import SegmentAudiences

/// What the options and the profile say about the workspace, put together: options win.
package struct WorkspaceSettings: Sendable {
    /// Where requests go; nil is the sandbox in this process.
    package var baseURL: BaseURL?
    /// The address is the profile's own, so the profile's token may be sent there.
    package var isOwnBaseURL = false
    package var profile: Profile
    package var aliases: [String: String]
    package var space: String?
    package var limits: LimitSet
    /// What the sandbox in this process keeps to; the client may be told other limits.
    package var sandboxLimits: LimitsText.Name = .seed
    /// How many calls of each limit a run leaves to the shell.
    package var keptForShell = 0
    /// How many edits may be in progress; nil: any number.
    package var editsInProgress: Int?
    /// The state database; nil when nothing says where it could be.
    package var statePath: String?
    /// What a command has to say, to find that file again; empty when it is the usual one.
    var stateOption = ""
    package var tokenFile: String?
    /// The configuration file, for messages.
    package var configurationPath: String?
    /// The names of all profiles.
    package var profiles: [String] = []

    /// Reads the configuration, where there is need of it: the sandbox needs none.
    package init(_ options: WorkspaceOptions, _ variables: ProcessVariables) throws(CommandError) {
        statePath = options.state ?? variables.stateFolder.map { $0 + "/state.sqlite" }
        stateOption = options.state.map { " " + ShellQuoting.command(["--state", $0]) } ?? ""
        editsInProgress = options.editsInProgress
        let limits = try options.limits.map { text throws(CommandError) in try LimitsText(text) }
        if options.sandbox {
            profile = Profile(name: "sandbox")
            aliases = Dictionary(
                Sandbox.spaces(seed: Self.seed).map { ($0.slug, $0.id) }, uniquingKeysWith: { first, _ in first }
            )
            space = options.space ?? "prod"
            self.limits = limits?.over(.seed) ?? .seed
            if case .named(let name) = limits { sandboxLimits = name }
            return
        }
        let path = variables.configurationFolder.map { $0 + "/config.yaml" }
        configurationPath = path
        let file = try path.flatMap { path throws(CommandError) in try ConfigurationFile.read(path) }
        profiles = file?.profiles.keys.sorted() ?? []
        if let file {
            // A command that names its server needs no profile, so several are then no question.
            let needsNone = options.baseURL != nil && options.profile == nil && file.preferred == nil
            profile =
                try needsNone && file.profiles.count > 1 ? Profile(name: "default") : file.profile(options.profile)
        } else {
            guard options.profile == nil else {
                throw CommandError(
                    "there is no profile \(Shown.quoted(options.profile ?? "")): there is no configuration yet",
                    help: path.map { "write \(Shown.path($0)), for example:\n\(ConfigurationFile.example)" }
                )
            }
            profile = Profile(name: "default")
        }
        aliases = profile.spaces
        space = options.space ?? profile.space
        var base = LimitSet.seed
        for (bucket, limit) in profile.limits { base[bucket] = limit }
        self.limits = limits?.over(base) ?? base
        tokenFile = options.tokenFile
        editsInProgress = options.editsInProgress ?? profile.editsInProgress
        keptForShell = options.keepForShell ?? profile.keepForShell ?? 0
        try refuseToKeepAll(options)
        let address = try Self.address(options.baseURL, profile)
        baseURL = address.url
        isOwnBaseURL = address.isOwn
    }

    /// A run to which nothing of a limit is left would crawl, one call a window, and nobody would see why.
    private func refuseToKeepAll(_ options: WorkspaceOptions) throws(CommandError) {
        for bucket in limits.buckets {
            guard let limit = limits[bucket], keptForShell > 0, keptForShell >= limit.count else { continue }
            let source =
                options.keepForShell == nil
                ? "keep-for-shell of the profile \(Shown.quoted(profile.name))" : "--keep-for-shell"
            throw CommandError(
                "\(source) keeps \(keptForShell), and the limit of \(bucket) calls is \(limit): nothing is left for a run",
                help: limit.count > 1
                    ? "keep \(limit.count - 1) or fewer" : "a limit of one call cannot be shared: keep 0"
            )
        }
    }

    /// What checks a token for a profile, which the configuration need not have yet.
    init(loggingInto profile: Profile, state: String?, _ variables: ProcessVariables) throws(CommandError) {
        self.profile = profile
        aliases = profile.spaces
        limits = .seed
        for (bucket, limit) in profile.limits { limits[bucket] = limit }
        statePath = state ?? variables.stateFolder.map { $0 + "/state.sqlite" }
        (baseURL, isOwnBaseURL) = try Self.address(nil, profile)
    }

    /// How a plan names the server that it is for.
    package var host: String { baseURL?.description ?? "the sandbox in the process" }

    /// The seed of the demo data, so that the names of spaces are known before the sandbox runs.
    package static let seed: UInt64 = 1

    static func address(
        _ option: String?, _ profile: Profile
    ) throws(CommandError) -> (url: BaseURL, isOwn: Bool) {
        let own = try profile.baseURL.map { text throws(CommandError) in try url(text) }
        if let option {
            let url = try url(option)
            return (url, url == own)
        }
        if let own { return (own, true) }
        switch profile.region {
        case .eu: return (.europe, true)
        case .us, nil: return (.unitedStates, true)
        }
    }

    private static func url(_ text: String) throws(CommandError) -> BaseURL {
        do {
            return try BaseURL(text)
        } catch {
            throw CommandError(Shown.text(error.message))
        }
    }

    /// What the journal says about the runs of a script.
    package func origin(of script: String) -> RunOrigin {
        RunOrigin(
            host: baseURL?.description ?? "sandbox", profile: profile.name, script: script, isSandbox: baseURL == nil
        )
    }

    /// The media type of the profile's version of the operations.
    package var mediaType: String {
        switch profile.apiVersion {
        case .v1: "application/vnd.segment.v1+json"
        case .alpha, nil: "application/vnd.segment.v1alpha+json"
        }
    }
}
