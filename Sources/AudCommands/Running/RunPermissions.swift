import AudLanguage
import AudRuntime

/// What a run may change and use: the options, within what the profile allows.
struct RunPermissions: Sendable {
    var run: RunOptions
    var limits: LimitOptions
    var profile: Profile
    /// How many edits may be in progress; nil: any number.
    var editsInProgress: Int?

    private var changes: ChangeOptions { run.changes }

    var caps: Caps { Caps(changes.caps, profile) }

    var options: SessionOptions {
        var options = SessionOptions()
        options.mode = run.mode == .live ? .live : .dryRun
        // A read-only profile lets nothing through, whatever mode a shell changes to.
        options.caps = profile.readOnly ? Caps(maxChanges: 0, maxRemoves: 0) : caps
        options.editsInProgress = editsInProgress
        // The language's own limit on changes is far above any cap. Who names a cap above it means that one.
        if let most = caps.maxChanges { options.limits.changes = max(options.limits.changes, most) }
        limits.budget.over(profile.budget).apply(to: &options)
        options.allowIncomplete = changes.allowIncomplete
        options.isDriftStrict = changes.strictDrift
        options.assumeYes = assumesYes
        return options
    }

    /// Whether the command line answers the questions.
    var assumesYes: Bool { changes.yes && profile.confirm == .normal }

    /// Who confirms what is sent.
    func confirmer() -> Confirmer {
        var confirmer = Confirmer(assumesYes: assumesYes, caps: caps) { await ControllingTerminal().ask($0) }
        confirmer.mayAssumeYes = profile.confirm == .normal
        return confirmer
    }

    /// Why nothing is sent with this profile; nil when it may be.
    var readOnlyRefusal: String? {
        profile.readOnly ? "the profile \(Shown.quoted(profile.name)) is read-only: nothing was sent" : nil
    }

    /// Refuses modes that send, when the profile is for reading only.
    func refuse(_ modes: ModeFlag...) throws(CommandError) {
        guard let refusal = readOnlyRefusal, modes.contains(run.mode) else { return }
        throw CommandError(
            refusal,
            help: "a dry run shows what would change: leave off \(run.mode.name)", exit: .refused
        )
    }
}

extension Caps {
    /// The options, and the profile for what they do not say.
    init(_ options: CapOptions, _ profile: Profile) {
        self.init(
            maxChanges: options.maxChanges ?? profile.maxChanges, maxRemoves: options.maxRemoves ?? profile.maxRemoves,
            maxPercent: options.maxPercent ?? profile.maxPercent, maxBroken: options.maxBroken)
    }
}
