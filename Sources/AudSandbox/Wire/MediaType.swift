// The API's versions are media types: the client names one in `Accept`, and the answer carries the same name.

struct MediaType: Equatable {
    let name: String
    /// The alpha versions require pagination on a listing; the stable one does not.
    let isAlpha: Bool

    static let plain = "application/json"

    /// The versions of the API, as its documents and SDKs spell them.
    private static let versions = [
        MediaType(name: "application/vnd.segment.v1alpha+json", isAlpha: true),
        MediaType(name: "application/vnd.segment.alpha+json", isAlpha: true),
        MediaType(name: "application/vnd.segment.v1+json", isAlpha: false),
    ]

    /// The first acceptable type; without a preference plain JSON at the seed's version. Nil when there is none.
    static func negotiate(accept: String?) -> MediaType? {
        let seed = MediaType(name: plain, isAlpha: true)
        guard let accept, !accept.isEmpty else { return seed }
        for range in accept.split(separator: ",") {
            let name = bare(range)
            if let version = versions.first(where: { $0.name == name }) { return version }
            if name == plain || name == "*/*" || name == "application/*" { return seed }
        }
        return nil
    }

    /// Whether a body of this type is one of the API's own.
    static func isVersioned(contentType: String?) -> Bool {
        guard let contentType else { return false }
        let name = bare(contentType[...])
        return versions.contains { $0.name == name }
    }

    private static func bare(_ range: Substring) -> String {
        let name = range.prefix { $0 != ";" }
        return name.filter { !$0.isWhitespace }.lowercased()
    }
}
