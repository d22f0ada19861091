import AudLanguage
import AudSandbox

/// A fault of the sandbox as an option: the effect, then what narrows it, `drop-after:on=update,every=3,times=2`.
enum FaultText {
    /// What the help says about the form.
    static let form = "EFFECT[:key=value,…]"
    static let effects = [
        "drop-before", "drop-after", "hang", "delay", "status", "html", "cut", "truncate", "empty", "repeat-cursor",
        "redirect",
    ]
    private static let keys = [
        "on", "audience", "page", "skip", "every", "times", "status", "applying", "keep", "delay", "to",
    ]

    static func parse(_ text: String) throws(CommandError) -> SandboxFault {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var settings: [String: String] = [:]
        for setting in parts.count > 1 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : [] {
            let sides = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, keys.contains(sides[0]) else {
                throw CommandError(
                    "cannot read \(Shown.quoted(String(setting))) in --fault \(Shown.quoted(text))",
                    help: "write \(form) with the keys \(keys.joined(separator: ", "))"
                )
            }
            settings[sides[0]] = sides[1]
        }
        return SandboxFault(
            try effect(parts[0], settings, text), on: try operations(settings["on"], text),
            audience: settings["audience"],
            page: try number("page", settings, text), skip: try number("skip", settings, text) ?? 0,
            every: try every(settings, text), times: try number("times", settings, text)
        )
    }

    private static func every(_ settings: [String: String], _ text: String) throws(CommandError) -> Int {
        let every = try number("every", settings, text) ?? 1
        guard every > 0 else { throw wrong("every", text) }
        return every
    }

    private static func effect(
        _ name: String, _ settings: [String: String], _ text: String
    ) throws(CommandError) -> SandboxFault.Effect {
        let applying = settings["applying"] == "true"
        switch name {
        case "drop-before": return .dropBeforeApplying
        case "drop-after": return .dropAfterApplying
        case "hang": return .hang
        case "delay":
            guard let delay = DurationText.parse(settings["delay"] ?? "1s") else { throw wrong("delay", text) }
            return .delay(delay)
        case "status": return .status(try number("status", settings, text) ?? 500, applying: applying)
        case "html": return .html(status: try number("status", settings, text) ?? 502)
        case "cut": return .cutBody(keeping: try number("keep", settings, text) ?? 20)
        case "truncate": return .truncateBody(keeping: try number("keep", settings, text) ?? 20)
        case "empty": return .emptyBody
        case "repeat-cursor": return .repeatCursor
        case "redirect": return .redirect(to: settings["to"] ?? "http://127.0.0.1:9/")
        default:
            throw CommandError(
                "there is no fault \(Shown.quoted(name))",
                help: Suggestions.closest(to: name, among: effects).map { "did you mean \($0)?" }
                    ?? "faults: \(effects.joined(separator: ", "))"
            )
        }
    }

    private static func operations(_ text: String?, _ fault: String) throws(CommandError) -> Set<SandboxOperation> {
        guard let text else { return Set(SandboxOperation.allCases) }
        var operations: Set<SandboxOperation> = []
        for name in text.split(separator: "+", omittingEmptySubsequences: false) {
            guard let operation = SandboxOperation(rawValue: String(name)) else { throw wrong("on", fault) }
            operations.insert(operation)
        }
        return operations
    }

    private static func number(
        _ key: String, _ settings: [String: String], _ text: String
    ) throws(CommandError) -> Int? {
        guard let value = settings[key] else { return nil }
        guard let number = Int(value), number >= 0 else { throw wrong(key, text) }
        return number
    }

    private static func wrong(_ key: String, _ text: String) -> CommandError {
        let expected =
            switch key {
            case "on": "operations joined by +, such as update+remove"
            case "delay": DurationText.form
            case "every": "a whole number, 1 or more: 1 is each request"
            default: "a whole number"
            }
        return CommandError("\(key) in --fault \(Shown.quoted(text)) must be \(expected)")
    }
}
