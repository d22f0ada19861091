/// Who answers a running script, and so decides what it means: one world sends changes, another records them, a third
/// knows no audiences at all.
///
/// ```swift
/// struct Console: World {
///     func answer(_ request: Request) async -> Answer {
///         guard case .print(let line) = request else { return refuse(request) }
///         print(line)
///         return .value(.null)
///     }
/// }
/// ```
public protocol World: Sendable {
    /// Answers one request; the script stands still meanwhile. Requests of one script come one at a time. Built-ins that
    /// were added to the interpreter (`Request.host`) are run by it and do not come here.
    func answer(_ request: Request) async -> Answer
}

extension World {
    /// The answer to a request that this world does not know: an error at the place that asked. That a bare expression at
    /// the top level wants to be shown (`Request.show`) is no failure: its value is the result of the run.
    public func refuse(_ request: Request) -> Answer {
        let what: String
        switch request {
        case .show(_, _, statement: true), .showItem: return .value(.null)
        case .show: what = "show"
        case .print: what = "print"
        case .page: what = "list"
        case .get: what = "get"
        case .change(let change): what = change.verb.rawValue
        case .spaces: what = "spaces"
        case .space: what = "space"
        case .confirm: what = "confirm"
        case .environment: what = "env"
        case .sleep: what = "wait"
        case .host(let name, _): what = name
        }
        return .failure(RuntimeError(.unknownName, .name, "this host does not answer `\(what)`"))
    }
}

/// A world with nothing in it, for scripts that only compute: it refuses whatever is asked.
public struct EmptyWorld: World {
    public init() {}

    public func answer(_ request: Request) async -> Answer { refuse(request) }
}
