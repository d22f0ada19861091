// Turns what a script calls a space into its id. A name that is no alias is taken as an id, for the API has no call that
// lists the spaces; but a word that is a slip away from an alias is refused here, before anything is sent. Ids have
// digits or capitals, so no id is mistaken for a slip.

internal import AudLanguage

struct SpaceNames: Sendable {
    let aliases: [String: String]
    var current: Space?
    private let configurationPath: String?
    private let aliasOfID: [String: String]

    init(_ workspace: Workspace) {
        aliases = workspace.aliases
        configurationPath = workspace.configurationPath
        // Of several aliases of one space the first by name speaks for it.
        aliasOfID = Dictionary(workspace.aliases.map { ($0.value, $0.key) }, uniquingKeysWith: min)
        current = nil
        if let name = workspace.defaultSpace { current = try? resolve(name) }
    }

    /// The spaces that the configuration names, by alias.
    var all: [Space] {
        aliases.sorted { $0.key < $1.key }.map { Space(id: $0.value, alias: $0.key) }
    }

    /// The space with this id, under its alias if it has one.
    func space(id: String) -> Space {
        Space(id: id, alias: aliasOfID[id])
    }

    /// The space that a script means by an alias, by an id, or by saying nothing.
    func resolve(_ name: String?) throws(RuntimeError) -> Space {
        guard let name else {
            if let current { return current }
            throw RuntimeError(
                .apiConfiguration, .name, "no space is named, and the session has no space of its own",
                help: "name one, as in list(\"9aQ1…\"), or choose one for the session with --space or :space"
                    + (aliases.isEmpty ? "" : "; known: \(known)")
            )
        }
        if let id = aliases[name] { return Space(id: id, alias: name) }
        if let alias = aliasOfID[name] { return Space(id: name, alias: alias) }
        if let problem = Self.problem(of: name) {
            throw RuntimeError(
                .apiConfiguration, .name, problem,
                help: aliases.isEmpty ? "a space id is a text such as 9aQ1Lj62S4bomZKLF4DPqW" : "known spaces: \(known)"
            )
        }
        if let near = slip(name) {
            throw RuntimeError(
                .apiConfiguration, .name, "there is no space called \"\(name)\"",
                help: "did you mean \"\(near)\"? Known spaces: \(known)"
            )
        }
        return Space(id: name)
    }

    /// What to say when the API knows no such space.
    func adviceForUnknown(_ space: Space) -> String {
        let place = configurationPath.map { " in \($0)" } ?? " in the profile"
        return (aliases.isEmpty ? "no space has a name yet" : "known spaces: \(known)")
            + "; to give one a name, add it to `spaces:`\(place), as in `\(Self.sampleAlias): \(Self.sampleID)`"
    }

    /// The alias that a name was meant to be, nil when the name may well be an id.
    private func slip(_ name: String) -> String? {
        let folded = name.lowercased()
        if let alias = aliases.keys.sorted().first(where: { $0.lowercased() == folded }) { return alias }
        if name.contains(where: { $0.isNumber || $0.isUppercase }) { return nil }
        return Suggestions.closest(to: name, among: aliases.keys.sorted())
    }

    private var known: String {
        let names = aliases.keys.sorted()
        return names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }

    private static let sampleAlias = "prod"
    private static let sampleID = "9aQ1Lj62S4bomZKLF4DPqW"

    /// What makes a text impossible as an id, nil when nothing does.
    private static func problem(of id: String) -> String? {
        let length = id.unicodeScalars.count
        if length == 0 { return "the name of the space is empty" }
        if length > 255 { return "the name of the space has \(length) characters, the API takes at most 255" }
        if id == "." || id == ".." { return "\"\(id)\" cannot be a space: it would name another path" }
        return nil
    }
}
