// What a run tells the program that started it. The order of the cases' weights is the product's: when several hold, the
// one that needs a person soonest is told.

internal import AudLanguage

/// The exit code of a run.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
    /// All done, or nothing to change.
    case done = 0
    /// The script, or the way it was called, is wrong.
    case script = 1
    /// A plan has changes (`aud plan --detailed`).
    case pending = 2
    /// Some items failed.
    case someFailed = 3
    /// The token is missing, wrong or not enough.
    case authentication = 4
    /// Refused by a cap, an `expect`, an incomplete read or a missing confirmation.
    case refused = 5
    /// Something else had changed some items.
    case drifted = 6
    /// Nobody knows what became of some items.
    case unknown = 7
    /// The API or the network failed.
    case service = 8
    /// Out of time, steps, memory or requests.
    case outOfBudget = 75
    case interrupted = 130

    /// The first of these that holds is told.
    private static let precedence: [ExitCode] = [
        .interrupted, .authentication, .unknown, .someFailed, .drifted, .refused, .outOfBudget, .service, .script,
        .pending,
    ]

    /// The code to exit with when all of these hold.
    public static func worst(_ codes: some Sequence<ExitCode>) -> ExitCode {
        let all = Set(codes)
        return precedence.first { all.contains($0) } ?? .done
    }
}

extension Outcome {
    /// What this outcome alone means for the exit code.
    var exitCode: ExitCode {
        switch status {
        case .planned, .done, .skipped, .notAttempted: .done
        case .gone: error == nil ? .done : .someFailed
        case .drifted: .drifted
        case .failed: .someFailed
        case .unknown: .unknown
        }
    }
}

extension RuntimeError {
    /// What a run that ended with this error exits with, as far as the error goes.
    package var exitCode: ExitCode {
        switch kind {
        case .auth: return .authentication
        case .cancelled: return .interrupted
        case .fail, .type, .value, .name, .limit, .notFound, .conflict, .rateLimited, .network, .server: break
        }
        switch code {
        case .atMost, .expectationFailed, .notConfirmed, .changeLimit, .incomplete: return .refused
        case .requestLimit, .timeLimit, .stepLimit, .memoryLimit, .apiRateLimited: return .outOfBudget
        case .apiOutcomeUnknown: return .unknown
        case .apiNotFound, .apiConflict, .apiServer, .apiNetwork, .apiUnreadable, .stateUnusable: return .service
        // Without a status nothing was sent: the script gave an id that cannot be one.
        case .apiValidation: return status == nil ? .script : .service
        default: return .script
        }
    }
}
