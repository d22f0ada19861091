// GET /spaces/{spaceId}/audiences/{id}: one audience.

extension Endpoint where Response == Audience, Effect == Read {
    static func getAudience(_ id: String, in space: String) throws(APIError) -> Self {
        Self(try .audiences(of: space, id: id), bucket: .get) { _, body throws(UnreadableBody) in
            try JSONValue.audience(body, id: id)
        }
    }
}
