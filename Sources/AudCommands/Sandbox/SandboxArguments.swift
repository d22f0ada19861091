import ArgumentParser
import AudSandbox

// The words that the options of `aud sandbox serve` take, beside the sandbox's own types: the sandbox knows nothing of
// command lines.

extension LimitsText.Name: ExpressibleByArgument {
    var sandbox: SandboxLimits {
        switch self {
        case .seed: .seed
        case .current: .current
        case .off: .off
        }
    }
}

/// How the sandbox counts calls.
package enum RateModel: String, ExpressibleByArgument, Sendable, CaseIterable {
    case fixedWindow, slidingLog

    var value: SandboxRateModel {
        switch self {
        case .fixedWindow: .fixedWindow
        case .slidingLog: .slidingLog
        }
    }
}

/// What removing an enabled audience does.
package enum DeleteWhileEnabled: String, ExpressibleByArgument, Sendable, CaseIterable {
    case allowed, conflict

    var value: SandboxBehaviour.DeleteWhileEnabled {
        switch self {
        case .allowed: .allowed
        case .conflict: .conflict
        }
    }
}

/// The order of a listing.
package enum ListOrder: String, ExpressibleByArgument, Sendable, CaseIterable {
    case createdAt, name, id

    var value: SandboxBehaviour.ListOrder {
        switch self {
        case .createdAt: .createdAt
        case .name: .name
        case .id: .id
        }
    }
}

/// What a cursor that the server did not make does.
package enum BadCursor: String, ExpressibleByArgument, Sendable, CaseIterable {
    case unprocessable, badRequest, firstPage

    var value: SandboxBehaviour.BadCursor {
        switch self {
        case .unprocessable: .unprocessable
        case .badRequest: .badRequest
        case .firstPage: .firstPage
        }
    }
}

/// A duration as an option, `60s`.
package struct DurationOption: ExpressibleByArgument, Sendable, Equatable {
    package var duration: Duration

    package init(_ duration: Duration) {
        self.duration = duration
    }

    package init?(argument: String) {
        guard let duration = DurationText.parse(argument) else { return nil }
        self.duration = duration
    }

    package var defaultValueDescription: String { DurationText.text(duration) }
}
