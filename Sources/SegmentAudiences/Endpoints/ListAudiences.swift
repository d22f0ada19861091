// GET /spaces/{spaceId}/audiences: one page of a space's audiences. `pagination.count` is required at the API's version
// of the seed, so it is always sent.

extension Endpoint where Response == AudiencePage, Effect == Read {
    static func listAudiences(of space: String, after cursor: String?, count: Int) throws(APIError) -> Self {
        var query = "pagination.count=\(min(max(1, count), 200))"
        if let cursor { query += "&pagination.cursor=\(PercentEncoding.encode(cursor))" }
        return Self(try .audiences(of: space), query: query, bucket: .list) { _, body throws(UnreadableBody) in
            let data = try JSONValue.envelope(body)
            guard let items = data["audiences"]?.array else {
                throw UnreadableBody(reason: "the answer has no \"audiences\"")
            }
            var audiences: [Audience] = []
            audiences.reserveCapacity(items.count)
            for item in items {
                guard let audience = Audience(json: item) else {
                    throw UnreadableBody(reason: "audience \(audiences.count + 1) of the page has no id")
                }
                audiences.append(audience)
            }
            return AudiencePage(audiences: audiences, pagination: Pagination(json: data["pagination"]))
        }
    }
}
