// What the command line tells the shell.

package import AudLanguage
package import AudRuntime

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

package struct ShellSetup: Sendable {
    /// The profile's name: history is kept for each.
    package var profile: String
    /// Space ids by alias.
    package var aliases: [String: String]
    package var caps: Caps
    /// Whether a plan may rest on incomplete reads.
    package var allowIncomplete: Bool
    /// Why nothing may be sent from here (a read-only profile), as a sentence; nil when it may.
    package var refusal: String?
    /// Whether each live statement that can change something waits for a yes, and not only one that can remove.
    package var confirmsChanges = false
    /// Where history is kept; nil keeps it in memory.
    package var store: (any HistoryStore)?
    /// Masks the tokens that are known, for the history.
    package var mask: @Sendable (String) -> String
    /// Where `use` finds modules; nil: nowhere.
    package var modules: String?
    /// How `:plan FILE` saves; nil: not from this shell.
    package var saving: PlanSaving?
    /// The command that goes on with a run.
    package var goOn: @Sendable (_ run: Int64) -> String
    /// What commands have to say, to find the state file, with a blank in front; nothing when it is the usual one.
    package var stateOption = ""
    /// What shows long values; nil: nothing does.
    package var pager: Pager?
    /// Whether the workspace is the simulated one, where a tour may do what it likes.
    package var isSandbox: Bool
    /// How `:load`, `:save` and `:edit` reach files; nil: not from this shell.
    package var files: ScriptFiles?
    /// What runs before the first prompt; nil: nothing.
    package var startUp: SourceFile?
    /// The caps that the profile sets: `:set` raises none above them.
    package var guards = Caps()
    /// How long a statement may take by the profile.
    package var guardTime: Duration?
    /// The profiles of the configuration.
    package var profiles: [String] = []
    /// The colour of the prompt.
    package var promptColor: Color?
    /// How long calls have waited for limits so far.
    package var waited: @Sendable () -> Duration = { .zero }
    /// Why this shell cannot go on with another of the profiles; nil when it can.
    package var refusalToSwitch: @Sendable (_ profile: String) -> ShellRefusal? = { _ in nil }
    /// The command that runs a script where this shell works, in a space that the session was in.
    package var runCommand: @Sendable (_ path: String, _ space: String?) -> String = { path, _ in "aud run \(path)" }
    /// This process, as the holder of calls.
    package var process: Int32 = getpid()
    /// When it is: microseconds since 1970, and a clock for durations.
    package var wallNow: @Sendable () -> Int64
    package var now: @Sendable () -> ContinuousClock.Instant
    /// The third Ctrl-C in one statement. The terminal is restored as the process ends.
    package var leaveAtOnce: @Sendable () -> Void

    package init(
        profile: String, aliases: [String: String] = [:], caps: Caps = Caps(), allowIncomplete: Bool = false,
        refusal: String? = nil, store: (any HistoryStore)? = nil,
        mask: @escaping @Sendable (String) -> String = { $0 }, modules: String? = nil, saving: PlanSaving? = nil,
        goOn: @escaping @Sendable (_ run: Int64) -> String = { "aud resume \($0)" },
        pager: Pager? = nil, isSandbox: Bool = false,
        wallNow: @escaping @Sendable () -> Int64 = WallClock.microseconds,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        leaveAtOnce: @escaping @Sendable () -> Void = { exit(130) }
    ) {
        self.profile = profile
        self.aliases = aliases
        self.caps = caps
        self.allowIncomplete = allowIncomplete
        self.refusal = refusal
        self.store = store
        self.mask = mask
        self.modules = modules
        self.saving = saving
        self.goOn = goOn
        self.pager = pager
        self.isSandbox = isSandbox
        self.wallNow = wallNow
        self.now = now
        self.leaveAtOnce = leaveAtOnce
    }
}

/// How a shell saves plans.
package struct PlanSaving: Sendable {
    /// Where the calls would be sent; a plan is bound to it.
    package var host: String
    /// Writes a text to a file; answers what went wrong, as a sentence.
    package var write: @Sendable (_ text: String, _ path: String) -> String?
    /// The command that sends the plan that is in a file.
    package var command: @Sendable (_ path: String, Plan) -> String

    package init(
        host: String, write: @escaping @Sendable (_ text: String, _ path: String) -> String?,
        command: @escaping @Sendable (_ path: String, Plan) -> String
    ) {
        self.host = host
        self.write = write
        self.command = command
    }
}

/// The time of day.
package enum WallClock {
    /// Microseconds since 1970.
    @Sendable package static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
