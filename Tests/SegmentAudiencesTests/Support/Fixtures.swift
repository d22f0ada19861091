// Settings that the tests share.

import AudTesting
import SegmentAudiences
import Testing

let secret = "sgp_3xampleT0kenOfSegment/abc+def"

func configuration(_ change: (inout ServiceConfiguration) -> Void = { _ in }) throws -> ServiceConfiguration {
    var configuration = ServiceConfiguration(token: try #require(APIToken(secret)))
    change(&configuration)
    return configuration
}

/// A service on a virtual clock whose back-offs are as long as they can be.
func service(
    _ clock: VirtualClock, _ transport: any HTTPTransport, random: Double = 1,
    _ change: (inout ServiceConfiguration) -> Void = { _ in }
) throws -> AudienceService {
    AudienceService(configuration: try configuration(change), transport: transport, time: clock, random: { random })
}

/// The error that `body` throws.
func failure<Value>(_ body: () async throws -> Value) async throws -> APIError {
    do {
        let value = try await body()
        Issue.record("no error, but \(value)")
        return APIError(.invalidArgument, "no error was thrown")
    } catch let error as APIError {
        return error
    }
}
