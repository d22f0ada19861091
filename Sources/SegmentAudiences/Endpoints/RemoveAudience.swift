// DELETE /spaces/{spaceId}/audiences/{id}: removes an audience for good.

extension Endpoint where Response == Removal, Effect == Write {
    static func removeAudience(_ id: String, in space: String) throws(APIError) -> Self {
        Self(.delete, try .audiences(of: space, id: id), bucket: .remove) { status, body throws(UnreadableBody) in
            // 204 has no body by definition; any other success must say so.
            if status == 204 { return .removed }
            guard try JSONValue.envelope(body)["status"]?.string?.uppercased() == "SUCCESS" else {
                throw UnreadableBody(reason: "the answer does not say \"SUCCESS\"")
            }
            return .removed
        }
    }
}
