// The colon commands: one row each. A row is all that a command is: it feeds the loop, `:help`, completion and
// did-you-mean.

internal import AudLanguage
internal import AudRuntime

package struct ColonCommand: Sendable {
    /// What stands behind the name, for completion.
    package enum Argument: Sendable {
        case nothing, file, format, profile, run, setting, space, statement, text, topic
    }

    package var name: String
    package var usage: String
    package var summary: String
    package var argument: Argument
    let action: @Sendable (isolated Shell, _ argument: String) async -> Void

    private init(
        _ usage: String, _ argument: Argument, _ summary: String,
        _ action: @escaping @Sendable (isolated Shell, _ argument: String) async -> Void
    ) {
        self.usage = usage
        name = String(usage.dropFirst().prefix { $0 != " " })
        self.summary = summary
        self.argument = argument
        self.action = action
    }

    package static let all: [ColonCommand] = [
        ColonCommand(":help [NAME]", .topic, "these commands; or what a function, a word, a command or a code is") {
            $0.help($1)
        },
        ColonCommand(":plan [FILE]", .file, "the staged calls and what they cost; with a file, saves them there") {
            await $0.showPlan(savingTo: $1)
        },
        ColonCommand(":apply", .nothing, "sends the staged calls, after a question") { shell, _ in await shell.apply()
        },
        ColonCommand(":discard", .nothing, "drops the staged calls") { shell, _ in await shell.discard() },
        ColonCommand(":dry", .nothing, "dry run: changes are staged and not sent") { shell, _ in
            await shell.setMode(.dryRun)
        },
        ColonCommand(":live", .nothing, "live: changes are sent as statements reach them") { shell, _ in
            await shell.setMode(.live)
        },
        ColonCommand(":limits", .nothing, "the rate limits, what is used of them and by which process") { shell, _ in
            await shell.showLimits()
        },
        ColonCommand(":runs", .nothing, "the runs that sent changes, and how far they are") { shell, _ in
            await shell.showRuns()
        },
        ColonCommand(":undo RUN", .run, "stages the calls that take a run back, and says what cannot be undone") {
            await $0.undo($1)
        },
        ColonCommand(":space [NAME]", .space, "shows or chooses the space that is meant when none is named") {
            await $0.chooseSpace($1)
        },
        ColonCommand(":format [NAME]", .format, "shows or chooses how values are written") { $0.chooseFormat($1) },
        ColonCommand(
            ":history [N|TEXT]", .text, "the last statements, or those with a text: when, how and how they ended"
        ) {
            $0.showHistory($1)
        },
        ColonCommand(":examples", .nothing, "statements to start from, by what one wants to do") { shell, _ in
            shell.examples()
        },
        ColonCommand(":tour", .nothing, "what aud does, in a dozen steps on the simulated workspace") { shell, _ in
            await shell.tour()
        },
        ColonCommand(":set [NAME [VALUE]]", .setting, "shows or changes settings of this session, such as caps") {
            await $0.set($1)
        },
        ColonCommand(":time [STATEMENT]", .statement, "how long a statement took; alone: of all, or no more") {
            await $0.time($1)
        },
        ColonCommand(":load FILE", .file, "runs a script in this session, whose names stay") { await $0.load($1) },
        ColonCommand(":save FILE", .file, "saves the statements that ended without an error as a script") {
            await $0.saveScript(to: $1)
        },
        ColonCommand(":edit [FILE]", .file, "the last statement, or a file, in your editor; Enter then runs it") {
            await $0.edit($1)
        },
        ColonCommand(":profile [NAME]", .profile, "shows the profile, or goes on with another in a new session") {
            await $0.chooseProfile($1)
        },
        ColonCommand(":quit", .nothing, "leaves, as Ctrl-D does") { shell, _ in await shell.quit() },
    ]

    /// The command of a name, without its colon.
    package static func named(_ name: String) -> ColonCommand? {
        all.first { $0.name == name }
    }
}
