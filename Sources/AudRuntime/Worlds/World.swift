// Who answers a running script. The machine does nothing itself, so who answers decides what a script means: one world
// sends, the other records.

internal import AudLanguage

protocol World: Sendable {
    /// Answers one request. Changes are noted in the run's record before they are answered.
    func answer(_ request: Request) async -> Answer
}
