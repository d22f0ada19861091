// PATCH /spaces/{spaceId}/audiences/{id}: switches an audience on or off.

extension Endpoint where Response == Audience, Effect == Write {
    static func updateAudience(_ id: String, in space: String, enabled: Bool) throws(APIError) -> Self {
        let body = Array(#"{"enabled":\#(enabled)}"#.utf8)
        return Self(.patch, try .audiences(of: space, id: id), bucket: .update, body: body) {
            _, body throws(UnreadableBody) in
            try JSONValue.audience(body, id: id)
        }
    }
}
