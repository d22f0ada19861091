// `:set`, `:time` and `:profile`. Invariant: nothing here lets more through than the profile does.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    func set(_ argument: String) async {
        let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
        guard let name = words.first else { return await listSettings() }
        guard let setting = ShellSetting.named(name) else {
            let near = Suggestions.closest(to: name, among: ShellSetting.all.map(\.name))
            return say(
                ShellRefusal(
                    "there is no setting `\(name)`",
                    help: near.map { "did you mean `:set \($0)`?" } ?? "`:set` lists the settings"))
        }
        if words.count > 1 {
            do throws(ShellRefusal) {
                try await setting.change(self, words[1].trimmed)
            } catch {
                return say(error)
            }
        }
        output.say("\(setting.name): \(await setting.value(self))")
    }

    private func listSettings() async {
        let widest = ShellSetting.all.map(\.name.count).max() ?? 0
        for setting in ShellSetting.all {
            let value = await setting.value(self)
            let name = setting.name + String(repeating: " ", count: widest - setting.name.count)
            let blanks = String(repeating: " ", count: max(0, 20 - value.count))
            output.say("  \(name)  \(value)\(blanks)  \(output.looks.errorTheme.faint(setting.summary))")
        }
    }

    /// Changes a cap. What the profile says is the most.
    func setCap(
        _ name: String, _ path: any WritableKeyPath<Caps, Int?> & Sendable, _ text: String
    ) async throws(ShellRefusal) {
        if let refusal = setup.refusal { throw ShellRefusal(refusal) }
        let most = setup.guards[keyPath: path]
        var wanted = most
        if text != ShellSetting.unset {
            guard let number = Int(text), number >= 0, name != "max-percent" || number <= 100 else {
                throw ShellRefusal(
                    "`\(name)` is a whole number"
                        + (name == "max-percent" ? " from 0 to 100" : ", 0 or more") + ", or \(ShellSetting.unset)")
            }
            if let most, number > most {
                throw ShellRefusal(
                    "the profile \(setup.profile) allows at most \(most)",
                    help: "who may change the configuration can raise \(name) there")
            }
            wanted = number
        }
        setup.caps[keyPath: path] = wanted
        await session.setCaps(setup.caps)
    }

    /// Changes how long a statement may take. What the profile says is the most.
    func setMaxTime(_ text: String) async throws(ShellRefusal) {
        var wanted = setup.guardTime
        if text != ShellSetting.unset {
            guard let time = Self.duration(text) else {
                throw ShellRefusal("`max-time` is a duration such as 90s, 10min or 2h, or \(ShellSetting.unset)")
            }
            if let most = setup.guardTime, time > most {
                throw ShellRefusal(
                    "the profile \(setup.profile) allows at most \(HumanTime.about(most))",
                    help: "who may change the configuration can raise budget.time there")
            }
            wanted = time
        }
        await session.setWallTime(wanted)
    }

    /// A whole number of a unit, up to ten years.
    private static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let units: [Substring: Int64] = ["s": 1, "min": 60, "h": 3600, "d": 86_400]
        guard let count = Int64(digits), count > 0, let unit = units[text.dropFirst(digits.count)],
            count <= 315_360_000 / unit
        else { return nil }
        return .seconds(count * unit)
    }

    /// `:time` alone turns the telling of times on and off; with a statement it tells the time of that one.
    func time(_ statement: String) async {
        guard !statement.isEmpty else {
            isTiming.toggle()
            return output.say(
                isTiming ? "Statements say how long they took; :time ends it." : "Times are not told any more.")
        }
        let isOn = isTiming
        isTiming = true
        outcome = await runStatement(StatementSource(statement))
        isTiming = isOn
    }

    /// Says how long a statement took and what it asked of the API.
    func tellTime(_ report: RunReport, took: Duration, waited: Duration) {
        var text = "time: \(Self.seconds(took)), \(counted(report.requests, "request"))"
        if waited >= .milliseconds(10) { text += ", \(Self.seconds(waited)) of it waiting for limits" }
        output.say(text)
    }

    /// `0.12 s`
    private static func seconds(_ duration: Duration) -> String {
        let hundredths = Int64((duration / .milliseconds(10)).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
    }

    /// A session belongs to its profile: its names, its plan and its limits are of one workspace. So another profile means
    /// another session, at the same terminal.
    func chooseProfile(_ name: String) async {
        guard !name.isEmpty else {
            let others = setup.profiles.filter { $0 != setup.profile }.map { TerminalText.escaped($0) }
            let known = others.isEmpty ? "" : "   others: \(others.joined(separator: ", "))"
            return output.say(fitted: "profile: \(TerminalText.escaped(setup.profile))\(known)")
        }
        guard name != setup.profile else {
            return output.say(fitted: "profile: \(TerminalText.escaped(name)), as before")
        }
        guard setup.profiles.contains(name) else {
            let near = Suggestions.closest(to: name, among: setup.profiles)
            return say(
                ShellRefusal(
                    "there is no profile `\(name)`",
                    help: near.map { "did you mean `\($0)`?" } ?? "`aud profiles` lists them, `aud login NAME` adds one"
                ))
        }
        let staged = await session.plan.count
        guard staged == 0 else {
            return say(
                ShellRefusal(
                    "\(counted(staged, "call")) staged here would be lost",
                    help: "`:apply` sends them, `:discard` drops them"))
        }
        // The lines behind this one are read already, for this session.
        guard terminal.isInteractive else {
            return say(
                ShellRefusal(
                    "`:profile NAME` needs a terminal on which lines are edited", help: "give each profile its own aud")
            )
        }
        if let refusal = setup.refusalToSwitch(name) { return say(refusal) }
        output.say(fitted: "The names of this session stay behind.")
        end = .switched(profile: name)
    }

    /// Says why something is not done. The texts may be anybody's.
    func say(_ refusal: ShellRefusal) {
        outcome = "failed"
        output.say(
            error: TerminalText.escaped(refusal.message, keepingLines: true),
            help: refusal.help.map { TerminalText.escaped($0, keepingLines: true) })
    }
}
