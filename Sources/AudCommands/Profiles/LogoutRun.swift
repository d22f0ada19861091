import AudRuntime

/// `aud logout`: the file of a profile's token goes.
struct LogoutRun: Sendable {
    var profile: String?
    var variables: ProcessVariables

    func perform() -> Int32 {
        let console = Console(variables: variables)
        do throws(CommandError) {
            let name: String
            if let profile { name = profile } else { name = try LoginRun.usual(variables).name }
            guard let store = TokenStore(variables) else { throw .noPlaceForTokens }
            let was = try store.remove(name)
            console.messages.inform(
                was ? "The token of \(Shown.text(name)) is forgotten." : "No token was kept for \(Shown.text(name)).")
            return console.finish(.done)
        } catch {
            console.messages.report(error)
            return console.finish(error.exit)
        }
    }
}

extension CommandError {
    /// Nothing says where a person's files are.
    static let noPlaceForTokens = CommandError(
        "there is no place to keep tokens in", help: "set HOME or XDG_STATE_HOME")
}
