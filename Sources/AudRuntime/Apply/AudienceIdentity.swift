/// Which audience of which space.
struct AudienceIdentity: Hashable, Sendable {
    var spaceID: String
    var id: String
}

extension PlannedCall {
    var identity: AudienceIdentity { AudienceIdentity(spaceID: space.id, id: id) }
}
