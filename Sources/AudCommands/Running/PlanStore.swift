import AudLanguage
import AudRuntime

/// Writes and reads plan files. What is written only its owner can read, and the token is in none.
struct PlanStore: Sendable {
    var mask: SecretMask

    func save(_ text: String, in path: String) throws(CommandError) {
        // Masked text would be another plan.
        guard mask.masked(text) == text else {
            throw CommandError(
                "the plan was not saved: the token is in it",
                help: "a name, a key or a param of the script holds the token"
            )
        }
        // A slip of the keyboard must not cost somebody the script.
        if let old = try GuardedFile.read(path, what: "plan", against: .nothing), !old.isEmpty,
            !SourceFile(name: path, bytes: old).isPlan
        {
            throw CommandError(
                "the plan was not saved: \(Shown.path(path)) is there already, and it is no plan",
                help: "name another file, or remove that one first"
            )
        }
        try FileReplacement.write(Array(text.utf8), to: path, mode: 0o600)
    }

    /// Saves, and answers what went wrong.
    func failure(saving text: String, in path: String) -> String? {
        do throws(CommandError) {
            try save(text, in: path)
            return nil
        } catch {
            return error.message
        }
    }

    static func read(_ path: String) throws(CommandError) -> PlanFile {
        guard let bytes = try GuardedFile.read(path, what: "plan", against: .nothing) else {
            throw CommandError("there is no plan \(Shown.path(path))")
        }
        do throws(PlanFileError) {
            return try PlanFile(reading: bytes)
        } catch {
            throw CommandError(error, in: path)
        }
    }
}

extension CommandError {
    /// What is wrong with a plan file.
    init(_ error: PlanFileError, in path: String) {
        let place = Shown.path(path) + (error.line.map { ":\($0)" } ?? "")
        self.init("\(place) is refused, and nothing was sent: \(error.message)", help: error.help, exit: .refused)
    }
}

extension WorkspaceOptions {
    /// The command line that sends a plan to the same workspace. Of a space that the profile does not know it has to be
    /// said that it is meant: of the only one by an option, beside others by the profile.
    func applyCommand(
        of path: String, for plan: Plan, _ profile: Profile, program: String = "aud"
    ) -> String {
        let strangers = plan.spaces.filter(profile.isStranger)
        guard plan.spaces.count > 1, !strangers.isEmpty else {
            return command([program, "apply", path], space: strangers.first?.id)
        }
        return command([program, "apply", path]) + ", once \(profile.naming(strangers))"
    }

    /// The command line that runs a script in the same workspace.
    /// - Parameter space: where the script is to run; nil where the profile says.
    func runCommand(of path: String, space: String?) -> String {
        command(["aud", "run", path], space: space)
    }

    private func command(_ start: [String], space: String? = nil) -> String {
        var words = start
        if sandbox { words.append("--sandbox") }
        for (name, value) in [
            ("--profile", profile), ("--space", space), ("--base-url", baseURL), ("--token-file", tokenFile),
            ("--limits", limits), ("--state", state),
        ] {
            if let value { words += [name, value] }
        }
        return ShellQuoting.command(words)
    }
}
