import AudLanguage
import AudRuntime

/// What a run may change and use: the options, within what the profile allows.
struct RunPermissions: Sendable {
    var run: RunOptions
    var limits: LimitOptions
    var profile: Profile

    private var changes: ChangeOptions { run.changes }

    var caps: Caps {
        Caps(
            maxChanges: changes.maxChanges ?? profile.maxChanges, maxRemoves: changes.maxRemoves ?? profile.maxRemoves,
            maxPercent: changes.maxPercent ?? profile.maxPercent, maxBroken: changes.maxBroken)
    }

    var options: SessionOptions {
        var options = SessionOptions()
        options.mode = run.mode == .live ? .live : .dryRun
        // A read-only profile lets nothing through, whatever mode a shell changes to.
        options.caps = profile.readOnly ? Caps(maxChanges: 0, maxRemoves: 0) : caps
        // The language's own limit on changes is far above any cap. Who names a cap above it means that one.
        if let most = caps.maxChanges { options.limits.changes = max(options.limits.changes, most) }
        limits.budget.over(profile.budget).apply(to: &options)
        options.allowIncomplete = changes.allowIncomplete
        options.isDriftStrict = changes.strictDrift
        options.assumeYes = changes.yes
        return options
    }

    /// Refuses modes that send, when the profile is for reading only.
    func refuse(_ modes: ModeFlag...) throws(CommandError) {
        guard profile.readOnly, modes.contains(run.mode) else { return }
        throw CommandError(
            "the profile \(Shown.quoted(profile.name)) is read-only: nothing was sent",
            help: "a dry run shows what would change: leave off \(run.mode.name)", exit: .refused
        )
    }
}
