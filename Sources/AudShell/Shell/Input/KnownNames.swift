// The names that a text at the prompt may use: those of the session, the built-ins, and those that the text binds itself.
//
// Scopes inside the text are not looked at: a name that is bound anywhere in it counts as known. So nothing is marked that
// the resolver would take.

internal import AudLanguage

struct KnownNames {
    let session: Set<String>
    let library: Library
    /// Bound by the text.
    var own: Set<String> = []

    static let stages = Set(LanguageWord.stages.map(\.word))
    static let changes = Set(Verb.allCases.map(\.rawValue))
    /// Words that the shell takes before the language does.
    static let shellWords: Set<String> = ["help", "exit", "quit"]
    private static let keywords = LanguageWord.keywords.map(\.word) + ["param"]

    /// What the use of a name is; nil when nothing has it.
    func role(of name: String) -> InputRole? {
        if name == "_" || session.contains(name) || own.contains(name) { return .plain }
        guard let place = library.index(of: name), !library[place].isHidden else { return nil }
        return library[place].effect >= .updates ? .change : .builtin
    }

    /// Whether a word that is still being typed may become one that means something.
    func isBeginning(_ word: String, stage: Bool, first: Bool) -> Bool {
        if session.contains(where: { $0.hasPrefix(word) }) || own.contains(where: { $0.hasPrefix(word) }) {
            return true
        }
        if library.rows.contains(where: { !$0.isHidden && $0.name.hasPrefix(word) }) { return true }
        if stage { return Self.stages.contains { $0.hasPrefix(word) } }
        if first, Self.shellWords.contains(where: { $0.hasPrefix(word) }) { return true }
        return Self.keywords.contains { $0.hasPrefix(word) }
    }
}
