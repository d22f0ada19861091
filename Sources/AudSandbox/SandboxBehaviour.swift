// One switch for each thing that Segment leaves undocumented, so that a client can be tested against every reading.

/// The undocumented choices of the API. The defaults are the most likely readings.
public struct SandboxBehaviour: Sendable, Equatable {
    /// What removing an enabled audience does.
    public enum DeleteWhileEnabled: String, Sendable, CaseIterable {
        /// It is removed.
        case allowed
        /// 409: it must be disabled first.
        case conflict
    }

    /// The order of a listing.
    public enum ListOrder: String, Sendable, CaseIterable {
        /// Oldest first.
        case createdAt
        /// By name.
        case name
        /// By id.
        case id
    }

    /// What a cursor that the server did not make does.
    public enum BadCursor: String, Sendable, CaseIterable {
        /// 422 with the field's name.
        case unprocessable
        /// 400.
        case badRequest
        /// The first page, as if there were none.
        case firstPage
    }

    /// The status of an edit of a locked audience: 409, or 423.
    public var lockStatus = 409
    /// What removing an enabled audience does.
    public var deleteWhileEnabled = DeleteWhileEnabled.allowed
    /// Whether a PATCH that changes nothing locks the audience as well.
    public var noOpPatchLocks = false
    /// The order of a listing.
    public var listOrder = ListOrder.createdAt
    /// What a malformed cursor does.
    public var badCursor = BadCursor.unprocessable
    /// Whether answers other than 200 carry the rate headers.
    public var rateHeadersOnErrors = true
    /// Whether a PATCH without one of Segment's media types is refused with 415.
    public var strictContentType = false
    /// Whether an absent `next` or `previous` is written as null; else it is left out.
    public var nullCursors = true
    /// Whether a page has `totalEntries`.
    public var totalEntries = true
    /// Whether the workspace has the Audience feature; without it every call answers 403.
    public var audienceFeature = true
    /// Tokens that belong to the other region.
    public var wrongRegionTokens: Set<String> = []

    /// The defaults.
    public init() {}
}
