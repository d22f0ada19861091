/// The words that some fields hold. Those of audiences are free text of the API: these were seen, and there may be more, so
/// another one is worth a warning and no more.
package enum KnownWords: Sendable {
    case audienceStatus, outcomeStatus

    package var all: [String] {
        switch self {
        case .audienceStatus:
            [
                "Live", "Disabled", "Failed", "Preparing", "Computing", "Backfilling", "Awaiting Destinations", "Error",
                "Locked", "Not Computing",
            ]
        case .outcomeStatus: Outcome.Status.allCases.map(\.rawValue)
        }
    }

    var described: String {
        switch self {
        case .audienceStatus: "status of an audience"
        case .outcomeStatus: "status of an outcome"
        }
    }
}
