// From a method and a raw path to an operation. The path is split before it is decoded, so `%2F` in an id is part of the
// id and `..` is an id like any other: no spelling of a path can reach another resource.

struct Route: Equatable {
    let operation: SandboxOperation
    let spaceID: Substring
    /// Nil for the listing.
    let audienceID: Substring?

    init(method: String, path: String) throws(APIFailure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard (4...5).contains(parts.count), parts[0].isEmpty, parts[1] == "spaces", parts[3] == "audiences" else {
            throw .notFound("There is no such resource.")
        }
        spaceID = parts[2]
        audienceID = parts.count == 5 ? parts[4] : nil
        switch (method, audienceID) {
        case ("GET", nil): operation = .list
        case ("GET", _?): operation = .get
        case ("PATCH", _?): operation = .update
        case ("DELETE", _?): operation = .remove
        default:
            throw APIFailure(
                status: 405, type: "method-not-allowed", message: "\(method) is not supported on this resource.")
        }
    }

    /// The ids, decoded and checked: 1 to 255 characters.
    func checkedIDs() throws(APIFailure) -> (spaceID: String, audienceID: String?) {
        let space = try Route.checked(spaceID, "spaceId")
        guard let audienceID else { return (space, nil) }
        return (space, try Route.checked(audienceID, "id"))
    }

    private static func checked(_ raw: Substring, _ field: String) throws(APIFailure) -> String {
        guard let decoded = raw.percentDecoded() else {
            throw .invalid(field, "'\(field)' is not valid percent-encoded UTF-8.")
        }
        guard (1...255).contains(decoded.unicodeScalars.count) else {
            throw .invalid(field, "'\(field)' must have 1 to 255 characters.")
        }
        return decoded
    }
}
