@testable import AudLanguage

/// What somebody reads about one chunk of a fixture: the messages of the passes before the run, else of the run.
///
/// Comments at its head that start with `#!` set the scene: `#! fault A2001` fails the first request as a workspace does,
/// `#! limit steps 100` lowers a limit, `#! set days=x` gives a param, `#! latin1` saves the text in that encoding.
struct GoldenRun {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var sources = SourceMap()

    init(_ text: String) {
        var limits = Limits()
        var fault: RuntimeError?
        var parameters: [String: Value] = [:]
        var isLatin1 = false
        for line in text.split(separator: "\n") where line.hasPrefix("#! ") {
            let words = line.split(separator: " ").map(String.init).dropFirst()
            let first = words.dropFirst().first ?? ""
            switch words.first {
            case "fault": fault = Self.faults[first]
            case "limit": Self.set(&limits, first, words.last.flatMap { Int($0) } ?? 0)
            case "set":
                let parts = first.split(separator: "=", maxSplits: 1).map(String.init)
                parameters[parts[0]] = .string(parts.last ?? "")
            case "latin1": isLatin1 = true
            default: break
            }
        }
        var runner = ScriptRunner(limits: limits, modules: Self.module)
        if let fault {
            runner.workspace.failing = 1
            runner.workspace.fault = fault
        }
        let bytes = isLatin1 ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
        runner.run(SourceFile(name: "test.aud", bytes: bytes), as: .file, parameters: parameters)
        diagnostics = runner.diagnostics
        sources = runner.interpreter.sources
    }

    private static func set(_ limits: inout Limits, _ name: String, _ value: Int) {
        switch name {
        case "steps": limits.steps = value
        case "list": limits.listLength = value
        case "string": limits.stringBytes = value
        case "memory": limits.allocation = value
        default: break
        }
    }

    private static let modules = [
        "lib/circle.aud": "use \"circle.aud\" as again\nfn one() = 1", "lib/loud.aud": "let x = 1\n\tprint(\"日本\")",
        "lib/ratio.aud": "# Über Verhältnisse 📐\nfn ratio(r) {\n\treturn r.a / r.b\n}",
        "lib/typo.aud": "fn name(a: audience) = a.nmae",
    ]

    private static func module(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        let name = importer.hasPrefix("lib/") ? "lib/\(path)" : path
        guard let text = modules[name] else {
            return .failure(
                Diagnostic(
                    .moduleNotFound, "there is no module \(path)", at: nil, help: "it is looked for beside the script"))
        }
        return .success(SourceFile(name: name, text: text))
    }

    /// What only a workspace, a person or a clock brings about, in the words of the runtime and the client.
    private static let faults: [String: RuntimeError] = {
        let item = SmallWorkspace.audience(3)
        let errors = [
            RuntimeError(
                .apiAuth, .auth, "Segment refused the token (GET /spaces/sp/audiences → 401)",
                help: "it may be of another workspace or region, or have been revoked", status: 401),
            RuntimeError(
                .apiNotFound, .notFound,
                "there is no audience aud_99 in \"prod\" (sp): Segment knows nothing of this id",
                item: .string("aud_99"), status: 404),
            RuntimeError(
                .apiValidation, .value, "Segment refused the change: the audience is an entity audience", item: item,
                status: 400),
            RuntimeError(
                .apiConflict, .conflict, "the audience stayed locked for 2 minutes: Segment is still computing it",
                item: item, status: 423, retryable: true),
            RuntimeError(
                .apiRateLimited, .limit, "Segment goes on refusing calls, although aud waited as long as it was told",
                status: 429, retryable: true),
            RuntimeError(
                .apiServer, .server, "Segment failed three times in a row (GET /spaces/sp/audiences → 502)",
                status: 502,
                retryable: true),
            RuntimeError(
                .apiNetwork, .network, "no connection to api.segmentapis.com: the name is not known",
                help: "look whether this machine has a network, and whether a proxy is needed", retryable: true),
            RuntimeError(.apiUnreadable, .server, "the answer is a web page, not JSON: \"Sign in\"", status: 200),
            RuntimeError(
                .apiOutcomeUnknown, .network,
                "the connection broke before the answer came, so nobody knows whether it holds",
                item: item),
            RuntimeError(
                .apiConfiguration, .name, "there is no space called \"prodd\"", help: "did you mean \"prod\"?"),
            RuntimeError(
                .stateUnusable, .value, "the history cannot be kept: the database is held by another program",
                help: "end the other program, or name another file with --state"),
            RuntimeError(
                .notConfirmed, .limit, "there is nobody to ask \"Disable 3 audiences?\"",
                help: "answer yes to everything with --yes"),
            RuntimeError(
                .requestLimit, .limit, "the run would make more than 5000 requests to the API",
                help: "read less in one run, or raise the limit of requests"),
            RuntimeError(
                .changeLimit, .limit, "the run would ask for more than 10000 changes",
                help: "select fewer audiences, or split the job"),
            RuntimeError(
                .timeLimit, .limit, "the run took longer than the 60 s that it may take",
                help: "allow it more time, or do less in one run", retryable: true),
            RuntimeError(.cancelled, .cancelled, "interrupted"),
            RuntimeError(
                .incomplete, .limit,
                "not everything could be read, so nothing more is changed: the listing of \"prod\"",
                help: "run it again; if what was read is enough, say --allow-incomplete"),
        ]
        return Dictionary(uniqueKeysWithValues: errors.map { ($0.code.rawValue, $0) })
    }()
}
