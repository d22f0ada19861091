// What completion knows: all of it is in memory when Tab is pressed.

package import AudLanguage

package struct CompletionContext: Sendable {
    /// An audience that a past read has seen.
    package struct Audience: Sendable, Hashable {
        package var id: String
        package var key: String?
        package var name: String?

        package init(id: String, key: String? = nil, name: String? = nil) {
            self.id = id
            self.key = key
            self.name = name
        }
    }

    /// The names that the session's texts have bound.
    package var names: [String]
    package var library: Library
    /// Space ids by alias.
    package var spaces: [String: String]
    /// The known audiences whose id, key or name starts with a text, whatever its case.
    package var audiences: @Sendable (_ prefix: String) -> [Audience]

    package init(
        names: [String] = [], library: Library = .standard, spaces: [String: String] = [:],
        audiences: @escaping @Sendable (_ prefix: String) -> [Audience] = { _ in [] }
    ) {
        self.names = names
        self.library = library
        self.spaces = spaces
        self.audiences = audiences
    }

    /// The wire names of an audience's fields, those of later API versions at the end.
    package static let audienceFields = [
        "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy", "updatedBy",
        "createdAt", "updatedAt", "audienceType", "computeCadence", "size", "options", "schedules",
    ]
}
