// What `:set` knows: one row each. A row feeds the list, the change and completion.

internal import AudLanguage
internal import AudRuntime

package struct ShellSetting: Sendable {
    package var name: String
    package var summary: String
    /// The words that it may be set to, for completion.
    let choices: [String]
    /// What it is now.
    let value: @Sendable (isolated Shell) async -> String
    let change: @Sendable (isolated Shell, _ text: String) async throws(ShellRefusal) -> Void

    package static let all: [ShellSetting] = [
        ShellSetting(
            name: "format", summary: "how values are written, as :format",
            choices: OutputFormat.allCases.map(\.rawValue),
            value: { $0.output.format.rawValue },
            change: { shell, text throws(ShellRefusal) in
                do throws(ViewError) {
                    shell.output.format = try ValueView.format(named: text)
                } catch {
                    throw ShellRefusal(error.message, help: error.help)
                }
            }),
        toggle("time", "whether statements say how long they took, as :time", get: { $0.isTiming }) {
            $0.isTiming = $1
        },
        toggle("pager", "whether long values go to the pager", get: { $0.output.usesPager }) {
            $0.output.usesPager = $1
        },
        cap("max-changes", "the most changes of one apply or live statement", \.maxChanges),
        cap("max-removes", "the most removals of them", \.maxRemoves),
        cap("max-percent", "the most of each space that may change, in percent", \.maxPercent),
        ShellSetting(
            name: "max-time", summary: "the longest that a statement may take", choices: [unset],
            value: { shell in await shell.session.wallTime.map { "\($0.components.seconds) s" } ?? unset },
            change: { shell, text throws(ShellRefusal) in try await shell.setMaxTime(text) }),
    ]

    /// What a person writes for a setting that nobody has set.
    static let unset = "none"

    package static func named(_ name: String) -> ShellSetting? {
        all.first { $0.name == name }
    }

    private static func toggle(
        _ name: String, _ summary: String, get: @escaping @Sendable (isolated Shell) -> Bool,
        set: @escaping @Sendable (isolated Shell, Bool) -> Void
    ) -> ShellSetting {
        ShellSetting(
            name: name, summary: summary, choices: ["on", "off"],
            value: { get($0) ? "on" : "off" },
            change: { shell, text throws(ShellRefusal) in
                guard ["on", "off"].contains(text) else { throw ShellRefusal("`\(name)` is on or off") }
                set(shell, text == "on")
            })
    }

    private static func cap(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Caps, Int?> & Sendable
    ) -> ShellSetting {
        ShellSetting(
            name: name, summary: summary, choices: [unset],
            value: { shell in
                if let cap = shell.setup.caps[keyPath: path] { return String(cap) }
                return name == "max-changes" ? "\(Caps.standardChanges) (the default)" : unset
            },
            change: { shell, text throws(ShellRefusal) in try await shell.setCap(name, path, text) })
    }
}
