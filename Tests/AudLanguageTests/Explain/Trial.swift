import AudLanguage

/// One program of a page, run where its rule shows: with smaller limits for what would take long, with a request that
/// fails for what only a server does, with a few modules.
struct Trial {
    /// The codes of the errors, in their order.
    private(set) var errors: [String]
    /// The codes of the warnings.
    private(set) var warnings: [String] = []
    /// All that happened, for messages.
    let events: [String]

    init(of code: Code, _ text: String, isWrong: Bool) {
        var runner = ScriptRunner(limits: Self.limits(of: code), modules: Self.module)
        if isWrong || Self.isCaught(code), let fault = Self.faults[code] {
            runner.workspace.failing = 1
            runner.workspace.fault = fault
        }
        runner.run(text)
        events = runner.events
        errors = Self.errors(in: events)
        let fresh = Interpreter(now: 0, modules: Self.module)
        if case .ready(_, let found) = fresh.load(SourceFile(name: "page.aud", text: text), mode: .file) {
            warnings = found.map(\.code.rawValue)
        }
    }

    /// A text that cannot run tells its warnings too; they are not why.
    static func errors(in events: [String]) -> [String] {
        events.filter { $0.hasPrefix("!! ") && !$0.hasPrefix("!! W") }
            .map { String($0.dropFirst(3).prefix { $0 != " " }) }
    }

    private static func limits(of code: Code) -> Limits {
        var limits = Limits()
        switch code {
        case .stepLimit: limits.steps = 10_000
        case .listLimit: limits.listLength = 1_000
        case .stringLimit: limits.stringBytes = 1_000
        case .memoryLimit: limits.allocation = 1 << 20
        default: break
        }
        return limits
    }

    /// What the first request of a program is answered with, for rules that only a server or a host can break.
    private static let faults: [Code: RuntimeError] = [
        .apiServer: RuntimeError(.apiServer, .server, "the server failed", status: 500),
        .apiConfiguration: RuntimeError(.apiConfiguration, .name, "no space is named"),
        .notConfirmed: RuntimeError(.notConfirmed, .limit, "there is nobody to ask"),
    ]

    /// Whether the right program is right because it lives with the failure.
    private static func isCaught(_ code: Code) -> Bool { code == .apiServer }

    private static let files = [
        "lib/a.aud": "use \"b.aud\" as b\nfn one() = 1",
        "lib/b.aud": "use \"a.aud\" as a\nfn two() = 2",
        "lib/c.aud": "use \"shared.aud\" as shared\nfn one() = shared.zero()",
        "lib/d.aud": "use \"shared.aud\" as shared\nfn two() = shared.zero()",
        "lib/shared.aud": "fn zero() = 0",
        "lib/names.aud": "fn short(name) = split(name, \" \")[0]",
        "lib/noisy.aud": "print(\"loaded\")",
        "lib/quiet.aud": "fn hello() { print(\"loaded\") }",
    ]

    static func module(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        let folder = importer.hasPrefix("lib/") ? "lib/" : ""
        guard let text = files[folder + path] else {
            return .failure(Diagnostic(.moduleNotFound, "there is no module \(path)", at: nil))
        }
        return .success(SourceFile(name: folder + path, text: text))
    }
}
