import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences

/// `aud profiles`: the configuration as a person asks for it. Where a token comes from is said; it is not read.
struct ProfilesRun: Sendable {
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform() -> Int32 {
        let console = Console(output, variables: variables)
        do throws(CommandError) {
            let path = variables.configurationFolder.map { $0 + "/config.yaml" }
            let file = try path.flatMap { path throws(CommandError) in try ConfigurationFile.read(path) }
            let profiles = (file?.profiles ?? [:]).values.sorted { $0.name < $1.name }
            guard !profiles.isEmpty else {
                console.messages.inform("There are no profiles yet. To make one: aud login NAME")
                return console.finish(.done)
            }
            let usual = file?.preferred ?? (profiles.count == 1 ? profiles[0].name : nil)
            let records = try profiles.map { profile throws(CommandError) in
                Value.record(try record(profile, isUsual: profile.name == usual))
            }
            console.output.show(.list(ListValue(records)), as: nil, statement: true)
            return console.finish(console.refusals > 0 ? .script : .done)
        } catch {
            console.messages.report(error)
            return console.finish(error.exit)
        }
    }

    private func record(_ profile: Profile, isUsual: Bool) throws(CommandError) -> RecordValue {
        let spaces = profile.spaces.sorted { $0.key < $1.key }
        return RecordValue([
            ("name", .string(profile.name)), ("usual", .bool(isUsual)),
            ("host", .string(try WorkspaceSettings.address(nil, profile).url.authority)),
            ("space", profile.space.map { .string($0) } ?? .null),
            ("spaces", .record(RecordValue(spaces.map { ($0.key, .string($0.value)) }))),
            ("token", .string(TokenSources.of(profile, variables).source)),
            ("readOnly", .bool(profile.readOnly)), ("confirm", .string(profile.confirm.rawValue)),
            ("color", profile.promptColor.map { .string($0.rawValue) } ?? .null),
        ])
    }
}
