package import ArgumentParser
import AudSandbox
import SegmentAudiences

/// The options of `aud sandbox serve`: what a simulated workspace holds, how fast it is, and what goes wrong in it.
package struct SandboxSwitches: ParsableArguments {
    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    package var port = 8089

    @Option(help: ArgumentHelp("The seed of the demo data.", valueName: "n"))
    package var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How many audiences the space prod has (default: 212).", valueName: "n"))
    package var audiences: Int?

    @Option(help: ArgumentHelp("Rate limits: seed, current, off, or update=10/6s,remove=20/6s.", valueName: "limits"))
    package var limits = "seed"

    @Option(help: "How calls are counted: fixedWindow or slidingLog.")
    package var rateModel: RateModel = .fixedWindow

    @Option(help: ArgumentHelp("The length of a rate window (default: 60s).", valueName: "time"))
    package var window: DurationOption?

    @Option(help: ArgumentHelp("How long every answer takes.", valueName: "time"))
    package var latency = DurationOption(.zero)

    @Option(help: ArgumentHelp("How long an update locks its audience.", valueName: "time"))
    package var lock = DurationOption(.seconds(3))

    @Option(help: ArgumentHelp("How many audiences are edited at once; 0 is any number.", valueName: "n"))
    package var concurrentEdits = 5

    @Option(help: ArgumentHelp("The only token that is accepted is in this file.", valueName: "file"))
    package var tokenFile: String?

    @Option(help: "The status of an edit of a locked audience: 409 or 423.")
    package var lockStatus = 409

    @Option(help: "Removing an enabled audience: allowed or conflict.")
    package var deleteWhileEnabled: DeleteWhileEnabled = .allowed

    @Option(help: "The order of a listing: createdAt, name or id.")
    package var listOrder: ListOrder = .createdAt

    @Option(help: "A malformed cursor: unprocessable, badRequest or firstPage.")
    package var badCursor: BadCursor = .unprocessable

    @Flag(help: "An update that changes nothing locks the audience as well.")
    package var noOpPatchLocks = false

    @Flag(help: "Refuse updates whose Content-Type is not one of Segment's.")
    package var strictContentType = false

    @Flag(inversion: .prefixedNo, help: "Send rate headers with errors.")
    package var rateHeadersOnErrors = true

    @Flag(inversion: .prefixedNo, help: "Send totalEntries with every page.")
    package var totalEntries = true

    @Flag(inversion: .prefixedNo, help: "Send cursors that are not there as null.")
    package var nullCursors = true

    @Flag(inversion: .prefixedNo, help: "The workspace has the Audience feature.")
    package var audienceFeature = true

    @Option(
        help: ArgumentHelp(
            "Something that goes wrong, such as drop-after:on=update,every=3,times=2.",
            discussion: "Effects: \(FaultText.effects.joined(separator: ", ")).", valueName: "fault"
        )
    )
    package var fault: [String] = []

    @Flag(help: "Write a line for each request.")
    package var log = false

    package init() {}

    package func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard (audiences ?? 0) >= 0, (audiences ?? 0) <= 1_000_000 else {
            throw ValidationError("--audiences must be from 0 to 1000000")
        }
        guard (400...499).contains(lockStatus) else { throw ValidationError("--lock-status must be 409 or 423") }
        if let window, window.duration <= .zero { throw ValidationError("--window must be longer than 0s") }
        guard concurrentEdits >= 0 else { throw ValidationError("--concurrent-edits must be 0 or more") }
    }

    /// The options for the sandbox.
    func options() throws(CommandError) -> SandboxOptions {
        var options = SandboxOptions()
        options.port = port
        options.seed = seed
        options.audienceCount = audiences
        (options.limits, options.window) = try rates()
        options.rateModel = rateModel.value
        options.latency = latency.duration
        options.lock = lock.duration
        options.concurrentEdits = concurrentEdits == 0 ? nil : concurrentEdits
        options.behaviour.lockStatus = lockStatus
        options.behaviour.deleteWhileEnabled = deleteWhileEnabled.value
        options.behaviour.listOrder = listOrder.value
        options.behaviour.badCursor = badCursor.value
        options.behaviour.noOpPatchLocks = noOpPatchLocks
        options.behaviour.strictContentType = strictContentType
        options.behaviour.rateHeadersOnErrors = rateHeadersOnErrors
        options.behaviour.totalEntries = totalEntries
        options.behaviour.nullCursors = nullCursors
        options.behaviour.audienceFeature = audienceFeature
        for text in fault { options.faults.append(try FaultText.parse(text)) }
        if let tokenFile { options.tokens = .only([try Self.token(in: tokenFile)]) }
        return options
    }

    /// The limits, and the one window that they have in common.
    private func rates() throws(CommandError) -> (SandboxLimits, Duration) {
        var windows = Set([window?.duration].compactMap(\.self))
        var rates = SandboxLimits.seed
        switch try LimitsText(limits) {
        case .named(let name): rates = name.sandbox
        case .some(let limits):
            for (bucket, limit) in limits {
                windows.insert(limit.window)
                switch bucket {
                case .list: rates.list = limit.count
                case .get: rates.get = limit.count
                case .update: rates.update = limit.count
                default: rates.remove = limit.count
                }
            }
        }
        guard windows.count <= 1 else {
            throw CommandError(
                "all limits of the sandbox have the same window, and --limits \(Shown.quoted(limits))"
                    + (window == nil ? " names several" : " names another than --window"),
                help: "write one window, such as update=10/6s,remove=20/6s")
        }
        return (rates, windows.first ?? .seconds(60))
    }

    private static func token(in path: String) throws(CommandError) -> String {
        guard let bytes = try GuardedFile.read(path, what: "token file", against: .reading, limit: 1 << 16) else {
            throw CommandError("there is no token file \(Shown.path(path))")
        }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let token = words.first else {
            throw CommandError("the token file \(Shown.path(path)) must hold one token")
        }
        return String(token)
    }
}
