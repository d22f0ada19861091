// Changing, as a protocol of its own. A call ends in exactly one of three ways: the value (Segment confirmed it), an
// error with kind `outcomeUnknown` (only a GET can tell; see `settle…`), or any other error (the change was not made).

/// Changes audiences.
public protocol AudienceWriting: Sendable {
    /// Switches an audience on or off and returns it as Segment answered it.
    func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience
    /// Removes an audience. This cannot be undone.
    func remove(_ id: String, in space: String) async throws(APIError) -> Removal
}
