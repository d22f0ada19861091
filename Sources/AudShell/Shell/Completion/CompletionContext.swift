// What completion knows: all of it is in memory or on this machine when Tab is pressed, and bounded.

package import AudLanguage
package import AudRuntime

package struct CompletionContext: Sendable {
    /// An audience that a past read has seen.
    package struct Audience: Sendable, Hashable {
        package var id: String
        package var key: String?
        package var name: String?
        /// When, in microseconds since 1970; nil when nobody knows.
        package var seen: Int64?

        package init(id: String, key: String? = nil, name: String? = nil, seen: Int64? = nil) {
            self.id = id
            self.key = key
            self.name = name
            self.seen = seen
        }
    }

    /// A run that may be undone.
    package struct Run: Sendable, Hashable {
        package var number: Int64
        package var detail: String

        package init(number: Int64, detail: String) {
            self.number = number
            self.detail = detail
        }
    }

    /// The names that the session's texts have bound.
    package var names: [String]
    package var library: Library
    /// Space ids by alias.
    package var spaces: [String: String]
    /// The spaces that past reads have seen.
    package var knownSpaces: @Sendable () -> [AudienceIndex.KnownSpace]
    /// The known audiences whose text of a field starts with a text, whatever its case; any text when no field is named.
    package var audiences: @Sendable (_ prefix: String, _ field: AudienceIndex.Field?) -> [Audience]
    /// The last runs, newest first.
    package var runs: @Sendable () -> [Run]
    /// What is in a folder.
    package var files: @Sendable (_ folder: String) -> [FolderEntry]
    /// The fields that may stand behind a text, as `FieldFinder` finds them.
    package var fields: @Sendable (_ text: String, _ closing: String) -> FieldFinder.Found? = { _, _ in nil }
    /// The profiles of the configuration.
    package var profiles: [String] = []
    /// Where `use` finds modules; nil: nowhere.
    package var modules: String?
    /// When it is, in microseconds since 1970.
    package var now: Int64

    package init(
        names: [String] = [], library: Library = .standard, spaces: [String: String] = [:],
        knownSpaces: @escaping @Sendable () -> [AudienceIndex.KnownSpace] = { [] },
        audiences: @escaping @Sendable (_ prefix: String, _ field: AudienceIndex.Field?) -> [Audience] = { _, _ in [] },
        runs: @escaping @Sendable () -> [Run] = { [] },
        files: @escaping @Sendable (_ folder: String) -> [FolderEntry] = FolderEntry.all(in:), modules: String? = nil,
        now: Int64 = 0
    ) {
        self.names = names
        self.library = library
        self.spaces = spaces
        self.knownSpaces = knownSpaces
        self.audiences = audiences
        self.runs = runs
        self.files = files
        self.modules = modules
        self.now = now
    }
}
